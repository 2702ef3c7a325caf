#!/usr/bin/env python3
"""Write data files as C++ for the build.

  embed.py json LIST OUT.cpp         the JSON files named in LIST, a line each -> core/embedded.h;
                                     those of codesets/ as compile_tables.py says, rules without their examples,
                                     which are a list of their own

A file that is no JSON, or has one key twice in an object, fails with its name and line.
"""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "codesets"))
import compile_tables  # noqa: E402

CHUNK = 8000  # characters in one C++ string literal; the compiler joins neighbours


def refuse_double_keys(pairs):
    seen = dict(pairs)
    if len(seen) != len(pairs):
        keys = [k for k, _ in pairs]
        double = next(k for k in keys if keys.count(k) > 1)
        raise KeyError(double)
    return seen


def read(path):
    try:
        with open(path, encoding="utf-8") as f:
            text = f.read()
        return json.loads(text, object_pairs_hook=refuse_double_keys)
    except json.JSONDecodeError as e:
        sys.exit(f"{path}:{e.lineno}:{e.colno}: error: not valid JSON: {e.msg}")
    except UnicodeDecodeError as e:
        sys.exit(f"{path}: error: not UTF-8: {e.reason} at byte {e.start}")
    except KeyError as e:
        sys.exit(f"{path}: error: key {e} stands twice in one object")
    except OSError as e:
        sys.exit(f"{path}: error: {e.strerror}")


def dump(value, sort=False):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=sort)


def packed(names):
    """name -> text as it stands in the program; and the examples and notes of rules, by the names of their files."""
    values = {name: read(name) for name in names}
    rules = [n for n in names if n.startswith("core/rules/") and isinstance(values[n], dict)]
    examples = {n: dump(values[n].pop("examples"), True) for n in rules if "examples" in values[n]}
    notes = {n: values[n].pop("note") for n in rules if "note" in values[n]}
    # Segments and types of a profile, and the changes of an example, are taken in the order of their names.
    texts = {n: dump(v, n.startswith("core/profiles/")) for n, v in values.items()}
    try:
        texts |= compile_tables.compile_tables({n: v for n, v in values.items() if n.startswith("codesets/")})
    except (KeyError, TypeError, ValueError) as e:
        sys.exit(f"codesets: error: {e}")
    return texts, examples, notes


def literal(text):
    out = []
    for i in range(0, len(text), CHUNK) or [0]:
        part = text[i : i + CHUNK].replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        out.append(f'"{part}"')
    return "\n".join(out)


def write(path, text):
    with open(path + ".new", "w", encoding="utf-8", newline="\n") as f:
        f.write(text)
    os.replace(path + ".new", path)


def embed_json(list_file, out):
    with open(list_file, encoding="utf-8") as f:
        names = sorted(line for line in f.read().splitlines() if line)
    lines = ['#include "core/embedded.h"', "namespace iz {", "using namespace std::string_view_literals;"]
    for what, texts in zip(("files", "examples", "notes"), packed(names)):
        if texts:
            lines.append(f"static constexpr EmbeddedFile {what}[] = {{")
            lines += [f"{{{literal(name)}sv,\n{literal(text)}sv}}," for name, text in texts.items()]
            lines.append("};")
        lines.append(f"std::span<const EmbeddedFile> embedded_{what}() {{ return {what if texts else '{}'}; }}")
    write(out, "\n".join([*lines, "}  // namespace iz", ""]))


def main(args):
    if len(args) == 3 and args[0] == "json":
        embed_json(args[1], args[2])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
