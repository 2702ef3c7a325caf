#include "ui/icons.h"

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "core/date.h"
#include "ui/theme.h"

namespace iz {
namespace {

/// Paths in a box of 16, in the small part of SVG's path language that `Pen` reads.
constexpr std::string_view path_of(Icon which) {
  switch (which) {
    case Icon::close:
      return "M4 4L12 12M12 4L4 12";
    case Icon::plus:
      return "M8 3V13M3 8H13";
    case Icon::right:
      return "M6 4L10 8L6 12";
    case Icon::down:
      return "M4 6L8 10L12 6";
    case Icon::up:
      return "M4 10L8 6L12 10";
    case Icon::check:
      return "M3 8.5L6.5 12L13 4.5";
    case Icon::arrow:
      return "M3 8H13M9 4L13 8L9 12";
    case Icon::more:
      return "M3 8H4M7.5 8H8.5M12 8H13";
    case Icon::file:
      return "M4 2H9L12 5V14H4ZM9 2V5H12";
    case Icon::undo:
      return "M4 6H10A3 3 0 0 1 10 12H6M6.5 3.5L4 6L6.5 8.5";
    case Icon::redo:
      return "M12 6H6A3 3 0 0 0 6 12H10M9.5 3.5L12 6L9.5 8.5";
    case Icon::sun:
      return "M8 5A3 3 0 1 0 8 11A3 3 0 1 0 8 5M8 1.5V3M8 13V14.5M1.5 8H3M13 8H14.5M3.4 3.4L4.5 4.5M11.5 11.5L12.6 "
             "12.6M3.4 12.6L4.5 11.5M11.5 4.5L12.6 3.4";
    case Icon::lock:
      return "M4 7H12V13.5H4ZM5.5 7V5A2.5 2.5 0 0 1 10.5 5V7";
    case Icon::lines:
      return "M3 4H13M3 8H13M3 12H13";
    case Icon::clipboard:
      return "M5 3H3.5V14H12.5V3H11M5 2H11V5H5Z";
    case Icon::flask:
      return "M6 2H10M6.5 2V6.5L3 13.5H13L9.5 6.5V2";
    case Icon::tree:
      return "M3 3H7M5 3V12M5 7.5H9M5 12H9M11 7.5H13M11 12H13";
    case Icon::search:
      return "M10.5 10.5L14 14M7 2.5A4.5 4.5 0 1 0 7 11.5A4.5 4.5 0 1 0 7 2.5";
    case Icon::book:
      return "M2.5 3H7L8 4L9 3H13.5V12.5H9L8 13.5L7 12.5H2.5ZM8 4V13.5";
    case Icon::copy:
      return "M5.5 5.5H13V13.5H5.5ZM3 10.5V2.5H10.5";
    case Icon::out:
      return "M5 11L11 5M6.5 5H11V9.5";
    case Icon::filter:
      return "M2 4H14M4.5 8H11.5M7 12H9";
    case Icon::back:
      return "M13 8H3M7 4L3 8L7 12";
    case Icon::forward:
      return "M3 8H13M9 4L13 8L9 12";
    case Icon::clock:
      return "M8 2.5A5.5 5.5 0 1 0 8 13.5A5.5 5.5 0 1 0 8 2.5M8 5V8.5L10.5 10";
  }
  return {};
}

constexpr std::string_view diamond = "M8 1.5L14.5 8L8 14.5L1.5 8Z";
constexpr std::string_view octagon = "M5.1 1H10.9L15 5.1V10.9L10.9 15H5.1L1 10.9V5.1Z";

/// Follows a path: M, L, H, V, A (circles only) and Z with absolute numbers.
class Pen {
 public:
  Pen(ImDrawList* list, ImVec2 origin, float size) : list_(list), origin_(origin), unit_(size * scale() / 16) {}

  void stroke(std::string_view path, ImU32 color, float width) {
    follow(path, [&](bool closed) {
      if (!closed) extend(width / 2);
      list_->AddPolyline(points_.data(), static_cast<int>(points_.size()), color, closed ? ImDrawFlags_Closed : 0,
                         width * unit_);
    });
  }
  void fill(std::string_view path, ImU32 color) {
    follow(path, [&](bool) { list_->AddConvexPolyFilled(points_.data(), static_cast<int>(points_.size()), color); });
  }
  ImVec2 at(float x, float y) const { return {origin_.x + x * unit_, origin_.y + y * unit_}; }
  float unit() const { return unit_; }

