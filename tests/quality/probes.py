"""Messages with one thing wrong, from a clean sample and a line that says what: the probes of core/rules/coverage.csv.

    vxu-two-doses; PID-7=20260301; drop NK1[1]; add after RXA[2]: RXR|C38299^Subcutaneous^NCIT
"""

import os
import re

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def sample(name):
    with open(os.path.join(ROOT, "tests/samples", name + ".hl7"), encoding="utf-8", newline="") as file:
        return [line for line in re.split(r"[\r\n]+", file.read()) if line]


def index_of(lines, segment, occurrence):
    found = [i for i, line in enumerate(lines) if line.startswith(segment)]
    return found[occurrence - 1]


def place_of(text):
    segment, occurrence, rest = re.fullmatch(r"(\w{3})(?:\[(\d+)\])?(.*)", text).groups()
    return segment, int(occurrence or 1), rest


def build(probe):
    """The message of a probe, its lines ended by CR."""
    base, *steps = [part.strip() for part in probe.split("; ")]
    lines = sample(base)
    marks = list(range(len(lines)))  # which line of the sample each one is
    original = list(lines)
    for step in steps:
        if step.startswith("drop "):
            segment, occurrence, _ = place_of(step[5:])
            at = marks.index(index_of(original, segment, occurrence))
            del lines[at], marks[at]
        elif step.startswith("add after "):
            place, text = step[10:].split(": ", 1)
            segment, occurrence, _ = place_of(place)
            at = marks.index(index_of(original, segment, occurrence)) + 1
            while at < len(marks) and marks[at] is None:
                at += 1
            lines.insert(at, text)
            marks.insert(at, None)
        else:
            place, value = step.split("=", 1)
            segment, occurrence, rest = place_of(place)
            at = marks.index(index_of(original, segment, occurrence))
            field = int(rest[1:])
            parts = lines[at].split("|")
            number = field - 1 if segment == "MSH" else field
            parts += [""] * (number + 1 - len(parts))
            parts[number] = value
            lines[at] = "|".join(parts)
    return "\r".join(lines) + "\r"
