#include "core/code_search.h"

#include <algorithm>
#include <array>
#include <bit>
#include <unordered_map>

#include "codesets/gs1.h"
#include "core/code_links.h"
#include "core/sort.h"

namespace iz {
namespace {

// How much a word says that stands in this part of a row.
constexpr uint32_t kCode = 60, kName = 40, kLeadsThere = 30, kPackage = 24, kMore = 12, kTable = 6;
// How well a word fits, in parts of ten.
constexpr int kWhole = 10, kBegins = 7, kAlmost = 4;
constexpr int32_t kExact = 4000;  // the text is the code itself
constexpr size_t kLongest = 32;   // letters of a word that are looked at
constexpr size_t kLongestText = 200;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A letter in lower case, a digit, or 0 for what parts words. Bytes of UTF-8 count as letters.
char folded(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c + 32);
  return (c >= 'a' && c <= 'z') || is_digit(c) || static_cast<unsigned char>(c) >= 0x80 ? c : '\0';
}

/// Hyphens, apostrophes and points part words, but their letters are also one word.
bool joins(char c) { return c == '-' || c == '\'' || c == '.'; }

/// Calls `each(piece)` for what stands between blanks and the like.
template <class Each>
void for_each_chunk(std::string_view text, Each each) {
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    while (i < text.size() && (folded(text[i]) || joins(text[i]))) ++i;
    if (i > begin) each(text.substr(begin, i - begin));
    ++i;
  }
}

/// Calls `each(word)` for the words of a text, in lower case; behind those of "M-M-R" comes "mmr".
template <class Each>
void for_each_word(std::string_view text, Each each) {
  std::array<char, kLongest> word{}, joined{};
  size_t length = 0, joined_length = 0, parts = 0;
  const auto end_joined = [&] {
    if (parts > 1) each(std::string_view(joined.data(), joined_length));
    joined_length = parts = 0;
  };
  const auto end_word = [&] {
    if (!length) return;
    each(std::string_view(word.data(), length));
    length = 0;
    ++parts;
  };
  for (const char c : text) {
    if (const char f = folded(c)) {
      if (length < kLongest) word[length++] = f;
      if (joined_length < kLongest) joined[joined_length++] = f;
      continue;
    }
    end_word();
    if (!joins(c)) end_joined();
  }
  end_word();
  end_joined();
}

/// Whether two texts differ in nothing but case.
bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return x == y || (folded(x) && folded(x) == folded(y)); });
}

uint32_t letters_of(std::string_view word) {
  uint32_t out = 0;
  for (const char c : word) out |= 1u << (static_cast<unsigned char>(c) & 31);
  return out;
}