 private:
  template <typename Done>
  void follow(std::string_view path, Done done) {
    float x = 0, y = 0;
    char command = 0;
    points_.clear();
    const char* p = path.data();
    const char* end = p + path.size();
    const auto number = [&] {
      while (p < end && *p == ' ') ++p;
      const char* from = p;
      while (p < end && ((*p == '-' && p == from) || *p == '.' || (*p >= '0' && *p <= '9'))) ++p;
      return static_cast<float>(number_value({from, static_cast<size_t>(p - from)}));
    };
    while (p < end) {
      if (*p == ' ') {
        ++p;
        continue;
      }
      if (*p >= 'A' && *p <= 'Z') command = *p++;
      switch (command) {
        case 'M':
          if (points_.size() > 1) done(false);
          points_.clear();
          x = number();
          y = number();
          command = 'L';
          break;
        case 'L':
          x = number();
          y = number();
          break;
        case 'H':
          x = number();
          break;
        case 'V':
          y = number();
          break;
        case 'A': {
          const float radius = number();
          number();
          number();
          const bool large = number() != 0, sweep = number() != 0;
          const float x1 = number(), y1 = number();
          arc(x, y, x1, y1, radius, large, sweep);
          x = x1;
          y = y1;
          break;
        }
        case 'Z':
          done(true);
          points_.clear();
          continue;
        default:
          return;
      }
      points_.push_back(at(x, y));
    }
    if (points_.size() > 1) done(false);
  }

  void arc(float x0, float y0, float x1, float y1, float radius, bool large, bool sweep) {
    const float dx = (x1 - x0) / 2, dy = (y1 - y0) / 2, half = std::sqrt(dx * dx + dy * dy);
    if (half == 0) return;
    const float rise = std::sqrt(std::max(0.0f, radius * radius - half * half)) * (large == sweep ? -1.0f : 1.0f);
    const float cx = (x0 + x1) / 2 - rise * dy / half, cy = (y0 + y1) / 2 + rise * dx / half;
    float from = std::atan2(y0 - cy, x0 - cx), to = std::atan2(y1 - cy, x1 - cx);
    constexpr float turn = 2 * std::numbers::pi_v<float>;
    if (sweep && to <= from) to += turn;
    if (!sweep && to >= from) to -= turn;
    constexpr int steps = 16;
    for (int i = 1; i < steps; ++i) {
      const float a = from + (to - from) * static_cast<float>(i) / steps;
      points_.push_back(at(cx + radius * std::cos(a), cy + radius * std::sin(a)));
    }
  }

  /// Square ends: both ends grow by half the stroke's width.
  void extend(float by) {
    const auto grow = [&](ImVec2& end, const ImVec2& next) {
      const float dx = end.x - next.x, dy = end.y - next.y, length = std::sqrt(dx * dx + dy * dy);
      if (length == 0) return;
      end.x += dx / length * by * unit_;
      end.y += dy / length * by * unit_;
    };
    grow(points_.front(), points_[1]);
    grow(points_.back(), points_[points_.size() - 2]);
  }

