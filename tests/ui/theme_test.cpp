// The contrast of every text colour on every ground that it may stand on, computed from the table.
#include "ui/theme.h"

#include <catch_amalgamated.hpp>
#include <cmath>
#include <string>

namespace {

double channel(unsigned value) {
  const double c = value / 255.0;
  return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

/// WCAG 2 relative luminance.
double luminance(ImU32 color) {
  return 0.2126 * channel(color & 0xff) + 0.7152 * channel(color >> 8 & 0xff) + 0.0722 * channel(color >> 16 & 0xff);
}

double contrast(ImU32 a, ImU32 b) {
  const double la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

struct Named {
  const char* name;
  ImU32 color;
};

}  // namespace

TEST_CASE("text can be read on every ground it may stand on", "[ui][theme]") {
  for (const auto palette :
       {iz::Palette::light, iz::Palette::dark, iz::Palette::contrast_light, iz::Palette::contrast_dark}) {
    const iz::Theme& t = iz::theme(palette);
    const double least = t.high_contrast ? 7 : 4.5;
    const Named inks[] = {{"text", t.text}, {"muted", t.muted}, {"faint", t.faint}, {"accent", t.accent},
                          {"err", t.err},   {"warn", t.warn},   {"adv", t.adv},     {"ok", t.ok},
                          {"code", t.code}, {"date", t.date},   {"esc", t.esc},     {"zseg", t.zseg}};
    for (const Named& ink : inks) {
      INFO("palette " << static_cast<int>(palette) << ", " << ink.name);
      CHECK(contrast(ink.color, t.panel) >= least);
      CHECK(contrast(ink.color, t.asoft) >= 4.5);
    }
    for (const ImU32 ground : {t.bg, t.chrome, t.sunken, t.hover, t.sel, t.errsoft, t.warnsoft, t.advsoft, t.oksoft}) {
      CHECK(contrast(t.text, ground) >= least);
    }
    for (const ImU32 ground : {t.bg, t.chrome, t.sunken, t.hover}) CHECK(contrast(t.muted, ground) >= 4.5);
    CHECK(contrast(t.accenttext, t.accent) >= least);
    CHECK(contrast(t.onerr, t.err) >= 4.5);
    CHECK(contrast(t.onwarn, t.warn) >= 4.5);
    CHECK(contrast(t.onok, t.ok) >= 4.5);
    CHECK(contrast(t.inp, t.panel) >= 3);
  }
}

TEST_CASE("every colour of the table is opaque", "[ui][theme]") {
  for (const auto palette :
       {iz::Palette::light, iz::Palette::dark, iz::Palette::contrast_light, iz::Palette::contrast_dark}) {
    const iz::Theme& t = iz::theme(palette);
    const auto* colors = &t.bg;
    const auto count = static_cast<size_t>(&t.track - &t.bg) + 1;
    CHECK(count == 36);
    for (size_t i = 0; i < count; ++i) CHECK(colors[i] >> 24 == 0xff);
  }
}
