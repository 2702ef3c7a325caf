#include "core/local_template.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/csv.h"
#include "core/element_words.h"
#include "core/html.h"
#include "core/json.h"
#include "core/local_edit.h"
#include "core/local_rows.h"
#include "core/predict.h"
#include "core/utf8.h"
#include "core/words.h"

namespace iz {
namespace {

std::string written(JsonValue value) {
  std::string out;
  json_write(out, value);
  return out;
}

using Row = TemplateRow;

/// The columns: what a row is, the keys of a change, and what only people read.
std::vector<std::string_view> columns() {
  std::vector<std::string_view> out = {"row", "field", "kind"};
  for (const LocalKeyDef& key : local_keys()) out.push_back(key.name);
  out.emplace_back("definition");
  return out;
}

/// Words for people who read no single message: what a placeholder stands for.
std::string without_placeholders(std::string_view text, const std::string& at, const std::string& name) {
  const bool group = at.find('.') != std::string::npos && at.find('-') == std::string::npos;
  std::string out = fill_placeholders(text, [&](std::string_view key) -> std::string {
    if (key == "place" || key == (group ? "group" : "segment")) return at.empty() ? "the place" : at;
    if (key == "name") return name.empty() ? "the field" : name;
    return key == "nearest" || key == "other_edition" || key == "group" || key == "segment" ? "" : "…";
  });
  return sentence_case(std::move(out));
}

/// The engine's rule that speaks when a place is as a row says it should not be.
const Rule& rule_of_place(const Catalogue& c, const LocalChange& change) {
  const bool segment = change[LocalKey::at].find('-') == std::string::npos;
  const std::string& usage = change[LocalKey::usage];
  Engine engine = segment ? Engine::segment_missing : Engine::element_missing;
  if (usage == "RE") engine = segment ? Engine::segment_not_sent : Engine::element_not_sent;
  if (usage == "X") engine = segment ? Engine::segment_not_supported : Engine::element_not_supported;
  if (usage.empty() && change.has(LocalKey::codes)) engine = Engine::code_unknown;
  return c.rules[size_t(c.rule_index(engine))];
}

[[noreturn]] void refuse(size_t row, std::string_view column, const std::string& why) {
  throw LocalError(column.empty() ? fmt::format("row {}: {}", row, why)
                                  : fmt::format("row {}, column {}: {}", row, column, why));
}

/// Reads the rows of an edited template.
class CsvReader {
 public:
  explicit CsvReader(std::string_view csv) {
    if (csv.starts_with("\xef\xbb\xbf")) csv.remove_prefix(3);
    if (valid_utf8(csv) != csv) throw LocalError("the file is no UTF-8: save it as “CSV UTF-8”");
    if (csv.starts_with("sep=")) {
      first_ = 1;  // a spreadsheet's own line about the separator
      csv.remove_prefix(std::min(csv.find('\n'), csv.size() - 1) + 1);
    }
    // A spreadsheet may leave rows above the table.
    for (size_t end = csv.find('\n'); end != csv.npos && csv.find_first_not_of(",;\t \r") == end;
         end = csv.find('\n')) {
      ++first_;
      csv.remove_prefix(end + 1);
    }
    const std::string_view heading = csv.substr(0, csv.find_first_of("\r\n"));
    char separator = ',';
    for (const char c : {';', '\t'})
      if (std::count(heading.begin(), heading.end(), c) > std::count(heading.begin(), heading.end(), separator))
        separator = c;
    records_ = csv_records(csv, separator);
    if (records_.empty()) throw LocalError("the template is empty");
    for (const std::string& cell : records_[0].cells) {
      const std::string name(trim_blanks(cell));
      const auto known = columns();
      const auto it = std::find(known.begin(), known.end(), name);
      if (it == known.end() && !name.empty()) refuse(1, name, "the template has no such column");
      if (it != known.end() && std::find(names_.begin(), names_.end(), *it) != names_.end())
        refuse(1, name, "the column is there twice");
      names_.push_back(it == known.end() ? std::string_view() : *it);
    }
    for (const std::string_view needed : {"row", "rule", "at", "definition"})
      if (std::find(names_.begin(), names_.end(), needed) == names_.end()) refuse(1, needed, "the column is missing");
  }

