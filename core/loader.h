// Reads the JSON files of profiles, rules and code sets into a Catalogue. Internal to core.
//
// Every fault of a file (a name that nothing has, a missing key, a condition that cannot be read) throws CatalogueError
// with the file and the reason: our own files must be right, and the build proves it.
#pragma once
#include <string>
#include <string_view>

#include "codesets/json_reader.h"
#include "core/catalogue.h"

namespace iz {

class Loader {
 public:
  explicit Loader(Catalogue& catalogue) : catalogue_(catalogue) {}
  void load(std::span<const EmbeddedFile> files, std::span<const LoadedTable> loaded);

 private:
  using Json = JsonValue;

  [[noreturn]] void fail(const std::string& reason) const;
  JsonDocument read(std::string_view name, std::string_view text);

  void load_code_sets(std::span<const EmbeddedFile> files);
  void take(std::span<const LoadedTable> loaded);
  void load_profile(const Json& file);
  void load_segments(const Json& segments, Profile& profile);
  void load_types(const Json& types, Profile& profile);
  void load_element(const Json& json, ElementDef& element, Profile& profile, PlaceContext context);
  void load_structure(const Json& list, int parent, Profile& profile);
  void compile(Profile& profile) const;
  void load_group_predicates(const Json& list, Profile& profile);
  void load_rule(const Json& file);
  void load_statement(const Json& json, int rule, size_t number);
  void attach(const Json& on, int statement, Profile& profile, PlaceContext& context);

  Condition condition(const Json& json, PlaceContext context);
  RelativePlace place(const Json& json, PlaceContext context) const;
  Usage usage(std::string_view text, ElementDef* element) const;
  int type(std::string_view id, const Profile& profile) const;
  const CodeSet* code_set(const std::string& id) const;
  Json need(const Json& json, const char* key) const;
  std::string text(const Json& json, const char* key) const;

  Catalogue& catalogue_;
  std::string file_;  ///< being read, for messages
};

/// Index of a check written in C++ by its name ("set_id"), or -1. In core/checks.cpp.
int check_index(std::string_view name);
/// Index of a way to mend by its name ("required"), or -1. In core/fix.cpp.
int mend_way(std::string_view name);

}  // namespace iz
