#include "core/write_outcome.h"

#include <algorithm>
#include <vector>

#include "core/error_places.h"
#include "core/outcome_words.h"
#include "core/write.h"

namespace iz {
namespace {

/// The entries of an Outcome by ERR segment: one ERR with an ERR-1 that repeats has several.
struct ByErr {
  explicit ByErr(const Outcome& o) {
    for (uint32_t i = 0; i < o.errors.size(); ++i) {
      const uint32_t err = o.errors[i].err;
      if (err == ErrorReport::no_err) {
        remarks.push_back(i);
      } else {
        if (err >= entries.size()) entries.resize(err + 1);
        entries[err].push_back(i);
      }
    }
    caused.resize(entries.size());
    for (uint32_t n = 0; n < entries.size(); ++n) {
      const int cause = cause_of(o, n);
      if (cause >= 0) caused[static_cast<size_t>(cause)].push_back(n);
    }
  }
  /// The ERR that this one follows from, or -1.
  int cause_of(const Outcome& o, uint32_t n) const {
    if (entries[n].empty()) return -1;
    const int follows = o.errors[entries[n][0]].follows;
    if (follows < 0) return -1;
    const uint32_t err = o.errors[static_cast<size_t>(follows)].err;
    return err == ErrorReport::no_err || err == n ? -1 : static_cast<int>(err);
  }

