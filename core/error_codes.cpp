#include "core/error_codes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "codesets/json_reader.h"
#include "core/words.h"

namespace iz {
namespace {

using Json = JsonValue;

constexpr std::string_view kTables[] = {"HL70357", "HL70516", "HL70533", "MQE"};
constexpr size_t kLongestName = 120;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Who who_of(const std::string& text) {
  for (const Who who : {Who::registration, Who::clinic, Who::interface, Who::vendor, Who::codes, Who::iis})
    if (to_string(who) == text) return who;
  throw std::invalid_argument("nobody is called " + text);
}

void set_who(CodeWords& words, const std::string& who) {
  words.nobody = who == "nobody";
  if (!words.nobody) words.who = who_of(who);
}

/// Letters and digits in upper case: "Vaccination facility id is missing" and VaccinationFacilityIdIsMissing are one.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') out += char(c - 'a' + 'A');
    if ((c >= 'A' && c <= 'Z') || is_digit(c)) out += c;
  }
  return out;
}

/// The number of DQA0314 or MQE0314; -1 for anything else.
int number_of(std::string_view code) {
  if (!code.starts_with("MQE") && !code.starts_with("DQA")) return -1;
  code.remove_prefix(3);
  int n = 0;
  for (const char c : code) {
    if (!is_digit(c) || n > 99999) return -1;
    n = n * 10 + (c - '0');
  }
  return code.empty() ? -1 : n;
}

std::string fill(std::string text, const std::string& what, const std::string& place) {
  const auto replace = [&](std::string_view key, const std::string& by) {
    for (size_t at = text.find(key); at != std::string::npos; at = text.find(key, at + by.size()))
      text.replace(at, key.size(), by);
  };
  replace("{what}", what);
  replace("{What}", sentence_case(what));
  replace("{in}", place.empty() ? std::string{} : " in " + place);
  return text;
}

}  // namespace

void ErrorCodes::add(const Json& file) {
  const auto table = file.at("table").get<std::string>();
  const auto it = std::find(std::begin(kTables), std::end(kTables), table);
  if (it == std::end(kTables)) throw std::invalid_argument("no table is called " + table);
  const auto which = static_cast<CodeTable>(it - std::begin(kTables));
  if (which == CodeTable::detection)
    add_detections(file);
  else
    add_codes(which, file);
}

void ErrorCodes::add_codes(CodeTable table, const Json& file) {
  for (const Json entry : file.at("codes")) {
    CodeWords words;
    words.table = table;
    entry.at("code").get_to(words.code);
    entry.at("name").get_to(words.name);
    entry.at("meaning").get_to(words.meaning);
    entry.at("why").get_to(words.why);
    entry.at("fix").get_to(words.fix);
    set_who(words, entry.at("who").get<std::string>());
    words.by_place = entry.value("by_place", false);
    tables_[size_t(table)].push_back(std::move(words));
  }
}

