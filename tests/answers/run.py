#!/usr/bin/env python3
"""Answers of registries against the outcomes that others gave them, and our own answers against the decision table.

  run.py [-v] [PART...]

Parts: ours (tests/answers/*.json), labelled, pairs, tricky (these three need IZ_SHARED, default ../shared). Prints one
line for each answer that differs, with -v for every answer, and a table at the end. The last line says
`N passed, N failed, N skipped`.
"""
import collections
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
IZ = os.environ.get("IZ_BIN") or os.path.join(ROOT, "build/native/iz")
SHARED = os.environ.get("IZ_SHARED") or os.path.join(os.path.dirname(ROOT), "shared")
ACKS = os.path.join(SHARED, "data/acks")
ACCEPTED = ("accepted", "accepted_with_info", "accepted_with_warnings", "accepted_with_loss", "accepted_pending")

# Answers whose outcome differs from the source's on purpose: file or id -> why.
DIFFERS = {}


def interpret(answer, sent=None):
    """The outcome of an answer (bytes), with the message it answers (bytes) if that is known."""
    words = [IZ, "interpret", "--as-of", "2026-11-22", "--format", "json"]
    with tempfile.NamedTemporaryFile() as file:
        if sent is not None:
            file.write(sent)
            file.flush()
            words += ["--sent", file.name]
        done = subprocess.run([*words, "-"], input=answer, capture_output=True)
    if done.returncode:
        raise AssertionError(f"exit status {done.returncode}: {done.stderr.decode()}")
    return json.loads(done.stdout)


def read(path):
    with open(path, "rb") as file:
        return file.read()


PATH = re.compile(r"^(\w+)(?:\[(\d+)\])?(?:-(\d+)(?:\[(\d+)\])?(?:\.(\d+)(?:\.(\d+))?)?)?$")


def place_of(located):
    """segment, occurrence, field, repetition, component of a place in our output; None where it names none."""
    numbers = PATH.match(located["path"]).groups()
    return (numbers[0], *(int(n) if n else None for n in numbers[1:5]))


def same_place(wanted, located):
    """Whether one of our places is the wanted one: a number that is not wanted may be anything."""
    segment, occurrence, field, repetition, component = place_of(located)
    for key, value in (("segment", segment), ("occurrence", occurrence), ("field", field), ("repetition", repetition),
                       ("component", component)):
        if key not in wanted:
            continue
        allowed = wanted.get(f"accept_{key}", [wanted[key]])
        # Without a repetition the first one is meant.
        if value not in allowed and not (key == "repetition" and {value, *allowed} <= {None, 1}):
            return False
    return True


def compare(outcome, wanted, sent):
    """What differs, a list of sentences."""
    wrong = []

    def field(name, ours, allowed):
        if ours not in allowed:
            wrong.append(f"{name} is {ours}, not {' or '.join(map(str, allowed))}")

    def allowed(source, name, accept):
        return list(dict.fromkeys([source[name], *source.get(accept, [])]))

    outcomes = wanted["outcome"]
    field("outcome", outcome["outcome"], outcomes if isinstance(outcomes, list) else [outcomes])
    for name in ("stored", "resend", "confidence", "who"):
        if name in wanted:
            field(name, outcome[name], allowed(wanted, name, f"accept_{name}"))
    for dose in wanted.get("doses", []):
        ours = outcome["doses"][dose["dose"] - 1] if dose["dose"] <= len(outcome["doses"]) else {"stored": None}
        field(f"dose {dose['dose']}", ours["stored"], allowed(dose, "stored", "accept"))
    text = sent.decode("utf-8") if sent else ""
    for place in wanted.get("locations", []):
        err = outcome["errors"][place["err"]] if place["err"] < len(outcome["errors"]) else {}
        places = [p for p in [err.get("located"), *err.get("also_located", [])] if p]
        fitting = [p for p in places if same_place(place, p)]
        if not fitting:
            wrong.append(f"ERR {place['err']} is at {[p['path'] for p in places]}, not {place}")
            continue
        if "confidence" in place:
            field(f"confidence of ERR {place['err']}", fitting[0]["confidence"],
                  allowed(place, "confidence", "accept_confidence"))
        if "dose" in place:
            field(f"dose of ERR {place['err']}", fitting[0]["dose"], [place["dose"]])
        if "value_in_original" in place:
            field(f"value of ERR {place['err']}", text.encode()[fitting[0]["begin"]:fitting[0]["end"]].decode(),
                  [place["value_in_original"]])
    if "cascade" in wanted:
        root = outcome["errors"][wanted["cascade"]["root"]]
        field("consequences", root["cause_of"], [wanted["cascade"]["consequences"]])
    if "problems" in wanted:
        field("problems", sum(e["follows"] is None for e in outcome["errors"]), [wanted["problems"]])
    for flag in wanted.get("flags", []):
        if flag not in outcome["flags"]:
            wrong.append(f"flag {flag} is not among {outcome['flags']}")
    if "row" in wanted:
        field("row", outcome["reasons"][0]["row"], [wanted["row"]])
    if "says" in wanted and wanted["says"] not in outcome["summary"]:
        wrong.append(f"{wanted['says']!r} is not in {outcome['summary']!r}")
    return wrong


