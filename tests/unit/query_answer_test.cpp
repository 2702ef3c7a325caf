#include "core/query_answer.h"

#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/check.h"
#include "core/extract.h"
#include "core/vaccine_groups.h"
#include "tests/catalogue/sample.h"
#include "tests/fuzz/mutate.h"

using namespace iz;
namespace fs = std::filesystem;

namespace {

const Catalogue& catalogue() { return Catalogue::built_in(); }

struct Read {
  Message message;
  Report report;
  QueryAnswer a;
  explicit Read(std::string_view text, std::string_view as_of = "2026-02-18", const Message* query = nullptr) {
    message.parse(text);
    report.as_of = as_of.empty() ? Date{} : *parse_date(as_of);
    a = read_query_answer(catalogue(), message, report, query);
  }
};

// Invented people and places.
std::string answer(std::string_view profile, std::string_view status = "OK") {
  return "MSH|^~\\&|SIIS|SIIS|EHR|CLINIC|20260218081109-0500||RSP^K11^RSP_K11|R1|P|2.5.1|||NE|NE|||||" +
         std::string(profile) + "^CDCPHINVS\rMSA|AA|Q1\rQAK|T1|" + std::string(status) +
         "|Z44^Request Evaluated History and Forecast^CDCPHINVS\r"
         "QPD|Z44^Request Evaluated History and Forecast^CDCPHINVS|T1|LP-8^^^LP^MR|Oakhart^Juniper^W^^^^L|"
         "Vellane^Maribel^^^^^M|20250211|F|4 Elm Row^^Fernhollow^OR^97999|^PRN^PH^^^541^5550133\r";
}
const std::string pid = "PID|1||LP-8^^^LP^MR~SI-4471902^^^SIIS^SR||Oakhart^Juniper^Wren^^^^L|Vellane|20250211|F\r";

std::string rxa(std::string_view date, std::string_view vaccine, std::string_view source = "01^Historical^NIP001",
                std::string_view completion = "CP") {
  return "ORC|RE||1^SIIS\rRXA|0|1|" + std::string(date) + "||" + std::string(vaccine) + "|999|||" +
         std::string(source) + "|||||||||||" + std::string(completion) + "\r";
}
std::string obx(std::string_view question, std::string_view sub_id, std::string_view value,
                std::string_view type = "CE") {
  return "OBX|1|" + std::string(type) + "|" + std::string(question) + "^x^LN|" + std::string(sub_id) + "|" +
         std::string(value) + "||||||F\r";
}
const std::string carrier = rxa("20260218", "998^none^CVX", "", "NA");

std::string kinds(const TimelineRow& row) {
  std::string out;
  for (const TimelineMark& m : row.marks) {
    if (!out.empty()) out += ' ';
    out += to_string(m.kind);
    out += ":" + std::to_string(m.from) + (m.to == m.from ? "" : "-" + std::to_string(m.to)) + (m.open ? "+" : "");
  }
  return out;
}

}  // namespace

TEST_CASE("vaccine groups") {
  CHECK(vaccine_groups(catalogue(), "94") == std::vector<std::string>{"03", "21"});
  CHECK(vaccine_groups(catalogue(), "3") == std::vector<std::string>{"03"});
  CHECK(vaccine_groups(catalogue(), "9999").empty());
  CHECK(vaccine_group_name(catalogue(), "107") == "DTaP");
  CHECK(vaccine_group_name(catalogue(), "45") == "Hep B");
  CHECK(vaccine_group_name(catalogue(), "89") == "Polio");
  CHECK(vaccine_group_name(catalogue(), "?").empty());
}