  std::string read() {
    for (const Row& row : template_rows(Catalogue::built_in(), nullptr))
      national_.emplace(subject(row.values), row.values);
    std::map<std::string, std::string, std::less<>> members;
    LocalParts parts;
    std::vector<size_t> change_rows, rule_rows;
    for (size_t i = 1; i < records_.size(); ++i) {
      const size_t row = i + 1 + first_;
      if (std::all_of(records_[i].cells.begin(), records_[i].cells.end(), [](const auto& c) { return c.empty(); }))
        continue;
      for (size_t k = names_.size(); k < records_[i].cells.size(); ++k)
        if (!records_[i].cells[k].empty()) refuse(row, "", "it has more cells than the heading");
      const std::string of = cell(i, "row"), definition = cell(i, "definition");
      if (of == "profile") {
        const std::string name = cell(i, "field");
        const auto known = local_members();
        if (std::find(known.begin(), known.end(), name) == known.end())
          refuse(row, "field", name + " is no part of a profile");
        if (members.contains(name)) refuse(row, "field", name + " is there twice");
        const bool text = name != "local_profile" && name != "answers" && name != "timeliness" && name != "code_sets";
        if (text) {
          json_quote(members[name], definition);
        } else {
          members[name] = written(parsed(row, definition).root());
        }
      } else if (of == "rule") {
        parts.rules.push_back(own_rule(i, row, parsed(row, definition).root()));
        rule_rows.push_back(row);
      } else if (of == "change" || of == "national" || of.empty()) {
        LocalChange change = change_of(i);
        if (of == "national" && !differs(row, change)) continue;
        for (const LocalKeyDef& key : local_keys()) {
          const std::string& value = change[*local_key(key.name)];
          if (value.empty()) continue;
          if (const std::string why = local_misfit(*local_key(key.name), value); !why.empty())
            refuse(row, key.name, why);
        }
        try {
          check_change(change);
        } catch (const LocalError& e) {
          refuse(row, "", e.what());
        }
        parts.changes.push_back(change_json(change));
        change_rows.push_back(row);
      } else {
        refuse(row, "row", of + " is not profile, change, rule or national");
      }
    }
    for (const std::string_view member : local_members())
      if (const auto it = members.find(member); it != members.end()) parts.members.emplace_back(member, it->second);
    std::vector<uint32_t> change_lines, rule_lines;
    std::string text = parts.write(&change_lines, &rule_lines);
    try {
      const std::shared_ptr<const LocalProfile> all[] = {LocalProfile::read(text)};
      Catalogue::load(embedded_files(), {}, all);
    } catch (const LocalError& e) {
      // Its line is that of the text made here.
      const std::string_view why = e.what();
      const size_t colon = why.find(": ");
      const auto line = why.starts_with("line ") && colon != std::string_view::npos
                            ? static_cast<uint32_t>(std::stoul(std::string(why.substr(5, colon - 5))))
                            : 0u;
      const auto row_of = [&](const std::vector<uint32_t>& lines, const std::vector<size_t>& rows) {
        const auto it = std::find(lines.begin(), lines.end(), line);
        return it == lines.end() ? size_t{0} : rows[size_t(it - lines.begin())];
      };
      const size_t row = std::max(row_of(change_lines, change_rows), row_of(rule_lines, rule_rows));
      if (row > 0) refuse(row, "", std::string(why.substr(colon + 2)));
      throw LocalError(
          fmt::format("a row \"profile\": {}", colon == std::string_view::npos ? why : why.substr(colon + 2)));
    }
    return text;
  }

 private:
  std::string cell(size_t record, std::string_view name) const {
    const auto column = size_t(std::find(names_.begin(), names_.end(), name) - names_.begin());
    const auto& cells = records_[record].cells;
    if (column >= cells.size()) return {};
    std::string text = cells[column];
    // As it was written, so that no spreadsheet runs it.
    if (text.size() > 1 && text[0] == '\'' && std::string_view("=+-@\t\r").find(text[1]) != std::string_view::npos)
      text.erase(0, 1);
    return text;
  }

