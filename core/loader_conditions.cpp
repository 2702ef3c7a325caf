// Reads conditions and the lists that they name.
#include <algorithm>

#include "core/dose_check.h"
#include "core/evaluate.h"
#include "core/loader.h"
#include "core/loader_parts.h"
#include "core/pair_table.h"
#include "core/word_list.h"

namespace iz {
namespace {

constexpr std::pair<std::string_view, NamedFormat> kNamedFormats[] = {{"date_to_day", NamedFormat::date_to_day},
                                                                      {"date_to_month", NamedFormat::date_to_month},
                                                                      {"time_with_zone", NamedFormat::time_with_zone},
                                                                      {"oid", NamedFormat::oid},
                                                                      {"npi", NamedFormat::npi}};
constexpr std::pair<std::string_view, Compare> kCompares[] = {{"=", Compare::eq}, {"!=", Compare::ne},
                                                              {"<", Compare::lt}, {"<=", Compare::le},
                                                              {">", Compare::gt}, {">=", Compare::ge}};
constexpr std::pair<std::string_view, Clock> kClocks[] = {{"sent", Clock::sent}, {"today", Clock::today}};
constexpr std::pair<std::string_view, Sender> kSenders[] = {{"pharmacy", Sender::pharmacy}};
constexpr std::pair<std::string_view, WordList::Match> kMatches[] = {
    {"whole", WordList::Match::whole},   {"begin", WordList::Match::begin}, {"end", WordList::Match::end},
    {"within", WordList::Match::within}, {"names", WordList::Match::names}, {"newborn", WordList::Match::newborn}};
constexpr std::pair<std::string_view, PairTable::Kind> kPairKinds[] = {{"numbers", PairTable::Kind::numbers},
                                                                       {"codes", PairTable::Kind::codes},
                                                                       {"prefixes", PairTable::Kind::prefixes},
                                                                       {"forms", PairTable::Kind::forms}};
constexpr std::pair<std::string_view, DateShift::Unit> kUnits[] = {
    {"days", DateShift::Unit::days}, {"months", DateShift::Unit::months}, {"years", DateShift::Unit::years}};

/// One MSH, PID and PD1 belong to the whole message.
bool of_message(std::string_view segment) { return segment == "MSH" || segment == "PID" || segment == "PD1"; }

}  // namespace

// ---- lists

void Loader::load_list(const Json& file) {
  const std::string id = text(file, "id"), match = text(file, "match");
  text(file, "title");
  text(file, "source");
  if (match == "conditions") {
    need(file, "items");
  } else if (match == "days") {
    for (const auto& [name, days] : need(file, "items").items())
      catalogue_.limits[id][std::string(name)] = static_cast<int>(days.get<double>());
  } else if (match == "measures") {
    constexpr std::pair<std::string_view, Measure::Of> kinds[] = {
        {"patient", Measure::Of::patient}, {"dose", Measure::Of::dose}, {"given", Measure::Of::given}};
    for (const Json item : need(file, "items")) {
      Measure& measure = catalogue_.measures.emplace_back();
      measure.id = text(item, "id");
      measure.name = text(item, "name");
      measure.at = text(item, "at");
      if (!pick(text(item, "of"), kinds, measure.of)) fail("of");
      measure.has = condition(need(item, "has"), {.context = PlaceContext::group, .segment = {}, .in_group = true});
    }
  } else if (match == "pairs") {
    auto table = std::make_unique<PairTable>();
    table->id = id;
    table->title = text(file, "title");
    table->source = text(file, "source");
    if (!pick(text(file, "kind"), kPairKinds, table->kind)) fail("kind");
    for (const Json row : need(file, "rows"))
      table->add(need(row, "of").get<std::vector<std::string>>(), need(row, "values").get<std::vector<std::string>>());
    catalogue_.pair_tables[id] = std::move(table);
  } else {
    auto list = std::make_unique<WordList>();
    list->id = id;
    list->title = text(file, "title");
    list->source = text(file, "source");
    if (!pick(match, kMatches, list->match)) fail("match");
    if (list->match == WordList::Match::newborn) {
      const std::pair<const char*, WordTree*> kinds[] = {{"strong", &list->newborn.strong},
                                                         {"brief", &list->newborn.brief},
                                                         {"markers", &list->newborn.markers},
                                                         {"names", &list->newborn.names}};
      for (const auto& [name, set] : kinds)
        for (const Json word : need(file, name)) set->add(word.get<std::string_view>());
    } else {
      for (const Json item : need(file, "items")) list->add(item.get<std::string_view>());
    }
    catalogue_.word_lists[id] = std::move(list);
  }
}

// ---- places

RelativePlace Loader::place(const Json& json, const Reading& reading) const {
  const auto whole = json.get<std::string>();
  std::string_view rest = whole;
  RelativePlace place;
  if (pick(rest, kClocks, place.clock)) return place;
  const bool named = rest.size() >= 3 && (rest[0] < '0' || rest[0] > '9');
  PlaceContext context = reading.context;
  if (named) {
    const std::string_view segment = rest.substr(0, 3);
    rest.remove_prefix(3);
    if (segment == reading.segment && context == PlaceContext::segment) {
      if (rest.empty()) fail("place " + whole);  // itself
    } else {
      if (context != PlaceContext::group && !reading.in_group && !of_message(segment)) fail("place " + whole);
      place.segment = segment_code(segment);
      place.outside = of_message(segment);
      context = PlaceContext::group;
      if (rest.empty()) {
        check_place(place, reading, whole);
        return place;
      }
    }
    if (rest[0] != '-') fail("place " + whole);
    rest.remove_prefix(1);
  } else if (context == PlaceContext::group) {
    fail("place " + whole);
  }
  uint32_t* const parts[] = {&place.field, &place.component, &place.subcomponent};
  for (size_t i = context == PlaceContext::data_type ? 1 : 0;; ++i) {
    const size_t dot = std::min(rest.find('.'), rest.size());
    if (i >= 3 || !(*parts[i] = number(rest.substr(0, dot)))) fail("place " + whole);
    if (dot == rest.size()) break;
    rest.remove_prefix(dot + 1);
  }
  check_place(place, reading, whole);
  return place;
}

/// A place of a rule that somebody else wrote must be one of its profile, or the rule would speak of nothing for ever.
void Loader::check_place(const RelativePlace& place, const Reading& reading, const std::string& written) const {
  if (!reading.own || (place.segment == 0 && reading.context != PlaceContext::segment)) return;
  const auto none = [&] { fail("place " + written + ": " + reading.own->id + " has none such"); };
  const uint32_t code = place.segment ? place.segment : segment_code(reading.segment);
  const SegmentDef* segment = reading.own->segment(code);
  if (!segment) none();
  const std::vector<ElementDef>* parts = &segment->fields;
  for (const uint32_t n : {place.field, place.component, place.subcomponent}) {
    if (n == 0) return;
    // The first part of what has no parts is the whole of it.
    if (parts->empty() && n == 1) return;
    if (n > parts->size() || (*parts)[n - 1].unknown) none();
    const ElementDef& element = (*parts)[n - 1];
    if (element.type < 0) return;
    const DataTypeDef& type = reading.own->types[static_cast<size_t>(element.type)];
    if (type.format == Format::varies) return;
    parts = &type.components;
  }
}

DateShift Loader::shift(const Json& json) const {
  DateShift out;
  if (json.is_text()) {  // "timeliness.late"
    const std::string name = json.get<std::string>();
    const size_t dot = std::min(name.find('.'), name.size());
    const auto list = catalogue_.limits.find(name.substr(0, dot));
    if (list == catalogue_.limits.end() || dot == name.size() || !list->second.contains(name.substr(dot + 1)))
      fail("no limit " + name);
    out.amount = list->second.at(name.substr(dot + 1));
    return out;
  }
  if (json.size() != 1) fail("\"plus\" has one unit");
  for (const auto& [unit, amount] : json.items()) {
    if (!pick(unit, kUnits, out.unit)) fail("plus " + std::string(unit));
    out.amount = static_cast<int>(amount.get<double>());
  }
  return out;
}

// ---- conditions

/// `count`, `unique`, `sorted`, `score`; false for another one.
bool Loader::many(const Json& json, const Reading& reading, Condition& c) {
  if (json.contains("score")) return score(json, reading, c), true;
  const char* const key = json.contains("count")    ? "count"
                          : json.contains("unique") ? "unique"
                          : json.contains("sorted") ? "sorted"
                                                    : nullptr;
  if (!key) return false;
  const std::string what = text(json, key);
  c.op = *key == 'c' ? Op::count : *key == 'u' ? Op::unique : Op::sorted;
  if (c.op == Op::unique && reading.context == PlaceContext::segment) {  // repetitions of a field
    c.at = place(json.at(key), reading);
    for (const Json by : need(json, "by")) c.by.push_back(place(by, {PlaceContext::segment, {}}));
  } else {
    if (reading.context != PlaceContext::group) fail(std::string(key) + " is on a group or message");
    c.to = place(json.at(key), reading);
    const Reading inner{PlaceContext::segment, what.substr(0, 3), true};
    if (c.op == Op::unique)
      for (const Json by : need(json, "by")) c.by.push_back(place(by, inner));
    c.parts.push_back(json.contains("where") ? condition(json.at("where"), inner) : Condition{});
  }
  if (c.op == Op::unique && (c.by.empty() || c.by.size() > 4)) fail("\"by\" names one to four places");
  if (c.op == Op::count) {
    if (!pick(text(json, "compare"), kCompares, c.compare)) fail("compare");
    c.number = need(json, "value").get<double>();
    if (json.contains("at")) c.at = place(json.at("at"), reading);
  }
  return true;
}

void Loader::score(const Json& json, const Reading& reading, Condition& c) {
  c.op = Op::score;
  c.number = need(json, "below").get<double>();
  if (json.contains("at")) c.at = place(json.at("at"), reading);
  for (const Json part : json.at("score")) {
    c.points.push_back(static_cast<int>(need(part, "points").get<double>()));
    c.values.push_back(text(part, "says"));
    c.parts.push_back(condition(need(part, "if"), reading));
  }
}

/// A test of the value at one place.
void Loader::value_test(const Json& json, const Reading& reading, Condition& c) {
  const auto one_of = [&](const char* key, const char* opposite) {
    c.none = json.contains(opposite);
    return json.contains(key) || c.none;
  };
  if (json.contains("one_of")) {
    c.op = Op::one_of;
    c.values = json.at("one_of").get<std::vector<std::string>>();
  } else if (json.contains("in_code_set")) {
    c.op = Op::in_code_set;
    c.code_set = code_set(text(json, "in_code_set"));
  } else if (json.contains("is")) {
    c.op = Op::is;
    if (!pick(text(json, "is"), kNamedFormats, c.format)) fail("no format " + text(json, "is"));
  } else if (json.contains("compare")) {
    if (!pick(text(json, "compare"), kCompares, c.compare)) fail("compare " + text(json, "compare"));
    c.op = json.contains("to") ? Op::compare_place : Op::compare_number;
    if (json.contains("to"))
      c.to = place(json.at("to"), reading);
    else
      c.number = need(json, "value").get<double>();
  } else if (json.contains("date")) {
    c.op = Op::compare_date;
    if (!pick(text(json, "date"), kCompares, c.compare)) fail("date " + text(json, "date"));
    c.to = place(need(json, "to"), reading);
    if (json.contains("plus")) c.shift = shift(json.at("plus"));
    if (json.contains("minus")) {
      c.shift = shift(json.at("minus"));
      c.shift.amount = -c.shift.amount;
    }
  } else if (one_of("like", "unlike")) {
    c.op = Op::like;
    c.values = json.at(c.none ? "unlike" : "like").get<std::vector<std::string>>();
    try {
      auto known = catalogue_.patterns.find(c.values);
      if (known == catalogue_.patterns.end()) known = catalogue_.patterns.emplace(c.values, Pattern(c.values)).first;
      c.pattern = &known->second;
    } catch (const std::invalid_argument& e) {
      fail(e.what());
    }
  } else if (one_of("in_list", "not_in_list")) {
    c.op = Op::in_list;
    const auto list = catalogue_.word_lists.find(text(json, c.none ? "not_in_list" : "in_list"));
    if (list == catalogue_.word_lists.end()) fail("no such list");
    c.list = list->second.get();
  } else if (json.contains("fits")) {
    c.op = Op::fits;
    c.to = place(need(json, "of"), reading);
    const auto table = catalogue_.pair_tables.find(text(json, "fits"));
    if (table == catalogue_.pair_tables.end()) fail("no such table");
    c.pairs = table->second.get();
  } else {
    fail("a condition that says nothing");
  }
  if (c.at.clock != Clock::none && c.op != Op::compare_date) fail("a clock is compared with a date");
}

Condition Loader::condition(const Json& json, const Reading& reading) {
  Condition c;
  const auto parts = [&](Op op, const Json& list) {
    c.op = op;
    for (const Json part : list) c.parts.push_back(condition(part, reading));
    if (c.parts.empty()) fail("a condition without parts");
    return c;
  };
  if (json.contains("all")) return parts(Op::all, json.at("all"));
  if (json.contains("any")) return parts(Op::any, json.at("any"));
  if (json.contains("not")) {
    c.op = Op::negate;
    c.parts.push_back(condition(json.at("not"), reading));
    return c;
  }
  if (json.contains("case")) {
    const auto found = cases_ ? need(cases_->root(), "items").find(text(json, "case")) : std::nullopt;
    if (!found) fail("no case " + text(json, "case"));
    return condition(*found, reading);
  }
  if (json.contains("sender")) {
    Sender sender{};
    if (!pick(text(json, "sender"), kSenders, sender)) fail("no sender " + text(json, "sender"));
    c.op = Op::sender;
    c.check = static_cast<int>(sender);
    return c;
  }
  if (many(json, reading, c)) return c;
  if (json.contains("check")) {
    const std::string name = text(json, "check");
    c.op = Op::check;
    c.check = check_index(name);
    if (const DoseFault fault = dose_fault(name); fault != DoseFault::count) {
      if (reading.context != PlaceContext::group) fail("the check " + name + " is on a group");
      c.op = Op::dose_check;
      c.check = static_cast<int>(fault);
      c.dose_codes = &catalogue_.dose_codes();
    }
    if (c.check < 0) fail("no check " + name);
    return c;
  }
  const char* const at = json.contains("present") ? "present" : json.contains("some") ? "some" : "at";
  c.at = place(need(json, at), reading);
  c.at.some = *at == 's' || json.value("some", false);
  if (*at == 'p')
    c.op = Op::present;
  else
    value_test(json, reading, c);
  return c;
}

}  // namespace iz
