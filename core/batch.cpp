#include "core/batch.h"
#include "core/sort.h"

#include <algorithm>
#include <string>

namespace iz {
namespace {

constexpr uint32_t kFile = segment_code("FHS"), kBatch = segment_code("BHS"), kMessage = segment_code("MSH"),
                   kBatchEnd = segment_code("BTS"), kFileEnd = segment_code("FTS");

/// Walks over the lines of an outline and keeps what is open.
class Walk {
 public:
  explicit Walk(const Message& message) : m_(message) {}

  std::vector<BatchFault> run() {
    for (s_ = 0; s_ < m_.segments().size(); ++s_) {
      const uint32_t name = m_.segments()[s_].name;
      if (name == kFile) open_file();
      if (name == kBatch) open_batch();
      if (name == kMessage) message();
      if (name == kBatchEnd) close_batch();
      if (name == kFileEnd) close_file();
    }
    leave_batch();
    leave_file();
    return std::move(faults_);
  }

 private:
  const Segment& segment(uint32_t s) const { return m_.segments()[s]; }

  BatchFault& add(Engine engine, Path path, uint32_t s) {
    const Segment& at = segment(s);
    return faults_.emplace_back(BatchFault{engine, path, {at.begin, std::min(at.end, at.begin + 3)}, s, 0});
  }

  /// The count in field 1 of the current line against what was counted.
  void compare(uint32_t counted) {
    const Element field = m_.field(s_, 1);
    if (!m_.present(field)) return;
    std::string_view value = m_.value(field);
    while (value.size() > 1 && value[0] == '0') value.remove_prefix(1);
    if (value == std::to_string(counted)) return;
    BatchFault& f = add(Engine::batch_count_wrong, {segment(s_).name, segment(s_).occurrence, 1, 1}, s_);
    f.span = m_.span(field);
    f.number = counted;
  }

  void open_file() {
    leave_batch();
    leave_file();
    in_file_ = true;
    opener_of_file_ = s_;
    batches_ = 0;
  }

  void open_batch() {
    leave_batch();
    in_batch_ = true;
    opener_of_batch_ = s_;
    messages_ = 0;
    ++batches_;
  }

  void message() {
    ++messages_;
    if (!in_batch_) outside_.push_back(s_);
  }

  void close_batch() {
    if (!in_batch_) {
      add(Engine::batch_header_missing, {kBatch, ++headers_missing_ + count(kBatch)}, s_);
      outside_.clear();  // that they have no header is said
      ++batches_;
    } else {
      say_outside();
    }
    compare(messages_);
    ++batch_ends_;
    in_batch_ = false;
    messages_ = 0;
  }

  void close_file() {
    leave_batch();
    if (in_file_)
      compare(batches_);
    else  // what it would count is not known
      add(Engine::batch_header_missing, {kFile, ++file_headers_missing_}, s_);
    ++file_ends_;
    in_file_ = false;
    batches_ = 0;
  }

  void leave_batch() {
    if (in_batch_) {
      add(Engine::batch_trailer_missing, {kBatchEnd, ++batch_ends_}, opener_of_batch_);
      messages_ = 0;
    }
    in_batch_ = false;
    say_outside();
  }

  void leave_file() {
    if (in_file_) add(Engine::batch_trailer_missing, {kFileEnd, ++file_ends_}, opener_of_file_);
    in_file_ = false;
  }

  void say_outside() {
    // Messages without any batch are a stream: that is allowed.
    if (!in_file_ && batches_ == 0) outside_.clear();
    for (const uint32_t s : outside_) add(Engine::batch_message_outside, {kMessage, segment(s).occurrence}, s);
    outside_.clear();
  }

  /// How many segments of a name there are up to the current line.
  uint32_t count(uint32_t name) const {
    uint32_t n = 0;
    for (uint32_t s = 0; s <= s_; ++s) n += segment(s).name == name;
    return n;
  }

  const Message& m_;
  std::vector<BatchFault> faults_;
  std::vector<uint32_t> outside_;  // messages since the last batch
  uint32_t s_ = 0, opener_of_file_ = 0, opener_of_batch_ = 0;
  uint32_t messages_ = 0, batches_ = 0, batch_ends_ = 0, file_ends_ = 0, headers_missing_ = 0,
           file_headers_missing_ = 0;
  bool in_file_ = false, in_batch_ = false;
};

bool is_envelope(uint32_t name) { return name == kFile || name == kBatch || name == kBatchEnd || name == kFileEnd; }

}  // namespace

BatchOutline batch_outline(std::string_view input, const Extraction& extraction) {
  BatchOutline out;
  if (extraction.envelopes.empty()) return out;
  struct Line {
    uint32_t at;
    std::string_view text;
  };
  std::vector<Line> lines;
  lines.reserve(extraction.envelopes.size() + extraction.messages.size());
  for (const Envelope& e : extraction.envelopes) lines.push_back({e.input.begin, e.text});
  for (const Extracted& e : extraction.messages) {
    if (!e.found || !e.text.starts_with("MSH")) continue;
    lines.push_back({e.input.begin, std::string_view(e.text).substr(0, e.text.find_first_of("\r\n"))});
  }
  sort_values(lines, [](const Line& a, const Line& b) { return a.at < b.at; });
  uint32_t number = 1;
  size_t at = 0;
  for (const Line& line : lines) {
    for (; at < line.at && at < input.size(); ++at)
      number += input[at] == '\n' || (input[at] == '\r' && !input.substr(at).starts_with("\r\n"));
    out.lines.push_back(number);
    const size_t end = line.text.find_last_not_of("\r\n");
    out.text.append(line.text.substr(0, end + 1));
    out.text += '\r';
  }
  return out;
}

bool is_batch(const Message& message) {
  const auto segments = message.segments();
  if (segments.empty()) return false;
  if (segments[0].name == kFile || segments[0].name == kBatch) return true;
  bool any = false;
  for (const Segment& s : segments) {
    if (!is_envelope(s.name) && s.name != kMessage) return false;
    any = any || is_envelope(s.name);
  }
  return any;
}

std::vector<BatchFault> find_batch_faults(const Message& outline) { return Walk(outline).run(); }

}  // namespace iz
