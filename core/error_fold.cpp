// Which errors of an answer have one cause (declared in core/error_places.h).
//
// Release 1.5 table 3-1: a value that is rejected leaves its field empty, a required field that is empty its segment, a
// required segment its group. A registry reports each step, and often only the first with its full place.
#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <unordered_map>

#include "core/error_locations.h"
#include "core/error_places.h"

namespace iz {
namespace {

constexpr uint32_t ORC = segment_code("ORC"), RXA = segment_code("RXA");

/// The one place of an error as far as it is known: occurrence 0 when the error does not tell it, field 0 for the whole
/// segment, segment 0 for none.
struct Where {
  uint32_t segment = 0, occurrence = 0, field = 0;
  int dose = -1;
};

Where where(const ErrorReport& e, const Delimiters& answer) {
  if (!e.places.empty()) {
    const ErrorPlace& first = e.places[0];
    Where out{first.path.segment, first.path.occurrence, first.path.field, first.dose};
    for (const ErrorPlace& p : e.places) {
      if (p.path.segment != out.segment) break;  // several errors in one: the first counts
      if (p.path.occurrence != first.path.occurrence) out.occurrence = 0;
      if (p.path.field != first.path.field) out.field = 0;
      if (p.dose != first.dose) out.dose = -1;
    }
    return out;
  }
  const auto named = named_places(e.erl, answer);
  if (named.empty()) return {};
  const Path& path = named[0].path;
  const bool once = occurs_once(path.segment) && path.occurrence == 0;
  return {path.segment, once ? 1 : path.occurrence, path.field, -1};
}

/// The latest error of each severity.
struct Latest {
  std::array<int, 4> of{-1, -1, -1, -1};
  void set(ErrSeverity s, int index) { of[size_t(s)] = index; }
  /// The latest that can be the cause of one of this severity: as severe, or one of the two says nothing.
  int cause_of(ErrSeverity s) const {
    int out = -1;
    for (size_t i = 0; i < of.size(); ++i)
      if (i == 0 || s == ErrSeverity::none || i >= size_t(s)) out = std::max(out, of[i]);
    return out;
  }
};

std::string upper_without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ') out += c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
  return out;
}

class Folder {
 public:
  Folder(const Delimiters& answer, std::vector<ErrorReport>& errors) : answer_(answer), errors_(errors) {}

  void fold() {
    uint32_t msa = 0;
    for (size_t i = 0; i < errors_.size(); ++i) {
      ErrorReport& e = errors_[i];
      e.follows = -1;
      e.repeats = false;
      if (e.err == ErrorReport::no_err) continue;
      if (e.msa != msa) {
        latest_.clear();
        named_.clear();
      }
      msa = e.msa;
      const Where at = where(e, answer_);
      const int cause = consequence_of(e, at);
      const auto [same, is_new] = said_.try_emplace(key(e), int(i));
      if (cause >= 0) {
        e.follows = root(cause);
        e.says_missing = false;
      } else if (!is_new) {
        e.follows = root(same->second);
        e.repeats = true;
        e.says_missing = errors_[size_t(e.follows)].says_missing;
      }
      remember(e, at, int(i));
    }
  }

 private:
  int root(int i) const { return errors_[size_t(i)].follows >= 0 ? errors_[size_t(i)].follows : i; }

  static std::string key(const ErrorReport& e) {
    std::string out = upper_without_blanks(e.erl);
    out += '\n';
    out += e.code;
    out += '\n';
    out += upper_without_blanks(e.text);
    return out;
  }

  /// One segment occurrence, one field in it, one dose, or the last that was named of a segment.
  enum Kind : uint32_t { segment, field, dose, last };
  using Key = std::array<uint32_t, 4>;
  static Key place(Kind kind, uint32_t a, uint32_t b = 0, uint32_t c = 0) { return {kind, a, b, c}; }

  int latest(const Key& key, ErrSeverity s) const {
    const auto it = latest_.find(key);
    return it == latest_.end() ? -1 : it->second.cause_of(s);
  }

  /// The index of the error that this one follows from, or -1.
  int consequence_of(const ErrorReport& e, const Where& at) const {
    if (at.segment == 0 || (e.code != "100" && e.code != "101")) return -1;
    if (at.field > 0) {
      if (e.code != "101") return -1;
      // The sequence may be left out of what follows.
      const uint32_t occurrence = at.occurrence > 0 ? at.occurrence : named(at.segment);
      return latest(place(field, at.segment, occurrence, at.field), e.severity);
    }
    const int in_segment = at.occurrence > 0 ? latest(place(segment, at.segment, at.occurrence), e.severity)
                                             : latest(place(last, at.segment), e.severity);
    if (in_segment >= 0) return in_segment;
    const bool heads_group = at.segment == ORC || at.segment == RXA;
    return heads_group && at.dose >= 0 ? latest(place(dose, uint32_t(at.dose)), e.severity) : -1;
  }

  uint32_t named(uint32_t name) const {
    const auto it = named_.find(name);
    return it == named_.end() ? 0 : it->second;
  }

  void remember(const ErrorReport& e, const Where& at, int i) {
    if (at.segment == 0 || e.severity == ErrSeverity::info) return;
    if (at.occurrence > 0) {
      latest_[place(segment, at.segment, at.occurrence)].set(e.severity, i);
      latest_[place(last, at.segment)].set(e.severity, i);
      if (at.field > 0) latest_[place(field, at.segment, at.occurrence, at.field)].set(e.severity, i);
      named_[at.segment] = at.occurrence;
    }
    if (at.dose >= 0 && (at.segment == ORC || at.segment == RXA))
      latest_[place(dose, uint32_t(at.dose))].set(e.severity, i);
  }

  const Delimiters& answer_;
  std::vector<ErrorReport>& errors_;
  std::unordered_map<std::string, int> said_;
  std::map<Key, Latest> latest_;
  std::unordered_map<uint32_t, uint32_t> named_;  // segment name -> occurrence that was last named
};

}  // namespace

void fold_errors(const Delimiters& answer, std::vector<ErrorReport>& errors) { Folder(answer, errors).fold(); }

}  // namespace iz
