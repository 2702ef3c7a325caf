// Text for a terminal: each shown finding with its line and a caret run under the fault.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "core/batch.h"
#include "core/counts.h"
#include "core/utf8.h"
#include "core/version.h"
#include "core/write.h"

namespace iz {

namespace {

constexpr size_t kWidth = 100;  // columns of a quoted line
constexpr size_t kBefore = 32;  // columns kept before the fault in a longer line
constexpr uint32_t kBytes = 4;  // a column takes at most

struct Range {
  char32_t first, last;
};

bool in(std::span<const Range> ranges, char32_t code) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), code,
                                      [](char32_t value, const Range& range) { return value < range.first; });
  return after != ranges.begin() && code <= (after - 1)->last;
}

// Characters that cannot be seen or that change the direction of what follows: shown by number.
constexpr std::array<Range, 9> kHidden{{{0x80, 0x9F},
                                        {0xA0, 0xA0},
                                        {0xAD, 0xAD},
                                        {0x61C, 0x61C},
                                        {0x200B, 0x200F},
                                        {0x2028, 0x202E},
                                        {0x2060, 0x206F},
                                        {0xFEFF, 0xFEFF},
                                        {0xE0000, 0xE007F}}};
// Combining marks take no column, East Asian wide characters and pictographs take two.
constexpr std::array<Range, 6> kCombining{
    {{0x300, 0x36F}, {0x483, 0x489}, {0x591, 0x5BD}, {0x64B, 0x65F}, {0x1AB0, 0x1AFF}, {0x20D0, 0x20FF}}};
constexpr std::array<Range, 8> kWide{{{0x1100, 0x115F},
                                      {0x2E80, 0x303E},
                                      {0x3041, 0xA4CF},
                                      {0xAC00, 0xD7A3},
                                      {0xF900, 0xFAFF},
                                      {0xFF00, 0xFF60},
                                      {0x1F300, 0x1FAFF},
                                      {0x20000, 0x3FFFD}}};

/// One character as it is shown.
struct Cell {
  std::string text;
  size_t columns = 1;
  uint32_t begin = 0, end = 0;  // bytes of the message
};

Cell make_cell(const Char& c, uint32_t begin) {
  Cell cell{{}, 1, begin, begin + c.size};
  if (c.code < 0x20) {
    append_char(cell.text, 0x2400 + c.code);  // the picture of a control character
  } else if (c.code == 0x7F) {
    append_char(cell.text, 0x2421);
  } else if (in(kHidden, c.code)) {
    cell.text = fmt::format("<U+{:04X}>", static_cast<uint32_t>(c.code));
    cell.columns = cell.text.size();
  } else {
    append_char(cell.text, c.code);
    cell.columns = in(kCombining, c.code) ? 0 : in(kWide, c.code) ? 2 : 1;
  }
  return cell;
}

bool is_continuation(char c) { return (c & 0xC0) == 0x80; }

/// The cells of a line near a span: all of a short line, else no more than can be shown.
std::vector<Cell> cells_near(std::string_view text, Span line, Span span) {
  constexpr auto kMost = static_cast<uint32_t>(kBytes * kWidth), kLead = static_cast<uint32_t>(kBytes * kBefore);
  const bool near_begin = line.end - line.begin <= kMost || span.begin - line.begin <= kLead;
  uint32_t begin = near_begin ? line.begin : span.begin - kLead;
  while (begin > line.begin && begin < span.begin && is_continuation(text[begin])) ++begin;
  const auto end = static_cast<uint32_t>(std::min<size_t>(line.end, size_t{std::max(begin, span.begin)} + kMost));
  std::vector<Cell> cells;
  cells.reserve(end - begin);
  for (uint32_t at = begin; at < end;) {
    const Char c = next_char(text.substr(0, line.end), at);
    cells.push_back(make_cell(c, at));
    at += c.size;
  }
  return cells;
}

struct Quoted {
  std::string line, carets;
};

