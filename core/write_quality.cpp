#include "core/write_quality.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/catalogue.h"
#include "core/counts.h"
#include "core/html.h"
#include "core/json.h"
#include "core/sort.h"
#include "core/words.h"

namespace iz {
namespace {

constexpr size_t most_rows = 20;

/// A row of the summary: what is counted, out of how many.
struct Row {
  std::string name, beside;
  uint32_t count = 0, of = 0;
  uint32_t percent() const { return of == 0 ? 0 : static_cast<uint32_t>(uint64_t{count} * 100 / of); }
};

struct Part {
  std::string title;
  std::string says;  ///< what the share is of
  std::vector<Row> rows;
  size_t left_out = 0;
  bool good = false;  ///< a large share is a good one
};

/// The largest rows, and how many there are beside them.
Part largest(std::string title, std::vector<Row> rows) {
  Part part{std::move(title), "messages with it, of all that were read", std::move(rows), 0, false};
  sort_values(part.rows, [](const Row& a, const Row& b) { return a.count > b.count; });
  if (part.rows.size() > most_rows) {
    part.left_out = part.rows.size() - most_rows;
    part.rows.resize(most_rows);
  }
  return part;
}

std::vector<Part> parts_of(const QualitySummary& q) {
  std::vector<Part> out;
  std::vector<Row> rows;
  rows.reserve(q.causes.size());
  for (const auto& [key, cause] : q.causes)
    rows.push_back({cause.title,
                    fmt::format("{}, {}", key.second.empty() ? "the message" : key.second, label(cause.severity)),
                    cause.messages, q.messages});
  out.push_back(largest("By rule", std::move(rows)));
  rows.clear();
  rows.reserve(q.fields.size());
  for (const auto& [field, n] : q.fields) rows.push_back({field, {}, n, q.messages});
  out.push_back(largest("By field", std::move(rows)));
  rows.clear();
  for (size_t i = 0; i < q.who.size(); ++i)
    if (q.who[i] > 0) rows.push_back({std::string(label(static_cast<Who>(i))), {}, q.who[i], q.messages});
  out.push_back(largest("By who mends it", std::move(rows)));
  const Completeness& complete = q.completeness;
  for (const auto& [of, title, says] :
       {std::tuple{Measure::Of::patient, "Completeness of the patient", "messages in which it is there"},
        std::tuple{Measure::Of::dose, "Completeness of every dose", "doses of which it is there"},
        std::tuple{Measure::Of::given, "Completeness of doses given here", "doses of which it is there"}}) {
    Part part{title, says, {}, 0, true};
    for (size_t i = 0; i < complete.counts().size(); ++i) {
      const Measure& m = q.catalogue->measures[i];
      const Completeness::Count& n = complete.counts()[i];
      if (m.of == of && n.of > 0) part.rows.push_back({m.name, m.at, n.present, n.of});
    }
    out.push_back(std::move(part));
  }
  Part lags{"From the dose to the message", "doses given here", {}, 0, true};
  uint32_t doses = 0;
  for (const uint32_t n : complete.lags()) doses += n;
  for (size_t i = 0; i < complete.lags().size() && doses > 0; ++i)
    lags.rows.push_back({sentence_case(complete.lag_names()[i]), {}, complete.lags()[i], doses});
  out.push_back(std::move(lags));
  std::erase_if(out, [](const Part& part) { return part.rows.empty(); });
  return out;
}

}  // namespace

std::string quality_counts_text(const QualitySummary& q) {
  return fmt::format("{}: {} with errors, {} with warnings, {} with advice only, {} with nothing to mend.",
                     counted(q.messages, "message", "messages"), grouped(q.worst[0]), grouped(q.worst[1]),
                     grouped(q.worst[2]), grouped(q.worst[3]));
}

std::string quality_text(const QualitySummary& q) {
  std::string out;
  for (const Part& part : parts_of(q)) {
    out += fmt::format("\n{} ({})\n", part.title, part.says);
    for (const Row& row : part.rows) {
      const uint32_t filled = row.percent() / 5;
      out += fmt::format("{:>9} of {:<9} {:>3} %  {:#<{}}{:.<{}}  {}{}\n", grouped(row.count), grouped(row.of),
                         row.percent(), "", filled, "", 20 - filled, row.name,
                         row.beside.empty() ? "" : fmt::format(" ({})", row.beside));
    }
    if (part.left_out > 0) out += fmt::format("{:>9} more\n", grouped(part.left_out));
  }
  return out;
}

std::string quality_html(const QualitySummary& q) {
  std::string out;
  const auto add = std::back_inserter(out);
  fmt::format_to(add, "<p>{}</p>\n", html(quality_counts_text(q)));
  for (const Part& part : parts_of(q)) {
    const bool places =
        std::any_of(part.rows.begin(), part.rows.end(), [](const Row& row) { return !row.beside.empty(); });
    fmt::format_to(add,
                   "<table><caption>{} ({})</caption><thead><tr><th scope=\"col\">What</th>{}"
                   "<th scope=\"col\">Share</th><th scope=\"col\">Count</th></tr></thead><tbody>\n",
                   html(part.title), html(part.says), places ? "<th scope=\"col\">Where</th>" : "");
    for (const Row& row : part.rows) {
      fmt::format_to(add,
                     "<tr><th scope=\"row\">{}</th>{}<td><meter class=\"{}\" min=\"0\" max=\"100\" "
                     "value=\"{}\">{} %</meter> {} %</td><td>{} of {}</td></tr>\n",
                     html(row.name), places ? fmt::format("<td>{}</td>", html(row.beside)) : std::string(),
                     part.good ? "good" : "fault", row.percent(), row.percent(), row.percent(), grouped(row.count),
                     grouped(row.of));
    }
    out += "</tbody></table>\n";
    if (part.left_out > 0) fmt::format_to(add, "<p>{} more are not listed.</p>\n", grouped(part.left_out));
  }
  return out;
}

void write_quality_json(JsonObject& object, const QualitySummary& q) {
  const Completeness& complete = q.completeness;
  std::string& out = object.key("completeness");
  out += '[';
  for (size_t i = 0; i < complete.counts().size(); ++i) {
    if (i > 0) out += ',';
    const Measure& m = q.catalogue->measures[i];
    JsonObject o(out);
    o.text("id", m.id);
    o.text("name", m.name);
    o.text("at", m.at);
    o.text("of", to_string(m.of));
    o.number("counted", complete.counts()[i].of);
    o.number("present", complete.counts()[i].present);
  }
  out += ']';
  object.key("timeliness") += '[';
  for (size_t i = 0; i < complete.lags().size(); ++i) {
    if (i > 0) out += ',';
    JsonObject o(out);
    o.text("days", complete.lag_names()[i]);
    o.number("doses", complete.lags()[i]);
  }
  out += ']';
}

}  // namespace iz
