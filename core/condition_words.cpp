#include "core/condition_words.h"

#include <fmt/format.h>

#include <vector>

#include "codesets/codeset.h"
#include "core/counts.h"
#include "core/message.h"
#include "core/pair_table.h"
#include "core/profile.h"
#include "core/word_list.h"

namespace iz {
namespace {

/// "A", "A or B", "A, B or C".
std::string listed(const std::vector<std::string>& items, std::string_view conjunction) {
  std::string out;
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += i + 1 == items.size() ? fmt::format(" {} ", conjunction) : ", ";
    out += items[i];
  }
  return out;
}

std::string_view format_words(NamedFormat f) {
  switch (f) {
    case NamedFormat::date_to_day:
      return "a date to the day (YYYYMMDD) without a time zone";
    case NamedFormat::date_to_month:
      return "a date to the month or the day (YYYYMM or YYYYMMDD) without a time zone";
    case NamedFormat::time_with_zone:
      return "a time to the second with a time zone (YYYYMMDDHHMMSS+/-ZZZZ)";
    case NamedFormat::oid:
      return "an object identifier (digits and points, such as 2.16.840.1)";
    case NamedFormat::npi:
      return "a National Provider Identifier with the right check digit";
  }
  return {};
}

std::string_view compare_words(Compare c, bool negated) {
  static constexpr std::string_view words[] = {"is",         "is not",          "is less than",
                                               "is at most", "is greater than", "is at least"};
  static constexpr Compare opposite[] = {Compare::ne, Compare::eq, Compare::ge, Compare::gt, Compare::le, Compare::lt};
  return words[size_t(negated ? opposite[size_t(c)] : c)];
}

std::string_view compare_date_words(Compare c, bool negated) {
  static constexpr std::string_view words[] = {"is the day of",     "is not the day of", "is before",
                                               "is not later than", "is later than",     "is not before"};
  static constexpr Compare opposite[] = {Compare::ne, Compare::eq, Compare::ge, Compare::gt, Compare::le, Compare::lt};
  return words[size_t(negated ? opposite[size_t(c)] : c)];
}

/// "60 days after ", "" for none.
std::string shift_words(DateShift shift) {
  static constexpr std::string_view units[] = {"day", "month", "year"};
  if (!shift.amount) return {};
  const int n = shift.amount < 0 ? -shift.amount : shift.amount;
  return fmt::format("{} {}{} {} ", n, units[size_t(shift.unit)], n == 1 ? "" : "s",
                     shift.amount < 0 ? "before" : "after");
}

class Words {
 public:
  explicit Words(const PlaceWords& context) : context_(context) {}

  /// `nested`: inside another list, so that a list of its own must say where it begins and ends.
  std::string of(const Condition& c, bool negated, bool nested) const {
    switch (c.op) {
      case Op::none:
      case Op::check:
      case Op::dose_check:
        return {};
      case Op::negate:
        return c.parts.empty() ? std::string() : of(c.parts[0], !negated, nested);
      case Op::all:
      case Op::any:
        return list(c, negated, nested);
      case Op::present:
        return leaf(c, negated, negated ? "is not sent" : "is sent", "is sent");
      case Op::one_of:
        return leaf(c, negated, (negated ? "is not " : "is ") + listed(c.values, "or"), "is " + listed(c.values, "or"));
      case Op::in_code_set: {
        const std::string set = c.code_set ? c.code_set->id : std::string("its code set");
        return leaf(c, negated, fmt::format("is {} code of {}", negated ? "no" : "a", set),
                    fmt::format("is a code of {}", set));
      }
      case Op::is:
        return leaf(c, negated, fmt::format("is {}{}", negated ? "not " : "", format_words(c.format)),
                    fmt::format("is {}", format_words(c.format)));
      case Op::compare_number:
        return leaf(c, negated, fmt::format("{} {}", compare_words(c.compare, negated), decimal(c.number)),
                    fmt::format("{} {}", compare_words(c.compare, false), decimal(c.number)));
      case Op::compare_place: {
        const std::string other = in_words(c.to, context_);
        const auto says = [&](bool n) {
          if (c.compare == Compare::eq || c.compare == Compare::ne) {
            const bool equal = (c.compare == Compare::eq) != n;
            return fmt::format("{} {}", equal ? "equals" : "differs from", other);
          }
          return fmt::format("{} {}", compare_words(c.compare, n), other);
        };
        return leaf(c, negated, says(negated), says(false));
      }
      case Op::compare_date: {
        const std::string other = shift_words(c.shift) + in_words(c.to, context_);
        return leaf(c, negated, fmt::format("{} {}", compare_date_words(c.compare, negated), other),
                    fmt::format("{} {}", compare_date_words(c.compare, false), other));
      }
      case Op::like:
        return leaf(c, negated,
                    fmt::format("has {} form {}", negated != c.none ? "not the" : "the", listed(c.values, "or")),
                    fmt::format("has the form {}", listed(c.values, "or")));
      case Op::in_list:
        return leaf(c, negated,
                    fmt::format("is {}in the list {}", negated != c.none ? "not " : "", c.list ? c.list->title : ""),
                    fmt::format("is in the list {}", c.list ? c.list->title : ""));
      case Op::fits: {
        const std::string says = fmt::format("{} {} by the table {}", negated ? "does not go with" : "goes with",
                                             in_words(c.to, context_), c.pairs ? c.pairs->title : "");
        return leaf(c, negated, says, says);
      }
      case Op::count:
        return fmt::format("the number of {}{} {} {}", in_words(c.to, context_), where(c),
                           compare_words(c.compare, negated), decimal(c.number));
      case Op::unique:
        return fmt::format("{} {}{} are the same", negated ? "two of" : "no two of",
                           in_words(c.to.segment ? c.to : c.at, context_), where(c));
      case Op::sorted:
        return fmt::format("the dates of {} {}", in_words(c.to, context_), negated ? "go back" : "do not go back");
      case Op::score:
        return fmt::format("of these {} than {} points hold: {}", negated ? "not fewer" : "fewer", c.number,
                           listed(c.values, "and"));
      case Op::sender:
        return fmt::format("the sender is {}a pharmacy", negated ? "not " : "");
    }
    return {};
  }

