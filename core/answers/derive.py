#!/usr/bin/env python3
"""Writes the detections into MQE.json from the facts of the detection list.

    core/answers/derive.py            write the file
    core/answers/derive.py --check    change nothing; exit 1 if the file differs from what would be written

The facts are `data/mqe-detections.csv` in the folder named by IZ_SHARED (default: `shared` beside the project): code,
field, HL7 place, type of the fault, default severity. They are written as `detections` and as `at` of each field. The
words (`fields`, `faults`, `matters`, `severities`) are our own and are edited in the file itself; a field or a fault
without words, or words that nothing uses, is an error. Decisions:

* Numbers are shared with the older codes of the same checks: DQA0314 is MQE0314.
* A name that is its field and its fault put together (PATIENT_GENDER, MISSING: PatientGenderIsMissing) is not written.
* The list gives XCN-12 for the ordering person, a data type for a segment: it is ORC-12. It gives RXA-9 for the
  information sheet, and no place for its parts: they are told by observations, OBX-5 with the code in `observation`.
* What only registries' own reports contain has no place.
"""
import argparse
import csv
import json
import os
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("IZ_SHARED") or HERE.parent.parent.parent / "shared")
FILE = HERE / "MQE.json"

PLACES = {"VACCINATION_ORDERED_BY": "ORC-12", "VACCINATION_VIS": "OBX-5", "VACCINATION_VIS_CVX_CODE": "OBX-5",
          "VACCINATION_VIS_DOCUMENT_TYPE": "OBX-5", "VACCINATION_VIS_VERSION_DATE": "OBX-5",
          "VACCINATION_VIS_DELIVERY_DATE": "OBX-5", "VACCINATION_VIS_PUBLISHED_DATE": "OBX-5",
          "VACCINATION_VIS_PRESENTED_DATE": "OBX-5"}
OBSERVATIONS = {"VACCINATION_FINANCIAL_ELIGIBILITY_CODE": "64994-7", "VACCINATION_FUNDING_SOURCE_CODE": "30963-3",
                "VACCINATION_VIS": "69764-9", "VACCINATION_VIS_CVX_CODE": "30956-7",
                "VACCINATION_VIS_DOCUMENT_TYPE": "69764-9", "VACCINATION_VIS_VERSION_DATE": "29768-9",
                "VACCINATION_VIS_PUBLISHED_DATE": "29768-9", "VACCINATION_VIS_DELIVERY_DATE": "29769-7",
                "VACCINATION_VIS_PRESENTED_DATE": "29769-7"}
SEVERITIES = {"ERROR": "E", "WARN": "W", "INFO": "I", "ACCEPT": "A"}


def plain(text):
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def row(fact):
    number = int(fact["code"].removeprefix("MQE"))
    field, fault = plain(fact["field"]), plain(fact["detection_type"])
    out = [number, fact["field"], fact["detection_type"], SEVERITIES[fact["default_severity"]]]
    if plain(fact["name"]) not in (field + fault, field + "IS" + fault):
        out.append(fact["name"])
    return out


def write(data):
    """One line for each entry, so that a change shows as a line."""
    dump = lambda value: json.dumps(value, ensure_ascii=False)
    lines = []
    for key, value in data.items():
        if isinstance(value, dict):
            body = ",\n".join(f"  {dump(k)}: {dump(v)}" for k, v in value.items())
            lines.append(f"{dump(key)}: {{\n{body}}}")
        elif isinstance(value, list):
            body = ",\n".join("  " + dump(v) for v in value)
            lines.append(f"{dump(key)}: [\n{body}]")
        else:
            lines.append(f"{dump(key)}: {dump(value)}")
    return "{" + ",\n".join(lines) + "}\n"


def derive(facts, data):
    fields, faults = data["fields"], data["faults"]
    data["detections"] = sorted(row(fact) for fact in facts)
    used_faults = set()
    for fact in facts:
        name, fault = fact["field"], fact["detection_type"]
        if name not in fields:
            sys.exit(f"{FILE.name}: field {name} has no words")
        kind = fields[name].get("kind", "")
        words = next((k for k in (f"{fault}:{kind}", fault) if k in faults), None)
        if not words:
            sys.exit(f"{FILE.name}: fault {fault} of {name} has no words")
        while words:
            used_faults.add(words)
            words = faults[words].get("like")
        place = PLACES.get(name, fact["hl7_location"])
        words_of_field = {k: v for k, v in fields[name].items() if k not in ("at", "observation")}
        fields[name] = {**({"at": place} if place else {}),
                        **({"observation": OBSERVATIONS[name]} if name in OBSERVATIONS else {}), **words_of_field}
    unused = [f"field {k}" for k in fields if k not in {fact["field"] for fact in facts}]
    unused += [f"fault {k}" for k in faults if k not in used_faults]
    unused += [f"matter {k}" for k in data["matters"] if k not in {v["matters"] for v in fields.values()}]
    if unused:
        sys.exit(f"{FILE.name}: nothing uses {', '.join(unused)}")
    return write(data)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if the file differs")
    check = parser.parse_args().check
    source = SHARED / "data" / "mqe-detections.csv"
    if not source.is_file():
        sys.exit(f"no {source}: set IZ_SHARED")
    with source.open(encoding="utf-8", newline="") as f:
        facts = list(csv.DictReader(f))
    old = FILE.read_text(encoding="utf-8")
    new = derive(facts, json.loads(old))
    if check and new != old:
        sys.exit(f"{FILE.name} differs from what the facts give: run core/answers/derive.py")
    if not check:
        FILE.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
