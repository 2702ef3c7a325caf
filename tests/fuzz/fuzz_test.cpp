// 100,000 random and changed inputs through everything that reads a message: nothing crashes, hangs, reads outside its
// text or changes it, and what comes out holds together. Inputs are numbered; a failure names the number.
#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/extract.h"
#include "core/interpret.h"
#include "core/outline.h"
#include "core/write.h"
#include "core/write_outcome.h"
#include "tests/fuzz/mutate.h"

namespace {

namespace fs = std::filesystem;
using iz_fuzz::Random;

#ifdef __SANITIZE_ADDRESS__
constexpr uint64_t kInputs = 30000;  // each takes many times as long
#else
constexpr uint64_t kInputs = 100000;
#endif

/// A copy that ends where the text ends: a byte read too far is seen by the address sanitizer.
class Exact {
 public:
  explicit Exact(std::string_view text) : memory_(new char[text.size()]), size_(text.size()) {
    if (size_) std::memcpy(memory_.get(), text.data(), size_);
  }
  std::string_view view() const { return {memory_.get(), size_}; }

 private:
  std::unique_ptr<char[]> memory_;
  size_t size_;
};

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// Messages of the samples, of the golden cases, and some of the shared ones where they are.
std::vector<std::string> seeds() {
  std::vector<std::string> out;
  std::vector<fs::path> files;
  for (const char* folder : {"tests/samples", "tests/golden"}) {
    for (const auto& entry : fs::directory_iterator(fs::path(IZ_SOURCE_DIR) / folder)) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    std::string text = read(file);
    if (file.extension() == ".txt") {
      const size_t begin = text.find("--- message\n");
      if (begin == std::string::npos) continue;
      text = text.substr(begin + 12, text.find("--- text\n") - begin - 12);
    } else if (file.extension() != ".hl7") {
      continue;
    }
    out.push_back(text);
  }
  const char* given = std::getenv("IZ_SHARED");
  const fs::path shared = given ? fs::path(given) : fs::path(IZ_SOURCE_DIR) / "../shared";
  for (const char* name : {"natural.jsonl", "mutants.jsonl"}) {
    std::ifstream in(shared / "data/conformance" / name);
    size_t number = 0;
    for (std::string line; std::getline(in, line);) {
      if (number++ % 50 == 0) out.push_back(nlohmann::json::parse(line)["er7"].get<std::string>());
    }
  }
  return out;
}

/// What does not hold of an extraction, or nothing.
std::string check_extraction(std::string_view input, const iz::Extraction& extraction) {
  uint32_t at = 0;
  for (const iz::Extracted& found : extraction.messages) {
    if (found.input.begin > found.input.end || found.input.end > input.size()) return "input span out of range";
    if (found.input.begin < at) return "messages overlap";
    at = found.input.end;
    uint32_t text_at = 0;
    for (const iz::Origin& origin : found.origins) {
      if (origin.text.begin < text_at || origin.text.end < origin.text.begin || origin.text.end > found.text.size()) {
        return "origin out of order";
      }
      if (origin.input.end < origin.input.begin || origin.input.end > input.size()) return "origin out of range";
      text_at = origin.text.end;
    }
  }
  return {};
}

/// What does not hold of a report, or nothing.
std::string check_report(const iz::Message& message, const iz::Report& report) {
  const auto& rules = iz::Catalogue::built_in().rules;
  for (size_t i = 0; i < report.findings.size(); ++i) {
    const iz::Finding& f = report.findings[i];
    if (f.rule >= rules.size()) return "no such rule";
    if (f.span.begin > f.span.end || f.span.end > message.text().size()) return "span outside the text";
    if (f.line < 1 || f.line > std::max(message.line_count(), 1u)) return "no such line";
    if (f.follows == static_cast<int64_t>(i) || f.follows >= static_cast<int64_t>(report.findings.size())) {
      return "no such cause";
    }
  }
  return {};
}

/// What does not hold of an outcome, or nothing.
std::string check_outcome(const iz::Outcome& outcome, const iz::Message* sent) {
  const auto doses = static_cast<int>(outcome.doses.size()), errors = static_cast<int>(outcome.errors.size());
  if (outcome.reasons.empty()) return "no reason";
  if (outcome.main_error >= errors) return "no such deciding error";
  for (int i = 0; i < errors; ++i) {
    const iz::ErrorReport& e = outcome.errors[static_cast<size_t>(i)];
    if (e.follows == i || e.follows >= errors) return "no such cause of an error";
    if (!sent && !e.places.empty()) return "a place in no message";
    for (const iz::ErrorPlace& p : e.places) {
      if (p.span.begin > p.span.end || p.span.end > sent->text().size()) return "a place outside the text";
      if (p.dose >= doses) return "a place in no dose";
    }
  }
  for (const iz::LostPart& part : outcome.lost)
    if (part.dose >= doses || part.error >= errors) return "a lost part of nothing";
  return {};
}

class Fuzz {
 public:
  Fuzz() : sent_text_(read(fs::path(IZ_SOURCE_DIR) / "tests/samples/vxu-two-doses.hl7")) {
    sent_.parse_view(sent_text_);
    checker_.check(sent_, {.profile = {}, .as_of = {2026, 2, 18}}, sent_report_);
  }
  /// What does not hold of one input, or nothing.
  std::string run(uint64_t number, const std::string& text) {
    Random random(~number);
    const Exact input(text);
    const iz::Extraction extraction = iz::extract(input.view());
    std::string wrong = check_extraction(input.view(), extraction);
    if (wrong.empty()) wrong = one(input.view(), random);
    for (size_t i = 0; i < extraction.messages.size() && i < 3 && wrong.empty(); ++i) {
      if (extraction.messages[i].text != text) wrong = one(extraction.messages[i].text, random);
    }
    if (wrong.empty() && random.one_in(2)) wrong = as_answer(input.view(), random);
    if (wrong.empty() && input.view() != text) wrong = "the input has changed";
    return wrong;
  }
  uint64_t findings() const { return findings_; }

