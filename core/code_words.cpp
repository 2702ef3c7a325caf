#include "core/code_words.h"

#include <fmt/format.h>

#include <algorithm>

namespace iz {

std::string edition_and_age(const CodeSet& set, Date as_of) {
  std::string out = edition_words(set);
  const auto date = parse_date(set.edition.date);
  if (!date || !as_of) return out;
  const int64_t days = day_number(as_of) - day_number(*date);
  if (days > 0) out += fmt::format(", {} day{} old", days, days == 1 ? "" : "s");
  return out;
}

std::string other_edition_words(const Catalogue& catalogue, std::span<const CodeSet* const> sets,
                                std::string_view code) {
  const Code* here = nullptr;
  for (const CodeSet* set : sets)
    if (!here) here = set->find(code);
  const CodeSet* best = nullptr;
  const Code* there = nullptr;
  for (const CodeSet* set : sets) {
    for (const auto& other : catalogue.other_editions(set->id)) {
      const Code* row = other->find(code);
      const bool differs = row ? !here || row->status != here->status : here && set->find(code) == here;
      if (!differs || (best && other->edition.date <= best->edition.date)) continue;
      best = other.get();
      there = row;
    }
  }
  if (!best) return {};
  const std::string edition = fmt::format(" The edition {}, which is loaded too, ", edition_words(*best));
  if (!there) return edition + "does not have it.";
  if (here) return edition + fmt::format("has it as {}.", there->status);
  return edition + fmt::format("has it: {}{}.", there->display,
                               there->status.empty() ? std::string() : fmt::format(" ({})", there->status));
}

}  // namespace iz
