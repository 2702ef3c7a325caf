#include "tests/catalogue/example.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace iz::test {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (size_t from = 0;;) {
    const size_t to = std::min(text.find(separator, from), text.size());
    parts.emplace_back(text.substr(from, to - from));
    if (to == text.size()) return parts;
    from = to + 1;
  }
}

std::string join(const std::vector<std::string>& parts, char separator) {
  std::string text = parts[0];
  for (size_t i = 1; i < parts.size(); ++i) text += separator + parts[i];
  return text;
}

/// `text` with its n-th part (from 0) replaced by what `change` makes of it.
template <class F>
std::string with_part(std::string_view text, char separator, size_t n, F change) {
  std::vector<std::string> parts = split(text, separator);
  if (parts.size() <= n) parts.resize(n + 1);
  parts[n] = change(parts[n]);
  return join(parts, separator);
}

uint32_t segment_at(const Message& message, std::string_view place) {
  const auto path = parse_path(place);
  const int s = path ? locate(message, *path).segment : -1;
  if (s < 0) throw std::runtime_error("the base has no " + std::string(place));
  return static_cast<uint32_t>(s);
}

}  // namespace

std::string sample(std::string_view name) {
  std::ifstream in(std::string(IZ_SOURCE_DIR "/tests/samples/") + std::string(name) + ".hl7", std::ios::binary);
  if (!in) throw std::runtime_error("no sample " + std::string(name));
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string set_value(const Message& message, const Path& path, std::string_view value) {
  const Delimiters& d = message.delimiters();
  std::string text(message.text());
  const bool header = path.segment == segment_code("MSH");
  if (header && path.field == 1) {
    std::replace(text.begin(), text.end(), d.field, value.at(0));
    return text;
  }
  const Segment& segment = message.segments()[segment_at(message, to_string(Path{path.segment, path.occurrence}))];
  const std::string_view line = message.text().substr(segment.begin, segment.end - segment.begin);
  const auto here = [&](std::string_view) { return std::string(value); };
  const auto in_component = [&](std::string_view component) {
    if (!path.subcomponent) return here(component);
    return with_part(component, d.subcomponent, path.subcomponent - 1, here);
  };
  const auto in_repetition = [&](std::string_view repetition) {
    if (!path.component) return here(repetition);
    return with_part(repetition, d.component, path.component - 1, in_component);
  };
  const auto in_field = [&](std::string_view field) {
    if (header && path.field == 2) return here(field);
    return with_part(field, d.repetition, path.repetition - 1, in_repetition);
  };
  const std::string changed = with_part(line, d.field, path.field - (header ? 1 : 0), in_field);
  return text.replace(segment.begin, line.size(), changed);
}

std::string build_example(const Example& example) {
  Message message;
  message.parse(sample(example.base));
  for (const auto& [place, value] : example.set) {
    const auto path = parse_path(place);
    if (!path || !path->field) throw std::runtime_error("\"set\" needs a field: " + place);
    message.parse(set_value(message, *path, value));
  }
  std::vector<bool> dropped(message.segments().size());
  for (const std::string& place : example.drop) dropped[segment_at(message, place)] = true;
  const uint32_t after = example.add.empty() ? 0 : segment_at(message, example.after);
  std::string text;
  for (uint32_t s = 0; s < message.segments().size(); ++s) {
    const Segment& segment = message.segments()[s];
    if (!dropped[s]) text += std::string(message.text().substr(segment.begin, segment.end - segment.begin)) + '\n';
    if (s != after) continue;
    for (const std::string& line : example.add) text += line + '\n';
  }
  return text;
}

}  // namespace iz::test
