#include "core/example.h"

#include <vector>

#include "core/catalogue.h"
#include "core/edit.h"
#include "core/embedded.h"

namespace iz {
namespace {

uint32_t segment_at(const Message& message, std::string_view place) {
  const auto path = parse_path(place);
  const int s = path ? locate(message, *path).segment : -1;
  if (s < 0) throw CatalogueError("the base has no " + std::string(place));
  return static_cast<uint32_t>(s);
}

}  // namespace

Example read_example(const JsonValue& json) {
  Example example;
  example.says = json.value("says", "");
  example.base = json.at("base").get<std::string>();
  if (json.contains("set"))
    for (const auto& [path, value] : json.at("set").items()) example.set.emplace_back(path, value.get<std::string>());
  example.drop = json.value("drop", std::vector<std::string>{});
  example.add = json.value("add", std::vector<std::string>{});
  example.after = json.value("after", "");
  example.sender = json.value("sender", "");
  example.cut = json.value("cut", "");
  example.finds = json.at("finds").get<std::vector<std::string>>();
  return example;
}

std::vector<Example> examples_of(const Rule& rule) {
  std::vector<Example> out;
  const std::string name = "core/rules/" + rule.id + ".json";
  for (const EmbeddedFile& file : embedded_examples()) {
    if (file.name != name) continue;
    const JsonDocument list(file.text);
    for (const JsonValue json : list.root()) out.push_back(read_example(json));
  }
  return out;
}

std::string_view note_of(const Rule& rule) {
  const std::string name = "core/rules/" + rule.id + ".json";
  for (const EmbeddedFile& file : embedded_notes())
    if (file.name == name) return file.text;
  return {};
}

std::string build_example(const Example& example, std::string_view base) {
  Message message;
  message.parse(base);
  for (const auto& [place, value] : example.set) {
    const auto path = parse_path(place);
    const auto changed = path ? set_value(message, *path, value) : std::nullopt;
    if (!changed) throw CatalogueError("the base has no field " + place);
    message.parse(*changed);
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
  if (example.cut.empty()) return text;
  message.parse(text);
  const auto path = parse_path(example.cut);
  const Location at = path ? locate(message, *path) : Location{};
  if (!at.found) throw CatalogueError("the base has no value at " + example.cut);
  return text.substr(0, at.span.end);
}

}  // namespace iz
