#!/usr/bin/env python3
"""The quality rules against lists of names, the field's data-quality detections, and NIST's conformant messages.

Needs a built command (IZ_BIN, default build/native/iz); the messages and detections are shared data (IZ_SHARED, default
../shared). The last line says `N passed, N failed, N skipped`. README.md judges what is found in conformant messages.
"""
import collections
import csv
import json
import os
import re
import subprocess
import sys
import tempfile

from probes import ROOT, build

DATA = os.path.join(os.environ.get("IZ_SHARED") or os.path.join(ROOT, "../shared"), "data")
IZ = os.environ.get("IZ_BIN") or os.path.join(ROOT, "build/native/iz")
HERE = os.path.dirname(os.path.abspath(__file__))
AS_OF = "2026-02-18"
COVERED = 300  # at least so many detections
REASONS = {"counter", "report", "outside", "no such status", "optional", "reading", "later"}
NAME_RULES = {"newborn-unnamed", "name-test", "name-junk", "name-digits", "name-filler", "name-remark"}
PLACE_RULES = {"address-junk", "address-state", "address-zip-form", "address-zip-state"}
OLD = "PID-7=20200616"  # at that age nobody is a newborn

passed = failed = skipped = 0


def expect(what, wrong):
    """One test; `wrong` lists what is not as it should be."""
    global passed, failed
    passed, failed = passed + (not wrong), failed + bool(wrong)
    print(f"{'ok  ' if not wrong else 'FAIL'} {what}")
    for line in wrong[:30]:
        print(f"     {line}")


def check(messages, as_of=AS_OF):
    """Findings of each message: the rule, place, severity and layer."""
    with tempfile.NamedTemporaryFile("w", newline="", suffix=".hl7", encoding="utf-8") as file:
        file.write("".join(messages))
        file.flush()
        done = subprocess.run([IZ, "check", "--as-of", as_of, "--format", "jsonl", file.name], capture_output=True, text=True)
    results = [json.loads(line)["findings"] for line in done.stdout.splitlines()]
    if len(results) != len(messages):
        sys.exit(f"{len(messages)} messages were sent, {len(results)} came back: {done.stderr.strip()}")
    return results


def lines_of(name):
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file if line.strip() and not line.startswith("#")]


def names():
    placeholders = lines_of("placeholders.txt")
    found = check([build(f"vxu-newborn; PID-5={name}^^^^^L") for name in placeholders])
    missed = [n for n, f in zip(placeholders, found) if not any(x["rule"] in NAME_RULES for x in f)]
    expect(f"{len(placeholders) - len(missed)} of {len(placeholders)} placeholders and test names are found",
           missed if len(placeholders) - len(missed) < 95 or len(placeholders) < 100 else [])
    for name in missed:
        print(f"     not found: {name}")

    probes, said = [], []
    for line in lines_of("real-names.txt"):
        kind, value = line.split(": ", 1)
        said.append(line)
        if kind == "name":
            probes.append(f"vxu-newborn; PID-5={value}^^^^^L")
            probes.append(f"vxu-two-doses; {OLD}; PID-5={value}^^^^^L; PID-6={value.split('^')[0]}^^^^^^M; NK1-2={value}^^^^^L")
            said.append(line)
        else:
            street, city = (value, "Fernhollow") if kind == "street" else ("12 Heron Street", value)
            probes.append(f"vxu-two-doses; PID-11={street}^^{city}^OR^97999^USA^P")
    flagged = [f"{line}: {x['rule']} at {x['path']}" for line, f in zip(said, check([build(p) for p in probes])) for x in f
               if x["rule"] in NAME_RULES | PLACE_RULES | {"maiden-name-junk", "maiden-name-filler", "guardian-name-junk"}]
    expect(f"none of {len(set(said))} real-looking names and places is flagged",
           flagged if len(set(said)) >= 200 else [f"only {len(set(said))} names"])


def coverage():
    with open(os.path.join(ROOT, "core/rules/coverage.csv"), encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    rules = {name[:-5] for name in os.listdir(os.path.join(ROOT, "core/rules")) if name.endswith(".json")}
    unknown = [f"{r['code']}: no rule {name}" for r in rows for name in r["rules"].split() if name not in rules]
    expect("every rule that covers a detection exists", unknown)
    expect("a detection has rules with a probe, or a reason",
           [f"{r['code']}: {r['rules']} / {r['probe']} / {r['reason']}" for r in rows
            if bool(r["rules"]) != bool(r["probe"]) or bool(r["rules"]) == (r["reason"] in REASONS)])
    covered = [r for r in rows if r["rules"]]
    clean = {base: {(x["rule"], x["path"]) for x in check([build(base)])[0]}
             for base in sorted({r["probe"].split("; ")[0] for r in covered})}
    wrong = []
    for row, found in zip(covered, check([build(r["probe"]) for r in covered])):
        base, *steps = row["probe"].split("; ")
        new = {x["rule"] for x in found if not steps or (x["rule"], x["path"]) not in clean[base]}
        wrong += [f"{row['code']} {row['probe']}: not found by {name}" for name in row["rules"].split() if name not in new]
    expect(f"the probes of {len(covered)} detections are found by the rules that cover them", wrong)
    expect(f"at least {COVERED} detections are covered", [] if len(covered) >= COVERED else [f"{len(covered)}"])
    reasons = collections.Counter(r["reason"] for r in rows if r["reason"])
    print("     " + ", ".join(f"{reason} {n}" for reason, n in reasons.most_common()))

    path = os.path.join(DATA, "mqe-detections.csv")
    global skipped
    if not os.path.exists(path):
        skipped += 1
        print(f"skip the list of detections: no {path}")
        return
    with open(path, encoding="utf-8") as file:
        all_codes = {r["code"] for r in csv.DictReader(file)}
    ours = [r["code"] for r in rows]
    expect(f"all {len(all_codes)} detections are listed once",
           [f"not once: {c}" for c in sorted(all_codes | set(ours)) if ours.count(c) != 1 or c not in all_codes])


def conformant():
    global skipped
    path = os.path.join(DATA, "conformance/conformant.jsonl")
    if not os.path.exists(path):
        skipped += 1
        print(f"skip NIST's conformant messages: no {path}")
        return
    with open(path, encoding="utf-8") as file:
        messages = [json.loads(line) for line in file]
    errors, warnings, where = [], collections.Counter(), collections.defaultdict(set)
    for case in messages:
        for x in check([case["er7"] if case["er7"].endswith(("\r", "\n")) else case["er7"] + "\r"])[0]:
            if x["layer"] not in ("quality", "advice"):
                continue
            if x["severity"] == "error":
                errors.append(f"{case['id']}: {x['rule']} at {x['path']}: {x['message']}")
            elif x["severity"] == "warning":
                warnings[x["rule"]] += 1
                where[x["rule"]].add(case["id"])
    expect(f"no quality error in {len(messages)} conformant messages", errors)
    with open(os.path.join(HERE, "README.md"), encoding="utf-8") as file:
        judged = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", file.read()))
    expect("each rule that warns in a conformant message is judged in the README", sorted(set(warnings) - judged))
    for rule, n in warnings.most_common():
        print(f"     {rule}: {n} in {len(where[rule])} messages, such as {sorted(where[rule])[0]}")


def main():
    names()
    coverage()
    conformant()
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
