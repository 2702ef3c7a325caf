#include "core/batch.h"

#include <catch_amalgamated.hpp>

#include "core/check.h"

namespace {

using iz::Engine;

std::vector<std::pair<Engine, std::string>> faults(std::string_view outline) {
  iz::Message message;
  message.parse(outline);
  std::vector<std::pair<Engine, std::string>> out;
  for (const iz::BatchFault& f : iz::find_batch_faults(message)) out.emplace_back(f.engine, to_string(f.path));
  return out;
}

using Faults = std::vector<std::pair<Engine, std::string>>;

constexpr std::string_view kMessage = "MSH|^~\\&|A|B|C|D|20260217094512-0500||VXU^V04^VXU_V04|7|P|2.5.1\rPID|1\r";

}  // namespace

TEST_CASE("batch: what is closed, opened and counted") {
  CHECK(faults("FHS|^~\\&\rBHS|^~\\&\rMSH|1\rMSH|2\rBTS|2\rBHS|^~\\&\rBTS|0\rFTS|2\r").empty());
  CHECK(faults("BHS|^~\\&\rMSH|1\rBTS|1\r").empty());
  CHECK(faults("BHS|^~\\&\rMSH|1\rBTS\r").empty());
  CHECK(faults("BHS|^~\\&\rMSH|1\rBTS|01\r").empty());
  CHECK(faults("BHS|^~\\&\rMSH|1\r") == Faults{{Engine::batch_trailer_missing, "BTS[1]"}});
  CHECK(faults("BHS|^~\\&\rMSH|1\rBHS|^~\\&\rMSH|2\rBTS|1\r") == Faults{{Engine::batch_trailer_missing, "BTS[1]"}});
  CHECK(faults("MSH|1\rBTS|1\r") == Faults{{Engine::batch_header_missing, "BHS[1]"}});
  CHECK(faults("MSH|1\rFTS|1\r") == Faults{{Engine::batch_header_missing, "FHS[1]"}});
  CHECK(faults("FHS|^~\\&\rMSH|1\rFTS|0\r") == Faults{{Engine::batch_message_outside, "MSH[1]"}});
  CHECK(faults("FHS|^~\\&\rBHS|^~\\&\rMSH|1\rBTS|2\r") ==
        Faults{{Engine::batch_count_wrong, "BTS[1]-1[1]"}, {Engine::batch_trailer_missing, "FTS[1]"}});
  CHECK(faults("BHS|^~\\&\rMSH|1\rBTS|1\rMSH|2\r") == Faults{{Engine::batch_message_outside, "MSH[2]"}});
  CHECK(faults("").empty());
}

TEST_CASE("batch: an outline keeps the lines of the input") {
  const std::string input = "FHS|^~\\&|A\rBHS|^~\\&|A\r" + std::string(kMessage) + "BTS|4\rFTS|1\r";
  const iz::BatchOutline outline = iz::batch_outline(input, iz::extract(input));
  CHECK(outline.lines == std::vector<uint32_t>{1, 2, 3, 5, 6});
  iz::Message message;
  message.parse(outline.text);
  REQUIRE(message.segments().size() == 5);
  iz::Checker checker(iz::Catalogue::built_in());
  iz::Report report;
  checker.check(message, {.profile = {}, .as_of = {2026, 2, 18}}, report);
  REQUIRE(report.profile);
  CHECK(report.profile->id == iz::batch_profile);
  REQUIRE(report.findings.size() == 1);
  const auto words = title(iz::Catalogue::built_in(), message, report, report.findings[0]);
  CHECK(words == "BTS[1]-1[1] says “4”, 1 counted");
  CHECK(iz::batch_outline(kMessage, iz::extract(kMessage)).text.empty());
}
