#include "core/dose_check.h"

#include <algorithm>
#include <array>

#include "codesets/gs1.h"
#include "core/sort.h"

namespace iz {
namespace {

constexpr std::array<std::string_view, size_t(DoseFault::count)> kNames{
    "cvx_never_active", "cvx_inactive", "cvx_not_yet", "cvx_unspecified", "cvx_non_us",        "cvx_no_vaccine",
    "cvx_none_given",   "mvx_inactive", "ndc_form",    "ndc_sale",        "ndc_ended",         "ndc_not_yet",
    "codes_differ",     "ndc_maker",    "cvx_maker",   "trade_name",      "vis_other_vaccine", "vis_outdated",
    "vis_too_early",    "vis_bar_code", "vis_unknown", "vis_after_dose",  "vis_long_before"};

constexpr uint32_t RXA = segment_code("RXA"), OBX = segment_code("OBX");
constexpr int kLongBefore = 31;                 // days between statement and dose that are no visit any more
constexpr uint32_t kFirst = 1, kAlternate = 4;  // the components that a triplet begins with

/// Notes each fault as a bit, or, of one fault, everything about it.
struct Sink {
  uint32_t faults = 0;
  DoseFault wanted = DoseFault::count;
  std::vector<DoseFinding>* found = nullptr;
  /// `make` gives the finding; it is called only where one is wanted.
  template <class Make>
  void add(DoseFault fault, Make make) {
    faults |= 1u << static_cast<uint32_t>(fault);
    if (found && fault == wanted) found->push_back(make());
  }
};

/// A triplet of RXA-5.
struct Coded {
  uint32_t component = 0;
  Element code;
  std::string_view value, text;
  const Vaccine* vaccine = nullptr;  ///< where it is a CVX code
  const Product* product = nullptr;  ///< where it is a National Drug Code
  Ndc ndc;                           ///< of the product
  bool is_vaccine(const Vaccine& v) const {
    return vaccine == &v || (product && (product->vaccines[0] == &v || product->vaccines[1] == &v));
  }
  bool known() const { return vaccine || (product && product->vaccines[0]); }
};

/// An OBX about a Vaccine Information Statement.
struct About {
  uint32_t segment = 0;
  Element value;  ///< the code or day: component 1 of OBX-5
  uint32_t component = 0;
  std::string_view set;  ///< OBX-4
};

/// Those of one kind, by their segments: at most so many in one dose; a dose has one to four.
struct Abouts {
  std::array<uint32_t, 8> segments;
  size_t count = 0;
  void add(uint32_t segment) {
    if (count < segments.size()) segments[count++] = segment;
  }
  std::span<const uint32_t> all() const { return {segments.data(), count}; }
};

class DoseCheck {
 public:
  DoseCheck(const DoseCodes& codes, const Message& message, std::span<const uint32_t> segments, Sink& sink)
      : codes_(codes), m_(message), segments_(segments), sink_(sink) {}

  void run() {
    const auto at =
        std::find_if(segments_.begin(), segments_.end(), [&](uint32_t s) { return m_.segments()[s].name == RXA; });
    if (at == segments_.end()) return;
    rxa_ = *at;
    day_ = day_of(m_.value(first_part(rxa_, 3)));
    const Element vaccine = m_.repetition(rxa_, 5, 1);
    read(vaccine, kFirst, first_);
    read(vaccine, kAlternate, alternate_);
    for (const Coded* c : {&first_, &alternate_}) {
      if (c->vaccine) check_vaccine(*c);
      if (c->product) check_product(*c);
      if (!c->text.empty()) check_name(*c);
    }
    check_pair();
    check_maker();
    check_statements();
  }

 private:
  Element first_part(uint32_t segment, uint32_t field) const {
    return m_.component(m_.repetition(segment, field, 1), 1);
  }

  Spot spot(uint32_t segment, uint32_t field, uint32_t component, Element element) const {
    const Segment& s = m_.segments()[segment];
    return {static_cast<int>(segment), element, {s.name, s.occurrence, field, 1, component, 0}};
  }
  static const Code* row_of(const Coded& c) {
    return c.vaccine ? c.vaccine->row : c.product ? c.product->row : nullptr;
  }
  DoseFinding finding(DoseFault fault, const Coded& c) const {
    DoseFinding f;
    f.fault = fault;
    f.spot = spot(rxa_, 5, c.component, c.code);
    f.code = row_of(c);
    f.day = day_;
    return f;
  }

