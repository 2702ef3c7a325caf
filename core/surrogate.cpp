#include "core/surrogate.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>

namespace iz {
namespace {

// Names are made of a beginning and an end: some 2000 of each kind, so that two persons of a message seldom share one.
constexpr std::string_view family_begins[] = {
    "Alder",  "Ash",  "Bell",  "Birch",   "Bram",   "Briar",   "Brook",  "Calder", "Cinder", "Clover", "Cold",
    "Copper", "Cran", "Dun",   "East",    "Elder",  "Fair",    "Fern",   "Fox",    "Glen",   "Gold",   "Grey",
    "Hallow", "Hart", "Haw",   "Heather", "Holm",   "Kestrel", "King",   "Lark",   "Linden", "Long",   "March",
    "Meadow", "Moor", "Night", "Oak",     "Oster",  "Pem",     "Pine",   "Quill",  "Raven",  "Red",    "Rose",
    "Rowan",  "Salt", "Sand",  "Silver",  "Snow",   "Stone",   "Summer", "Syca",   "Tam",    "Thorn",  "Under",
    "Vale",   "Wain", "West",  "Whit",    "Wilder", "Willow",  "Winter", "Wood",   "Yarrow"};
constexpr std::string_view family_ends[] = {
    "crest", "grove",  "weather", "mere",   "hall",  "wick",  "way",   "fell",   "field", "brook", "hill",
    "marsh", "thorpe", "hollow",  "castle", "den",   "haven", "rod",   "bourne", "cott",  "ton",   "shaw",
    "by",    "spur",   "acre",    "bank",   "worth", "shade", "hurst", "croft",  "ridge", "stead"};
constexpr std::string_view given_begins[] = {
    "Ad",   "Al",  "Ans", "Ar",   "Aur",  "Bert", "Bry", "Cas",  "Cel", "Cor",  "Dag", "Dav",  "Delph", "Ed",    "El",
    "Emr",  "Est", "Ev",  "Fen",  "Fior", "Gar",  "Gin", "Hadr", "Hol", "Im",   "Is",  "Joc",  "Jun",   "Ker",   "Kil",
    "Leoc", "Lis", "Luc", "Mag",  "Mer",  "Mir",  "Ner", "Nik",  "Od",  "Ors",  "Ot",  "Perc", "Pet",   "Quent", "Raf",
    "Rom",  "Ros", "Ruf", "Sask", "Sev",  "Sol",  "Tam", "Tib",  "Ul",  "Vesp", "Vig", "Wil",  "Xan",   "Yor",   "Zel"};
constexpr std::string_view given_ends[] = {"ard",  "aria",   "el",   "inta", "io",   "ine",  "il",   "ony",
                                           "ian",  "andine", "in",   "a",    "ette", "und",  "owen", "ys",
                                           "ella", "ander",  "iola", "eth",  "evra", "us",   "is",   "ogen",
                                           "olde", "ora",    "iper", "ensa", "im",   "adia", "ivet", "an"};
constexpr std::string_view places[] = {
    "Amberfield",  "Barley",     "Birdsong",  "Bluestone", "Canterwood", "Cedarmill", "Chestnut",
    "Cobblestone", "Daisyfield", "Dovecote",  "Elmsworth", "Fallow",     "Fiddler",   "Flintlock",
    "Gooseberry",  "Harbour",    "Harvest",   "Hazelnut",  "Juniper",    "Kettle",    "Lantern",
    "Lavender",    "Mapleton",   "Millstone", "Orchard",   "Partridge",  "Pebble",    "Primrose",
    "Quarry",      "Riverbend",  "Saddler",   "Tinker",    "Windmill"};
constexpr std::string_view cities[] = {
    "Amberfield",       "Birchport",   "Cloverdale Springs", "Dunmere",    "Eastmarsh",
    "Foxborough Falls", "Glenmoor",    "Harrowby",           "Ironbridge", "Juniper Hill",
    "Kingsmere",        "Larkfield",   "Merrow Creek",       "Northwick",  "Oakvale",
    "Pinehaven",        "Quarrytown",  "Rosemont",           "Silverlake", "Thornton Mills",
    "Underwood",        "Valley Ford", "Westhaven",          "Yarrow"};
constexpr std::string_view generic[] = {
    "STREET",  "ST",        "AVENUE",  "AVE",   "ROAD",   "RD",    "COURT", "CT",        "LANE",  "LN",      "DRIVE",
    "DR",      "BOULEVARD", "BLVD",    "WAY",   "PLACE",  "PL",    "ROW",   "CIRCLE",    "CIR",   "TERRACE", "TER",
    "HIGHWAY", "HWY",       "PARKWAY", "PKWY",  "SQUARE", "TRAIL", "APT",   "APARTMENT", "UNIT",  "SUITE",   "STE",
    "FLOOR",   "FL",        "BOX",     "PO",    "P",      "O",     "N",     "S",         "E",     "W",       "NE",
    "NW",      "SE",        "SW",      "NORTH", "SOUTH",  "EAST",  "WEST",  "RR",        "ROUTE", "LOT",     "NO"};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool in_name(char c) { return in_word(c) && !is_digit(c); }
char upper(char c) { return is_lower(c) ? static_cast<char>(c - 32) : c; }
char lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }

/// A word in the case of another: ALL CAPITALS, all small, else as it is.
std::string in_case_of(std::string_view like, std::string_view word) {
  const bool has_small = std::any_of(like.begin(), like.end(), is_lower);
  const bool has_capital = std::any_of(like.begin(), like.end(), is_upper);
  std::string out(word);
  if (has_small && has_capital) return out;
  if (!has_small && !has_capital) return out;
  std::transform(out.begin(), out.end(), out.begin(), has_capital ? upper : lower);
  return out;
}

/// Whether ten digits are an NPI: the last one a check digit (Luhn, with 80840 before it).
bool is_npi(std::string_view id) {
  if (id.size() != 10 || !std::all_of(id.begin(), id.end(), is_digit)) return false;
  int sum = 24;
  for (size_t i = 0; i < 10; ++i) {
    int digit = id[i] - '0';
    if (i % 2 == 0) digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 == 0;
}

}  // namespace

std::string in_capitals(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), upper);
  return out;
}

