#include "core/error_places.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "core/choose_profile.h"
#include "core/elements.h"
#include "core/error_locations.h"
#include "core/error_values.h"
#include "core/segment_words.h"
#include "core/words.h"

namespace iz {
namespace {

constexpr uint32_t ORC = segment_code("ORC"), RXA = segment_code("RXA"), NK1 = segment_code("NK1"),
                   OBX = segment_code("OBX"), NTE = segment_code("NTE"), GT1 = segment_code("GT1"),
                   IN1 = segment_code("IN1"), PV1 = segment_code("PV1");
constexpr size_t kMostPlaces = 32;

/// The sequence of a VXU and a QBP for segments that the profile does not tell of; `groups` holds those of a dose.
constexpr std::string_view kHead[] = {"MSH", "SFT", "PID", "PD1", "NK1", "PV1", "PV2",
                                      "GT1", "IN1", "IN2", "IN3", "QPD", "RCP"};
constexpr std::string_view kDose[] = {"ORC", "TQ1", "TQ2", "RXA", "RXR", "OBX", "NTE"};

bool in(std::initializer_list<uint32_t> list, uint32_t segment) {
  return std::find(list.begin(), list.end(), segment) != list.end();
}

/// Segments whose first field counts them.
bool has_set_id(uint32_t segment) { return in({NK1, OBX, NTE, GT1, IN1, PV1}, segment); }

uint32_t as_number(std::string_view text) {
  uint32_t n = 0;
  for (const char c : text) {
    if (c < '0' || c > '9' || n > 100'000'000) return 0;
    n = n * 10 + uint32_t(c - '0');
  }
  return n;
}

/// What ERR-3 says of the kind of place: a code of a field, of a whole segment, or neither.
bool is_field_code(const ErrorReport& e) { return e.code == "101" || e.code == "102" || e.code == "103"; }
bool is_segment_code(const ErrorReport& e) { return e.code == "100"; }

class Placer {
 public:
  Placer(const Catalogue& catalogue, const Message& sent, std::span<const DoseOutcome> doses, const Delimiters& answer)
      : catalogue_(catalogue), sent_(sent), answer_(answer), values_(sent) {
    const auto segments = sent.segments();
    dose_of_.assign(segments.size(), -1);
    group_of_.assign(segments.size(), -1);
    groups_ = order_groups(sent);
    for (size_t g = 0; g < groups_.size(); ++g) {
      const OrderGroup& group = groups_[g];
      int dose = -1;
      for (size_t d = 0; d < doses.size() && dose < 0; ++d) {
        // Doses stand in order; the next one is the first to look at.
        const size_t i = (next_dose_ + d) % doses.size();
        const bool same = (doses[i].rxa >= 0 && doses[i].rxa == group.rxa) ||
                          (doses[i].orc >= 0 && uint32_t(doses[i].orc) == group.first);
        if (!same) break;
        dose = int(i);
        next_dose_ = i + 1;
      }
      std::fill(dose_of_.begin() + group.first, dose_of_.begin() + group.last, dose);
      std::fill(group_of_.begin() + group.first, group_of_.begin() + group.last, int(g));
    }
    for (uint32_t s = 0; s < segments.size(); ++s)
      if (segments[s].name) where_[segments[s].name].push_back(s);
  }

  void place(ErrorReport& e) {
    e.places.clear();
    error_ = &e;
    if (e.msa != msa_) named_last_.clear();
    msa_ = e.msa;
    quotes_read_ = texts_read_ = false;
    const auto named = named_places(e.erl, answer_);
    for (const NamedPlace& n : named) place(n);
    if (named.empty()) place_by_text();
    for (ErrorPlace& p : e.places) add_details(p);
    // What a later error without a sequence belongs to.
    if (e.places.size() == 1 && e.places[0].path.occurrence > 0)
      named_last_[e.places[0].path.segment] = e.places[0].path.occurrence;
  }

 private:
  const std::vector<uint32_t>& segments_of(uint32_t name) const {
    static const std::vector<uint32_t> none;
    const auto it = where_.find(name);
    return it == where_.end() ? none : it->second;
  }
  uint32_t count(uint32_t name) const { return uint32_t(segments_of(name).size()); }

