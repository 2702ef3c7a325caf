// What keys are called. The table of commands and the panes name them as a PC does; on a Mac they are shown as its menus
// show them.
//
//     key_words({.key = Key::f8, .shift = true})     // "Shift F8", everywhere
//     set_mac_keys(true);
//     key_signs("Ctrl K")                            // on a key cap: "⌘K"; on a PC "Ctrl K"
//     key_sentence("Find, Ctrl F")                   // in a sentence and for screen readers: "Find, Command F"
//
// Some of a Mac's keys are others: words by Option, Redo, the way back (platform.js gives each to the workbench as the PC's).
#pragma once
#include <string>
#include <string_view>

#include "ui/keys.h"

namespace iz {

/// "Shift F8", "Ctrl K"; empty without a key.
std::string key_words(KeyPress press);

/// Whether keys are shown as on a Mac; the platform says so before the first frame.
void set_mac_keys(bool mac);

/// Words of one or more keys (", " between) as they stand on a key cap.
std::string key_signs(std::string_view words);
/// A sentence with the words of keys in it: on a Mac with that key's name.
std::string key_sentence(std::string_view words);

}  // namespace iz