std::vector<std::string_view> words_in(std::string_view text) {
  std::vector<std::string_view> out;
  for (size_t i = 0; i < text.size(); ++i) {
    const size_t from = i;
    while (i < text.size() && in_word(text[i])) ++i;
    if (i > from) out.push_back(text.substr(from, i - from));
  }
  return out;
}

uint64_t sip_hash(const std::array<uint64_t, 2>& key, std::string_view text) {
  uint64_t v0 = 0x736f6d6570736575ull ^ key[0], v1 = 0x646f72616e646f6dull ^ key[1];
  uint64_t v2 = 0x6c7967656e657261ull ^ key[0], v3 = 0x7465646279746573ull ^ key[1];
  const auto round = [&] {
    v0 += v1;
    v1 = std::rotl(v1, 13) ^ v0;
    v0 = std::rotl(v0, 32);
    v2 += v3;
    v3 = std::rotl(v3, 16) ^ v2;
    v0 += v3;
    v3 = std::rotl(v3, 21) ^ v0;
    v2 += v1;
    v1 = std::rotl(v1, 17) ^ v2;
    v2 = std::rotl(v2, 32);
  };
  const auto take = [&](uint64_t word) {
    v3 ^= word;
    round();
    round();
    v0 ^= word;
  };
  size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    uint64_t word = 0;
    for (size_t i = 0; i < 8; ++i) word |= uint64_t{static_cast<unsigned char>(text[at + i])} << (8 * i);
    take(word);
  }
  uint64_t last = uint64_t{text.size() & 0xff} << 56;
  for (size_t i = 0; at + i < text.size(); ++i) last |= uint64_t{static_cast<unsigned char>(text[at + i])} << (8 * i);
  take(last);
  v2 ^= 0xff;
  for (int i = 0; i < 4; ++i) round();
  return v0 ^ v1 ^ v2 ^ v3;
}

Surrogates::Surrogates(std::string_view seed) { key_ = {sip_hash({0, 1}, seed), sip_hash({2, 3}, seed)}; }

uint64_t Surrogates::hash(uint8_t kind, std::string_view text) const {
  std::string named(1, static_cast<char>(kind));
  named += text;
  return sip_hash(key_, named);
}

