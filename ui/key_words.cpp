#include "ui/key_words.h"

#include <algorithm>
#include <array>
#include <vector>

namespace iz {
namespace {

bool on_mac = false;

std::string_view name_of(Key key) {
  constexpr std::array<std::string_view, 36> names = {
      "",    "Left", "Right", "Up", "Down", "Home", "End", "Page Up", "Page Down", "Enter", "Space", "Esc",
      "Tab", "Back", "Del",   "A",  "C",    "G",    "I",   "K",       "Y",         "Z",     "F1",    "F2",
      "F4",  "F6",   "F8",    "F",  "O",    "S",    ".",   "/",       "F3",        "F10",   "Menu",  "F9"};
  static_assert(static_cast<size_t>(Key::f9) + 1 == names.size());
  return names[static_cast<size_t>(key)];
}

/// What a Mac has: the sign for a key cap, the word for a sentence. Whole combinations stand before their parts.
struct MacKey {
  std::string_view words, sign, word;
};
constexpr MacKey keys_of_mac[] = {
    {"Ctrl Space", "\u2325\u238b", "Option Escape"},
    {"Ctrl Left", "\u2325\u2190", "Option Left"},
    {"Ctrl Right", "\u2325\u2192", "Option Right"},
    {"Ctrl Y", "\u21e7\u2318Z", "Shift Command Z"},
    {"Alt Left", "^\u2318\u2190", "Control Command Left"},
    {"Alt Right", "^\u2318\u2192", "Control Command Right"},
    {"Alt Shift ", "\u2325\u21e7", "Option Shift "},
    {"Ctrl Shift ", "\u21e7\u2318", "Shift Command "},
    {"Shift ", "\u21e7", "Shift "},
    {"Alt ", "\u2325", "Option "},
    {"Ctrl ", "\u2318", "Command "},
    {"Page Up", "Page Up", "Page Up"},
    {"Page Down", "Page Down", "Page Down"},
    {"Left", "\u2190", "Left"},
    {"Right", "\u2192", "Right"},
    {"Up", "\u2191", "Up"},
    {"Down", "\u2193", "Down"},
    {"Enter", "Return", "Return"},
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// `only`: nothing but keys stands in the text, so that single keys are meant, too.
std::string as_mac(std::string_view text, bool only, std::string_view MacKey::* as) {
  std::string out;
  bool joined = false;  // behind "Ctrl ": the next word is a key
  for (size_t at = 0; at < text.size();) {
    const MacKey* found = nullptr;
    if (at == 0 || !is_letter(text[at - 1])) {
      for (const MacKey& key : keys_of_mac) {
        const std::string_view rest = text.substr(at);
        const bool combined = key.words.find(' ') != std::string_view::npos && !key.words.starts_with("Page");
        if (!rest.starts_with(key.words) || (!combined && !only && !joined)) continue;
        if (key.words.back() != ' ' && rest.size() > key.words.size() && is_letter(rest[key.words.size()])) continue;
        found = &key;
        break;
      }
    }
    joined = found != nullptr && found->words.back() == ' ';
    if (found == nullptr) {
      out += text[at++];
    } else {
      out += found->*as;
      at += found->words.size();
    }
  }
  return out;
}

}  // namespace

std::string key_words(KeyPress press) {
  if (press.key == Key::none) return {};
  std::string words;
  if (press.command) words += "Ctrl ";
  if (press.alt) words += "Alt ";
  if (press.shift) words += "Shift ";
  return words.append(name_of(press.key));
}

void set_mac_keys(bool mac) { on_mac = mac; }

std::string key_signs(std::string_view words) {
  if (!on_mac) return std::string(words);
  // Two keys of a PC may be one of a Mac, which has no key for menus.
  std::string out;
  std::vector<std::string> seen = {"Menu"};
  for (size_t at = 0; at <= words.size();) {
    const size_t end = std::min(words.find(", ", at), words.size());
    std::string one = as_mac(words.substr(at, end - at), true, &MacKey::sign);
    if (std::find(seen.begin(), seen.end(), one) == seen.end()) {
      if (!out.empty()) out += ", ";
      out += one;
      seen.push_back(std::move(one));
    }
    at = end + 2;
  }
  return out;
}

std::string key_sentence(std::string_view words) {
  return on_mac ? as_mac(words, false, &MacKey::word) : std::string(words);
}

}  // namespace iz
