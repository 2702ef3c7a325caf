#include "core/vaccine_groups.h"

#include <algorithm>

#include "core/words.h"

namespace iz {
namespace {

/// "3" -> "03": registries leave the zero out.
std::string padded(std::string_view cvx) { return (cvx.size() == 1 ? "0" : "") + std::string(cvx); }

}  // namespace

std::vector<std::string> vaccine_groups(const Catalogue& catalogue, std::string_view cvx) {
  std::vector<std::string> out;
  const CodeSet* table = catalogue.code_set("VG");
  if (!table) return out;
  const std::string code = padded(cvx);
  for (const Code& row : table->rows(code)) out.emplace_back(table->cell(row, "group"));
  return out;
}

std::string vaccine_group_name(const Catalogue& catalogue, std::string_view cvx) {
  const CodeSet* table = catalogue.code_set("CVX");
  const Code* row = table ? table->find(padded(cvx)) : nullptr;
  if (!row) return {};
  std::string_view name = row->display;
  for (const std::string_view tail : {"unspecified", "UNSPECIFIED", "all formulations"})
    name = name.substr(0, name.find(tail));
  name = name.substr(0, name.find_last_not_of(" ,") + 1);
  return sentence_case(std::string(name));
}

}  // namespace iz
