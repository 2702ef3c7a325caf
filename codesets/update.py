#!/usr/bin/env python3
"""Makes CDC's tables of this folder (cvx, mvx, ndc_use, ndc_sale, vis, vg) from the files that CDC publishes.

    codesets/update.py [FOLDER] [--date YYYY-MM-DD] [--out FOLDER] [--check]

FOLDER holds the files as downloaded: cvx.xml or cvx.txt, mvx.xml or mvx.txt, NDC_Unit_use.txt, NDC_Unit_sale.txt, vis.xml,
vac2vg.xml or VG.txt.
Default: the newest edition under data/codesets/editions in the folder named by IZ_SHARED. A table whose file is not there
stays as it is. The files carry no edition; the date is that of a folder in the path, or --date.

Says what is new, gone and changed. An empty, cut or unreadable file, or one that lost a tenth of its codes, is refused;
then nothing is written. --check writes nothing and exits 1 if a table differs.

Both XML styles of CDC are read (an element for each column; or Name and Value in turn), and the flat files: columns by `|`,
codes padded with blanks, UTF-8, UTF-16 or Windows-1252, CRLF or LF, a record that was broken over two lines.
"""
import argparse
import html
import json
import os
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

HERE = Path(__file__).resolve().parent


class Refused(Exception):
    """A file that must not replace what we have."""


# ---- reading ----------------------------------------------------------------------------------------------------

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
    """Records as dictionaries; either style."""
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
            pairs = [(c.tag, c.text) for c in children]
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


# ---- the tables -------------------------------------------------------------------------------------------------

CVX_FLAT = ["cvxcode", "shortdescription", "fullvaccinename", "notes", "status", "nonvaccine", "lastupdated"]
MVX_FLAT = ["mvxcode", "manufacturername", "notes", "status", "lastupdated"]
USE_FLAT = ["id", "labeler", "product", "package", "proprietary", "nonproprietary", "labelername", "start", "end", "form",
            "gtin", "cvx", "cvxshort", "nousendc", "ndc11", "lastupdated", "gtinagain"]
SALE_FLAT = ["id", "labeler", "product", "package", "proprietary", "nonproprietary", "labelername", "start", "end", "form",
             "route", "lastupdated", "cvx", "cvxshort", "ndc11", "gtin"]
VG_FLAT = ["shortdescription", "cvxcode", "status", "vaccinegroupname", "cvxforvaccinegroup"]
NDC11 = r"\d{5}-\d{4}-\d{2}"


def column(record, *names):
    for n in names:
        if n in record:
            return record[n]
    raise Refused(f"a record has no {names[0]}: {sorted(record)}")


def cvx(records, old):
    """The XML report has no column for what is no vaccine (immune globulins, skin tests): then the old flag stays."""
    flags = {r["code"]: r["nonvaccine"] for r in old}
    out = []
    for r in records:
        code, full, notes = column(r, "cvxcode"), column(r, "fullvaccinename"), column(r, "notes")
        short = column(r, "shortdescription")
        unspecified = re.search(r"unspecified|unknown", f"{short} {full}", re.I) or "(NOS)" in notes
        out.append({"code": code, "display": short, "status": column(r, "status"), "full": full, "notes": notes,
                    "nonvaccine": {"True": "yes", "False": ""}.get(r.get("nonvaccine"), flags.get(code, "")),
                    "unspecified": "yes" if unspecified else "", "updated": iso(column(r, "lastupdated"))})
    return out


def mvx(records, _):
    return [{"code": column(r, "mvxcode"), "display": column(r, "manufacturername"), "status": column(r, "status"),
             "notes": column(r, "notes"), "updated": iso(column(r, "lastupdated"))} for r in records]


def ndc(records, _):
    """A code can stand for two vaccines. Of two rows alike, the one that is a unit of use in its own right stays."""
    out = {}
    for r in records:
        row = {"code": r["ndc11"], "display": r["proprietary"], "cvx": r["cvx"], "labeler": r["labelername"],
               "start": iso(r["start"]), "end": iso(r["end"])}
        if "nousendc" in r:
            row["stands_in"] = "yes" if r["nousendc"] == "True" else ""
        at = (row["code"], row["cvx"])
        if at not in out or (out[at].get("stands_in") and not row["stands_in"]):
            out[at] = row
    return list(out.values())


def vis(records, _):
    return [{"code": column(r, "visencodedstring"), "display": column(r, "visdocumenttypedescription"),
             "status": column(r, "status"), "edition": iso(column(r, "editiondate"))} for r in records]


def vg(records, _):
    """A combination vaccine stands in several groups."""
    return [{"code": column(r, "cvxcode"), "display": column(r, "vaccinegroupname"),
             "group": column(r, "cvxforvaccinegroup")} for r in records]


