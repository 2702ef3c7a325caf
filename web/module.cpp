// The engine as a JavaScript module: the C side of the border. web/module.mjs is the other side.
//
//     iz_check(text, size, options, options_size)   // -> JSON, valid until the next call
//
// Text and options come in as UTF-8 in memory from `iz_reserve`; options are a JSON object
// {"profile", "as_of", "sender", "message", "place", "offset", "username", "password", "facility", "control_id", "time", "seed", "sent",
// "table", "code", "limit", "bytes"}; "bytes" is true for a file and absent for a string that was decoded already. JSON
// goes out, NUL-terminated; its offsets are UTF-16 units, converted by core/utf8.h alone. What a caller did wrong comes
// back as {"error": "one sentence"}. No call throws, none keeps what it was given but that of tables to be used (codes.cpp).
#include <emscripten/emscripten.h>
#include <fmt/format.h>

#include <cstdlib>
#include <new>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/batch.h"
#include "core/compare_messages.h"
#include "core/deidentify.h"
#include "core/example.h"
#include "core/explain.h"
#include "core/extract.h"
#include "core/interpret.h"
#include "core/mask.h"
#include "core/predict.h"
#include "core/query_answer.h"
#include "core/summary.h"
#include "core/utf8.h"
#include "core/write.h"
#include "core/write_answer.h"
#include "core/write_codes.h"
#include "core/write_fix.h"
#include "core/write_outcome.h"
#include "web/module.h"

