#!/usr/bin/env python3
"""Cut the page's fonts down to the characters it can show: subset_fonts.py FONTS_FOLDER OUT_FOLDER

Run by web/setup with fontTools on the path. Writes TrueType outlines without hints, features or names
beyond the necessary; curves of an OpenType font become quadratic, within a thousandth of an em, and its points are
put on a coarser grid.
"""

import os
import sys

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.scaleUpem import scale_upem

FONTS = {
    "inter-regular": "opentype/inter/Inter-Regular.otf",
    "inter-semibold": "opentype/inter/Inter-SemiBold.otf",
    "mono-regular": "truetype/jetbrains-mono/JetBrainsMono-Regular.ttf",
    "mono-semibold": "truetype/jetbrains-mono/JetBrainsMono-SemiBold.ttf",
}

CHARACTERS = [
    *range(0x20, 0x7F),  # Basic Latin
    *range(0xA0, 0x180),  # Latin-1, Latin Extended-A
    *range(0x2010, 0x2028),  # dashes, quotation marks, bullet, ellipsis
    *range(0x2030, 0x203B),
    0x20AC,  # euro
    0x2116,  # numero
    0x2122,  # trade mark
    *range(0x2190, 0x219A),  # arrows
    *(0x21A9, 0x21AA, 0x21B3, 0x21B5, 0x21BA, 0x21BB, 0x21E7),
    *(0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x221E),  # minus, about, unequal, at most, at least
    *(0x2315, 0x2318, 0x2325, 0x2326, 0x232B, 0x238B, 0x23CE),  # keys
    *(0x2423, 0x240D),  # open box, symbol for return
    *(0x25A0, 0x25A1, 0x25B2, 0x25B6, 0x25BC, 0x25C0, 0x25C6, 0x25CB, 0x25CF),  # geometric shapes
    *(0x2605, 0x2606, 0x2610, 0x2611, 0x2612, 0x2630, 0x2699, 0x26A0),
    *(0x2713, 0x2714, 0x2715, 0x2716, 0x2717, 0x2718, 0x271A, 0x2726, 0x276F),
    *(0x22EE, 0x22EF, 0x24D8, 0x24D8, 0x2139, 0xFFFD),
]

# Units of an em for the face of words: a 17th of a pixel in the usual size at device pixel ratio 2. The mono face keeps its
# own, by which its columns fall on whole pixels.
UNITS = 512

# The names of segments and places; other characters of a message come from the regular face (ui/text_run.cpp).
CHARACTERS_OF = {
    "mono-semibold": [*range(0x20, 0x7F), 0xA0, 0x2026, 0xFFFD],
    # Titles are words: no signs for keys, no boxes.
    "inter-semibold": [c for c in CHARACTERS if c < 0x2000 or 0x2010 <= c < 0x21A0 or c in (0x2212, 0x2260, 0x2264, 0x2265, 0xFFFD)],
}


def quadratic(font):
    """Replace the cubic outlines of an OpenType font by TrueType ones."""
    glyphs = font.getGlyphSet()
    order = font.getGlyphOrder()
    table = newTable("glyf")
    table.glyphOrder = order
    table.glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, font["head"].unitsPerEm / 1000, reverse_direction=True))
        table.glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = table
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in (
        "maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements "
        "maxSizeOfInstructions maxComponentElements maxPoints maxContours maxCompositePoints "
        "maxCompositeContours maxComponentDepth"
    ).split():
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    font["post"].formatType = 3.0
    for tag in ("CFF ", "VORG"):
        if tag in font:
            del font[tag]
    font.sfntVersion = "\000\001\000\000"


def main(folder, out):
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.name_IDs = [1, 2]
    options.glyph_names = False
    options.notdef_outline = True
    options.desubroutinize = True
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "DSIG", "meta"]
    for name, path in FONTS.items():
        font = TTFont(os.path.join(folder, path), recalcTimestamp=False)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=CHARACTERS_OF.get(name, CHARACTERS))
        subsetter.subset(font)
        if "CFF " in font:
            quadratic(font)
            scale_upem(font, UNITS)
        font.save(os.path.join(out, name + ".ttf"))


if __name__ == "__main__":
    main(*sys.argv[1:])
