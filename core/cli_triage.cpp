// `iz triage`: files of any size are read in pieces and checked on all cores.
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <mutex>
#include <thread>

#include "core/cli_tables.h"
#include "core/counts.h"
#include "core/write_quality.h"
#include "core/write_triage.h"
#include "core/zip.h"

namespace iz::cli {

namespace {

constexpr size_t kPiece = 4u << 20;  ///< bytes read at once

/// Whole messages of a file.
struct Piece {
  std::string text;
  uint32_t file = 0;
  uint64_t begin = 0;
};

/// A queue between the reader and the workers that holds few pieces, so that memory stays flat.
class Pieces {
 public:
  explicit Pieces(size_t room) : room_(room) {}
  void put(Piece piece) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_.size() < room_; });
    waiting_.push_back(std::move(piece));
    changed_.notify_all();
  }
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }
  std::optional<Piece> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
    if (waiting_.empty()) return std::nullopt;
    Piece piece = std::move(waiting_.front());
    waiting_.pop_front();
    changed_.notify_all();
    return piece;
  }

 private:
  size_t room_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Piece> waiting_;
  bool closed_ = false;
};

void work(Pieces& pieces, Triage& triage) {
  while (const std::optional<Piece> piece = pieces.take()) {
    for (MessageReader reader(piece->text); reader.next();) {
      if (!reader.found()) continue;
      const Span at = reader.input();
      triage.add(reader.text(), {piece->file, piece->begin + at.begin, at.end - at.begin});
    }
  }
}

/// Reads the files into the queue, with the names by which places count them.
class Reader {
 public:
  Reader(Pieces& pieces, std::vector<std::string>& names) : pieces_(pieces), names_(names) {}

  bool file(std::string_view name) {
    const bool standard = name == "-";
    std::FILE* in = standard ? stdin : std::fopen(std::string(name).c_str(), "rb");
    if (!in) return fail(fmt::format("cannot read {}", name)), false;
    const bool good = pieces(in, name);
    if (!standard) std::fclose(in);
    return good;
  }

 private:
  /// Pieces end where a message begins; a message longer than a piece makes the piece longer.
  bool pieces(std::FILE* in, std::string_view name) {
    std::string text;
    uint64_t begin = 0;
    bool zip = false, first = true;
    uint32_t index = 0;
    for (size_t wanted = kPiece;;) {
      const size_t used = text.size();
      text.resize(used + wanted);
      const size_t got = std::fread(text.data() + used, 1, wanted, in);
      text.resize(used + got);
      if (first) {
        zip = is_zip(text);
        if (!zip) index = named(std::string(name));
        first = false;
      }
      const bool end = got < wanted;
      if (end && std::ferror(in)) return fail(fmt::format("cannot read {} to its end", name)), false;
      if (text.size() > 0xFFFF0000) return fail(fmt::format("{} has a message or zip file of over 4 GB", name)), false;
      if (zip && end) return unpack(text, name);
      if (end) {
        if (begin == 0 && text.empty()) return fail(fmt::format("{} is empty", name)), false;
        pieces_.put({std::move(text), index, begin});
        return true;
      }
      const size_t whole = zip ? 0 : whole_messages(text);
      wanted = whole ? kPiece : text.size();
      if (!whole) continue;
      std::string rest = text.substr(whole);
      text.resize(whole);
      text.shrink_to_fit();
      pieces_.put({std::move(text), index, begin});
      begin += whole;
      text = std::move(rest);
    }
  }

  bool unpack(std::string_view bytes, std::string_view name) {
    Zip zip = read_zip(bytes, size_t{1} << 30);
    bool good = zip.error.empty();
    if (!good) fail(fmt::format("{}: {}", name, zip.error));
    for (ZipFile& f : zip.files) {
      if (!f.error.empty()) {
        good = fail(fmt::format("{} in {}: {}", f.name, name, f.error)) == kClean;
        continue;
      }
      const uint32_t index = named(fmt::format("{}/{}", name, f.name));
      pieces_.put({std::move(f.bytes), index, 0});
    }
    return good;
  }

  uint32_t named(std::string name) {
    names_.push_back(std::move(name));
    return static_cast<uint32_t>(names_.size() - 1);
  }

  Pieces& pieces_;
  std::vector<std::string>& names_;
};

std::optional<uint32_t> number(const Arguments& arguments, std::string_view option, std::string_view otherwise) {
  const std::string_view text = arguments.option(option, otherwise);
  uint32_t n = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (error == std::errc() && end == text.data() + text.size() && n > 0) return n;
  fail(fmt::format("{} of {} is no number from 1", text, option));
  return std::nullopt;
}

