// What the palette offers for what was typed: commands, places of the message, problems, codes of the code sets, rules,
// open messages.
//
//     PaletteList list;
//     list.update(workbench, "rxa-5");
//     list.items()[0].words, list.items()[0].group       // "Administered code", "Places"
//
// Without a text: what was run lately, then every command by its group, so that it is the list of keys, too. As a gallery
// it offers messages to begin with instead: an empty one, templates by use, examples.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/panes.h"

namespace iz {

struct PaletteItem {
  enum class Kind : uint8_t {
    command,
    document,
    profile,
    message,
    insert,
    place,
    problem,
    code,
    rule
  } kind = Kind::command;
  std::string group;  ///< heading that it stands under
  std::string words;
  std::string more;                    ///< a path, a code, a control id: in the mono face
  std::string keys;                    ///< of a command
  std::string id;                      ///< of a command, for the list of the last ones
  Severity severity = Severity::info;  ///< of a problem
  bool runs = true;                    ///< false: listed for the reader only
  std::vector<uint8_t> hits;           ///< for each byte of `words`: whether it was meant
  std::function<void(Workbench&, Requests&)> act;
};

class PaletteList {
 public:
  /// Makes the list anew if anything it depends on has changed; true when the text was another one.
  bool update(const Workbench& workbench, std::string_view query, bool gallery = false);
  const std::vector<PaletteItem>& items() const { return items_; }

 private:
  struct Candidate {
    PaletteItem item;
    std::string text;  // what is looked through: words first
  };
  void collect(const Workbench& w);
  void add_places(const Workbench& w);
  void add_messages(const Workbench& w, bool gallery);
  std::vector<Candidate> candidates_;
  std::vector<PaletteItem> items_;
  const Workbench* workbench_ = nullptr;
  uint32_t change_ = 0;
  bool gallery_ = false;
  Date as_of_;
  std::string query_;
  std::vector<std::string> recent_;
};

}  // namespace iz
