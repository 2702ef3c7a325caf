#!/usr/bin/env python3
"""Assemble the page: site/build.py --wasm build/wasm --out site/dist

The folder can be copied to any static host. Every file but index.html carries the hash of its content in its name, so
that script and program are always of one build. Where the program `brotli` is at hand, a .br lies beside each file for
hosts that hand out such files, and the size of the page is printed.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys

SITE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(SITE)
DEPS = os.path.join(ROOT, ".deps")

# What the page is made of besides our own text, and where its licence stands.
LICENCES = [
    ("Dear ImGui", "imgui/LICENSE.txt"),
    ("fmt", "fmt/LICENSE*"),
    ("JSON for Modern C++", "json/LICENSE*"),
    ("Inter (fonts-inter)", "fonts/fonts-inter.copyright"),
    ("JetBrains Mono (fonts-jetbrains-mono)", "fonts/fonts-jetbrains-mono.copyright"),
]


def read(path):
    with open(path, "rb") as f:
        return f.read()


def hashed(name, data):
    stem, dot, ending = name.partition(".")
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:10]}{dot}{ending}"


def assemble(wasm_folder):
    """The files of the page by name; index.html last."""
    parts = {name: read(os.path.join(SITE, name)) for name in ("page.css", "boot.mjs")}
    for name in ("workbench.js", "workbench.wasm"):
        path = os.path.join(wasm_folder, name)
        if not os.path.exists(path):
            sys.exit(f"{path} is missing: cmake --preset wasm && cmake --build --preset wasm")
        parts[name] = read(path)
    index = read(os.path.join(SITE, "index.html")).decode()
    files = {}
    for name, data in parts.items():
        final = hashed(name, data)
        files[final] = data
        index, count = re.subn(rf'(src|href)="{re.escape(name)}"', rf'\1="{final}"', index)
        if count != 1:
            sys.exit(f"site/index.html names {name} {count} times, not once")
    index = index.replace('data-bytes="0"', f'data-bytes="{len(parts["workbench.wasm"])}"')
    files["licences.txt"] = licences()
    files["index.html"] = index.encode()
    return files


def licences():
    import glob

    text = ["IZ Workbench is made with the following works. Each is used under the terms that follow its name.\n"]
    for title, pattern in LICENCES:
        found = sorted(glob.glob(os.path.join(DEPS, pattern)))
        if not found:
            sys.exit(f".deps/{pattern} is missing: run web/setup")
        text.append(f"\n{'=' * 100}\n{title}\n{'=' * 100}\n\n{read(found[0]).decode()}")
    return "".join(text).encode()


def compress(folder, names):
    """Writes NAME.br beside each file and returns the sizes, or nothing where there is no brotli."""
    if not shutil.which("brotli"):
        return {}
    sizes = {}
    for name in names:
        path = os.path.join(folder, name)
        subprocess.run(["brotli", "--force", "--best", "--keep", path], check=True)
        sizes[name] = os.path.getsize(path + ".br")
    return sizes


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wasm", required=True, help="folder with workbench.js and workbench.wasm")
    parser.add_argument("--out", required=True, help="folder to make; an older one is replaced")
    args = parser.parse_args()
    files = assemble(args.wasm)
    new = args.out.rstrip("/") + ".new"
    shutil.rmtree(new, ignore_errors=True)
    os.makedirs(new)
    for name, data in files.items():
        with open(os.path.join(new, name), "wb") as f:
            f.write(data)
    sizes = compress(new, files)
    shutil.rmtree(args.out, ignore_errors=True)
    os.rename(new, args.out)
    page = [name for name in files if name != "licences.txt"]
    line = f"{args.out}: {len(page)} files, {sum(len(files[n]) for n in page) / 1000:.0f} kB"
    if sizes:
        line += f", {sum(sizes[n] for n in page) / 1000:.1f} kB with brotli"
    print(line)


if __name__ == "__main__":
    main()
