#include "core/joined_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace iz {

namespace {

constexpr size_t npos = std::string_view::npos;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

/// A field of the segment at hand: the n-th after the name, from 1; nullopt behind the end of the line.
class Fields {
 public:
  explicit Fields(std::string_view line) : line_(line) {}
  bool next(std::string_view& field) {
    if (at_ >= line_.size()) return false;
    ++at_;  // the separator
    const size_t end = std::min(line_.find('|', at_), line_.size());
    field = line_.substr(at_, end - at_);
    at_ = end;
    return true;
  }

 private:
  std::string_view line_;
  size_t at_ = 3;
};

bool one_of(std::string_view value, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

bool is_number(std::string_view value) {
  return !value.empty() && value.size() <= 3 && std::all_of(value.begin(), value.end(), is_digit);
}

/// A location of ERR-2: a segment's name, alone or with `^`; or empty.
bool is_location(std::string_view value) {
  if (value.empty()) return true;
  return value.size() >= 3 && is_upper(value[0]) && (value.size() == 3 || value[3] == '^');
}

bool is_query_status(std::string_view value) { return one_of(value, {"OK", "NF", "AE", "AR", "TM", "PD"}); }

/// Whether what begins at a name is that segment. Only the first fields of the line are looked at, 256 bytes at most.
bool plausible(std::string_view name, std::string_view line) {
  Fields fields(line);
  std::array<std::string_view, 4> f;
  size_t count = 0;
  while (count < f.size() && fields.next(f[count])) ++count;
  const auto field = [&](size_t n) { return n <= count ? f[n - 1] : std::string_view{}; };
  if (name == "MSA") return one_of(field(1), {"AA", "AE", "AR", "CA", "CE", "CR"}) && count >= 2;
  if (name == "ERR") return field(1).empty() && is_location(field(2)) && count >= 3;
  if (name == "QAK") return is_query_status(field(2));
  if (name == "QPD") return field(1).size() >= 3 && field(1)[0] == 'Z' && is_digit(field(1)[1]) && count >= 3;
  if (name == "RCP") return one_of(field(1), {"I", "D"});
  if (name == "PID" || name == "PD1") return (field(1).empty() || field(1) == "1") && count >= 3;
  if (name == "NK1") return is_number(field(1)) && count >= 3;
  if (name == "PV1") return is_number(field(1)) && !field(2).empty() && field(2).size() <= 6 && is_upper(field(2)[0]);
  if (name == "ORC") return one_of(field(1), {"RE", "OK", "NW"}) && count >= 2;
  if (name == "RXA") return is_number(field(1)) && is_number(field(2)) && field(3).size() >= 8 && is_digit(field(3)[0]);
  if (name == "RXR") return field(1).find('^') != npos && line.size() > 8;
  if (name == "OBX") {
    return is_number(field(1)) && one_of(field(2), {"CE", "CWE", "NM", "ST", "TX", "TS", "DT", "ID", "ED"});
  }
  return false;
}

}  // namespace

std::vector<uint32_t> joined_segments(std::string_view text) {
  static constexpr std::array<uint32_t, 13> names = {
      segment_code("MSA"), segment_code("ERR"), segment_code("QAK"), segment_code("QPD"), segment_code("RCP"),
      segment_code("PID"), segment_code("PD1"), segment_code("NK1"), segment_code("PV1"), segment_code("ORC"),
      segment_code("RXA"), segment_code("RXR"), segment_code("OBX")};
  std::vector<uint32_t> found;
  if (!text.starts_with("MSH|")) return found;
  bool inside = true;  // another separator stands before this one in the line
  for (size_t at = 4; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\r' || c == '\n') inside = false;
    if (c != '|') continue;
    const bool first = !inside;
    inside = true;
    if (first || !is_upper(text[at - 3])) continue;
    const std::string_view name = text.substr(at - 3, 3);
    if (std::find(names.begin(), names.end(), segment_code(name)) == names.end()) continue;
    const std::string_view ahead = text.substr(at - 3, 256);
    if (plausible(name, ahead.substr(0, std::min(ahead.find_first_of("\r\n"), ahead.size())))) {
      found.push_back(static_cast<uint32_t>(at - 3));
    }
  }
  return found;
}

bool restore_line_ends(Extracted& message) {
  const std::vector<uint32_t> places = joined_segments(message.text);
  if (places.empty()) return false;
  std::string text;
  std::vector<Origin> origins;
  std::string names;
  size_t piece = 0;
  uint32_t from = 0;
  // Copies [from, to) with its origins; `gap` bytes before `to` become one line end.
  const auto copy = [&](uint32_t to) {
    const auto shift = [&](uint32_t at) { return static_cast<uint32_t>(text.size() + (at - from)); };
    while (piece < message.origins.size() && message.origins[piece].text.end <= from) ++piece;
    for (size_t i = piece; i < message.origins.size() && message.origins[i].text.begin < to; ++i) {
      const Origin& o = message.origins[i];
      const uint32_t begin = std::max(o.text.begin, from), end = std::min(o.text.end, to);
      const uint64_t size = o.text.end - o.text.begin, input = o.input.end - o.input.begin;
      const auto place = [&](uint32_t at) {
        return o.input.begin + static_cast<uint32_t>((at - o.text.begin) * input / std::max<uint64_t>(size, 1));
      };
      origins.push_back({{shift(begin), shift(end)}, {place(begin), place(end)}});
    }
    text.append(message.text, from, to - from);
    from = to;
  };
  for (const uint32_t place : places) {
    uint32_t end = place;
    while (end > from && message.text[end - 1] == ' ') --end;
    copy(end);
    const uint32_t input = origins.empty() ? message.input.begin : origins.back().input.end;
    const auto at = static_cast<uint32_t>(text.size());
    origins.push_back({{at, at + 1}, {input, input}});
    text += '\r';
    from = place;
    const std::string_view name = std::string_view(message.text).substr(place, 3);
    if (names.find(name) == std::string::npos) names += fmt::format("{}{}", names.empty() ? "" : ", ", name);
  }
  copy(static_cast<uint32_t>(message.text.size()));
  message.text = std::move(text);
  message.origins = std::move(origins);
  message.notes.push_back(fmt::format("Line ends between segments were lost: put back before {}.", names));
  return true;
}

}  // namespace iz