TEST_CASE("a sample answer with history and forecast") {
  const Read r(test::sample("rsp-z42"));
  CHECK(r.a.is_answer);
  CHECK(r.a.profile == "Z42");
  CHECK(r.a.query == "Z44");
  CHECK(r.a.status == "OK");
  CHECK(r.a.schedule == "ACIP");
  REQUIRE(r.a.patients.size() == 1);
  CHECK(r.a.patients[0].words == "Isolde Wren Quarrie, girl, 3 years 8 months");
  CHECK(r.a.patients[0].registry_id == "NS-880333");
  CHECK(r.a.patients[0].birth.text == "2022-06-09");
  REQUIRE(r.a.history.size() == 1);
  const HistoryDose& h = r.a.history[0];
  CHECK(h.vaccine == "MMR");
  CHECK(h.cvx == "03");
  CHECK(h.given.text == "2023-06-13");
  CHECK(h.age == "12 mo");
  CHECK(h.age_days == 369);
  CHECK(h.lot == "U118204");
  CHECK(h.series == "MMR");
  CHECK(h.dose == "1 of 2");
  CHECK(h.validity == Validity::valid);
  CHECK(h.kind == DoseKind::given);
  CHECK(to_string(h.path) == "RXA[1]");
  REQUIRE(r.a.forecast.size() == 1);
  const ForecastItem& f = r.a.forecast[0];
  CHECK(f.series == "MMR");
  CHECK(f.dose_number == "2");
  CHECK(f.due.text == "2026-06-09");
  CHECK(f.overdue.text == "2029-06-09");
  CHECK(f.said == "On schedule");
  CHECK(f.status == DueStatus::later);
  CHECK(f.status_from_dates);
  CHECK(f.order == 2);
  CHECK(to_string(f.path) == "OBX[6]");
  CHECK(r.message.text().substr(f.span.begin).starts_with("OBX|6|"));
  CHECK(r.a.carriers == 1);
  CHECK(r.a.candidates.empty());
}

TEST_CASE("a combination vaccine has an evaluation for each group") {
  const std::string combination = answer("Z42") + pid + rxa("20250414", "146^DTaP-IPV-Hib-HepB^CVX");
  const Read r(combination + obx("30956-7", "1", "107^DTaP^CVX") + obx("59781-5", "1", "Y", "ID") +
               obx("30956-7", "2", "45^Hep B^CVX") + obx("59781-5", "2", "N", "ID") +
               obx("30982-3", "2", "Too soon after the last dose", "ST") + obx("38890-0", "3", "89^Polio^CVX") +
               obx("59781-5", "3", "Y", "ID") + obx("59783-1", "3", "LA13421-5^Complete^LN"));
  REQUIRE(r.a.history.size() == 1);
  const HistoryDose& h = r.a.history[0];
  REQUIRE(h.evaluations.size() == 3);
  CHECK(h.evaluations[1].series == "Hep B");
  CHECK(h.evaluations[1].validity == Validity::not_valid);
  CHECK(h.validity == Validity::partly);
  CHECK(h.series == "3 series");
  CHECK(h.dose.empty());
  CHECK(h.says == "Not valid for Hep B: Too soon after the last dose; counts for DTaP, Polio; series complete");
  CHECK(h.groups == std::vector<std::string>{"DTaP", "Hep B", "Polio"});

  SECTION("without an evaluation the groups come from CDC's table") {
    const Read plain(combination + obx("30956-7", "1", "107^DTaP^CVX") + obx("29769-7", "1", "20250414", "DT"));
    CHECK(plain.a.history[0].evaluations.empty());
    CHECK(plain.a.history[0].validity == Validity::not_stated);
    CHECK(plain.a.history[0].groups == std::vector<std::string>{"DTaP", "Hib", "Hep B", "Polio"});
  }
}

TEST_CASE("which observations belong together") {
  const auto series = [](const std::string& observations) {
    const Read r(answer("Z42") + pid + carrier + observations);
    std::string out;
    for (const ForecastItem& f : r.a.forecast) out += f.series + "/" + f.due.text + "/" + f.dose_number + " ";
    return out;
  };
  const std::string two = "MMR/2026-02-11/1 Varicella/2026-02-12/2 ";
  // Told apart by OBX-4, in order.
  CHECK(series(obx("30956-7", "1", "03^MMR^CVX") + obx("30980-7", "1", "20260211", "DT") +
               obx("30973-2", "1", "1", "NM") + obx("30956-7", "2", "21^Var^CVX") +
               obx("30980-7", "2", "20260212", "DT") + obx("30973-2", "2", "2", "NM")) == two);
  // By OBX-4, out of order.
  CHECK(series(obx("30956-7", "1", "03^MMR^CVX") + obx("30956-7", "2", "21^Var^CVX") +
               obx("30980-7", "1", "20260211", "DT") + obx("30980-7", "2", "20260212", "DT") +
               obx("30973-2", "2", "2", "NM") + obx("30973-2", "1", "1", "NM")) == two);
  // One number for all.
  CHECK(series(obx("30979-9", "1", "03^MMR^CVX") + obx("30980-7", "1", "20260211", "DT") +
               obx("30973-2", "1", "1", "NM") + obx("30979-9", "1", "21^Var^CVX") +
               obx("30980-7", "1", "20260212", "DT") + obx("30973-2", "1", "2", "NM")) == two);
  // No numbers.
  CHECK(series(obx("30979-9", "", "03^MMR^CVX") + obx("30980-7", "", "20260211", "DT") + obx("30973-2", "", "1", "NM") +
               obx("30979-9", "", "21^Var^CVX") + obx("30980-7", "", "20260212", "DT") +
               obx("30973-2", "", "2", "NM")) == two);
  // Wrong numbers on some.
  CHECK(series(obx("30956-7", "1", "03^MMR^CVX") + obx("30980-7", "7", "20260211", "DT") +
               obx("30973-2", "8", "1", "NM") + obx("30956-7", "2", "21^Var^CVX") +
               obx("30980-7", "2", "20260212", "DT") + obx("30973-2", "9", "2", "NM")) == two);
  // The older way to ask for the date: 30979-9&30980-7; the group's name twice.
  CHECK(series(obx("30979-9", "1", "03^MMR^CVX") + obx("30979-9&30980-7", "1", "20260211", "TS") +
               obx("30973-2", "1", "1", "NM") + obx("59780-7", "2", "VAR^Varicella") +
               obx("30980-7", "2", "20260212", "TS") + obx("30973-2", "2", "2", "NM")) == two);
}

