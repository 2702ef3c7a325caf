// `iz check`.
#include <fmt/format.h>

#include <array>

#include "core/batch.h"
#include "core/cli_tables.h"
#include "core/write.h"

namespace iz::cli {

namespace {

enum class Format : uint8_t { text, json, jsonl };

std::optional<Format> read_format(std::string_view name) {
  if (name == "text") return Format::text;
  if (name == "json") return Format::json;
  if (name == "jsonl") return Format::jsonl;
  fail(fmt::format("unknown format {}; there are text, json, jsonl", name));
  return std::nullopt;
}

/// Checks and writes, file after file.
class Run {
 public:
  Run(Format format, const CheckOptions& options, const Catalogue& catalogue)
      : format_(format), options_(options), catalogue_(catalogue), checker_(catalogue) {}

  void file(std::string_view name) {
    const auto text = read_file(name);
    const auto extraction = text ? read_messages(*text, name) : std::nullopt;
    if (!extraction) {
      could_not_run_ = true;
      return;
    }
    uint32_t index = 0;
    for (const Extracted& found : extraction->messages) one(name, index++, found.text, found.notes, options_);
    // The envelope is one more message, of the profile Batch.
    const BatchOutline outline = batch_outline(*text, *extraction);
    if (outline.text.empty()) return;
    CheckOptions options = options_;
    options.profile = {};  // its own
    one(name, index, outline.text, {}, options, outline.lines);
  }

  int finish() {
    if (format_ == Format::json) print(written_ ? "\n]\n" : "[]\n");
    return could_not_run_ ? kCouldNotRun : errors_ ? kErrorsFound : kClean;
  }

 private:
  /// `lines`: the line of the file for each line of `text`; empty when they are counted from its beginning.
  void one(std::string_view name, uint32_t index, std::string_view text, std::span<const std::string> notes,
           const CheckOptions& options, std::span<const uint32_t> lines = {}) {
    const Catalogue& catalogue = catalogue_;
    message_.parse_view(text);
    checker_.check(message_, options, report_);
    for (Finding& f : report_.findings)
      if (f.line <= lines.size()) f.line = lines[f.line - 1];
    if (report_.count(Severity::error) > 0) errors_ = true;
    if (!report_.profile) {  // not checked is not the same as no errors
      could_not_run_ = true;
      fail(fmt::format("{}, message {}: no profile fits, so only its form was checked", name, index));
    }
    const WriteOptions how{.file = name, .index = index, .words = format_ == Format::json, .notes = notes};
    out_.clear();
    switch (format_) {
      case Format::text:
        if (written_) out_ += '\n';
        out_ += report_text(catalogue, message_, report_, how);
        break;
      case Format::json:
        out_ += written_ ? ",\n" : "[\n";
        append_report_json(out_, catalogue, message_, report_, how);
        break;
      case Format::jsonl:
        append_report_json(out_, catalogue, message_, report_, how);
        out_ += '\n';
        break;
    }
    written_ = true;
    print(out_);
  }

  Format format_;
  CheckOptions options_;
  const Catalogue& catalogue_;
  Checker checker_;
  Message message_;
  Report report_;
  std::string out_;
  bool written_ = false, errors_ = false, could_not_run_ = false;
};

}  // namespace

int check(std::span<char* const> words) {
  constexpr std::array<std::string_view, 7> known{"--profile", "--local",  "--as-of",   "--format",
                                                  "--codes",   "--sender", "--severity"};
  Arguments arguments;
  if (!arguments.parse(words, known)) return kCouldNotRun;
  const auto format = read_format(arguments.option("--format", "text"));
  if (!format) return kCouldNotRun;
  const auto options = check_options(arguments);
  if (!options) return kCouldNotRun;
  if (arguments.rest().empty()) return fail("check needs a file (- for standard input)");
  const Catalogue* catalogue = catalogue_for(arguments, options->as_of);
  if (!catalogue) return kCouldNotRun;
  Run run(*format, *options, *catalogue);
  for (const std::string_view name : arguments.rest()) run.file(name);
  return run.finish();
}

}  // namespace iz::cli