  // ---- the codes

  void read(Element vaccine, uint32_t component, Coded& c) const {
    c.component = component;
    c.code = m_.component(vaccine, component);
    c.value = m_.value(c.code);
    if (c.value.empty()) return;
    c.text = m_.value(m_.component(vaccine, component + 1));
    const std::string_view system = m_.value(m_.component(vaccine, component + 2));
    if (system == "CVX") {
      c.vaccine = codes_.vaccine(c.value);
    } else if (system == "NDC") {
      c.product = codes_.product(c.value);
      if (c.product) return;
      const NdcReadings readings = read_ndc(c.value);
      for (const Ndc& ndc : readings.all()) {
        const Product* p = codes_.product(ndc.text());
        if (!p) continue;
        if (c.product) {  // ten digits that may be two products
          c.product = nullptr;
          return;
        }
        c.product = p;
        c.ndc = ndc;
      }
    }
  }

  void check_vaccine(const Coded& c) {
    const Vaccine& v = *c.vaccine;
    const auto add = [&](DoseFault fault, Day limit = 0) {
      sink_.add(fault, [&] {
        DoseFinding f = finding(fault, c);
        f.limit = limit;
        return f;
      });
    };
    if (v.never_active) add(DoseFault::cvx_never_active);
    if (v.non_us) add(DoseFault::cvx_non_us);
    if (v.unspecified) add(DoseFault::cvx_unspecified);
    if (v.none_given) add(DoseFault::cvx_none_given);
    if (v.no_vaccine && !v.none_given) add(DoseFault::cvx_no_vaccine);
    if (!day_) return;
    if (day_ < v.not_before) add(DoseFault::cvx_not_yet, v.start);
    if (v.not_after && day_ > v.not_after) add(DoseFault::cvx_inactive, v.end);
  }

  void check_product(const Coded& c) {
    const Product& p = *c.product;
    const auto add = [&](DoseFault fault, Day limit = 0) {
      sink_.add(fault, [&] {
        DoseFinding f = finding(fault, c);
        f.limit = limit;
        f.ndc = c.ndc;
        f.other = p.use_row;
        return f;
      });
    };
    if (c.ndc.characters[0]) add(DoseFault::ndc_form);
    if (!p.use) add(DoseFault::ndc_sale);
    if (!day_) return;
    if (day_ < p.not_before) add(DoseFault::ndc_not_yet, p.start);
    if (p.not_after && day_ > p.not_after) add(DoseFault::ndc_ended, p.end);
  }

  /// The text is a trade name, but of none of the vaccines that the code is.
  void check_name(const Coded& c) {
    if (!first_.known() && !alternate_.known()) return;
    if (const Code* row = row_of(c); row && row->display == c.text) return;  // mostly CDC's own
    const auto named = codes_.vaccines_named(c.text);
    if (named.empty()) return;
    for (const Vaccine* v : named)
      if (first_.is_vaccine(*v) || alternate_.is_vaccine(*v)) return;
    sink_.add(DoseFault::trade_name, [&] {
      DoseFinding f = finding(DoseFault::trade_name, c);
      f.spot = spot(rxa_, 5, c.component + 1, m_.component(m_.repetition(rxa_, 5, 1), c.component + 1));
      f.code = row_of(first_.known() ? first_ : alternate_);
      f.other = named[0]->row;
      return f;
    });
  }

  void check_pair() {
    if (!first_.known() || !alternate_.known()) return;
    const auto names = [](const Coded& a, const Coded& b) {  // whether b is a vaccine that a is
      if (a.vaccine) return b.is_vaccine(*a.vaccine);
      return b.is_vaccine(*a.product->vaccines[0]) || (a.product->vaccines[1] && b.is_vaccine(*a.product->vaccines[1]));
    };
    if (names(first_, alternate_)) return;
    sink_.add(DoseFault::codes_differ, [&] {
      DoseFinding f = finding(DoseFault::codes_differ, alternate_);
      f.other = row_of(first_);
      return f;
    });
  }

