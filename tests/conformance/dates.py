"""Doses before or after the time of their CVX code: ours beside a check that takes every date of AIRA's table at its word.

Many of AIRA's dates merely repeat the day on which CDC last changed the row, or call a code ended that was only renamed;
core/rules/README.md ("Dates of CDC's codes") tells which ones count here.
"""
import collections
import json
import os
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ET

RULES = ("cvx-not-yet", "cvx-inactive")


def aira(data):
    """CVX -> (not before, not after), YYYYMMDD or empty."""
    dates = {}
    for table in ET.parse(os.path.join(data, "codesets/aira-2025-12-09/Compiled.xml")).getroot().iter("codeset"):
        if table.findtext("type") != "VACCINATION_CVX_CODE":
            continue
        for code in table.iter("code"):
            use = code.find("use-date")
            dates[code.findtext("value")] = [(use.findtext(k) or "") if use is not None else ""
                                             for k in ("not-before", "not-after")]
    return dates


def doses(er7):
    """CVX and day of each dose that has both."""
    for line in re.split("[\r\n]+", er7):
        fields = line.split("|")
        if fields[0] != "RXA" or len(fields) < 6:
            continue
        parts = (fields[5].split("~")[0].split("^") + [""] * 6)[:6]
        cvx = parts[0] if parts[2] == "CVX" else parts[3] if parts[5] == "CVX" else ""
        if cvx and re.fullmatch(r"\d{8}", fields[3][:8]):
            yield cvx, fields[3][:8]


def count(data, iz):
    """(doses with CVX and day, those that the naive check names by CVX, those that ours names by CVX)."""
    dates = aira(data)
    cases = []
    for name in ("natural", "conformant"):
        with open(os.path.join(data, f"conformance/{name}.jsonl"), encoding="utf-8") as file:
            cases += [json.loads(line) for line in file]
    total, naive, ours = 0, collections.Counter(), collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        by_profile = collections.defaultdict(list)
        for i, case in enumerate(cases):
            for cvx, day in doses(case["er7"]):
                total += 1
                first, last = dates.get(cvx, ("", ""))
                naive[cvx] += bool((first and day < first) or (last and day > last))
            path = os.path.join(folder, f"{i}.hl7")
            with open(path, "w", newline="", encoding="utf-8") as file:
                file.write(case["er7"])
            by_profile[case["profile"]].append(path)
        for profile, files in by_profile.items():
            for at in range(0, len(files), 100):
                done = subprocess.run([iz, "check", "--profile", profile, "--as-of", "2026-02-18", "--format", "jsonl",
                                       *files[at:at + 100]], capture_output=True, text=True)
                for line in done.stdout.splitlines():
                    answer = json.loads(line)
                    for finding in answer["findings"]:
                        if finding["rule"] in RULES:
                            ours[re.search(r"CVX (\w+)", finding["message"]).group(1)] += 1
    return total, +naive, +ours
