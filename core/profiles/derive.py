#!/usr/bin/env python3
"""Writes the profile files of this folder from the facts of the guide.

    core/profiles/derive.py            write every profile
    core/profiles/derive.py --check    change nothing; exit 1 if a file differs from what would be written

The facts are `data/guide/guide-facts.json` in the folder named by IZ_SHARED (default: `shared` beside the project). The
format is described in core/README.md. To add a profile, add a line to PROFILES (and to codesets/bound_sets.py).

What is carried over: structure, usage, cardinality, length, data type, binding, condition predicates. Decisions:

* A profile that lies on another holds the difference only, as a JSON merge patch. Its segments and data types are
  exactly its own: others are removed with null.
* Usage B, and C without a predicate, are written O.
* A predicate governs the element named as its target (in ERL the name of the predicate says something else).
* A condition on an absent value does not hold. Where the guide's files negate a bare value test ("RXA-6 is not 999"),
  the judge treats an absent value as if the test held, so that the negation does not; we write that as "present, and
  not 999". The outcomes show it: without RXA-6, RXA-7 must not be sent.
* Data types that differ in name only, by message (EI_IZ_ACK_1_5, EI_IZ_QBP_Z34), have one name (ONE_NAME).
* ORC-12 has two predicates. The one on the segment is true whatever the message holds and serves for display; the one
  on the order group is the real one; it stands in group_predicates and the field itself says O.
* Two predicates of the facts look at the wrong place (MISPLACED): those of Z32 on ORC-12 at RXR instead of RXA, since the
  group of Z22 from which they come has one more child; that of Z44 on component 4 of the identifier of MSH-21 at the
  component itself instead of component 3. The guide has RXA and component 3.
* Z31 binds the publicity code (PD1-11) to HL7's table instead of the guide's and PD1-12 to none (BOUND). No other profile
  does, and the guide gives PD1 once.
"""
import argparse
import json
import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "codesets"))
import bound_sets  # noqa: E402

# Profile, the profile it lies on: of those that give the shortest files, one that sends the same segments.
PROFILES = [("Z22", None), ("Z32", "Z22"), ("Z42", "Z32"), ("Z31", "Z32"), ("Z33", "Z31"), ("Z23", "Z33"), ("Z34", "Z33"),
            ("Z44", "Z34")]

GUIDE = "HL7 v2.5.1 Implementation Guide for Immunization Messaging, Release 1.5 (2014-10-01)"
EDITION = "NIST conformance profiles, 2018-11"

# Data types that have one name more for each message, with the same content.
ONE_NAME = ("EI_IZ", "MSG_IZ")

# Profile, what the predicate stands on, its target -> how its paths begin, and how they should.
MISPLACED = {("Z32", "VXU_V04.ORDER", "1[1].12[1]"): ("3[1].", "2[1]."),
             ("Z44", "EI_IZ_QBP_Z44", "4[1]"): ("4[1]", "3[1]")}

# Fields of Z31 that are bound to another table than in all other profiles, or to none.
BOUND = {("Z31", "PD1_IZ 1_5", 11): "HL70215_IZ", ("Z31", "PD1_IZ 1_5", 12): "HL70136_IZ"}

FORMATS = {"ST": "st", "TX": "tx", "FT": "ft", "NM": "nm", "SI": "si", "ID": "id", "IS": "is", "DT": "dt", "TM": "tm",
           "DTM": "dtm", "varies": "varies", "GTS": "st", "NUL": "st"}
# Names that are missing or too general in the facts; as in HL7 v2.5.1 chapter 2.A.
TYPE_NAMES = {"ID": "Coded Value for HL7 Defined Tables", "IS": "Coded Value for User-Defined Tables",
              "varies": "Variable", "NUL": "Withdrawn"}


def number(text):
    return text if text == "*" else int(text)


# ---- conditions -------------------------------------------------------------------------------------------------

def place(path, level, segment_at):
    """`9[1].1[1]` -> `9.1`; in a group, the first number is the position of a segment: `3[1].9[1].1[1]` -> `RXA-9.1`."""
    steps = []
    for step in path.split("."):
        n, index = step.rstrip("]").split("[")
        if index != "1":
            raise ValueError(f"repetition in {path}")
        steps.append(n)
    if level == "Group":
        return segment_at(int(steps[0])) + "-" + ".".join(steps[1:])
    return ".".join(steps)