  // ---- the manufacturer

  static bool has(const Makers& makers, uint16_t number) {
    return std::find(makers.begin(), makers.end(), number) != makers.end();
  }

  void check_maker() {
    const Element code = first_part(rxa_, 17);
    const std::string_view value = m_.value(code);
    const Maker* maker = value.empty() ? nullptr : codes_.maker(value);
    if (!maker) return;
    const auto add = [&](DoseFault fault, const Code* other) {
      sink_.add(fault, [&] {
        DoseFinding f;
        f.fault = fault;
        f.spot = spot(rxa_, 17, 1, code);
        f.code = maker->row;
        f.other = other;
        f.day = day_;
        f.limit = maker->inactive_since;
        return f;
      });
    };
    if (maker->inactive_since && day_ > maker->inactive_since) add(DoseFault::mvx_inactive, nullptr);
    const uint16_t number = codes_.number(*maker);
    const Coded& product = alternate_.product ? alternate_ : first_;
    const Coded& vaccine = first_.vaccine ? first_ : alternate_;
    if (product.product && !product.product->makers.empty()) {
      if (has(product.product->makers, number)) return;
      // The maker of the product is gone, and this one makes the vaccine today.
      const bool gone = std::all_of(product.product->makers.begin(), product.product->makers.end(),
                                    [&](uint16_t n) { return codes_.maker_row(n)->status == "Inactive"; });
      for (const Vaccine* v : product.product->vaccines)
        if (gone && v && has(v->makers, number)) return;
      add(DoseFault::ndc_maker, product.product->row);
    } else if (vaccine.vaccine && !vaccine.vaccine->makers.empty() && !has(vaccine.vaccine->makers, number)) {
      add(DoseFault::cvx_maker, vaccine.vaccine->row);
    }
  }

  // ---- its information statements

  void check_statements() {
    Abouts bar_codes, types, published, presented;
    for (const uint32_t s : segments_) {
      if (m_.segments()[s].name != OBX) continue;
      const std::string_view code = m_.value(first_part(s, 3));
      if (code.size() != 7) continue;
      Abouts* kind = code == "69764-9"   ? &bar_codes
                     : code == "30956-7" ? &types
                     : code == "29768-9" ? &published
                     : code == "29769-7" ? &presented
                                         : nullptr;
      if (kind) kind->add(s);
    }
    for (const uint32_t s : presented.all()) {
      const About p = about(s, false);
      const Day day = day_of(m_.value(p.value));
      if (!day || !day_) continue;
      if (day > day_) add_statement(DoseFault::vis_after_dose, p, nullptr, nullptr, day, day_);
      if (later(day, kLongBefore) < day_) add_statement(DoseFault::vis_long_before, p, nullptr, nullptr, day, day_);
    }
    if (!bar_codes.count && !types.count) return;
    for (const Coded* c : {&first_, &alternate_}) {
      take(c->vaccine);
      if (!c->product) continue;
      for (const Vaccine* v : c->product->vaccines) take(v);
    }
    for (const uint32_t s : bar_codes.all()) check_bar_code(about(s, true), day_in(presented, set_of(s)));
    for (const uint32_t s : types.all()) check_type(about(s, true), published, day_in(presented, set_of(s)));
  }

  std::string_view set_of(uint32_t segment) const { return m_.value(m_.repetition(segment, 4, 1)); }
  About about(uint32_t segment, bool coded) const {
    return {segment, first_part(segment, 5), coded ? 1u : 0u, set_of(segment)};
  }

  /// What the dose is for: the groups and statements of all vaccines that it is.
  void take(const Vaccine* v) {
    if (!v) return;
    groups_ |= v->groups;
    documents_ |= v->documents;
  }

  Day day_in(const Abouts& abouts, std::string_view set) const {
    for (const uint32_t s : abouts.all())
      if (set_of(s) == set) return day_of(m_.value(first_part(s, 5)));
    return 0;
  }

