// CDC's real files, where they are (IZ_SHARED): every one is read or refused as it should be, and the editions differ as
// published.
#include <catch_amalgamated.hpp>

#include <map>

#include "core/catalogue.h"
#include "tests/unit/tables.h"

namespace iz {
namespace {

using namespace iz_tables;
namespace fs = std::filesystem;

constexpr const char* kSkip = "data/codesets of IZ_SHARED is not here";

TEST_CASE("import: every real file is one of CDC's tables with all its rows") {
  if (real_files().empty()) SKIP(kSkip);
  const std::map<std::string, std::pair<std::string, size_t>> expected = {
      {"editions/2025-12-09/cdc-source/cvx.xml", {"CVX", 288}},
      {"editions/2025-12-09/cdc-source/mvx.xml", {"MVX", 89}},
      {"editions/2025-12-09/cdc-source/vac2vg.xml", {"VG", 256}},
      {"editions/2025-12-09/cdc-source/tradename.xml", {"TradeName", 223}},
      {"editions/2025-12-09/cdc-source/NDC_Unit_use.txt", {"NDC_Use", 510}},
      {"editions/2025-12-09/cdc-source/NDC_Unit_sale.txt", {"NDC_Sale", 560}},
      {"editions/2025-12-09/cdc-source/NDC_Linker.txt", {"NDC_Linker", 580}},
      {"editions/2025-12-09/cdc-source/vis.xml", {"PHVS_VISBarcodes_IIS", 174}},
      {"editions/2025-12-09/cdc-source/visurl.xml", {"VIS_URL", 34}},
      {"editions/2025-12-09/cdc-source/cvxvis.xml", {"CVX_VIS", 548}},
      {"editions/2024-10-01/cdc-source/cvx.xml", {"CVX", 280}},
      {"editions/2024-10-01/cdc-source/mvx.xml", {"MVX", 89}},
      {"editions/2024-10-01/cdc-source/vac2vg.xml", {"VG", 247}},
      {"editions/2024-10-01/cdc-source/tradename.xml", {"TradeName", 213}},
      {"editions/2024-10-01/cdc-source/NDC_Unit_use.txt", {"NDC_Use", 475}},
      {"editions/2024-10-01/cdc-source/NDC_Unit_sale.txt", {"NDC_Sale", 514}},
      {"editions/2024-10-01/cdc-source/NDC_Linker.txt", {"NDC_Linker", 536}},
      {"editions/2024-10-01/cdc-source/vis.xml", {"PHVS_VISBarcodes_IIS", 152}},
      {"editions/2024-10-01/cdc-source/visurl.xml", {"VIS_URL", 37}},
      {"editions/2024-10-01/cdc-source/cvxvis.xml", {"CVX_VIS", 490}},
      {"cvx/flat-2024-06-12/cvx.txt", {"CVX", 279}},
      {"mvx/flat-2024-06-12/mvx.txt", {"MVX", 89}},
      {"vg/newest-2026-08-26/VG.txt", {"VG", 258}},
      {"aira-2025-12-09/Compiled.xml", {"CVX_Dates", 0}}};  // as many as have a date that counts
  const Catalogue& built_in = Catalogue::built_in();
  const TableInUse in_use = [&](std::string_view id) { return built_in.code_set(id); };
  size_t read = 0;
  for (const auto& entry : fs::recursive_directory_iterator(real_files())) {
    if (!entry.is_regular_file()) continue;
    const std::string name = fs::relative(entry.path(), real_files()).generic_string();
    INFO(name);
    const std::string bytes = bytes_of(entry.path());
    const auto found = expected.find(name);
    if (found == expected.end()) {
      CHECK(refused(bytes, name, in_use) != "");
      continue;
    }
    ++read;
    const Import import = import_one(bytes, name, in_use);
    REQUIRE(import.refused.empty());
    REQUIRE(import.tables.size() == 1);
    const CodeSet& set = *import.tables[0].set;
    CHECK(set.id == found->second.first);
    if (found->second.second) CHECK(set.codes().size() == found->second.second);
    CHECK(set.codes().size() > 30);
    CHECK(set.edition.date.size() == 10);
    // The edition that is compiled in is made from the same files; dates of use also from older editions.
    REQUIRE(import.tables[0].changes);
    if (set.edition.date == built_in.code_set(set.id)->edition.date && set.id != "CVX_Dates")
      CHECK(changes_in_short(*import.tables[0].changes) == "no change");
  }
  CHECK(read == expected.size());
}

TEST_CASE("import: the broken download is refused, file by file") {
  if (real_files().empty()) SKIP(kSkip);
  const fs::path folder = real_files() / "broken-download-2022-10-21";
  CHECK(refused(bytes_of(folder / "cvx.xml"), "cvx.xml") == "0: the file is empty");
  CHECK(refused(bytes_of(folder / "NDC_Unit_use.txt"), "NDC_Unit_use.txt") == "0: the file is empty");
  CHECK(refused(bytes_of(folder / "PROVENANCE.txt"), "PROVENANCE.txt") != "");
  CHECK(refused(bytes_of(folder / "ls-tree.txt"), "ls-tree.txt") != "");
  CHECK(refused(bytes_of(real_files() / "unspecified-codes.json"), "unspecified-codes.json") != "");
}

TEST_CASE("compare: the two real editions differ as published") {
  if (real_files().empty()) SKIP(kSkip);
  const auto before = real_edition("2024-10-01"), after = real_edition("2025-12-09");
  std::map<std::string, TableChanges> changes;
  for (const ImportedTable& a : before)
    for (const ImportedTable& b : after)
      if (a.set->id == b.set->id) changes.emplace(a.table, compare_tables(*a.set, *b.set));
  const struct {
    const char* table;
    size_t added, removed, changed;
  } expected[] = {{"cvx", 8, 0, 17},      {"mvx", 0, 0, 1},        {"vg", 9, 0, 13},   {"tradename", 10, 0, 36},
                  {"ndc_use", 35, 0, 81}, {"ndc_sale", 46, 0, 87}, {"vis", 22, 0, 22}, {"cvxvis", 59, 1, 74}};
  for (const auto& e : expected) {
    INFO(e.table);
    REQUIRE(changes.contains(e.table));
    const TableChanges& c = changes.at(e.table);
    CHECK(c.added.size() == e.added);
    CHECK(c.removed.size() == e.removed);
    CHECK(c.changed_keys() == e.changed);
  }
  const auto of = [&](const char* table, std::string_view column, std::string_view to) {
    std::vector<std::string> keys;
    for (const CellChange& x : changes.at(table).changed)
      if (x.column == column && x.after == to) keys.push_back(x.key);
    return keys;
  };
  CHECK(of("cvx", "status", "Inactive") == std::vector<std::string>{"121", "220", "28", "308"});
  CHECK(of("vis", "status", "Historic").size() == 22);
  CHECK(changes.at("ndc_use").keys_of(ChangeKind::order) == 1);  // 62195-0051-01
  size_t ended = 0;
  for (const CellChange& x : changes.at("ndc_use").changed) ended += x.column == "end" && x.before.empty();
  CHECK(ended == 30);
}

TEST_CASE("compare: the flat file of CVX and the XML report of the same months differ only as they should") {
  if (real_files().empty()) SKIP(kSkip);
  const auto flat = table(bytes_of(real_files() / "mvx/flat-2024-06-12/mvx.txt"), "mvx.txt");
  const auto xml = table(bytes_of(real_files() / "editions/2024-10-01/cdc-source/mvx.xml"), "mvx.xml");
  REQUIRE(flat);
  REQUIRE(xml);
  CHECK(compare_tables(*flat, *xml).none());
  const auto vg = table(bytes_of(real_files() / "vg/newest-2026-08-26/VG.txt"), "VG.txt");
  const auto vg_xml = table(bytes_of(real_files() / "editions/2025-12-09/cdc-source/vac2vg.xml"), "vac2vg.xml");
  REQUIRE(vg);
  REQUIRE(vg_xml);
  CHECK(changes_in_short(compare_tables(*vg_xml, *vg)) == "+2 -0 ~0");
}

}  // namespace
}  // namespace iz