  void add(Path path, Placed placed) {
    ErrorReport& e = *error_;
    if (e.places.size() == kMostPlaces) return;
    for (const ErrorPlace& p : e.places)
      if (p.path == path) return;
    e.places.push_back({.path = path, .span = {}, .dose = -1, .placed = placed, .value_present = false});
  }
  /// One place of several when more than one is left.
  void add_all(const std::vector<Path>& paths, Placed single) {
    for (const Path& p : paths) add(p, paths.size() == 1 ? single : Placed::ambiguous);
  }
  /// The place in every occurrence of its segment.
  std::vector<Path> everywhere(Path path) const {
    std::vector<Path> out;
    for (uint32_t n = 1; n <= std::min(count(path.segment), uint32_t(kMostPlaces)); ++n) {
      path.occurrence = n;
      out.push_back(path);
    }
    return out;
  }

  const std::vector<QuotedValue>& quotes() {
    if (!quotes_read_) quotes_ = quoted_values(error_->text);
    quotes_read_ = true;
    return quotes_;
  }
  const std::vector<Path>& texts() {
    if (!texts_read_) texts_ = places_in_text(error_->text);
    texts_read_ = true;
    return texts_;
  }

  /// The occurrences that the text leaves possible: by number, by dose, or by a value that it quotes. Empty when it does
  /// not say.
  std::vector<Path> by_text(Path path) {
    const auto& all = segments_of(path.segment);
    std::vector<Path> out;
    const auto take = [&](uint32_t occurrence) {
      path.occurrence = occurrence;
      if (out.size() < kMostPlaces && std::find(out.begin(), out.end(), path) == out.end()) out.push_back(path);
    };
    for (const Path& p : texts())
      if ((p.segment == path.segment || p.segment == 0) && p.occurrence > 0 && p.occurrence <= all.size()) {
        take(p.occurrence);
        return out;
      }
    for (const Path& p : texts()) {
      if ((p.segment != RXA && p.segment != ORC) || p.occurrence == 0 || p.occurrence > count(p.segment)) continue;
      const int g = group_of_[segments_of(p.segment)[p.occurrence - 1]];
      if (g < 0) continue;
      for (uint32_t i = groups_[size_t(g)].first; i < groups_[size_t(g)].last && out.size() < kMostPlaces; ++i)
        if (sent_.segments()[i].name == path.segment) take(sent_.segments()[i].occurrence);
      if (!out.empty()) break;
    }
    if (out.size() == 1) return out;
    std::vector<Path> of_dose = std::move(out);
    out.clear();
    for (const QuotedValue& value : quotes()) {
      for (const Path& p : values_.find(value, path.segment, path.field)) {
        path.occurrence = p.occurrence;
        if (of_dose.empty() || std::find(of_dose.begin(), of_dose.end(), path) != of_dose.end()) take(p.occurrence);
      }
      if (!out.empty()) return out;
    }
    return of_dose;
  }

  /// The occurrence that an error before named, for one that says what follows from it without naming it again: the
  /// segment after its field, the group after its segment. 0: none.
  uint32_t named_before(uint32_t segment) const {
    const auto last = named_last_.find(segment);
    return last != named_last_.end() && (error_->code == "100" || error_->code == "101") ? last->second : 0;
  }

  /// A place without a sequence, in a message that has the segment.
  void place_without_sequence(Path path, Placed only) {
    path.occurrence = count(path.segment) == 1 ? 1 : named_before(path.segment);
    if (path.occurrence > 0 && path.occurrence <= count(path.segment))
      return add(path, count(path.segment) == 1 ? only : Placed::guessed);
    const auto possible = by_text(path);
    add_all(possible.empty() ? everywhere(path) : possible, Placed::guessed);
  }

