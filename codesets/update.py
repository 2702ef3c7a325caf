#!/usr/bin/env python3
"""Makes CDC's tables of this folder from the files that CDC publishes, and CVX_Dates from AIRA's.

    codesets/update.py [FOLDER] [--date YYYY-MM-DD] [--aira FILE] [--older FOLDER]... [--out FOLDER] [--check]

FOLDER holds the files as downloaded; the table TABLES below names them, XML or flat. Default: the newest edition under
data/codesets/editions in the folder named by IZ_SHARED, with AIRA's newest Compiled.xml there. A table whose file is not
there stays as it is. The files carry no edition; the date is that of a folder in the path, or --date.

--aira names Compiled.xml of AIRA's code base; its edition is the date in its path. --older names folders with other
editions of CVX, whose days of change tell which of AIRA's dates merely repeat them (aira_dates.py).

Says what is new, gone and changed. An empty, cut or unreadable file, or one that lost a tenth of its rows, is refused;
then nothing is written. --check writes nothing and exits 1 if a table differs. cdc_files.py reads CDC's formats.
"""
import argparse
import json
import os
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import aira_dates  # noqa: E402
from cdc_files import Refused, column, iso, read_flat, read_xml  # noqa: E402

# ---- rows of ours, by records of CDC's -------------------------------------------------------------------------------

NDC11 = r"\d{5}-\d{4}-\d{2}"
YES = {"True": "yes", "False": ""}


def cvx(records, old):
    """The XML report has no column for what is no vaccine (immune globulins, skin tests): then the old flag stays."""
    flags = {r["code"]: r["nonvaccine"] for r in old}
    out = []
    for r in records:
        code, full, notes = column(r, "cvxcode"), column(r, "fullvaccinename"), column(r, "notes")
        short = column(r, "shortdescription")
        unspecified = re.search(r"unspecified|unknown", f"{short} {full}", re.I) or "(NOS)" in notes
        out.append({"code": code, "display": short, "status": column(r, "status"), "full": full, "notes": notes,
                    "nonvaccine": YES.get(r.get("nonvaccine"), flags.get(code, "")),
                    "unspecified": "yes" if unspecified else "", "updated": iso(column(r, "lastupdated"))})
    return out


def mvx(records, _):
    return [{"code": column(r, "mvxcode"), "display": column(r, "manufacturername"), "status": column(r, "status"),
             "notes": column(r, "notes"), "updated": iso(column(r, "lastupdated"))} for r in records]


def vg(records, _):
    """A combination vaccine stands in several groups."""
    return [{"code": column(r, "cvxcode"), "display": column(r, "vaccinegroupname"),
             "group": column(r, "cvxforvaccinegroup"), "short": column(r, "shortdescription"),
             "status": column(r, "status")} for r in records]


def tradename(records, _):
    return [{"code": column(r, "cdcproductname"), "display": column(r, "shortdescription"),
             "status": column(r, "productnamestatus"), "cvx": column(r, "cvxcode"), "mvx": column(r, "mvxcode"),
             "manufacturer": column(r, "manufacturer"), "mvx_status": column(r, "mvxstatus"),
             "updated": iso(column(r, "lastupdated"))} for r in records]


def ndc(records, _):
    """A code can stand for two vaccines. `stands_in` is CDC's NoUseNDC: this is the code of the unit of sale."""
    out = []
    for r in records:
        row = {"code": r["ndc11"], "display": r["proprietary"], "cvx": r["cvx"], "short": r["cvxshort"],
               "generic": r["nonproprietary"], "labeler": r["labelername"], "start": iso(r["start"]), "end": iso(r["end"]),
               "form": r["form"], "gtin": r["gtin"], "ndc10": f"{r['labeler']}-{r['product']}-{r['package']}", "id": r["id"]}
        if "nousendc" in r:
            row["stands_in"] = YES[r["nousendc"]]
        else:
            row["route"] = r["route"]
        row["updated"] = iso(r["lastupdated"])
        out.append(row)
    return out


def linker(records, _):
    return [{"code": r["id"], "sale": r["sale"], "use": r["use"], "mvx": r["mvx"]} for r in records]


