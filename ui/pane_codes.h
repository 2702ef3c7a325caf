// The workspace Codes: search at the left, the page of a code in the middle, and beside it two editions compared, a
// partner's list, or the editions that are loaded.
//
// Panes draw from `const Workbench&`; what they keep is made from the tables and made anew when these change. All keys of
// a pane are in its `key`.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codesets/partner_list.h"
#include "core/affected.h"
#include "core/code_page.h"
#include "core/code_search.h"
#include "ui/change_rows.h"
#include "ui/code_hits.h"
#include "ui/panes.h"

namespace iz {

/// Names of fields, for `View::open_field`: the search, the filter of differences.
inline constexpr const char* code_field = "codes";
inline constexpr const char* change_field = "differences";

inline constexpr std::string_view keep_words = "Keep on this device";

/// Short name of a table for a row or a link: "CVX", "NDC", "VIS", "HL70001".
std::string short_name(const CodeSet& set);
/// How a link to a code is written: "CVX 208".
std::string place_words(const Catalogue& catalogue, const CodePlace& place);
/// The shape of a published status: ok for a usable code, warning for one that is not any more.
Shape shape_of_status(std::string_view status);
/// A published status in a small box that ends at `right`; returns its left edge.
float status_tag(ImDrawList* list, float right, float middle, std::string_view status);

/// "CVX", "NDC, unit of use": a table where there is little room.
std::string short_table_words(const Catalogue& catalogue, std::string_view table);
/// A choice with a count, in a rounded box.
Touch choice_chip(const char* id, float left, float middle, std::string_view sign, ImU32 ink, std::string_view words,
                  bool on);
/// Word, sign and colour of a kind of difference.
std::string_view kind_word(ChangeFilter kind);
std::string_view kind_sign(ChangeFilter kind);
ImU32 kind_color(ChangeFilter kind);
/// Name of the field for the date of the n-th table offered.
const char* edition_field(size_t n);

/// Field, filter and hits.
class CodeSearchPane {
 public:
  void draw(const Workbench& w, Actions& actions, Box box, float row_height);
  bool key(Workbench& w, KeyPress press);
  /// The hits as they are listed now.
  const std::vector<CodeHit>& hits(const Workbench& w);

 private:
  void row(const Workbench& w, Actions& actions, const CodeHit& hit, int index, Box box);
  std::vector<CodeHit> hits_;
  std::string seen_text_;
  CodeFilter seen_filter_ = CodeFilter::all;
  uint32_t seen_catalogue_ = 0;  // `Workbench::catalogue_change`
  uint32_t revealed_ = 0;
  float page_ = 1;        // rows in sight
  bool restart_ = false;  // other hits: the first is the current one
};

/// Everything that is known of a code.
class CodePagePane {
 public:
  void draw(const Workbench& w, Actions& actions, Requests& requests, Box box);
  bool key(Workbench& w, KeyPress press);

 private:
  void read(const Workbench& w);

  CodePage page_;
  uint32_t read_catalogue_ = 0;
  CodePlace read_place_;
  uint32_t read_change_ = 0;
  std::vector<Action> links_;  // of the page as it was drawn last, from the top
  CodePlace seen_page_;
};

/// Two editions of a table.
class ComparePane {
 public:
  void draw(const BarContext& bars, Box box, float row_height);
  /// What can be done with the differences, at the right end of a header from `left` on.
  void tools(const BarContext& bars, Box header, float left);
  bool key(Workbench& w, KeyPress press);

 private:
  void compare(const Workbench& w, const CodeSet& before, const CodeSet& after);
  void row(const Workbench& w, Actions& actions, const ChangeRow& row, int index, Box box);
  float head(const BarContext& bars, Box box);

  /// What the differences do to the messages that are loaded; returns its height.
  float affected(const BarContext& bars, Box box, bool draw);
  void find_affected(const Workbench& w, const CodeSet& before, const CodeSet& after);

  struct Affected {
    uint32_t document = 0;
    AffectedCode code;  // the first one in it
  };
  std::vector<Affected> affected_;
  size_t messages_ = 0;  // that were looked at
  uint32_t seen_change_ = UINT32_MAX;
  TableChanges changes_;
  std::vector<ChangeRow> rows_;
  std::vector<float> tops_;  // in device pixels, one more than rows
  const CodeSet *seen_before_ = nullptr, *seen_after_ = nullptr;
  ChangeFilter seen_filter_ = ChangeFilter::all;
  bool seen_hide_ = true;
  std::string seen_text_;
  float seen_scale_ = 0;
  int followed_ = -1;
};

/// A partner's list beside a table of ours.
class PartnerPane {
 public:
  void draw(const BarContext& bars, Box box);
  void tools(const BarContext& bars, Box header, float left);
  bool key(Workbench& w, KeyPress press);

 private:
  struct Row {
    PartnerFilter kind = PartnerFilter::same;
    const PartnerCode* theirs = nullptr;  // in `list_`; null for what the list lacks
    const Code* ours = nullptr;
  };
  void read(const Workbench& w);
  void row(const BarContext& bars, const Row& row, int index, Box box);

  PartnerList list_;
  std::vector<Row> rows_;
  uint32_t seen_catalogue_ = 0;  // `Workbench::catalogue_change`
  uint32_t seen_text_ = UINT32_MAX;
  std::string seen_table_;
  PartnerFilter seen_filter_ = PartnerFilter::all;
  int followed_ = -1;
};

/// Which editions are loaded, and what is kept on this device.
void draw_editions(const BarContext& bars, Box box);

/// What was dropped or chosen, before it is used. Lies over the panes.
class ImportSheet {
 public:
  void draw(const BarContext& bars);
  bool key(Workbench& w, KeyPress press);

 private:
  BarKeys keys_;
  float height_ = 200;                        // of the content, in the last frame
  std::vector<std::vector<ChangeRow>> rows_;  // of each table offered
  uint32_t seen_ = UINT32_MAX;
};

}  // namespace iz