/// A line cut to `kWidth` columns around a span, and the carets for the line below it.
Quoted quote_line(std::string_view text, Span line, Span span) {
  const std::vector<Cell> cells = cells_near(text, line, span);
  size_t total = 0;
  for (const Cell& cell : cells) total += cell.columns;
  size_t first = 0;  // first cell shown
  const bool whole =
      total <= kWidth && (cells.empty() || (cells.front().begin == line.begin && cells.back().end == line.end));
  if (!whole) {
    const size_t at =
        static_cast<size_t>(std::lower_bound(cells.begin(), cells.end(), span.begin,
                                             [](const Cell& cell, uint32_t byte) { return cell.end <= byte; }) -
                            cells.begin());
    first = at;
    size_t columns = 0;
    while (first > 0 && columns + cells[first - 1].columns <= kBefore) {
      columns += cells[--first].columns;
    }
  }

  Quoted out;
  const bool cut_before = !cells.empty() && cells[first].begin > line.begin;
  size_t column = 0, caret_begin = 0, caret_end = 0;
  bool caret = false;
  if (cut_before) {
    out.line += "…";
    column = 1;
  }
  size_t k = first;
  for (; k < cells.size() && column + cells[k].columns <= kWidth; ++k) {
    const Cell& cell = cells[k];
    const bool inside = span.begin == span.end ? cell.begin <= span.begin && span.begin < cell.end
                                               : cell.begin < span.end && span.begin < cell.end;
    if (inside && !caret) {
      caret = true;
      caret_begin = column;
    }
    out.line += cell.text;
    column += cell.columns;
    if (inside) caret_end = column;
  }
  if (!caret) {
    caret_begin = column;
    caret_end = column + 1;
  }
  if (k < cells.size() || (!cells.empty() && cells.back().end < line.end)) out.line += "…";
  // Something absent is one caret at the place where it would stand.
  const size_t width = span.begin == span.end ? 1 : std::max<size_t>(1, caret_end - caret_begin);
  out.carets = std::string(caret_begin, ' ') + std::string(width, '^');
  return out;
}

/// The segment that holds a byte, or nullptr.
const Segment* segment_at(const Message& message, uint32_t byte) {
  const auto segments = message.segments();
  const auto after = std::upper_bound(segments.begin(), segments.end(), byte,
                                      [](uint32_t value, const Segment& segment) { return value < segment.begin; });
  if (after == segments.begin()) return nullptr;
  const Segment& segment = *(after - 1);
  return byte <= segment.end ? &segment : nullptr;
}

/// Text as it can be shown: what is no UTF-8 replaced, control characters as pictures.
std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (uint32_t at = 0; at < text.size();) {
    const Char c = next_char(text, at);
    if (c.code >= 0x20 && c.code < 0x7F) {
      out += static_cast<char>(c.code);
    } else {
      out += make_cell(c, at).text;
    }
    at += c.size;
  }
  return out;
}

void append(std::string& out, std::string_view line) {
  out += visible(line);
  out += '\n';
}

void append_finding(std::string& out, const Catalogue& catalogue, const Message& message, const Report& report,
                    const Utf16Offsets& units, const Shown& shown) {
  const Finding& finding = report.findings[shown.finding];
  const Rule& rule = catalogue.rules[finding.rule];
  const Source source = source_of(catalogue, report, finding);
  append(out, fmt::format("{}: {}", to_string(finding.severity), title(catalogue, message, report, finding)));
  const std::string where = place(catalogue, report, finding);
  const Segment* segment = segment_at(message, finding.span.begin);
  std::string column;
  if (segment) {
    column = fmt::format(", column {}", units(finding.span.begin) - units(segment->begin) + 1);
  }
  append(out, fmt::format("  at {}{}line {}{}", where, where.empty() ? "" : ", ", finding.line, column));
  out += quoted_line(message, finding.span, finding.line);
  append(out, "  " + sentence(catalogue, message, report, finding));
  if (!rule.fix.empty()) append(out, "  How to fix: " + how_to_fix(catalogue, message, report, finding));
  append(out, fmt::format("  Who fixes: {}. Rule {} ({}: {}, {})", label(who_fixes(catalogue, report, finding)),
                          rule.id, to_string(finding.layer), source.document, source.statement));
  if (shown.follow_ons == 1) append(out, "  1 more follows from this");
  if (shown.follow_ons > 1) append(out, fmt::format("  {} more follow from this", grouped(shown.follow_ons)));
  out += '\n';
}

}  // namespace