# file of ours, table id, name, coding system, CDC's files with their reader, rows, form of a code
TABLES = [
    ("cvx", "CVX", "Vaccines administered", "CVX",
     {"cvx.xml": read_xml, "cvx.txt": lambda d, n: read_flat(d, n, CVX_FLAT, r"\d{2,3}", {"nonvaccine": "True|False"})},
     cvx, r"\d{2,3}"),
    ("mvx", "MVX", "Manufacturers of vaccines", "MVX",
     {"mvx.xml": read_xml, "mvx.txt": lambda d, n: read_flat(d, n, MVX_FLAT, "[A-Z]{2,3}", {})}, mvx, "[A-Z]{2,3}"),
    ("ndc_use", "NDC_Use", "National Drug Codes, unit of use", "NDC",
     {"NDC_Unit_use.txt": lambda d, n: read_flat(d, n, USE_FLAT, r"\d+", {"ndc11": NDC11, "nousendc": "True|False"})},
     ndc, NDC11),
    ("ndc_sale", "NDC_Sale", "National Drug Codes, unit of sale", "NDC",
     {"NDC_Unit_sale.txt": lambda d, n: read_flat(d, n, SALE_FLAT, r"\d+", {"ndc11": NDC11})}, ndc, NDC11),
    ("vis", "PHVS_VISBarcodes_IIS", "Bar codes of Vaccine Information Statements", "cdcgs1vis", {"vis.xml": read_xml}, vis,
     r"\d{24}"),
    ("vg", "VG", "Vaccine groups of each vaccine", "",
     {"vac2vg.xml": read_xml, "VG.txt": lambda d, n: read_flat(d, n, VG_FLAT, ".+", {"cvxcode": r"\d{2,3}"})}, vg,
     r"\d{2,3}"),
]


def load(file):
    """Rows of a table of ours as dictionaries, and its edition's date."""
    if not file.exists():
        return [], ""
    t = json.loads(file.read_text(encoding="utf-8"))["tables"][0]
    return [dict(zip(t["columns"], r)) for r in t["rows"]], t["edition"]["date"]


def text(table, name, system, edition, rows):
    columns = list(rows[0])
    head = {"id": table, "name": name, "system": system, "edition": edition, "columns": columns}
    dump = lambda v: json.dumps(v, ensure_ascii=False)  # noqa: E731
    lines = ",\n".join("   " + dump([r[c] for c in columns]) for r in rows)
    return f'{{"tables": [\n  {dump(head)[:-1]}, "rows": [\n{lines}]}}]}}\n'


def identity(row):
    return row["code"], row.get("cvx", "") or row.get("group", "")


def compare(old, new):
    """Codes that are new, gone, changed."""
    a, b = {identity(r): r for r in old}, {identity(r): r for r in new}
    return ([k for k in b if k not in a], [k for k in a if k not in b], [k for k in b if k in a and a[k] != b[k]])


def make(folder, date, have):
    """Our files from the files in `folder`: name -> (text, old rows, new rows). Raises Refused."""
    out = {}
    for file, table, name, system, sources, rows_of, code in TABLES:
        source = next((s for s in sources if (folder / s).exists()), None)
        if source is None:
            continue
        old, _ = load(have / f"{file}.json")
        try:
            rows = rows_of(sources[source]((folder / source).read_bytes(), source), old)
        except Refused as e:
            raise Refused(str(e) if source in str(e) else f"{source}: {e}") from None
        if not rows:
            raise Refused(f"{source} has no records")
        for r in rows:
            if not re.fullmatch(code, r["code"]) or not r["display"]:
                raise Refused(f"{source}: {r['code']!r} {r['display']!r} is no code with a name")
        if len(rows) < 0.9 * len(old):
            raise Refused(f"{source} has {len(rows)} codes where we have {len(old)}")
        rows.sort(key=identity)
        edition = {"source": "CDC", "date": date, "document": source}
        out[f"{file}.json"] = (text(table, name, system, edition, rows), old, rows)
    if not out:
        raise Refused(f"{folder} holds none of CDC's files")
    return out


def newest_edition():
    shared = Path(os.environ.get("IZ_SHARED") or HERE.parent.parent / "shared")
    editions = sorted((shared / "data" / "codesets" / "editions").glob("*/cdc-source"))
    if not editions:
        sys.exit("no edition found: give the folder with CDC's files, or set IZ_SHARED")
    return editions[-1]


def main(argv=None):
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("folder", nargs="?", type=Path, help="CDC's files as downloaded")
    ap.add_argument("--date", help="date of the edition")
    ap.add_argument("--out", type=Path, default=HERE, help="folder of our tables")
    ap.add_argument("--check", action="store_true", help="compare with our tables, write nothing")
    a = ap.parse_args(argv)
    folder = a.folder or newest_edition()
    dates = re.findall(r"\d{4}-\d\d-\d\d", str(folder.resolve()))
    date = a.date or (dates[-1] if dates else None)
    if not date or not re.fullmatch(r"\d{4}-\d\d-\d\d", date):
        sys.exit("which edition is this? give --date YYYY-MM-DD")
    try:
        made = make(folder, date, a.out)
    except Refused as e:
        print(f"refused, nothing changed: {e}", file=sys.stderr)
        return 2
    stale = False
    for name, (new, old, rows) in made.items():
        file = a.out / name
        same = file.exists() and file.read_text(encoding="utf-8") == new
        stale |= not same
        added, gone, changed = compare(old, rows)
        print(f"{name}: {len(old)} -> {len(rows)} rows, {len(added)} new, {len(gone)} gone, {len(changed)} changed")
        for sign, keys in (("+", added), ("-", gone), ("~", changed)) if old else ():
            for k in keys:
                row = next(r for r in (old if sign == "-" else rows) if identity(r) == k)
                print(f"  {sign} {row['code']}  {row['display']}")
        if not same and not a.check:
            file.write_text(new, encoding="utf-8")
    return 1 if a.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