def vis(records, _):
    return [{"code": column(r, "visencodedstring"), "display": column(r, "visdocumenttypedescription"),
             "status": column(r, "status"), "edition": iso(column(r, "editiondate")),
             "gdti": column(r, "visgdtidocumentcode"), "updated": iso(column(r, "lastupdated"))} for r in records]


def visurl(records, _):
    return [{"code": column(r, "visgdtidocumentconceptcode"),
             "display": column(r, "visdocumenttypedescriptionconceptname"), "pdf": column(r, "vispdfurl"),
             "html": column(r, "vishtmlurl")} for r in records]


def cvxvis(records, _):
    return [{"code": column(r, "cvxcode"), "display": column(r, "visdocumentname"), "status": column(r, "status"),
             "short": column(r, "cvxvaccinedescription"), "vis": column(r, "fullyencodedstring"),
             "edition": iso(column(r, "viseditiondate"))} for r in records]


# ---- the tables -------------------------------------------------------------------------------------------------------

def flat(columns, first, **tests):
    """A reader of a flat file with these columns, in order; see read_flat."""
    return lambda data, name: read_flat(data, name, columns.split(), first, tests)


NDC_FRONT = "id labeler product package proprietary nonproprietary labelername start end form "
CVX_SHORT = ["cvx", "CVX", "display"]  # cell of ours, the table that has it as code, the cell there
NDC_DERIVED = {"code": ["ndc11", "ndc10"], "gtin": ["gtin", "ndc10"], "short": CVX_SHORT}

# file of ours -> table id, name, coding system, key, what follows from other cells, CDC's files with their reader, rows,
# form of a code. What follows from others is left out of the program (compile_tables.py).
TABLES = {
    "cvx": ("CVX", "Vaccines administered", "CVX", ["code"], {},
            {"cvx.xml": read_xml, "cvx.txt": flat("cvxcode shortdescription fullvaccinename notes status nonvaccine lastupdated",
                                                  r"\d{2,3}", nonvaccine="True|False")}, cvx, r"\d{2,3}"),
    "mvx": ("MVX", "Manufacturers of vaccines", "MVX", ["code"], {},
            {"mvx.xml": read_xml, "mvx.txt": flat("mvxcode manufacturername notes status lastupdated", "[A-Z]{2,3}")},
            mvx, "[A-Z]{2,3}"),
    "vg": ("VG", "Vaccine groups of each vaccine", "", ["code", "display"],
           {"short": ["code", "CVX", "display"], "status": ["code", "CVX", "status"]},
           {"vac2vg.xml": read_xml, "VG.txt": flat("shortdescription cvxcode status vaccinegroupname cvxforvaccinegroup",
                                                   ".+", cvxcode=r"\d{2,3}")}, vg, r"\d{2,3}"),
    "tradename": ("TradeName", "Trade names of vaccines", "", ["code", "cvx", "mvx"],
                  {"display": CVX_SHORT, "manufacturer": ["mvx", "MVX", "display"], "mvx_status": ["mvx", "MVX", "status"]},
                  {"tradename.xml": read_xml,
                   "TRADENAME.txt": flat("cdcproductname shortdescription cvxcode manufacturer mvxcode mvxstatus "
                                         "productnamestatus lastupdated", ".+", cvxcode=r"\d{2,3}")}, tradename, ".+"),
    "ndc_use": ("NDC_Use", "National Drug Codes, unit of use", "NDC", ["code", "cvx"], NDC_DERIVED,
                {"NDC_Unit_use.txt": flat(NDC_FRONT + "gtin cvx cvxshort nousendc ndc11 lastupdated gtinagain", r"\d+",
                                          ndc11=NDC11, nousendc="True|False")}, ndc, NDC11),
    "ndc_sale": ("NDC_Sale", "National Drug Codes, unit of sale", "NDC", ["code", "cvx"], NDC_DERIVED,
                 {"NDC_Unit_sale.txt": flat(NDC_FRONT + "route lastupdated cvx cvxshort ndc11 gtin", r"\d+", ndc11=NDC11)},
                 ndc, NDC11),
    "ndc_linker": ("NDC_Linker", "Units of sale and the units of use in them", "", ["code", "mvx"], {},
                   {"NDC_Linker.txt": flat("id sale use mvx", r"\d+", sale=r"\d+", use=r"\d+")}, linker, r"\d+"),
    "vis": ("PHVS_VISBarcodes_IIS", "Bar codes of Vaccine Information Statements", "cdcgs1vis", ["code"],
            {"code": ["vis_code", "gdti", "edition"]},
            {"vis.xml": read_xml,
             "vis-barcode-lookup-table.txt": flat("visdocumenttypedescription editiondate visencodedstring "
                                                  "visgdtidocumentcode status lastupdated", ".+", visencodedstring=r"\d{24}")},
            vis, r"\d{24}"),
    "visurl": ("VIS_URL", "Web addresses of Vaccine Information Statements", "", ["code"], {}, {"visurl.xml": read_xml},
               visurl, r"\d{13}"),
    "cvxvis": ("CVX_VIS", "Vaccine Information Statements of each vaccine", "", ["code", "vis"],
               {"display": ["vis", "PHVS_VISBarcodes_IIS", "display"], "status": ["vis", "PHVS_VISBarcodes_IIS", "status"],
                "edition": ["vis", "PHVS_VISBarcodes_IIS", "edition"], "short": ["code", "CVX", "display"]},
               {"cvxvis.xml": read_xml, "cvx_vis.txt": flat("cvxcode cvxvaccinedescription fullyencodedstring "
                                                            "visdocumentname viseditiondate status", r"\d{2,3}",
                                                            fullyencodedstring=r"\d{24}")}, cvxvis, r"\d{2,3}"),
}


