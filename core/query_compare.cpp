// The patients of an answer side by side, with the query that asked for one of them.
#include <algorithm>
#include <array>

#include "core/query_parts.h"
#include "core/segment_words.h"
#include "core/words.h"

namespace iz {
namespace {

constexpr uint32_t PID = segment_code("PID"), NK1 = segment_code("NK1");

/// How two values are compared.
enum class As : uint8_t { name, date, code, address, phone, identifiers, registry_id, next_of_kin };

struct Compared {
  std::string_view label;
  As as;
  uint32_t pid = 0, qpd = 0;  ///< fields; 0: none
};

constexpr Compared rows[] = {
    {"Name", As::name, 5, 4},
    {"Mother's maiden name", As::name, 6, 5},
    {"Born", As::date, 7, 6},
    {"Sex", As::code, 8, 7},
    {"Address", As::address, 11, 8},
    {"Phone", As::phone, 13, 9},
    {"Multiple birth", As::code, 24, 10},
    {"Birth order", As::code, 25, 11},
    {"Race", As::code, 10, 0},
    {"Ethnic group", As::code, 22, 0},
    {"Died", As::date, 29, 0},
    {"Next of kin", As::next_of_kin, 0, 0},
    {"Registry id", As::registry_id, 3, 0},
    {"Other ids", As::identifiers, 3, 3},
};

/// What is compared of a value: its parts, in capitals, without blanks and punctuation. An empty part says nothing.
using Key = std::vector<std::string>;

std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (c >= 'a' && c <= 'z') out += char(c - 'a' + 'A');
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || u >= 0x80) out += c;
  }
  return out;
}

bool same_part(As as, const std::string& a, const std::string& b) {
  if (a == b) return true;
  // "A" for "Abbott".
  if (as == As::name && (a.size() == 1 || b.size() == 1)) return a[0] == b[0];
  if (as == As::phone) return std::min(a.size(), b.size()) >= 7 && (a.ends_with(b) || b.ends_with(a));
  return false;
}

/// Whether both say something in one part, and not the same.
bool contradict(As as, const Key& a, const Key& b) {
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i)
    if (!a[i].empty() && !b[i].empty() && !same_part(as, a[i], b[i])) return true;
  return false;
}

struct Value {
  std::string text;
  std::vector<Key> keys;  ///< of each repetition
  Span span;
};

/// Reads the values of one message.
class Values {
 public:
  Values(const Catalogue& catalogue, const Message& message, const Report& report)
      : message_(message), decoder_(catalogue, message, report, Decoder::Style::brief) {}

  Value read(const Compared& row, uint32_t segment, uint32_t field) const {
    Value v;
    if (row.as == As::next_of_kin) return next_of_kin(segment);
    const Element all = message_.field(segment, field);
    for (uint32_t at = all.first; at < all.last;) {
      const Element e{at, message_.part_end(at, all.last, Level::repetition)};
      at = e.last;
      if (!message_.present(e) || message_.is_null(e)) continue;
      if (row.as == As::identifiers || row.as == As::registry_id) {
        if ((row.as == As::registry_id) != (part(e, 5) == "SR")) continue;
        append(v.text, id_words(e), ", ");
      }
      v.keys.push_back(key(row.as, e));
      if (v.keys.size() == 1 || row.as == As::identifiers) v.span.end = message_.span(e).end;
      if (v.keys.size() == 1) v.span.begin = message_.span(e).begin;
    }
    if (v.keys.empty() || row.as == As::identifiers || row.as == As::registry_id) return v;
    v.text = words(row.as, segment, field);
    return v;
  }

 private:
  std::string part(Element repetition, uint32_t n) const {
    const Element component = message_.subcomponent(message_.component(repetition, n), 1);
    return unescape(trim_blanks(message_.value(component)), message_.delimiters());
  }

