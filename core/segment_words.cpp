#include "core/segment_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/words.h"

namespace iz {
namespace {

constexpr uint32_t MSH = segment_code("MSH"), MSA = segment_code("MSA"), ERR = segment_code("ERR"),
                   PID = segment_code("PID"), PD1 = segment_code("PD1"), NK1 = segment_code("NK1"),
                   ORC = segment_code("ORC"), RXA = segment_code("RXA"), RXR = segment_code("RXR"),
                   OBX = segment_code("OBX"), NTE = segment_code("NTE"), QAK = segment_code("QAK"),
                   QPD = segment_code("QPD"), SFT = segment_code("SFT");

std::string day_text(const std::optional<Time>& t) {
  if (!t) return {};
  Time day = *t;
  day.precision = std::min(day.precision, Precision::day);
  day.has_zone = false;
  return to_iso(day);
}

/// "Historical information - from other provider" -> "from other provider".
std::string source_words(std::string words) {
  for (const std::string_view prefix : {"Historical information - ", "Historical information-"})
    if (words.starts_with(prefix)) return words.substr(prefix.size());
  return lower_case(std::move(words));
}

/// The value of an OBX: decoded, else its text.
std::string observation_value(const Decoder& decoder, uint32_t s) {
  const std::string words = decoder.value(s, 5);
  return words.empty() ? decoder.text(s, 5) : words;
}

/// The code of the question in OBX-3.
std::string question(const Decoder& decoder, uint32_t s) { return decoder.text(s, 3); }

/// What the observations of a group state that is no detail of a dose: immunity, contraindication, a dose that is due.
std::string statements(const Decoder& decoder, const Message& message, const OrderGroup& group, bool& is_due) {
  std::string out, due;
  is_due = false;
  size_t said = 0, left_out = 0;
  const auto say = [&](const std::string& text) {
    if (said == 3) {
      ++left_out;
    } else {
      append(out, text, "; ");
      ++said;
    }
  };
  for (uint32_t s = group.first; s < group.last; ++s) {
    if (message.segments()[s].name != OBX) continue;
    const std::string code = question(decoder, s);
    if (code == "59784-9") {
      say(fmt::format("evidence of immunity: {} (history of disease)", lower_case(observation_value(decoder, s))));
    } else if (code == "75505-8") {
      say(fmt::format("evidence of immunity: {} (blood test)", lower_case(observation_value(decoder, s))));
    } else if (code == "30945-0") {
      say("contraindication: " + lower_case(observation_value(decoder, s)));
    } else if (code == "59785-6") {
      say("reason to immunize: " + lower_case(observation_value(decoder, s)));
    } else if (code == "30956-7" || code == "30979-9" || code == "38890-0") {
      due = observation_value(decoder, s);
    } else if (code == "30980-7") {
      say(fmt::format("{} due {}", due.empty() ? "dose" : due, day_text(parse_time(decoder.text(s, 5)))));
      due.clear();
      is_due = true;
    }
  }
  if (left_out > 0) out += fmt::format("; and {} more", left_out);
  return out;
}

std::string error_words(const Decoder& decoder, uint32_t s) {
  std::string out = decoder.text(s, 8);
  if (out.empty()) out = decoder.coded(s, 5);
  if (out.empty()) out = decoder.coded(s, 3);
  // Some registries write the text one field too far.
  if (out.empty()) out = decoder.text(s, 9);
  if (out.empty()) out = "No reason given";
  const std::string place = decoder.value(s, 2);
  if (!place.empty() && out.ends_with('.')) out.pop_back();
  append(out, place, ": ");
  return out;
}

}  // namespace

std::vector<OrderGroup> order_groups(const Message& message) {
  std::vector<OrderGroup> out;
  const auto segments = message.segments();
  for (uint32_t s = 0; s < segments.size(); ++s) {
    const uint32_t name = segments[s].name;
    if (name == ORC || (name == RXA && (out.empty() || out.back().rxa >= 0))) {
      if (!out.empty()) out.back().last = s;
      out.push_back({s, uint32_t(segments.size()), -1});
    }
    if (name == RXA) out.back().rxa = int(s);
  }
  return out;
}

Dose describe_dose(const Decoder& decoder, const Message& message, const OrderGroup& group) {
  const auto rxa = uint32_t(group.rxa);
  const auto segments = message.segments();
  Dose dose;
  dose.path = {RXA, segments[rxa].occurrence, 0, 0, 0, 0};
  dose.span = {segments[group.first].begin, segments[group.last - 1].end};
  dose.vaccine = decoder.vaccine(rxa);
  dose.date = day_text(decoder.time(rxa, 3));
  const std::string lot = decoder.text(rxa, 15);
  dose.lot = lot;

  const std::string completion = decoder.text(rxa, 20), source = decoder.text(rxa, 9);
  const bool no_vaccine = decoder.text(rxa, 5) == "998";
  bool is_due = false;
  const std::string stated =
      no_vaccine || completion == "NA" ? statements(decoder, message, group, is_due) : std::string{};
  if (no_vaccine) {
    dose.kind = is_due ? DoseKind::due : DoseKind::observation;
  } else if (completion == "RE") {
    dose.kind = DoseKind::refused;
  } else if (completion == "NA") {
    dose.kind = DoseKind::not_given;
  } else if (completion == "PA") {
    dose.kind = DoseKind::partial;
  } else if (source == "00") {
    dose.kind = DoseKind::given;
  } else if (source.size() == 2 && source[0] == '0' && source[1] >= '1' && source[1] <= '8') {
    dose.kind = DoseKind::historical;
  }

  std::string& text = dose.text;
  text = dose.vaccine.empty() ? "Vaccine not stated" : sentence_case(dose.vaccine);
  const auto with_date = [&](std::string_view words) {
    return dose.date.empty() ? std::string(words) : fmt::format("{} {}", words, dose.date);
  };
  switch (dose.kind) {
    case DoseKind::given:
      // In an answer of the registry "here" would be the registry.
      append(text, with_date(message.get("MSH", 9, 1) == "RSP" ? "given" : "given here"));
      break;
    case DoseKind::partial:
      append(text, with_date("partly given"));
      break;
    case DoseKind::historical:
      append(text, with_date("history"));
      append(text, source_words(decoder.coded(rxa, 9)));
      break;
    case DoseKind::refused:
      append(text, with_date("refused"));
      append(text, lower_case(decoder.coded(rxa, 18)), ": ");
      break;
    case DoseKind::not_given:
      append(text, with_date("not given"));
      append(text, stated, ": ");
      break;
    case DoseKind::due:
    case DoseKind::observation:
      text = stated.empty() ? with_date("No vaccine, observations") : sentence_case(stated);
      break;
    case DoseKind::unknown:
      append(text, with_date("source not stated"));
      break;
  }
  if (!lot.empty() && dose.kind != DoseKind::refused && dose.kind != DoseKind::observation) append(text, "lot " + lot);
  const std::string action = decoder.text(rxa, 21);
  if (action == "D") append(text, "to be deleted");
  if (action == "U") append(text, "replaces what was sent before");
  return dose;
}

std::string person_words(const std::string& name, std::string_view sex, Date birth, Date day) {
  std::string out = name;
  const int years = age_in_years(birth, day);
  const bool child = years >= 0 && years < 18;
  if (sex == "F") append(out, years < 0 ? "female" : child ? "girl" : "woman");
  if (sex == "M") append(out, years < 0 ? "male" : child ? "boy" : "man");
  const std::string age = age_in_words(birth, day);
  append(out, age == "born that day" ? "newborn" : age);
  return out;
}

std::string segment_words(const Decoder& decoder, const Message& message, uint32_t s) {
  const Segment& segment = message.segments()[s];
  const auto value = [&](uint32_t field) { return decoder.value(s, field); };
  switch (segment.name) {
    case MSH:
      return value(9);
    case MSA: {
      std::string out = decoder.coded(s, 1);
      const std::string about = decoder.text(s, 2);
      if (!about.empty()) append(out, "message " + about);
      return out;
    }
    case ERR:
      return error_words(decoder, s);
    case PID:
    case QPD: {
      const bool patient = segment.name == PID;
      const auto born = decoder.time(s, patient ? 7 : 6);
      const Date birth = born && born->precision >= Precision::day ? born->date : Date{};
      return person_words(decoder.name(s, patient ? 5 : 4), decoder.text(s, patient ? 8 : 7), birth, decoder.day());
    }
    case PD1: {
      std::string out = decoder.coded(s, 11);
      if (decoder.text(s, 12) == "Y") append(out, "protected");
      if (const std::string status = decoder.coded(s, 16); !status.empty()) append(out, lower_case(status));
      return out;
    }
    case NK1: {
      std::string out = decoder.name(s, 2);
      append(out, lower_case(decoder.coded(s, 3)));
      return out;
    }
    case ORC: {
      const std::string number = decoder.text(s, 3);
      return number.empty() ? std::string{} : "number " + number;
    }
    case RXA: {
      OrderGroup group{s, s + 1, int(s)};
      while (group.last < message.segments().size() && message.segments()[group.last].name != ORC &&
             message.segments()[group.last].name != RXA)
        ++group.last;
      return describe_dose(decoder, message, group).text;
    }
    case RXR: {
      std::string out = decoder.coded(s, 1);
      append(out, out.empty() ? decoder.coded(s, 2) : lower_words(decoder.coded(s, 2)));
      return out;
    }
    case OBX: {
      std::string out = decoder.coded(s, 3);
      append(out, observation_value(decoder, s), ": ");
      return out;
    }
    case NTE:
      return decoder.text(s, 3);
    case QAK:
      return value(2).empty() ? decoder.text(s, 2) : value(2);
    case SFT:
      return decoder.text(s, 3);
    default:
      return {};
  }
}

}  // namespace iz