def load(file):
    """Rows of a table of ours as dictionaries."""
    if not file.exists():
        return []
    t = json.loads(file.read_text(encoding="utf-8"))["tables"][0]
    return [dict(zip(t["columns"], r)) for r in t["rows"]]


def text(table, name, system, key, derived, edition, rows):
    columns = list(rows[0])
    head = {"id": table, "name": name, "system": system, "edition": edition, "columns": columns, "key": key}
    if derived:
        head["derived"] = derived
    dump = lambda v: json.dumps(v, ensure_ascii=False)  # noqa: E731
    # Of two rows with one key the unit of use in its own right comes first.
    ordered = sorted(rows, key=lambda r: ([r[k] for k in key], r.get("stands_in", ""), list(r.values())))
    lines = ",\n".join("   " + dump(list(r.values())) for r in ordered)
    return f'{{"tables": [\n  {dump(head)[:-1]}, "rows": [\n{lines}]}}]}}\n'


def compare(key, old, new):
    """Keys that are new, gone, changed. A key that stands twice is one."""
    def by_key(rows):
        out = {}
        for r in rows:
            out.setdefault(tuple(r[k] for k in key), []).append(r)
        return {k: sorted(map(repr, v)) for k, v in out.items()}
    a, b = by_key(old), by_key(new)
    return [k for k in b if k not in a], [k for k in a if k not in b], [k for k in b if k in a and a[k] != b[k]]


def make_table(file, folder, date, have):
    """(text, key, old rows, new rows) from CDC's file in `folder`; None if it is not there. Raises Refused."""
    table, name, system, key, derived, sources, rows_of, code = TABLES[file]
    source = next((s for s in sources if (folder / s).exists()), None)
    if source is None:
        return None
    old = load(have / f"{file}.json")
    try:
        rows = rows_of(sources[source]((folder / source).read_bytes(), source), old)
    except Refused as e:
        raise Refused(str(e) if source in str(e) else f"{source}: {e}") from None
    if not rows:
        raise Refused(f"{source} has no records")
    for r in rows:
        if not re.fullmatch(code, r["code"]) or r.get("display") == "":
            raise Refused(f"{source}: {r['code']!r} {r.get('display')!r} is no code with a name")
    if len(rows) < 0.9 * len(old):
        raise Refused(f"{source} has {len(rows)} rows where we have {len(old)}")
    edition = {"source": "CDC", "date": date, "document": source}
    return text(table, name, system, key, derived, edition, rows), key, old, rows


