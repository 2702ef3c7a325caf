#include "ui/code_hits.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/code_links.h"
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

}  // namespace

CodeFilter filter_of(std::string_view table) {
  if (table == "CVX") return CodeFilter::cvx;
  if (table == "NDC_Use" || table == "NDC_Sale") return CodeFilter::ndc;
  if (table == "MVX") return CodeFilter::mvx;
  if (table == "TradeName") return CodeFilter::trade;
  if (table == "PHVS_VISBarcodes_IIS") return CodeFilter::vis;
  return CodeFilter::other;
}

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
      for (const Code& row : set.codes()) out.push_back({&set, &row, 0, row.code});
    });
    return out;
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