  /// `text` must outlive what is made of it.
  JsonDocument parsed(size_t row, const std::string& text) const {
    try {
      return JsonDocument(text);
    } catch (const JsonError&) {
      refuse(row, "definition", "it is no JSON");
    }
  }

  LocalChange change_of(size_t record) const {
    LocalChange out;
    for (const LocalKeyDef& key : local_keys()) out[*local_key(key.name)] = trim_blanks(cell(record, key.name));
    return out;
  }

  /// A rule of the registry's own: cells that were changed stand in for what its definition says; a cell that was emptied
  /// takes the key away.
  std::string own_rule(size_t record, size_t row, JsonValue rule) const {
    if (!rule.is_object()) refuse(row, "definition", "a rule is an object");
    std::vector<std::pair<std::string_view, std::string>> values;
    for (const LocalKeyDef& key : local_keys()) {
      const std::string value = cell(record, key.name);
      const std::string_view name = key.name == "rule" ? "id" : key.name;
      const auto member = rule.find(name);
      if (!has_column(key.name) || (member && !member->is_text())) continue;
      if (const std::string why = local_misfit(*local_key(key.name), value); !value.empty() && !why.empty())
        refuse(row, key.name, why);
      values.emplace_back(name, value);
    }
    return rule_json(rule, values);
  }

  /// Leaves of a national row what somebody changed in it; false when nothing is.
  bool differs(size_t row, LocalChange& change) const {
    const auto it = national_.find(subject(change));
    if (it == national_.end())
      refuse(row, change.has(LocalKey::rule) ? "rule" : "at",
             subject(change) + " is none of the national rows; a new row is a change");
    bool any = false;
    for (size_t k = 0; k < local_keys().size(); ++k) {
      const auto key = static_cast<LocalKey>(k);
      if (key == LocalKey::rule || key == LocalKey::at) continue;
      if (change[key] == it->second[key] || !has_column(local_keys()[k].name)) {
        change[key].clear();
        continue;
      }
      if (!change.has(key)) refuse(row, local_keys()[k].name, "it is empty: write what is to stand there");
      if (const std::string why = local_misfit(key, change[key]); !why.empty()) refuse(row, local_keys()[k].name, why);
      any = true;
    }
    return any;
  }

  bool has_column(std::string_view name) const { return std::find(names_.begin(), names_.end(), name) != names_.end(); }