 private:
  std::string one(std::string_view text, Random& random) {
    const Exact buffer(text);
    message_.parse_view(buffer.view());
    if (message_.text() != text) return "another text than was given";
    if (std::string wrong = message_.check_consistency(); !wrong.empty()) return wrong;
    const iz::Catalogue& catalogue = iz::Catalogue::built_in();
    const auto& profiles = catalogue.profiles;
    const std::string_view profile =
        random.one_in(2) ? "" : std::string_view(profiles[random.below(profiles.size())]->id);
    checker_.check(message_, {.profile = profile, .as_of = {2026, 2, 18}}, report_);
    findings_ += report_.findings.size();
    if (std::string wrong = check_report(message_, report_); !wrong.empty()) return wrong;
    for (int k = 0; k < 3; ++k) {
      const auto offset = static_cast<uint32_t>(random.below(text.size() + 1));
      const iz::Explanation e = iz::explain(catalogue, message_, report_, offset);
      if (e.span.begin > e.span.end || e.span.end > text.size()) return "explained a span outside the text";
    }
    if (random.one_in(4)) return write(random);
    return {};
  }

  /// Any input may be pasted as an answer: to the sample, to itself, or alone.
  std::string as_answer(std::string_view text, Random& random) {
    const iz::Catalogue& catalogue = iz::Catalogue::built_in();
    const iz::Answer answer = iz::read_answer(text);
    const iz::Message* sent = nullptr;
    const iz::Report* report = nullptr;
    iz::Message own;
    switch (random.below(3)) {
      case 0:
        break;
      case 1:
        sent = &sent_;
        report = &sent_report_;
        break;
      default:
        own.parse(text);
        checker_.check(own, {.profile = {}, .as_of = {2026, 2, 18}}, report_);
        sent = &own;
        report = &report_;
    }
    const iz::Outcome outcome = iz::interpret(catalogue, answer, sent, report);
    if (std::string wrong = check_outcome(outcome, sent); !wrong.empty()) return wrong;
    if (!nlohmann::json::accept(iz::outcome_json(outcome, sent))) return "no JSON of an outcome";
    return iz::outcome_text(outcome, sent).empty() ? "no text of an outcome" : "";
  }

  std::string write(Random& random) {
    const iz::Catalogue& catalogue = iz::Catalogue::built_in();
    const iz::Offsets offsets = random.one_in(2) ? iz::Offsets::bytes : iz::Offsets::utf16;
    const iz::WriteOptions how{.file = "f", .offsets = offsets, .words = random.one_in(2)};
    size_t size = 0;
    switch (random.below(5)) {
      case 0:
        if (!nlohmann::json::accept(iz::report_json(catalogue, message_, report_, how))) return "no JSON";
        break;
      case 1:
        size = iz::report_text(catalogue, message_, report_, how).size();
        break;
      case 2:
        size = iz::problems_html(catalogue, message_, report_).size();
        break;
      case 3: {
        const iz::Summary summary = iz::summarize(catalogue, message_, report_);
        if (!nlohmann::json::accept(iz::summary_json(message_, summary, offsets))) return "no JSON of the summary";
        size = iz::summary_text(summary).size();
        break;
      }
      default: {
        int left = 50;
        bool valid = true;
        iz::for_each_place(catalogue, message_, report_, [&](const iz::Explanation& e) {
          valid = nlohmann::json::accept(iz::explanation_json(catalogue, message_, report_, e, offsets));
          return valid && --left > 0;
        });
        if (!valid) return "no JSON of an explanation";
      }
    }
    return size > (size_t{1} << 30) ? "too much written" : "";
  }

  iz::Checker checker_{iz::Catalogue::built_in()};
  std::string sent_text_;
  iz::Message sent_;
  iz::Report sent_report_;
  iz::Message message_;
  iz::Report report_;
  uint64_t findings_ = 0;
};

}  // namespace

TEST_CASE("random and changed inputs do no harm", "[fuzz]") {
  const std::vector<std::string> messages = seeds();
  REQUIRE(messages.size() >= 40);
  const char* only = std::getenv("IZ_FUZZ_INPUT");  // the number of one input, to look into a failure
  const uint64_t first = only ? std::strtoull(only, nullptr, 10) : 0, last = only ? first + 1 : kInputs;
  Fuzz fuzz;
  uint64_t failures = 0;
  for (uint64_t number = first; number < last && failures < 10; ++number) {
    const std::string input = iz_fuzz::make_input(number, messages);
    const std::string wrong = fuzz.run(number, input);
    if (wrong.empty()) continue;
    ++failures;
    INFO("input " << number << " of " << input.size() << " bytes");
    CHECK(wrong == "");
  }
  CHECK(failures == 0);
  if (!only) CHECK(fuzz.findings() > kInputs);  // the inputs are not all garbage
}