void ErrorCodes::add_detections(const Json& file) {
  for (const auto& [key, text] : file.at("severities").items()) severities_[key.at(0)] = text.get<std::string>();
  std::map<std::string, int> fields, faults;
  for (const auto& [key, json] : file.at("fields").items()) {
    Field field;
    field.place = json.value("at", "");
    if (!field.place.empty()) {
      const auto path = parse_path(field.place);
      if (!path) throw std::invalid_argument(field.place + " is no place");
      field.path = *path;
      field.path.occurrence = field.path.repetition = 0;
    }
    field.observation = json.value("observation", "");
    json.at("what").get_to(field.what);
    field.matters = file.at("matters").at(json.at("matters").get<std::string_view>()).get<std::string>();
    field.kind = json.value("kind", "");
    field.who = who_of(json.at("who").get<std::string>());
    fields[std::string(key)] = int(fields_.size());
    fields_.push_back(std::move(field));
  }
  for (const auto& [key, json] : file.at("faults").items()) {
    const auto text = [&, fault = json](const char* part) {
      // What an entry does not say, the one that it is like says.
      for (Json f = fault;; f = file.at("faults").at(f.at("like").get<std::string_view>())) {
        if (f.contains(part)) return f.at(part).get<std::string>();
        if (!f.contains("like")) return std::string{};
      }
    };
    Fault fault{text("name"), text("meaning"), text("why"), text("fix"), text("who")};
    if (CodeWords ignored; !fault.who.empty()) set_who(ignored, fault.who);
    faults[std::string(key)] = int(faults_.size());
    faults_.push_back(std::move(fault));
  }
  for (const Json row : file.at("detections")) {
    const auto field_name = row.at(1).get<std::string>(), fault_name = row.at(2).get<std::string>();
    const auto field = fields.find(field_name);
    if (field == fields.end()) throw std::invalid_argument("field " + field_name + " has no words");
    const std::string& kind = fields_[size_t(field->second)].kind;
    auto fault = faults.find(fault_name + ":" + kind);
    if (fault == faults.end()) fault = faults.find(fault_name);
    if (fault == faults.end()) throw std::invalid_argument("fault " + fault_name + " has no words");
    const size_t index = detections_.size();
    detections_.push_back(
        {row.at(0).get<uint32_t>(), field->second, fault->second, row.at(3).get<std::string>().at(0)});
    const std::string head = plain(field_name), tail = plain(fault_name);
    if (row.size() > 4) by_name_.emplace(plain(row.at(4).get<std::string>()), index);
    by_name_.emplace(head + tail, index);
    by_name_.emplace(head + "IS" + tail, index);
  }
  const auto by_number = [](const Detection& a, const Detection& b) { return a.number < b.number; };
  if (!std::is_sorted(detections_.begin(), detections_.end(), by_number))
    throw std::invalid_argument("the detections are not in the order of their numbers");
}

const ErrorCodes::Detection* ErrorCodes::find(std::string_view detection) const {
  if (detection.empty() || detection.size() > kLongestName) return nullptr;
  const std::string key = plain(detection);
  if (const int number = number_of(key); number >= 0) {
    const auto it = std::lower_bound(detections_.begin(), detections_.end(), uint32_t(number),
                                     [](const Detection& d, uint32_t n) { return d.number < n; });
    return it != detections_.end() && it->number == uint32_t(number) ? &*it : nullptr;
  }
  const auto it = by_name_.find(key);
  return it == by_name_.end() ? nullptr : &detections_[it->second];
}

std::optional<ErrorCodes::AboutPlace> ErrorCodes::place(std::string_view detection) const {
  const Detection* d = find(detection);
  if (!d || fields_[size_t(d->field)].path.segment == 0) return std::nullopt;
  const Field& field = fields_[size_t(d->field)];
  return AboutPlace{field.path, field.observation};
}

std::string ErrorCodes::detection_code(size_t n) const {
  return n < detections_.size() ? fmt::format("MQE{:04}", detections_[n].number) : std::string{};
}

CodeWords ErrorCodes::words(const Detection& d) const {
  const Field& field = fields_[size_t(d.field)];
  const Fault& fault = faults_[size_t(d.fault)];
  const auto text = [&](const std::string& t) { return fill(t, field.what, field.place); };
  CodeWords out;
  out.table = CodeTable::detection;
  out.code = fmt::format("MQE{:04}", d.number);
  out.name = text(fault.name);
  out.meaning = text(fault.meaning);
  out.fix = text(fault.fix);
  out.who = field.who;
  // A code is mended in the code tables, but for header and identifiers, which the vendor or the registry sets up.
  const bool set_up = field.who == Who::vendor || field.who == Who::iis || field.who == Who::interface;
  if (!fault.who.empty() && !(set_up && fault.who == to_string(Who::codes))) set_who(out, fault.who);
  out.path = field.path;
  // A fault that has a reason of its own matters in its own way; else it is the field that matters.
  out.why = text(fault.why.empty() ? field.matters : fault.why);
  if (const auto it = severities_.find(d.severity); it != severities_.end()) append(out.why, it->second, " ");
  return out;
}

std::optional<CodeWords> ErrorCodes::words(CodeTable table, std::string_view code) const {
  if (table == CodeTable::detection) {
    const Detection* d = find(code);
    if (!d) return std::nullopt;
    return words(*d);
  }
  code = trim_blanks(code);
  for (const CodeWords& words : tables_[size_t(table)])
    if (words.code == code) return words;
  return std::nullopt;
}

}  // namespace iz
