// JSON of checked messages, explanations and summaries.
#include "core/batch.h"
#include "core/json.h"
#include "core/version.h"
#include "core/write.h"

namespace iz {

namespace {

struct Context {
  const Catalogue& catalogue;
  const Message& message;
  const Report& report;
  const OffsetCounter& count;
  bool words;
};

void write_finding(std::string& out, const Context& context, const Finding& finding) {
  const Rule& rule = context.catalogue.rules[finding.rule];
  JsonObject object(out);
  object.text("rule", rule.id);
  object.text("kind", to_string(finding.kind));
  object.text("severity", to_string(finding.severity));
  object.text("path", place(context.catalogue, context.report, finding));
  object.text("erl", finding.group < 0 ? to_erl(finding.path) : std::string{});
  object.number("line", finding.line);
  json_span(object, context.count, finding.span);
  object.text("message", sentence(context.catalogue, context.message, context.report, finding));
  {
    const Source rests_on = source_of(context.catalogue, context.report, finding);
    JsonObject source(object.key("source"));
    source.text("document", rests_on.document);
    source.text("statement", rests_on.statement);
  }
  object.text("layer", to_string(finding.layer));
  if (finding.local >= 0) {
    const LocalEffect& effect = context.catalogue.local[static_cast<size_t>(finding.local)];
    JsonObject local(object.key("local"));
    local.text("profile", effect.profile->id);
    local.text("change", to_string(effect.kind));
    local.text("national", effect.national);
    local.text("here", effect.here);
    local.text("code", effect.says(LocalKey::code));
    local.text("relaxes", effect.says(LocalKey::relaxes));
  }
  if (finding.follows < 0) {
    object.null("follows");
  } else {
    object.number("follows", finding.follows);
  }
  if (!context.words) return;
  object.text("title", title(context.catalogue, context.message, context.report, finding));
  object.text("who", label(who_fixes(context.catalogue, context.report, finding)));
  object.text("why", why(context.catalogue, context.message, context.report, finding));
  object.text("fix", how_to_fix(context.catalogue, context.message, context.report, finding));
  if (!rule.plain.empty()) object.text("plain", plain(context.catalogue, context.message, context.report, finding));
  if (!rule.plain_fix.empty())
    object.text("plain_fix", plain_fix(context.catalogue, context.message, context.report, finding));
}

}  // namespace

void append_report_json(std::string& out, const Catalogue& catalogue, const Message& message, const Report& report,
                        const WriteOptions& options) {
  const OffsetCounter count(message.text(), options.offsets);
  const Context context{catalogue, message, report, count, options.words};
  JsonObject object(out);
  object.number("index", options.index);
  object.text("file", options.file);
  object.text("control_id", is_batch(message) ? std::string_view() : message.get("MSH", 10));
  object.text_or_null("profile", report.profile ? std::string_view(report.profile->id) : "");
  object.text_or_null("as_of", report.as_of ? to_iso(report.as_of) : std::string{});
  json_list(object.key("findings"), report.findings,
            [&](const Finding& finding) { write_finding(out, context, finding); });
  object.text("profile_choice", report.choice_text());
  object.number("undecided", report.undecided);
  json_list(object.key("notes"), options.notes, [&](const std::string& note) { json_quote(out, note); });
}

std::string report_json(const Catalogue& catalogue, const Message& message, const Report& report,
                        const WriteOptions& options) {
  std::string out;
  append_report_json(out, catalogue, message, report, options);
  return out;
}

std::string explanation_json(const Catalogue& catalogue, const Message& message, const Report& report,
                             const Explanation& explanation, Offsets offsets) {
  const OffsetCounter count(message.text(), offsets);
  const Context context{catalogue, message, report, count, true};
  std::string out;
  {
    JsonObject object(out);
    object.text("path", to_string(explanation.path));
    object.text("name", explanation.name);
    object.text("data_type", explanation.data_type);
    object.text("usage", explanation.usage);
    object.text("cardinality", explanation.cardinality);
    object.text("value", explanation.value);
    object.text("decoded", explanation.decoded);
    object.text("meaning", explanation.meaning);
    json_list(object.key("findings"), explanation.findings,
              [&](uint32_t index) { write_finding(out, context, report.findings[index]); });
    object.text("trail", explanation.trail);
    object.text("length", explanation.length);
    object.text("binding", explanation.binding);
    object.text("condition", explanation.condition);
    object.boolean("present", explanation.present);
    object.boolean("defined", explanation.defined);
    json_span(object, count, explanation.span);
  }
  return out;
}

std::string_view to_string(DoseKind kind) {
  switch (kind) {
    case DoseKind::given:
      return "given";
    case DoseKind::historical:
      return "historical";
    case DoseKind::refused:
      return "refused";
    case DoseKind::not_given:
      return "not_given";
    case DoseKind::partial:
      return "partial";
    case DoseKind::due:
      return "due";
    case DoseKind::observation:
      return "observation";
    case DoseKind::unknown:
      break;
  }
  return "unknown";
}

std::string summary_json(const Message& message, const Summary& summary, Offsets offsets) {
  const OffsetCounter count(message.text(), offsets);
  std::string out;
  {
    JsonObject object(out);
    object.text("headline", summary.headline);
    json_list(object.key("lines"), summary.lines, [&](const Line& line) {
      JsonObject entry(out);
      entry.text("label", line.label);
      entry.text("text", line.text);
      entry.text("path", to_string(line.path));
      json_span(entry, count, line.span);
    });
    json_list(object.key("doses"), summary.doses, [&](const Dose& dose) {
      JsonObject entry(out);
      entry.text("kind", to_string(dose.kind));
      entry.text("vaccine", dose.vaccine);
      entry.text("date", dose.date);
      entry.text("lot", dose.lot);
      entry.text("text", dose.text);
      entry.number("order", dose.order);
      entry.text("path", to_string(dose.path));
      json_span(entry, count, dose.span);
    });
  }
  return out;
}

std::string version_json(const Catalogue& catalogue) {
  std::string out;
  {
    JsonObject object(out);
    object.text("version", version);
    object.number("rules", static_cast<int64_t>(catalogue.rules.size()));
    json_list(object.key("profiles"), catalogue.profiles, [&](const auto& profile) {
      JsonObject entry(out);
      entry.text("id", profile->id);
      entry.text("title", profile->title);
      entry.text("source", profile->source);
    });
    json_list(object.key("code_sets"), catalogue.code_sets, [&](const auto& item) {
      const CodeSet& set = *item.second;
      JsonObject entry(out);
      entry.text("id", set.id);
      entry.text("name", set.name);
      JsonObject edition(entry.key("edition"));
      edition.text("source", set.edition.source);
      edition.text("date", set.edition.date);
      edition.text("document", set.edition.document);
    });
  }
  return out;
}

}  // namespace iz