def condition(node, level, segment_at):
    """A predicate of the facts in the words of core/condition.h."""
    op = node["op"]
    if op in ("Presence", "PlainText", "StringList"):
        at = place(node["Path"], level, segment_at)
        if op == "Presence":
            return {"present": at}
        if node.get("IgnoreCase", "false") != "false":
            raise ValueError("a test that ignores case")
        test = {"at": at, "one_of": [node["Text"]] if op == "PlainText" else node["CSV"].split(",")}
        return test
    parts = [condition(a, level, segment_at) for a in node["args"]]
    if op == "NOT":
        part = parts[0]
        if "at" in part and node["args"][0]["op"] != "AND":
            return {"all": [{"present": part["at"]}, {"not": part}]}
        return {"not": part}
    if op == "AND":
        flat = []
        for p in parts:
            flat += [q for q in (p["all"] if "all" in p else [p]) if q not in flat]
        tested = {p["at"] for p in flat if "at" in p}
        flat = [p for p in flat if p.get("present") not in tested]
        flat = [p for i, p in enumerate(flat) if p not in flat[:i]]
        return flat[0] if len(flat) == 1 else {"all": flat}
    if op == "OR":
        return {"any": parts}
    raise ValueError(f"unknown operation {op}")


def moved(node, begins, should):
    """A predicate of the facts with the paths that begin so beginning as they should."""
    out = {**node}
    if "args" in node:
        out["args"] = [moved(a, begins, should) for a in node["args"]]
    elif node["Path"].startswith(begins):
        out["Path"] = should + node["Path"][len(begins):]
    else:
        raise ValueError(f"{node['Path']} does not begin with {begins}")
    return out


def type_name(name):
    return next((one for one in ONE_NAME if name.startswith(one + "_")), name)


def always(node):
    """Whether a predicate is `x or not x`."""
    return node["op"] == "OR" and {"op": "NOT", "args": [node["args"][0]]} == node["args"][1]


# ---- one profile ------------------------------------------------------------------------------------------------

class Deriver:
    def __init__(self, facts, profile):
        self.facts, self.id, self.p = facts, profile, facts["profiles"][profile]
        self.names = {key: s["name"] for key, s in self.p["segments"].items()}
        self.predicates, self.group_predicates = {}, []
        for q in self.p["predicates"]:
            self.read_predicate(q)

    def groups(self, nodes=None):
        for n in self.p["structure"] if nodes is None else nodes:
            if "group" in n:
                yield n
                yield from self.groups(n["children"])

    def read_predicate(self, q):
        if len(q["expression"]) != 1:
            raise ValueError(q["id"])
        expression, level = q["expression"][0], q["level"]
        if mistake := MISPLACED.get((self.id, q["appliesTo"], q["target"])):
            expression = moved(expression, *mistake)
        usage = f"C({q['trueUsage']}/{q['falseUsage']})"
        if level == "Group":
            group = next(g for g in self.groups() if g["id"] == q["appliesTo"])
            segment_at = lambda n: self.names[group["children"][n - 1]["segment"]]  # noqa: E731
            segment, field = place(q["target"], level, segment_at).split("-")
            self.group_predicates.append({"group": group["group"], "segment": segment, "field": int(field),
                                          "usage": usage, "when": condition(expression, level, segment_at)})
        elif not always(expression):
            key = (q["appliesTo"], int(place(q["target"], level, None)))
            if key in self.predicates:
                raise ValueError(f"two predicates on {key}")
            self.predicates[key] = (usage, condition(expression, level, None))

    def element(self, owner, e, with_cardinality):
        out = {"name": " ".join(e["name"].split())}
        predicate = self.predicates.get((owner, e["seq"]))
        if predicate:
            out["usage"], out["when"] = predicate
        else:
            out["usage"] = e["usage"]
        if with_cardinality:
            out["min"], out["max"] = number(e["min"]), number(e["max"])
        out["type"] = type_name(e["datatype"])
        longest = number(e["maxLength"])
        out["length"] = [int(e["minLength"]), None if longest == "*" else longest]
        if binding := BOUND.get((self.id, owner, e["seq"])) or e.get("binding"):
            out["binding"] = ":".join(bound_sets.table_id(self.facts, self.id, b) for b in binding.split(":"))
            if e.get("bindingLocation"):
                out["binding_component"] = int(e["bindingLocation"])
        return out

    def segment(self, key):
        s = self.p["segments"][key]
        out = {"title": s["description"], "fields": {str(f["seq"]): self.element(key, f, True) for f in s["fields"]}}
        for mapping in s.get("dynamicMapping", []):
            out["value_types"] = {c["Value"]: type_name(c["Datatype"]) for c in mapping["cases"]}
        return out

    def type(self, key):
        t = self.p["datatypes"][key]
        out = {"base": t["name"], "name": TYPE_NAMES.get(t["name"], t["description"])}
        if t.get("components"):
            out["components"] = {str(c["seq"]): self.element(key, c, False) for c in t["components"]}
        else:
            out["format"] = FORMATS[t["name"]]
        return out

    def structure(self, nodes):
        out = []
        for n in nodes:
            limits = {"usage": n["usage"], "min": number(n["min"]), "max": number(n["max"])}
            if "group" in n:
                out.append({"group": n["group"], **limits, "children": self.structure(n["children"])})
            else:
                out.append({"segment": self.names[n["segment"]], **limits})
        return out

    def profile(self):
        m = self.p["message"]
        # An acknowledgment carries the event of the message it answers, so it has no event of its own.
        event = "" if m["Event"] == m["Type"] else m["Event"]
        if len(set(self.names.values())) != len(self.names):
            raise ValueError("two segments of one name")
        return {"id": self.id, "title": m["Name"],
                "message": {"type": m["Type"], "event": event, "structure": m["StructID"]},
                "source": f"{GUIDE}; {EDITION}, {self.p['file']}",
                "structure": self.structure(self.p["structure"]),
                "group_predicates": self.group_predicates,
                "segments": {self.names[k]: self.segment(k) for k in self.p["segments"]},
                "types": self.types()}

    def types(self):
        out = {}
        for key in sorted(self.p["datatypes"]):
            name, new = type_name(key), self.type(key)
            if out.setdefault(name, new) != new:
                raise ValueError(f"{self.id}: {key} is not {name}")
        return out


