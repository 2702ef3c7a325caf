// Fixes for dates, times and numbers that are written in another way.
//
//     2026-02-18, 2026/2/18, 18 Feb 2026, 02/18/2026     -> 20260218
//     03/04/2026                                         -> 20260304 or 20260403: a choice
//     2026-02-18T09:45:12-05:00                          -> 20260218094512-0500
#include <algorithm>
#include <array>
#include <cctype>

#include "core/elements.h"
#include "core/fix_parts.h"
#include "core/form_check.h"
#include "core/words.h"

namespace iz {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                      "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};

bool digit(char c) { return c >= '0' && c <= '9'; }

/// A run of digits or of letters.
struct Run {
  std::string text;
  bool digits = false;
  char before = 0;  ///< the character in front of it
};

std::vector<Run> runs(std::string_view text) {
  std::vector<Run> out;
  for (size_t i = 0; i < text.size();) {
    const auto letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
    if (!digit(text[i]) && !letter(text[i])) {
      ++i;
      continue;
    }
    size_t end = i;
    while (end < text.size() && digit(text[end]) == digit(text[i]) && (digit(text[end]) || letter(text[end]))) ++end;
    std::string run(text.substr(i, end - i));
    for (char& c : run) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    out.push_back({std::move(run), digit(text[i]), i ? text[i - 1] : '\0'});
    i = end;
  }
  return out;
}

std::string two(const std::string& number) { return number.size() == 1 ? '0' + number : number; }

int month_of(const std::string& word) {
  if (word.size() < 3) return 0;
  const auto at = std::find(kMonths.begin(), kMonths.end(), std::string_view(word).substr(0, 3));
  return at == kMonths.end() ? 0 : static_cast<int>(at - kMonths.begin()) + 1;
}

/// The time of day and zone that follow a date: digits one after another, with a sign before the zone.
std::string rest_of_time(const std::vector<Run>& all, size_t from) {
  std::string out;
  bool zone = false;
  for (size_t i = from; i < all.size(); ++i) {
    const Run& r = all[i];
    if (!r.digits) {
      if (r.text == "T") continue;
      if (r.text == "Z" && i + 1 == all.size()) return out + "+0000";
      return {};
    }
    if (r.before == '.' && i > from)
      out += '.' + r.text.substr(0, 4);
    else if ((r.before == '+' || r.before == '-') && (i > from || r.text.size() == 4)) {
      out += r.before + two(r.text);
      zone = true;
    } else {
      out += two(r.text);
    }
  }
  if (zone && !out.empty() && digit(out.back())) {
    const size_t sign = out.find_last_of("+-");
    if (out.size() - sign == 3) out += "00";
  }
  return out;
}

/// All that a date may mean, written as HL7 does; the first reading is the usual one.
std::vector<std::string> readings(std::string_view value) {
  std::vector<std::string> out;
  const std::vector<Run> r = runs(value);
  const auto add = [&](const std::string& year, const std::string& month, const std::string& day, size_t from) {
    std::string text = year + two(month) + two(day);
    if (from < r.size()) {
      const std::string rest = rest_of_time(r, from);
      if (rest.empty()) return;
      text += rest;
    }
    if (std::find(out.begin(), out.end(), text) == out.end() && parse_time(text)) out.push_back(text);
  };
  if (!r.empty() && r[0].digits && r[0].text.size() >= 8) {  // digits with a time set apart: 20260218 09:45
    const std::string& d = r[0].text;
    if (d.size() == 8)
      add(d.substr(0, 4), d.substr(4, 2), d.substr(6, 2), 1);
    else if (parse_time(d))
      out.push_back(d);
  }
  if (r.size() < 2) return out;
  if (r[0].digits && r[0].text.size() == 4) {  // the year first
    if (r[1].digits && r[1].text.size() <= 2) {
      if (r.size() >= 3 && r[2].digits && r[2].text.size() <= 2)
        add(r[0].text, r[1].text, r[2].text, 3);
      else if (r.size() == 2 && parse_time(r[0].text + two(r[1].text)))
        out.push_back(r[0].text + two(r[1].text));
    }
    if (r.size() >= 3 && !r[1].digits && month_of(r[1].text) && r[2].digits && r[2].text.size() <= 2)
      add(r[0].text, std::to_string(month_of(r[1].text)), r[2].text, 3);
    return out;
  }
  if (r.size() < 3 || !r[2].digits || r[2].text.size() != 4) return out;
  if (r[0].digits && r[1].digits && r[0].text.size() <= 2 && r[1].text.size() <= 2) {
    add(r[2].text, r[0].text, r[1].text, 3);  // month first, as written in the US
    add(r[2].text, r[1].text, r[0].text, 3);
  } else if (r[0].digits && month_of(r[1].text)) {
    add(r[2].text, std::to_string(month_of(r[1].text)), r[0].text, 3);
  } else if (month_of(r[0].text) && r[1].digits) {
    add(r[2].text, std::to_string(month_of(r[0].text)), r[1].text, 3);
  }
  return out;
}

/// What a statement of the rule asks of the form, if it does.
const Condition* form_of(const Condition& c) {
  if (c.op == Op::is) return &c;
  for (const Condition& part : c.parts)
    if (const Condition* found = form_of(part)) return found;
  return nullptr;
}

/// Without a zone, and without a time of day that would need one.
std::string without_zone(const std::string& time) {
  const size_t sign = time.find_first_of("+-");
  return sign == std::string::npos ? time : time.substr(0, sign);
}

void write(const Mending& m, std::string_view text, bool safe) {
  m.add("Replace " + short_value(m.value()) + " with " + std::string(text), Edits{{m.finding.span, std::string(text)}},
        safe);
}

}  // namespace

