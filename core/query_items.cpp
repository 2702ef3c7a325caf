// Which observations of an order group belong together, and what they are about.
#include <algorithm>
#include <initializer_list>
#include <unordered_map>

#include "core/query_parts.h"
#include "core/words.h"

namespace iz {
namespace {

struct Asked {
  std::string_view code;
  Question question;
};

constexpr Asked questions[] = {
    {"30956-7", Question::group},       {"30979-9", Question::due_next},  {"38890-0", Question::component},
    {"59780-7", Question::series_name}, {"59779-9", Question::schedule},  {"30973-2", Question::dose_number},
    {"59782-3", Question::dose_count},  {"59781-5", Question::validity},  {"30982-3", Question::reason},
    {"59783-1", Question::status},      {"30981-5", Question::earliest},  {"30980-7", Question::due},
    {"59778-1", Question::overdue},     {"59777-3", Question::latest},    {"59784-9", Question::statement},
    {"75505-8", Question::statement},   {"30945-0", Question::statement}, {"59785-6", Question::statement},
};

Question by_code(std::string_view code) {
  code = trim_blanks(code);
  for (const Asked& a : questions)
    if (a.code == code) return a.question;
  return Question::other;
}

bool names_group(Question q) { return q <= Question::series_name; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
  return out;
}

}  // namespace

Question question_of(const Message& message, uint32_t segment) {
  const Element field = message.repetition(segment, 3, 1);
  for (const uint32_t n : {1u, 4u}) {
    // Older answers write "30979-9&30980-7": what is due, and its date; the last one says what this is.
    Question found = Question::other;
    const Element component = message.component(field, n);
    for (uint32_t at = component.first; at < component.last; ++at) {
      const Question q = by_code(message.value(Element{at, at + 1}));
      if (q != Question::other) found = q;
    }
    if (found != Question::other) return found;
  }
  return Question::other;
}

// OBX-4 tells the items apart, but registries repeat one number for all, count over the whole message, or mix numbers
// up (so does the guide's own example). So a new item begins where a vaccine group is named under a new number, or a
// second time; anything else goes to the item that it stands in unless another one has its number.
std::vector<Item> observation_items(const Decoder& decoder, const Message& message, std::span<const uint32_t> obx) {
  std::vector<Item> items;
  std::unordered_map<std::string, size_t> by_sub_id;  // the last item of each number
  size_t current = 0;
  for (const uint32_t s : obx) {
    const Question q = question_of(message, s);
    if (q >= Question::statement) continue;
    std::string sub_id = decoder.text(s, 4);
    const auto has_room = [&](size_t i) { return i < items.size() && !items[i].has(q); };
    const bool fits = has_room(current) && (sub_id.empty() || items[current].sub_id == sub_id);
    bool place = fits;
    if (!fits) {
      const auto same = by_sub_id.find(sub_id);
      if (same != by_sub_id.end() && has_room(same->second)) {
        current = same->second;
        place = true;
      } else {
        place = !names_group(q) && has_room(current);
      }
    }
    if (!place) {
      current = items.size();
      Item& item = items.emplace_back();
      std::fill(std::begin(item.obx), std::end(item.obx), -1);
      item.first = s;
      item.sub_id = sub_id;
      by_sub_id[std::move(sub_id)] = current;
    }
    items[current].obx[size_t(q)] = int(s);
    items[current].last = s;
  }
  return items;
}

DueStatus stated_status(std::string_view code, std::string_view text) {
  const std::string words = lower(text.empty() ? code : text);
  const auto says = [&](std::initializer_list<std::string_view> parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return words.find(part) != std::string::npos; });
  };
  if (says({"overdue", "over due", "past due"})) return DueStatus::overdue;
  // These tell nothing of when the next dose is due.
  if (says({"incomplete", "not complete", "on schedule", "in progress", "up to date"})) return DueStatus::not_stated;
  if (says({"complete"})) return DueStatus::complete;
  if (says({"too old", "aged out", "maximum age", "not recommended", "contraindicat", "immune", "immunity", "declin"}))
    return DueStatus::not_due;
  if (says({"due now"}) || words == "due") return DueStatus::due_now;
  // LOINC answers to 59783-1, where the text says nothing.
  constexpr std::pair<std::string_view, DueStatus> codes[] = {
      {"LA13421-5", DueStatus::complete}, {"LA13423-1", DueStatus::overdue}, {"LA13424-9", DueStatus::not_due}};
  for (const auto& [known, status] : codes)
    if (known == code) return status;
  return DueStatus::not_stated;
}

}  // namespace iz
