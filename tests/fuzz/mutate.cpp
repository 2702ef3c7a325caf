#include "tests/fuzz/mutate.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace iz_fuzz {

namespace {

using namespace std::string_view_literals;

/// What HL7 text is made of, and what surrounds it.
constexpr std::array kWords{"|"sv,
                            "^"sv,
                            "~"sv,
                            "&"sv,
                            "\\"sv,
                            "#"sv,
                            "\r"sv,
                            "\n"sv,
                            "\r\n"sv,
                            "MSH|^~\\&|"sv,
                            "MSH|"sv,
                            "MSH"sv,
                            "PID|1|"sv,
                            "RXA|0|1|"sv,
                            "OBX|1|CE|"sv,
                            "ORC|RE|"sv,
                            "ERR||"sv,
                            "MSA|AA|"sv,
                            "ZZZ|"sv,
                            "pid|"sv,
                            "FHS|^~\\&|"sv,
                            "BHS|^~\\&|"sv,
                            "BTS|1\r"sv,
                            "FTS|1\r"sv,
                            "\\F\\"sv,
                            "\\S\\"sv,
                            "\\X0D\\"sv,
                            "\\X"sv,
                            "\\.br\\"sv,
                            "\\T\\"sv,
                            "\\"sv,
                            "\"\""sv,
                            "\x0b"sv,
                            "\x1c\r"sv,
                            "\0"sv,
                            "\xef\xbb\xbf"sv,
                            "\xff\xfe"sv,
                            "\xc3\xa9"sv,
                            "\xe9"sv,
                            "\xf0\x9f\xa7\x92"sv,
                            "> "sv,
                            "\\r"sv,
                            "<CR>"sv,
                            "&#xD;"sv,
                            "&amp;"sv,
                            "\"MSH|^~\\\\&|"sv,
                            "\xc2\xa0"sv,
                            "\xe2\x80\x9c"sv,
                            "20260217"sv,
                            "20260231"sv,
                            "2026"sv,
                            "-0500"sv,
                            "03^MMR^CVX"sv,
                            "64994-7"sv,
                            "VXU^V04^VXU_V04"sv,
                            "Z22^CDCPHINVS"sv,
                            "ACK^V04^ACK"sv,
                            "Z23^CDCPHINVS"sv,
                            "999999999999999999999999"sv,
                            "-1"sv,
                            "1e9"sv,
                            "[2]"sv,
                            "   "sv,
                            "\t"sv};

std::string_view word(Random& random) { return kWords[random.below(kWords.size())]; }

std::string from_nothing(Random& random) {
  std::string out;
  const size_t count = random.below(random.one_in(8) ? 200 : 30);
  const bool bytes = random.one_in(3);
  if (!bytes && random.one_in(2)) out = "MSH|^~\\&|";
  for (size_t i = 0; i < count; ++i) {
    if (bytes || random.one_in(5)) {
      out += static_cast<char>(random.next());
    } else {
      out += word(random);
    }
  }
  return out;
}

/// Begin and end of a random line, its line end included.
std::pair<size_t, size_t> line(Random& random, const std::string& text) {
  const size_t at = random.below(text.size());
  size_t begin = text.find_last_of("\r\n", at ? at - 1 : 0);
  begin = begin == std::string::npos || at == 0 ? 0 : begin + 1;
  size_t end = text.find_first_of("\r\n", at);
  end = end == std::string::npos ? text.size() : end + 1;
  return {std::min(begin, end), end};
}

void change(Random& random, std::string& text) {
  const size_t at = random.below(text.size() + 1);
  const size_t length = std::min(text.size() - at, random.below(random.one_in(4) ? 200 : 8));
  switch (random.below(13)) {
    case 0:
      text.insert(at, word(random));
      break;
    case 1:
      text.replace(at, length, word(random));
      break;
    case 2:
      text.erase(at, length);
      break;
    case 3:
      text.insert(at, 1, static_cast<char>(random.next()));
      break;
    case 4:
      if (at < text.size()) text[at] = static_cast<char>(random.next());
      break;
    case 5:
      if (at < text.size()) text[at] = static_cast<char>(text[at] ^ 1 << random.below(8));
      break;
    case 6:
      text.insert(random.below(text.size() + 1), text.substr(at, length));
      break;
    case 7:
      text.resize(at);
      break;
    case 8: {  // a line twice
      const auto [begin, end] = line(random, text);
      text.insert(begin, text.substr(begin, end - begin));
      break;
    }
    case 9: {  // a line elsewhere
      const auto [begin, end] = line(random, text);
      const std::string moved = text.substr(begin, end - begin);
      text.erase(begin, end - begin);
      text.insert(line(random, text).first, moved);
      break;
    }
    case 10: {  // a line gone
      const auto [begin, end] = line(random, text);
      text.erase(begin, end - begin);
      break;
    }
    case 11: {  // one delimiter for another, everywhere
      const char from = "|^~&\\\r"[random.below(6)], to = "|^~&\\\r\n*#a"[random.below(10)];
      std::replace(text.begin(), text.end(), from, to);
      break;
    }
    default: {  // the same many times
      const std::string_view piece = word(random);
      const size_t times = random.below(random.one_in(20) ? 2000 : 40);
      std::string run;
      for (size_t i = 0; i < times; ++i) run += piece;
      text.insert(at, run);
    }
  }
}

}  // namespace

std::string make_input(uint64_t number, const std::vector<std::string>& seeds) {
  Random random(number);
  if (number % 4 == 0 || seeds.empty()) return from_nothing(random);
  std::string text = seeds[random.below(seeds.size())];
  if (!random.one_in(3) && text.size() > 1200) {  // mostly a few lines of it: small inputs are tried faster
    const size_t header = std::min(text.find_first_of("\r\n"), size_t{400});
    const size_t begin = line(random, text).first;
    text = text.substr(0, header) + '\r' + text.substr(begin, random.below(800));
  }
  for (size_t i = random.below(5) + 1; i > 0; --i) change(random, text);
  return text;
}

}  // namespace iz_fuzz
