// The command line `iz`: which command, and what all commands share.
#include "core/cli.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <exception>

#include "core/write.h"

namespace iz::cli {

namespace {

constexpr std::string_view kHelp =
    R"(iz reads, checks and explains US HL7 v2.5.1 immunization messages.

  iz check [--profile Z22] [--as-of YYYY-MM-DD] [--local FILE] [--severity LIST] [--codes FILE|FOLDER] [--sender pharmacy]
           [--format text|json|jsonl] FILE...
      Checks each message of each file. text shows the line with a caret under the fault; json is one array of all
      messages, with titles and advice on how to fix; jsonl is one object on a line for each message. --codes: CDC's files
      of another edition (or a zip file of them), to be used in place of the tables in this program. --severity: severities
      of your own, name-junk=error,PID-13=info, before all others; off for a rule that is not to be used.
  iz triage [--by cause|field|who|sender|outcome|reason] [--top N] [--threads N] [--profile Z22] [--as-of YYYY-MM-DD]
            [--codes FILE|FOLDER] [--format text|summary|html|json|jsonl|csv] FILE...
      Many messages at once: how many have errors, what they have in common, who mends it, what would be stored. Answers are
      put beside the messages they answer. summary and html say how complete is what registries measure; json has all
      groupings, jsonl and csv have a line for each message. Files of any size, also zip files; no values of the messages
      are shown but ids, senders and vaccines.
  iz explain [--at PATH] [--message N] [--profile Z22] [--as-of YYYY-MM-DD] [--format text|json] FILE
      What stands at a place (RXA-5.1, PID[1]-3[2].1, OBX^3^5) and what it means; without --at, at every place of the
      message that holds something. N counts the messages of the file from 0.
  iz summary [--profile Z22] [--as-of YYYY-MM-DD] [--format text|json] FILE...
      Who, from whom to whom, when, and each dose in words.
  iz predict [--control-id ID] [--time TIME] [--profile Z22] [--as-of YYYY-MM-DD] [--format text|json] FILE
      What a registry that keeps to the guide would do with each message, and the acknowledgment it would send, with
      this control id and time (20260218093000-0500). json is one object on a line for each message. Exit status 1:
      something would not be stored.
  iz fix [--plan] [--profile Z22] [--as-of YYYY-MM-DD] [--format text|json] FILE
      The file with everything mended that has one right answer; with --plan what would be done, line by line. json is
      one object on a line for each message, with the steps and the text.
  iz diff [--profile Z22] [--as-of YYYY-MM-DD] [--format text|json] FILE FILE
      What differs between the first messages of two files, doses and other repeated parts paired by what they say. Exit
      status 0: nothing, 1: something.
  iz deidentify [--seed TEXT] [--profile Z22] [--as-of YYYY-MM-DD] [--format text|json] FILE...
      Each message with invented values in the place of names, addresses, numbers and free text, and all dates earlier by
      one number of days. The same person stays the same in all of them. On standard error, in json with the copy: what
      the check says otherwise of it, and what tells something of the person still. Without --seed nobody can make the
      same copies again. Exit status 1: the check says something otherwise of a copy.
  iz soap wrap [--username U] [--password P] [--facility F] FILE
      A message as a submitSingleMessage request of the CDC 2011 service (SOAP 1.2).
  iz soap unwrap [--format text|json] FILE
      What a request or answer is, in whatever form: its HL7, a fault and what to do, what is wrong with the envelope.
  iz soap test [TEXT]
      A connectivityTest request.
  iz interpret [--sent FILE] [--profile Z22] [--as-of YYYY-MM-DD] [--format text|json] FILE
      What an answer means: what was stored, who acts, whether to send again. FILE is the answer in any form, --sent the
      message it answers. Of several the pair with the same MSA-2 and MSH-10 counts. Exit status 0 whatever it means.
  iz local validate FILE...
      Reads local profiles, a registry's own rules on top of the national ones, and runs the examples of their rules. Exit
      status 1: one is refused, with line and reason.
  iz local diff [--format text|json|csv] FILE [FILE]
      What a local profile changes; with a second one, what differs between the two. Exit status 0: nothing, 1: something.
  iz local template [--format csv|html] [FILE]
      The data-error template: all rules and required places with severity, codes and words, as this registry has them;
      without FILE as they are nationally.
  iz local import FILE.csv
      The template, edited in a spreadsheet, as a local profile. Exit status 2: refused, with row and column.
  iz local schema
      The JSON Schema of local profiles.
  iz codes show [--message FILE] [--codes FILE|FOLDER] [--format text|json] TABLE CODE
      What is known of a code, what it leads to, and where the message has it: iz codes show CVX 208.
  iz codes search [--table TABLE] [--limit N] [--codes FILE|FOLDER] [--format text|json] TEXT
      Codes by code, name, trade name, manufacturer, NDC in any form, or what a scanner read.
  iz codes import [--format text|json] FILE|FOLDER...
      What tables CDC's files hold, their editions, and what they would change. Exit status 1: a file was refused.
  iz codes diff [--old FILE|FOLDER] [--new FILE|FOLDER] [--format text|json|csv]
      What two editions of CDC's files have added, removed and changed; a side left out is the edition in this program.
  iz codes affected [--old FILE|FOLDER] [--new FILE|FOLDER] [--texts yes|no] [--format text|jsonl] FILE...
      Which codes of the messages mean something else in the other edition; with --texts yes also other names and notes.
  iz codes partner [--table CVX] [--column N] [--codes FILE|FOLDER] [--format text|json|csv] FILE
      A trading partner's list (CSV, TSV, one code a line) beside our table: misspelt, inactive, unspecified, unknown, twice,
      missing. Exit status 1: not all codes are the same.
  iz version
      The version, the profiles, and the code sets with their editions.
  iz bench parse|read10|check|startup|interpret|tables|lookup|search [--local FILE] FILE [PASSES] [SECONDS_PER_PASS]
      Measures the engine on a file of messages and prints one JSON line.

--local FILE lays a registry's local profile on top of the national rules, in check, predict, interpret, triage, explain,
summary, fix, diff and deidentify.
FILE is - for standard input. Messages may stand in a file in any form: batch, MLLP, log, mail, JSON, XML.
The profile is taken from MSH-21, else from MSH-9, QPD-1 and the segments, unless it is given. The FHS, BHS, BTS and
FTS lines of a file are checked as one more message, of the profile Batch. The as-of date is today unless it is given.
Exit status: 0 no errors, 1 errors found, 2 could not run, or no profile fits a message.
)";

int version(std::span<char* const> words) {
  Arguments arguments;
  if (!arguments.parse(words, {})) return kCouldNotRun;
  if (!arguments.rest().empty()) return fail("version takes no file");
  print(version_text(Catalogue::built_in()));
  return kClean;
}

int help(std::span<char* const>) {
  print(kHelp);
  return kClean;
}

struct Command {
  std::string_view name;
  int (*run)(std::span<char* const>);
};

constexpr Command kCommands[] = {
    {"check", check},      //
    {"explain", explain},  //
    {"summary", summary},  //
    {"predict", predict},  //
    {"interpret", interpret},
    {"triage", triage},  //
    {"fix", fix},        //
    {"diff", diff},      //
    {"deidentify", deidentify},
    {"soap", soap},        //
    {"codes", codes},      //
    {"local", local},      //
    {"version", version},  //
    {"bench", bench},      //
    {"help", help},        //
    {"--help", help},      //
    {"-h", help},
};

std::optional<Date> today() {
  const std::time_t now = std::time(nullptr);
  const std::tm* local = std::localtime(&now);
  if (!local) return std::nullopt;
  return Date{local->tm_year + 1900, local->tm_mon + 1, local->tm_mday};
}

/// Whether a text that begins like a message is something else by its control characters, such as a picture.
bool is_binary(std::string_view text) {
  const auto odd = std::count_if(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\r' && c != '\n' && c != '\t';
  });
  return odd > 20 && static_cast<size_t>(odd) > text.size() / 50;
}

}  // namespace