namespace iz::web {

namespace {

std::unique_ptr<Catalogue>& own_catalogue() {
  static std::unique_ptr<Catalogue> catalogue;
  return catalogue;
}

/// What lies on top of the built-in catalogue.
struct OnTop {
  std::vector<LoadedTable> tables;
  std::shared_ptr<const LocalProfile> local;
  Date as_of;
};
OnTop& on_top() {
  static OnTop all;
  return all;
}

std::unique_ptr<CodeSearch>& own_search() {
  static std::unique_ptr<CodeSearch> search;
  return search;
}

std::unique_ptr<Checker>& own_checker() {
  static std::unique_ptr<Checker> checker;
  return checker;
}

}  // namespace

const Catalogue& catalogue() { return own_catalogue() ? *own_catalogue() : Catalogue::built_in(); }

static void use(OnTop wanted) {
  std::unique_ptr<Catalogue> another;
  if (!wanted.tables.empty() || wanted.local) {
    const auto locals =
        wanted.local ? std::span(&wanted.local, 1) : std::span<const std::shared_ptr<const LocalProfile>>();
    another = Catalogue::load(embedded_files(), wanted.tables, locals, wanted.as_of);
  }
  own_checker().reset();
  own_search().reset();
  own_catalogue() = std::move(another);
  on_top() = std::move(wanted);
}

void use_tables(std::vector<LoadedTable> tables) { use({std::move(tables), on_top().local, on_top().as_of}); }
void use_local(std::shared_ptr<const LocalProfile> local, Date as_of) {
  use({on_top().tables, std::move(local), as_of});
}
const std::shared_ptr<const LocalProfile>& local() { return on_top().local; }

Checker& checker() {
  if (!own_checker()) own_checker() = std::make_unique<Checker>(catalogue());
  return *own_checker();
}

const CodeSearch& search() {
  if (!own_search()) own_search() = std::make_unique<CodeSearch>(catalogue());
  return *own_search();
}

std::string& output() {
  static std::string text;
  return text;
}

const char* give_error(std::string_view sentence) {
  output() = nlohmann::json{{"error", sentence}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return output().c_str();
}

}  // namespace iz::web

namespace {

using Json = nlohmann::json;

using iz::web::catalogue;
using iz::web::checker;
using iz::web::give_error;
using iz::web::output;

/// What the caller asked for, or why it cannot be done.
struct Request {
  std::string profile;
  iz::Date as_of;
  uint32_t message = 0;
  std::string place;
  std::optional<uint32_t> offset;  ///< in UTF-16 units
  std::string username, password, facility;
  std::string control_id, time;     ///< of a predicted acknowledgment
  std::string seed;                 ///< of surrogates
  std::optional<std::string> sent;  ///< the message that an answer answers
  std::string table, code;          ///< of codes
  size_t limit = 50;                ///< of hits
  iz::InputKind kind = iz::InputKind::text;
  iz::Sender sender = iz::Sender::any;
  std::string error;
  /// A string has lost the line ends that were sent.
  iz::CheckOptions options() const {
    return {.profile = profile, .as_of = as_of, .sent_line_ends = kind == iz::InputKind::bytes, .sender = sender};
  }
};

Request read_request(std::string_view text) {
  Request r;
  const Json options = Json::parse(text, nullptr, false);
  if (!options.is_object()) return r.error = "The options are not an object", r;
  r.profile = options.value("profile", "");
  if (!r.profile.empty() && !catalogue().profile(r.profile)) {
    r.error = fmt::format("No profile is called \"{}\"", r.profile);
    return r;
  }
  if (const std::string day = options.value("as_of", ""); !day.empty()) {
    const auto date = iz::parse_date(day);
    if (!date) return r.error = fmt::format("\"{}\" is not a date (YYYY-MM-DD)", day), r;
    r.as_of = *date;
  }
  if (const std::string sender = options.value("sender", ""); sender == "pharmacy")
    r.sender = iz::Sender::pharmacy;
  else if (!sender.empty())
    return r.error = fmt::format("No kind of sender is called \"{}\"", sender), r;
  r.message = options.value("message", 0u);
  r.place = options.value("place", "");
  if (options.contains("sent")) r.sent = options.value("sent", "");
  r.control_id = options.value("control_id", "");
  r.seed = options.value("seed", "");
  r.time = options.value("time", "");
  r.table = options.value("table", "");
  if (!r.table.empty() && !catalogue().code_set(r.table)) {
    r.error = fmt::format("No table is called \"{}\"", r.table);
    return r;
  }
  r.code = options.value("code", "");
  r.limit = options.value("limit", size_t{50});
  if (options.contains("offset")) r.offset = options.value("offset", 0u);
  r.username = options.value("username", "");
  r.password = options.value("password", "");
  r.facility = options.value("facility", "");
  if (options.value("bytes", false)) r.kind = iz::InputKind::bytes;
  return r;
}

/// Runs one call; running out of memory is an answer, too.
template <class Body>
const char* answer(const char* options, size_t options_size, size_t size, Body body) {
  try {
    const Request request = read_request({options, options_size});
    if (!request.error.empty()) return give_error(request.error);
    output().clear();
    return body(request);
  } catch (const std::bad_alloc&) {
    output() = std::string();
    return give_error(fmt::format("Out of memory: the text has {} bytes", size));
  }
}

/// Where the message stands in the input, and its text if that is not simply a part of the input.
void append_origin(std::string& out, std::string_view input, const iz::Utf16Offsets& units,
                   const iz::Extracted& found) {
  const iz::Span at = found.input;
  fmt::format_to(std::back_inserter(out), R"("input":{{"begin":{},"end":{}}},"found":{})", units(at.begin),
                 units(at.end), found.found);
  if (input.substr(at.begin, at.end - at.begin) != found.text)
    out += ",\"text\":" + Json(iz::valid_utf8(found.text)).dump();
}

/// One message of the input, checked; false with an error given when there is no such message.
struct Checked {
  iz::Extraction extraction;
  iz::Message message;
  iz::Report report;
};
bool check_one(std::string_view input, const Request& request, Checked& c) {
  c.extraction = iz::extract(input, request.kind);
  const size_t count = c.extraction.messages.size();
  if (request.message >= count) {
    give_error(fmt::format("There is no message {}: the text holds {}", request.message, count));
    return false;
  }
  c.message.parse_view(c.extraction.messages[request.message].text);
  checker().check(c.message, request.options(), c.report);
  return true;
}

}  // namespace

extern "C" {

/// Memory for a text of `size` bytes, to be given back with `iz_release`; null when there is none.
EMSCRIPTEN_KEEPALIVE char* iz_reserve(size_t size) { return new (std::nothrow) char[size + 1]; }
EMSCRIPTEN_KEEPALIVE void iz_release(char* memory) { delete[] memory; }

/// A JSON array with one object for each message of the text, as `iz check --format jsonl` writes
/// them, with "input" and, where the message had to be taken out of another form, "text".
EMSCRIPTEN_KEEPALIVE const char* iz_check(const char* text, size_t size, const char* options, size_t options_size) {
  return answer(options, options_size, size, [&](const Request& request) {
    const std::string_view input(text, size);
    const iz::Extraction extraction = iz::extract(input, request.kind);
    const iz::Utf16Offsets units(input);
    iz::Message message;
    iz::Report report;
    std::string& out = output();
    out = "[";
    uint32_t index = 0;
    for (const iz::Extracted& found : extraction.messages) {
      message.parse_view(found.text);
      checker().check(message, request.options(), report);
      if (index) out += ',';
      iz::append_report_json(out, catalogue(), message, report,
                             {.index = index, .offsets = iz::Offsets::utf16, .words = true, .notes = found.notes});
      out.back() = ',';  // the object goes on
      append_origin(out, input, units, found);
      out += '}';
      ++index;
    }
    // The envelope is one more message, of the profile Batch.
    iz::Extracted envelope;
    const iz::BatchOutline outline = iz::batch_outline(input, extraction);
    if (!outline.text.empty()) {
      envelope.text = outline.text;
      envelope.found = true;
      envelope.input = {0, static_cast<uint32_t>(size)};
      message.parse_view(envelope.text);
      iz::CheckOptions how = request.options();
      how.profile = {};  // its own
      checker().check(message, how, report);
      for (iz::Finding& f : report.findings)
        if (f.line <= outline.lines.size()) f.line = outline.lines[f.line - 1];
      if (index) out += ',';
      iz::append_report_json(out, catalogue(), message, report,
                             {.index = index, .offsets = iz::Offsets::utf16, .words = true});
      out.back() = ',';  // the object goes on
      append_origin(out, input, units, envelope);
      out += '}';
    }
    out += ']';
    return out.c_str();
  });
}

/// What a place of one message is and means, as `iz explain --format json` writes it.
EMSCRIPTEN_KEEPALIVE const char* iz_explain(const char* text, size_t size, const char* options, size_t options_size) {
  return answer(options, options_size, size, [&](const Request& request) {
    Checked c;
    if (!check_one({text, size}, request, c)) return output().c_str();
    iz::Explanation e;
    if (request.offset) {
      const uint32_t byte = iz::Utf16Offsets(c.message.text()).to_byte(*request.offset);
      e = iz::explain(catalogue(), c.message, c.report, byte);
    } else {
      const auto path = iz::parse_path(request.place);
      if (!path) return give_error(fmt::format("\"{}\" is not a place (RXA-5.1)", request.place));
      e = iz::explain(catalogue(), c.message, c.report, *path);
    }
    output() = iz::explanation_json(catalogue(), c.message, c.report, e, iz::Offsets::utf16);
    return output().c_str();
  });
}

/// What one message says, in words.
EMSCRIPTEN_KEEPALIVE const char* iz_summary(const char* text, size_t size, const char* options, size_t options_size) {
  return answer(options, options_size, size, [&](const Request& request) {
    Checked c;
    if (!check_one({text, size}, request, c)) return output().c_str();
    output() = iz::summary_json(c.message, iz::summarize(catalogue(), c.message, c.report), iz::Offsets::utf16);
    return output().c_str();
  });
}

/// What a registry would do with one message, as `iz predict --format json` writes it.
EMSCRIPTEN_KEEPALIVE const char* iz_predict(const char* text, size_t size, const char* options, size_t options_size) {
  return answer(options, options_size, size, [&](const Request& request) {
    Checked c;
    if (!check_one({text, size}, request, c)) return output().c_str();
    const iz::Prediction p = iz::predict(catalogue(), c.message, c.report, {request.control_id, request.time});
    output() = iz::prediction_json(catalogue(), c.message, c.report, p, iz::Offsets::utf16);
    return output().c_str();
  });
}

/// Patients, history, forecast and candidates of one answer to a query, with timelines and the tables as CSV.
EMSCRIPTEN_KEEPALIVE const char* iz_queryAnswer(const char* text, size_t size, const char* options,
                                                size_t options_size) {
  return answer(options, options_size, size, [&](const Request& request) {
    Checked c;
    if (!check_one({text, size}, request, c)) return output().c_str();
    const iz::Extraction sent = iz::extract(request.sent.value_or(""));
    iz::Message query;
    if (!sent.messages.empty()) query.parse_view(sent.messages[0].text);
    const iz::QueryAnswer a = iz::read_query_answer(catalogue(), c.message, c.report, &query);
    output() = iz::query_answer_json(c.message, a, iz::Offsets::utf16);
    output().back() = ',';  // the object goes on
    output() +=
        fmt::format(R"("csv":{{"history":{},"forecast":{},"candidates":{}}}}})", Json(iz::history_csv(a)).dump(),
                    Json(iz::forecast_csv(a)).dump(), Json(iz::candidates_csv(a)).dump());
    return output().c_str();
  });
}

/// All profiles, rules and code sets.
EMSCRIPTEN_KEEPALIVE const char* iz_catalogue(const char*, size_t size, const char* options, size_t options_size) {
  return answer(options, options_size, size, [](const Request&) {
    output() = iz::catalogue_json(catalogue());
    return output().c_str();
  });
}

/// The text of an example of a rule, made from the message that it names: `place` is "RULE/NUMBER", numbers from 0.
EMSCRIPTEN_KEEPALIVE const char* iz_example(const char* text, size_t size, const char* options, size_t options_size) {
  return answer(options, options_size, size, [&](const Request& request) {
    const size_t slash = request.place.find('/');
    const iz::Rule* rule = catalogue().rule(request.place.substr(0, slash));
    const size_t number = slash == std::string::npos ? 0 : std::strtoul(&request.place[slash + 1], nullptr, 10);
    const std::vector<iz::Example> examples = rule ? iz::examples_of(*rule) : std::vector<iz::Example>{};
    if (number >= examples.size()) return give_error(fmt::format("There is no example {}", request.place));
    try {
      output() = Json{{"text", iz::build_example(examples[number], {text, size})}}.dump(-1, ' ', false,
                                                                                        Json::error_handler_t::replace);
    } catch (const iz::CatalogueError& e) {
      return give_error(e.what());
    }
    return output().c_str();
  });
}

/// One message of the text as a request of the CDC 2011 service: a JSON string.
EMSCRIPTEN_KEEPALIVE const char* iz_soapWrap(const char* text, size_t size, const char* options, size_t options_size) {
  return answer(options, options_size, size, [&](const Request& request) {
    const iz::Extraction found = iz::extract({text, size}, request.kind);
    if (!found.messages[0].found) return give_error("The text holds no HL7 message");
    if (request.message >= found.messages.size()) {
      return give_error(
          fmt::format("There is no message {}: the text holds {}", request.message, found.messages.size()));
    }
    iz::json_quote(output(), iz::soap_wrap(found.messages[request.message].text,
                                           {request.username, request.password, request.facility}));
    return output().c_str();
  });
}

/// What an answer means, as `iz interpret --format json` writes it, with "sent_text": the text of the message sent that
/// `begin` and `end` count in, null without one.
EMSCRIPTEN_KEEPALIVE const char* iz_interpret(const char* text, size_t size, const char* options, size_t options_size) {
  return answer(options, options_size, size, [&](const Request& request) {
    const iz::Answer read = iz::read_answer({text, size}, request.kind);
    iz::Message sent;
    iz::Report report;
    if (request.sent) {
      const iz::Extraction found = iz::extract(*request.sent, iz::InputKind::text);
      if (!found.messages[0].found) return give_error("The text of the message sent holds no HL7 message");
      sent.parse(found.messages[iz::answered(read, found.messages)].text);
      checker().check(sent, request.options(), report);
    }
    const iz::Message* known = request.sent ? &sent : nullptr;
    const iz::Outcome outcome = iz::interpret(catalogue(), read, known, known ? &report : nullptr);
    std::string& out = output();
    out = iz::outcome_json(outcome, known, iz::Offsets::utf16);
    if (outcome.query && outcome.answer >= 0) {
      iz::Message response;
      response.parse_view(read.messages[size_t(outcome.answer)].text);
      iz::Report checked;
      checker().check(response, request.options(), checked);
      const iz::QueryAnswer held = iz::read_query_answer(catalogue(), response, checked, known);
      out = iz::with_query_answer(std::move(out), response, held, iz::Offsets::utf16);
    }
    out.back() = ',';  // the object goes on
    out += "\"sent_text\":";
    if (known) {
      iz::json_quote(out, sent.text());
    } else {
      out += "null";
    }
    out += '}';
    return out.c_str();
  });
}

/// What a request or answer is, as `iz soap unwrap --format json` writes it.
EMSCRIPTEN_KEEPALIVE const char* iz_soapUnwrap(const char* text, size_t size, const char* options,
                                               size_t options_size) {
  return answer(options, options_size, size, [&](const Request& request) {
    const std::string_view input(text, size);
    const iz::Answer read = iz::read_answer(input, request.kind);
    output() = iz::answer_json(input, read, iz::envelope_problems(input, read), iz::Offsets::utf16);
    return output().c_str();
  });
}

/// A copy without what tells who a person is: a JSON string.
EMSCRIPTEN_KEEPALIVE const char* iz_masked(const char* text, size_t size, const char* options, size_t options_size) {
  return answer(options, options_size, size, [&](const Request&) {
    iz::json_quote(output(), iz::masked({text, size}));
    return output().c_str();
  });
}

/// A copy with invented values in the place of those that tell who somebody is; `seed` makes them.
EMSCRIPTEN_KEEPALIVE const char* iz_deidentify(const char* text, size_t size, const char* options,
                                               size_t options_size) {
  return answer(options, options_size, size, [&](const Request& request) {
    iz::Deidentifier copies(catalogue(), request.seed);
    output() = iz::deidentified_json(copies.run({text, size}, request.options()));
    return output().c_str();
  });
}

/// The page of a code of a table; `text` is a message whose uses of it are told, or empty.
EMSCRIPTEN_KEEPALIVE const char* iz_codeShow(const char* text, size_t size, const char* options, size_t options_size) {
  return answer(options, options_size, size, [&](const Request& request) {
    const iz::CodeSet* set = catalogue().code_set(request.table);
    if (!set) return give_error("No table is named");
    iz::CodePage page = iz::code_page(catalogue(), *set, request.code);
    if (size == 0) return (output() = iz::code_page_json(page)).c_str();
    Checked c;
    if (!check_one({text, size}, request, c)) return output().c_str();
    iz::add_uses(page, catalogue(), c.message, c.report);
    return (output() = iz::code_page_json(page, &c.message, iz::Offsets::utf16)).c_str();
  });
}

/// Codes that fit a text, best first.
EMSCRIPTEN_KEEPALIVE const char* iz_codeSearch(const char* text, size_t size, const char* options,
                                               size_t options_size) {
  return answer(options, options_size, size, [&](const Request& request) {
    output() = iz::code_hits_json(iz::web::search().find({text, size}, request.table, request.limit));
    return output().c_str();
  });
}

/// The tables with their editions, and their age at the as-of date.
EMSCRIPTEN_KEEPALIVE const char* iz_codeTables(const char*, size_t size, const char* options, size_t options_size) {
  return answer(options, options_size, size, [](const Request& request) {
    output() = iz::code_tables_json(catalogue(), request.as_of);
    return output().c_str();
  });
}

/// The fixes for each finding of one message.
EMSCRIPTEN_KEEPALIVE const char* iz_fixes(const char* text, size_t size, const char* options, size_t options_size) {
  return answer(options, options_size, size, [&](const Request& request) {
    Checked c;
    if (!check_one({text, size}, request, c)) return output().c_str();
    output() = iz::fixes_json(catalogue(), c.message, c.report, iz::Offsets::utf16);
    return output().c_str();
  });
}

/// One message with all that is safe mended, and the steps.
EMSCRIPTEN_KEEPALIVE const char* iz_fixSafe(const char* text, size_t size, const char* options, size_t options_size) {
  return answer(options, options_size, size, [&](const Request& request) {
    Checked c;
    if (!check_one({text, size}, request, c)) return output().c_str();
    output() = iz::plan_json(catalogue(), iz::plan_safe_fixes(catalogue(), c.message, request.options()));
    return output().c_str();
  });
}

/// What differs between one message of the text and the first of "sent".
EMSCRIPTEN_KEEPALIVE const char* iz_compareMessages(const char* text, size_t size, const char* options,
                                                    size_t options_size) {
  return answer(options, options_size, size, [&](const Request& request) {
    Checked a, b;
    if (!check_one({text, size}, request, a)) return output().c_str();
    Request other = request;
    other.message = 0;
    if (!check_one(request.sent.value_or(""), other, b)) return output().c_str();
    output() = iz::comparison_json(iz::compare_messages(catalogue(), a.message, a.report, b.message, b.report),
                                   a.message, b.message, iz::Offsets::utf16);
    return output().c_str();
  });
}

/// Version, profiles and code sets with their editions.
EMSCRIPTEN_KEEPALIVE const char* iz_version(const char*, size_t size, const char* options, size_t options_size) {
  return answer(options, options_size, size, [](const Request&) {
    output() = iz::version_json(catalogue());
    return output().c_str();
  });
}

}  // extern "C"
