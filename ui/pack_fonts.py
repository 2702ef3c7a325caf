#!/usr/bin/env python3
"""Write fonts as C++ in the form that ui/fonts_data.cpp unpacks: pack_fonts.py OUT.cpp FILE.ttf...

What is alike stands together, so that the page's compression finds it: over all fonts, first what kind of glyph each is,
then a byte of flags for each point of an outline, then how far the points lie from each other. Nothing is lost. Of a
TrueType file only the outlines (glyf) are taken apart; their index (loca) is made again, other tables stay as they are.

    tables      for each font: number of tables, then each: tag, length in two bytes, bytes
    glyphs      for each glyph: 0 nothing, 255 made of others, else the number of its contours
    composites  for each glyph made of others: length in one byte, bytes
    points      for each point: 1 on the curve, 2 and 4 no step in x or y, 8 and 16 a step back, 32 the last of its contour
    steps       for each point the lengths of its steps that are not 0, x then y: a byte, or 255 and two bytes
"""
import os
import struct
import sys

STREAMS = ("tables", "glyphs", "composites", "points", "steps")


def tables_of(data):
    count = struct.unpack(">H", data[4:6])[0]
    entries = [struct.unpack(">4sIII", data[12 + 16 * i : 28 + 16 * i]) for i in range(count)]
    return {tag: data[offset : offset + length] for tag, _, offset, length in entries}


def glyphs_of(tables):
    count = struct.unpack(">H", tables[b"maxp"][4:6])[0]
    if tables[b"head"][51]:
        offsets = struct.unpack(f">{count + 1}I", tables[b"loca"])
    else:
        offsets = [2 * n for n in struct.unpack(f">{count + 1}H", tables[b"loca"])]
    return [tables[b"glyf"][a:b] for a, b in zip(offsets, offsets[1:])]


def outline(glyph, contours):
    """The points of a glyph: on the curve, step in x, step in y, last of its contour."""
    ends = struct.unpack(f">{contours}H", glyph[10 : 10 + 2 * contours])
    at = 10 + 2 * contours
    if struct.unpack(">H", glyph[at : at + 2])[0]:
        raise ValueError("a glyph with instructions")
    at += 2
    flags = []
    while len(flags) <= ends[-1]:
        repeat = glyph[at + 1] if glyph[at] & 8 else 0
        flags += [glyph[at]] * (repeat + 1)
        at += 2 if glyph[at] & 8 else 1
    steps = []
    for short, same in ((2, 16), (4, 32)):
        axis = []
        for flag in flags:
            if flag & short:
                axis.append(glyph[at] if flag & same else -glyph[at])
                at += 1
            elif flag & same:
                axis.append(0)
            else:
                axis.append(struct.unpack(">h", glyph[at : at + 2])[0])
                at += 2
        steps.append(axis)
    return [(flag & 1, x, y, i in ends) for i, (flag, x, y) in enumerate(zip(flags, *steps))]


def box(points):
    x = y = 0
    xs, ys = [], []
    for _, dx, dy, _ in points:
        x, y = x + dx, y + dy
        xs.append(x)
        ys.append(y)
    return struct.pack(">4h", min(xs), min(ys), max(xs), max(ys))


def pack(files):
    out = {name: bytearray() for name in STREAMS}
    for path in files:
        with open(path, "rb") as f:
            tables = tables_of(f.read())
        glyphs = glyphs_of(tables)
        kept = {tag: data for tag, data in tables.items() if tag not in (b"glyf", b"loca")}
        head = bytearray(kept[b"head"])
        head[50:52] = b"\0\1"  # the index will have four bytes for each glyph
        kept[b"head"] = bytes(head)
        out["tables"].append(len(kept))
        for tag, data in kept.items():
            out["tables"] += tag + struct.pack(">H", len(data)) + data
        for glyph in glyphs:
            contours = struct.unpack(">h", glyph[:2])[0] if glyph else 0
            out["glyphs"].append(255 if contours < 0 else contours)
            if contours < 0:
                out["composites"] += bytes([len(glyph)]) + glyph
            if contours <= 0:
                continue
            points = outline(glyph, contours)
            if box(points) != glyph[2:10]:
                raise ValueError("a glyph whose box is not that of its points")
            for on, x, y, last in points:
                bits = (x == 0, y == 0, x < 0, y < 0, last)
                out["points"].append(on | sum(bit << i for i, bit in enumerate(bits, 1)))
                for step in (abs(x), abs(y)):
                    if step:
                        out["steps"] += bytes([step]) if step < 255 else b"\xff" + struct.pack(">H", step)
    return out


def main(out, files):
    names = [os.path.splitext(os.path.basename(path))[0] for path in files]
    streams = pack(files)
    lines = ['#include "ui/fonts_data.h"', "namespace iz {"]
    for name, data in streams.items():
        lines.append(f"static constexpr unsigned char {name}[] = {{{','.join(map(str, data))}}};")
    quoted = ", ".join(f'"{name}"' for name in names)
    lines.append(f"static constexpr std::string_view names[] = {{{quoted}}};")
    lines.append(f"PackedFonts packed_fonts() {{ return {{names, {', '.join(STREAMS)}}}; }}")
    with open(out + ".new", "w", encoding="utf-8", newline="\n") as f:
        f.write("\n".join([*lines, "}  // namespace iz", ""]))
    os.replace(out + ".new", out)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
