#include "ui/code_hits.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "core/code_links.h"
#include "core/sort.h"
#include "core/words.h"

namespace iz {
namespace {

std::string small_letters(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

std::vector<std::string> words_of(std::string_view typed) {
  std::vector<std::string> out;
  std::string word;
  for (char c : small_letters(typed)) {
    if (c == ' ' || c == ',') {
      if (!word.empty()) out.push_back(std::move(word));
      word.clear();
    } else {
      word += c;
    }
  }
  if (!word.empty()) out.push_back(std::move(word));
  return out;
}

/// How many digits a number has; 0 for what is none.
size_t digits_of(std::string_view code) {
  return code.find_first_not_of("0123456789") == std::string_view::npos ? code.size() : 0;
}

bool listed(std::string_view table) {
  // Tables that only join others have no codes of their own.
  static constexpr std::array<std::string_view, 5> joins = {"VG", "CVX_VIS", "CVX_Dates", "VIS_URL", "NDC_Linker"};
  return std::find(joins.begin(), joins.end(), table) == joins.end();
}

template <class Use>
void each_table(const Catalogue& catalogue, CodeFilter filter, Use use) {
  static constexpr std::array<std::string_view, 6> first = {"CVX",      "TradeName", "NDC_Use",
                                                            "NDC_Sale", "MVX",       "PHVS_VISBarcodes_IIS"};
  const auto fits = [&](std::string_view id) { return filter == CodeFilter::all || filter == filter_of(id); };
  for (std::string_view id : first) {
    const CodeSet* set = catalogue.code_set(id);
    if (set != nullptr && fits(id)) use(*set);
  }
  for (const auto& [id, set] : catalogue.code_sets) {
    if (std::find(first.begin(), first.end(), id) == first.end() && listed(id) && fits(id)) use(*set);
  }
}

/// The tables that the first word names, and the words behind it; all tables and the whole text when it names none.
std::pair<CodeFilter, std::string_view> named_tables(std::string_view typed) {
  static constexpr std::array<std::pair<std::string_view, CodeFilter>, 5> names = {{{"cvx", CodeFilter::cvx},
                                                                                    {"mvx", CodeFilter::mvx},
                                                                                    {"ndc", CodeFilter::ndc},
                                                                                    {"trade", CodeFilter::trade},
                                                                                    {"vis", CodeFilter::vis}}};
  typed = trim_blanks(typed);
  const size_t end = std::min(typed.find(' '), typed.size());
  const std::string first = small_letters(typed.substr(0, end));
  for (const auto& [name, filter] : names) {
    if (first == name && !trim_blanks(typed.substr(end)).empty()) return {filter, trim_blanks(typed.substr(end))};
  }
  return {CodeFilter::all, typed};
}

}  // namespace

CodeFilter filter_of(std::string_view table) {
  if (table == "CVX") return CodeFilter::cvx;
  if (table == "NDC_Use" || table == "NDC_Sale") return CodeFilter::ndc;
  if (table == "MVX") return CodeFilter::mvx;
  if (table == "TradeName") return CodeFilter::trade;
  if (table == "PHVS_VISBarcodes_IIS") return CodeFilter::vis;
  return CodeFilter::other;
}

bool names_tables(std::string_view typed) { return named_tables(typed).first != CodeFilter::all; }

size_t count_codes(const Catalogue& catalogue, CodeFilter filter) {
  size_t count = 0;
  each_table(catalogue, filter, [&](const CodeSet& set) { count += set.codes().size(); });
  return count;
}

std::vector<CodeHit> find_codes(const Catalogue& catalogue, const CodeSearch& search, std::string_view typed,
                                CodeFilter filter) {
  std::vector<CodeHit> out;
  if (trim_blanks(typed).empty()) {
    each_table(catalogue, filter, [&](const CodeSet& set) {
      const size_t first = out.size();
      for (const Code& row : set.codes()) out.push_back({&set, &row, 0, row.code});
      // Numbers by their size: 99 before 100.
      sort_values(std::span(out).subspan(first),
                  [](const CodeHit& a, const CodeHit& b) { return digits_of(a.code) < digits_of(b.code); });
    });
    return out;
  }
  if (filter == CodeFilter::all) {
    // A word that names tables is none of their rows', unless nothing is found without it.
    const auto [named, rest] = named_tables(typed);
    if (named != CodeFilter::all) {
      out = find_codes(catalogue, search, rest, named);
      if (!out.empty()) return out;
    }
  }
  out = search.find(typed, {}, SIZE_MAX).hits;
  if (filter != CodeFilter::all) {
    std::erase_if(out, [&](const CodeHit& hit) { return filter_of(hit.set->id) != filter; });
  }
  return out;
}

HitWords hit_words(const Catalogue& catalogue, const CodeHit& hit, std::string_view typed) {
  HitWords out;
  const CodeSet& set = *hit.set;
  const Code& row = *hit.row;
  const CodeLinks& links = catalogue.links();
  out.code = hit.code;
  out.name = row.display;
  out.status = row.status;
  const auto add = [&](std::string_view text) { append(out.second, text); };
  if (set.id == "VG") {
    out.second = "Vaccine group";
    out.status = {};
  }
  switch (set.id == "VG" ? CodeFilter::all : filter_of(set.id)) {
    case CodeFilter::all:
      break;
    case CodeFilter::cvx: {
      // Who makes it, else what CDC says of it.
      for (const Code* one : links.trade_of_cvx(row.code)) {
        if (out.second.find(one->code) == std::string::npos) add(one->code);
      }
      if (set.cell(row, "unspecified") == "yes") add("unspecified, for historical records");
      if (out.second.empty()) add(set.cell(row, "notes"));
      if (out.second.empty()) add(set.cell(row, "full"));
      break;
    }
    case CodeFilter::ndc:
      add(set.cell(row, "labeler"));
      if (!set.cell(row, "cvx").empty()) add(fmt::format("CVX {}", set.cell(row, "cvx")));
      out.status = set.cell(row, "end").empty() ? "Current" : "Ended";
      break;
    case CodeFilter::trade:
      if (!set.cell(row, "cvx").empty()) add(fmt::format("CVX {}", set.cell(row, "cvx")));
      if (!set.cell(row, "mvx").empty()) add(fmt::format("MVX {}", set.cell(row, "mvx")));
      out.name = row.code;
      break;
    case CodeFilter::vis:
      if (!set.cell(row, "edition").empty()) add(fmt::format("edition {}", set.cell(row, "edition")));
      break;
    case CodeFilter::mvx:
      add(set.cell(row, "notes"));
      break;
    default:
      add(set.name);
      add(set.id);
      break;
  }
  const std::string name = small_letters(out.name);
  for (const std::string& word : words_of(typed)) {
    const size_t at = name.find(word);
    if (at != std::string::npos)
      out.marks.push_back({static_cast<uint32_t>(at), static_cast<uint32_t>(at + word.size())});
  }
  return out;
}

}  // namespace iz
