#include "core/local_template.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/csv.h"
#include "core/element_words.h"
#include "core/html.h"
#include "core/predict.h"
#include "core/utf8.h"
#include "core/words.h"

namespace iz {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kMembers[] = {"local_profile", "id",   "title",   "edition",    "contact",
                                         "source",        "note", "answers", "timeliness", "code_sets"};

/// A row of the table.
struct Row {
  std::string_view of;  // profile, change, rule, national
  LocalChange values;
  std::string field;       // what it is about, in words
  std::string kind;        // tighter, new, relaxed, wording
  std::string definition;  // JSON
};

/// The columns: what a row is, the keys of a change, and what only people read.
std::vector<std::string_view> columns() {
  std::vector<std::string_view> out = {"row", "field", "kind"};
  for (const LocalKeyDef& key : local_keys()) out.push_back(key.name);
  out.emplace_back("definition");
  return out;
}

std::string severity_of(const Catalogue& c, Engine engine) {
  return std::string(to_string(c.rules[size_t(c.rule_index(engine))].severity));
}

/// A place as it is nationally.
Row national_place(const Catalogue& c, const std::string& at, const std::string& name, std::string usage, Usage kind,
                   uint32_t min, uint32_t max, const std::string& codes) {
  Row row{.of = "national", .values = {}, .field = name, .kind = {}, .definition = {}};
  row.values[LocalKey::at] = at;
  row.values[LocalKey::usage] = std::move(usage);
  row.values[LocalKey::min] = std::to_string(min);
  row.values[LocalKey::max] = max == unbounded ? "*" : std::to_string(max);
  row.values[LocalKey::codes] = codes;
  const bool segment = at.find('-') == std::string::npos;
  row.values[LocalKey::severity] =
      severity_of(c, kind == Usage::RE ? (segment ? Engine::segment_not_sent : Engine::element_not_sent)
                                       : (segment ? Engine::segment_missing : Engine::element_missing));
  const Rule& missing = c.rules[size_t(c.rule_index(segment ? Engine::segment_missing : Engine::element_missing))];
  if (kind != Usage::RE)
    std::tie(row.values[LocalKey::err3], row.values[LocalKey::err5]) = usual_answer_codes(c, missing);
  return row;
}

/// All places of a submission that must or should be there, and all rules, as they are nationally.
std::vector<Row> national_rows(const Catalogue& c) {
  std::vector<Row> out;
  const Profile* z22 = c.profile("Z22");
  // What a group that may be left out requires is not required of every message.
  const auto always = [&](const StructureDef& s) {
    const Usage around = s.parent < 0 ? Usage::R : z22->structure[size_t(s.parent)].usage;
    return (s.usage == Usage::R || s.usage == Usage::RE) && around != Usage::O;
  };
  for (const StructureDef& s : z22->structure)
    if (always(s)) {
      const SegmentDef* def = s.group ? nullptr : &z22->segments[size_t(s.segment)];
      if (std::any_of(out.begin(), out.end(), [&](const Row& r) { return r.values[LocalKey::at] == s.name; })) continue;
      out.push_back(national_place(c, s.name, def ? def->title : "Group", std::string(to_string(s.usage)), s.usage,
                                   s.min, s.max, {}));
    }
  for (const SegmentDef& s : z22->segments)
    for (size_t n = 0; n < s.fields.size(); ++n) {
      const ElementDef& e = s.fields[n];
      if (e.unknown || (e.usage != Usage::R && e.usage != Usage::RE && e.usage != Usage::C)) continue;
      out.push_back(national_place(c, fmt::format("{}-{}", s.name, n + 1), e.name, usage_text(e), e.usage, e.min, e.max,
                                   e.binding_name));
    }
  for (const Rule& r : c.rules) {
    Row row{.of = "national", .values = {}, .field = {}, .kind = {}, .definition = {}};
    row.values[LocalKey::rule] = r.id;
    row.values[LocalKey::severity] = to_string(r.severity);
    row.values[LocalKey::title] = r.title;
    row.values[LocalKey::message] = r.message;
    row.values[LocalKey::plain] = r.plain;
    row.values[LocalKey::why] = r.why;
    row.values[LocalKey::fix] = r.fix;
    row.values[LocalKey::plain_fix] = r.plain_fix;
    row.values[LocalKey::who] = to_string(r.who);
    std::tie(row.values[LocalKey::err3], row.values[LocalKey::err5]) = usual_answer_codes(c, r);
    row.values[LocalKey::source] = fmt::format("{}, {}", r.source.document, r.source.statement);
    out.push_back(std::move(row));
  }
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

std::string kind_of(const Catalogue& c, const LocalProfile& local, const LocalChange& change) {
  for (const LocalEffect& e : c.local)
    if (e.profile.get() == &local && e.change.line == change.line) return std::string(to_string(e.kind));
  return change.has(LocalKey::since) ? "later" : "";
}

std::vector<Row> all_rows(const Catalogue& catalogue, const LocalProfile* local) {
  const Catalogue& national = Catalogue::built_in();
  std::vector<Row> out;
  if (local) {
    const Json file = Json::parse(local->text());
    for (const std::string_view member : kMembers)
      if (const auto it = file.find(member); it != file.end()) {
        Row row{.of = "profile", .values = {}, .field = std::string(member), .kind = {}, .definition = {}};
        row.definition = it->is_string() ? it->get<std::string>() : it->dump();
        out.push_back(std::move(row));
      }
    for (const LocalChange& change : local->changes)
      out.push_back({"change", change, place_words(national, change), kind_of(catalogue, *local, change), {}});
    for (const Json& rule : file.value("rules", Json::array())) {
      Row row{.of = "rule", .values = {}, .field = rule.value("title", ""), .kind = "new", .definition = rule.dump()};
      for (const LocalKeyDef& key : local_keys())
        if (const auto it = rule.find(key.name); it != rule.end() && it->is_string())
          row.values[*local_key(key.name)] = it->get<std::string>();
      row.values[LocalKey::rule] = rule.value("id", "");
      out.push_back(std::move(row));
    }
  }
  for (Row& row : national_rows(national)) {
    const bool changed = local && std::any_of(local->changes.begin(), local->changes.end(), [&](const LocalChange& c) {
                           return subject(c) == subject(row.values) && c[LocalKey::profiles].empty();
                         });
    if (!changed) out.push_back(std::move(row));
  }
  return out;
}

// ---- JSON

Json value_json(LocalKey key, const std::string& text) {
  const LocalForm form = local_keys()[size_t(key)].form;
  if (form == LocalForm::number && text != "*") return std::stoul(text);
  if (form != LocalForm::words) return text;
  Json list = Json::array();
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) list.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return list;
}

/// Writes a profile, a change or rule a line; `lines` gets the line of each.
class ProfileWriter {
 public:
  void member(std::string_view name, const Json& value) { put(name, value.dump()); }
  /// Returns the line on which the first item will stand.
  void list(std::string_view name, const std::vector<Json>& items, std::vector<uint32_t>& lines) {
    if (items.empty()) return;
    std::string text = "[";
    start(name);
    for (size_t i = 0; i < items.size(); ++i) {
      text += i ? ",\n    " : "\n    ";
      lines.push_back(line_ + 1 + uint32_t(i));
      text += items[i].dump();
    }
    out_ += text + "\n  ]";
    line_ += uint32_t(items.size()) + 1;
  }
  std::string finish() { return (first_ ? "{" : out_) + "\n}\n"; }