int fail(std::string_view why) {
  // One line, whatever a file name holds.
  std::string line(why);
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  fmt::print(stderr, "iz: {}\n", line);
  return kCouldNotRun;
}

bool Arguments::parse(std::span<char* const> words, std::span<const std::string_view> known) {
  bool options = true;
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (!options || word == "-" || !word.starts_with('-')) {
      rest_.push_back(word);
      continue;
    }
    if (word == "--") {
      options = false;
      continue;
    }
    const size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return fail(fmt::format("unknown option {} (iz help lists them)", name)), false;
    }
    if (has(name)) return fail(fmt::format("{} is given twice", name)), false;
    if (equals != std::string_view::npos) {
      options_.emplace_back(name, word.substr(equals + 1));
    } else if (i + 1 < words.size()) {
      options_.emplace_back(name, words[++i]);
    } else {
      return fail(fmt::format("{} needs a value", name)), false;
    }
  }
  return true;
}

std::string_view Arguments::option(std::string_view name, std::string_view otherwise) const {
  for (const auto& [key, value] : options_)
    if (key == name) return value;
  return otherwise;
}

bool Arguments::has(std::string_view name) const {
  return std::any_of(options_.begin(), options_.end(), [&](const auto& option) { return option.first == name; });
}

std::optional<CheckOptions> check_options(const Arguments& arguments) {
  CheckOptions options;
  options.profile = arguments.option("--profile");
  if (arguments.has("--profile") && !Catalogue::built_in().profile(options.profile)) {
    std::string ids;
    for (const auto& profile : Catalogue::built_in().profiles) {
      ids += (ids.empty() ? "" : ", ") + profile->id;
    }
    fail(fmt::format("no profile is called {}; there are {}", options.profile, ids));
    return std::nullopt;
  }
  const auto day = arguments.has("--as-of") ? parse_date(arguments.option("--as-of")) : today();
  if (!day) {
    fail(fmt::format("{} is not a date (YYYY-MM-DD)", arguments.option("--as-of")));
    return std::nullopt;
  }
  options.as_of = *day;
  if (const std::string_view sender = arguments.option("--sender"); sender == "pharmacy") {
    options.sender = Sender::pharmacy;
  } else if (arguments.has("--sender")) {
    fail(fmt::format("no kind of sender is called {}; there is pharmacy", sender));
    return std::nullopt;
  }
  return options;
}

