// Rows D7 to D20: the answer to a submission.
#include <algorithm>

#include "core/error_locations.h"
#include "core/interpret_case.h"
#include "core/sort.h"

namespace iz {
namespace {

/// What one MSA and its errors mean.
struct Verdict {
  Happened happened = Happened::undetermined;
  Stored stored = Stored::unknown;  ///< of every dose that is not listed
  Resend resend = Resend::unknown;
  Confidence confidence = Confidence::certain;
  int main_error = -1;
  std::vector<std::pair<int, Stored>> doses;
  std::vector<std::string_view> rows;
};

/// Which of two outcomes counts when an answer has several MSA: the later in this list.
int badness(Happened h) {
  static constexpr Happened order[] = {Happened::accepted,
                                       Happened::accepted_with_info,
                                       Happened::accepted_with_warnings,
                                       Happened::accepted_with_loss,
                                       Happened::accepted_pending,
                                       Happened::undetermined,
                                       Happened::partial,
                                       Happened::rejected_data,
                                       Happened::system_failure,
                                       Happened::rejected_technical};
  return int(std::find(std::begin(order), std::end(order), h) - std::begin(order));
}

/// Which of two statements about one dose counts when there are two.
int badness(Stored s) {
  static constexpr Stored order[] = {Stored::yes, Stored::not_yet, Stored::partly, Stored::unknown, Stored::no};
  return int(std::find(std::begin(order), std::end(order), s) - std::begin(order));
}

bool technical(const ErrorReport& e) {
  return e.code == "200" || e.code == "201" || e.code == "202" || e.code == "203";
}

class Judge {
 public:
  Judge(Case& c, const MsaGroup& msa) : c_(c), msa_(msa) {
    for (const uint32_t i : msa.errors) {
      const uint32_t cause = c.root(i);
      // What follows from an error of another MSA stands for it here.
      if (cause == i || c.error(cause).msa != c.error(i).msa) roots_.push_back(i);
      const bool is_err = c.error(i).err != ErrorReport::no_err;
      switch (severity(i)) {
        case ErrSeverity::error:
          any_error_ = true;
          break;
        case ErrSeverity::warning:
          any_warning_ = true;
          break;
        case ErrSeverity::info:
          any_info_ = true;
          break;
        case ErrSeverity::none:
          any_unknown_ = any_unknown_ || is_err;
      }
    }
    read_count();
  }

  Verdict run() {
    if (enhanced() || refused() || failed() || rejected() || dropped() || counted() || pending() || lost()) return v_;
    accepted();
    return v_;
  }

 private:
  bool aa() const { return msa_.code == MsaCode::aa; }

  /// An AA whose error has no severity and says that something was lost is a warning.
  ErrSeverity severity(uint32_t i) const {
    const Remark& r = c_.remark(i);
    const bool tells_loss = r.facts.has(Effect::part_lost) || r.facts.has(Effect::field_dropped);
    return r.severity == ErrSeverity::none && aa() && tells_loss ? ErrSeverity::warning : r.severity;
  }
  bool says(uint32_t i, Effect e) const { return c_.remark(i).facts.has(e); }
  int first_root(Effect e) const {
    for (const uint32_t i : roots_)
      if (says(i, e)) return int(i);
    return -1;
  }

  bool set(std::string_view row, Happened happened, Stored stored, Resend resend, Confidence confidence,
           int main_error = -1) {
    v_.happened = happened;
    v_.stored = stored;
    v_.resend = resend;
    v_.confidence = confidence;
    v_.main_error = main_error;
    v_.rows.insert(v_.rows.begin(), row);
    return true;
  }

  /// D7. A text that rejects the message counts more than CA.
  bool enhanced() {
    if (msa_.code == MsaCode::ce || msa_.code == MsaCode::cr)
      return set("D7", Happened::rejected_technical, Stored::no, Resend::after_fix, Confidence::likely, first());
    if (msa_.code != MsaCode::ca) return false;
    if (first_root(Effect::message_rejected) >= 0 || first_root(Effect::dose_rejected) >= 0) return false;
    return set("D7", Happened::accepted_pending, Stored::unknown, Resend::no, Confidence::likely);
  }
  int first() const { return roots_.empty() ? -1 : int(roots_[0]); }

