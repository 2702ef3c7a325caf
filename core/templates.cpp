#include "core/templates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "core/catalogue.h"
#include "core/embedded.h"
#include "core/example.h"

namespace iz {
namespace {

using Json = nlohmann::json;

Json file(std::string_view name) {
  for (const EmbeddedFile& f : embedded_files())
    if (f.name == name) return Json::parse(f.text, nullptr, false);
  return Json::object();
}

/// The day that is `days` after 1970-01-01.
Date date_of(int64_t days) {
  Date date{1970, 1, 1};
  // Years of 365.2425 days bring it near, then months.
  date.year += static_cast<int>(days * 400 / 146097);
  while (day_number(date) > days) --date.year;
  while (day_number({date.year + 1, 1, 1}) <= days) ++date.year;
  while (date.month < 12 && day_number({date.year, date.month + 1, 1}) <= days) ++date.month;
  date.day += static_cast<int>(days - day_number(date));
  return date;
}

std::string base_text(const Json& messages, const std::string& name) {
  std::string text;
  const auto it = messages.find(name);
  if (it == messages.end()) throw CatalogueError("no message " + name);
  for (const Json& line : *it) text += line.get<std::string>() + '\r';
  return text;
}

std::vector<GalleryExample> read_gallery(Date as_of, size_t most) {
  const Json messages = file("core/examples/templates.json").at("messages");
  const Json json = file("core/examples/gallery.json");
  std::vector<GalleryExample> out;
  for (const Json& e : json.at("gallery")) {
    if (out.size() == most) break;
    std::string text = build_example(read_example(e), base_text(messages, e.at("base")));
    std::replace(text.begin(), text.end(), '\n', '\r');
    out.push_back({e.at("title"), e.at("says"), fill_dates(text, as_of), e.at("finds")});
  }
  return out;
}

}  // namespace

std::string fill_dates(std::string_view text, Date as_of) {
  const int64_t today = as_of ? day_number(as_of) : 0;
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const size_t close = text.substr(i).starts_with("{d") ? text.find('}', i) : std::string_view::npos;
    if (close == std::string_view::npos) {
      out += text[i++];
      continue;
    }
    const int shift = std::atoi(std::string(text.substr(i + 2, close - i - 2)).c_str());
    const Date day = date_of(today + shift);
    out += fmt::format("{:04}{:02}{:02}", day.year, day.month, day.day);
    i = close + 1;
  }
  return out;
}

std::vector<Template> templates() {
  const Json json = file("core/examples/templates.json");
  std::vector<Template> out;
  for (const Json& t : json.at("templates")) {
    const std::string id = t.at("base");
    out.push_back({id, t.at("title"), t.at("says"), base_text(json.at("messages"), id)});
  }
  return out;
}

std::vector<GalleryExample> gallery(Date as_of) { return read_gallery(as_of, SIZE_MAX); }

GalleryExample first_example(Date as_of) { return read_gallery(as_of, 1).at(0); }

}  // namespace iz
