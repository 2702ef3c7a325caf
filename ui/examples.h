// Invented messages to try the workbench with. No real person, clinic, lot or registry.
#pragma once
#include <span>
#include <string_view>

namespace iz {

struct ExampleMessage {
  std::string_view name;   ///< "VXU with 2 doses"
  std::string_view about;  ///< what is in it, for the menu
  std::string_view text;
};

std::span<const ExampleMessage> example_messages();

}  // namespace iz