TEST_CASE("the status of a series") {
  const auto status = [](const std::string& said, const std::string& dates, std::string_view as_of = "2026-02-18") {
    const Read r(answer("Z42") + pid + carrier + obx("30979-9", "1", "03^MMR^CVX") + dates +
                     (said.empty() ? "" : obx("59783-1", "1", said)),
                 as_of);
    REQUIRE(r.a.forecast.size() == 1);
    return std::string(to_string(r.a.forecast[0].status)) + (r.a.forecast[0].status_from_dates ? " by dates" : "");
  };
  const std::string due = obx("30980-7", "1", "20260211", "DT"), later = obx("30980-7", "1", "20260219", "DT"),
                    overdue = obx("59778-1", "1", "20260218", "DT"), latest = obx("59777-3", "1", "20260217", "DT");
  // As the answer says it, whatever the dates.
  CHECK(status("LA13423-1^Overdue^LN", later) == "overdue");
  CHECK(status("P^Past Due^STC0002", "") == "overdue");
  CHECK(status("LA13421-5^^LN", due) == "complete");
  CHECK(status("1^Complete^eval", "") == "complete");
  CHECK(status("LA13421-5^Not Recommended - Series Complete^LN", "") == "complete");
  CHECK(status("LA13424-9^Too Old^LN", due) == "not_due");
  CHECK(status("C^Contraindicated^L", due) == "not_due");
  CHECK(status("D^Due Now^STC0002", later) == "due_now");
  // Words that say nothing of it, or no words: where the dates lie to the day.
  CHECK(status("LA13422-3^On schedule^LN", due) == "due_now by dates");
  CHECK(status("3^Incomplete^eval", later) == "later by dates");
  CHECK(status("", due) == "due_now by dates");
  CHECK(status("", later) == "later by dates");
  CHECK(status("", due + overdue) == "overdue by dates");
  CHECK(status("", due + overdue, "2026-02-17") == "due_now by dates");
  CHECK(status("", due + latest) == "not_due by dates");
  CHECK(status("", "") == "");
  // Without an as-of date the day of the answer.
  CHECK(status("", due + overdue, "") == "overdue by dates");
}

TEST_CASE("refusals, statements and carriers without a vaccine code of their own") {
  const Read r(answer("Z42") + pid + rxa("20260110", "21^varicella^CVX", "", "RE") +
               rxa("20260110", "998^none^CVX", "", "NA") + obx("59784-9", "1", "38907003^Varicella^SCT") +
               rxa("20260110", "998^none^CVX", "", "NA") +  // says nothing at all
               rxa("20260218", "03^MMR^CVX", "", "NA") + obx("30956-7", "1", "03^MMR^CVX") +
               obx("30980-7", "1", "20260211", "DT"));
  REQUIRE(r.a.history.size() == 1);
  CHECK(r.a.history[0].kind == DoseKind::refused);
  CHECK(r.a.forecast.size() == 1);
  CHECK(r.a.carriers == 1);
  REQUIRE(r.a.statements.size() == 2);
  CHECK(r.a.statements[0].order == 2);
  CHECK(r.a.statements[0].text.find("aricella") != std::string::npos);

  SECTION("a forecast behind the last dose of a history is no dose") {
    const Read z32(answer("Z32") + pid + rxa("20250414", "20^DTaP^CVX") + obx("30979-9", "1", "03^MMR^CVX") +
                   obx("30980-7", "1", "20260211", "TS"));
    CHECK(z32.a.history.size() == 1);
    CHECK(z32.a.forecast.size() == 1);
    CHECK(z32.a.carriers == 0);
  }
  SECTION("a forecast without any RXA") {
    const Read bare(answer("Z42") + pid + obx("30979-9", "1", "03^MMR^CVX") + obx("30980-7", "1", "20260211", "TS"));
    CHECK(bare.a.forecast.size() == 1);
    CHECK(bare.a.forecast[0].order == 0);
  }
}

