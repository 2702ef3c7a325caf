#include "ui/theme.h"

#include <cmath>
#include <initializer_list>

namespace iz {
namespace {

constexpr ImU32 rgb(unsigned value) { return IM_COL32(value >> 16 & 0xff, value >> 8 & 0xff, value & 0xff, 0xff); }

constexpr Theme light = {
    .bg = rgb(0xF1F3F6),
    .chrome = rgb(0xF8F9FB),
    .panel = rgb(0xFFFFFF),
    .sunken = rgb(0xF4F6F9),
    .hover = rgb(0xF1F4F8),
    .line = rgb(0xE2E6EC),
    .ctl = rgb(0xC3CAD4),
    .inp = rgb(0x8490A1),
    .text = rgb(0x1B2330),
    .muted = rgb(0x566072),
    .faint = rgb(0x616B7D),
    .accent = rgb(0x1A56C4),
    .accenttext = rgb(0xFFFFFF),
    .asoft = rgb(0xE8EFFC),
    .aline = rgb(0x9DB9EE),
    .sel = rgb(0xCFE1FF),
    .err = rgb(0xB3261E),
    .errsoft = rgb(0xFCEDEB),
    .errline = rgb(0xEDB9B4),
    .warn = rgb(0x855600),
    .warnsoft = rgb(0xFAF2DF),
    .warnline = rgb(0xE0C88F),
    .adv = rgb(0x4A5D78),
    .advsoft = rgb(0xEDF1F6),
    .advline = rgb(0xBFCBDA),
    .ok = rgb(0x1B7A3D),
    .oksoft = rgb(0xE6F4EA),
    .okline = rgb(0xA6D3B5),
    .onerr = rgb(0xFFFFFF),
    .onwarn = rgb(0xFFFFFF),
    .onok = rgb(0xFFFFFF),
    .code = rgb(0x0A6B5C),
    .date = rgb(0x7A3F9E),
    .esc = rgb(0xA3326B),
    .zseg = rgb(0x8A4B14),
    .track = rgb(0xE2E6EC),
    .high_contrast = false,
};

constexpr Theme dark = {
    .bg = rgb(0x12151A),
    .chrome = rgb(0x171B21),
    .panel = rgb(0x1B1F26),
    .sunken = rgb(0x151920),
    .hover = rgb(0x222731),
    .line = rgb(0x2A303A),
    .ctl = rgb(0x434C5A),
    .inp = rgb(0x707C8E),
    .text = rgb(0xE3E7EE),
    .muted = rgb(0xA3ADBB),
    .faint = rgb(0x8F99AA),
    .accent = rgb(0x7FB4FF),
    .accenttext = rgb(0x0E1724),
    .asoft = rgb(0x22304B),
    .aline = rgb(0x3F5F96),
    .sel = rgb(0x2A3F63),
    .err = rgb(0xFF8A80),
    .errsoft = rgb(0x38221F),
    .errline = rgb(0x6E3B37),
    .warn = rgb(0xFFC857),
    .warnsoft = rgb(0x332C1A),
    .warnline = rgb(0x65562C),
    .adv = rgb(0xA9BAD2),
    .advsoft = rgb(0x252C37),
    .advline = rgb(0x465266),
    .ok = rgb(0x7BD88F),
    .oksoft = rgb(0x1C3226),
    .okline = rgb(0x37614A),
    .onerr = rgb(0x2A0F0C),
    .onwarn = rgb(0x2B2005),
    .onok = rgb(0x0B2413),
    .code = rgb(0x7FD6B5),
    .date = rgb(0xCDA8EE),
    .esc = rgb(0xF29BC6),
    .zseg = rgb(0xE0A878),
    .track = rgb(0x2A303A),
    .high_contrast = false,
};

constexpr Theme contrast_light = {
    .bg = rgb(0xFFFFFF),
    .chrome = rgb(0xFFFFFF),
    .panel = rgb(0xFFFFFF),
    .sunken = rgb(0xFFFFFF),
    .hover = rgb(0xEDEDED),
    .line = rgb(0x000000),
    .ctl = rgb(0x000000),
    .inp = rgb(0x000000),
    .text = rgb(0x000000),
    .muted = rgb(0x2B2B2B),
    .faint = rgb(0x3D3D3D),
    .accent = rgb(0x0033A0),
    .accenttext = rgb(0xFFFFFF),
    .asoft = rgb(0xD6E4FF),
    .aline = rgb(0x0033A0),
    .sel = rgb(0xB8D0FF),
    .err = rgb(0x8C0B05),
    .errsoft = rgb(0xFFFFFF),
    .errline = rgb(0x8C0B05),
    .warn = rgb(0x5C3A00),
    .warnsoft = rgb(0xFFFFFF),
    .warnline = rgb(0x5C3A00),
    .adv = rgb(0x26364D),
    .advsoft = rgb(0xFFFFFF),
    .advline = rgb(0x26364D),
    .ok = rgb(0x0B5226),
    .oksoft = rgb(0xFFFFFF),
    .okline = rgb(0x0B5226),
    .onerr = rgb(0xFFFFFF),
    .onwarn = rgb(0xFFFFFF),
    .onok = rgb(0xFFFFFF),
    .code = rgb(0x00493C),
    .date = rgb(0x54207A),
    .esc = rgb(0x7A0A45),
    .zseg = rgb(0x5A2A00),
    .track = rgb(0xFFFFFF),
    .high_contrast = true,
};

constexpr Theme contrast_dark = {
    .bg = rgb(0x000000),
    .chrome = rgb(0x000000),
    .panel = rgb(0x000000),
    .sunken = rgb(0x000000),
    .hover = rgb(0x1F1F1F),
    .line = rgb(0xFFFFFF),
    .ctl = rgb(0xFFFFFF),
    .inp = rgb(0xFFFFFF),
    .text = rgb(0xFFFFFF),
    .muted = rgb(0xE0E0E0),
    .faint = rgb(0xC8C8C8),
    .accent = rgb(0x6FC3FF),
    .accenttext = rgb(0x000000),
    .asoft = rgb(0x002544),
    .aline = rgb(0x6FC3FF),
    .sel = rgb(0x004B87),
    .err = rgb(0xFF9D94),
    .errsoft = rgb(0x000000),
    .errline = rgb(0xFF9D94),
    .warn = rgb(0xFFD54A),
    .warnsoft = rgb(0x000000),
    .warnline = rgb(0xFFD54A),
    .adv = rgb(0xC9D6E8),
    .advsoft = rgb(0x000000),
    .advline = rgb(0xC9D6E8),
    .ok = rgb(0x86F09B),
    .oksoft = rgb(0x000000),
    .okline = rgb(0x86F09B),
    .onerr = rgb(0x000000),
    .onwarn = rgb(0x000000),
    .onok = rgb(0x000000),
    .code = rgb(0x8FF0CC),
    .date = rgb(0xE3C2FF),
    .esc = rgb(0xFFB3D6),
    .zseg = rgb(0xF5C396),
    .track = rgb(0x000000),
    .high_contrast = true,
};

const Theme* current = &light;
float current_scale = 1;

}  // namespace

const Theme& theme(Palette palette) {
  switch (palette) {
    case Palette::light:
      break;
    case Palette::dark:
      return dark;
    case Palette::contrast_light:
      return contrast_light;
    case Palette::contrast_dark:
      return contrast_dark;
  }
  return light;
}

const Theme& theme() { return *current; }

void use_theme(Palette palette) {
  current = &theme(palette);
  const Theme& t = *current;
  ImGuiStyle& style = ImGui::GetStyle();
  const auto set = [&](ImGuiCol index, ImU32 color) { style.Colors[index] = ImGui::ColorConvertU32ToFloat4(color); };
  for (int i = 0; i < ImGuiCol_COUNT; ++i) set(i, t.panel);
  set(ImGuiCol_WindowBg, t.bg);
  set(ImGuiCol_ChildBg, 0);  // the pane around it is filled
  for (ImGuiCol i : {ImGuiCol_Border, ImGuiCol_ScrollbarGrab}) set(i, t.ctl);
  for (ImGuiCol i : {ImGuiCol_HeaderHovered, ImGuiCol_ButtonHovered, ImGuiCol_FrameBgHovered}) set(i, t.hover);
  for (ImGuiCol i : {ImGuiCol_Header, ImGuiCol_HeaderActive, ImGuiCol_ButtonActive}) set(i, t.asoft);
  for (ImGuiCol i : {ImGuiCol_ScrollbarGrabHovered, ImGuiCol_ScrollbarGrabActive}) set(i, t.inp);
  set(ImGuiCol_Separator, t.line);
  set(ImGuiCol_Text, t.text);
  set(ImGuiCol_TextDisabled, t.faint);
  set(ImGuiCol_TextSelectedBg, t.sel);
  set(ImGuiCol_NavCursor, t.accent);
}

void use_metrics() {
  ImGuiStyle& style = ImGui::GetStyle();
  style = ImGuiStyle();
  style.WindowPadding = {0, 0};
  style.WindowBorderSize = 0;
  style.ChildBorderSize = 0;
  style.FramePadding = {px(12), px(6)};
  style.FrameRounding = px(6);
  style.FrameBorderSize = px(1);
  style.ItemSpacing = {0, 0};
  style.ItemInnerSpacing = {px(6), px(4)};
  style.CellPadding = {px(8), px(4)};
  style.ScrollbarSize = px(12);
  style.ScrollbarRounding = px(2);
  style.GrabRounding = px(2);
  style.PopupRounding = px(8);
  style.PopupBorderSize = px(1);
  style.TabRounding = 0;
  style.DisabledAlpha = 1;
  style.AntiAliasedLinesUseTex = false;
  style.FontSizeBase = px(14);
}

float px(float length) { return std::round(length * current_scale); }
float scale() { return current_scale; }
void set_scale(float device_pixels_per_pixel) { current_scale = device_pixels_per_pixel; }

}  // namespace iz