# ---- merge patch (RFC 7386) -------------------------------------------------------------------------------------

def patch(base, target):
    """The merge patch that turns `base` into `target`."""
    out = {}
    for k, v in target.items():
        if k not in base:
            out[k] = v
        elif isinstance(v, dict) and isinstance(base[k], dict):
            if difference := patch(base[k], v):
                out[k] = difference
        elif v != base[k]:
            out[k] = v
    out.update({k: None for k in base if k not in target})
    return out


def apply(base, change):
    """RFC 7386."""
    if not isinstance(change, dict):
        return change
    out = dict(base) if isinstance(base, dict) else {}
    for k, v in change.items():
        if v is None:
            out.pop(k, None)
        else:
            out[k] = apply(out.get(k), v)
    return out


# ---- text: one field or component a line ------------------------------------------------------------------------

def line(value):
    return json.dumps(value, ensure_ascii=False)


def elements(items, indent):
    return ",\n".join(f"{indent}{line(k)}: {line(v)}" for k, v in items.items())


def definition(d, members):
    """A segment or data type: its own facts on the first line, then one line for each of its elements."""
    head = ", ".join(f"{line(k)}: {line(v)}" for k, v in d.items() if k != members)
    if members not in d:
        return "{" + head + "}"
    return "{" + head + (", " if head else "") + f"{line(members)}: {{\n{elements(d[members], '   ')}}}}}"


def nodes(items, indent):
    out = []
    for n in items:
        if "children" in n:
            head = {k: v for k, v in n.items() if k != "children"}
            out.append(f'{indent}{line(head)[:-1]}, "children": [\n{nodes(n["children"], indent + "  ")}]}}')
        else:
            out.append(indent + line(n))
    return ",\n".join(out)


def text(profile):
    parts = []
    for k, v in profile.items():
        if k == "structure":
            v = f"[\n{nodes(v, '  ')}]"
        elif k == "group_predicates" and v:
            v = "[\n" + ",\n".join("  " + line(x) for x in v) + "]"
        elif k in ("segments", "types"):
            members = "fields" if k == "segments" else "components"
            rows = [f"  {line(x)}: {definition(d, members)}" for x, d in v.items() if d is not None]
            if gone := [f"{line(x)}: null" for x, d in v.items() if d is None]:
                rows.append("  " + ", ".join(gone))
            v = "{\n" + ",\n".join(rows) + "}"
        else:
            v = line(v)
        parts.append(f" {line(k)}: {v}")
    return "{\n" + ",\n".join(parts) + "}\n"


def derive(facts):
    """File name -> text, for every profile."""
    whole, out = {}, {}
    for profile, below in PROFILES:
        full = Deriver(facts, profile).profile()
        whole[profile] = full
        if below:
            change = patch(whole[below], full)
            if apply(whole[below], change) != full:
                raise ValueError(f"{profile} on {below} does not give {profile}")
            full = {"id": profile, "on": below, **{k: v for k, v in change.items() if k != "id"}}
        out[f"{profile}.json"] = text(full)
        if json.loads(out[f"{profile}.json"]) != full:
            raise ValueError(f"{profile}: text and content differ")
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--check", action="store_true", help="compare with the files, write nothing")
    a = ap.parse_args()
    facts = bound_sets.read_facts()
    stale = []
    for name, content in derive(facts).items():
        file = HERE / name
        if file.exists() and file.read_text(encoding="utf-8") == content:
            continue
        stale.append(name)
        if not a.check:
            file.write_text(content, encoding="utf-8")
    print(f"{'differs' if a.check else 'written'}: {', '.join(stale) or 'nothing'}")
    return 1 if a.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
