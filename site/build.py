#!/usr/bin/env python3
"""Assemble the page: site/build.py --wasm build/wasm --out site/dist

The folder can be copied to any static host. Every file but index.html carries the hash of its content in its name, so
that script and program are always of one build. Where the program `brotli` is at hand, a .br lies beside each file for
hosts that hand out such files, and the size of the page is printed. iz-workbench.html is the whole page in one file that
opens from a disk, too. The folder reference/ holds a page for each rule, profile and code set; the page links to it and
loads nothing of it.
"""

import argparse
import base64
import glob
import gzip
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
    ("Emscripten and musl", os.path.join(SITE, "licence-emscripten.txt")),
    ("Dear ImGui", "imgui/LICENSE.txt"),
    ("fmt", "fmt/LICENSE*"),
    ("JSON for Modern C++", "json/LICENSE*"),
    ("Inter (fonts-inter)", "fonts/fonts-inter.copyright"),
    ("JetBrains Mono (fonts-jetbrains-mono)", "fonts/fonts-jetbrains-mono.copyright"),
]


def read(path):
    with open(path, "rb") as f:
        return f.read()


def styles(name):
    return read(os.path.join(SITE, "tokens.css")) + b"\n" + read(os.path.join(SITE, name))


def hashed(name, data):
    stem, dot, ending = name.partition(".")
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:10]}{dot}{ending}"


def without_comments(script):
    """Lines that are comments are for who works on it."""
    return re.sub(rb"^[ \t]*(?://[^\n]*|/\*\*.*?\*/)\n", b"", script, flags=re.M | re.S)


def parts_of(wasm_folder):
    """The files that index.html names, by the name it has for them."""
    parts = {"page.css": styles("page.css"), "boot.mjs": without_comments(read(os.path.join(SITE, "boot.mjs")))}
    for name in ("workbench.js", "workbench.wasm"):
        path = os.path.join(wasm_folder, name)
        if not os.path.exists(path):
            sys.exit(f"{path} is missing: cmake --preset wasm && cmake --build --preset wasm")
        parts[name] = read(path)
    return parts


def put(index, pattern, text):
    """Replaces what must stand in index.html exactly once."""
    index, count = re.subn(pattern, lambda _: text, index)
    if count != 1:
        sys.exit(f"site/index.html has {pattern} {count} times, not once")
    return index


def digest(script):
    """How a policy names a script that stands in the page."""
    if "</script" in script:
        sys.exit("a script holds </script: it cannot stand in a page")
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def page(index, parts):
    """The page as files: index.html with the script that starts it, and what it loads."""
    start = parts["boot.mjs"].decode()
    index = put(index, "script-src 'self'", f"script-src 'self' {digest(start)}")
    index = put(index, ' src="boot.mjs"></script>', f">{start}</script>")
    files = {}
    for name, data in parts.items():
        if name == "boot.mjs":
            continue
        final = hashed(name, data)
        files[final] = data
        index = put(index, f'"{re.escape(name)}"', f'"{final}"')
    index = put(index, 'data-bytes="0"', f'data-bytes="{len(parts["workbench.wasm"])}"')
    files["index.html"] = index.encode()
    return files


def one_file(index, parts):
    """The page in one file: nothing to load, and a policy that lets nothing else run."""
    style, start, script = (parts[name].decode() for name in ("page.css", "boot.mjs", "workbench.js"))
    program = base64.b64encode(gzip.compress(parts["workbench.wasm"], mtime=0)).decode()
    index = put(index, "script-src 'self'", f"script-src {digest(script)} {digest(start)}")
    index = put(index, "style-src 'self'", f"style-src {digest(style)}")
    index = put(index, "connect-src 'self'", "connect-src 'none'")
    index = put(index, "img-src 'self' ", "img-src ")
    index = put(index, '<link rel="stylesheet"[^>]*>', f"<style>{style}</style>")
    index = put(index, '<link rel="preload"[^>]*>\n', "")
    index = put(index, '<script defer[^>]*></script>', "")
    index = put(index, '<script type="module"[^>]*></script>', "")
    scripts = f'<script type="text/plain" id="program">{program}</script>\n<script type="module">{start}</script>\n<script>{script}</script>\n'
    return put(index, "</body>", scripts + "</body>").encode()


def licences():
    text = ["IZ Workbench is made with the following works. Each is used under the terms that follow its name.\n"]
    for title, pattern in LICENCES:
        found = sorted(glob.glob(os.path.join(DEPS, pattern)))
        if not found:
            sys.exit(f".deps/{pattern} is missing: run web/setup")
        text.append(f"\n{'=' * 100}\n{title}\n{'=' * 100}\n\n{read(found[0]).decode()}")
    return "".join(text).encode()


def reference(wasm_folder, out):
    """The pages about rules, profiles and code sets, from the catalogue that the engine holds."""
    module = os.path.join(wasm_folder, "iz.mjs")
    if not os.path.exists(module):
        sys.exit(f"{module} is missing: cmake --preset wasm && cmake --build --preset wasm")
    samples = os.path.join(ROOT, "tests", "samples")
    done = subprocess.run(["node", os.path.join(SITE, "reference.mjs"), module, samples, out], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"site/reference.mjs failed:\n{done.stderr}")
    with open(os.path.join(out, "reference.css"), "wb") as f:
        f.write(styles("reference.css"))
    shutil.copy(os.path.join(SITE, "search.js"), out)
    return done.stdout.strip()


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
    parts = parts_of(args.wasm)
    index = read(os.path.join(SITE, "index.html")).decode()
    loaded = page(index, parts)
    files = {**loaded, "licences.txt": licences(), "iz-workbench.html": one_file(index, parts)}
    new = args.out.rstrip("/") + ".new"
    shutil.rmtree(new, ignore_errors=True)
    os.makedirs(new)
    for name, data in files.items():
        with open(os.path.join(new, name), "wb") as f:
            f.write(data)
    pages = reference(args.wasm, os.path.join(new, "reference"))
    sizes = compress(new, loaded)
    shutil.rmtree(args.out, ignore_errors=True)
    os.rename(new, args.out)
    line = f"{args.out}: the page is {len(loaded)} files, {sum(map(len, loaded.values())) / 1000:.0f} kB"
    if sizes:
        line += f", {sum(sizes.values()) / 1000:.1f} kB with brotli"
    print(f"{line}; as one file {len(files['iz-workbench.html']) / 1000:.0f} kB; reference: {pages}")


if __name__ == "__main__":
    main()
