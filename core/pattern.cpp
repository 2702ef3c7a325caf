#include "core/pattern.h"

#include <algorithm>
#include <deque>
#include <map>
#include <stdexcept>

namespace iz {
namespace {

constexpr size_t kMostStates = 4000;

using Set = std::array<uint64_t, 4>;

bool has(const Set& set, unsigned c) { return set[c / 64] >> (c % 64) & 1; }

/// One byte of a form, or any number of them.
struct Step {
  Set set{};
  bool optional = false, again = false;
};
using Form = std::vector<Step>;

[[noreturn]] void refuse(std::string_view text) { throw std::invalid_argument("form " + std::string(text)); }

void put(Set& set, unsigned from, unsigned to) {
  for (unsigned c = from; c <= to; ++c) set[c / 64] |= uint64_t{1} << (c % 64);
}

/// `[A-Z0-9-]`; `i` stands behind the bracket.
Set read_set(std::string_view text, size_t& i) {
  Set set{};
  const bool none = i < text.size() && text[i] == '^';
  if (none) ++i;
  while (i < text.size() && text[i] != ']') {
    const auto from = static_cast<unsigned char>(text[i++]);
    unsigned to = from;
    if (i + 1 < text.size() && text[i] == '-' && text[i + 1] != ']') {
      to = static_cast<unsigned char>(text[i + 1]);
      i += 2;
    }
    put(set, from, to);
  }
  if (i++ >= text.size()) refuse(text);
  if (none)
    for (uint64_t& word : set) word = ~word;
  return set;
}

Set read_byte(std::string_view text, size_t& i) {
  Set set{};
  const char c = text[i++];
  if (c == '[') return read_set(text, i);
  if (c == '.') {
    put(set, 0, 255);
    return set;
  }
  if (c == '\\' && i == text.size()) refuse(text);
  const char sign = c == '\\' ? text[i++] : c;
  if (c != '\\' && std::string_view("*+?{}]()|^$").find(c) != std::string_view::npos) refuse(text);
  put(set, static_cast<unsigned char>(sign), static_cast<unsigned char>(sign));
  return set;
}

/// How often, of `*`, `+`, `?` or `{2,5}`; `most` 0 is any number.
void read_count(std::string_view text, size_t& i, uint32_t& least, uint32_t& most) {
  least = most = 1;
  const char how = i < text.size() ? text[i] : ' ';
  if (how == '*' || how == '+' || how == '?') {
    least = how == '+' ? 1 : 0;
    most = how == '?' ? 1 : 0;
    ++i;
    return;
  }
  if (how != '{') return;
  const size_t close = text.find('}', i);
  if (close == std::string_view::npos) refuse(text);
  const std::string_view inner = text.substr(i + 1, close - i - 1);
  const auto number = [&](std::string_view digits) {
    uint32_t n = 0;
    for (const char c : digits) {
      if (c < '0' || c > '9' || n > 100) refuse(text);
      n = n * 10 + static_cast<uint32_t>(c - '0');
    }
    return n;
  };
  const size_t comma = inner.find(',');
  if (inner.empty() || comma == 0) refuse(text);
  least = number(inner.substr(0, comma));
  most = comma == std::string_view::npos ? least : number(inner.substr(comma + 1));
  if (most < least && comma + 1 < inner.size()) refuse(text);
  i = close + 1;
}

Form read_form(std::string_view text) {
  Form form;
  for (size_t i = 0; i < text.size();) {
    Step step;
    step.set = read_byte(text, i);
    uint32_t least = 0, most = 0;
    read_count(text, i, least, most);
    for (uint32_t n = 0; n < least; ++n) form.push_back(step);
    step.optional = true;
    for (uint32_t n = least; n < most; ++n) form.push_back(step);
    step.again = true;
    if (most < least || most == 0) form.push_back(step);
  }
  return form;
}

/// Places in forms that a value may have come to: form * 256 + step.
using Places = std::vector<uint32_t>;

void add_place(const std::vector<Form>& forms, uint32_t form, uint32_t step, Places& out) {
  for (;; ++step) {
    out.push_back(form << 8 | step);
    if (step == forms[form].size() || !forms[form][step].optional) return;
  }
}

void tidy(Places& places) {
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
}

}  // namespace

Pattern::Pattern(std::span<const std::string> texts) {
  std::vector<Form> forms;
  for (const std::string& text : texts) {
    forms.push_back(read_form(text));
    if (forms.back().size() > 250) refuse(text);
  }
  // Bytes that are in the same sets are one class: each set divides the classes there are.
  Set last{};
  for (const Form& form : forms) {
    for (const Step& step : form) {
      if (step.set == last) continue;
      last = step.set;
      std::array<uint16_t, 512> divided;  // class and whether the set has it -> class
      divided.fill(256);
      classes_ = 0;
      for (unsigned c = 0; c < 256; ++c) {
        uint16_t& to = divided[class_[c] * size_t{2} + has(step.set, c)];
        if (to == 256) to = static_cast<uint16_t>(classes_++);
        class_[c] = static_cast<uint8_t>(to);
      }
    }
  }
  std::vector<unsigned> member(classes_);  // a byte of each class
  for (unsigned c = 0; c < 256; ++c) member[class_[c]] = c;

  std::map<Places, uint16_t> numbers;
  std::deque<Places> states(2);  // kNone, kAll; they stay where they are
  const auto finished = [&](uint32_t place) { return (place & 255) == forms[place >> 8].size(); };
  const auto number = [&](Places places) -> uint16_t {
    tidy(places);
    if (places.empty()) return kNone;
    // At the end of a form that ends with any number of anything, nothing that follows matters.
    for (const uint32_t place : places) {
      const Form& form = forms[place >> 8];
      const uint32_t step = place & 255;
      const auto any = [](uint64_t word) { return word == ~uint64_t{0}; };
      if (step + 1 == form.size() && form[step].again && std::all_of(form[step].set.begin(), form[step].set.end(), any))
        return kAll;
    }
    const auto [at, fresh] = numbers.emplace(places, static_cast<uint16_t>(states.size()));
    if (fresh) states.push_back(std::move(places));
    if (states.size() > kMostStates) throw std::invalid_argument("forms that are too many");
    return at->second;
  };
  Places first;
  for (uint32_t f = 0; f < forms.size(); ++f) add_place(forms, f, 0, first);
  const uint32_t width = classes_ + 1;
  start_ = number(std::move(first)) * width;
  all_ = kAll * width;
  for (size_t s = 0; s < states.size(); ++s) {
    const Places& here = states[s];
    for (uint32_t c = 0; c < classes_; ++c) {
      Places to;
      for (const uint32_t place : here) {
        if (finished(place)) continue;
        const uint32_t form = place >> 8, step = place & 255;
        if (has(forms[form][step].set, member[c]))
          add_place(forms, form, forms[form][step].again ? step : step + 1, to);
      }
      next_.push_back((s == kAll ? uint16_t{kAll} : number(std::move(to))) * width);
    }
    next_.push_back(s == kAll || std::any_of(here.begin(), here.end(), finished));
  }
}

}  // namespace iz