  void place(const NamedPlace& named) {
    Path path = named.path;
    const uint32_t n = count(path.segment);
    if (n == 0) {
      if (path.occurrence == 0) path.occurrence = std::max(named_before(path.segment), 1u);
      return add(path, Placed::absent);
    }
    if (path.occurrence == 0) return place_without_sequence(path, Placed::repaired);
    if (path.field == 0 && !occurs_once(path.segment) && named.conforming) return place_two_part(path);
    if (path.occurrence > n) return place_out_of_range(path);
    // RXA^1^5^2 where RXA-5 does not repeat: the number was meant as a component, if there can be one.
    if (path.repetition > 1 && path.component == 0 && path.field > 0) {
      const uint32_t s = segments_of(path.segment)[path.occurrence - 1];
      const Element field = sent_.field(s, path.field);
      if (sent_.count(field, Level::repetition) < path.repetition && has_component(path, s, path.repetition)) {
        path.component = path.repetition;
        path.repetition = 1;
        return add(path, Placed::guessed);
      }
    }
    add(path, named.conforming ? Placed::exact : Placed::repaired);
  }

  /// Whether a field has or may have a component of this number.
  bool has_component(Path path, uint32_t s, uint32_t component) const {
    path.repetition = 1;
    path.component = component;
    if (find_place(catalogue_, sent_, nullptr, path, int(s)).defined) return true;
    return static_cast<bool>(sent_.component(sent_.repetition(s, path.field, 1), component));
  }

  /// `RXA^2`: the second RXA, or field 2 of one of them. `path` is the former.
  void place_two_part(const Path& path) {
    const uint32_t n = count(path.segment), number = path.occurrence;
    Path field = path;
    field.occurrence = 0;
    field.field = number;
    if (number > n) {
      if (is_segment_code(*error_)) return add(path, Placed::absent);
      return place_without_sequence(field, Placed::repaired);
    }
    if (!is_field_code(*error_)) {
      const bool text_says_field = says_field(field);
      if (!text_says_field) return add(path, Placed::exact);
      return place_without_sequence(field, Placed::guessed);
    }
    for (const Path& p : texts())
      if (p.segment == path.segment && p.field == 0 && p.occurrence == number) return add(path, Placed::guessed);
    if (says_field(field)) return place_without_sequence(field, Placed::guessed);
    add(path, Placed::ambiguous);
    for (const Path& p : everywhere(field)) add(p, Placed::ambiguous);
  }

  bool says_field(const Path& field) {
    const auto& said = texts();
    return std::any_of(said.begin(), said.end(),
                       [&](const Path& p) { return p.segment == field.segment && p.field == field.field; });
  }

  void place_out_of_range(Path path) {
    const uint32_t n = count(path.segment), number = path.occurrence;
    if (occurs_once(path.segment)) {
      path.occurrence = 1;
      // PID^11^5: a value that the text quotes tells whether field 11 is meant.
      for (const QuotedValue& value : quotes()) {
        if (const auto found = values_.find(value, path.segment, number); found.size() == 1)
          return add(found[0], Placed::guessed);
      }
      return add(path, Placed::repaired);
    }
    // The number may be the set id.
    if (has_set_id(path.segment)) {
      std::vector<Path> same;
      for (const uint32_t occurrence : with_set_id(path.segment, number)) {
        path.occurrence = occurrence;
        same.push_back(path);
      }
      if (!same.empty()) return add_all(same, Placed::guessed);
      path.occurrence = number;
    }
    if (const auto possible = by_text(path); !possible.empty()) return add_all(possible, Placed::guessed);
    // RXR^2^1^1 with one RXR: the field stands in the place of the sequence, unless a second one is missed.
    if (n == 1 && path.field == 1 && !error_->says_missing && !is_segment_code(*error_)) {
      path = {path.segment, 1, number, path.field, path.repetition, path.component};
      return add(path, Placed::guessed);
    }
    path.occurrence = number;
    add(path, Placed::absent);
  }

