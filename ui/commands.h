// Everything that can be done in the window, once: the palette lists it, keys and menus run it, the text version prints it.
//
//     for (const Command& c : commands()) use(c.words, keys_of(c));      // "Next problem", "F8"
//     const Command* c = command_for({.key = Key::f8}, workbench);       // nullptr: the key is no command's
//     run(*c, workbench, requests);
//
// To add something one can do, add a row to ui/command_table.cpp and nothing else. A row without an act is a key
// that belongs to a pane (Enter in a list): it is listed for the reader only. What depends on the message (places,
// problems, open messages, profiles) is no row: `palette_items` makes those.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "ui/key_words.h"
#include "ui/panes.h"

namespace iz {

enum class CommandGroup : uint8_t { go, message, answer, view, keys };
std::string_view label(CommandGroup group);  ///< "Go to"

struct Command {
  std::string_view id;  ///< "problem.next"; lasting, as `View::recent` and menus name it
  CommandGroup group = CommandGroup::go;
  std::string_view words;                         ///< "Next problem"
  KeyPress press{}, other{};                      ///< its keys; Key::none: it has none
  std::string_view keys{};                        ///< where the pane takes the key itself: its keys in words
  bool (*available)(const Workbench&) = nullptr;  ///< nullptr: always. A key whose command is not is the browser's.
  void (*act)(Workbench&, Requests&) = nullptr;
};

std::span<const Command> commands();
/// The command of that id, which must exist.
const Command& command(std::string_view id);
/// The command that a key runs now, or nullptr.
const Command* command_for(KeyPress press, const Workbench& workbench);
bool is_available(const Command& command, const Workbench& workbench);
void run(const Command& command, Workbench& workbench, Requests& requests);

/// The first of its keys in words, or all of them with ", " between; see ui/key_words.h for how they are shown.
std::string keys_of(const Command& command, bool all = false);

/// The whole table as HTML for the text version: a heading and a table of keys and words for each group.
std::string commands_html();

/// A row of a menu that runs a command.
MenuItem menu_item(const BarContext& context, std::string_view id);

}  // namespace iz
