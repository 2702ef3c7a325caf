// JSON of checked messages, explanations and summaries. Written by hand, value by value, so that
// thousands of messages cost little and the keys keep their order.
#include <fmt/format.h>

#include <iterator>

#include "core/utf8.h"
#include "core/version.h"
#include "core/write.h"

namespace iz {

namespace {

/// A JSON string, for any bytes.
void quote(std::string& out, std::string_view text) {
  out += '"';
  size_t plain = 0;  // begin of the bytes that can be copied as they are
  const auto flush = [&](size_t end) { out.append(text, plain, end - plain); };
  for (size_t at = 0; at < text.size();) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\' && c != 0x7F) {
      ++at;
      continue;
    }
    if (c >= 0x80) {
      const Char next = next_char(text, at);
      if (!next.valid) {
        flush(at);
        append_char(out, next.code);
        plain = at + next.size;
      }
      at += next.size;
      continue;
    }
    flush(at);
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", c);
    }
    plain = ++at;
  }
  flush(text.size());
  out += '"';
}

/// Writes one object; keys in the order of the calls.
class Object {
 public:
  explicit Object(std::string& out) : out_(out) { out_ += '{'; }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  ~Object() { out_ += '}'; }
  /// Writes the key; the value is for the caller to append.
  std::string& key(std::string_view name) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += '"';
    out_ += name;
    out_ += "\":";
    return out_;
  }
  void text(std::string_view name, std::string_view value) { quote(key(name), value); }
  void number(std::string_view name, int64_t value) { fmt::format_to(std::back_inserter(key(name)), "{}", value); }
  void boolean(std::string_view name, bool value) { key(name) += value ? "true" : "false"; }
  void null(std::string_view name) { key(name) += "null"; }
  void text_or_null(std::string_view name, std::string_view value) {
    if (value.empty()) {
      null(name);
    } else {
      text(name, value);
    }
  }

 private:
  std::string& out_;
  bool first_ = true;
};

/// Writes `[a,b,...]`, calling `each(item)` for every item.
template <class Items, class Each>
void list(std::string& out, const Items& items, Each each) {
  out += '[';
  bool first = true;
  for (const auto& item : items) {
    if (!first) out += ',';
    first = false;
    each(item);
  }
  out += ']';
}

/// Byte offsets as the caller wants them.
class Counter {
 public:
  Counter(std::string_view text, Offsets offsets)
      : utf16_(offsets == Offsets::utf16 ? text : std::string_view{}), bytes_(offsets == Offsets::bytes) {}
  int64_t operator()(uint32_t byte) const { return bytes_ ? byte : utf16_(byte); }

 private:
  Utf16Offsets utf16_;
  bool bytes_;
};

void write_span(Object& object, const Counter& count, Span span) {
  object.number("begin", count(span.begin));
  object.number("end", count(span.end));
}

struct Context {
  const Catalogue& catalogue;
  const Message& message;
  const Report& report;
  const Counter& count;
  bool words;
};

void write_finding(std::string& out, const Context& context, const Finding& finding) {
  const Rule& rule = context.catalogue.rules[finding.rule];
  Object object(out);
  object.text("rule", rule.id);
  object.text("kind", to_string(finding.kind));
  object.text("severity", to_string(finding.severity));
  object.text("path", place(context.catalogue, context.report, finding));
  object.text("erl", finding.group < 0 ? to_erl(finding.path) : std::string{});
  object.number("line", finding.line);
  write_span(object, context.count, finding.span);
  object.text("message", sentence(context.catalogue, context.message, context.report, finding));
  {
    Object source(object.key("source"));
    source.text("document", rule.source.document);
    source.text("statement", source_statement(context.catalogue, context.report, finding));
  }
  object.text("layer", to_string(finding.layer));
  if (finding.follows < 0) {
    object.null("follows");
  } else {
    object.number("follows", finding.follows);
  }
  if (!context.words) return;
  object.text("title", title(context.catalogue, context.message, context.report, finding));
  object.text("who", label(rule.who));
  object.text("why", why(context.catalogue, context.message, context.report, finding));
  object.text("fix", how_to_fix(context.catalogue, context.message, context.report, finding));
}

}  // namespace

