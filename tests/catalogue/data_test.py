"""The profile and code set files: derived as said, complete, and safe to update."""
import collections
import contextlib
import csv
import importlib.util
import io
import json
import os
import re
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("IZ_SHARED") or ROOT.parent / "shared")
CODESETS = SHARED / "data" / "codesets"
needs_shared = unittest.skipUnless((SHARED / "data").is_dir(), "SKIPPED: no shared data (IZ_SHARED)")


def script(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


update = script(ROOT / "codesets" / "update.py")
compiled = script(ROOT / "codesets" / "compile_tables.py")
derive = script(ROOT / "core" / "profiles" / "derive.py")
detections = script(ROOT / "core" / "answers" / "derive.py")
bound_sets = derive.bound_sets


def profiles():
    """Each profile in full: laid on the one below it."""
    files = {f.stem: json.loads(f.read_text(encoding="utf-8")) for f in (ROOT / "core" / "profiles").glob("*.json")}

    def whole(name):
        p = files[name]
        return derive.apply(whole(p["on"]), p) if "on" in p else p
    return {name: whole(name) for name in files}


def tables():
    out = {}
    for file in sorted((ROOT / "codesets").glob("*.json")):
        for t in json.loads(file.read_text(encoding="utf-8"))["tables"]:
            if t["id"] in out:
                raise AssertionError(f"{t['id']} stands in two files")
            out[t["id"]] = t
    return out


def elements(profile):
    for owner in profile["segments"].items():
        for number, e in owner[1]["fields"].items():
            yield f"{owner[0]}-{number}", e
    for name, t in profile["types"].items():
        for number, e in t.get("components", {}).items():
            yield f"{name}.{number}", e


class Folder:
    """A folder with files of CDC's, and an empty one for our tables."""
    def __init__(self, test):
        self.base = Path(tempfile.mkdtemp())
        test.addCleanup(shutil.rmtree, self.base)
        self.source, self.out = self.base / "source", self.base / "out"
        self.source.mkdir()
        self.out.mkdir()

    def write(self, name, content):
        (self.source / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    def update(self, source=None, date="2030-01-02"):
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = update.main([str(source or self.source), "--out", str(self.out), "--date", date])
        return code, said.getvalue()

    def rows(self, name):
        t = json.loads((self.out / name).read_text(encoding="utf-8"))["tables"][0]
        return [dict(zip(t["columns"], r)) for r in t["rows"]]

    def state(self):
        return {f.name: f.read_bytes() for f in self.out.iterdir()}


PLAIN = """<?xml version="1.0"?><MVXCodes>
<MVXInfo><MVX_CODE>ZA </MVX_CODE><Manufacturer_Name>Alpha</Manufacturer_Name><Notes/><Status>Active</Status>
<Last_Updated>1/2/2020</Last_Updated></MVXInfo>
<MVXInfo><MVX_CODE>ZB </MVX_CODE><Manufacturer_Name>Beta</Manufacturer_Name><Notes>old</Notes><Status>Inactive</Status>
<Last_Updated>11/12/2021</Last_Updated></MVXInfo></MVXCodes>"""


def named(plain):
    """The same report in CDC's other style: Name and Value in turn."""
    def both(m):
        return f"<Name>{m[1].replace('_', ' ')}</Name>" + (f"<Value>{m[2]}</Value>" if m[2] is not None else "<Value/>")
    return re.sub(r"<((?!MVX(?:Codes|Info))\w+)(?:/>|>([^<]*)</\1>)", both, plain)


USE = "{id}|12345|678|{ndc[11]}{ndc[12]}|{name}|generic|Maker Inc.|20200101|{end}|VIAL||{cvx}      |short|{none}     |{ndc}|2021-01-01 00:00:00|"


class Importer(unittest.TestCase):
    def test_both_xml_styles_and_the_flat_file_give_the_same_table(self):
        flat = "ZA        |Alpha||Active|2020/01/02\r\nZB        |Beta|old|Inactive|2021/11/12"
        got = {}
        for style, name, content in (("plain", "mvx.xml", PLAIN), ("named", "mvx.xml", named(PLAIN)),
                                     ("flat", "mvx.txt", flat), ("utf16", "mvx.txt", b"\xff\xfe" + flat.encode("utf-16-le"))):
            f = Folder(self)
            f.write(name, content)
            self.assertEqual(f.update()[0], 0, style)
            got[style] = f.rows("mvx.json")
        self.assertEqual(got["plain"], [
            {"code": "ZA", "display": "Alpha", "status": "Active", "notes": "", "updated": "2020-01-02"},
            {"code": "ZB", "display": "Beta", "status": "Inactive", "notes": "old", "updated": "2021-11-12"}])
        for style in ("named", "flat", "utf16"):
            self.assertEqual(got[style], got["plain"], style)

    def test_ndc_rows(self):
        """A broken record is joined; a code that stands twice keeps both rows, the unit of use in its own right first."""
        f = Folder(self)
        lines = [USE.format(id=1, name="TWO VACCINES", end="", cvx=43, none="False", ndc="12345-0678-90"),
                 USE.format(id=2, name="TWO VACCINES", end="20211231", cvx=44, none="False", ndc="12345-0678-90"),
                 USE.format(id=3, name="DOUBLED", end="", cvx="03", none="True", ndc="12345-0678-01"),
                 USE.format(id=4, name="DOUBLED", end="", cvx="03", none="False", ndc="12345-0678-01"),
                 USE.format(id=5, name="STANDS IN", end="", cvx="03", none="True", ndc="12345-0678-02")]
        lines[1] = lines[1].replace("|generic|", "|gen\neric|")
        f.write("NDC_Unit_use.txt", "\r\n".join(lines))
        self.assertEqual(f.update()[0], 0)
        rows = f.rows("ndc_use.json")
        self.assertEqual([(r["code"], r["display"], r["cvx"], r["end"], r["stands_in"]) for r in rows], [
            ("12345-0678-01", "DOUBLED", "03", "", ""), ("12345-0678-01", "DOUBLED", "03", "", "yes"),
            ("12345-0678-02", "STANDS IN", "03", "", "yes"),
            ("12345-0678-90", "TWO VACCINES", "43", "", ""), ("12345-0678-90", "TWO VACCINES", "44", "2021-12-31", "")])

    def test_a_broken_file_is_refused_and_the_old_table_stays(self):
        f = Folder(self)
        many = "\n".join(f"Z{chr(65 + i // 26)}{chr(65 + i % 26)}|Maker {i}||Active|2020/01/02" for i in range(60))
        f.write("mvx.txt", many)
        f.write("NDC_Unit_use.txt", USE.format(id=1, name="A", end="", cvx="03", none="False", ndc="12345-0678-90"))
        self.assertEqual(f.update()[0], 0)
        before = f.state()
        good_ndc = USE.format(id=1, name="RENAMED", end="", cvx="03", none="False", ndc="12345-0678-90")
        f.write("NDC_Unit_use.txt", good_ndc)
        for reason, content in (("empty", ""), ("blank", "\r\n\r\n"), ("short", many[:len(many) // 2]), ("cut", many[:-20]),
                                ("web page", "<html><body>Not found</body></html>"), ("binary", bytes(range(256)) * 9)):
            f.write("mvx.txt", content)
            code, said = f.update()
            self.assertEqual(code, 2, reason)
            self.assertIn("mvx.txt", said, reason)
            self.assertEqual(f.state(), before, reason)
        (f.source / "mvx.txt").unlink()
        for reason, content in (("cut", PLAIN[:-30]), ("empty", ""), ("other", "<a/>"), ("few", PLAIN)):
            f.write("mvx.xml", content)
            self.assertEqual(f.update()[0], 2, reason)
            self.assertEqual(f.state(), before, reason)
        (f.source / "mvx.xml").unlink()
        self.assertEqual(f.update()[0], 0, "a file that is not there leaves its table as it is")
        self.assertEqual(f.state()["mvx.json"], before["mvx.json"])
        self.assertEqual(f.rows("ndc_use.json")[0]["display"], "RENAMED")

    @needs_shared
    def test_the_download_that_broke_is_refused(self):
        f = Folder(self)
        self.assertEqual(f.update(CODESETS / "editions" / "2024-10-01" / "cdc-source", "2024-10-01")[0], 0)
        before = f.state()
        code, said = f.update(CODESETS / "broken-download-2022-10-21", "2022-10-21")
        self.assertEqual((code, f.state()), (2, before))
        self.assertIn("empty", said)

    @needs_shared
    def test_two_editions_compared(self):
        """Counts as measured independently: new, gone, changed."""
        f = Folder(self)
        f.update(CODESETS / "editions" / "2024-10-01" / "cdc-source", "2024-10-01")
        old = {n: f.rows(n) for n in f.state()}
        self.assertEqual(f.update(CODESETS / "editions" / "2025-12-09" / "cdc-source", "2025-12-09")[0], 0)
        new = {n: f.rows(n) for n in f.state()}
        key = {f"{file}.json": table[3] for file, table in update.TABLES.items()}
        counts = {n: tuple(len(x) for x in update.compare(key[n], old[n], new[n])) for n in new}
        self.assertEqual({n.removesuffix(".json"): len(rows) for n, rows in new.items()}, {
            "cvx": 288, "mvx": 89, "vg": 256, "tradename": 223, "ndc_use": 510, "ndc_sale": 560, "ndc_linker": 580,
            "vis": 174, "visurl": 34, "cvxvis": 548})
        self.assertEqual(len(old["cvx.json"]), 280)
        self.assertEqual(counts["cvx.json"], (8, 0, 17))
        status = {r["code"]: r["status"] for r in old["cvx.json"]}
        retired = [r["code"] for r in new["cvx.json"] if r["status"] == "Inactive" and status.get(r["code"], "Inactive") != "Inactive"]
        self.assertEqual(retired, ["121", "220", "28", "308"])
        self.assertEqual(counts["mvx.json"], (0, 0, 1))
        self.assertEqual(counts["vg.json"], (9, 0, 13))
        self.assertEqual(counts["tradename.json"], (10, 0, 36))
        # Others counted 81: 62195-0051-01 stands twice, and its rows have changed places.
        self.assertEqual(counts["ndc_use.json"], (35, 0, 80))
        self.assertEqual(counts["ndc_sale.json"], (46, 0, 87))
        self.assertEqual(counts["vis.json"], (22, 0, 22))
        self.assertEqual(counts["cvxvis.json"], (59, 1, 74))

    @needs_shared
    def test_unspecified_codes(self):
        want = {x["cvx"] for x in json.loads((CODESETS / "unspecified-codes.json").read_text(encoding="utf-8"))}
        t = tables()["CVX"]
        at = t["columns"].index("unspecified")
        self.assertEqual({r[0] for r in t["rows"] if r[at]}, want)


class Dates(unittest.TestCase):
    """Of AIRA's dates of use those count that do not repeat CDC's last change."""
    def test_guard(self):
        def code(value, concept, **dates):
            inner = "".join(f"<{k.replace('_', '-')}>{v}</{k.replace('_', '-')}>" for k, v in dates.items())
            return f"<code><value>{value}</value><use-date>{inner}</use-date><concept-type>{concept}</concept-type></code>"
        bulk = [code(f"8{i}", "vaccine", not_before="20100528") for i in range(5)]
        data = ("<codebase><codeset><type>VACCINATION_CVX_CODE</type>" + "".join([
            code("01", "vaccine", not_before="19500102", not_after="19970304"),
            code("02", "vaccine", not_before="19630101", not_after="20170210"),  # CDC changed it that day
            code("03", "vaccine", not_before="20050607", not_after="20010203"),  # ends before it begins
            code("04", "unspecified", not_before="19700809"),
            code("05", "vaccine", not_before="19700810"),  # of unspecified formulation by CDC
            code("06", "vaccine", not_expected_before="19700811"), *bulk]) + "</codeset></codebase>").encode()
        rows = update.aira_dates.use_dates(data, {"02": {"2017-02-10", "2025-06-26"}}, {"05"})
        self.assertEqual(rows, [{"code": "01", "start": "1950-01-02", "end": "1997-03-04"},
                                {"code": "02", "start": "1963-01-01", "end": ""}])

    def test_day_of_many_changes_of_cdc_is_no_date(self):
        data = (b"<codebase><codeset><type>VACCINATION_CVX_CODE</type><code><value>01</value><use-date><not-after>20111213"
                b"</not-after></use-date><concept-type>vaccine</concept-type></code></codeset></codebase>")
        changed = {f"7{i}": {"2011-12-13"} for i in range(update.aira_dates.BULK)}
        self.assertEqual(len(update.aira_dates.use_dates(data, {}, set())), 1)
        self.assertEqual(update.aira_dates.use_dates(data, changed, set()), [])

    def test_a_broken_file_is_refused(self):
        for data in (b"", b"<codebase><codeset>", b"<other/>"):
            with self.assertRaises(update.Refused):
                update.aira_dates.use_dates(data, {}, set())


class Compiled(unittest.TestCase):
    """What follows from other cells is left out, and only that."""
    def compiled(self, rows, derived):
        tables = {"a": {"tables": [{"id": "A", "columns": ["code", "display"], "rows": [["1", "one"], ["2", ""]]}]},
                  "b": {"tables": [{"id": "B", "columns": ["code", "a", "text"], "derived": derived, "rows": rows}]}}
        return compiled.compile_tables(tables)["b"].split("\n")[1:-1]

    def test_left_out(self):
        look_up = {"text": ["a", "A", "display"]}
        self.assertEqual(self.compiled([["x", "1", "one"], ["y", "1", "uno"], ["z", "2", ""], ["w", "3", ""], ["v", "1", ""]], look_up),
                         ["x", "y", "z", "w", "v", "1", "1", "2", "3", "1", "", "=uno", "", "", "="])
        gtin = {"text": ["gtin", "a"]}
        self.assertEqual(self.compiled([["x", "0006-4109-01", "00300064109016"], ["y", "0006-4109-01", "0300064109016"]], gtin)[4:],
                         ["", "=0300064109016"])
        self.assertEqual(compiled.ndc11("58160-821-5"), "58160-0821-05")
        self.assertEqual(compiled.vis_code("0886983000011", "2014-06-11"), "253088698300001111140611")

    def test_a_line_break_in_a_cell_is_refused(self):
        with self.assertRaises(ValueError):
            self.compiled([["x", "1", "o\nne"]], {})


class Committed(unittest.TestCase):
    @needs_shared
    def test_files_are_what_the_scripts_write(self):
        facts = bound_sets.read_facts()
        for folder, made in ((ROOT / "core" / "profiles", derive.derive(facts)), (ROOT / "codesets", bound_sets.derive(facts))):
            for name, text in made.items():
                self.assertTrue((folder / name).read_text(encoding="utf-8") == text, f"{name} is not up to date")
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            self.assertEqual(update.main(["--check"]), 0, said.getvalue())

    @needs_shared
    def test_detections_are_what_the_script_writes(self):
        file = ROOT / "core" / "answers" / "MQE.json"
        with (SHARED / "data" / "mqe-detections.csv").open(encoding="utf-8", newline="") as f:
            facts = list(csv.DictReader(f))
        text = file.read_text(encoding="utf-8")
        self.assertTrue(detections.derive(facts, json.loads(text)) == text, f"{file.name} is not up to date")

    def test_every_type_binding_and_predicate_resolves(self):
        known = tables()
        for name, p in profiles().items():
            for where, e in elements(p):
                self.assertIn(e["type"], p["types"], f"{name} {where}")
                for b in e.get("binding", "").split(":"):
                    if b:
                        self.assertIn(b, known, f"{name} {where}")
                self.assertEqual(e["usage"].startswith("C("), "when" in e, f"{name} {where}")
                self.assertRegex(e["usage"], r"^(R|RE|O|X|B|C|C\((R|RE|O|X)/(R|RE|O|X)\))$", f"{name} {where}")
            for g in p.get("group_predicates", []):
                self.assertIn(str(g["field"]), p["segments"][g["segment"]]["fields"], name)
            for obx in p["segments"].get("OBX", {}).get("value_types", {}).values():
                self.assertIn(obx, p["types"])
            for t in p["types"].values():
                self.assertNotEqual("components" in t, "format" in t)

            def walk(nodes):
                for n in nodes:
                    if "group" in n:
                        yield from walk(n["children"])
                    else:
                        yield n["segment"]
            self.assertEqual(set(walk(p["structure"])), set(p["segments"]), name)

    def test_tables(self):
        for tid, t in tables().items():
            self.assertTrue(all(t["edition"].get(k) for k in ("source", "date", "document")), tid)
            self.assertRegex(t["edition"]["date"], r"^\d{4}(-\d\d){0,2}$", tid)
            self.assertEqual(t["columns"][0], "code", tid)
            self.assertEqual(t["columns"][1] == "display", tid not in ("NDC_Linker", "CVX_Dates"), tid)
            self.assertEqual(bool(t["rows"]), not t.get("local"), tid)
            key = t.get("key", ["code"])
            seen = collections.Counter(tuple(r[t["columns"].index(k)] for k in key) for r in t["rows"])
            twice = [k for k, n in seen.items() if n > 1]
            # As CDC lists them: a unit of use with and without NoUseNDC, a trade name in two rows alike.
            known = {"NDC_Use": [("62195-0051-01", "134")], "TradeName": twice if len(twice) == 1 else []}
            self.assertEqual(twice, known.get(tid, []), f"{tid}: a code stands twice")
            for r in t["rows"]:
                self.assertEqual(len(r), len(t["columns"]), tid)
                self.assertTrue(r[0] and r[0] == r[0].strip() and "..." not in r[0], (tid, r))
                self.assertTrue(r[1] or t["columns"][1] != "display", (tid, r))
            if "key" in t:
                order = [[r[t["columns"].index(k)] for k in key] for r in t["rows"]]
                self.assertEqual(order, sorted(order), f"{tid} is not sorted by its key")
        self.assertFalse([t for t in tables() if "CPT" in t])

    def test_texts_belong_to_their_codes(self):
        systems = {r[0]: r[1] for r in tables()["HL70396_IZ"]["rows"]}
        for code, word in (("CVX", "Vaccine Codes"), ("MVX", "Manufacturer"), ("LN", "LOINC"), ("NDC", "National drug"),
                           ("UCUM", "units of measure"), ("SCT", "SNOMED"), ("CDCREC", "Race"), ("NIP001", "Source of Information")):
            self.assertIn(word, systems[code], code)


if __name__ == "__main__":
    sys.exit(unittest.main())
