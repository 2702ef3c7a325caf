"""Reads the files that CDC publishes: records as dictionaries, columns named in lower-case letters and digits.

Both XML styles (an element for each column; or Name and Value in turn), and the flat files: columns by `|`, codes padded
with blanks, UTF-8, UTF-16 or Windows-1252, CRLF or LF, a record that was broken over two lines.
"""
import html
import re
import xml.etree.ElementTree as ET


class Refused(Exception):
    """A file that must not replace what we have."""


def decode(data, name):
    if not data.strip(b"\0\r\n \t"):
        raise Refused(f"{name} is empty")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def clean(text):
    """Without padding, with character references (`&#954;`) read."""
    return " ".join(html.unescape(text or "").split())


def key(name):
    """`VIS_encoded_string` and `VIS encoded string` are one column."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def read_xml(data, name):
    """Records as dictionaries; either style. Of a link its address."""
    if not data.strip(b"\0\r\n \t"):
        raise Refused(f"{name} is empty")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Refused(f"{name} is not one of CDC's reports")
    try:
        root = ET.fromstring(data)
    except (ET.ParseError, ValueError) as e:
        raise Refused(f"{name} is not complete XML: {e}") from None
    records = []
    for record in root:
        children = list(record)
        if [c.tag for c in children[:2]] == ["Name", "Value"]:
            pairs = [(children[i].text, children[i + 1].text) for i in range(0, len(children) - 1, 2)]
        else:
            pairs = [(c.tag, c.text or c.get("{http://www.w3.org/1999/xlink}href")) for c in children]
        records.append({key(n or ""): clean(v) for n, v in pairs})
    return records


def read_flat(data, name, columns, first, tests):
    """Records as dictionaries. `first` and `tests` tell a record: its first value, and values by column, must fit."""
    records, kept = [], ""
    lines = decode(data, name).splitlines()
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        text = kept + text
        values = [clean(v) for v in text.split("|")]
        if len(values) < len(columns):
            kept = text
            if number == len(lines):
                raise Refused(f"{name} is cut: line {number} has {len(values)} of {len(columns)} columns")
            continue
        kept = ""
        record = dict(zip(columns, values))
        if len(values) != len(columns) or not re.fullmatch(first, values[0]):
            raise Refused(f"{name} line {number}: {len(values)} columns instead of {len(columns)}, or no code in front")
        for column, pattern in tests.items():
            if not re.fullmatch(pattern, record[column]):
                raise Refused(f"{name} line {number}: {record[column]!r} is no {column}")
        records.append(record)
    return records


def iso(date):
    """M/D/YYYY, YYYY/MM/DD, YYYYMMDD or YYYY-MM-DD with a time -> YYYY-MM-DD."""
    date = date.split(" ")[0]
    if m := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", date):
        return f"{m[3]}-{int(m[1]):02}-{int(m[2]):02}"
    if m := re.fullmatch(r"(\d{4})[/-]?(\d\d)[/-]?(\d\d)", date):
        return f"{m[1]}-{m[2]}-{m[3]}"
    if date:
        raise Refused(f"{date!r} is no date")
    return ""


def column(record, *names):
    for n in names:
        if n in record:
            return record[n]
    raise Refused(f"a record has no {names[0]}: {sorted(record)}")