std::optional<TriageBy> grouping(std::string_view name) {
  std::string names;
  for (const TriageBy by :
       {TriageBy::cause, TriageBy::field, TriageBy::who, TriageBy::sender, TriageBy::outcome, TriageBy::reason}) {
    if (to_string(by) == name) return by;
    names += fmt::format("{}{}", names.empty() ? "" : ", ", to_string(by));
  }
  fail(fmt::format("messages are not grouped by {}; there are {}", name, names));
  return std::nullopt;
}

/// The summary as a page of its own.
std::string page(std::string_view summary) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Data quality</title><style>"
      "body{{font:15px/1.5 sans-serif;max-width:1080px;margin:24px auto;padding:0 16px}}"
      "table{{width:100%;border-collapse:collapse;margin-top:24px}}caption{{text-align:left;font-weight:600}}"
      "th,td{{text-align:left;font-weight:400;padding:4px 12px 4px 0;border-bottom:1px solid #ccc}}"
      "</style></head><body>\n<h1>Data quality</h1>\n{}</body></html>\n",
      summary);
}

void print_rows(const Triage& triage, std::span<const std::string> files, bool csv) {
  std::string out;
  if (csv) append_triage_csv_head(out);
  for (uint32_t i = 0; i < triage.size(); ++i) {
    if (csv) {
      append_triage_csv(out, triage, triage.row(i), files);
    } else {
      append_triage_row_json(out, triage, triage.row(i), files);
      out += '\n';
    }
    if (out.size() < (1u << 16)) continue;
    print(out);
    out.clear();
  }
  print(out);
}

}  // namespace

int triage(std::span<char* const> words) {
  constexpr std::array<std::string_view, 8> known{"--by",    "--top",     "--format", "--profile",
                                                  "--as-of", "--threads", "--codes",  "--local"};
  Arguments arguments;
  if (!arguments.parse(words, known)) return kCouldNotRun;
  const std::string_view format = arguments.option("--format", "text");
  if (format != "text" && format != "json" && format != "jsonl" && format != "csv" && format != "summary" &&
      format != "html")
    return fail(fmt::format("unknown format {}; there are text, summary, html, json, jsonl, csv", format));
  const auto by = grouping(arguments.option("--by", "cause"));
  const auto top = by ? number(arguments, "--top", "30") : std::nullopt;
  const auto threads =
      top ? number(arguments, "--threads", std::to_string(std::clamp(std::thread::hardware_concurrency(), 1u, 16u)))
          : std::nullopt;
  const auto options = threads ? check_options(arguments) : std::nullopt;
  if (!options) return kCouldNotRun;
  if (arguments.rest().empty()) return fail("triage needs a file (- for standard input)");
  const Catalogue* catalogue = catalogue_for(arguments, options->as_of);
  if (!catalogue) return kCouldNotRun;

  std::vector<std::string> files;
  const size_t workers = std::min(*threads, 64u);
  std::vector<Triage> parts;
  parts.reserve(workers);
  for (size_t i = 0; i < workers; ++i)
    parts.emplace_back(*catalogue, *options, format == "summary" || format == "html" || format == "json");
  Pieces pieces(workers + 1);
  std::vector<std::thread> pool;
  pool.reserve(workers);
  for (Triage& part : parts) pool.emplace_back([&pieces, &part] { work(pieces, part); });
  bool good = true;
  Reader reader(pieces, files);
  for (const std::string_view name : arguments.rest()) good = reader.file(name) && good;
  pieces.close();
  for (std::thread& t : pool) t.join();

  Triage whole = std::move(parts[0]);
  for (size_t i = 1; i < parts.size(); ++i) whole.merge(parts[i]);
  parts.clear();
  whole.finish();
  if (whole.size() == 0) return good ? fail("there is no HL7 message in these files") : kCouldNotRun;
  if (format == "text")
    print(triage_text(whole, *by, *top));
  else if (format == "summary")
    print(triage_counts_text(whole) + quality_text(whole.quality()));
  else if (format == "html")
    print(page(quality_html(whole.quality())));
  else if (format == "json")
    print(triage_json(whole) + '\n');
  else
    print_rows(whole, files, format == "csv");
  const TriageCounts n = whole.counts();
  if (!good || n.unchecked) return kCouldNotRun;
  return n.worst[static_cast<size_t>(Worst::error)] ? kErrorsFound : kClean;
}

}  // namespace iz::cli