  /// D8, D9.
  bool refused() {
    const bool ar = msa_.code == MsaCode::ar;
    if (aa()) return false;
    int data = -1, told = -1;
    for (const uint32_t i : roots_) {
      const Remark& r = c_.remark(i);
      if (technical(c_.error(i)) && !r.in_content() && r.severity != ErrSeverity::info) {
        const bool sure = ar || r.severity == ErrSeverity::error;
        return set("D8", Happened::rejected_technical, Stored::no, Resend::after_fix,
                   sure ? Confidence::certain : Confidence::likely, int(i));
      }
      if (data < 0 && r.in_content()) data = int(i);
      if (told < 0 && r.region == Region::none && says(i, Effect::about_data)) told = int(i);
    }
    if (!ar) return false;
    if (data < 0) data = told;
    if (data < 0)
      return set("D8", Happened::rejected_technical, Stored::no, Resend::after_fix, Confidence::certain, first());
    c_.flag("ar_for_content", c_.error(uint32_t(data)).span);
    return set("D9", Happened::rejected_data, Stored::no, Resend::after_fix, Confidence::likely, data);
  }

  /// D10.
  bool failed() {
    for (const uint32_t i : roots_) {
      const ErrorReport& e = c_.error(i);
      const Remark& r = c_.remark(i);
      const bool code = (e.code == "206" || e.code == "207") && r.region == Region::none &&
                        (r.severity == ErrSeverity::error || r.severity == ErrSeverity::none);
      if (!code && !says(i, Effect::internal_error)) continue;
      return set("D10", Happened::system_failure, Stored::no, Resend::same_later, Confidence::likely, int(i));
    }
    return false;
  }

  /// D11.
  bool rejected() {
    const int i = first_root(Effect::message_rejected);
    if (i < 0) return false;
    const bool agrees = !aa() && severity(uint32_t(i)) == ErrSeverity::error;
    if (!agrees) c_.flag("text_contradicts", c_.error(uint32_t(i)).span);
    return set("D11", Happened::rejected_data, Stored::no, Resend::after_fix,
               agrees ? Confidence::certain : Confidence::likely, i);
  }

  /// Whether a text takes a dose away. "Ignored" is also said of a dose that is on file already, so that counts only
  /// where nothing speaks of a duplicate.
  bool takes_dose(uint32_t i) const {
    if (says(i, Effect::dose_rejected)) return true;
    if (!says(i, Effect::dose_dropped)) return false;
    if (severity(i) == ErrSeverity::error) return true;
    const Region region = c_.remark(i).region;
    return !says(i, Effect::duplicate) && (region == Region::dose || region == Region::none);
  }

  /// D12, D13, D14.
  bool dropped() {
    int whole = -1;
    for (const uint32_t i : roots_) {
      const Remark& r = c_.remark(i);
      const bool error = severity(i) == ErrSeverity::error, by_text = takes_dose(i);
      if (!error && !by_text) continue;
      const bool field_only = (r.common >> static_cast<unsigned>(Effect::field_dropped) & 1U) != 0;
      switch (r.region) {
        case Region::patient:
          if (by_text || !field_only) whole = whole < 0 ? int(i) : whole;
          break;
        case Region::header:
          whole = whole < 0 ? int(i) : whole;
          break;
        case Region::none:
        case Region::query:
          if (by_text) {
            hit(i, by_text);
          } else {
            whole = whole < 0 ? int(i) : whole;
          }
          break;
        case Region::dose:
          hit(i, by_text);
          break;
        case Region::dose_part:
        case Region::beside:
          if (by_text) hit(i, by_text);
      }
    }
    if (whole >= 0) return whole_message(whole);
    return !hits_.empty() && some_doses();
  }

  /// D13.
  bool whole_message(int i) {
    const bool placed = c_.remark(uint32_t(i)).region != Region::none;
    Confidence confidence = placed && !aa() ? Confidence::certain : Confidence::likely;
    if (count_ && count_->added == count_->of) confidence = all_added();
    return set("D13", Happened::rejected_data, Stored::no, Resend::after_fix, confidence, i);
  }
  Confidence all_added() {
    c_.flag("all_added_with_error");
    return Confidence::guess;
  }

  /// One order group that an error or a text takes away.
  struct Hit {
    uint32_t error = 0;
    bool by_text = false;
    bool known = false;      ///< `doses` are the ones; else one of them
    std::vector<int> doses;  ///< empty: any
    Placed placed = Placed::exact;
  };

  void hit(uint32_t i, bool by_text) {
    Hit h{.error = i, .by_text = by_text, .known = false, .doses = {}, .placed = Placed::exact};
    find_doses(c_.error(i), h);
    if (h.doses.empty()) dose_in_text(c_.error(i), h);
    if (h.doses.empty() && c_.remark(i).region == Region::none) h.doses = dose_beside();
    h.known = h.known || h.doses.size() == 1;
    if (!h.known && c_.out.doses.size() == 1) {
      h.known = true;
      h.doses = {0};
    }
    hits_.push_back(std::move(h));
  }

