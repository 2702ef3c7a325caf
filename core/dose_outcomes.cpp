// The doses of a sent message, as an outcome speaks of them (declared in core/error_places.h).
#include <fmt/format.h>

#include "core/date.h"
#include "core/error_places.h"
#include "core/segment_words.h"
#include "core/words.h"

namespace iz {
namespace {

constexpr uint32_t ORC = segment_code("ORC");

class Doses {
 public:
  Doses(const Catalogue& catalogue, const Message& sent)
      : sent_(sent),
        cvx_(catalogue.code_set("CVX")),
        ndc_{catalogue.code_set("NDC_Use"), catalogue.code_set("NDC_Sale")} {}

  std::vector<DoseOutcome> read() const {
    std::vector<DoseOutcome> out;
    for (const OrderGroup& group : order_groups(sent_)) {
      DoseOutcome dose;
      dose.group = uint32_t(out.size()) + 1;
      if (sent_.segments()[group.first].name == ORC) dose.orc = int(group.first);
      dose.rxa = group.rxa;
      dose.dose = group.rxa >= 0;
      if (group.rxa >= 0) read_rxa(uint32_t(group.rxa), dose);
      out.push_back(std::move(dose));
    }
    return out;
  }

 private:
  std::string text(uint32_t s, uint32_t field, uint32_t component = 1) const {
    const Element e = sent_.component(sent_.repetition(s, field, 1), component);
    return std::string(trim_blanks(unescape(sent_.value(e), sent_.delimiters())));
  }

  void read_rxa(uint32_t s, DoseOutcome& dose) const {
    const std::string completion = text(s, 20), action = text(s, 21), raw = text(s, 3);
    const bool none = text(s, 5) == "998" || (text(s, 5, 4) == "998" && text(s, 5).empty());
    dose.dose = !none && completion != "RE" && completion != "NA";
    dose.vaccine = vaccine(s);
    dose.lot = text(s, 15);
    if (action == "U" || action == "D") dose.action = action[0];
    dose.date = raw;
    if (auto day = parse_time(raw)) {
      day->precision = std::min(day->precision, Precision::day);
      day->has_zone = false;
      dose.date = to_iso(*day);
    }
  }

  /// The product by its NDC, else the vaccine by its CVX code, else what the message calls it.
  std::string vaccine(uint32_t s) const {
    std::string words;
    for (const uint32_t first : {1u, 4u}) {
      const std::string code = text(s, 5, first), system = text(s, 5, first + 2);
      if (code.empty()) continue;
      const bool is_ndc = system.starts_with("NDC");
      if (is_ndc) {
        for (const CodeSet* set : ndc_)
          if (const Code* row = set ? set->find(code) : nullptr) return std::string(row->display);
        if (std::string said = text(s, 5, first + 1); !said.empty()) return said;
      }
      const Code* row = cvx_ && !is_ndc ? cvx_->find(code) : nullptr;
      if (words.empty() && row && (system == "CVX" || system == "HL70292")) words = row->display;
    }
    for (const uint32_t n : {2u, 5u, 1u, 4u})
      if (words.empty()) words = text(s, 5, n);
    return words;
  }

  const Message& sent_;
  const CodeSet* cvx_;
  const CodeSet* ndc_[2];
};

}  // namespace

std::vector<DoseOutcome> dose_outcomes(const Catalogue& catalogue, const Message& sent) {
  return Doses(catalogue, sent).read();
}

std::string dose_words(const DoseOutcome& dose) {
  std::string out = fmt::format("{} {}: ", dose.dose ? "dose" : "entry", dose.group);
  std::string what = dose.vaccine.empty() ? "vaccine not stated" : dose.vaccine;
  append(what, dose.date);
  if (!dose.lot.empty()) append(what, "lot " + dose.lot);
  return out + what;
}

}  // namespace iz
