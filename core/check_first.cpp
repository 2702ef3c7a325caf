// What check says before everything else: what the message is, and what is wrong with it as a whole.
#include "core/batch.h"
#include "core/check_state.h"
#include "core/choose_profile.h"
#include "core/first_words.h"
#include "core/form_check.h"

namespace iz {

void Checker::State::say_first(const CheckOptions& options, const ChosenProfile& chosen) {
  const auto segments = message->segments();
  const bool envelope = chosen.profile && chosen.profile->id == batch_profile;
  if (!message->has_header() && !envelope)
    add(Engine::header_missing, {segment_code("MSH"), 1}, segments.empty() ? Span{} : name_span(segments[0]));
  const Engine doubts[] = {Engine::count, Engine::profile_unknown, Engine::profile_contradicted,
                           Engine::message_foreign, Engine::message_unknown};
  if (chosen.doubt != ProfileDoubt::none) {
    const Location at = locate(*message, chosen.place);
    Finding& f = add(doubts[static_cast<size_t>(chosen.doubt)], chosen.place, at.span);
    if (at.segment >= 0) f.line = segments[static_cast<size_t>(at.segment)].line;
  }
  const LineEnds ends = find_line_ends(*message);
  const bool mixed = (ends.cr > 0) + (ends.lf > 0) + (ends.crlf > 0) > 1;
  if (!mixed && (!options.sent_line_ends || ends.lf + ends.crlf == 0)) return;
  const Segment& odd = segments[ends.odd];
  add(mixed ? Engine::line_ends_mixed : Engine::line_ends_other, {odd.name, odd.name ? odd.occurrence : 0},
      {odd.end, odd.end})
      .line = odd.line;
}

void Checker::State::say_truncated() {
  const auto cut = find_truncation(catalogue, *message, *profile, structure, report->findings);
  if (!cut) return;
  const Segment& last = message->segments()[cut->segment];
  const auto cause = static_cast<int32_t>(report->findings.size());
  Finding& f = add(Engine::message_truncated, cut->next, {last.end, last.end});
  f.line = last.line;
  for (const Truncation::Place& missing : cut->missing)
    for (Finding& g : report->findings)
      if (g.severity == Severity::error && g.kind == Kind::usage && g.path == missing.path && g.group == missing.group)
        g.follows = cause;
}

/// No profile fits: what can be said of any message.
void Checker::State::check_form_only() {
  check_lines();
  const Profile* like = catalogue.profile("Z22");
  const auto wrong = [&](const Path& path, Element e, uint32_t s, const ElementDef& def) {
    Finding& f = add(Engine::format_wrong, path, message->span(e));
    f.line = message->segments()[s].line;
    f.element = &def;
  };
  if (like) check_form(*message, *like, wrong);
  order_findings();
}

/// FHS, BHS, BTS and FTS; a message in between is checked on its own.
void Checker::State::check_envelope() {
  check_lines();
  const auto segments = message->segments();
  for (uint32_t s = 0; s < segments.size(); ++s) {
    const Segment& at = segments[s];
    if (const SegmentDef* def = profile->segment(at.name))
      check_segment(s, *def);
    else if (at.name && at.name != segment_code("MSH"))
      add(Engine::segment_unexpected, {at.name, at.occurrence}, name_span(at)).line = at.line;
  }
  for (const BatchFault& fault : find_batch_faults(*message)) {
    Finding& f = add(fault.engine, fault.path, fault.span);
    f.line = segments[fault.segment].line;
    f.number = fault.number;
  }
  order_findings();
}

}  // namespace iz