  /// The dose that a text counts: "RXA #2 IGNORED".
  void dose_in_text(const ErrorReport& e, Hit& h) {
    if (rxa_doses_.empty())
      for (size_t d = 0; d < c_.out.doses.size(); ++d)
        if (c_.out.doses[d].rxa >= 0) rxa_doses_.push_back(int(d));
    for (const Path& p : places_in_text(e.text)) {
      if (p.segment != segment_code("RXA") || p.occurrence == 0 || p.occurrence > rxa_doses_.size()) continue;
      h.doses = {rxa_doses_[p.occurrence - 1]};
      h.placed = Placed::repaired;  // the text names it
      return;
    }
  }

  /// A text of MSA-3 has no place of its own: the one dose that the errors of its MSA name, if they name one.
  const std::vector<int>& dose_beside() {
    if (!beside_read_) {
      Hit all;
      for (const uint32_t i : msa_.errors) find_doses(c_.error(i), all);
      if (all.doses.size() == 1) beside_ = all.doses;
    }
    beside_read_ = true;
    return beside_;
  }

  static void find_doses(const ErrorReport& e, Hit& h) {
    bool ambiguous = false;
    for (const ErrorPlace& p : e.places) {
      ambiguous = ambiguous || p.placed == Placed::ambiguous;
      if (p.placed == Placed::absent &&
          (p.path.segment == segment_code("RXA") || p.path.segment == segment_code("ORC")))
        continue;
      if (p.dose < 0) continue;
      if (h.doses.size() < 32 && std::find(h.doses.begin(), h.doses.end(), p.dose) == h.doses.end())
        h.doses.push_back(p.dose);
      h.placed = std::max(h.placed, p.placed);
    }
    h.known = !h.doses.empty() && (!ambiguous || h.doses.size() == 1);
  }

  /// D12, D14.
  bool some_doses() {
    const size_t count = c_.out.doses.size();
    std::vector<int> gone;
    bool guessed = false, any_open = false;
    const Hit* main = &hits_[0];
    for (const Hit& h : hits_) {
      if (h.known) {
        gone.insert(gone.end(), h.doses.begin(), h.doses.end());
        guessed = guessed || h.placed == Placed::guessed;
      } else {
        any_open = true;
      }
      if (h.by_text && severity(h.error) != ErrSeverity::error) c_.flag("text_contradicts", c_.error(h.error).span);
      if (!main->known && h.known) main = &h;
    }
    sort_values(gone, std::less<>());
    gone.erase(std::unique(gone.begin(), gone.end()), gone.end());
    const bool by_text = std::any_of(hits_.begin(), hits_.end(), [](const Hit& h) { return h.by_text; });
    const bool by_error = std::any_of(hits_.begin(), hits_.end(), [](const Hit& h) { return !h.by_text; });
    if (by_error) v_.rows.emplace_back("D14");
    const std::string_view row = by_text ? "D12" : "D14";
    if (by_error && !by_text) v_.rows.clear();
    Confidence confidence = aa() || by_text ? Confidence::likely : Confidence::certain;
    if (by_text && severity(main->error) == ErrSeverity::error && !aa()) confidence = Confidence::certain;
    if (count == 0) {
      confidence = std::max(confidence, Confidence::likely);
    } else if (guessed || any_open) {
      confidence = Confidence::guess;
    }
    if (count_ && count_->added == count_->of) confidence = all_added();
    if (count > 0 && gone.size() == count) {
      if (count == 1 && any_open) confidence = Confidence::likely;
      return set(row, Happened::rejected_data, Stored::no, Resend::after_fix, confidence, int(main->error));
    }
    const Stored rest = count == 0 ? Stored::unknown : queued() >= 0 ? Stored::not_yet : Stored::yes;
    set(row, Happened::partial, rest, Resend::after_fix, confidence, int(main->error));
    for (const Hit& h : hits_) {
      if (h.known) continue;
      if (h.doses.empty()) v_.stored = Stored::unknown;  // it may be any
      for (const int d : h.doses) v_.doses.emplace_back(d, Stored::unknown);
    }
    for (const int d : gone) v_.doses.emplace_back(d, Stored::no);
    note_lost();
    return true;
  }

  void read_count() {
    for (const uint32_t i : msa_.errors) {
      const TextFacts& f = c_.remark(i).facts;
      if (f.of <= 0 || (count_ && count_->added < count_->of)) continue;
      count_ = &f;
      counting_ = int(i);
    }
    if (!count_) return;
    c_.out.added = count_->added;
    c_.out.added_of = count_->of;
    if (!c_.out.doses.empty() && size_t(count_->of) != c_.out.doses.size()) c_.flag("count_differs");
  }

