#include <algorithm>

#include "core/extract_parts.h"

namespace iz::extracting {

namespace {

constexpr bool is_break(char c) { return c == '\r' || c == '\n' || c == '\v' || c == 0x1C || c == '\xE2'; }

/// Whether a segment begins here that does not need a line end before it to be one.
bool begins_segment(std::string_view text, size_t at, size_t end, char separator) {
  if (header_at(text, at, end) || trailer_at(text, at, end, separator)) return true;
  const auto s = segment_at(text, at, end, separator);
  return s && (s->alone ? s->upper : s->known || s->upper);
}

}  // namespace

size_t skip_lead(std::string_view text, size_t at, size_t end) {
  while (at < end) {
    if (text[at] == '>' || text[at] == '\v') {
      ++at;
    } else if (const size_t size = blank_at(text, at, end)) {
      at += size;
    } else if (text.substr(at, end - at).starts_with(kByteOrderMark)) {
      at += kByteOrderMark.size();
    } else if (const auto mark = mark_at(text, at, end); mark && mark->kind == Mark::frame_begin) {
      at += mark->size;
    } else {
      break;
    }
  }
  return at;
}

Line LineCutter::line(size_t begin) const {
  for (size_t at = begin; at < end_; ++at) {
    const char c = text_[at];
    if (!is_break(c)) continue;
    const char after = at + 1 < end_ ? text_[at + 1] : '\0';
    if (c == '\r' || c == '\n') {
      const size_t next = at + (c == '\r' && after == '\n' ? 2 : 1);
      return {.begin = begin, .end = at, .eol = at, .eol_end = next, .next = next};
    }
    if (c == '\v' && at > begin && begins_segment(text_, at + 1, end_, '|')) {
      return {.begin = begin, .end = at, .eol = at, .eol_end = at, .next = at};
    }
    if (c == 0x1C && (at + 1 == end_ || after == '\r' || after == '\n' || after == '\v')) {
      size_t next = at + 1;
      if (after == '\r') ++next;
      if (next < end_ && text_[next] == '\n') ++next;
      return {.begin = begin, .end = at, .eol = at, .eol_end = at, .next = next, .frame_end = true};
    }
    const std::string_view rest = text_.substr(at, std::min<size_t>(end_ - at, 3));
    if (rest == "\xE2\x80\xA8" || rest == "\xE2\x80\xA9") {
      const size_t next = at + 3;
      return {.begin = begin,
              .end = at,
              .eol = at,
              .eol_end = next,
              .next = next,
              .made = "\r",
              .form = Form::word_processor};
    }
  }
  return {.begin = begin, .end = end_, .eol = end_, .eol_end = end_, .next = end_};
}

/// Whether the next line that is not blank continues the message as a line should.
bool LineCutter::goes_on_below(size_t at, char separator) const {
  while (at < end_) {
    const Line below = line(at);
    at = skip_lead(text_, below.begin, below.end);
    if (at < below.end) {
      const auto s = segment_at(text_, at, below.end, separator);
      return s && (s->known || s->upper) && !header_at(text_, at, below.end) &&
             !trailer_at(text_, at, below.end, separator);
    }
    if (below.frame_end) return false;
    at = below.next;
  }
  return false;
}

bool LineCutter::split(const Line& line, size_t start, char separator, bool goes_on, std::vector<Line>& out) const {
  out.clear();
  static constexpr std::string_view closers = "\"')]}`\t";
  const auto closes = [&](size_t at) { return closers.find(text_[at]) != std::string_view::npos; };

  Mark mark;
  std::vector<std::pair<size_t, Mark>> run;
  bool several = false;
  size_t begin = line.begin;
  bool after_run = false;  // the text from `begin` on follows a line end directly
  for (size_t at = start; (at = find_mark(text_, at, line.end, mark)) != std::string_view::npos;) {
    run.clear();
    bool ends = false;
    while (true) {
      run.emplace_back(at, mark);
      ends |= mark.kind == Mark::line_end;
      at = skip_blanks(text_, at + mark.size, line.end);
      const auto more = mark_at(text_, at, line.end);
      if (!more) break;
      mark = *more;
    }
    const bool segment = ends && begins_segment(text_, skip_lead(text_, at, line.end), line.end, separator);
    if (!ends || !(segment || at == line.end || (several && (run[0].second.clear() || closes(at))))) continue;
    if (segment && !several) {
      if (!run[0].second.clear() && (goes_on || goes_on_below(line.next, separator))) {
        return false;
      }
      several = true;
    }
    bool framed = false;  // the line end behind a frame belongs to the frame
    for (const auto& [position, m] : run) {
      const size_t next = position + m.size;
      if (m.kind == Mark::frame_begin) continue;
      if (framed && m.kind == Mark::line_end) {
        begin = out.back().next = next;
        continue;
      }
      framed = m.kind == Mark::frame_end;
      if (m.kind == Mark::frame_end) {
        if (!out.empty() && skip_blanks(text_, begin, position) == position) {
          out.back().frame_end = true;
          out.back().next = next;
        } else {
          out.push_back(
              {.begin = begin, .end = position, .eol = position, .eol_end = position, .next = next, .frame_end = true});
        }
      } else if (m.made == "\n" && !out.empty() && begin == position && out.back().made == "\r" &&
                 out.back().eol_end == position) {
        out.back().made = "\r\n";
        out.back().eol_end = out.back().next = next;
      } else {
        out.push_back({.begin = begin,
                       .end = position,
                       .eol = position,
                       .eol_end = next,
                       .next = next,
                       .made = m.made,
                       .form = m.form()});
      }
      begin = next;
    }
    after_run = true;
  }
  if (!several) return false;

  // What stands behind the last line end.
  Line last = line;
  last.begin = begin;
  const size_t at = skip_blanks(text_, begin, line.end);
  if (at == line.end) {
    out.back().next = line.next;
    out.back().frame_end |= line.frame_end;
    return true;
  }
  if (after_run && closes(at)) return true;
  // The cell of a table ends at a tab, a message in brackets at the bracket.
  const std::string_view before = text_.substr(line.begin, start - line.begin);
  if (before.find('\t') != std::string_view::npos) {
    const size_t tab = text_.substr(0, line.end).find('\t', at);
    if (tab != std::string_view::npos) last.end = last.eol = last.eol_end = last.next = tab;
  }
  if (!before.empty()) {
    const size_t open = std::string_view("[({").find(before.back());
    const size_t end = text_.substr(0, last.end).find_last_not_of(" \t");
    if (open != std::string_view::npos && end > at && text_[end] == "])}"[open]) {
      last.end = last.eol = last.eol_end = last.next = end;
    }
  }
  out.push_back(last);
  return true;
}

}  // namespace iz::extracting