  Key key(As as, Element e) const {
    const auto p = [&](uint32_t n) { return plain(part(e, n)); };
    switch (as) {
      case As::name:
        return {p(1), p(2), p(3)};
      case As::date:
        return {p(1).substr(0, 8)};
      case As::address:
        return {p(1), p(2), p(3), p(4), p(5).substr(0, 5)};
      case As::phone: {
        std::string digits;
        for (const char c : part(e, 7).empty() ? part(e, 1) : part(e, 6) + part(e, 7))
          if (c >= '0' && c <= '9') digits += c;
        return {digits, p(4)};
      }
      case As::identifiers:
      case As::registry_id:
        return {p(1), p(4), p(5)};
      default:
        return {p(1)};
    }
  }

  std::string words(As as, uint32_t segment, uint32_t field) const {
    std::string out;
    switch (as) {
      case As::name:
        return decoder_.name(segment, field);
      case As::date:
        if (const auto time = decoder_.time(segment, field)) {
          Time day = *time;
          day.precision = std::min(day.precision, Precision::day);
          day.has_zone = false;
          return to_iso(day);
        }
        return decoder_.text(segment, field);
      case As::code:
        return decoder_.coded(segment, field);
      default:
        out = decoder_.value(segment, field);
        return out.empty() ? decoder_.text(segment, field) : out;
    }
  }

  std::string id_words(Element e) const {
    std::string out = part(e, 1), of = part(e, 4);
    append(of, part(e, 5), " ");
    if (!of.empty()) out += " (" + of + ")";
    return out;
  }

  /// The NK1 behind a PID.
  Value next_of_kin(uint32_t pid) const {
    Value v;
    const auto segments = message_.segments();
    if (segments[pid].name != PID) return v;
    for (uint32_t s = pid + 1; s < segments.size() && segments[s].name != PID; ++s) {
      if (segments[s].name != NK1) continue;
      const std::string who = segment_words(decoder_, message_, s);
      if (who.empty()) continue;
      append(v.text, who, "; ");
      if (v.keys.empty()) v.span.begin = segments[s].begin;
      v.span.end = segments[s].end;
      v.keys.push_back({plain(who)});
    }
    return v;
  }

  const Message& message_;
  Decoder decoder_;
};

/// Whether every repetition contradicts what is asked. Identifiers do so only under the same authority and type.
bool differs_from(As as, const Value& asked, const Value& found) {
  if (asked.keys.empty() || found.keys.empty()) return false;
  if (as == As::identifiers) {
    bool differs = false;
    for (const Key& f : found.keys) {
      const Key& a = asked.keys.front();
      if (f == a) return false;
      differs = differs || (f[1] == a[1] && f[2] == a[2] && !a[1].empty());
    }
    return differs;
  }
  return std::all_of(found.keys.begin(), found.keys.end(),
                     [&](const Key& f) { return contradict(as, asked.keys.front(), f); });
}

}  // namespace

std::vector<CandidateRow> compare_patients(const Catalogue& catalogue, const Message& answer, const Report& report,
                                           std::span<const uint32_t> patients, const Message& asked, int qpd) {
  const Values answered(catalogue, answer, report), queried(catalogue, asked, report);
  std::vector<CandidateRow> out;
  for (const Compared& row : rows) {
    CandidateRow r;
    r.label = row.label;
    Value query;
    if (qpd >= 0 && row.qpd > 0) query = queried.read(row, uint32_t(qpd), row.qpd);
    r.asked = query.text;
    bool any = !r.asked.empty();
    std::vector<Key> first;
    for (const uint32_t pid : patients) {
      Value v = answered.read(row, pid, row.pid);
      any = any || !v.text.empty();
      if (pid == patients.front())
        first = v.keys;
      else
        r.differs = r.differs || v.keys != first;
      r.cells.push_back({std::move(v.text), differs_from(row.as, query, v), v.span});
    }
    if (any) out.push_back(std::move(r));
  }
  return out;
}

}  // namespace iz
