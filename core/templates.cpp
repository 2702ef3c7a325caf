#include "core/templates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "core/catalogue.h"
#include "core/embedded.h"
#include "core/example.h"

namespace iz {
namespace {

using Json = JsonValue;

JsonDocument file(std::string_view name) {
  for (const EmbeddedFile& f : embedded_files())
    if (f.name == name) return JsonDocument(f.text);
  throw CatalogueError(std::string(name) + " is missing");
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
  for (const Json line : messages.at(name)) text += line.get<std::string>() + '\r';
  return text;
}

std::vector<GalleryExample> read_gallery(Date as_of, size_t most) {
  const JsonDocument bases = file("core/examples/templates.json"), json = file("core/examples/gallery.json");
  std::vector<GalleryExample> out;
  for (const Json e : json.root().at("gallery")) {
    if (out.size() == most) break;
    std::string text =
        build_example(read_example(e), base_text(bases.root().at("messages"), e.at("base").get<std::string>()));
    std::replace(text.begin(), text.end(), '\n', '\r');
    out.push_back({e.at("title").get<std::string>(), e.at("says").get<std::string>(), fill_dates(text, as_of),
                   e.at("finds").get<std::vector<std::string>>()});
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
  const JsonDocument json = file("core/examples/templates.json");
  std::vector<Template> out;
  for (const Json t : json.root().at("templates")) {
    const auto id = t.at("base").get<std::string>();
    out.push_back({id, t.at("title").get<std::string>(), t.at("says").get<std::string>(),
                   base_text(json.root().at("messages"), id)});
  }
  return out;
}

std::vector<GalleryExample> gallery(Date as_of) { return read_gallery(as_of, SIZE_MAX); }

GalleryExample first_example(Date as_of) { return read_gallery(as_of, 1).at(0); }

}  // namespace iz