void mend_form(const Mending& m) {
  const std::string_view value = trim_blanks(m.value());
  if (value.empty() || value.size() > 60) return;
  const Place at = find_place(m.catalogue, m.message, m.report.profile, m.finding.path);
  const Format format = at.type ? at.type->format : Format::none;
  const Condition* form = nullptr;
  if (m.catalogue.rules[m.finding.rule].kind == Kind::statement)
    for (const Statement& s : m.catalogue.statements)
      if (s.rule == m.finding.rule && !form) form = form_of(s.requirement);
  // A day that may have no zone says so in the type around it.
  const bool no_zone = at.parent && (at.parent->id == "TS_NZ" || at.parent->id == "TS_M");
  const auto fits = [&](const std::string& text) {
    if (form) return is_format(text, form->format);
    return has_form(text, format) && !(no_zone && text.find_first_of("+-") != std::string::npos);
  };
  if (form || format == Format::dt || format == Format::dtm) {
    std::vector<std::string> found;
    const auto keep = [&](const std::string& text) {
      if (!fits(text)) return false;
      if (std::find(found.begin(), found.end(), text) == found.end()) found.push_back(text);
      return true;
    };
    std::vector<std::string> all = readings(value);
    if (parse_time(value)) all.insert(all.begin(), std::string(value));
    for (const std::string& text : all) {
      if (keep(text) || keep(without_zone(text))) continue;
      if (text.size() > 8) keep(text.substr(0, 8));  // a place for days only
    }
    for (const std::string& text : found) write(m, text, m.mend.safe && found.size() == 1);
    return;
  }
  if (form) return;
  std::string text(value);
  if (format == Format::tm) {
    text.erase(std::remove(text.begin(), text.end(), ':'), text.end());
    if (fits(text)) write(m, text, m.mend.safe);
  }
  if (format == Format::nm || format == Format::si) {
    if (fits(text)) return write(m, text, m.mend.safe);  // only blanks around it
    // The number at the beginning, its comma a point: what follows is a unit or a remark.
    size_t end = 0;
    while (end < text.size() && (digit(text[end]) || text[end] == '.' || text[end] == ',')) ++end;
    text.erase(end);
    const auto commas = std::count(text.begin(), text.end(), ',');
    const size_t comma = text.find(',');
    if (commas == 1 && text.find('.') == std::string::npos && text.size() - comma != 4) text[comma] = '.';
    if (fits(text)) write(m, text, false);
  }
}

}  // namespace iz
