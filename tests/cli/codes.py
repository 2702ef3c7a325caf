"""Tests of `iz codes import`, `diff`, `affected`, `partner` and `iz check --codes`; tests/cli/run.py runs them.

Each gets the functions of run.py and a folder of its own. All tables but those of IZ_SHARED are invented.
"""
import csv
import io
import json
import os
import zipfile

SHARED = os.path.join(os.environ.get("IZ_SHARED") or os.path.join(os.path.dirname(__file__), "../../../shared"), "data/codesets")
CVX = "{}|{}|{}||{}|False|2026/01/05\n"


def cvx(*rows):
    return "".join(CVX.format(*row) for row in rows).encode()


def two_editions(t, folder):
    old, new = os.path.join(folder, "2026-01-05"), os.path.join(folder, "2026-02-01")
    for place in (old, new):
        os.makedirs(place)
    t.write(old, "cvx.txt", cvx(("901", "Pox", "pox", "Active"), ("902", "Ague", "ague", "Active"), ("903", "Old", "old", "Active")))
    t.write(new, "cvx.txt", cvx(("904", "New", "new", "Active"), ("902", "Ague", "the ague", "Active"), ("901", "Pox", "pox", "Inactive")))
    t.write(old, "README.md", b"not a table")
    t.write(new, "mvx.txt", b"QAB|Works||Active|2026/01/05\n")
    return old, new


def import_tells_what_a_file_holds(t, folder):
    old, _ = two_editions(t, folder)
    result = t.iz("codes", "import", "--format", "json", os.path.join(old, "cvx.txt"))
    # Three invented codes in place of CDC's: shrunken.
    t.expect(result.returncode == 1, f"exit status {result.returncode}")
    refused = json.loads(result.stdout)["refused"]
    t.expect(len(refused) == 1 and refused[0]["reason"].startswith("the table cvx has shrunk"), f"{refused}")

    cpt = t.write(folder, "cpt-20260105.txt", b"9990A|owner's text||Pox|901|note|2026/01/05|7\n")
    result = t.iz("codes", "import", cpt)
    t.expect(result.returncode == 0 and b"cpt (CPT codes of vaccines, as imported by you), edition 2026-01-05, 1 rows" in result.stdout,
             f"{result.stdout} {result.stderr}")
    tables = json.loads(t.iz("codes", "import", "--format=json", cpt).stdout)["tables"]
    t.expect([(x["table"], x["edition"], x["rows"], x["changes"]) for x in tables] == [("cpt", "2026-01-05", 1, None)], f"{tables}")


def import_refuses_in_one_line_each(t, folder):
    page = t.write(folder, "cvx.xml", b"<html><head><title>Not here</title></head></html>")
    empty = t.write(folder, "mvx.txt", b"")
    cut = t.write(folder, "VG.txt", b"Pox|901|Active|POX|902\nPox|90")
    result = t.iz("codes", "import", page, empty, cut)
    t.expect(result.returncode == 1 and result.stdout == b"", f"{result.returncode} {result.stdout}")
    lines = result.stderr.decode().splitlines()
    t.expect(lines == [f'iz: refused: {page}: it is a web page ("Not here"), not a table', f"iz: refused: {empty}: the file is empty",
                       f"iz: refused: {cut}, line 2: the file is cut: its last line has 2 of 5 columns"], f"{lines}")
    t.expect_refused(t.iz("codes", "import"), "needs a file")
    t.expect_refused(t.iz("codes", "import", os.path.join(folder, "none.txt")), "cannot read")


