#include "core/affected.h"

#include <catch_amalgamated.hpp>
#include <nlohmann/json.hpp>

#include "tests/unit/tables.h"

namespace iz {
namespace {

using namespace iz_tables;
using Tables = std::vector<std::shared_ptr<const CodeSet>>;

std::string cvx(std::string_view status, std::string_view name = "Pox") {
  return "901|" + std::string(name) + "|pox vaccine||" + std::string(status) + "|False|2026/01/05\n";
}

std::string use(std::string_view end) {
  return "70|9999|4001|01|POXAL|POX|Quill|20260101|" + std::string(end) +
         "|SYRINGE||901|Pox|False|09999-4001-01|2026-01-05|\n";
}

TEST_CASE("affected: codes of a message whose status, dates or listing differ between two editions") {
  const Tables before = {table(cvx("Active") + "903|Gone|x||Active|False|2026/01/05", "2026-01-05/cvx.txt"),
                         table(use(""), "2026-01-05/use.txt"),
                         table("QAB|Quill||Active|2026/01/05", "2026-01-05/m.txt")};
  const Tables after = {table(cvx("Inactive") + "904|New|x||Pending|False|2026/01/05", "2026-02-01/cvx.txt"),
                        table(use("20260131"), "2026-02-01/use.txt"),
                        table("QAB|Quill||Active|2026/01/05", "2026-02-01/m.txt")};
  const AffectedFinder finder(before, after);
  Message m;
  m.parse(
      "MSH|^~\\&|A|B|C|D|20260210||VXU^V04^VXU_V04|1|P|2.5.1\r"
      "RXA|0|1|20260210||901^Pox^CVX^9999400101^Poxal^NDC|1|mL^mL^UCUM||||||||||QAB^Quill^MVX\r"
      "RXA|0|1|20260210||9999-4001-01^Poxal^NDC~904^New^CVX|1\r"
      "OBX|1|CE|30956-7^x^LN|1|903^Gone^CVX||||||F\rOBX|2|ST|x||901||||||F\r");
  const auto found = finder.find(m);
  std::string places;
  for (const AffectedCode& a : found) places += to_string(a.path) + "=" + a.code + " ";
  CHECK(places == "RXA[1]-5[1].1=901 RXA[2]-5[1].1=9999-4001-01 RXA[2]-5[2].1=904 OBX[1]-5[1].1=903 ");
  REQUIRE(found.size() == 4);
  CHECK(found[0].sentence ==
        "From the edition 2026-01-05 to the edition 2026-02-01: status was \"Active\" and is \"Inactive\".");
  CHECK(found[1].sentence ==
        "From the edition 2026-01-05 to the edition 2026-02-01: end was nothing and is \"2026-01-31\".");
  CHECK(found[2].sentence == "Not listed in the edition 2026-01-05, listed in the edition 2026-02-01 (Pending).");
  CHECK(found[3].sentence == "Listed in the edition 2026-01-05 (Active), no longer in the edition 2026-02-01.");
  CHECK(m.value(found[1].span) == "9999-4001-01");
  CHECK(affected_text(found).starts_with("RXA[1]-5[1].1  cvx 901 (Pox): From the edition"));
  const auto json = nlohmann::json::parse(affected_json(m, found));
  CHECK(json[0]["erl"] == "RXA^1^5^1^1");
  CHECK(json[3]["table"] == "cvx");
}

TEST_CASE("affected: names count only when asked for") {
  const Tables before = {table(cvx("Active"))}, after = {table(cvx("Active", "Pox renamed"))};
  Message m;
  m.parse("MSH|^~\\&|A|B|C|D|20260210||VXU^V04^VXU_V04|1|P|2.5.1\rRXA|0|1|20260210||901^Pox^CVX|1\r");
  CHECK(AffectedFinder(before, after).find(m).empty());
  CHECK(AffectedFinder(before, after).empty());
  const auto found = AffectedFinder(before, after, true).find(m);
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == ChangeKind::text);
  CHECK(AffectedFinder(before, before, true).find(m).empty());
  CHECK(AffectedFinder(before, {}, true).find(m).empty());
}

}  // namespace
}  // namespace iz