  /// "1 of 2 immunizations have been added".
  bool counted() {
    if (!count_ || count_->added >= count_->of) return false;
    if (aa() || !any_error_) c_.flag("text_contradicts", c_.error(uint32_t(counting_)).span);
    if (count_->added == 0)
      return set("D19", Happened::rejected_data, Stored::no, Resend::after_fix, Confidence::certain, counting_);
    note_lost();
    return set("D19", Happened::partial, Stored::unknown, Resend::unknown, Confidence::certain, counting_);
  }

  /// The error whose text says of the whole message that it waits in a queue, or -1. An MSA-3 speaks of the whole also
  /// where it is the text of an error that has none.
  int queued() const {
    const std::string_view msa3 = c_.answer.value(c_.answer.field(msa_.segment, 3));
    const bool whole = c_.catalogue.phrases.read(msa3, c_.family).has(Effect::pending);
    int out = -1;
    for (const uint32_t i : roots_) {
      const Region region = c_.remark(i).region;
      if (says(i, Effect::pending) && (whole || region == Region::none || region == Region::header)) out = int(i);
    }
    return out;
  }

  /// In a queue: all doses, or the one that an error names.
  bool pending() {
    std::vector<int> waiting;
    int all = queued();
    for (const uint32_t i : roots_) {
      if (!says(i, Effect::pending) || c_.remark(i).region != Region::dose) continue;
      Hit h;
      find_doses(c_.error(i), h);
      if (!h.known) {
        all = std::max(all, int(i));
      } else {
        waiting.insert(waiting.end(), h.doses.begin(), h.doses.end());
        v_.main_error = int(i);
      }
    }
    if (all < 0 && waiting.empty()) return false;
    note_lost();
    const Confidence confidence = aa() ? Confidence::certain : Confidence::likely;
    const int main = all < 0 ? v_.main_error : all;
    set("D19", Happened::accepted_pending, all < 0 ? Stored::yes : Stored::not_yet, Resend::no, confidence, main);
    if (all < 0)
      for (const int d : waiting) v_.doses.emplace_back(d, Stored::not_yet);
    return true;
  }

  /// D15: the errors that are left are beside the doses.
  bool lost() {
    if (!any_error_) return false;
    note_lost();
    const auto is_error = [&](uint32_t i) { return severity(i) == ErrSeverity::error; };
    const auto it = std::find_if(roots_.begin(), roots_.end(), is_error);
    return set("D15", Happened::accepted_with_loss, Stored::yes, Resend::optional_after_fix, Confidence::likely,
               it == roots_.end() ? first() : int(*it));
  }

  /// D16 to D19.
  void accepted() {
    const bool ae = msa_.code == MsaCode::ae;
    if (any_warning_) {
      note_lost();
      int main = -1;
      bool loses = false;
      for (const uint32_t i : roots_) {
        if (severity(i) != ErrSeverity::warning) continue;
        // A duplicate that is left out is on file already.
        const bool tells =
            (says(i, Effect::part_lost) || says(i, Effect::field_dropped)) && !says(i, Effect::duplicate);
        if (main < 0 || (tells && !loses)) main = int(i);
        loses = loses || tells;
      }
      set("D16", Happened::accepted_with_warnings, Stored::yes, loses ? Resend::optional_after_fix : Resend::no,
          !ae            ? Confidence::likely
          : any_unknown_ ? Confidence::guess
                         : Confidence::certain,
          main);
      note_unknown_doses();
      return;
    }
    const bool all_added = count_ && count_->added == count_->of;
    if (ae && any_info_ && (!any_unknown_ || all_added)) {
      set("D17", Happened::accepted_with_info, Stored::yes, Resend::no, Confidence::likely, first());
      return;
    }
    if (ae) {
      set("D18", Happened::undetermined, Stored::unknown, Resend::unknown, Confidence::guess, first());
      if (c_.catalogue.phrases.has_trait(c_.family, Effect::ae_when_stored)) c_.flag("family_answers_ae");
      return;
    }
    set("D19", Happened::accepted, Stored::yes, Resend::no, any_unknown_ ? Confidence::likely : Confidence::certain);
    note_unknown_doses();
  }

  /// 204 on a dose that was to be changed or deleted: the registry has none such.
  void note_unknown_doses() {
    for (const uint32_t i : roots_) {
      if (c_.error(i).code != "204") continue;
      for (const ErrorPlace& p : c_.error(i).places) {
        if (p.dose < 0 || p.placed == Placed::ambiguous) continue;
        const char action = c_.out.doses[size_t(p.dose)].action;
        if (action == 'D') v_.doses.emplace_back(p.dose, Stored::no);
        if (action == 'U') v_.doses.emplace_back(p.dose, Stored::unknown);
      }
    }
  }

