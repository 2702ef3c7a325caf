// Reads the JSON files of profiles, rules and code sets into a Catalogue. Internal to core.
//
// Every fault of a file (a name that nothing has, a missing key, a condition that cannot be read) throws CatalogueError
// with the file and the reason: our own files must be right, and the build proves it.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "codesets/json_reader.h"
#include "core/catalogue.h"

namespace iz {

class Loader;

/// The steps by which a local profile is laid on top, in their order. The profile brings them along, so that a program that
/// reads no profile does not hold them.
struct LocalSteps {
  using Local = std::shared_ptr<const LocalProfile>;
  using Statements = std::vector<std::pair<std::string, JsonValue>>;  ///< rules that have statements, with their place
  void (*tables)(Loader&, const Local&);
  void (*own_rules)(Loader&, const Local&, Statements&);
  void (*rules)(Loader&, const Local&);
  void (*places)(Loader&, const Local&);
};

class Loader {
 public:
  static const LocalSteps local_steps;
  explicit Loader(Catalogue& catalogue) : catalogue_(catalogue) {}
  void load(std::span<const EmbeddedFile> files, std::span<const LoadedTable> loaded,
            std::span<const std::shared_ptr<const LocalProfile>> locals, Date as_of);

 private:
  using Json = JsonValue;
  // What a condition is read for (loader_conditions.cpp): its places are relative to this.
  struct Reading {
    PlaceContext context{};
    std::string segment;           ///< in the context of a segment, its name
    bool in_group = false;         ///< one of the segments of a group, whose others are reached by name
    const Profile* own = nullptr;  ///< of a rule of a local profile: its places are looked up there
  };

  [[noreturn]] void fail(const std::string& reason) const;
  JsonDocument read(std::string_view name, std::string_view text);

  void load_code_sets(std::span<const EmbeddedFile> files);
  void take(std::span<const LoadedTable> loaded);
  void load_profile(const Json& file);
  void load_segments(const Json& segments, Profile& profile);
  void load_types(const Json& types, Profile& profile);
  void load_element(const Json& json, ElementDef& element, Profile& profile, PlaceContext context,
                    std::string_view segment);
  void load_structure(const Json& list, int parent, Profile& profile);
  void mark_self_contained(Profile& profile) const;
  void compile(Profile& profile) const;
  void load_group_predicates(const Json& list, Profile& profile);
  /// `own`: it is a rule of a local profile, which fills in what is the same for all its rules.
  Rule& load_rule(const Json& file, const LocalProfile* own = nullptr);
  void load_statement(const Json& json, int rule, size_t number);
  void attach(const Json& on, int statement, Profile& profile, Reading& reading);

  // Local profiles (loader_local.cpp).
  using Local = std::shared_ptr<const LocalProfile>;
  void take_local(const Local& local);
  void take_local_codes(const LocalProfile& local);
  void load_own_rules(const Local& local, std::vector<std::pair<std::string, Json>>& with_statements);
  void change_rules(const Local& local);
  void change_places(const Local& local);
  bool in_force(const LocalProfile& local, const LocalChange& change) const;
  void check_words(const LocalChange& change);
  int16_t add_effect(const Local& local, const LocalChange& change, int below, LocalEffect effect);
  void check_answer_codes(const LocalChange& change) const;
  void change_rule(const Local& local, const LocalChange& change);
  void change_place(const Local& local, const LocalChange& change);
  ElementDef& element_at(Profile& profile, const Path& path, const std::string& at);
  int own_type(Profile& profile, int type);

  void load_list(const Json& file);
  Condition condition(const Json& json, const Reading& reading);
  bool many(const Json& json, const Reading& reading, Condition& c);
  void score(const Json& json, const Reading& reading, Condition& c);
  void value_test(const Json& json, const Reading& reading, Condition& c);
  DateShift shift(const Json& json) const;
  RelativePlace place(const Json& json, const Reading& reading) const;
  void check_place(const RelativePlace& place, const Reading& reading, const std::string& written) const;
  Usage usage(std::string_view text, ElementDef* element) const;
  int type(std::string_view id, const Profile& profile) const;
  const CodeSet* code_set(const std::string& id) const;
  Json need(const Json& json, const char* key) const;
  std::string text(const Json& json, const char* key) const;

  Catalogue& catalogue_;
  std::string file_;                                       ///< being read, for messages
  std::optional<JsonDocument> cases_;                      ///< conditions by name
  std::set<std::string, std::less<>> placeholders_;        ///< that the national rules have in their words
  Date as_of_;                                             ///< day for which local profiles are read
  std::vector<std::pair<const Profile*, int>> own_types_;  ///< data types made for one element
};

/// Index of a check written in C++ by its name ("set_id"), or -1. In core/checks.cpp.
int check_index(std::string_view name);
/// Index of a way to mend by its name ("required"), or -1. In core/fix.cpp.
int mend_way(std::string_view name);

}  // namespace iz
