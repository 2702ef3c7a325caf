#!/usr/bin/env python3
"""The stages of tests/run. Each is built or run, counted, logged in build/logs/, and remembered when it passed.

A stage that passed is not run again while the files it depends on stay as they are. The file lists below
say which those are; --fresh forgets what passed before.
"""

import argparse
import concurrent.futures
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as xml

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LOGS = "build/logs"
TIDY = "build/tidy"  # how each file is compiled, for clang-tidy
PASSED = "build/passed"  # one file for each stage and key: its counts
JOBS = os.cpu_count() or 2
PARTS = 4 * JOBS  # of the cases of a Catch2 program: some take long
TIMEOUT = 1800  # seconds for one program

CODE = ("codesets/", "core/", "web/", "ui/", "CMakeLists.txt", "CMakePresets.json")
TESTS = ("tests/",)
PAGE = ("site/",)


class Stage:
    def __init__(self, name, inputs, run, shared=False, counts_skips=True, beside=False):
        self.name = name
        self.inputs = inputs  # files whose path starts so
        self.run = run  # function(log) -> Count
        self.shared = shared  # also depends on the shared data
        self.counts_skips = counts_skips  # with the shared data present, a skipped test is a failed one
        self.beside = beside  # needs nothing but time: runs while others leave a core idle


