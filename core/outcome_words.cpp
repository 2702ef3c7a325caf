#include "core/outcome_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "core/meanings.h"
#include "core/outcome_rows.h"
#include "core/transport.h"
#include "core/words.h"

namespace iz {
namespace {

constexpr size_t kLongest = 160;  // bytes of a quoted text
/// Accepted, but a dose that was to be changed or deleted is not in the registry.
constexpr std::string_view kNotFound =
    "The message was accepted. Not every dose was found that was to be changed or deleted.";

/// A text of the registry in quotation marks, cut between words if it is long, without a full stop.
std::string quoted(std::string_view text) {
  text = trim_blanks(text);
  while (!text.empty() && (text.back() == '.' || text.back() == '|')) text.remove_suffix(1);
  if (text.size() <= kLongest) return fmt::format("“{}”", text);
  size_t end = text.rfind(' ', kLongest);
  if (end == std::string_view::npos || end < kLongest / 2) {
    end = kLongest;
    while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
  }
  return fmt::format("“{}…”", text.substr(0, end));
}

/// "vaccine", "next of kin": what people call a field or segment; empty when it has no such name.
std::string name_of(const Path& path) {
  // Labels of rows that do not fit into a sentence.
  static constexpr std::tuple<std::string_view, uint32_t, std::string_view> words[] = {
      {"OBX", 3, "code of an observation"}, {"OBX", 5, "value of an observation"},
      {"RXA", 11, "place of vaccination"},  {"RXA", 10, "person who gave the dose"},
      {"RXA", 16, "expiration date"},       {"RXR", 2, "site on the body"},
      {"MSH", 7, "time of the message"},    {"MSH", 21, "profile"},
      {"PID", 29, "date of death"}};
  for (const auto& [segment, field, name] : words)
    if (segment_code(segment) == path.segment && field == path.field) return std::string(name);
  const Meaning* meaning = find_meaning(path.segment, path.field);
  return meaning ? lower_case(std::string(meaning->label)) : std::string{};
}

/// "birth date (PID-7)", "PID-99".
std::string place_words(const Path& path) {
  const std::string name = name_of(path);
  const std::string at =
      path.field > 0 ? fmt::format("{}-{}", segment_name(path.segment), path.field) : segment_name(path.segment);
  return name.empty() ? at : fmt::format("{} ({})", name, at);
}

bool unknown_code(const ErrorReport& e) { return e.code == "103" || e.application_code == "5"; }

/// What stands at the place of an error, if it is short enough to be said.
std::string value_at(const Message* sent, const ErrorPlace& place) {
  if (!sent || !place.value_present || place.path.field == 0) return {};
  const Location at = locate(*sent, place.path);
  if (!at.found) return {};
  Element e = at.element;
  if (place.path.component == 0) e = sent->component(sent->part(e, Level::repetition, 1), 1);
  std::string value = unescape(trim_blanks(sent->value(e)), sent->delimiters());
  return value.size() > 40 ? std::string{} : value;
}

/// Why, as the second half of a sentence: "the registry does not know vaccine code 831".
std::string cause(const ErrorReport& e, const Message* sent) {
  const bool single = !e.places.empty() && e.places[0].placed != Placed::ambiguous;
  if (single) {
    const ErrorPlace& p = e.places[0];
    const std::string value = value_at(sent, p);
    if (unknown_code(e) && !value.empty()) {
      const std::string name = name_of({p.path.segment, 0, p.path.field, 0, 0, 0});
      if (p.path.segment == segment_code("RXA") && p.path.field == 5)
        return fmt::format("the registry does not know vaccine code {}", value);
      if (!name.empty()) return fmt::format("the registry does not know “{}” as {}", value, name);
    }
    if (e.says_missing && p.path.field > 0 && p.placed != Placed::absent)
      return p.value_present ? fmt::format("the registry finds no {}, though one was sent", place_words(p.path))
                             : fmt::format("{} is missing", place_words(p.path));
  }
  if (!e.text.empty()) return fmt::format("the registry says {}", quoted(e.text));
  if (single) return fmt::format("the registry reports a fault in {}", place_words(e.places[0].path));
  if (!e.code_text.empty()) return fmt::format("the registry says {}", quoted(e.code_text));
  return {};
}

const ErrorReport* main_error(const Outcome& o) {
  const auto i = static_cast<size_t>(o.main_error);
  return o.main_error >= 0 && i < o.errors.size() ? &o.errors[i] : nullptr;
}

std::string main_cause(const Outcome& o, const Message* sent) {
  const ErrorReport* e = main_error(o);
  return e ? cause(*e, sent) : std::string{};
}

/// "A." and "B" as "A. B."
std::string with(std::string first, const std::string& second) {
  return second.empty() ? first : fmt::format("{} {}.", first, sentence_case(second));
}
/// "A" and "b" as "A: b."
std::string because(std::string_view first, const std::string& second) {
  return second.empty() ? fmt::format("{}.", first) : fmt::format("{}: {}.", first, second);
}

bool has_flag(const Outcome& o, std::string_view id) {
  return std::any_of(o.flags.begin(), o.flags.end(), [&](const Flag& f) { return f.id == id; });
}
bool by_row(const Outcome& o, std::string_view row) { return !o.reasons.empty() && o.reasons[0].row == row; }

/// What the order groups of the message are called: doses, or entries when some are none.
struct Noun {
  explicit Noun(const Outcome& o)
      : doses(std::all_of(o.doses.begin(), o.doses.end(), [](const DoseOutcome& d) { return d.dose; })) {}
  std::string_view one() const { return doses ? "dose" : "entry"; }
  std::string_view many() const { return doses ? "doses" : "entries"; }
  bool doses;
};

/// What was to be done with the doses: "stored", "updated", "stored or deleted".
std::string done(const Outcome& o) {
  std::vector<std::string_view> words;
  for (const auto& [action, word] :
       {std::pair<char, std::string_view>{'A', "stored"}, {'U', "updated"}, {'D', "deleted"}})
    if (std::any_of(o.doses.begin(), o.doses.end(), [a = action](const DoseOutcome& d) { return d.action == a; }))
      words.push_back(word);
  std::string out;
  for (size_t k = 0; k < words.size(); ++k)
    out += fmt::format("{}{}", k == 0 ? "" : k + 1 == words.size() ? " or " : ", ", words[k]);
  return out;
}

/// "The dose", "Both doses", "All 3 doses".
std::string all_of(const Outcome& o) {
  const Noun noun(o);
  if (o.doses.size() == 1) return fmt::format("The {}", noun.one());
  if (o.doses.size() == 2) return fmt::format("Both {}", noun.many());
  return fmt::format("All {} {}", o.doses.size(), noun.many());
}

/// "The dose was stored.", "All 3 doses were stored."; for one that was to be changed or deleted what became of it.
std::string all_stored(const Outcome& o) {
  if (o.doses.empty()) return o.paired ? "The message was accepted." : "The registry accepted the message.";
  if (o.stored != Stored::yes) return {};
  return fmt::format("{} {} {}.", all_of(o), o.doses.size() == 1 ? "was" : "were", done(o));
}

/// "The dose was not stored.", "No dose was stored."
std::string none_stored(const Outcome& o) {
  if (o.doses.empty()) return "Nothing was stored.";
  const Noun noun(o);
  if (o.doses.size() > 1) return fmt::format("No {} was {}.", noun.one(), done(o));
  return fmt::format("The {} was not {}.", noun.one(), done(o));
}

std::string not_known(const Outcome& o) {
  if (o.query) return {};
  if (o.doses.empty()) return "Not known whether anything was stored.";
  const Noun noun(o);
  if (o.doses.size() == 1) return fmt::format("Not known whether the {} was {}.", noun.one(), done(o));
  return fmt::format("Not known whether the {} {} were {}.", o.doses.size(), noun.many(), done(o));
}

std::string ordinal(size_t n) {
  static constexpr std::string_view words[] = {"first", "second", "third", "fourth", "fifth", "sixth"};
  return n >= 1 && n <= std::size(words) ? std::string(words[n - 1]) : fmt::format("number {}", n);
}

/// "The third was rejected", "Doses 1 and 3 were rejected", "11 were rejected".
std::string which_rejected(const Outcome& o) {
  std::vector<size_t> gone;
  for (size_t i = 0; i < o.doses.size(); ++i)
    if (o.doses[i].stored == Stored::no) gone.push_back(i + 1);
  if (gone.empty()) return {};
  if (gone.size() == 1) return fmt::format("The {} was rejected", ordinal(gone[0]));
  if (gone.size() > 4) return fmt::format("{} were rejected", gone.size());
  std::string list;
  for (size_t k = 0; k < gone.size(); ++k)
    list += fmt::format("{}{}", k == 0 ? "" : k + 1 == gone.size() ? " and " : ", ", gone[k]);
  return fmt::format("{} {} were rejected", Noun(o).doses ? "Doses" : "Entries", list);
}

std::string partial_words(const Outcome& o, const Message* sent) {
  const std::string why = main_cause(o, sent);
  if (by_row(o, "D19") && o.added >= 0)
    return fmt::format("The registry stored {} of {} doses. The answer does not say which.", o.added, o.added_of);
  if (o.doses.empty()) {
    const std::string first = "A dose was rejected; if it was the only one, nothing was stored.";
    return with(first, why);
  }
  const auto stored = static_cast<size_t>(
      std::count_if(o.doses.begin(), o.doses.end(), [](const DoseOutcome& d) { return d.stored == Stored::yes; }));
  const auto open = static_cast<size_t>(
      std::count_if(o.doses.begin(), o.doses.end(), [](const DoseOutcome& d) { return d.stored == Stored::unknown; }));
  const Noun noun(o);
  if (open == o.doses.size())
    return with(fmt::format("One of {} {} was rejected, and the answer does not say which.", open, noun.many()), why);
  const auto waiting = static_cast<size_t>(
      std::count_if(o.doses.begin(), o.doses.end(), [](const DoseOutcome& d) { return d.stored == Stored::not_yet; }));
  const std::string first = waiting > 0 && stored == 0
                                ? fmt::format("{} of {} {} {} received but not stored yet.", waiting, o.doses.size(),
                                              noun.many(), waiting == 1 ? "was" : "were")
                                : fmt::format("{} of {} {} {} {}.", stored, o.doses.size(), noun.many(),
                                              stored == 1 ? "was" : "were", done(o));
  const std::string which = which_rejected(o);
  if (open > 0) {
    const std::string more = fmt::format(" Not known for {} more.", open);
    return which.empty() ? with(first + more, why) : first + more + " " + because(which, why);
  }
  return first + " " + because(which, why);
}

/// What was lost beside the doses: "next of kin (NK1)".
std::string lost_words(const Outcome& o) {
  std::vector<std::string> parts;
  for (const LostPart& part : o.lost) {
    std::string words = place_words({part.path.segment, 0, part.path.field, 0, 0, 0});
    if (std::find(parts.begin(), parts.end(), words) == parts.end()) parts.push_back(std::move(words));
    if (parts.size() == 3) break;
  }
  std::string out;
  for (size_t k = 0; k < parts.size(); ++k)
    out += fmt::format("{}{}", k == 0 ? "" : k + 1 == parts.size() ? " and " : ", ", parts[k]);
  return out;
}

std::string technical_words(const Outcome& o, const Message* sent) {
  const ErrorReport* e = main_error(o);
  const std::string none = none_stored(o);
  if (by_row(o, "D7")) return with(none + " The registry did not take the message.", e ? cause(*e, sent) : "");
  if (!e) return none + " The registry refused the message for its header or configuration.";
  static constexpr std::tuple<std::string_view, std::string_view, uint32_t> codes[] = {
      {"200", "message type", 9}, {"201", "event", 9}, {"202", "processing ID", 11}, {"203", "HL7 version", 12}};
  for (const auto& [code, what, field] : codes) {
    if (e->code != code) continue;
    const std::string value = sent ? std::string(trim_blanks(sent->get("MSH", field))) : std::string{};
    const bool say = !value.empty() && value.size() <= 40;
    return fmt::format("{} The registry does not accept {}{}.", none,
                       say ? what : fmt::format("the {} of the message", what), say ? fmt::format(" {}", value) : "");
  }
  return with(none + " The registry refused the message for its header or configuration.", cause(*e, sent));
}

/// What went wrong in transport, as a sentence; else what is said instead.
std::string trouble_words(const Outcome& o, std::string_view otherwise) {
  const Trouble* trouble = o.trouble.empty() ? nullptr : find_trouble(o.trouble);
  return fmt::format("{}.", trouble ? std::string_view(trouble->title) : otherwise);
}

std::string no_answer_words(const Outcome& o) {
  std::string first = has_flag(o, "connectivity_test") ? "This is the answer to a connectivity test."
                      : has_flag(o, "success_word")    ? "A word of success is no answer in HL7."
                                                       : trouble_words(o, "This is no answer in HL7");
  const std::string rest = not_known(o);
  return rest.empty() ? first : first + " " + rest;
}

std::string undetermined_words(const Outcome& o, const Message* sent) {
  if (o.query) return "Not known what came of the query. The answer does not say.";
  const std::string first = not_known(o);
  if (has_flag(o, "no_msa")) return first + " This is HL7, but no answer: it has no MSA.";
  if (by_row(o, "D6")) return first + " MSA-1 does not say what happened.";
  const std::string why = main_cause(o, sent);
  if (o.errors.empty())
    return first + " The registry says AE and does not say why. Ask with a query before sending again.";
  return with(first + " The registry reports errors without saying how grave they are.", why);
}

std::string wrong_words(const Message* sent) {
  const std::string_view id = sent ? trim_blanks(sent->get("MSH", 10)) : std::string_view{};
  const std::string own = id.empty() || id.size() > 60 ? std::string{} : fmt::format(", {}", id);
  return fmt::format("This answer belongs to another message. It does not name the one that is loaded{}.", own);
}

std::string pending_words(const Outcome& o) {
  if (by_row(o, "D7")) return "The message was received. Whether anything was stored is not known yet.";
  if (o.stored == Stored::partly) {
    const auto waiting =
        std::count_if(o.doses.begin(), o.doses.end(), [](const DoseOutcome& d) { return d.stored == Stored::not_yet; });
    return fmt::format("{} of {} {} {} received but not stored yet; the rest is stored.", waiting, o.doses.size(),
                       Noun(o).many(), waiting == 1 ? "is" : "are");
  }
  return o.doses.empty()
             ? "The message was received but is not stored yet."
             : fmt::format("{} {} received but not stored yet.", all_of(o), o.doses.size() == 1 ? "was" : "were");
}

}  // namespace

std::string headline(const Outcome& o, const Message* sent) {
  switch (o.happened) {
    case Happened::accepted:
    case Happened::accepted_with_info:
      if (o.stored != Stored::yes) break;
      return all_stored(o);
    case Happened::accepted_with_warnings: {
      const std::string first = o.stored == Stored::yes ? all_stored(o) : std::string(kNotFound);
      const std::string why = main_cause(o, sent);
      return why.empty() ? first + " The registry warns." : fmt::format("{} Warning: {}.", first, why);
    }
    case Happened::accepted_with_loss: {
      const std::string lost = lost_words(o);
      const std::string first = lost.empty() ? "Something beside them was lost" : fmt::format("Not stored: {}", lost);
      const std::string why = main_cause(o, sent);
      return fmt::format("{} {}.{}", all_stored(o), first, why.empty() ? "" : fmt::format(" {}.", sentence_case(why)));
    }
    case Happened::accepted_pending:
      return pending_words(o);
    case Happened::partial:
      return partial_words(o, sent);
    case Happened::rejected_data:
      return with(none_stored(o), main_cause(o, sent));
    case Happened::rejected_technical:
      return o.trouble.empty() ? technical_words(o, sent)
                               : none_stored(o) + " " + trouble_words(o, "The call was refused");
    case Happened::auth_failure: {
      const std::string first = o.query ? "The query was not run." : none_stored(o);
      if (!o.trouble.empty()) return first + " " + trouble_words(o, "The registry does not accept who sends");
      return with(first + " The registry does not accept the sender.", main_cause(o, sent));
    }
    case Happened::system_failure: {
      const std::string first = o.trouble.empty() ? "The registry failed while it worked on the message."
                                                  : trouble_words(o, "The registry failed");
      const std::string rest = o.query ? "The query was not answered." : "Probably nothing was stored.";
      return with(first + " " + rest, main_cause(o, sent));
    }
    case Happened::wrong_message:
      return wrong_words(sent);
    case Happened::not_an_ack:
      return no_answer_words(o);
    case Happened::undetermined:
      return undetermined_words(o, sent);
    case Happened::match:
      return "The patient was found.";
    case Happened::candidates:
      return "The registry lists patients that may be meant. Choose one and ask again with the registry's id.";
    case Happened::not_found:
      return "The registry returned no patient. It may know none, or may not show the one it knows.";
    case Happened::too_many:
      return "Too many patients fit the query. Add an address, a phone number, the mother's name or an id.";
    case Happened::protected_:
      return "The registry knows the patient and may not show the record.";
    case Happened::query_error:
      return because("The query was not run", main_cause(o, sent));
    case Happened::query_rejected:
      return with("The registry refused the query for its header or configuration.", main_cause(o, sent));
    case Happened::count:
      break;
  }
  return std::string(kNotFound);
}

Fact flag_words(const Flag& flag) {
  const FlagText* text = find_flag(flag.id);
  return text ? Fact{std::string(text->title), std::string(text->detail)} : Fact{std::string(flag.id), {}};
}

std::string reason_words(const Reason& reason) {
  for (const Row& row : decision_rows())
    if (row.id == reason.row) return std::string(row.says);
  return {};
}

std::string_view label(ErrSeverity severity) {
  static constexpr std::string_view words[] = {"Remark", "Information", "Warning", "Error"};
  return words[static_cast<size_t>(severity)];
}

}  // namespace iz