std::string Surrogates::words(std::string_view text, Names names) const {
  using List = std::span<const std::string_view>;
  constexpr std::string_view nothing[] = {""};
  const auto [begins, ends] = names == Names::family  ? std::pair<List, List>(family_begins, family_ends)
                              : names == Names::given ? std::pair<List, List>(given_begins, given_ends)
                                                      : std::pair<List, List>(places, nothing);
  return replace_runs(text, in_name, [&](std::string_view word) {
    const std::string known = in_capitals(word);
    // One name is one name, whether it stands as a family's or a given one's.
    const uint64_t h = hash(static_cast<uint8_t>(10 + (names == Names::street ? 1 : 0)), known);
    if (word.size() == 1) return std::string(1, static_cast<char>((is_lower(word[0]) ? 'a' : 'A') + h % 26));
    const std::string_view end = ends[static_cast<size_t>((h >> 32) % ends.size())];
    std::string made;
    for (uint64_t next = h; made.empty() || in_capitals(made) == known; ++next) {
      made = begins[static_cast<size_t>(next % begins.size())];
      made += end;
    }
    return in_case_of(word, made);
  });
}

std::string Surrogates::city(std::string_view name) const {
  const std::string known = in_capitals(name);
  size_t at = static_cast<size_t>(hash(12, known) % std::size(cities));
  if (in_capitals(cities[at]) == known) at = (at + 1) % std::size(cities);
  return in_case_of(name, cities[at]);
}

std::string Surrogates::street(std::string_view line) const {
  return replace_runs(line, in_word, [&](std::string_view word) {
    const bool stays = std::find(std::begin(generic), std::end(generic), in_capitals(word)) != std::end(generic);
    const bool numbered = std::any_of(word.begin(), word.end(), is_digit);
    if (stays) return std::string(word);
    return numbered || word.size() == 1 ? identifier(word) : words(word, Names::street);
  });
}

std::string Surrogates::zip(std::string_view code) const {
  if (code.size() < 4) return std::string(code);
  return std::string(code.substr(0, 3)) + identifier(code).substr(3);
}

std::string Surrogates::identifier(std::string_view id) const {
  std::string out(id);
  uint64_t h = 0;
  for (size_t i = 0; i < id.size(); ++i) {
    if (i % 8 == 0) h = hash(static_cast<uint8_t>(20 + std::min<size_t>(i / 8, 200)), id);
    const auto byte = static_cast<uint32_t>(h >> (8 * (i % 8)) & 0xff);
    const char c = id[i];
    if (is_digit(c)) {
      const bool first = (i == 0 || !is_digit(id[i - 1])) && c != '0';
      out[i] = static_cast<char>(first ? '1' + byte % 9 : '0' + byte % 10);
    } else if (is_upper(c)) {
      out[i] = static_cast<char>('A' + byte % 26);
    } else if (is_lower(c)) {
      out[i] = static_cast<char>('a' + byte % 26);
    } else if (static_cast<unsigned char>(c) >= 0x80) {
      out[i] = 'x';
    }
  }
  // A short one may meet itself.
  if (out == id && !id.empty()) {
    for (size_t i = id.size(); i-- > 0;) {
      if (!is_digit(id[i])) continue;
      out[i] = id[i] == '9' ? '1' : static_cast<char>(id[i] + 1);
      break;
    }
  }
  return out;
}

std::string Surrogates::provider(std::string_view id) const {
  std::string out = identifier(id);
  if (!is_npi(id)) return out;
  out[0] = '1';
  for (char last = '0'; last <= '9'; ++last) {
    out[9] = last;
    if (is_npi(out)) break;
  }
  return out;
}

std::string Surrogates::phone(std::string_view number) const {
  std::string out = identifier(number);
  // No exchange or area begins with 0 or 1.
  const auto digits = std::count_if(number.begin(), number.end(), is_digit);
  for (size_t i = 0; i < out.size(); ++i) {
    if (!is_digit(out[i])) continue;
    const bool real = is_digit(number[i]) && number[i] > '1';
    if (digits >= 3 && real && out[i] < '2') out[i] = static_cast<char>(out[i] + 2);
    break;
  }
  return out;
}

std::string Surrogates::email(std::string_view address) const {
  const size_t at = address.find('@');
  if (at == std::string_view::npos) return identifier(address);
  return identifier(address.substr(0, at)) + "@example.org";
}

}  // namespace iz