  void add_statement(DoseFault fault, const About& at, const Code* code, const Code* other, Day day, Day limit) {
    sink_.add(fault, [&] {
      DoseFinding f;
      f.fault = fault;
      f.spot = spot(at.segment, 5, at.component, at.value);
      f.code = code;
      f.other = fault == DoseFault::vis_other_vaccine ? row_of(first_.known() ? first_ : alternate_) : other;
      f.day = day;
      f.limit = limit;
      return f;
    });
  }

  void check_bar_code(const About& at, Day presented) {
    const std::string_view value = m_.value(at.value);
    if (value.empty()) return;
    const VisEdition* e = codes_.vis(value);
    if (!e) {
      if (codes_.has_statements())
        add_statement(is_vis_bar_code(value) ? DoseFault::vis_unknown : DoseFault::vis_bar_code, at, nullptr, nullptr,
                      presented, 0);
      return;
    }
    if (e->document && (groups_ | documents_) && !(documents_ & e->document) &&
        !(groups_ & codes_.groups_of(e->document)))
      add_statement(DoseFault::vis_other_vaccine, at, e->row, nullptr, presented, 0);
    if (!presented) return;
    if (presented < e->first) add_statement(DoseFault::vis_too_early, at, e->row, nullptr, presented, e->edition);
    if (e->outdated && presented > e->outdated)
      add_statement(DoseFault::vis_outdated, at, e->row, e->next, presented, e->edition);
  }

  void check_type(const About& at, const Abouts& published, Day presented) {
    const Vaccine* type = codes_.vaccine(m_.value(at.value));
    // By groups; one statement may be about vaccines of several, so it counts only where there is none.
    const bool by_group = type && type->groups && groups_;
    const bool other =
        by_group ? !(type->groups & groups_) : type && type->documents && documents_ && !(type->documents & documents_);
    if (other && !first_.is_vaccine(*type) && !alternate_.is_vaccine(*type))
      add_statement(DoseFault::vis_other_vaccine, at, type->row, nullptr, presented, 0);
    for (const uint32_t s : published.all()) {
      const About p = about(s, false);
      if (p.set != at.set) continue;
      const Day edition = day_of(m_.value(p.value));
      if (!edition || !presented) return;
      if (presented < edition) add_statement(DoseFault::vis_too_early, p, nullptr, nullptr, presented, edition);
      if (!type || !type->documents) return;
      // Of several statements with an edition of that day, any that still holds will do.
      const VisEdition* outdated = nullptr;
      bool holds = false;
      codes_.each_edition(type->documents, [&](const VisEdition& e) {
        if (e.edition != edition) return;
        if (e.outdated && presented > e.outdated)
          outdated = &e;
        else
          holds = true;
      });
      if (outdated && !holds)
        add_statement(DoseFault::vis_outdated, p, outdated->row, outdated->next, presented, edition);
      return;
    }
  }

  const DoseCodes& codes_;
  const Message& m_;
  std::span<const uint32_t> segments_;
  Sink& sink_;
  uint32_t rxa_ = 0;
  Day day_ = 0;
  Coded first_, alternate_;
  uint64_t groups_ = 0, documents_ = 0;
};

}  // namespace

bool is_vis_bar_code(std::string_view text) {
  return text.size() == 24 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
         text.starts_with("253") && text.substr(16, 2) == "11" && gs1_check_digit(text.substr(3, 12)) == text[15] &&
         day_of("20" + std::string(text.substr(18)));
}

DoseFault dose_fault(std::string_view name) {
  return static_cast<DoseFault>(std::find(kNames.begin(), kNames.end(), name) - kNames.begin());
}

uint32_t dose_faults(const DoseCodes& codes, const Message& message, std::span<const uint32_t> segments) {
  Sink sink;
  DoseCheck(codes, message, segments, sink).run();
  return sink.faults;
}

std::vector<DoseFinding> find_dose_faults(const DoseCodes& codes, const Message& message,
                                          std::span<const uint32_t> segments, DoseFault fault) {
  std::vector<DoseFinding> out;
  Sink sink{0, fault, &out};
  DoseCheck(codes, message, segments, sink).run();
  sort_values(out, [&](const DoseFinding& a, const DoseFinding& b) {
    return message.span(a.spot.element).begin < message.span(b.spot.element).begin;
  });
  return out;
}

}  // namespace iz