TEST_CASE("candidates side by side") {
  const Read r(test::sample("rsp-z31"));
  REQUIRE(r.a.patients.size() == 2);
  CHECK(r.a.history.empty());
  const auto row = [&](std::string_view label) {
    for (const CandidateRow& c : r.a.candidates)
      if (c.label == label) return c;
    FAIL("no row " << label);
    return CandidateRow{};
  };
  const CandidateRow name = row("Name");
  CHECK(name.asked == "Marlo Finch Thistlewood");
  CHECK(name.differs);
  CHECK_FALSE(name.cells[0].differs_from_query);
  CHECK(name.cells[1].differs_from_query);
  CHECK(r.message.value(name.cells[1].span) == "Thistlewood^Marla^Finch^^^^L");
  CHECK_FALSE(row("Born").differs);
  CHECK(row("Sex").differs);
  CHECK(row("Sex").cells[1].differs_from_query);
  CHECK(row("Registry id").differs);
  CHECK(row("Address").differs);
  CHECK_FALSE(row("Address").cells[1].differs_from_query);  // the unit is missing, nothing contradicts
  CHECK_FALSE(row("Phone").differs);

  SECTION("without the repeated query, the one that was sent is compared") {
    std::string text = test::sample("rsp-z31");
    const size_t qpd = text.find("QPD|");
    text.erase(qpd, text.find("PID|") - qpd);
    Message query;
    query.parse(test::sample("qbp-z34"));
    const Read with(text, "2026-02-18", &query), alone(text);
    CHECK(with.a.candidates[0].asked == "Marlo Finch Thistlewood");
    CHECK(alone.a.candidates[0].asked.empty());
    CHECK_FALSE(alone.a.candidates[0].cells[1].differs_from_query);
  }
  SECTION("capitals, initials and the form of a phone number make no difference") {
    const Read same(answer("Z31") +
                    "PID|1||1^^^SIIS^SR||OAKHART^JUNIPER^WREN|VELLANE^MARIBEL|20250211|F|||4 ELM ROW^^FERNHOLLOW^OR^"
                    "97999-1234||(541)555-0133\r"
                    "PID|2||2^^^SIIS^SR||Oakhart^Juniper||20250213\r");
    for (const CandidateRow& c : same.a.candidates) {
      CAPTURE(c.label);
      CHECK_FALSE(c.cells[0].differs_from_query);
      CHECK(c.cells[1].differs_from_query == (c.label == "Born"));
    }
  }
}

TEST_CASE("a list of one is a candidate, several patients are in any profile") {
  CHECK_FALSE(Read(answer("Z31") + pid).a.candidates.empty());
  CHECK(Read(answer("Z32") + pid).a.candidates.empty());
  const Read two(answer("Z42") + pid + rxa("20250414", "20^DTaP^CVX") +
                 "PID|2||3^^^SIIS^SR||Oakhart^Jasper||20250211|M\r" + rxa("20250415", "03^MMR^CVX"));
  CHECK_FALSE(two.a.candidates.empty());
  CHECK(two.a.history[0].patient == 0);
  CHECK(two.a.history[1].patient == 1);
  CHECK(timeline(two.a, 0).rows.size() == 1);
  CHECK(timeline(two.a, 1).rows[0].series == "MMR");
}