  void place_by_text() {
    const bool only_says_fine = error_->code == "0" && error_->severity != ErrSeverity::error;
    for (Path path : texts()) {
      if (path.segment == 0 || (only_says_fine && path.field == 0)) continue;
      const uint32_t n = count(path.segment);
      if (n == 0 || path.occurrence > n) {
        path.occurrence = std::max(path.occurrence, 1u);
        add(path, Placed::absent);
      } else if (path.occurrence > 0) {
        add(path, Placed::guessed);
      } else {
        place_without_sequence(path, Placed::guessed);
      }
    }
    if (!error_->places.empty() || only_says_fine) return;
    for (const QuotedValue& value : quotes()) {
      if (const auto found = values_.find(value); !found.empty()) return add_all(found, Placed::guessed);
      // The value is not in the message, but the word before it names the field.
      if (value.field > 0 && count(value.segment) > 0)
        return place_without_sequence({value.segment, 0, value.field, 0, 0, 0}, Placed::guessed);
    }
    place_by_detection();
  }

  /// A data-quality detection is about one field, whichever registry reports it.
  void place_by_detection() {
    auto about = catalogue_.error_codes.place(error_->local_code);
    if (!about) about = catalogue_.error_codes.place(error_->text);
    if (!about) return;
    Path path = about->path;
    if (path.component > 0) path.repetition = 1;
    if (count(path.segment) == 0) {
      path.occurrence = 1;
      return add(path, Placed::absent);
    }
    if (about->observation.empty()) return place_without_sequence(path, Placed::guessed);
    std::vector<Path> same;
    for (const uint32_t s : segments_of(path.segment)) {
      const Element code = sent_.component(sent_.repetition(s, 3, 1), 1);
      if (sent_.value(code) != about->observation || same.size() == kMostPlaces) continue;
      path.occurrence = sent_.segments()[s].occurrence;
      same.push_back(path);
    }
    if (!same.empty()) return add_all(same, Placed::guessed);
    path.occurrence = count(path.segment) + 1;
    add(path, Placed::absent);
  }

  /// Span, dose and whether something stands there.
  void add_details(ErrorPlace& p) {
    const auto& all = segments_of(p.path.segment);
    if (p.placed == Placed::absent || p.path.occurrence == 0 || p.path.occurrence > all.size()) {
      insertion_point(p);
      return;
    }
    const uint32_t s = all[p.path.occurrence - 1];
    p.dose = dose_of_[s];
    Path path = p.path;
    // Long fields are looked into only so often.
    if (path.field > 0) {
      const Element field = sent_.field(s, path.field);
      if (work_ > kMostWork) path.repetition = path.component = path.subcomponent = 0;
      work_ += field.last - field.first;
    }
    const Location at = locate(sent_, path, s);
    p.span = at.span;
    p.value_present = at.found && (path.field == 0 || (sent_.present(at.element) && !sent_.is_null(at.element)));
  }

  /// Reading order of the segments, of the profile that the message was made for.
  void read_order() {
    order_read_ = true;
    if (const Profile* profile = choose_profile(catalogue_, sent_).profile) {
      for (const StructureDef& def : profile->structure) {
        if (def.group) continue;
        bool in_dose = false;
        for (int p = def.parent; p >= 0 && !in_dose; p = profile->structure[size_t(p)].parent)
          in_dose = profile->structure[size_t(p)].name.find("ORDER") != std::string::npos;
        order_.emplace(def.code, std::pair(uint32_t(order_.size()), in_dose));
      }
    }
    for (const std::string_view name : kHead)
      order_.emplace(segment_code(name), std::pair(uint32_t(order_.size()), false));
    for (const std::string_view name : kDose)
      order_.emplace(segment_code(name), std::pair(uint32_t(order_.size()), true));
  }

  /// Where a segment that is absent would stand.
  void insertion_point(ErrorPlace& p) {
    if (!order_read_) read_order();
    const auto rank = order_.find(p.path.segment);
    const auto& same = segments_of(p.path.segment);
    const auto segments = sent_.segments();
    int group = -1;
    if (rank != order_.end() && rank->second.second && !groups_.empty())
      group = group_without(p.path.segment, p.path.occurrence);
    if (group >= 0) {
      p.dose = dose_of_[groups_[size_t(group)].first];
    } else if (!same.empty()) {
      p.span = {segments[same.back()].end, segments[same.back()].end};
      return;
    }
    const auto [it, is_new] = insertions_.try_emplace({p.path.segment, group});
    if (is_new) it->second = insertion(rank == order_.end() ? UINT32_MAX : rank->second.first, group);
    p.span = it->second;
  }