  ImDrawList* list_;
  ImVec2 origin_;
  float unit_;
  std::vector<ImVec2> points_;
};

void disc(ImDrawList* list, const Pen& pen, float radius, ImU32 color) {
  list->AddCircleFilled(pen.at(8, 8), radius * pen.unit(), color);
}

void ring(ImDrawList* list, const Pen& pen, float radius, ImU32 color) {
  list->AddCircle(pen.at(8, 8), radius * pen.unit(), color, 0, 1.5f * pen.unit());
}

}  // namespace

void icon(ImDrawList* list, Icon which, ImVec2 top_left, float size, ImU32 color) {
  Pen(list, {std::round(top_left.x), std::round(top_left.y)}, size).stroke(path_of(which), color, 1.5f);
}

void shape(ImDrawList* list, Shape which, ImVec2 top_left, float size) {
  const Theme& t = theme();
  Pen pen(list, {std::round(top_left.x), std::round(top_left.y)}, size);
  switch (which) {
    case Shape::error:
      pen.fill(octagon, t.err);
      pen.stroke("M5.7 5.7L10.3 10.3", t.onerr, 1.8f);
      pen.stroke("M10.3 5.7L5.7 10.3", t.onerr, 1.8f);
      break;
    case Shape::warning:
      pen.fill("M8 1.2L15.4 14.5L0.6 14.5Z", t.warn);
      pen.fill("M7.1 5.6H8.9V10H7.1Z", t.onwarn);
      pen.fill("M7.1 11.2H8.9V13H7.1Z", t.onwarn);
      break;
    case Shape::advice:
      ring(list, pen, 6.3f, t.adv);
      pen.fill("M7.2 7H8.8V11.6H7.2Z", t.adv);
      pen.fill("M7.2 4.4H8.8V6H7.2Z", t.adv);
      break;
    case Shape::ok:
      disc(list, pen, 7, t.ok);
      pen.stroke("M4.9 8.6L7 10.7L11.2 5.9", t.onok, 1.8f);
      break;
    case Shape::unknown: {
      constexpr int dashes = 8;
      constexpr float turn = 2 * std::numbers::pi_v<float>;
      for (int i = 0; i < dashes; ++i) {
        const float a = turn * static_cast<float>(i) / dashes;
        list->PathArcTo(pen.at(8, 8), 6.3f * pen.unit(), a, a + turn * 0.6f / dashes);
        list->PathStroke(t.muted, 0, 1.5f * pen.unit());
      }
      break;
    }
    case Shape::partly: {
      constexpr float quarter = std::numbers::pi_v<float> / 2;
      list->AddCircle(pen.at(8, 8), 7 * pen.unit(), t.warn, 0, 1.25f * pen.unit());
      list->PathArcTo(pen.at(8, 8), 7 * pen.unit(), -quarter, quarter);
      list->PathFillConvex(t.warn);
      break;
    }
    case Shape::valid:
      disc(list, pen, 6, t.ok);
      break;
    case Shape::not_valid:
      disc(list, pen, 6, t.panel);
      list->AddCircle(pen.at(8, 8), 5.4f * pen.unit(), t.err, 0, 1.6f * pen.unit());
      pen.stroke("M5 11L11 5", t.err, 1.6f);
      break;
    case Shape::given:
      disc(list, pen, 6, t.panel);
      list->AddCircle(pen.at(8, 8), 5.4f * pen.unit(), t.adv, 0, 1.6f * pen.unit());
      break;
    case Shape::due:
      pen.fill(diamond, t.panel);
      pen.stroke(diamond, t.accent, 1.6f);
      break;
    case Shape::overdue:
      pen.fill(diamond, t.err);
      break;
    case Shape::later:
      pen.fill(diamond, t.panel);
      pen.stroke(diamond, t.muted, 1.4f);
      break;
  }
}

Shape shape_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return Shape::error;
    case Severity::warning:
      return Shape::warning;
    case Severity::info:
      break;
  }
  return Shape::advice;
}

ImU32 color_of(Severity severity) {
  switch (severity) {
    case Severity::error:
      return theme().err;
    case Severity::warning:
      return theme().warn;
    case Severity::info:
      break;
  }
  return theme().adv;
}

void squiggle(ImDrawList* list, Severity severity, float x0, float x1, float bottom) {
  const ImU32 color = color_of(severity);
  const float unit = scale();
  switch (severity) {
    case Severity::error: {
      list->PushClipRect({x0, bottom - px(4)}, {x1, bottom + px(1)}, true);
      std::array<ImVec2, 512> points;
      const float half = 3 * unit;
      for (float x = x0 - half; x < x1;) {
        int n = 0;
        for (; n < static_cast<int>(points.size()) && x < x1 + half; ++n, x += half) {
          const bool low = (static_cast<int>(std::round((x - x0) / half)) & 1) != 0;
          points[static_cast<size_t>(n)] = {x, bottom - (low ? 0.5f : 3.2f) * unit};
        }
        list->AddPolyline(points.data(), n, color, 0, 1.3f * unit);
        if (x < x1) x -= half;
      }
      list->PopClipRect();
      break;
    }
    case Severity::warning:
      for (float x = x0; x < x1; x += px(8))
        list->AddRectFilled({x, bottom - px(2)}, {std::min(x + px(5), x1), bottom}, color);
      break;
    case Severity::info:
      for (float x = x0; x < x1; x += px(4))
        list->AddRectFilled({x, bottom - px(2)}, {std::min(x + px(2), x1), bottom}, color);
      break;
  }
}

}  // namespace iz
