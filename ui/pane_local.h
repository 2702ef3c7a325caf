// The workspace Local rules: a registry's own rules as a list, the form of one of them, and what the open message has from
// it. Drawn from `Workbench::local_tab()` and `Workbench::local_impact()`.
#pragma once
#include <string>
#include <vector>

#include "ui/panes.h"

namespace iz {

/// The rows of the list, as the view has them chosen: changes, all rules, or what differs from another profile.
std::vector<LocalRow> local_rows(const Workbench& w);

/// What a profile says otherwise than nationally, or all rules.
class LocalListPane {
 public:
  void draw(const BarContext& context, Box box, float row_height);
  bool key(Workbench& w, KeyPress press);

 private:
  /// What the rows depend on.
  struct Made {
    uint32_t catalogue = 0;
    int against = -1;
    bool all = false;
    std::string filter;
    bool operator==(const Made&) const = default;
  };
  const std::vector<LocalRow>& rows(const Workbench& w);
  void row(const BarContext& b, const LocalRow& row, Box box, bool chosen);
  void nothing(const BarContext& b, Box box);
  Made made_;
  std::vector<LocalRow> rows_;
  size_t total_ = 0;
  uint32_t seen_ = 0;
  float page_ = 1;
};

/// Usage, severity, words and codes of the chosen row, or the form of a new rule.
class LocalRulePane {
 public:
  void draw(const BarContext& context, Box box);
  bool key(Workbench& w, KeyPress press);
  /// A key while one of its fields has the keyboard.
  bool field_key(Workbench& w, KeyPress press);

 private:
  struct Form;
  void change(Form& f);
  void rule(Form& f);
  BarKeys keys_;
  std::vector<const char*> fields_;  // in the order of the last frame
};

/// Findings and answer of the open message, nationally and here; the text; the acknowledgment.
class LocalEffectPane {
 public:
  void draw(const BarContext& context, Box box, float row_height, EditorPane& editor);
  bool key(Workbench& w, KeyPress press);
};

/// A severity as shape and word, or `none`.
void severity_words(ImDrawList* list, ImVec2 at, std::optional<Severity> severity, std::string_view none, ImU32 ink,
                    Type type = Type::row);
/// The tag of a change: tighter, new, relaxed, wording.
float local_tag(ImDrawList* list, float right, float middle, std::string_view kind);

}  // namespace iz
