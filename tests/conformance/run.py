#!/usr/bin/env python3
"""The engine against outcomes of others: NIST's validator on thousands of messages, NIST's test plans for places and names.

Needs the shared data (IZ_SHARED, default ../shared) and a built command (IZ_BIN, default build/native/iz). The last line
says `N passed, N failed, N skipped`. README.md lists what differs on purpose.
"""
import collections
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

import dates

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DATA = os.path.join(os.environ.get("IZ_SHARED") or os.path.join(ROOT, "../shared"), "data")
IZ = os.environ.get("IZ_BIN") or os.path.join(ROOT, "build/native/iz")
PROFILES = ["Z22", "Z23", "Z31", "Z32", "Z33", "Z34", "Z42", "Z44"]
WHOLE = {"recall": 0.997, "precision": 0.997, "equal": 0.985}  # over all cases
DOSES_NAMED = 0.06  # at most so many of the doses with a CVX code may be said to be before or after the time of the code
EACH = 0.95  # recall of every profile and of every category of errors, share said of every category of warnings


def score():
    """Lines of what is below its floor, and how many floors there are: the engine's errors against NIST's."""
    done = subprocess.run([sys.executable, os.path.join(DATA, "conformance/score.py"), os.path.join(DATA, "conformance"),
                           "--iz", IZ], capture_output=True, text=True)
    print(re.sub("^", "  ", done.stdout + done.stderr, flags=re.M))
    shares = {}  # what -> share, floor
    for name, share in re.findall(r"^profile +(\w+) +recall ([\d.]+) of", done.stdout, re.M):
        shares[f"recall of {name}"] = float(share), EACH
    for name, share in re.findall(r"^category +(.+?) +recall ([\d.]+) of", done.stdout, re.M):
        shares[f"recall of {name}"] = float(share), EACH
    for name, share in re.findall(r"^warning +(.+?) +said ([\d.]+) of", done.stdout, re.M):
        shares[f"warnings said of {name}"] = float(share), EACH
    whole = re.search(r"^all but framing: .*", done.stdout, re.M)
    for name, floor in WHOLE.items():
        shares[name] = float(re.search(rf"{name} ([\d.]+)", whole.group()).group(1)) if whole else 0, floor
    wrong = [f"{name} is {share}, below {floor}" for name, (share, floor) in shares.items() if share < floor]
    wrong += [f"{profile} was not compared" for profile in PROFILES if f"recall of {profile}" not in shares]
    clean = re.findall(r"^conformant +(\w+) +cases +(\d+) .*precision [\d.]+ of (\d+)", done.stdout, re.M)
    wrong += [f"{errors} errors in conformant messages of {name}" for name, _, errors in clean if errors != "0"]
    print(f"  {sum(int(cases) for _, cases, _ in clean)} conformant messages")
    return wrong, len(shares) + len(clean)


def locations(case):
    """Path, name and value of each location. The list is grouped by segment name; within a name it is in message order."""
    occurrence, previous = collections.Counter(), None
    for location, name, value in case["content"]:
        segment, field, repetition, component, subcomponent = re.fullmatch(
            r"(\w{3})\.(\d+)(?:\[(\d+)\])?(?:\.(\d+))?(?:\.(\d+))?", location).groups()
        here = (segment, int(field), int(repetition or 1), int(component or 0), int(subcomponent or 0))
        if previous is None or previous[0] != segment or here <= previous:
            occurrence[segment] += 1
        previous = here
        inner = "".join(f".{n}" for n in (component, subcomponent) if n)
        yield f"{segment}[{occurrence[segment]}]-{field}[{repetition or 1}]{inner}", name, value


def explain(case):
    """What is not as the test plan says: a list of lines."""
    with tempfile.NamedTemporaryFile("w", newline="", suffix=".hl7") as file:
        file.write(case["er7"])
        file.flush()
        done = subprocess.run([IZ, "explain", "--format", "json", "--as-of", "2019-01-01", file.name], capture_output=True, text=True)
    if done.returncode != 0:
        return [f"exit status {done.returncode}: {done.stderr.strip()}"]
    ours = {place["path"]: place for place in json.loads(done.stdout)}
    wrong = []
    for path, name, value in locations(case):
        place = ours.get(path)
        if place is None:
            wrong.append(f"{path} is not listed; it holds {value!r}")
        elif place["value"].strip(" ") != value.strip(" "):  # the plans leave blanks at the ends out
            wrong.append(f"{path} holds {place['value']!r}, expected {value!r}")
        elif place["name"] != name:
            wrong.append(f"{path} is called {place['name']!r}, expected {name!r}")
    return wrong


def main():
    if not os.path.isdir(DATA):
        print(f"SKIPPED: no shared data in {DATA} (set IZ_SHARED)")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    passed = failed = 0
    wrong, floors = score()
    passed, failed = passed + floors - len(wrong), failed + len(wrong)
    for line in wrong:
        print(f"score: {line}")
    total, naive, ours = dates.count(DATA, IZ)
    print(f"  {total} doses with CVX and day: {sum(naive.values())} out of time by AIRA's dates as they stand, "
          f"{sum(ours.values())} by those that count: {dict(ours.most_common())}")
    wrong = [f"{cvx} is named, which AIRA's dates do not question" for cvx in ours if not naive[cvx]]
    if not 0 < sum(ours.values()) <= DOSES_NAMED * total:
        wrong.append(f"{sum(ours.values())} of {total} doses are named")
    passed, failed = passed + (not wrong), failed + bool(wrong)
    for line in wrong:
        print(f"dates: {line}")
    places = 0
    for path in sorted(glob.glob(os.path.join(DATA, "explain/*.json"))):
        with open(path, encoding="utf-8") as file:
            case = json.load(file)
        wrong = explain(case)
        places += len(case["content"])
        passed, failed = passed + (not wrong), failed + bool(wrong)
        for line in wrong[:20]:
            print(f"explain {case['id']} {case['profile']}: {line}")
        if len(wrong) > 20:
            print(f"explain {case['id']} {case['profile']}: and {len(wrong) - 20} more")
    print(f"{places} places of test plans compared")
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