  /// In an order group, or before all of them with -1: after the segments that come before one of this rank.
  Span insertion(uint32_t rank, int group) const {
    const auto segments = sent_.segments();
    const auto end = uint32_t(sent_.text().size());
    if (segments.empty()) return {end, end};
    uint32_t first = 0, last = uint32_t(segments.size());
    if (group >= 0) {
      first = groups_[size_t(group)].first;
      last = groups_[size_t(group)].last;
    } else if (rank != UINT32_MAX && !groups_.empty()) {
      last = std::max(groups_[0].first, 1u);
    }
    uint32_t s = first;
    for (; s < last; ++s) {
      const auto other = order_.find(segments[s].name);
      if (other != order_.end() && other->second.first >= rank) break;
    }
    if (s == 0) return {segments[0].begin, segments[0].begin};
    return {segments[s - 1].end, segments[s - 1].end};
  }

  /// The occurrences of a segment whose first field is this number, at most 32.
  const std::vector<uint32_t>& with_set_id(uint32_t segment, uint32_t number) {
    const auto [it, is_new] = set_ids_.try_emplace(segment);
    if (is_new) {
      for (const uint32_t s : segments_of(segment)) {
        auto& list = it->second[as_number(sent_.value(sent_.field(s, 1)))];
        if (list.size() < kMostPlaces) list.push_back(sent_.segments()[s].occurrence);
      }
    }
    return it->second[number];
  }

  /// The order groups that lack a segment.
  struct Lacking {
    std::vector<bool> groups;
    int first = -1;  ///< index of the first; -1: none
  };

  /// The order group in which a segment is missing: the one of its number, else the first; -1 when all have it.
  int group_without(uint32_t segment, uint32_t number) {
    const auto [it, is_new] = lacking_.try_emplace(segment);
    Lacking& lacking = it->second;
    if (is_new) {
      lacking.groups.assign(groups_.size(), true);
      for (const uint32_t s : segments_of(segment))
        if (group_of_[s] >= 0) lacking.groups[size_t(group_of_[s])] = false;
      const auto first = std::find(lacking.groups.begin(), lacking.groups.end(), true);
      if (first != lacking.groups.end()) lacking.first = int(first - lacking.groups.begin());
    }
    const bool by_number = number > 0 && number <= lacking.groups.size() && lacking.groups[number - 1];
    return by_number ? int(number) - 1 : lacking.first;
  }

  static constexpr size_t kMostWork = 10'000'000;  // nodes

  const Catalogue& catalogue_;
  const Message& sent_;
  const Delimiters& answer_;
  SentValues values_;
  std::vector<OrderGroup> groups_;
  std::vector<int> dose_of_, group_of_;  // for each segment
  size_t next_dose_ = 0;
  std::unordered_map<uint32_t, std::vector<uint32_t>> where_;  // segment name -> indices
  std::unordered_map<uint32_t, uint32_t> named_last_;          // segment name -> occurrence that was last named
  bool order_read_ = false;
  std::unordered_map<uint32_t, std::pair<uint32_t, bool>> order_;  // segment name -> rank, part of a dose
  std::unordered_map<uint32_t, Lacking> lacking_;                  // by segment name
  std::unordered_map<uint32_t, std::unordered_map<uint32_t, std::vector<uint32_t>>> set_ids_;
  std::map<std::pair<uint32_t, int>, Span> insertions_;  // segment name and order group -> where it would stand
  size_t work_ = 0;

  ErrorReport* error_ = nullptr;  // being placed
  uint32_t msa_ = 0;              // of the last one
  bool quotes_read_ = false, texts_read_ = false;
  std::vector<QuotedValue> quotes_;
  std::vector<Path> texts_;
};

}  // namespace

void place_errors(const Catalogue& catalogue, const Message& sent, std::span<const DoseOutcome> doses,
                  const Delimiters& answer, std::vector<ErrorReport>& errors) {
  Placer placer(catalogue, sent, doses, answer);
  for (ErrorReport& e : errors) placer.place(e);
}

}  // namespace iz
