#include "core/decode.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/words.h"

namespace iz {
namespace {

/// Older names of coding systems that still occur.
std::string_view system_name(std::string_view system) {
  if (system == "HL70292") return "CVX";
  if (system == "HL70227") return "MVX";
  if (system == "LOINC" || system == "LNC") return "LN";
  return system;
}

/// What a code of a place stands for where no table of ours has it.
struct Word {
  std::string_view place, code, words;
};

// HL7 v2.5.1 tables 0208 (QAK-2), 0091 (RCP-1).
constexpr Word words_of_code[] = {
    {"QAK-2", "OK", "Data found"},     {"QAK-2", "NF", "No data found"},    {"QAK-2", "AE", "Error in the query"},
    {"QAK-2", "AR", "Query rejected"}, {"QAK-2", "TM", "Too many matches"}, {"QAK-2", "PD", "Protected data"},
    {"RCP-1", "I", "Immediate"},       {"RCP-1", "D", "Deferred"},
};

/// A table for a place to which the profile binds none.
struct Table {
  std::string_view place, code_set;
};

constexpr Table tables_of_place[] = {
    {"MSH-15", "HL70155_IZ"},
    {"MSH-16", "HL70155_IZ"},
};

/// The fields in whose dates the patient's age matters.
bool age_matters(const Path& p) {
  return (p.segment == segment_code("RXA") && (p.field == 3 || p.field == 4)) ||
         (p.segment == segment_code("OBX") && p.field == 14) || (p.segment == segment_code("PID") && p.field == 29);
}

/// "MilliLitersPerDeciLiter [Volume Fraction Units]" -> "milliliters per deciliter".
std::string unit_words(std::string_view display) {
  display = display.substr(0, display.find(" ["));
  std::string out;
  for (size_t i = 0; i < display.size(); ++i) {
    if (i > 0 && display.substr(i, 3) == "Per") {
      out += " per ";
      i += 2;
    } else {
      const char c = display[i];
      out += c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
    }
  }
  return out;
}

}  // namespace

Decoder::Decoder(const Catalogue& catalogue, const Message& message, const Report& report, Style style)
    : catalogue_(catalogue), message_(message), report_(report), style_(style), day_(report.as_of) {
  if (!day_)
    if (const auto sent = parse_time(message.get("MSH", 7, 1)); sent && sent->precision >= Precision::day)
      day_ = sent->date;
  if (const auto born = parse_time(message.get("PID", 7, 1)); born && born->precision >= Precision::day)
    birth_ = born->date;
}

std::string Decoder::part(Whole whole, uint32_t n) const {
  // The part itself if it is simple, else its first subcomponent: "Oakhart" of a family name.
  Element e = message_.part(whole.element, whole.inner, n);
  if (whole.inner == Level::component) e = message_.part(e, Level::subcomponent, 1);
  const std::string_view raw = trim_blanks(message_.value(e));
  return raw == "\"\"" ? std::string{} : unescape(raw, message_.delimiters());
}

Decoder::Whole Decoder::inside(Whole whole, uint32_t n) const {
  return {message_.part(whole.element, whole.inner, n), Level::subcomponent};
}

std::string Decoder::value(const Path& path) const {
  const Location at = locate(message_, path);
  return value(path, find_place(catalogue_, message_, report_.profile, path, at.segment), at);
}

std::string Decoder::value(uint32_t segment, uint32_t field) const {
  const Segment& s = message_.segments()[segment];
  const Path path{s.name, s.occurrence, field, 1, 0, 0};
  Location at;
  at.element = message_.repetition(segment, field, 1);
  at.found = bool(at.element);
  at.segment = int(segment);
  at.span = message_.span(at.element);
  return value(path, find_place(catalogue_, message_, report_.profile, path, at.segment), at);
}

std::string Decoder::value(const Path& path, const Place& place, const Location& at) const {
  if (!at.found || path.field == 0 || !message_.present(at.element)) return {};
  const std::string_view raw = message_.value(at.element);
  if (message_.is_null(at.element)) return "deliberately emptied";
  const bool whole = place.type && !place.type->primitive();
  // A component that carries the code of a coded element is told by the whole triple.
  const bool code_of_coded = place.parent && place.binding_component == 0 && path.component != 0 &&
                             (place.parent->base == "CE" || place.parent->base == "CWE" || place.parent->base == "CNE");
  std::string words;
  if (code_of_coded) {
    const uint32_t n = path.subcomponent != 0 ? path.subcomponent : path.component;
    if (n == 1 || n == 4) {
      const auto segment = uint32_t(at.segment);
      const Element repetition = message_.repetition(segment, path.field, path.repetition);
      Path outer = path;
      Whole whole_of{repetition, Level::component};
      if (path.subcomponent != 0) {
        outer.subcomponent = 0;
        whole_of = {message_.component(repetition, path.component), Level::subcomponent};
      } else {
        outer.component = 0;
      }
      const Place bound = find_place(catalogue_, message_, report_.profile, outer, at.segment);
      words = triple(bound.codes, whole_of, n);
    } else {
      words = primitive(path, place, at.segment, raw);
    }
  } else if (whole) {
    words = complex(path, place, {at.element, path.component != 0 ? Level::subcomponent : Level::component});
  } else {
    words = primitive(path, place, at.segment, raw);
  }
  return words == raw ? std::string{} : words;
}

std::string Decoder::complex(const Path& path, const Place& place, Whole whole) const {
  const std::string_view base = place.type->base;
  if (base == "CE" || base == "CWE" || base == "CNE") return coded_element(place.codes, whole);
  if (base == "TS") return date(path, message_.value(message_.part(whole.element, whole.inner, 1)));
  if (base == "XPN") return person(whole, false);
  if (base == "XCN") return person(whole, true);
  if (base == "XAD") return address(whole, 1);
  if (base == "XTN") return phone(whole);
  if (base == "CX") return identifier(whole);
  if (base == "MSG") return message_type(whole);
  if (base == "ERL") return error_location(whole);
  if (base == "SAD" || base == "FN" || base == "VID") return part(whole, 1);
  if (base == "HD") {
    std::string id = part(whole, 2);
    std::string out = part(whole, 1);
    if (out.empty()) return id;
    return id.empty() ? out : fmt::format("{} ({})", out, id);
  }
  if (base == "EI") {
    const std::string id = part(whole, 1);
    if (const FoundCode found = find_code(place.codes, id, {})) return code_words(found);
    const std::string by = part(whole, 2).empty() ? part(whole, 3) : part(whole, 2);
    return by.empty() ? id : fmt::format("{} (assigned by {})", id, by);
  }
  if (base == "XON") {
    std::string out = part(whole, 1);
    std::string id = part(whole, 10).empty() ? part(whole, 3) : part(whole, 10);
    if (out.empty()) return id;
    return id.empty() ? out : fmt::format("{} ({})", out, id);
  }
  if (base == "LA2") {
    std::string out = part(whole, 4);
    if (whole.inner == Level::component) append(out, address(whole, 9), ", ");
    return out;
  }
  if (base == "CQ") {
    const std::string number = part(whole, 1);
    Whole unit = inside(whole, 2);
    std::string words = unit.element
                            ? coded_element(place.type->components.size() > 1 ? place.type->components[1].binding
                                                                              : std::vector<const CodeSet*>{},
                                            unit)
                            : std::string{};
    words = lower_case(std::move(words));
    if (number == "1" && words.size() > 1 && words.back() == 's') words.pop_back();
    return words.empty() ? number : fmt::format("{} {}", number, words);
  }
  // Of any other type, the only part that is there.
  const uint32_t count = message_.count(whole.element, whole.inner);
  uint32_t only = 0;
  for (uint32_t n = 1; n <= count && n <= place.type->components.size(); ++n) {
    if (part(whole, n).empty()) continue;
    if (only != 0) return {};
    only = n;
  }
  if (only == 0) return {};
  std::string text = part(whole, only);
  if (const FoundCode found = find_code(place.type->components[only - 1].binding, text, {})) return code_words(found);
  return text;
}

std::string Decoder::primitive(const Path& path, const Place& place, int segment, std::string_view raw) const {
  const Format format = place.type ? place.type->format : Format::none;
  if (path.segment == segment_code("MSH") && path.field <= 2) {
    if (path.field == 1) return {};
    const Delimiters& d = message_.delimiters();
    return fmt::format("components {}, repetitions {}, escapes {}, subcomponents {}", d.component, d.repetition,
                       d.escape, d.subcomponent);
  }
  if (format == Format::dt || format == Format::dtm) return date(path, raw);
  std::string text = unescape(trim_blanks(raw), message_.delimiters());
  if (const FoundCode found = find_code(place.codes, text, {})) return code_words(found);
  const std::string field = fmt::format("{}-{}", segment_name(path.segment), path.field);
  for (const Word& w : words_of_code)
    if (w.place == field && w.code == text) return std::string(w.words);
  for (const Table& t : tables_of_place)
    if (t.place == field)
      if (std::string word = table_word(t.code_set, text); !word.empty()) return word;
  // The answer to a question of yes or no.
  if (path.segment == segment_code("OBX") && path.field == 5 && place.type && place.type->format == Format::id)
    if (std::string word = table_word("HL70136_IZ", text); !word.empty()) return word;
  if (format == Format::nm && path.component <= 1) return amount(path, segment, text);
  return text;
}

FoundCode Decoder::find_code(const std::vector<const CodeSet*>& bound, std::string_view code,
                             std::string_view system) const {
  if (code.empty()) return {};
  system = system_name(system);
  if (!system.empty()) {
    for (const CodeSet* set : bound)
      if (const Code* row = set->find(code, system)) return {row, set};
    for (const auto& [id, set] : catalogue_.code_sets)
      if (const Code* row = set->find(code, system)) return {row, set.get()};
  }
  for (const CodeSet* set : bound)
    if (const Code* row = set->find(code); row && (system.empty() || set->system_of(*row).empty())) return {row, set};
  return {};
}

std::string Decoder::code_words(const FoundCode& found) const {
  std::string out(found.code->display);
  if (out.empty()) out = found.code->code;
  const std::string_view system = found.set->system_of(*found.code);
  if (system == "UCUM") out = unit_words(out);
  if (style_ == Style::brief) return out;
  if (system == "NDC") {
    out = fmt::format("{} (NDC {})", out, found.code->code);
    const std::string_view cvx = found.set->cell(*found.code, "cvx");
    if (const CodeSet* set = catalogue_.code_set("CVX"))
      if (const Code* row = set->find(cvx)) out += fmt::format(", {} (CVX {})", row->display, row->code);
    return out;
  }
  if (system != "CVX" && system != "MVX") return out;
  out = fmt::format("{} ({} {}", out, system, found.code->code);
  if (!found.code->status.empty() && found.code->status != "Active")
    out += fmt::format(", {}", lower_case(std::string(found.code->status)));
  return out + ')';
}

std::string Decoder::triple(const std::vector<const CodeSet*>& bound, Whole whole, uint32_t first) const {
  const std::string code = part(whole, first), text = part(whole, first + 1), system = part(whole, first + 2);
  if (const FoundCode found = find_code(bound, code, system)) return code_words(found);
  const bool closed = std::any_of(bound.begin(), bound.end(), [](const CodeSet* set) {
    return !set->local && !set->open && !set->codes().empty();
  });
  if (style_ == Style::full && closed && !code.empty()) {
    const CodeSet& set = *bound.front();
    std::string out = "not in " + (set.system.empty() ? set.id : set.system);
    if (bound.size() > 1) out += " or another code set bound here";
    if (!text.empty()) out += fmt::format("; the message calls it \"{}\"", text);
    return out;
  }
  return text.empty() ? code : text;
}

std::string Decoder::coded_element(const std::vector<const CodeSet*>& bound, Whole whole) const {
  const bool primary = !part(whole, 1).empty() || !part(whole, 2).empty();
  if (!primary) return triple(bound, whole, 4);
  // The alternate triple speaks where the primary one is not known to any table.
  if (!find_code(bound, part(whole, 1), part(whole, 3)) && find_code(bound, part(whole, 4), part(whole, 6)))
    return triple(bound, whole, 4);
  return triple(bound, whole, 1);
}

std::string Decoder::amount(const Path& path, int segment, std::string_view raw) const {
  uint32_t unit_field = 0;
  if (path.segment == segment_code("RXA") && path.field == 6) {
    if (raw == "999") return "amount not known";
    unit_field = 7;
  } else if (path.segment == segment_code("OBX") && path.field == 5) {
    unit_field = 6;
  }
  if (unit_field == 0) return {};
  const std::string unit = text(uint32_t(segment), unit_field);
  if (unit.empty() || unit == "NA") return {};  // NA: not applicable
  return fmt::format("{} {}", raw, unit);
}

std::string Decoder::date(const Path& path, std::string_view raw) const {
  const auto t = parse_time(raw);
  if (!t) return {};
  std::string out = style_ == Style::full ? to_words(*t) : to_iso(*t);
  if (t->precision < Precision::day) return out;
  std::string age;
  if (path.segment == segment_code("PID") && path.field == 7)
    age = age_in_words(t->date, day_);
  else if (age_matters(path))
    age = age_in_words(birth_, t->date);
  if (age.empty()) return out;
  if (age == "born that day") return fmt::format("{}; {}", out, "day of birth");
  if (style_ == Style::full) return fmt::format("{}; age {}", out, age);
  return path.segment == segment_code("PID") && path.field == 7 ? fmt::format("{}, {}", out, age)
                                                                : fmt::format("{} at {}", out, age);
}

std::string Decoder::coded(uint32_t segment, uint32_t field, uint32_t repetition) const {
  const Segment& s = message_.segments()[segment];
  const Place place =
      find_place(catalogue_, message_, report_.profile, {s.name, s.occurrence, field, repetition, 0, 0});
  const Element e = message_.repetition(segment, field, repetition);
  if (!message_.present(e) || message_.is_null(e)) return {};
  if (place.type && place.type->primitive()) {
    const std::string code = unescape(trim_blanks(message_.value(e)), message_.delimiters());
    const FoundCode found = find_code(place.codes, code, {});
    return found ? code_words(found) : code;
  }
  return coded_element(place.codes, {e, Level::component});
}

std::string Decoder::vaccine(uint32_t segment) const {
  const Whole whole{message_.repetition(segment, 5, 1), Level::component};
  const CodeSet* cvx = catalogue_.code_set("CVX");
  // CVX names the vaccine; an NDC leads to one; else what the message says.
  for (const uint32_t first : {1u, 4u}) {
    if (system_name(part(whole, first + 2)) != "CVX" || !cvx) continue;
    if (const Code* row = cvx->find(part(whole, first))) return std::string(row->display);
  }
  std::string product;
  for (const uint32_t first : {1u, 4u}) {
    if (part(whole, first + 2) != "NDC") continue;
    const FoundCode found = find_code({}, part(whole, first), "NDC");
    if (!found) continue;
    product = found.code->display;
    const Code* row = cvx ? cvx->find(found.set->cell(*found.code, "cvx")) : nullptr;
    if (row) return std::string(row->display);
  }
  if (!product.empty()) return product;
  for (const uint32_t n : {2u, 5u, 1u, 4u})
    if (std::string text = part(whole, n); !text.empty()) return text;
  return {};
}

std::string Decoder::name(uint32_t segment, uint32_t field) const {
  const Segment& s = message_.segments()[segment];
  const Place place =
      find_place(catalogue_, message_, report_.profile, {s.name, s.occurrence, field, 1, 0, 0}, int(segment));
  return person({message_.repetition(segment, field, 1), Level::component}, place.type_id == "XCN");
}

std::optional<Time> Decoder::time(uint32_t segment, uint32_t field) const {
  return parse_time(message_.value(message_.component(message_.repetition(segment, field, 1), 1)));
}

std::string Decoder::text(uint32_t segment, uint32_t field, uint32_t component) const {
  return part({message_.repetition(segment, field, 1), Level::component}, component);
}

}  // namespace iz