 private:
  void start(std::string_view name) {
    out_ += first_ ? "{\n  " : ",\n  ";
    first_ = false;
    ++line_;
    out_ += Json(std::string(name)).dump() + ": ";
  }
  void put(std::string_view name, const std::string& value) {
    start(name);
    out_ += value;
  }
  std::string out_;
  uint32_t line_ = 1;
  bool first_ = true;
};

Json change_json(const LocalChange& change) {
  Json out = Json::object();
  for (size_t k = 0; k < local_keys().size(); ++k) {
    const auto key = static_cast<LocalKey>(k);
    if (change.has(key)) out[std::string(local_keys()[k].name)] = value_json(key, change[key]);
  }
  return out;
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
    for (const Row& row : national_rows(Catalogue::built_in())) national_.emplace(subject(row.values), row.values);
    std::map<std::string, Json, std::less<>> members;
    std::vector<Json> changes, rules;
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
        if (std::find(std::begin(kMembers), std::end(kMembers), name) == std::end(kMembers))
          refuse(row, "field", name + " is no part of a profile");
        if (members.contains(name)) refuse(row, "field", name + " is there twice");
        const bool text = name != "local_profile" && name != "answers" && name != "timeliness" && name != "code_sets";
        members[name] = text ? Json(definition) : parsed(row, definition);
      } else if (of == "rule") {
        rules.push_back(own_rule(i, row, parsed(row, definition)));
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
        changes.push_back(change_json(change));
        change_rows.push_back(row);
      } else {
        refuse(row, "row", of + " is not profile, change, rule or national");
      }
    }
    ProfileWriter out;
    std::vector<uint32_t> change_lines, rule_lines;
    for (const std::string_view member : kMembers)
      if (const auto it = members.find(member); it != members.end()) out.member(member, it->second);
    out.list("changes", changes, change_lines);
    out.list("rules", rules, rule_lines);
    std::string text = out.finish();
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

  Json parsed(size_t row, const std::string& text) const {
    Json out = Json::parse(text, nullptr, false);
    if (out.is_discarded()) refuse(row, "definition", "it is no JSON");
    return out;
  }

  LocalChange change_of(size_t record) const {
    LocalChange out;
    for (const LocalKeyDef& key : local_keys()) out[*local_key(key.name)] = trim_blanks(cell(record, key.name));
    return out;
  }

  /// A rule of the registry's own: cells that were changed stand in for what its definition says.
  Json own_rule(size_t record, size_t row, Json rule) const {
    if (!rule.is_object()) refuse(row, "definition", "a rule is an object");
    for (const LocalKeyDef& key : local_keys()) {
      const std::string value = cell(record, key.name);
      const std::string name = key.name == "rule" ? "id" : std::string(key.name);
      if (!has_column(key.name) || (rule.contains(name) && !rule[name].is_string())) continue;
      if (value.empty()) {  // a cell that was emptied takes the key away
        rule.erase(name);
        continue;
      }
      if (const std::string why = local_misfit(*local_key(key.name), value); !why.empty()) refuse(row, key.name, why);
      rule[name] = value;
    }
    return rule;
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

const std::string& subject(const LocalChange& change) {
  return change.has(LocalKey::rule) ? change[LocalKey::rule] : change[LocalKey::at];
}

std::string place_words(const Catalogue& c, const LocalChange& change) {
  const std::string& at = change[LocalKey::at];
  if (at.empty()) return {};
  const std::string& profiles = change[LocalKey::profiles];
  const Profile* profile = c.profile(profiles.empty() ? "Z22" : profiles.substr(0, profiles.find(' ')));
  const auto path = parse_path(at);
  if (!profile || !path) return at;
  const SegmentDef* segment = profile->segment(path->segment);
  if (!segment) return at;
  if (path->field == 0) return segment->title;
  if (path->field > segment->fields.size()) return at;
  const ElementDef& field = segment->fields[path->field - 1];
  if (path->component == 0) return field.name;
  const auto& parts = profile->types[size_t(field.type)].components;
  return path->component <= parts.size() ? parts[path->component - 1].name + " of " + field.name : field.name;
}

std::string template_csv(const Catalogue& catalogue, const LocalProfile* local) {
  std::string out;
  csv_line(out, columns());
  for (const Row& row : all_rows(catalogue, local)) {
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
  const std::vector<Row> rows = all_rows(catalogue, local);
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

std::string local_json(const LocalProfile& local) {
  const Json file = Json::parse(local.text());
  ProfileWriter out;
  std::vector<uint32_t> lines;
  for (const std::string_view member : kMembers)
    if (const auto it = file.find(member); it != file.end()) out.member(member, *it);
  std::vector<Json> changes, rules;
  for (const LocalChange& change : local.changes) changes.push_back(change_json(change));
  for (const Json& rule : file.value("rules", Json::array())) rules.push_back(rule);
  out.list("changes", changes, lines);
  out.list("rules", rules, lines);
  return out.finish();
}

}  // namespace iz