TEST_CASE("the timeline of one patient") {
  const Read r(answer("Z42") + pid + rxa("20250212", "08^Hep B^CVX") + obx("30956-7", "1", "45^Hep B^CVX") +
               obx("59781-5", "1", "Y", "ID") + rxa("20250414", "216^PCV20^CVX") + obx("30956-7", "1", "152^PCV^CVX") +
               obx("59781-5", "1", "N", "ID") + carrier + obx("30979-9", "1", "45^Hep B^CVX") +
               obx("59783-1", "1", "LA13421-5^Complete^LN") + obx("30979-9", "2", "152^PCV^CVX") +
               obx("30980-7", "2", "20250811", "DT") + obx("59778-1", "2", "20260111", "DT") +
               obx("30973-2", "2", "3", "NM") + obx("30979-9", "3", "03^MMR^CVX") +
               obx("30981-5", "3", "20260211", "DT") + obx("30980-7", "3", "20260211", "DT") +
               obx("59778-1", "3", "20260611", "DT") + obx("30973-2", "3", "1", "NM") +
               obx("30979-9", "4", "107^DTaP^CVX") + obx("30981-5", "4", "20260218", "DT") +
               obx("30980-7", "4", "20260511", "DT"));
  const Timeline t = timeline(r.a, 0);
  CHECK(t.by_age);
  CHECK(to_iso(t.origin) == "2025-02-11");
  CHECK(t.as_of == 372);
  REQUIRE(t.rows.size() == 4);
  CHECK(t.rows[0].series == "Hep B");
  CHECK(kinds(t.rows[0]) == "valid:1");
  CHECK(t.rows[0].label == "complete");
  CHECK(t.rows[1].series == "Pneumococcal Conjugate");
  CHECK(kinds(t.rows[1]) == "not_valid:62 window:181-334 overdue:334-372");
  CHECK(t.rows[1].label == "Dose 3 overdue since 2026-01-11");
  CHECK(kinds(t.rows[2]) == "window:365-485");
  CHECK(t.rows[2].label == "Dose 1 due now");
  CHECK(kinds(t.rows[3]) == "wait:372-454 window:454+");
  CHECK(t.rows[3].label == "Next dose due 2026-05-11");
  CHECK(t.first == 0);
  CHECK(t.last == 485);

  SECTION("without a birth date the axis begins with the first day") {
    const Read unborn(answer("Z42") + "PID|1||1^^^SIIS^SR||Oakhart\r" + rxa("20250212", "08^Hep B^CVX") +
                      rxa("20250312", "08^Hep B^CVX"));
    const Timeline u = timeline(unborn.a, 0);
    CHECK_FALSE(u.by_age);
    CHECK(kinds(u.rows[0]) == "given:0 given:28");
    CHECK(unborn.a.history[0].age.empty());
  }
  CHECK(axis_label(0) == "Birth");
  CHECK(axis_label(10) == "10 d");
  CHECK(axis_label(91) == "3 mo");
  CHECK(axis_label(365) == "1 y");
  CHECK(axis_label(457) == "1 y 3 mo");
  CHECK(axis_label(731) == "2 y");
}

TEST_CASE("tables as CSV, text and JSON") {
  const Read r(answer("Z42") + pid + rxa("20250212", "08^Hep B^CVX", "00^New^NIP001") +
               obx("30956-7", "1", "45^Hep B^CVX") + obx("59781-5", "1", "N", "ID") +
               obx("30982-3", "1", "=SUM(A1), \"early\"", "ST") + carrier + obx("30979-9", "1", "03^MMR^CVX") +
               obx("30980-7", "1", "20260211", "DT"));
  const std::string csv = history_csv(r.a);
  CHECK(csv.starts_with("Patient,Given,At age,Vaccine,CVX,"));
  CHECK(csv.find("Juniper Wren Oakhart,2025-02-12,1 d,\"Hep B, adolescent or pediatric\",08,") != std::string::npos);
  CHECK(csv.find(",Not valid,\"'=SUM(A1), \"\"early\"\"\"\r\n") != std::string::npos);
  CHECK(forecast_csv(r.a).find("Juniper Wren Oakhart,MMR,03,,Due now,,2026-02-11,") != std::string::npos);
  CHECK(candidates_csv(r.a).empty());
  CHECK(candidates_csv(Read(test::sample("rsp-z31")).a).starts_with(",Asked for,Candidate 1,Candidate 2\r\nName,"));

  const auto json = nlohmann::json::parse(query_answer_json(r.message, r.a));
  CHECK(json["profile"] == "Z42");
  CHECK(json["history"][0]["evaluations"][0]["validity"] == "not_valid");
  CHECK(json["history"][0]["given"] == "2025-02-12");
  CHECK(json["forecast"][0]["status"] == "due_now");
  CHECK(json["timelines"][0]["rows"][0]["marks"][0]["kind"] == "not_valid");
  const std::string text = query_answer_text(r.a);
  CHECK(text.find("Patient: Juniper Wren Oakhart, girl, 1 year 7 days, born 2025-02-11, id SI-4471902\n") !=
        std::string::npos);
  CHECK(text.find("History: 1 entry\n") != std::string::npos);
  CHECK(text.find("Forecast, as the registry sent it: 1 vaccine group\n") != std::string::npos);
}

