#include "ui/commands.h"

#include <algorithm>

#include "core/html.h"

namespace iz {
namespace {

bool same(KeyPress a, KeyPress b) {
  return a.key != Key::none && a.key == b.key && a.command == b.command && a.shift == b.shift && a.alt == b.alt;
}

}  // namespace

std::string_view label(CommandGroup group) {
  switch (group) {
    case CommandGroup::go:
      return "Go to";
    case CommandGroup::message:
      return "Message";
    case CommandGroup::answer:
      return "Answer";
    case CommandGroup::view:
      return "View";
    case CommandGroup::keys:
      break;
  }
  return "Keys in the text and in lists";
}

const Command& command(std::string_view id) {
  const std::span<const Command> all = commands();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Command& c) { return c.id == id; });
  return found == all.end() ? all[0] : *found;
}

bool is_available(const Command& c, const Workbench& w) {
  return c.act != nullptr && (c.available == nullptr || c.available(w));
}

const Command* command_for(KeyPress press, const Workbench& w) {
  for (const Command& c : commands()) {
    if ((same(c.press, press) || same(c.other, press)) && is_available(c, w)) return &c;
  }
  return nullptr;
}

void run(const Command& c, Workbench& w, Requests& requests) {
  if (is_available(c, w)) c.act(w, requests);
}

std::string keys_of(const Command& c, bool all) {
  if (!c.keys.empty()) return std::string(c.keys);
  std::string words = key_words(c.press);
  if (all && c.other.key != Key::none) words += ", " + key_words(c.other);
  return words;
}

std::string commands_html() {
  std::string out;
  for (CommandGroup group :
       {CommandGroup::go, CommandGroup::message, CommandGroup::answer, CommandGroup::view, CommandGroup::keys}) {
    out += "<table><caption>";
    out += html(label(group));
    out += "</caption><tbody>";
    for (const Command& c : commands()) {
      if (c.group != group) continue;
      out += "<tr><th scope=\"row\">";
      out += html(key_sentence(c.words));
      out += "</th><td>";
      if (const std::string keys = keys_of(c, true); !keys.empty()) {
        out += "<kbd>";
        out += html(key_signs(keys));
        out += "</kbd>";
      }
      out += "</td></tr>";
    }
    out += "</tbody></table>";
  }
  return out;
}

MenuItem menu_item(const BarContext& context, std::string_view id) {
  const Command& c = command(id);
  return {key_sentence(c.words), key_signs(keys_of(c)), false,
          [&c, &requests = context.requests](Workbench& w) { run(c, w, requests); }};
}

}  // namespace iz