  std::vector<std::vector<uint32_t>> entries;
  std::vector<std::vector<uint32_t>> caused;
  std::vector<uint32_t> remarks;
};

void write_place(std::string& out, const ErrorPlace& place, const Message& sent, const OffsetCounter& count) {
  JsonObject object(out);
  object.text("path", to_string(place.path));
  json_span(object, count, place.span);
  object.text("confidence", to_string(place.placed));
  if (place.dose < 0) {
    object.null("dose");
  } else {
    object.number("dose", place.dose + 1);
  }
  object.text("value", place.placed == Placed::absent ? std::string_view{} : sent.value(place.span));
  object.boolean("value_present", place.value_present);
}

void write_error(std::string& out, const Outcome& o, const ByErr& by, uint32_t n, const Message* sent,
                 const OffsetCounter& count) {
  JsonObject object(out);
  const auto& entries = by.entries[n];
  static const ErrorReport none;
  const ErrorReport& e = entries.empty() ? none : o.errors[entries[0]];
  std::vector<const ErrorPlace*> places;
  std::string erl;
  for (const uint32_t i : entries) {
    for (const ErrorPlace& p : o.errors[i].places) places.push_back(&p);
    if (!o.errors[i].erl.empty()) erl += (erl.empty() ? "" : "~") + o.errors[i].erl;
  }
  object.text("severity", to_string(e.severity));
  object.text("text", e.text);
  object.text("erl", erl);
  if (places.empty() || !sent) {
    object.null("located");
  } else {
    write_place(object.key("located"), *places[0], *sent, count);
  }
  json_list(object.key("cause_of"), by.caused[n], [&](uint32_t k) { out += std::to_string(k); });
  if (!places.empty()) places.erase(places.begin());
  if (!sent) places.clear();
  json_list(object.key("also_located"), places, [&](const ErrorPlace* p) { write_place(out, *p, *sent, count); });
  if (const int cause = by.cause_of(o, n); cause >= 0) {
    object.number("follows", cause);
  } else {
    object.null("follows");
  }
  object.text("code", e.code);
  object.text("application_code", e.application_code);
  object.text("local_code", e.local_code);
  static constexpr std::string_view seen[] = {"unknown", "same_fault", "no_fault"};
  object.text("seen", seen[static_cast<size_t>(e.seen)]);
  object.boolean("says_missing", e.says_missing);
}

void write_fact(std::string& out, const Fact& fact) {
  JsonObject object(out);
  object.text("title", fact.title);
  object.text("detail", fact.detail);
}

}  // namespace

std::string outcome_json(const Outcome& o, const Message* sent, Offsets offsets) {
  const OffsetCounter count(sent ? sent->text() : std::string_view{}, offsets);
  const ByErr by(o);
  std::vector<uint32_t> errs(by.entries.size());
  for (uint32_t n = 0; n < errs.size(); ++n) errs[n] = n;
  std::string out;
  {
    JsonObject object(out);
    object.text("outcome", to_string(o.happened));
    object.text("stored", to_string(o.stored));
    object.text("resend", to_string(o.resend));
    object.text_or_null("who", o.nobody ? std::string_view{} : to_string(o.who));
    object.text("confidence", to_string(o.confidence));
    object.text("summary", headline(o, sent));
    json_list(object.key("doses"), o.doses, [&](const DoseOutcome& d) {
      JsonObject dose(out);
      dose.number("group", d.group);
      dose.text("vaccine", d.vaccine);
      dose.text("date", d.date);
      dose.text("stored", to_string(d.stored));
      dose.text("lot", d.lot);
      dose.text("action", std::string_view(&d.action, 1));
      dose.boolean("dose", d.dose);
    });
    json_list(object.key("errors"), errs, [&](uint32_t n) { write_error(out, o, by, n, sent, count); });
    json_list(object.key("flags"), o.flags, [&](const Flag& f) { json_quote(out, f.id); });
    json_list(object.key("reasons"), o.reasons, [&](const Reason& r) {
      JsonObject entry(out);
      entry.text("row", r.row);
      entry.text("source", r.source);
      entry.text("says", reason_words(r));
    });
    json_list(object.key("remarks"), by.remarks, [&](uint32_t i) {
      JsonObject entry(out);
      entry.text("text", o.errors[i].text);
      entry.text("code", o.errors[i].code);
      entry.number("msa", o.errors[i].msa);
    });
    json_list(object.key("lost"), o.lost, [&](const LostPart& part) {
      JsonObject entry(out);
      entry.text("path", to_string(part.path));
      if (part.dose < 0) {
        entry.null("dose");
      } else {
        entry.number("dose", part.dose + 1);
      }
      entry.boolean("certain", part.certain);
    });
    json_list(object.key("explained"), o.flags, [&](const Flag& f) {
      const Fact words = flag_words(f);
      JsonObject entry(out);
      entry.text("flag", f.id);
      entry.text("title", words.title);
      entry.text("detail", words.detail);
    });
    write_fact(object.key("who_acts"), who_acts(o));
    write_fact(object.key("send_again"), send_again(o));
    write_fact(object.key("how_sure"), how_sure(o));
    if (o.added < 0) {
      object.null("added");
    } else {
      JsonObject added(object.key("added"));
      added.number("count", o.added);
      added.number("of", o.added_of);
    }
    object.text_or_null("family", o.family);
    if (o.answer < 0) {
      object.null("message");
    } else {
      object.number("message", o.answer);
    }
    json_list(object.key("others"), o.others, [&](const OtherAnswer& other) {
      JsonObject entry(out);
      entry.number("message", other.answer);
      entry.text("answers", other.message);
      entry.text("outcome", to_string(other.happened));
    });
  }
  return out;
}

std::string outcome_text(const Outcome& o, const Message* sent) {
  std::string out;
  const auto line = [&](std::string_view text) {
    out += visible_text(text);
    out += '\n';
  };
  const auto fact = [&](std::string_view name, const Fact& f) {
    line(fmt::format("{:<13}{}{}{}", name, f.title, f.detail.empty() ? "" : ". ", f.detail));
  };
  line(headline(o, sent));
  out += '\n';
  line(fmt::format("{:<13}{}", "Outcome", label(o.happened)));
  fact("Who acts", who_acts(o));
  fact("Send again?", send_again(o));
  fact("How sure", how_sure(o));
  if (!o.doses.empty()) out += '\n';
  for (const DoseOutcome& d : o.doses) line(fmt::format("{:<15}{}", label(d.stored), dose_words(d)));
  const ByErr by(o);
  for (uint32_t n = 0; n < by.entries.size(); ++n) {
    if (by.entries[n].empty() || by.cause_of(o, n) >= 0) continue;
    out += '\n';
    const ErrorReport& e = o.errors[by.entries[n][0]];
    line(fmt::format("{}: {}", label(e.severity), e.text.empty() ? e.code_text : e.text));
    for (const uint32_t i : by.entries[n])
      for (const ErrorPlace& p : o.errors[i].places) {
        const std::string dose = p.dose < 0 ? std::string{} : fmt::format(", {}", dose_words(o.doses[size_t(p.dose)]));
        line(fmt::format("  {} -> {} ({}){}", o.errors[i].erl.empty() ? "no ERR-2" : o.errors[i].erl, to_string(p.path),
                         to_string(p.placed), dose));
        if (sent) out += quoted_line(*sent, p.span);
      }
    if (e.places.empty() && !e.erl.empty()) line(fmt::format("  at {}", e.erl));
    if (e.seen == Seen::same_fault) line("  We see the same fault.");
    if (e.seen == Seen::no_fault) line("  We see no fault here: the registry may use a local rule.");
    if (!by.caused[n].empty())
      line(fmt::format("  {} follow-on {} of the same cause", by.caused[n].size(),
                       by.caused[n].size() == 1 ? "error" : "errors"));
  }
  for (const uint32_t i : by.remarks)
    if (!o.errors[i].text.empty()) line(fmt::format("\nMSA: {}", o.errors[i].text));
  if (!o.others.empty()) out += "\nOther answers in the same text\n";
  for (const OtherAnswer& other : o.others)
    line(fmt::format("  to {}: {}", other.message.empty() ? "?" : other.message, label(other.happened)));
  if (!o.flags.empty()) out += "\nWhat is odd about this answer\n";
  for (const Flag& f : o.flags) line(fmt::format("  {}. {}", flag_words(f).title, flag_words(f).detail));
  out += "\nWhy\n";
  for (const Reason& r : o.reasons) line(fmt::format("  {:<4}{} ({})", r.row, reason_words(r), r.source));
  return out;
}

}  // namespace iz