void append_report_json(std::string& out, const Catalogue& catalogue, const Message& message, const Report& report,
                        const WriteOptions& options) {
  const Counter count(message.text(), options.offsets);
  const Context context{catalogue, message, report, count, options.words};
  Object object(out);
  object.number("index", options.index);
  object.text("file", options.file);
  object.text("control_id", message.get("MSH", 10));
  object.text_or_null("profile", report.profile ? std::string_view(report.profile->id) : "");
  object.text_or_null("as_of", report.as_of ? to_iso(report.as_of) : std::string{});
  list(object.key("findings"), report.findings, [&](const Finding& finding) { write_finding(out, context, finding); });
  object.text("profile_choice", report.choice_text());
  object.number("undecided", report.undecided);
  list(object.key("notes"), options.notes, [&](const std::string& note) { quote(out, note); });
}

std::string report_json(const Catalogue& catalogue, const Message& message, const Report& report,
                        const WriteOptions& options) {
  std::string out;
  append_report_json(out, catalogue, message, report, options);
  return out;
}

std::string explanation_json(const Catalogue& catalogue, const Message& message, const Report& report,
                             const Explanation& explanation, Offsets offsets) {
  const Counter count(message.text(), offsets);
  const Context context{catalogue, message, report, count, true};
  std::string out;
  {
    Object object(out);
    object.text("path", to_string(explanation.path));
    object.text("name", explanation.name);
    object.text("data_type", explanation.data_type);
    object.text("usage", explanation.usage);
    object.text("cardinality", explanation.cardinality);
    object.text("value", explanation.value);
    object.text("decoded", explanation.decoded);
    object.text("meaning", explanation.meaning);
    list(object.key("findings"), explanation.findings,
         [&](uint32_t index) { write_finding(out, context, report.findings[index]); });
    object.text("trail", explanation.trail);
    object.text("length", explanation.length);
    object.text("binding", explanation.binding);
    object.text("condition", explanation.condition);
    object.boolean("present", explanation.present);
    object.boolean("defined", explanation.defined);
    write_span(object, count, explanation.span);
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
  const Counter count(message.text(), offsets);
  std::string out;
  {
    Object object(out);
    object.text("headline", summary.headline);
    list(object.key("lines"), summary.lines, [&](const Line& line) {
      Object entry(out);
      entry.text("label", line.label);
      entry.text("text", line.text);
      entry.text("path", to_string(line.path));
      write_span(entry, count, line.span);
    });
    list(object.key("doses"), summary.doses, [&](const Dose& dose) {
      Object entry(out);
      entry.text("kind", to_string(dose.kind));
      entry.text("vaccine", dose.vaccine);
      entry.text("date", dose.date);
      entry.text("lot", dose.lot);
      entry.text("text", dose.text);
      entry.number("order", dose.order);
      entry.text("path", to_string(dose.path));
      write_span(entry, count, dose.span);
    });
  }
  return out;
}

std::string version_json(const Catalogue& catalogue) {
  std::string out;
  {
    Object object(out);
    object.text("version", version);
    object.number("rules", static_cast<int64_t>(catalogue.rules.size()));
    list(object.key("profiles"), catalogue.profiles, [&](const auto& profile) {
      Object entry(out);
      entry.text("id", profile->id);
      entry.text("title", profile->title);
      entry.text("source", profile->source);
    });
    list(object.key("code_sets"), catalogue.code_sets, [&](const auto& item) {
      const CodeSet& set = *item.second;
      Object entry(out);
      entry.text("id", set.id);
      entry.text("name", set.name);
      Object edition(entry.key("edition"));
      edition.text("source", set.edition.source);
      edition.text("date", set.edition.date);
      edition.text("document", set.edition.document);
    });
  }
  return out;
}

}  // namespace iz