def labelled():
    """Every answer with `want` or `want_accepted`, alone, and with the message it answers where there is one."""
    for file in sorted(glob.glob(f"{ACKS}/*/expected.json")):
        folder = os.path.dirname(file)
        for name, item in json.loads(read(file))["items"].items():
            if "want" not in item and "want_accepted" not in item:
                continue
            path = os.path.join(folder, item["file"])
            original = path.replace(".hl7", ".original.hl7")
            sent = read(original) if os.path.exists(original) else None
            for known in ([None] if sent is None else [None, sent]):
                outcome = interpret(read(path), known)
                if "want" in item:
                    wrong = compare(outcome, {"outcome": item["want"]}, known)
                else:
                    accepted = outcome["outcome"] in ACCEPTED
                    wrong = [] if accepted == item["want_accepted"] else [
                        f"{outcome['outcome']}, though {'' if item['want_accepted'] else 'not '}accepted is right"]
                yield f"{os.path.basename(folder)}/{name}{' with its message' if known else ''}", outcome, wrong


def pairs():
    """NIST's pairs: 1 to 6 store every dose; 7 to 10 have every ERR at the field that it names."""
    folder = f"{ACKS}/nist-hit-iz"
    for number in range(1, 11):
        name = f"IZ-AD-{number}.2_Receive_ACK_Z23"
        answer, sent = read(f"{folder}/{name}.hl7"), read(f"{folder}/{name}.original.hl7")
        outcome = interpret(answer, sent)
        wrong = []
        if number <= 6:
            if outcome["outcome"] != "accepted" or outcome["stored"] != "yes" or not outcome["doses"]:
                wrong.append(f"{outcome['outcome']}, stored {outcome['stored']}")
            wrong += [f"dose {d['group']} is {d['stored']}" for d in outcome["doses"] if d["stored"] != "yes"]
        else:
            if not outcome["errors"]:
                wrong.append("no errors")
            for error in outcome["errors"]:
                segment, *numbers = error["erl"].split("^")
                want = (segment, *map(int, numbers))
                if not error["located"] or error["located"]["confidence"] != "exact" or \
                        place_of(error["located"])[:len(want)] != want:
                    wrong.append(f"{error['erl']} is at {error['located']}")
        yield f"IZ-AD-{number}", outcome, wrong


def third_dose(two):
    """The message of two doses with a third: the first order group once more, as Hep A with two OBX."""
    lines = two.split("\r")
    lines[0] = re.sub(r"(VXU\^V04\^VXU_V04\|)[^|]*", r"\1THREE-DOSES-1", lines[0])
    first = lines.index(next(line for line in lines if line.startswith("ORC|")))
    group = lines[first:first + 5]
    group[0] = group[0].replace("657^", "658^").replace("68544^", "68545^")
    group[1] = group[1].replace("00006-4171-01^ProQuad^NDC", "83^Hep A, ped/adol, 2 dose^CVX")
    body = [line for line in lines if line]
    return "\r".join(body + group) + "\r"


def tricky():
    data = json.loads(read(f"{ACKS}/tricky/cases.json"))
    originals = data["originals"]
    sent_by_name = {
        **originals,
        "three": third_dose(originals["two"]),
        "QBP_addr": originals["QBP"].replace("20050512|M\r", "20050512|M|10 East Main St^^Myfaircity^GA^30333^USA\r"),
    }
    for case in data["cases"]:
        sent = sent_by_name[case["original"]].encode()
        outcome = interpret(case["response"].encode(), sent)
        yield case["id"], outcome, compare(outcome, case["expect"], sent)


def ours():
    """Our own answers. A file has `headers`, each a line that cases name, and `cases`: `answer` is a list of segments (or
    a text as pasted), `sent` the name of a message of tests/samples."""
    for file in sorted(glob.glob(os.path.join(ROOT, "tests/answers/*.json"))):
        data = json.loads(read(file))
        for case in data["cases"]:
            sent = read(os.path.join(ROOT, "tests/samples", case["sent"] + ".hl7")) if "sent" in case else None
            answer = case["answer"]
            if isinstance(answer, list):
                answer = "".join(data["headers"].get(line, line) + "\r" for line in answer)
            outcome = interpret(answer.encode(), sent)
            yield f"{os.path.basename(file)[:-5]}/{case['id']}", outcome, compare(outcome, case["expect"], sent)


PARTS = {"ours": ours, "labelled": labelled, "pairs": pairs, "tricky": tricky}


def main(words):
    verbose = "-v" in words
    wanted = [w for w in words if w != "-v"] or list(PARTS)
    passed = failed = skipped = 0
    table = collections.OrderedDict()
    for part in wanted:
        if part != "ours" and not os.path.isdir(ACKS):
            print(f"SKIPPED {part}: {ACKS} is not there (IZ_SHARED)")
            skipped += 1
            continue
        good = known = bad = 0
        for name, outcome, wrong in PARTS[part]():
            reason = DIFFERS.get(name.removesuffix(" with its message"))
            if not wrong:
                good += 1
            elif reason:
                known += 1
                print(f"differs  {name}: {'; '.join(wrong)}. {reason}")
            else:
                bad += 1
                print(f"WRONG    {name}: {'; '.join(wrong)}")
            if verbose:
                print(f"{'ok' if not wrong else '--':9}{name}: {outcome['outcome']}, {outcome['reasons'][0]['row']}, "
                      f"{outcome['summary']} {outcome['flags']}")
        table[part] = (good, known, bad)
        passed += good + known
        failed += bad
    print(f"\n{'':10}{'agree':>7}{'differ':>8}{'wrong':>7}")
    for part, counts in table.items():
        print(f"{part:10}{counts[0]:7}{counts[1]:8}{counts[2]:7}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
