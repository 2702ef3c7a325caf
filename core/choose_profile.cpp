#include "core/choose_profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "core/batch.h"
#include "core/elements.h"

namespace iz {
namespace {

constexpr uint32_t kProfileField = 21;
constexpr std::string_view kMostKnownQuery = "Z44";  // where QPD-1 does not tell: what registries ask for today

uint32_t count_segments(const Message& m, std::string_view name) {
  const uint32_t code = segment_code(name);
  return static_cast<uint32_t>(
      std::count_if(m.segments().begin(), m.segments().end(), [&](const Segment& s) { return s.name == code; }));
}

/// Whether a dose of the message has this vaccine code.
bool has_vaccine(const Message& m, std::string_view code) {
  const auto segments = m.segments();
  for (uint32_t s = 0; s < segments.size(); ++s)
    if (segments[s].name == segment_code("RXA") && m.value(m.component(m.repetition(s, 5, 1), 1)) == code) return true;
  return false;
}

/// Whether it is the profile of a kind of message.
bool is_known(const Profile* profile) { return profile && !profile->type.empty(); }

/// Segments of the message that a profile does not have, and required top-level segments that the message does not have.
uint32_t distance(const Message& m, const Profile& profile) {
  uint32_t n = 0;
  for (const Segment& s : m.segments()) n += s.name && !has_segment(profile, s.name);
  for (const StructureDef& d : profile.structure)
    n += !d.group && d.parent < 0 && d.usage == Usage::R && count_segments(m, d.name) == 0;
  return n;
}

/// Chooses by what the message holds, for one message type.
class ByType {
 public:
  ByType(const Catalogue& catalogue, const Message& message) : catalogue_(catalogue), message_(message) {}

  /// `told` says what told; the profile is nullptr for a type that no profile has.
  const Profile* choose(std::string_view type, ProfileChoice& told) const {
    told = ProfileChoice::message_type;
    if (type == "QBP") {
      const std::string_view query = message_.get("QPD", 1, 1);
      if (query == "Z34" || query == "Z44") {
        told = ProfileChoice::query_name;
        return known(query, type);
      }
      return known(kMostKnownQuery, type);
    }
    if (type == "RSP") {
      told = ProfileChoice::content;
      return known(response(), type);
    }
    return known({}, type);
  }

 private:
  /// Which of the responses: candidates, no person, forecast or history.
  std::string_view response() const {
    const uint32_t persons = count_segments(message_, "PID");
    if (persons > 1) return "Z31";
    if (persons == 0) return "Z33";
    const std::string_view query = message_.get("QPD", 1, 1);
    if (query == "Z44") return "Z42";
    if (query == "Z34") return "Z32";
    return has_vaccine(message_, "998") ? "Z42" : "Z32";
  }

  /// The profile of that id, else the first one of the type.
  const Profile* known(std::string_view id, std::string_view type) const {
    if (const Profile* p = id.empty() ? nullptr : catalogue_.profile(id); is_known(p)) return p;
    for (const auto& p : catalogue_.profiles)
      if (is_known(p.get()) && p->type == type) return p.get();
    return nullptr;
  }