def days_of_change(folders, rows):
    """Code of CVX -> the days on which CDC changed it, by the editions in `folders` and by `rows`."""
    out = {r["code"]: {r["updated"]} for r in rows}
    for folder in folders:
        for source, read in TABLES["cvx"][5].items():
            if (folder / source).exists():
                for r in cvx(read((folder / source).read_bytes(), source), []):
                    out.setdefault(r["code"], set()).add(r["updated"])
    return out


def make(folder, date, have, aira=None, older=()):
    """Our files from the files in `folder`: name -> (text, key, old rows, new rows). Raises Refused."""
    made = {f"{file}.json": make_table(file, folder, date, have) for file in TABLES}
    out = {name: m for name, m in made.items() if m}
    if not out:
        raise Refused(f"{folder} holds none of CDC's files")
    if aira:
        vaccines = out["cvx.json"][3] if "cvx.json" in out else load(have / "cvx.json")
        unspecified = {r["code"] for r in vaccines if r["unspecified"]}
        rows = aira_dates.use_dates(aira.read_bytes(), days_of_change(older, vaccines), unspecified)
        if not rows:
            raise Refused(f"{aira.name} has no date that can be trusted")
        edition = {"source": "AIRA", "date": date_in(aira) or date, "document": f"{aira.name} of the code base"}
        out["cvx_dates.json"] = (text("CVX_Dates", "Dates of use of vaccines", "", ["code"], {}, edition, rows), ["code"],
                                 load(have / "cvx_dates.json"), rows)
    return out


def date_in(path):
    dates = re.findall(r"\d{4}-\d\d-\d\d", str(path.resolve()))
    return dates[-1] if dates else None


def shared_files():
    """The newest edition, AIRA's newest file, all folders with an edition of CVX, in the folder named by IZ_SHARED."""
    data = Path(os.environ.get("IZ_SHARED") or HERE.parent.parent / "shared") / "data" / "codesets"
    editions = sorted(data.glob("editions/*/cdc-source"))
    if not editions:
        sys.exit("no edition found: give the folder with CDC's files, or set IZ_SHARED")
    return editions[-1], max(data.glob("aira-*/Compiled.xml"), default=None), [*editions, *sorted(data.glob("cvx/*"))]


def main(argv=None):
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("folder", nargs="?", type=Path, help="CDC's files as downloaded")
    ap.add_argument("--date", help="date of the edition")
    ap.add_argument("--aira", type=Path, help="Compiled.xml of AIRA's code base")
    ap.add_argument("--older", type=Path, action="append", default=[], help="a folder with another edition of CVX")
    ap.add_argument("--out", type=Path, default=HERE, help="folder of our tables")
    ap.add_argument("--check", action="store_true", help="compare with our tables, write nothing")
    a = ap.parse_args(argv)
    folder, aira, older = (a.folder, a.aira, a.older) if a.folder else shared_files()
    date = a.date or date_in(folder)
    if not date or not re.fullmatch(r"\d{4}-\d\d-\d\d", date):
        sys.exit("which edition is this? give --date YYYY-MM-DD")
    try:
        made = make(folder, date, a.out, aira, older)
    except Refused as e:
        print(f"refused, nothing changed: {e}", file=sys.stderr)
        return 2
    stale = False
    for name, (new, key, old, rows) in made.items():
        file = a.out / name
        same = file.exists() and file.read_text(encoding="utf-8") == new
        stale |= not same
        changes = compare(key, old, rows)
        print(f"{name}: {len(old)} -> {len(rows)} rows, {len(changes[0])} new, {len(changes[1])} gone, "
              f"{len(changes[2])} changed")
        for sign, keys in zip("+-~", changes) if old else ():
            for k in keys:
                row = next(r for r in (old if sign == "-" else rows) if tuple(r[c] for c in key) == k)
                print(f"  {sign} {'|'.join(k)}  {row.get('display', '')}".rstrip())
        if not same and not a.check:
            file.write_text(new, encoding="utf-8")
    return 1 if a.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