std::string quoted_line(const Message& message, Span span, uint32_t line) {
  const Segment* segment = segment_at(message, span.begin);
  if (!segment) return {};
  const Quoted quoted = quote_line(message.text(), {segment->begin, segment->end}, span);
  return fmt::format("{:>6} | {}\n       | {}\n", line ? line : segment->line, quoted.line, quoted.carets);
}

std::string visible_text(std::string_view text) { return visible(text); }

std::string verdict_text(const Report& report) {
  const Folded folded = fold(report);
  std::string out = report.profile || !folded.shown.empty() ? counts_text(folded) : "Not checked";
  // An answer may report errors and be well formed.
  if (report.profile && report.profile->from_registry() && folded.shown.empty())
    out = "No problems in the form of this answer";
  if (!folded.not_sent.empty()) out += "; " + not_sent_text(folded);
  out += ". ";
  if (report.profile) {
    out += "Checked as " + report.choice_text();
    if (report.sender == Sender::pharmacy) out += ", sent by a pharmacy";
    if (report.as_of) out += ", as of " + to_iso(report.as_of);
  } else {
    out += "No profile is for this kind of message, so what must stand where was not checked";
  }
  out += '.';
  if (report.undecided == 1) out += " 1 condition could not be decided.";
  if (report.undecided > 1) {
    out += fmt::format(" {} conditions could not be decided.", grouped(report.undecided));
  }
  return out;
}

std::string report_text(const Catalogue& catalogue, const Message& message, const Report& report,
                        const WriteOptions& options) {
  std::string out;
  const std::string_view id = is_batch(message) ? std::string_view() : message.get("MSH", 10);
  append(out, fmt::format("{}, message {}{}{}", options.file, options.index, id.empty() ? "" : ", control id ", id));
  for (const std::string& note : options.notes) append(out, "Read as: " + note);
  out += '\n';
  const Utf16Offsets units(message.text());
  for (const Shown& shown : fold(report).shown) {
    append_finding(out, catalogue, message, report, units, shown);
  }
  append(out, verdict_text(report));
  return out;
}

std::string explanation_text(const Catalogue& catalogue, const Message& message, const Report& report,
                             const Explanation& explanation) {
  std::string out;
  const auto row = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) append(out, fmt::format("  {:<12}{}", name, value));
  };
  append(out, fmt::format("{}  {}", to_string(explanation.path), explanation.name));
  row("In", explanation.trail);
  row("Value", explanation.present ? std::string_view(explanation.value) : "(absent)");
  row("Decoded", explanation.decoded);
  row("Meaning", explanation.meaning);
  row("Data type", explanation.data_type);
  row("Usage", explanation.usage);
  row("Condition", explanation.condition);
  row("Cardinality", explanation.cardinality);
  row("Length", explanation.length);
  row("Codes", explanation.binding);
  for (const uint32_t index : explanation.findings) {
    const Finding& finding = report.findings[index];
    row(to_string(finding.severity), title(catalogue, message, report, finding));
  }
  return out;
}

std::string place_text(const Explanation& explanation) {
  std::string out;
  append(out, fmt::format("{:<20} {:<40} {}{}{}", to_string(explanation.path), explanation.name, explanation.value,
                          explanation.decoded.empty() ? "" : " = ", explanation.decoded));
  return out;
}

std::string summary_text(const Summary& summary) {
  std::string out;
  append(out, summary.headline);
  for (const Line& line : summary.lines) append(out, fmt::format("{}: {}", line.label, line.text));
  for (const Dose& dose : summary.doses) append(out, fmt::format("{}. {}", dose.order, dose.text));
  return out;
}

std::string version_text(const Catalogue& catalogue) {
  std::string out = fmt::format("iz {}\n{} rules\n", version, catalogue.rules.size());
  for (const auto& profile : catalogue.profiles) {
    append(out, fmt::format("profile {}: {} ({})", profile->id, profile->title, profile->source));
  }
  for (const auto& [id, set] : catalogue.code_sets) {
    append(out,
           fmt::format("codes {}: {}, {}, {} codes", id, set->edition.source, set->edition.date, set->codes().size()));
  }
  return out;
}

}  // namespace iz