  /// What is or may be lost beside the doses that are taken away.
  void note_lost() {
    size_t next = 0;  // hits stand in the order of the errors
    for (const uint32_t i : roots_) {
      while (next < hits_.size() && hits_[next].error < i) ++next;
      if (next < hits_.size() && hits_[next].error == i) continue;
      const ErrSeverity s = severity(i);
      if (s != ErrSeverity::error && s != ErrSeverity::warning) continue;
      const bool error = s == ErrSeverity::error;
      const bool certain = error || says(i, Effect::part_lost) || says(i, Effect::field_dropped);
      const auto add = [&](Path path, int dose) {
        if (path.segment == 0) return;
        const Region region = c_.remark(i).region;
        if (error && region != Region::patient) path = {path.segment, path.occurrence, 0, 0, 0, 0};  // the segment goes
        c_.out.lost.push_back({.path = path, .dose = dose, .error = int(i), .certain = certain});
      };
      const auto& places = c_.error(i).places;
      if (places.empty()) add(c_.remark(i).path, -1);
      if (!places.empty() && places[0].placed == Placed::ambiguous) {
        const Path& p = places[0].path;
        add({p.segment, 0, p.field, 0, 0, 0}, -1);
      } else {
        for (const ErrorPlace& p : places) add(p.path, p.dose);
      }
    }
  }

  Case& c_;
  const MsaGroup& msa_;
  std::vector<uint32_t> roots_;  // errors that follow from none
  bool any_error_ = false, any_warning_ = false, any_info_ = false, any_unknown_ = false;
  const TextFacts* count_ = nullptr;
  int counting_ = -1;
  std::vector<Hit> hits_;
  bool beside_read_ = false;
  std::vector<int> beside_;
  std::vector<int> rxa_doses_;  // the dose of each RXA
  Verdict v_;
};

/// What all doses together are.
Stored total(const Outcome& out) {
  size_t of[size_t(Stored::none) + 1] = {};
  for (const DoseOutcome& d : out.doses) ++of[size_t(d.stored)];
  const auto all = [&](Stored s) { return of[size_t(s)] == out.doses.size(); };
  for (const Stored s : {Stored::yes, Stored::no, Stored::not_yet})
    if (all(s)) return s;
  if (all(Stored::unknown)) return out.happened == Happened::partial ? Stored::partly : Stored::unknown;
  if (of[size_t(Stored::yes)] > 0) return Stored::partly;
  if (out.happened == Happened::partial && of[size_t(Stored::not_yet)] > 0) return Stored::not_yet;
  return of[size_t(Stored::not_yet)] > 0 && of[size_t(Stored::no)] == 0 ? Stored::not_yet : Stored::unknown;
}

}  // namespace

void judge_submission(Case& c) {
  Outcome& out = c.out;
  Verdict worst;
  Stored others = Stored::yes;
  std::vector<std::pair<int, Stored>> named;
  bool first = true;
  for (const MsaGroup& msa : c.msas) {
    if (msa.foreign) continue;
    Verdict v;
    if (msa.code == MsaCode::empty || msa.code == MsaCode::unknown) {
      v.confidence = Confidence::guess;
      v.rows = {"D6"};
    } else {
      v = Judge(c, msa).run();
    }
    if (badness(v.stored) > badness(others)) others = v.stored;
    named.insert(named.end(), v.doses.begin(), v.doses.end());
    if (first || badness(v.happened) > badness(worst.happened)) worst = std::move(v);
    first = false;
  }
  out.happened = worst.happened;
  out.resend = worst.resend;
  out.confidence = worst.confidence;
  out.main_error = worst.main_error;
  for (const std::string_view row : worst.rows) c.step(row);
  if (c.msas.size() > 1) c.step("D20");

  for (DoseOutcome& d : out.doses) d.stored = others;
  for (const auto& [dose, stored] : named) {
    DoseOutcome& d = out.doses[size_t(dose)];
    if (badness(stored) > badness(d.stored)) d.stored = stored;
  }
  out.stored = out.doses.empty() ? worst.stored : total(out);
  if (out.doses.empty() && out.happened == Happened::partial && out.added > 0) out.stored = Stored::partly;
  // Two MSA may each take one of two doses.
  if (out.happened == Happened::partial && !out.doses.empty() && out.stored == Stored::no)
    out.happened = Happened::rejected_data;
}

}  // namespace iz
