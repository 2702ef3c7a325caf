#include "ui/text_run.h"

#include <algorithm>
#include <cmath>

#include "core/utf8.h"
#include "ui/cluster.h"
#include "ui/theme.h"
#include "ui/widgets.h"

namespace iz {
namespace {

constexpr unsigned arrow = 0x2192;  // for a tab

ImU32 color_of(Role role) {
  const Theme& c = theme();
  switch (role) {
    case Role::text:
      return c.text;
    case Role::segment:
      return c.accent;
    case Role::other_segment:
      return c.zseg;
    case Role::delimiter:
      return c.faint;
    case Role::code:
      return c.code;
    case Role::system:
      return c.muted;
    case Role::date:
      return c.date;
    case Role::escape:
      return c.esc;
  }
  return c.text;
}

}  // namespace

void draw_run(ImDrawList* list, const RunLook& look, std::string_view text, Span row, const std::vector<Role>& roles,
              Span selected, float x, float top) {
  const Theme& c = theme();
  const float advance = mono_advance(look.type);
  uint32_t behind = row.begin;  // the end of the cluster, one cell wide
  for (uint32_t at = row.begin; at < row.end;) {
    const Char ch = next_char(text, at);
    const bool mark = at < behind;
    if (!mark) behind = at + cluster_size(text, at);
    const Role role = roles[at - row.begin];
    const ImU32 color = at >= selected.begin && at < selected.end ? c.text : color_of(role);
    const bool bold = role == Role::segment || role == Role::other_segment;
    if (ch.code > ' ' && ch.valid && has_glyph(look.type, static_cast<unsigned>(ch.code))) {
      const Type type = bold && has_glyph(look.bold, static_cast<unsigned>(ch.code)) ? look.bold : look.type;
      glyph(list, type, x, top, color, static_cast<unsigned>(ch.code));
    } else if (ch.code == '\t' && has_glyph(look.type, arrow)) {
      glyph(list, look.type, x, top, c.esc, arrow);
    } else if (ch.code != ' ' && !mark) {
      // No picture for it: a box that says something stands here.
      frame(list, {std::round(x) + px(1), top + px(5), std::round(x + advance) - px(1), top + px(16)}, c.faint, 0,
            px(1));
    }
    at += std::max(1u, ch.size);
    if (at >= behind) x += advance;
  }
}

}  // namespace iz