TEST_CASE("what is no answer to a query") {
  CHECK_FALSE(Read("").a.is_answer);
  CHECK_FALSE(Read(test::sample("vxu-two-doses")).a.is_answer);
  CHECK_FALSE(Read(test::sample("qbp-z34")).a.is_answer);
  CHECK(Read(test::sample("rsp-z33")).a.is_answer);
  CHECK(query_answer_text(Read("").a).empty());
}

TEST_CASE("any bytes can be read as an answer to a query") {
  const std::vector<std::string> seeds{test::sample("rsp-z42"), test::sample("rsp-z31"), test::sample("rsp-z32")};
  for (uint64_t number = 0; number < 1500; ++number) {
    const Read r(iz_fuzz::make_input(number, seeds));
    CAPTURE(number);
    CHECK(nlohmann::json::accept(query_answer_json(r.message, r.a, Offsets::utf16)));
    for (const HistoryDose& h : r.a.history) CHECK(h.span.end <= r.message.text().size());
    for (uint32_t p = 0; p < r.a.patients.size(); ++p) {
      const Timeline t = timeline(r.a, p);
      for (const TimelineRow& row : t.rows)
        for (const TimelineMark& m : row.marks) CHECK((t.first <= m.from && m.from <= m.to && m.to <= t.last));
    }
    static_cast<void>(history_csv(r.a) + forecast_csv(r.a) + candidates_csv(r.a) + query_answer_text(r.a));
  }
}

TEST_CASE("long answers take linear time") {
  std::string text = answer("Z42") + pid + carrier;
  for (int i = 0; i < 20000; ++i)
    text += obx("30979-9", std::to_string(i), std::to_string(i) + "^g" + std::to_string(i)) +
            obx("30980-7", std::to_string(i), "20260211", "DT");
  const Read items(text);
  CHECK(items.a.forecast.size() == 20000);
  CHECK(timeline(items.a, 0).rows.size() > 1000);
  text = answer("Z31");
  for (int i = 0; i < 5000; ++i) text += pid + rxa("20250212", "08^Hep B^CVX");
  const Read patients(text);
  CHECK(patients.a.history.size() == 5000);
  CHECK(patients.a.candidates[0].cells.size() == 5000);
  CHECK(nlohmann::json::accept(query_answer_json(patients.message, patients.a)));
}

TEST_CASE("answers of the shared data: every RXA is a dose or a carrier, every due date a forecast") {
  const char* set = std::getenv("IZ_SHARED");
  const fs::path folder = fs::path(set ? set : "../shared") / "data" / "acks";
  if (!fs::exists(folder)) SKIP("no shared data: set IZ_SHARED");
  int answers = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".hl7") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::stringstream bytes;
    bytes << file.rdbuf();
    const std::string text = bytes.str();
    for (const Extracted& found : extract(text, InputKind::bytes).messages) {
      const Read r(found.text);
      if (!r.a.is_answer) continue;
      ++answers;
      CAPTURE(entry.path().filename().string());
      size_t doses = 0, none = 0, due = 0, patients = 0;
      for (const std::string_view line : [&] {
             std::vector<std::string_view> lines;
             for (const Segment& s : r.message.segments())
               lines.push_back(r.message.text().substr(s.begin, s.end - s.begin));
             return lines;
           }()) {
        patients += line.starts_with("PID|");
        if (line.starts_with("RXA|")) ++(line.find("|998^") != std::string_view::npos ? none : doses);
        due += line.starts_with("OBX|") && line.find("30980-7") != std::string_view::npos;
      }
      CHECK(r.a.patients.size() == patients);
      CHECK(r.a.history.size() == doses);
      CHECK(r.a.carriers + r.a.statements.size() >= none);
      CHECK(r.a.forecast.size() >= due);
      size_t with_due = 0;
      for (const ForecastItem& f : r.a.forecast) {
        with_due += !f.due.text.empty();
        CHECK_FALSE(f.series.empty());
      }
      CHECK(with_due == due);
    }
  }
  CHECK(answers > 60);
}