class Count:
    def __init__(self, passed=0, failed=0, skipped=0):
        self.passed, self.failed, self.skipped = passed, failed, skipped

    def __iadd__(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        return self

    def __str__(self):
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


class Broken(Exception):
    """A stage could not be carried out: counts as one failed test."""


# ---- running programs


def call(log, command, **options):
    """Run a command with its output in the log; returns its exit code and output."""
    log.write("$ " + " ".join(command) + "\n")
    log.flush()
    start = log.tell()
    try:
        code = subprocess.run(
            command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=TIMEOUT, **options
        ).returncode
    except subprocess.TimeoutExpired:
        raise Broken(f"{command[0]} did not end within {TIMEOUT} s")
    except OSError as e:
        raise Broken(f"cannot run {command[0]}: {e.strerror}")
    log.seek(start)
    output = log.read()
    log.seek(0, os.SEEK_END)
    return code, output


def must(log, *command):
    code, _ = call(log, list(command))
    if code:
        raise Broken(f"{' '.join(command)} failed")


CLOSING_LINE = re.compile(r"^(?:\w+: )?(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$", re.M)


def script(log, command):
    """A program that says itself 'N passed, N failed, N skipped' in its last such line."""
    code, output = call(log, command)
    found = CLOSING_LINE.findall(output)
    if not found:
        raise Broken(f"{' '.join(command)} printed no line 'N passed, N failed, N skipped' (exit code {code})")
    count = Count(*(int(n or 0) for n in found[-1]))
    if code and not count.failed:
        raise Broken(f"{' '.join(command)} ended with exit code {code} though no test failed")
    return count


def catch2(log, program):
    """A program of Catch2 tests, its cases dealt out to several processes for each core."""
    if not os.path.exists(program):
        log.write(f"{program} is not built: it has no sources yet\n")
        return Count()
    count = Count()
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        for part, output in pool.map(lambda n: catch2_part(program, n), range(PARTS)):
            log.write(output)
            count += part
    return count


def catch2_part(program, part):
    report = f"{LOGS}/{program.replace('/', '-')}-{part}.xml"
    if os.path.exists(report):
        os.remove(report)
    command = [program, "--shard-count", str(PARTS), "--shard-index", str(part), "--reporter", "compact",
               "--reporter", f"xml::out={report}", "--allow-running-no-tests"]
    with open(f"{report}.log", "w+", encoding="utf-8", errors="replace") as log:
        code, output = call(log, command)
    try:
        cases = xml.parse(report).getroot().find("OverallResultsCases")
        count = Count(int(cases.get("successes")) + int(cases.get("expectedFailures")), int(cases.get("failures")),
                      int(cases.get("skips", 0)))
    except (OSError, xml.ParseError, AttributeError):
        raise Broken(f"{program} did not finish (exit code {code}): {output[-2000:]}")
    if code and not count.failed and code != 4:  # 4: all tests were skipped
        raise Broken(f"{program} ended with exit code {code} though no test failed")
    return count, output


def node(log, files):
    """Node's test runner, on one file after another: a browser has the machine to itself."""
    if not files:
        log.write("there are no such tests yet\n")
    count = Count()
    for path in files:
        count += node_file(log, path)
    return count


def node_file(log, path):
    code, output = call(log, ["node", "--test", "--test-reporter=tap", path])
    totals = {key: int(n) for key, n in re.findall(r"^# (tests|pass|fail|cancelled|skipped|todo) (\d+)$", output, re.M)}
    if "pass" not in totals:
        raise Broken(f"node --test {path} did not finish (exit code {code})")
    count = Count(totals["pass"], totals["fail"] + totals.get("cancelled", 0), totals.get("skipped", 0) + totals.get("todo", 0))
    if code and not count.failed:
        raise Broken(f"node --test {path} ended with exit code {code} though no test failed")
    return count


# ---- the stages


def sources(*folders):
    return sorted(f for folder in folders for f in files_of((folder + "/",)) if f.endswith((".h", ".cpp")))


def our_sources():
    return sources("codesets", "core", "web", "ui", "tests")


def check_format(log):
    code, _ = call(log, ["clang-format-19", "--dry-run", "-Werror", *our_sources()])
    if code:
        log.write("tests/run --format puts this right\n")
    return Count(failed=1) if code else Count(passed=1)


def build(preset, *targets):
    def run(log):
        must(log, "cmake", "--preset", preset)
        must(log, "cmake", "--build", "--preset", preset, *(["--target", *targets] if targets else []))
        return Count()

    return run


def page(log):
    build("wasm")(log)
    if os.path.exists("site/build.py"):
        must(log, "python3", "site/build.py", "--wasm", "build/wasm", "--out", "site/dist")
    return Count()


def unit(preset):
    def run(log):
        count = catch2(log, f"build/{preset}/iz_tests")
        count += catch2(log, f"build/{preset}/iz_ui_tests")
        return count

    return run


def test_modules(folder):
    """The modules named x.test.mjs or x_test.mjs; where there are none, all."""
    every = sorted(glob.glob(f"{folder}/*.mjs"))
    return [f for f in every if re.search(r"[._-]test\.mjs$", f)] or every


def node_tests(log):
    return node(log, test_modules("tests/node"))


def browser_tests(log):
    return node(log, test_modules("tests/browser"))


def scripts(log):
    count = Count()
    for path in sorted(glob.glob("tests/*/run.py")):
        count += script(log, ["python3", path])
    return count


def tidy(log):
    """clang-tidy over each source file of ours, several at a time; a file is looked at again when it, one of
    the headers it includes or the settings have changed."""
    with open("build/native/compile_commands.json", encoding="utf-8") as f:
        entries = json.load(f)
    for entry in entries:  # a header precompiled by another compiler would be read anew for each file
        entry["command"] = re.sub(r" -Winvalid-pch| -include \S+/cmake_pch\.hxx", "", entry["command"])
    os.makedirs(TIDY, exist_ok=True)
    with open(f"{TIDY}/compile_commands.json", "w", encoding="utf-8") as f:
        json.dump(entries, f)
    commands = {os.path.relpath(e["file"], ROOT): e["command"] for e in entries}
    wanted = [f for f in sources("codesets", "core", "ui") if f in commands]
    settings = digest([".clang-tidy"]) + subprocess.run(["clang-tidy-19", "--version"], capture_output=True, text=True).stdout
    headers = header_closure()

    def check(path):
        key = hashlib.sha256((settings + commands[path] + digest([path, *headers(path)])).encode()).hexdigest()
        stamp = f"{PASSED}/tidy-{key}"
        if os.path.exists(stamp):
            return path, 0, ""
        done = subprocess.run(["nice", "-n", "19", "clang-tidy-19", "--quiet", "-p", TIDY, path], capture_output=True, text=True, timeout=TIMEOUT)
        if done.returncode == 0:
            open(stamp, "w").close()
        return path, done.returncode, done.stdout + ("" if done.stdout else done.stderr)

    count = Count()
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        for path, code, output in pool.map(check, wanted):
            log.write(f"{path}: {'failed' if code else 'passed'}\n{output if code else ''}")
            count += Count(failed=1) if code else Count(passed=1)
    return count


def header_closure():
    """A function from a file to the headers of ours it includes, directly or not."""
    direct = {}

    def includes(path):
        if path not in direct:
            with open(path, encoding="utf-8") as f:
                found = re.findall(r'^\s*#\s*include\s+"([^"]+)"', f.read(), re.M)
            near = os.path.dirname(path)
            direct[path] = [p for name in found for p in (name, f"{near}/{name}") if os.path.exists(p)]
        return direct[path]

    def closure(path):
        seen, todo = set(), [path]
        while todo:
            for header in includes(todo.pop()):
                if header not in seen:
                    seen.add(header)
                    todo.append(header)
        return sorted(seen)

    return closure


STAGES = [
    Stage("format", (*CODE, *TESTS, ".clang-format"), check_format, counts_skips=False),
    Stage("build", (*CODE, *TESTS), build("native")),
    Stage("tidy", (*CODE, ".clang-tidy"), tidy, counts_skips=False, beside=True),
    Stage("unit", (*CODE, *TESTS), unit("native"), shared=True),
    Stage("scripts", (*CODE, *TESTS, *PAGE), scripts, shared=True),
    Stage("asan-build", (*CODE, *TESTS), build("asan", "iz_tests", "iz_ui_tests")),
    Stage("asan-unit", (*CODE, *TESTS), unit("asan"), shared=True),
    Stage("page", (*CODE, *PAGE, "tests/samples/"), page),
    Stage("node", (*CODE, *TESTS, *PAGE), node_tests, shared=True),
    Stage("browser", (*CODE, *TESTS, *PAGE), browser_tests, shared=True),
]
# What a stage needs to have succeeded before, and what it needs to be there even if that passed earlier.
NEEDS = {"unit": "build", "scripts": "build", "tidy": "build", "asan-unit": "asan-build", "node": "page", "browser": "page"}


# ---- remembering what passed


_listing = None


def files_of(prefixes):
    """Files of the work tree, without what git ignores, whose path starts with one of these."""
    global _listing
    if _listing is None:
        try:
            out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True, check=True)
            _listing = sorted({f for f in os.fsdecode(out.stdout).split("\0") if f and os.path.isfile(f)})
        except (OSError, subprocess.CalledProcessError):  # no git, or not a clone: whatever is there
            _listing = sorted(
                os.path.relpath(os.path.join(folder, f), ".")
                for top in ("codesets", "core", "web", "ui", "site", "tests")
                for folder, _, names in os.walk(top)
                for f in names
                if "site/dist" not in folder and "__pycache__" not in folder
            )
            _listing += ["CMakeLists.txt", "CMakePresets.json", ".clang-format", ".clang-tidy"]
    return [f for f in _listing if f.startswith(prefixes)]


