#include "core/write_fix.h"

namespace iz {

std::string fixes_json(const Catalogue& catalogue, const Message& message, const Report& report, Offsets offsets) {
  const OffsetCounter count(message.text(), offsets);
  std::string out = "[";
  for (size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& f = report.findings[i];
    const std::vector<Fix> found = fixes(catalogue, message, report, f);
    if (found.empty()) continue;
    if (out.size() > 1) out += ',';
    JsonObject o(out);
    o.number("finding", static_cast<int64_t>(i));
    o.text("rule", catalogue.rules[f.rule].id);
    o.text("path", place(catalogue, report, f));
    json_list(o.key("fixes"), found, [&](const Fix& fix) {
      JsonObject one(out);
      one.text("label", fix.label);
      one.boolean("safe", fix.safe);
      json_list(one.key("edits"), fix.edits, [&](const Edit& edit) {
        JsonObject e(out);
        json_span(e, count, edit.span);
        e.text("text", edit.text);
      });
    });
  }
  return out += ']';
}

std::string plan_json(const Catalogue& catalogue, const FixPlan& plan) {
  std::string out;
  {
    JsonObject whole(out);
    json_list(whole.key("steps"), plan.steps, [&](const PlannedFix& step) {
      JsonObject o(out);
      o.text("rule", catalogue.rules[step.rule].id);
      o.text_or_null("place", step.place);
      o.number("line", step.line);
      o.text("label", step.label);
      o.text("before", step.before);
      o.text("after", step.after);
    });
    whole.text("text", plan.text);
  }
  return out;
}

std::string plan_text(const FixPlan& plan) {
  if (plan.steps.empty()) return "Nothing can be mended safely\n";
  std::string out;
  for (const PlannedFix& step : plan.steps) {
    out += fmt::format("line {}  {}", step.line, step.label);
    if (!step.before.empty() && step.label.find(step.before) == std::string::npos)
      out += fmt::format("  (was {})", step.before);
    out += '\n';
  }
  return out;
}

}  // namespace iz
