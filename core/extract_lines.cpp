#include <algorithm>

#include "core/extract_parts.h"

namespace iz::extracting {

namespace {

enum class Kind : uint8_t { blank, header, trailer, segment, other };

/// What a line is.
struct Place {
  Kind kind = Kind::other;
  size_t start = 0, end = 0;  ///< the text without prefix and quotes
  Header header = {};
  bool cell = false;  ///< it stood in quotes of its own
};

/// A line of the message that is being read.
struct Part {
  Line line;
  size_t begin = 0, end = 0;  ///< what is kept of it
  Kind kind = Kind::other;
  bool cell = false;
  bool skipped = false;  ///< between the segments, but not of this message: another line of the log
};

class Lines {
 public:
  Lines(const Traced& from, const Scope& scope, Output& out)
      : from_(from), text_(from.text()), base_(scope), out_(out) {}

  void run(size_t begin, size_t end) {
    const LineCutter cutter(text_, end);
    std::vector<Line> split;
    for (size_t at = begin; at < end;) {
      const Line line = cutter.line(at);
      at = line.next;
      const Place place = classify(line);
      if (place.kind == Kind::blank || place.kind == Kind::other || place.cell ||
          !cutter.split(line, place.start, separator_of(place), open_ && place.kind == Kind::segment, split)) {
        feed(line, place);
        continue;
      }
      feed(split[0], {.kind = place.kind, .start = place.start, .end = split[0].end, .header = place.header});
      for (size_t i = 1; i < split.size(); ++i) feed(split[i], classify(split[i]));
    }
    close();
  }

 private:
  char separator_of(const Place& place) const {
    return place.kind == Kind::header ? place.header.separator : open_ ? separator_ : '|';
  }
  Place classify(const Line& line) const;
  size_t behind_prefix(size_t begin, size_t end) const;
  void feed(const Line& line, const Place& place);
  void open(const Line& line, const Place& place, bool header);
  void add(const Line& line, const Place& place);
  void note_prefix(std::string_view prefix);
  bool repeats_header(const Place& place) const;
  bool is_caption(const Part& part) const;
  void cut_marks(size_t count);
  void close();

  const Traced& from_;
  const std::string_view text_;
  const Scope& base_;
  Output& out_;