/// Whether `word` begins like `wanted` with at most `limit` letters more, fewer, other or swapped.
bool almost_begins(std::string_view word, std::string_view wanted, size_t limit) {
  std::array<uint8_t, kLongest + 1> two_back{}, back{}, row{};
  const size_t n = std::min({word.size(), wanted.size() + limit, kLongest});
  for (size_t j = 0; j <= n; ++j) back[j] = static_cast<uint8_t>(j);
  for (size_t i = 1; i <= wanted.size(); ++i) {
    row[0] = static_cast<uint8_t>(i);
    uint8_t least = row[0];
    for (size_t j = 1; j <= n; ++j) {
      const bool same = wanted[i - 1] == word[j - 1];
      int best = std::min({back[j] + 1, row[j - 1] + 1, back[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && wanted[i - 1] == word[j - 2] && wanted[i - 2] == word[j - 1])
        best = std::min(best, two_back[j - 2] + 1);
      row[j] = static_cast<uint8_t>(best);
      least = std::min(least, row[j]);
    }
    if (least > limit) return false;
    two_back = back;
    back = row;
  }
  // Its last letters may be missing, not most of it.
  return *std::min_element(back.begin(), back.begin() + static_cast<ptrdiff_t>(n) + 1) <= limit;
}

/// Tables whose rows only join other tables are not searched; their words lead to what they join.
bool is_searched(const CodeSet& set) {
  return set.id != "NDC_Linker" && set.id != "CVX_VIS" && set.id != "CVX_Dates" && set.id != "VIS_URL";
}

/// Many rows have one name: what they lead to stands before them.
bool is_package(const CodeSet& set) { return set.system == "NDC" || set.system == "cdcgs1vis"; }

int table_rank(const CodeSet& set) {
  static constexpr std::string_view order[] = {"CVX",      "TradeName",           "VG", "MVX", "NDC_Use",
                                               "NDC_Sale", "PHVS_VISBarcodes_IIS"};
  const auto at = std::find(std::begin(order), std::end(order), set.id);
  return static_cast<int>(std::end(order) - at) * 2;
}

}  // namespace

// ---- building

class CodeSearch::Builder {
 public:
  explicit Builder(CodeSearch& search) : search_(search), links_(search.catalogue_.links()) {}

  void run() {
    for (const auto& [id, set] : search_.catalogue_.code_sets)
      if (is_searched(*set)) table(*set);
    finish();
  }

 private:
  void table(const CodeSet& set) {
    const bool groups = &set == links_.groups;
    const size_t columns[] = {set.column("full"),         set.column("generic"), set.column("labeler"),
                              set.column("manufacturer"), set.column("mvx"),     set.column("cvx"),
                              set.column("short"),        set.column("edition")};
    std::vector<std::string_view> seen;  // groups
    for (const Code& row : set.codes()) {
      if (groups) {
        if (std::find(seen.begin(), seen.end(), row.display) != seen.end()) continue;
        seen.push_back(row.display);
      }
      const auto entry = static_cast<uint32_t>(search_.entries_.size());
      const bool active = row.status.empty() || row.status == "Active" || row.status == "Current";
      search_.entries_.push_back({&set, &row, static_cast<uint16_t>(std::min<size_t>(row.display.size(), 999)),
                                  static_cast<int8_t>(table_rank(set) + active)});
      entry_ = entry;
      words(groups ? set.cell(row, "group") : row.code, kCode);
      words(row.display, is_package(set) ? kPackage : kName);
      words(set.id, kTable);
      words(set.system, kTable);
      if (groups) continue;
      for (const size_t column : columns) words(set.cell(row, column), kMore);
      if (&set == links_.cvx) vaccine(row);
      if (&set == links_.use || &set == links_.sale) drug_code(set, row);
      if (&set == links_.vis) search_.numbers_.push_back({std::string(row.code), entry});
    }
  }

  /// A vaccine is found by its products, their makers and its groups.
  void vaccine(const Code& row) {
    for (const Code* product : links_.trade_of_cvx(row.code)) {
      words(product->code, kLeadsThere);
      words(links_.trade->cell(*product, "manufacturer"), kMore);
      words(links_.trade->cell(*product, "mvx"), kMore);
    }
    for (const Code& group : links_.groups_of_cvx(row.code)) words(group.display, kLeadsThere);
  }

  void drug_code(const CodeSet& set, const Code& row) {
    std::string digits;
    for (const char c : row.code)
      if (is_digit(c)) digits += c;
    search_.numbers_.push_back({digits, entry_});
    digits.clear();
    for (const char c : set.cell(row, "ndc10"))
      if (is_digit(c)) digits += c;
    if (digits != search_.numbers_.back().digits) search_.numbers_.push_back({digits, entry_});
    if (const auto gtin = set.cell(row, "gtin"); !gtin.empty()) search_.numbers_.push_back({std::string(gtin), entry_});
  }

  void words(std::string_view text, uint32_t weight) {
    for_each_word(text, [&](std::string_view word) {
      auto it = index_.find(std::string(word));
      if (it == index_.end()) it = index_.emplace(std::string(word), std::vector<Posting>{}).first;
      auto& list = it->second;
      if (!list.empty() && list.back().entry == entry_)
        list.back().weight = std::max(list.back().weight, weight);
      else
        list.push_back({entry_, weight});
    });
  }

  void finish() {
    std::vector<const std::pair<const std::string, std::vector<Posting>>*> sorted;
    size_t letters = 0, postings = 0;
    for (const auto& item : index_) {
      sorted.push_back(&item);
      letters += item.first.size();
      postings += item.second.size();
    }
    sort_values(sorted, [](const auto* a, const auto* b) { return a->first < b->first; });
    search_.letters_.reserve(letters);
    search_.postings_.reserve(postings);
    for (const auto* item : sorted) {
      const size_t at = search_.letters_.size();
      search_.letters_ += item->first;
      const auto first = static_cast<uint32_t>(search_.postings_.size());
      search_.postings_.insert(search_.postings_.end(), item->second.begin(), item->second.end());
      search_.words_.push_back({std::string_view(search_.letters_).substr(at), letters_of(item->first), first,
                                static_cast<uint32_t>(search_.postings_.size())});
    }
    sort_values(search_.numbers_, [](const Number& a, const Number& b) {
      return a.digits != b.digits ? a.digits < b.digits : a.entry < b.entry;
    });
  }

  CodeSearch& search_;
  const CodeLinks& links_;
  uint32_t entry_ = 0;
  std::unordered_map<std::string, std::vector<Posting>> index_;
};

CodeSearch::CodeSearch(const Catalogue& catalogue) : catalogue_(catalogue) { Builder(*this).run(); }

// ---- finding

/// Sets for each entry the best that the word says of it; 0 where it says nothing.
void CodeSearch::match_word(std::string_view word, std::vector<int32_t>& scores) const {
  const auto add = [&](const Word& w, int fit) {
    for (uint32_t i = w.first; i < w.last; ++i) {
      int32_t& score = scores[postings_[i].entry];
      score = std::max(score, static_cast<int32_t>(postings_[i].weight) * fit);
    }
  };
  bool any = false;
  auto at = std::lower_bound(words_.begin(), words_.end(), word,
                             [](const Word& w, std::string_view text) { return w.text < text; });
  for (; at != words_.end() && at->text.starts_with(word); ++at) {
    add(*at, at->text.size() == word.size() ? kWhole : kBegins);
    any = true;
  }
  // Numbers are right or wrong; words may be misspelt.
  if (any || word.size() < 4 || std::all_of(word.begin(), word.end(), is_digit)) return;
  const size_t limit = word.size() < 8 ? 1 : 2;
  const uint32_t letters = letters_of(word);
  for (const Word& w : words_) {
    if (w.text.size() + limit < word.size()) continue;
    if (static_cast<size_t>(std::popcount(letters & ~w.letters)) > limit) continue;
    if (almost_begins(w.text, word, limit)) add(w, kAlmost);
  }
}

/// Numbers that begin with these digits.
void CodeSearch::match_digits(std::string_view digits, std::vector<int32_t>& scores) const {
  auto at = std::lower_bound(numbers_.begin(), numbers_.end(), digits,
                             [](const Number& n, std::string_view text) { return n.digits < text; });
  for (; at != numbers_.end() && at->digits.starts_with(digits); ++at) {
    const bool whole = at->digits.size() == digits.size();
    scores[at->entry] = std::max(scores[at->entry], whole ? kExact : static_cast<int32_t>(kCode) * kBegins);
  }
}

/// The rows that a National Drug Code in any form, a GTIN or a scan stands for.
void CodeSearch::match_scan(std::string_view text, std::vector<int32_t>& scores) const {
  const CodeLinks& links = catalogue_.links();
  std::vector<const Code*> rows;
  const auto take = [&](const NdcRows& found) {
    rows.insert(rows.end(), found.use.begin(), found.use.end());
    rows.insert(rows.end(), found.sale.begin(), found.sale.end());
  };
  take(links.find_ndc(text));
  if (const Gs1Scan scan = read_gs1(text)) {
    if (!scan.gtin.empty()) take(links.find_gtin(scan.gtin));
    if (const Code* statement = links.find_vis(scan.vis())) rows.push_back(statement);
  }
  if (rows.empty()) return;
  for (size_t i = 0; i < entries_.size(); ++i)
    if (std::find(rows.begin(), rows.end(), entries_[i].row) != rows.end()) scores[i] = kExact;
}

std::string_view CodeSearch::page_code(const Entry& entry) const {
  return entry.set->id == "VG" ? entry.set->cell(*entry.row, "group") : entry.row->code;
}

CodeHits CodeSearch::find(std::string_view text, std::string_view table, size_t limit) const {
  text = text.substr(0, kLongestText);
  std::vector<int32_t> total(entries_.size(), 0), scores(entries_.size(), 0);
  std::string digits;
  bool only_digits = true;
  for (const char c : text) {
    if (is_digit(c)) digits += c;
    only_digits &= is_digit(c) || c == '-' || c == ' ';
  }
  // All chunks of the text must fit. Of one such as "flu-mist" either all parts do, or the whole without its hyphens.
  size_t words = 0;
  std::vector<std::string> parts;
  std::vector<int32_t> chunk(entries_.size());
  for_each_chunk(text, [&](std::string_view piece) {
    parts.clear();
    for_each_word(piece, [&](std::string_view word) { parts.emplace_back(word); });
    if (parts.empty()) return;
    std::fill(chunk.begin(), chunk.end(), 0);
    for (size_t k = 0; k < parts.size(); ++k) {
      std::fill(scores.begin(), scores.end(), 0);
      match_word(parts[k], scores);
      const bool joined = k > 0 && k + 1 == parts.size();
      for (size_t i = 0; i < chunk.size(); ++i)
        chunk[i] = joined ? std::max(chunk[i], scores[i]) : chunk[i] < 0 || !scores[i] ? -1 : chunk[i] + scores[i];
    }
    for (size_t i = 0; i < total.size(); ++i) total[i] = total[i] < 0 || chunk[i] <= 0 ? -1 : total[i] + chunk[i];
    ++words;
  });
  for (int32_t& score : total) score = words ? std::max(score, 0) : 1;
  if (words) {
    std::fill(scores.begin(), scores.end(), 0);
    if (only_digits && digits.size() >= 4) match_digits(digits, scores);
    match_scan(text, scores);
    for (size_t i = 0; i < total.size(); ++i) total[i] += scores[i];
  }

  CodeHits out;
  for (uint32_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    if (total[i] <= 0 || (!table.empty() && entry.set->id != table)) continue;
    const std::string_view code = page_code(entry);
    if (words && same_letters(code, text)) total[i] += kExact;
    // The display of a product is the name of its vaccine, that of a package the name of the product.
    if (words && entry.set->id != "TradeName" && !is_package(*entry.set) && same_letters(entry.row->display, text))
      total[i] += kExact / 4;
    out.hits.push_back({entry.set, entry.row, total[i], code});
    if (words) out.hits.back().score = total[i] * 16 + entry.rank * 8 - std::min<int>(entry.length, 120);
  }
  out.total = out.hits.size();
  const auto last = out.hits.begin() + static_cast<ptrdiff_t>(std::min(limit, out.hits.size()));
  // Rows that are as good stay in the order of their tables.
  if (words)
    std::partial_sort(out.hits.begin(), last, out.hits.end(), [](const CodeHit& a, const CodeHit& b) {
      return a.score != b.score ? a.score > b.score : a.set != b.set ? a.set->id < b.set->id : a.row < b.row;
    });
  out.hits.erase(last, out.hits.end());
  return out;
}

}  // namespace iz
