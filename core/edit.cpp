#include "core/edit.h"

#include <algorithm>
#include <vector>

namespace iz {
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

}  // namespace

std::optional<std::string> set_value(const Message& message, const Path& path, std::string_view value) {
  const int s = locate(message, Path{path.segment, path.occurrence}).segment;
  if (s < 0 || !path.field) return std::nullopt;
  const Delimiters& d = message.delimiters();
  std::string text(message.text());
  const bool header = is_header(path.segment);
  if (header && path.field == 1) {
    if (value.empty()) return std::nullopt;
    std::replace(text.begin(), text.end(), d.field, value[0]);
    return text;
  }
  const Segment& segment = message.segments()[static_cast<size_t>(s)];
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
    return with_part(field, d.repetition, std::max(path.repetition, 1u) - 1, in_repetition);
  };
  const std::string changed = with_part(line, d.field, path.field - (header ? 1 : 0), in_field);
  return text.replace(segment.begin, line.size(), changed);
}

}  // namespace iz