std::optional<std::string> read_file(std::string_view name, bool may_be_empty) {
  const auto refuse = [&](std::string_view why) {
    fail(fmt::format("cannot read {}: {}", name, why));
    return std::nullopt;
  };
  const bool standard = name == "-";
  std::FILE* file = standard ? stdin : std::fopen(std::string(name).c_str(), "rb");
  if (!file) return refuse(std::strerror(errno));
  std::string text;
  size_t used = 0, got = 0;
  do {
    text.resize(std::max<size_t>(used * 2, 65536));
    got = std::fread(text.data() + used, 1, text.size() - used, file);
    used += got;
  } while (got > 0);
  const int error = std::ferror(file) ? errno : 0;
  if (!standard) std::fclose(file);
  if (error) return refuse(std::strerror(error));
  text.resize(used);
  if (text.empty() && !may_be_empty) {
    fail(fmt::format("{} is empty", standard ? "standard input" : name));
    return std::nullopt;
  }
  if (text.size() > 0xFFFF0000) return refuse("it is larger than 4 GB");
  return text;
}

std::optional<Extraction> read_messages(std::string_view name) {
  const auto text = read_file(name);
  return text ? read_messages(*text, name) : std::nullopt;
}

std::optional<Extraction> read_messages(std::string_view text, std::string_view name) {
  Extraction extraction = extract(text);
  std::erase_if(extraction.messages,
                [](const Extracted& message) { return !message.found || is_binary(message.text); });
  if (extraction.messages.empty()) {
    fail(fmt::format("{} holds no HL7 message", name));
    return std::nullopt;
  }
  return extraction;
}

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

}  // namespace iz::cli

int main(int argc, char** argv) {
  using namespace iz::cli;
  const std::span<char* const> words(argv, static_cast<size_t>(argc));
  if (words.size() < 2) return fail("no command (iz help lists them)");
  const std::string_view name = words[1];
  for (const auto& command : kCommands) {
    if (command.name != name) continue;
    try {
      const int status = command.run(words.subspan(2));
      if (std::fflush(stdout) != 0 || std::ferror(stdout)) {
        return fail(fmt::format("cannot write: {}", std::strerror(errno)));
      }
      return status;
    } catch (const std::exception& error) {
      return fail(error.what());
    }
  }
  return fail(fmt::format("unknown command {} (iz help lists them)", name));
}