def digest(paths):
    total = hashlib.sha256()
    for path in paths:
        with open(path, "rb") as f:
            total.update(f"{path}\0".encode() + hashlib.sha256(f.read()).digest())
    return total.hexdigest()


def shared_state():
    """Names, sizes and times of the shared data: enough to see that it changed."""
    shared = os.environ["IZ_SHARED"]
    total = hashlib.sha256()
    for folder, folders, names in os.walk(os.path.join(shared, "data")):
        folders.sort()
        for name in sorted(names):
            state = os.stat(os.path.join(folder, name))
            total.update(f"{folder}/{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return f"{shared} {total.hexdigest()}"


def key_of(stage, tools, shared):
    return hashlib.sha256(
        "\n".join([stage.name, tools, shared if stage.shared else "", digest(files_of((*stage.inputs, "tests/stages.py")))]).encode()
    ).hexdigest()


def present(stage):
    """Whether what an earlier run of a build stage made is still there."""
    return {
        "build": lambda: os.path.exists("build/native/build.ninja"),
        "asan-build": lambda: os.path.exists("build/asan/build.ninja"),
        "page": lambda: os.path.exists("build/wasm/build.ninja") and (os.path.isdir("site/dist") or not os.path.exists("site/build.py")),
    }.get(stage.name, lambda: True)()


def tools_state():
    """The versions of what is built with: the stamps in .deps/ and the compiler."""
    stamps = sorted(glob.glob(".deps/*/.complete")) + [".deps/emscripten.cmake"]
    compiler = subprocess.run(["g++", "--version"], capture_output=True, text=True).stdout
    return digest(s for s in stamps if os.path.exists(s)) + compiler


# ---- the whole


def run_stage(stage, key, have_shared):
    memory = f"{PASSED}/{stage.name}"
    try:
        with open(memory, encoding="utf-8") as f:
            old_key, *counts = f.read().split()
        if old_key == key and present(stage):
            return Count(*map(int, counts)), "unchanged since it passed"
    except (OSError, ValueError):
        pass
    started = time.monotonic()
    path = f"{LOGS}/{stage.name}.log"
    note = ""
    with open(path, "w+", encoding="utf-8", errors="replace") as log:
        try:
            count = stage.run(log)
        except Broken as e:
            log.write(f"{e}\n")
            count = Count(failed=1)
            note = f"{e}, "
    if have_shared and stage.counts_skips and count.skipped:
        note += f"{count.skipped} skipped though the shared data is there, "
        count = Count(count.passed, count.failed + count.skipped, 0)
    if count.failed == 0:
        with open(memory, "w", encoding="utf-8") as f:
            f.write(f"{key} {count.passed} {count.failed} {count.skipped}\n")
    elif os.path.exists(memory):
        os.remove(memory)
    return count, f"{note}{time.monotonic() - started:.0f} s"


FAILURE = re.compile(r"^\s*not ok |: failed|FAILED|(?:\b[eE]rror|warning): ")


def show_log(name):
    """The places of a log that tell of a failure, with a few lines after each, and its end."""
    with open(f"{LOGS}/{name}.log", encoding="utf-8", errors="replace") as f:
        lines = f.read().splitlines()
    first = max(0, len(lines) - 100)
    told = {at for n, line in enumerate(lines[:first]) if FAILURE.search(line) for at in range(n, min(n + 25, first))}
    chosen = [*sorted(told)[:300], *range(first, len(lines))]
    print(f"---- {LOGS}/{name}.log, {len(chosen)} of {len(lines)} lines")
    for before, at in zip([-1, *chosen], chosen):
        print(("..\n" if at != before + 1 else "") + lines[at][:1000])
    print("----", flush=True)


def main():
    parser = argparse.ArgumentParser(prog="tests/run")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--only", default="", metavar="NAME,NAME")
    parser.add_argument("--format", action="store_true")
    args = parser.parse_args()
    os.chdir(ROOT)
    sys.stdout.reconfigure(errors="replace")

    if args.list:
        print("\n".join(stage.name for stage in STAGES))
        return 0
    if args.format:
        return subprocess.run(["clang-format-19", "-i", *our_sources()]).returncode
    only = [n for n in args.only.split(",") if n]
    for name in only:
        if name not in [stage.name for stage in STAGES]:
            sys.exit(f"tests/run: there is no stage {name}; see tests/run --list")
    wanted = set(only) | {NEEDS[n] for n in only if n in NEEDS}

    shared = os.path.abspath(os.environ.get("IZ_SHARED") or "../shared")
    have_shared = os.path.isdir(shared)
    os.environ["IZ_SHARED"] = shared
    os.environ["IZ_BIN"] = os.path.abspath("build/native/iz")
    os.environ["IZ_CHROMIUM"] = os.environ.get("IZ_CHROMIUM") or shutil.which("chromium") or "chromium"
    os.environ["IZ_PLAYWRIGHT"] = os.path.abspath(".deps/npm/node_modules/playwright-core/index.mjs")
    os.environ.setdefault("ASAN_OPTIONS", "detect_leaks=1")
    os.environ.setdefault("UBSAN_OPTIONS", "print_stacktrace=1")

    if args.fresh:
        shutil.rmtree(PASSED, ignore_errors=True)
    os.makedirs(LOGS, exist_ok=True)
    os.makedirs(PASSED, exist_ok=True)
    if not have_shared:
        print("without the shared data (IZ_SHARED): tests that need it are skipped")

    total = Count()
    broken = set()
    tools = tools_state()
    state = shared_state() if have_shared else "none"

    def tell(stage, count, note):
        print(f"{stage.name}: {count} ({note})", flush=True)
        if count.failed:
            broken.add(stage.name)
            show_log(stage.name)
        return count

    beside = []
    helper = concurrent.futures.ThreadPoolExecutor(1)
    for stage in STAGES:
        if wanted and stage.name not in wanted:
            continue
        if NEEDS.get(stage.name) in broken:
            print(f"{stage.name}: not run, since {NEEDS[stage.name]} failed", flush=True)
            total += Count(failed=1)
            continue
        arguments = (stage, key_of(stage, tools, state), have_shared)
        if stage.beside:
            beside.append((stage, helper.submit(run_stage, *arguments)))
        else:
            total += tell(stage, *run_stage(*arguments))
    for stage, running in beside:
        total += tell(stage, *running.result())
    print(total)
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main())