def diff_of_folders(t, folder):
    old, new = two_editions(t, folder)
    result = t.iz("codes", "diff", "--old", old, "--new", new, "--format", "json")
    t.expect(result.returncode == 0, f"{result.stderr}")
    t.expect(json.loads(result.stdout) == {"tables": {"cvx": {
        "added": ["904"], "removed": ["903"], "changed": [
            {"key": "901", "column": "status", "old": "Active", "new": "Inactive"},
            {"key": "902", "column": "full", "old": "ague", "new": "the ague"}]}}}, f"{result.stdout}")
    t.expect(b"passed over: " in result.stderr and b"README.md" in result.stderr, f"{result.stderr}")
    rows = list(csv.DictReader(io.StringIO(t.iz("codes", "diff", "--old", old, "--new", new, "--format", "csv").stdout.decode())))
    t.expect([(r["change"], r["kind"], r["key"]) for r in rows] ==
             [("added", "", "904"), ("removed", "", "903"), ("changed", "meaning", "901"), ("changed", "text", "902")], f"{rows}")
    text = t.iz("codes", "diff", "--old", old, "--new", new).stdout.decode()
    t.expect("cvx (Vaccines administered): +1 -1 ~2 (1 in texts only)" in text, text)


def diff_refuses(t, folder):
    old, new = two_editions(t, folder)
    t.write(new, "cvx.txt", b"")
    result = t.iz("codes", "diff", "--old", old, "--new", new)
    t.expect(result.returncode == 2 and result.stdout == b"" and b"the file is empty" in result.stderr, f"{result}")
    t.expect_refused(t.iz("codes", "diff"), "--old and --new")
    t.expect_refused(t.iz("codes", "diff", "--old", folder, "--format", "xml"), "unknown format")


def zip_is_taken_apart(t, folder):
    place = os.path.join(folder, "edition-20260105.zip")
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/cpt.txt", "9990A|owner's text||Pox|901|note|2026/01/05|7\n" * 1)
        archive.writestr("a/get_all_ndc_display.txt",
                         "1|99991-4001-10|POXAL|Works|2026/01/01||00399991400108|2026/01/05|99991-4001-01|False||2026/01/05|901|Pox|QAB\n")
    result = t.iz("codes", "import", "--format", "json", place)
    tables = json.loads(result.stdout)["tables"]
    t.expect([(x["table"], x["rows"], x["edition"]) for x in tables] ==
             [("cpt", 1, "2026-01-05"), ("ndc_crosswalk", 1, "2026-01-05")], f"{result}")


def check_takes_another_edition(t, folder):
    """An MVX table without Merck, but otherwise whole: the manufacturer of the sample is unknown then."""
    version = t.iz("codes", "diff", "--new", os.path.join(SHARED, "mvx/flat-2024-06-12/mvx.txt"), "--format", "json")
    if version.returncode != 0:
        return  # without IZ_SHARED there is no whole table to change
    rows = t.read(os.path.join(SHARED, "mvx/flat-2024-06-12/mvx.txt")).replace(b"MSD|Merck and Co., Inc.", b"MSE|Merck and Co., Inc.")
    other = t.write(folder, "mvx-20260101.txt", rows)
    sample = t.read(t.CLEAN)
    t.expect(b"^MVX" in sample, "the sample has a manufacturer")

    def codes(*words):
        lines = t.iz("check", *words, "--as-of", "2026-02-18", "--format", "jsonl", t.CLEAN).stdout.splitlines()
        return sorted(f["path"] for f in json.loads(lines[0])["findings"] if f["severity"] == "error")
    t.expect(codes() == [], "clean by the tables of the program")
    t.expect(all("RXA" in path and "-17" in path for path in codes("--codes", other)) and codes("--codes", other) != [],
             f"{codes('--codes', other)}")
    t.expect_refused(t.iz("check", "--codes", t.write(folder, "x.txt", b""), t.CLEAN), "the file is empty")
    t.expect_refused(t.iz("codes", "show", "--codes", other, "MVX", "MSD"), "no code MSD", "2026-01-01")
    t.expect(b"2026-01-01" in t.iz("codes", "show", "--codes", other, "MVX", "MSE").stdout, "the page of a code of the other edition")
    t.expect(b"MSE" in t.iz("codes", "search", "--codes", other, "--table", "mvx", "merck").stdout, "found in the other edition")
    t.expect_refused(t.iz("codes", "search", "--codes", t.write(folder, "y.txt", b""), "merck"), "the file is empty")