  const Catalogue& catalogue_;
  const Message& message_;
};

/// The message type that the segments speak of, when MSH does not; empty when they do not either.
std::string_view type_by_segments(const Message& m) {
  const bool answer = m.find_segment("MSA") >= 0, query = m.find_segment("QPD") >= 0;
  if (answer && (query || m.find_segment("QAK") >= 0)) return "RSP";
  if (answer) return "ACK";
  if (query) return "QBP";
  if (m.find_segment("RXA") >= 0) return "VXU";
  return m.has_header() || m.find_segment("PID") < 0 ? "" : "VXU";  // the first line was not copied
}

Path header_place(uint32_t field) { return {segment_code("MSH"), 1, field, 1, 1}; }

}  // namespace

ChosenProfile choose_profile(const Catalogue& catalogue, const Message& m) {
  ChosenProfile out;
  if (is_batch(m)) {
    out.profile = catalogue.profile(batch_profile);
    if (out.profile) out.choice = ProfileChoice::segments;
    return out;
  }
  const ByType by_type(catalogue, m);
  const int header = m.find_segment("MSH");
  const Profile* named = nullptr;  // in MSH-21
  std::string_view type;           // in MSH-9
  if (header >= 0) {
    const auto s = static_cast<uint32_t>(header);
    const Element names = m.field(s, kProfileField);
    const uint32_t repetitions = m.present(names) ? m.count(names, Level::repetition) : 0;
    for (uint32_t r = 1; r <= repetitions && !named; ++r) {
      const Profile* p = catalogue.profile(m.value(m.component(m.repetition(s, kProfileField, r), 1)));
      if (is_known(p)) named = p;
    }
    if (repetitions && !named) {
      out.doubt = ProfileDoubt::unknown_profile;
      out.place = header_place(kProfileField);
    }
    type = m.value(m.component(m.repetition(s, 9, 1), 1));
  }
  if (named && (type.empty() || named->type == type)) {
    out.profile = named;
    out.choice = ProfileChoice::msh21;
    return out;
  }
  const Profile* typed = type.empty() ? nullptr : by_type.choose(type, out.choice);
  if (!typed && !named) {
    // Nothing names it: the segments tell. With the type of others, it is ours only if it holds doses.
    const bool ours = type.empty() || m.find_segment("RXA") >= 0;
    const std::string_view held = ours ? type_by_segments(m) : std::string_view();
    ProfileChoice told{};
    if (!held.empty()) typed = by_type.choose(held, told);
    out.choice = typed ? ProfileChoice::segments : ProfileChoice::none;
    out.profile = typed;
    if (!type.empty()) {
      out.doubt = ProfileDoubt::foreign;
      out.place = header_place(9);
    } else if (!typed && m.has_header()) {
      out.doubt = ProfileDoubt::unknown_type;
      out.place = header_place(9);
    }
    return out;
  }
  if (!named) {
    out.profile = typed;
    return out;
  }
  // MSH-21 and MSH-9 contradict each other. The one is blamed that fits what the message holds less.
  const bool trust_name = typed ? distance(m, *named) <= distance(m, *typed) : m.find_segment("RXA") >= 0;
  out.profile = trust_name ? named : typed;
  if (trust_name) out.choice = ProfileChoice::msh21;
  out.doubt = typed || trust_name ? ProfileDoubt::contradiction : ProfileDoubt::foreign;
  out.place = header_place(trust_name || !typed ? 9 : kProfileField);
  if (!out.profile) out.choice = ProfileChoice::none;
  return out;
}

std::string message_kind(const Message& m) {
  static constexpr struct {
    std::string_view code, words;
  } kinds[] = {{"ACK", "acknowledgment"},
               {"ADT", "patient administration"},
               {"BAR", "billing account"},
               {"DFT", "financial transaction"},
               {"MDM", "document"},
               {"MFN", "master file"},
               {"OML", "laboratory order"},
               {"ORM", "order"},
               {"ORU", "observation result"},
               {"PPR", "patient problem"},
               {"QBP", "query"},
               {"QCK", "query acknowledgment"},
               {"QRY", "query of earlier versions"},
               {"RAS", "medication administration"},
               {"RDE", "pharmacy order"},
               {"RSP", "response to a query"},
               {"SIU", "scheduling"},
               {"VXQ", "immunization query of earlier versions"},
               {"VXR", "immunization response of earlier versions"},
               {"VXU", "immunization update"},
               {"VXX", "immunization candidates of earlier versions"}};
  const std::string_view code = m.get("MSH", 9, 1);
  if (code.empty()) return "a message without a type";
  const auto* kind = std::find_if(std::begin(kinds), std::end(kinds), [&](const auto& k) { return k.code == code; });
  return kind == std::end(kinds) ? std::string(code) : fmt::format("{} ({})", code, kind->words);
}

}  // namespace iz