  std::vector<CsvRecord> records_;
  std::vector<std::string_view> names_;
  size_t first_ = 0;  ///< rows before the heading
  std::map<std::string, LocalChange> national_;
};

}  // namespace

std::string template_csv(const Catalogue& catalogue, const LocalProfile* local) {
  std::string out;
  csv_line(out, columns());
  for (const Row& row : template_rows(catalogue, local)) {
    std::vector<std::string> cells = {std::string(row.of), row.field, row.kind};
    cells.insert(cells.end(), row.values.values.begin(), row.values.values.end());
    cells.push_back(row.definition);
    csv_line(out, cells);
  }
  return out;
}

std::string template_html(const Catalogue& catalogue, const LocalProfile* local) {
  const Catalogue& national = Catalogue::built_in();
  const std::string title = local ? local->title : "National rules";
  std::string out = fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}: data-error "
      "template</title>\n<style>"
      "body{{font:14px/1.45 "
      "system-ui,sans-serif;margin:24px;color:#1b2430;background:#fff}}table{{border-collapse:collapse;"
      "width:100%}}th,td{{text-align:left;vertical-align:top;padding:6px 8px;border-bottom:1px solid "
      "#d5dae1}}th{{background:"
      "#f1f3f6}}h2{{margin-top:28px}}.relaxed{{background:#fdf3dc}}code,td:nth-child(6),td:nth-child(10),th{{white-"
      "space:nowrap}}main{{overflow-x:auto}}</style></"
      "head>\n<body><main><h1>{0}: "
      "data-error template</h1>\n",
      html(title));
  if (local) {
    out += fmt::format("<p>Edition {}.", html(local->edition));
    if (!local->source.empty()) out += fmt::format(" From {}.", html(local->source));
    if (!local->contact.empty()) out += fmt::format(" Contact: {}.", html(local->contact));
    out += "</p>\n";
  }
  constexpr std::string_view head =
      "<table><thead><tr><th>Place or rule</th><th>What</th><th>Severity</th><th>ERR-3</th><th>ERR-5</th><th>Own "
      "code</th>"
      "<th>Message</th><th>How to fix</th><th>Who fixes</th><th>Since</th><th>Source</th></tr></thead><tbody>\n";
  const auto line = [&](const Row& row) {
    const LocalEffect* effect = nullptr;
    for (const LocalEffect& e : catalogue.local)
      if (local && e.profile.get() == local && subject(e.change) == subject(row.values) &&
          e.says(LocalKey::profiles) == row.values[LocalKey::profiles])
        effect = &e;
    const Rule* rule = catalogue.rule(row.values[LocalKey::rule]);
    if (!rule && row.values.has(LocalKey::at)) rule = &rule_of_place(catalogue, row.values);
    const auto text = [&](LocalKey key, std::string Rule::* part) {
      const std::string& own = row.values[key];
      return html(without_placeholders(own.empty() && rule ? rule->*part : own, row.values[LocalKey::at], row.field));
    };
    std::string what = row.kind;
    if (effect && !effect->here.empty()) what += fmt::format(": {}, nationally {}", effect->here, effect->national);
    if (what.empty() && row.values.has(LocalKey::usage)) what = fmt::format("usage {}", row.values[LocalKey::usage]);
    std::string severity = row.values[LocalKey::severity];
    if (severity.empty() && rule) severity = to_string(rule->severity);
    std::string who = row.values[LocalKey::who];
    if (who.empty() && rule) who = to_string(rule->who);
    if (const auto named = who_named(who)) who = label(*named);
    std::string err3 = row.values[LocalKey::err3], err5 = row.values[LocalKey::err5];
    if (const Rule* of = national.rule(row.values[LocalKey::rule]); of && err3.empty())
      err3 = usual_answer_codes(national, *of).first;
    if (const Rule* of = national.rule(row.values[LocalKey::rule]); of && err5.empty())
      err5 = usual_answer_codes(national, *of).second;
    std::string source = row.values[LocalKey::source];
    if (source.empty() && rule && row.values.has(LocalKey::rule))
      source = fmt::format("{}, {}", rule->source.document, rule->source.statement);
    if (row.values.has(LocalKey::relaxes)) source += fmt::format(" Relaxed: {}", row.values[LocalKey::relaxes]);
    if (row.values.has(LocalKey::contact)) source += fmt::format(" ({})", row.values[LocalKey::contact]);
    out += fmt::format("<tr{}><td><code>{}</code>{}{}</td>", row.kind == "relaxed" ? " class=\"relaxed\"" : "",
                       html(subject(row.values)), row.field.empty() || row.of == "rule" ? "" : "<br>",
                       row.of == "rule" ? std::string() : html(row.field));
    out += fmt::format(
        "<td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</"
        "td></tr>\n",
        html(what), html(severity), html(err3), html(err5), html(row.values[LocalKey::code]),
        text(LocalKey::message, &Rule::message), text(LocalKey::fix, &Rule::fix), html(who),
        html(row.values[LocalKey::since]), html(source));
  };
  const std::vector<Row> rows = template_rows(catalogue, local);
  if (local) {
    out += fmt::format("<h2>What {} changes</h2>\n{}", html(title), head);
    for (const Row& row : rows)
      if (row.of == "change" || row.of == "rule") line(row);
    out += "</tbody></table>\n";
  }
  out += fmt::format("<h2>As it is nationally</h2>\n{}", head);
  for (const Row& row : rows)
    if (row.of == "national") line(row);
  return out + "</tbody></table></main></body></html>\n";
}

std::string local_from_csv(std::string_view csv) { return CsvReader(csv).read(); }

}  // namespace iz