def affected_codes_of_messages(t, folder):
    old, new = two_editions(t, folder)
    message = t.write(folder, "m.hl7", b"MSH|^~\\&|A|B|C|D|20260210||VXU^V04^VXU_V04|C-1|P|2.5.1\r"
                                       b"RXA|0|1|20260210||901^Pox^CVX|1\rRXA|0|1|20260210||902^Ague^CVX|1\r")
    result = t.iz("codes", "affected", "--old", old, "--new", new, "--format", "jsonl", message)
    found = json.loads(result.stdout)
    t.expect(found["control_id"] == "C-1" and [a["path"] for a in found["affected"]] == ["RXA[1]-5[1].1"], f"{found}")
    result = t.iz("codes", "affected", "--old", old, "--new", new, "--texts", "yes", message)
    t.expect(b"RXA[2]-5[1].1" in result.stdout and b'full was "ague" and is "the ague"' in result.stdout, f"{result.stdout}")


def partner_list_beside_ours(t, folder):
    lists = t.write(folder, "list.csv", b"Code,Name\n03,MMR\n3,MMR\n998,no vaccine administered\n777,nothing\n")
    result = t.iz("codes", "partner", "--format", "json", lists)
    found = json.loads(result.stdout)
    t.expect(result.returncode == 1 and found["table"] == "CVX" and found["heading"], f"{result}")
    t.expect([(c["code"], c["kind"], c["right"], c["first_line"]) for c in found["codes"]] ==
             [("03", "same", "03", None), ("3", "misspelt", "03", 2), ("998", found["codes"][2]["kind"], "998", None),
              ("777", "unknown", None, None)], f"{found['codes']}")
    t.expect(found["counts"]["missing"] == len(found["missing"]) > 200, "missing")
    t.expect(t.iz("codes", "partner", "-", stdin=b"03\n").returncode == 0, "all the same")
    t.expect_refused(t.iz("codes", "partner", "--table", "NONE", lists), "There is no table NONE")
    t.expect_refused(t.iz("codes", "partner", "--column", "x", lists), "x is not a column")
    rows = list(csv.reader(io.StringIO(t.iz("codes", "partner", "--format", "csv", lists).stdout.decode())))
    t.expect(rows[0][:3] == ["finding", "line", "code"] and rows[1][0] == "misspelt duplicate", f"{rows[:3]}")


def real_editions(t, _):
    """The counts that CDC's two editions differ by."""
    if not os.path.isdir(os.path.join(SHARED, "editions")):
        return
    old, new = (os.path.join(SHARED, "editions", date, "cdc-source") for date in ("2024-10-01", "2025-12-09"))
    result = t.iz("codes", "diff", "--old", old, "--new", new, "--format", "json")
    counts = {name: (len(x["added"]), len(x["removed"]), len({c["key"] for c in x["changed"]}))
              for name, x in json.loads(result.stdout)["tables"].items()}
    t.expect(counts == {"cvx": (8, 0, 17), "mvx": (0, 0, 1), "vg": (9, 0, 13), "tradename": (10, 0, 36), "ndc_use": (35, 0, 81),
                        "ndc_sale": (46, 0, 87), "vis": (22, 0, 22), "cvxvis": (59, 1, 74)}, f"{counts}")
    t.expect(t.iz("codes", "diff", "--old", old, "--new", new, "--format", "json").stdout == result.stdout, "stable")
    same = t.iz("codes", "diff", "--new", new, "--format", "json")
    t.expect(all(x == {"added": [], "removed": [], "changed": []} for x in json.loads(same.stdout)["tables"].values()),
             "the edition in the program is that of 2025-12-09")
    broken = t.iz("codes", "import", os.path.join(SHARED, "broken-download-2022-10-21"))
    t.expect(broken.returncode == 1 and broken.stdout == b"" and broken.stderr.count(b"refused") == 4, f"{broken}")


TESTS = [import_tells_what_a_file_holds, import_refuses_in_one_line_each, diff_of_folders, diff_refuses, zip_is_taken_apart,
         check_takes_another_edition, affected_codes_of_messages, partner_list_beside_ours, real_editions]