 private:
  /// A test of one place. Of repeated elements, the negation is "no OBX-3.1 is ...".
  std::string leaf(const Condition& c, bool negated, std::string_view text, std::string_view positive) const {
    const std::string place = in_words(c.at, context_);
    if (!c.at.some) return fmt::format("{} {}", place, text);
    return fmt::format("{} {} {}", negated ? "no" : "some", place, positive);
  }

  static std::string where(const Condition& c) {
    if (c.parts.empty() || !c.parts[0]) return {};
    const PlaceWords inner(segment_name(c.to.segment));
    return fmt::format(" with {}", Words(inner).of(c.parts[0], false, false));
  }

  std::string list(const Condition& c, bool negated, bool nested) const {
    const Op op = c.op;
    std::vector<Part> parts;
    collect(c, op, negated, parts);
    // "X is sent" adds nothing beside "X is 00".
    std::vector<std::string> words;
    std::string last;  // the place that was spoken of last
    for (const Part& p : parts) {
      bool idle = false;
      if (p.condition->op == Op::present && !p.negated && (op == Op::all) != negated) {
        for (const Part& q : parts)
          idle = idle || (q.condition != p.condition && tests_value(q) && q.condition->at == p.condition->at);
      }
      if (idle) continue;
      std::string w = of(*p.condition, p.negated, true);
      if (w.empty()) continue;
      bool said = false;
      for (const std::string& earlier : words) said = said || earlier == w;
      if (said) continue;
      // "RXA-6 is sent and is not 999"
      const bool leaf = p.condition->parts.empty() && !p.condition->at.some;
      std::string place = leaf ? in_words(p.condition->at, context_) + ' ' : std::string();
      if (leaf && place == last) w.erase(0, place.size());
      last = std::move(place);
      words.push_back(std::move(w));
    }
    const bool conjunction = (op == Op::all) != negated;
    std::string out = listed(words, conjunction ? "and" : "or");
    if (!nested || words.size() < 2) return out;
    if (!conjunction) return "either " + out;
    return words.size() == 2 ? "both " + out : out;
    return out;
  }

  struct Part {
    const Condition* condition;
    bool negated;
  };

  static bool tests_value(const Part& p) {
    const Op op = p.condition->op;
    return !p.negated && (op == Op::one_of || op == Op::in_code_set || op == Op::is || op == Op::compare_number ||
                          op == Op::compare_place);
  }

  /// The parts of a list, with lists of the same kind inside it taken apart.
  static void collect(const Condition& c, Op op, bool negated, std::vector<Part>& out) {
    for (const Condition& part : c.parts) {
      const Condition* p = &part;
      bool n = negated;
      while (p->op == Op::negate && !p->parts.empty()) {
        p = &p->parts[0];
        n = !n;
      }
      const bool list = p->op == Op::all || p->op == Op::any;
      const bool both = (p->op == Op::all) != n;
      if (list && both == ((op == Op::all) != negated)) {
        collect(*p, p->op, n, out);
      } else {
        out.push_back({p, n});
      }
    }
  }

  const PlaceWords& context_;
};

}  // namespace

std::string in_words(const RelativePlace& place, const PlaceWords& context) {
  if (place.clock != Clock::none) return place.clock == Clock::sent ? "the time of the message (MSH-7)" : "today";
  std::string out;
  const bool in_type = place.segment == 0 && place.field == 0;
  if (in_type && context.type && place.component && place.component <= context.type->components.size()) {
    out = fmt::format("{} ({}.{}", context.type->components[place.component - 1].name, context.whole, place.component);
    if (place.subcomponent != 0) out += fmt::format(".{}", place.subcomponent);
    return out + ")";
  }
  if (in_type) {
    out = fmt::format("component {}", place.component);
  } else {
    out = place.segment != 0 ? segment_name(place.segment) : std::string(context.segment);
    if (place.field == 0) return out;
    out += fmt::format("-{}", place.field);
    if (place.component != 0) out += fmt::format(".{}", place.component);
  }
  if (place.subcomponent != 0) out += fmt::format(".{}", place.subcomponent);
  return out;
}

std::string in_words(const Condition& condition, const PlaceWords& context) {
  return Words(context).of(condition, false, false);
}

}  // namespace iz