  bool open_ = false;
  bool frame_ended_ = false;
  bool only_header_ = false;  ///< nothing but MSH so far
  bool escaped_ = false;      ///< MSH-2 shows backslash escapes
  bool decode_ = false;       ///< and the line ends are written as such
  bool own_text_ = false;     ///< the prefix is more than blanks and quote marks
  char separator_ = '|';
  std::string_view prefix_;  ///< what stood before the first segment, if it is short enough to come again
  size_t prefix_separators_ = 0;
  Scope scope_;
  std::vector<Part> parts_;
  size_t segments_end_ = 0;  ///< index behind the last segment in `parts_`
};

// ---- lines

/// Where a segment begins behind a prefix like that of the first one: as many separators, the same shape or a time.
size_t Lines::behind_prefix(size_t begin, size_t end) const {
  const auto at_separator = [&](size_t skip) {
    size_t at = begin;
    for (size_t i = 0;; ++i) {
      at = text_.substr(0, end).find(separator_, at);
      if (at == std::string_view::npos || i == skip) return at;
      ++at;
    }
  };
  const auto try_at = [&](size_t separator) {
    if (separator == std::string_view::npos || separator < begin + 4) return std::string_view::npos;
    const size_t start = separator - 3;
    const auto s = segment_at(text_, start, end, separator_);
    if (!s || !(s->known || s->upper) || is_alnum(text_[start - 1])) return std::string_view::npos;
    const std::string_view prefix = text_.substr(begin, start - begin);
    return has_time(prefix) || (own_text_ && same_shape(prefix, prefix_)) ? start : std::string_view::npos;
  };
  const size_t found = try_at(at_separator(prefix_separators_));
  return found != std::string_view::npos || prefix_separators_ == 0 ? found : try_at(at_separator(0));
}

Place Lines::classify(const Line& line) const {
  constexpr size_t npos = std::string_view::npos;
  const char separator = open_ ? separator_ : '|';
  const size_t at = skip_lead(text_, line.begin, line.end);
  Place place{.start = at, .end = line.end};
  if (at == line.end) {
    place.kind = Kind::blank;
  } else if (const auto h = header_at(text_, at, line.end)) {
    place.kind = Kind::header;
    place.header = *h;
  } else if (trailer_at(text_, at, line.end, separator_)) {
    place.kind = Kind::trailer;
  } else if (segment_at(text_, at, line.end, separator)) {
    place.kind = Kind::segment;
  } else if (open_ && text_[at] == '"' && segment_at(text_, at + 1, line.end, separator)) {
    // A row of a spreadsheet that is quoted because it holds quotes.
    const size_t last = text_.substr(0, line.end).find_last_not_of(" \t,;");
    if (last != npos && last > at && text_[last] == '"') {
      return {.kind = Kind::segment, .start = at + 1, .end = last, .cell = true};
    }
  } else if (const auto inside = find_header(text_, at, line.end)) {
    place.kind = Kind::header;
    place.header = *inside;
    place.start = inside->begin;
  } else {
    const size_t start = open_             ? behind_prefix(line.begin, line.end)
                         : out_.headerless ? find_segment(text_, at, line.end, '|')
                                           : npos;
    if (start != npos) {
      place.kind = Kind::segment;
      place.start = start;
    } else if (text_.substr(line.begin, at - line.begin).find('>') == npos) {
      place.start = line.begin;  // no quote mark: a garbage line stays as it is
    }
  }
  return place;
}

// ---- messages

/// An MSH line that is the same as the one before stands there twice: one message, not two.
bool Lines::repeats_header(const Place& place) const {
  if (!open_ || !only_header_) return false;
  const Part& first = parts_.front();
  return text_.substr(first.begin, first.end - first.begin) == text_.substr(place.start, place.end - place.start);
}

void Lines::feed(const Line& line, const Place& place) {
  switch (place.kind) {
    case Kind::header:
      if (!place.header.message) {
        close();
        separator_ = place.header.separator;
        out_.envelopes.push_back(finish_envelope(from_, place.start, place.end));
        out_.envelopes.back().input = from_.input(line.begin, line.next);
      } else if (repeats_header(place)) {
        add(line, place);
      } else {
        open(line, place, true);
      }
      break;
    case Kind::trailer:
      close();
      out_.envelopes.push_back(finish_envelope(from_, place.start, place.end));
      out_.envelopes.back().input = from_.input(line.begin, line.next);
      break;
    case Kind::segment:
      if (open_) {
        add(line, place);
      } else if (const auto s = segment_at(text_, place.start, place.end, '|');
                 s && s->known && s->upper && !s->alone) {
        open(line, place, false);
      }
      break;
    case Kind::blank:
    case Kind::other:
      if (open_) add(line, place);
      break;
  }
  if (line.frame_end && open_) {
    frame_ended_ = true;
    scope_.add(Form::mllp);
    close();
  }
}

void Lines::open(const Line& line, const Place& place, bool header) {
  close();
  open_ = true;
  scope_ = base_;
  separator_ = header ? place.header.separator : '|';
  escaped_ = header && place.header.backslashed;
  prefix_ = text_.substr(line.begin, place.start - line.begin);
  if (prefix_.size() > 512) prefix_ = {};
  prefix_separators_ = static_cast<size_t>(std::count(prefix_.begin(), prefix_.end(), separator_));
  only_header_ = header;
  own_text_ = skip_lead(text_, line.begin, place.start) < place.start;
  if (!header) scope_.add(Form::missing_header);
  add(line, place);
}

void Lines::add(const Line& line, const Place& place) {
  Part part{.line = line, .begin = place.start, .end = place.end, .kind = place.kind, .cell = place.cell};
  only_header_ &= place.kind == Kind::header || place.kind == Kind::blank;
  if (place.kind == Kind::segment || place.kind == Kind::header) {
    std::string_view prefix = text_.substr(line.begin, place.start - line.begin);
    if (place.cell) {
      prefix.remove_suffix(1);
      scope_.add(Form::cell);
    }
    note_prefix(prefix);
    segments_end_ = parts_.size() + 1;
  } else if (place.kind == Kind::other && own_text_) {
    part.skipped = has_time(text_.substr(line.begin, std::min<size_t>(line.end - line.begin, 64)));
  }
  if (line.form != Form::count && scope_.mark.empty() && line.form != Form::word_processor) {
    scope_.mark = text_.substr(line.eol, line.eol_end - line.eol);
  }
  parts_.push_back(part);
}

void Lines::note_prefix(std::string_view prefix) {
  bool blank = false, odd = false, quote = false, other = false, tab = false;
  for (size_t at = 0; at < prefix.size();) {
    if (prefix[at] == '>') {
      quote = true;
      ++at;
    } else if (prefix[at] == '\v') {
      scope_.add(Form::mllp);
      ++at;
    } else if (prefix.substr(at).starts_with(kByteOrderMark)) {
      scope_.add(Form::byte_order_mark);
      at += kByteOrderMark.size();
    } else if (const size_t size = blank_at(prefix, at, prefix.size(), &odd)) {
      blank = true;
      tab |= prefix[at] == '\t';
      at += size;
    } else if (const auto mark = mark_at(prefix, at, prefix.size()); mark && mark->kind == Mark::frame_begin) {
      scope_.add(Form::mllp);
      at += mark->size;
    } else {
      other = true;
      ++at;
    }
  }
  if (other) {
    scope_.add(tab && !has_time(prefix) ? Form::cell : Form::log_prefix);
    if (scope_.prefix.empty()) scope_.prefix = prefix;
  } else if (quote) {
    scope_.add(Form::quoted);
  } else if (odd) {
    scope_.add(Form::word_processor);
  } else if (blank) {
    scope_.add(Form::indented);
  }
}

/// A line behind the last segment that evidently is about the message, or about the next one, and not of it.
bool Lines::is_caption(const Part& part) const {
  const std::string_view line = text_.substr(part.begin, part.end - part.begin);
  if (line.find(separator_) != std::string_view::npos) return false;
  static constexpr std::string_view starts[] = {"#", "--", "==", "//", "<!--", "</", "```"};
  if (std::any_of(std::begin(starts), std::end(starts), [&](std::string_view s) { return line.starts_with(s); })) {
    return true;
  }
  const size_t last = line.find_last_not_of(" \t");
  return last == std::string_view::npos || line[last] == ':' || has_time(line) ||
         std::none_of(line.begin(), line.end(), [](char c) { return is_alnum(c) || (c & 0x80); });
}

/// Takes marks of line ends off lines that end with a real one. `\r` and `^M` could be values: they go only if every
/// segment but the last one has them.
void Lines::cut_marks(size_t count) {
  size_t segments = 0, marked = 0;
  bool last_marked = false;
  std::vector<size_t> cuts(count, std::string_view::npos);
  std::vector<Form> forms(count, Form::count);
  std::vector<bool> clear(count);
  for (size_t i = 0; i < count; ++i) {
    const Part& part = parts_[i];
    if ((part.kind != Kind::segment && part.kind != Kind::header) || part.line.form != Form::count || part.cell)
      continue;
    ++segments;
    Mark mark;
    const size_t at = marks_before(text_, part.begin, part.end, mark);
    last_marked = at < part.end;
    if (!last_marked) continue;
    ++marked;
    cuts[i] = at;
    forms[i] = mark.form();
    clear[i] = mark.clear();
  }
  if (marked == 0) return;
  const bool all = segments >= 2 && marked >= segments - (last_marked ? 0 : 1);
  for (size_t i = 0; i < count; ++i) {
    if (cuts[i] == std::string_view::npos || !(clear[i] || all)) continue;
    if (scope_.mark.empty()) scope_.mark = text_.substr(cuts[i], parts_[i].end - cuts[i]);
    parts_[i].end = cuts[i];
    scope_.add(forms[i]);
    decode_ |= forms[i] == Form::literal_escapes && escaped_;
  }
}

void Lines::close() {
  if (!open_) return;
  size_t count = segments_end_;
  if (frame_ended_) {  // the frame says where the message ends
    for (size_t i = count; i < parts_.size(); ++i) {
      if (parts_[i].kind != Kind::blank) count = i + 1;
    }
  } else if (!own_text_ && !scope_.has(Form::quoted)) {
    while (count < parts_.size() && parts_[count].kind == Kind::other && !is_caption(parts_[count])) ++count;
  }
  cut_marks(count);
  if (decode_) scope_.add(Form::json_string);

  Traced message;
  for (size_t i = 0; i < count; ++i) {
    const Part& part = parts_[i];
    const Line& line = part.line;
    if (part.skipped) {
      out_.skipped.push_back(from_.input(line.begin, line.end));
      continue;
    }
    if (const std::string_view so_far = message.text();
        !so_far.empty() && so_far.back() != '\r' && so_far.back() != '\n') {
      message.append("\r", from_, line.begin, line.begin);
    }
    if (part.cell) {
      const Traced halved = halve_quotes(from_, part.begin, part.end, '"');
      scope_.halved |= halved.text().size() < part.end - part.begin;
      message.append(halved, 0, halved.text().size());
    } else if (decode_) {
      const Traced decoded = undo_backslashes(from_, part.begin, part.end);
      message.append(decoded, 0, decoded.text().size());
    } else {
      message.append(from_, part.begin, part.end);
    }
    if (line.made.empty()) {
      message.append(from_, line.eol, line.eol_end);
    } else {
      message.append(line.made, from_, line.eol, line.eol_end);
      scope_.add(line.form);
    }
  }
  const size_t end = frame_ended_ ? parts_.back().line.next : parts_[count - 1].line.next;
  const Span input = from_.input(parts_[0].line.begin, end);
  out_.messages.push_back(finish(std::move(message), input, std::move(scope_), out_));

  scope_ = {};
  parts_.clear();
  segments_end_ = 0;
  open_ = frame_ended_ = escaped_ = decode_ = own_text_ = false;
  prefix_ = {};
}

}  // namespace

void read_lines(const Traced& from, size_t begin, size_t end, const Scope& scope, Output& out) {
  if (begin < end) Lines(from, scope, out).run(begin, end);
}

}  // namespace iz::extracting
