// How the complex data types are told: people, addresses, phones, identifiers, message types, error locations.
#include <fmt/format.h>

#include <algorithm>

#include "core/decode.h"
#include "core/meanings.h"
#include "core/words.h"

namespace iz {
namespace {

struct MessageName {
  std::string_view type, event, name;
};

constexpr MessageName message_names[] = {
    {"VXU", "V04", "unsolicited vaccination record update"},
    {"ACK", "", "acknowledgment"},
    {"QBP", "Q11", "query for a patient's immunizations"},
    {"RSP", "K11", "response to a query"},
    {"VXQ", "V01", "query for a vaccination record"},
    {"VXR", "V03", "vaccination record response"},
    {"VXX", "V02", "vaccination record response with several patients"},
    {"ADT", "A04", "registration of a patient"},
    {"ADT", "A08", "update of a patient's data"},
    {"ADT", "A28", "addition of a person"},
    {"ADT", "A31", "update of a person's data"},
    {"ADT", "", "patient administration"},
    {"ORU", "", "observation report"},
};

/// 5551212 -> 555-1212.
std::string local_number(std::string_view digits) {
  if (digits.size() == 7 && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return fmt::format("{}-{}", digits.substr(0, 3), digits.substr(3));
  return std::string(digits);
}

}  // namespace

std::string Decoder::table_word(std::string_view code_set, std::string_view code) const {
  const CodeSet* set = catalogue_.code_set(code_set);
  const Code* row = set && !code.empty() ? set->find(code) : nullptr;
  return row ? std::string(row->display) : std::string{};
}

std::string Decoder::person(Whole whole, bool with_id) const {
  const uint32_t shift = with_id ? 1 : 0;
  const auto at = [&](uint32_t n) { return part(whole, n + shift); };
  std::string out = at(5);                                    // prefix
  for (const uint32_t n : {2u, 3u}) append(out, at(n), " ");  // given, second
  append(out, at(1), " ");                                    // family
  append(out, at(4), " ");                                    // suffix
  append(out, at(6));                                         // degree
  if (with_id) append(out, part(whole, 21));
  if (style_ == Style::brief) return out;
  const std::string type = part(whole, with_id ? 10 : 7);
  if (type != "L" && !out.empty())
    if (const std::string word = table_word("HL70200_IZ", type); !word.empty())
      out += fmt::format(" ({})", lower_case(word));
  if (with_id)
    if (const std::string id = part(whole, 1); !id.empty()) {
      const std::string by = part(whole, 9);
      append(out, by.empty() ? fmt::format("number {}", id) : fmt::format("number {} of {}", id, by));
    }
  return out;
}

std::string Decoder::address(Whole whole, uint32_t first) const {
  std::string out;
  for (const uint32_t n : {0u, 1u, 2u}) append(out, part(whole, first + n));  // street, other, city
  std::string region = part(whole, first + 3);                                // state
  append(region, part(whole, first + 4), " ");                                // postal code
  append(out, region);
  append(out, part(whole, first + 5));  // country
  if (style_ == Style::full && !out.empty())
    if (const std::string type = table_word("HL70190_IZ", part(whole, first + 6)); !type.empty())
      out += fmt::format(" ({})", lower_case(type));
  return out;
}

std::string Decoder::phone(Whole whole) const {
  const std::string use = part(whole, 2), equipment = part(whole, 3);
  std::string out = use == "NET" ? part(whole, 4) : std::string{};
  if (out.empty()) {
    const std::string country = part(whole, 5), area = part(whole, 6), number = part(whole, 7);
    if (!country.empty() && country != "1") out = "+" + country;
    if (!area.empty()) append(out, fmt::format("({})", area), " ");
    append(out, local_number(number), " ");
    if (!part(whole, 8).empty()) append(out, "ext. " + part(whole, 8), " ");
    if (out.empty()) out = part(whole, 4);
    if (out.empty()) out = part(whole, 1);
  }
  if (out.empty()) return out;
  std::string kind = use == "NET" ? "email" : lower_case(table_word("HL70201_IZ", use));
  if (kind.ends_with(" number")) kind.resize(kind.size() - 7);
  append(out, kind);
  if (equipment != "PH" && use != "NET") append(out, lower_case(table_word("HL70202_IZ", equipment)));
  return out;
}

std::string Decoder::identifier(Whole whole) const {
  const std::string id = part(whole, 1), type = part(whole, 5);
  const std::string by = part(whole, 4);
  std::string about = type;
  if (!by.empty()) append(about, "assigned by " + by);
  return about.empty() ? id : fmt::format("{} ({})", id, about);
}

std::string Decoder::message_type(Whole whole) const {
  const std::string type = part(whole, 1), event = part(whole, 2);
  std::string out = type;
  append(out, event, " ");
  for (const MessageName& m : message_names)
    if (m.type == type && (m.event.empty() || m.event == event)) return fmt::format("{}: {}", out, m.name);
  return out;
}

std::string Decoder::error_location(Whole whole) const {
  std::string erl;
  const uint32_t count = std::min(message_.count(whole.element, whole.inner), 6u);
  for (uint32_t n = 1; n <= count; ++n) {
    if (n > 1) erl += '^';
    erl += part(whole, n);
  }
  const auto path = parse_path(erl);
  if (!path) return {};
  const Meaning* meaning = find_meaning(path->segment, path->field);
  const Place place = find_place(catalogue_, message_, nullptr, *path);
  std::string out(meaning ? meaning->label : path->field != 0 ? place.names[0] : place.title);
  if (path->component != 0) append(out, place.names[1]);
  return out.empty() ? to_string(*path) : fmt::format("{} ({})", out, to_string(*path));
}

}  // namespace iz
