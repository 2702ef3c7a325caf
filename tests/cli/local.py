"""Tests of `iz local` and of `--local` and `--severity`; tests/cli/run.py runs them.

Each gets the functions of run.py and a folder of its own. The profiles of core/local are the ones that ship.
"""
import csv
import glob
import io
import json
import os

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
PROFILES = sorted(glob.glob(os.path.join(ROOT, "core/local/*.json")))
DAY = ("--as-of", "2026-02-18")


def profile(name):
    return os.path.join(ROOT, "core/local", name + ".json")


def sample(name):
    return os.path.join(ROOT, "tests/samples", name + ".hl7")


def without_address(t, folder):
    with open(sample("vxu-two-doses"), newline="") as f:
        lines = f.read().replace("\r", "\n").split("\n")
    for i, line in enumerate(lines):
        if line.startswith("PID|"):
            fields = line.split("|")
            fields[11] = ""
            lines[i] = "|".join(fields)
    return t.write(folder, "no-address.hl7", "\r".join(lines).encode())


def local_file(t, folder, changes=(), **members):
    data = {"local_profile": 1, "id": "x", "title": "X", "edition": "1", **members, "changes": list(changes)}
    return t.write(folder, "x.json", json.dumps(data, indent=1).encode())


def findings(result):
    return {(f["rule"], f["path"]): f for f in json.loads(result.stdout)[0]["findings"]}


def shipped_profiles_are_valid(t, folder):
    t.expect(len(PROFILES) == 4, f"{PROFILES}")
    result = t.iz("local", "validate", *PROFILES)
    lines = result.stdout.decode().splitlines()
    t.expect(result.returncode == 0 and len(lines) == 4, f"{result.stdout} {result.stderr}")
    t.expect(all(line.endswith(" 0 failed") for line in lines), f"{lines}")
    schema = json.loads(t.iz("local", "schema").stdout)
    for place in PROFILES:
        with open(place) as f:
            data = json.load(f)
        t.expect(set(data) <= set(schema["properties"]) and set(schema["required"]) <= set(data), place)
        for change in data["changes"]:
            t.expect(set(change) <= set(schema["$defs"]["change"]["properties"]), f"{change}")


def nothing_changes_with_an_empty_profile(t, folder):
    empty = local_file(t, folder)
    for name in ("vxu-two-doses", "vxu-newborn", "ack-errors", "rsp-z42"):
        plain = t.iz("check", *DAY, "--format", "json", sample(name)).stdout
        t.expect(plain == t.iz("check", *DAY, "--format", "json", "--local", empty, sample(name)).stdout, name)
    t.expect(t.iz("local", "diff", empty).stdout == b"no changes\n", "an empty profile changes something")


def guide_then_local_then_switches(t, folder):
    message = without_address(t, folder)
    local = local_file(t, folder, [{"at": "PID-11", "usage": "R", "code": "X-1"}, {"rule": "name-junk", "severity": "error"}])
    key = ("element_missing", "PID[1]-11[1]")
    guide = findings(t.iz("check", *DAY, "--format", "json", message))
    t.expect(key not in guide and guide[("element_not_sent", "PID[1]-11[1]")]["severity"] == "info", f"{list(guide)}")
    t.expect("local" not in guide[("element_not_sent", "PID[1]-11[1]")], "a national finding speaks of a local profile")
    result = t.iz("check", *DAY, "--format", "json", "--local", local, message)
    t.expect(result.returncode == 1, f"exit status {result.returncode}")
    here = findings(result)[key]
    t.expect(here["severity"] == "error" and here["layer"] == "local", f"{here}")
    t.expect(here["local"] == {"profile": "x", "change": "tighter", "national": "usage RE", "here": "usage R", "code": "X-1", "relaxes": ""}, f"{here['local']}")
    t.expect(here["source"] == {"document": "X, 1", "statement": "PID-11: usage R, nationally usage RE"}, f"{here['source']}")
    result = t.iz("check", *DAY, "--format", "json", "--local", local, "--severity", "PID-11=info", message)
    t.expect(result.returncode == 0, f"exit status {result.returncode}")
    switched = findings(result)[key]
    t.expect(switched["severity"] == "info" and switched["local"]["profile"] == "switches", f"{switched}")
    t.expect(switched["local"]["code"] == "X-1", "the code of the profile below is lost")
    junk = t.write(folder, "junk.hl7", open(message, "rb").read().replace(b"Thistlewood^Marlo", b"DO NOT USE^Marlo"))
    severities = [findings(t.iz("check", *DAY, "--format", "json", *more, junk)).get(("name-junk", "PID[1]-5[1].1"), {}).get("severity")
                  for more in ((), ("--local", local), ("--local", local, "--severity", "name-junk=info"), ("--local", local, "--severity", "name-junk=off"))]
    t.expect(severities == ["warning", "error", "info", None], f"{severities}")


def what_is_wrong_is_refused_with_its_line(t, folder):
    relaxed = {"at": "PID-3", "usage": "RE"}
    cases = [
        ([{"rule": "name-jun", "severity": "error"}], "no rule is called name-jun"),
        ([{"at": "PID-99", "usage": "R"}], "Z22 has no PID-99"),
        ([{"at": "PID-3.77", "usage": "R"}], "Z22 has no PID-3.77"),
        ([{"at": "ZZZ", "usage": "R"}], "no segment and no group ZZZ"),
        ([{"at": "PID-11", "usage": "R", "profiles": ["Z99"]}], "no profile is called Z99"),
        ([{"at": "PID-10", "codes": "NOWHERE"}], "no code set is called NOWHERE"),
        ([{"at": "PID-11", "usage": "R", "err3": "77"}], "77 is no code of table 0357"),
        ([{"at": "PID-11", "usage": "R"}, {"at": "PID-11", "severity": "error"}], "PID-11 is changed twice"),
        ([{"at": "PID-11", "usage": "X", "min": 1}], "contradict each other"),
        ([{"at": "PID-11", "min": 3, "max": 2}], "is above"),
        ([relaxed], 'say why in "relaxes"'),
        ([{"rule": "name-junk", "message": "{valeu} is no name"}], "no placeholder {valeu}"),
        ([{"at": "PID-11", "usage": "R", "fix": "Send {plaice}"}], "no placeholder {plaice}"),
        ([{"at": "PID-11", "usage": "R", "loses": "dose"}], "lies in no dose"),
        ([{"at": "PID-11", "usage": "R", "relaxes": "no"}], "relaxes nothing"),
        ([{"rule": "name-junk", "severity": "warning"}], "already has the severity warning"),
        ([{"rule": "element_missing", "severity": "off", "relaxes": "x"}], "cannot be off"),
        ([{"rule": "name-junk"}], "changes nothing"),
        ([{"at": "NK1", "usage": "O", "profiles": ["Z34", "Z22"]}], "Z34 has no segment"),
        ([{"at": "PID-7", "loses": "nothing"}], 'say why in "relaxes"'),
        ([{"at": "PID-24", "max": 1, "severity": "warning"}], "already has max 1"),
        ([{"at": "PID-14", "min": 1}], '"min" needs the usage R'),
        ([{"at": "NK1", "min": 2}], "is required by the usage R"),
        ([{"at": "PID-5.3", "max": 0}], "is a component"),
        ([{"at": "PID-3", "max": 0}], "is above max 0"),
        ([{"at": "OBX-5", "codes": "CVX"}], "write a rule of your own"),
        ([{"at": "PID-3", "codes": "CVX"}], "name the component"),
        ([{"at": "ORC", "usage": "RE", "relaxes": "x"}], "opens its group"),
        ([{"at": "PID-11", "usage": "R", "code": " "}], '"code" is empty'),
        ([{"rule": "name-junk", "at": "PID-5", "severity": "error"}], "either"),
        ([{"rule": "name-junk", "severty": "error"}], 'a change has no "severty"'),
        ([{"rule": "name-junk", "severity": "fatal"}], "fatal is not error, warning, info or off"),
        ([{"rule": "name-junk", "severity": "error", "since": "2026-02-30"}], "is no day"),
    ]
    for changes, why in cases:
        place = local_file(t, folder, changes)
        result = t.iz("check", *DAY, "--local", place, sample("vxu-two-doses"))
        said = result.stderr.decode()
        t.expect(result.returncode == 2 and why in said and f"{place}, line " in said and said.count("\n") == 1, f"{changes}: {said}")
        t.expect(int(said.split(", line ")[1].split(":")[0]) >= 6, said)
    for text, why in [(b"[1]", "a local profile is a JSON object"), (b'{"id": "x"}', "is missing, so this is no local profile"),
                      (b'{"local_profile": 2, "id": "x", "title": "X", "edition": "1"}', "version 1"), (b'{\n"local_profile": 1,\n', "line 3"),
                      (b'{"local_profile": 1, "id": "x", "title": "X", "edition": "1",\n"rool": 1}', 'line 2: a local profile has no "rool"')]:
        result = t.iz("local", "validate", t.write(folder, "bad.json", text))
        t.expect(result.returncode == 1 and why in result.stderr.decode(), f"{result.stderr}")
    own = {"id": "X-1", "title": "T", "message": "M.", "why": "W.", "fix": "F.", "who": "clinic", "severity": "error"}
    for rule, why in [({"statements": [{"profiles": ["Z99"], "on": {"segment": "RXA"}, "then": {"present": "2"}}]}, "names no profile Z99"),
                      ({"statements": []}, 'needs "statements"'), ({"statements": [{"profile": []}]}, 'a statement has no "profile"'),
                      ({"statements": [{"profiles": ["Z22"], "on": {"segment": "RXA"}, "then": {"at": "2", "is": "moon"}}]}, "moon"),
                      ({"statements": [{"profiles": ["Z22"], "on": {"segment": "PID"}, "then": {"present": "99"}}]}, "place 99: Z22 has none such"),
                      ({"statements": [{"profiles": ["Z22"], "on": {"segment": "PID"}, "then": {"at": "8.7", "one_of": ["F"]}}]}, "place 8.7: Z22 has none such"),
                      ({"statements": [{"profiles": ["Z22"], "on": {"segment": "PID"}, "then": {"present": "11.5"}}], "examples": 5}, '"examples" is no list'),
                      ({"statements": [{"profiles": ["Z22"], "on": {"segment": "PID"}, "then": {"present": "11.5"}}], "examples": [{"says": 5}]}, "no name"),
                      ({"statements": [{"profiles": ["Z22"], "on": {"segment": "PID"}, "then": {"present": "11.5"}}],
                        "examples": [{"says": "Far", "base": "administered", "set": {"PID-999999999": "x"}, "finds": []}]}, "no field PID-999999999")]:
        bad, good = local_file(t, folder, rules=[{**own, **rule}]), profile("errors-only")
        result = t.iz("local", "validate", bad, good)
        t.expect(result.returncode == 1 and f"{bad}, line " in result.stderr.decode() and why in result.stderr.decode()
                 and b"Harrowmere" in result.stdout, f"{rule}: {result.stderr} {result.stdout}")
    allowed = local_file(t, folder, [{**relaxed, "relaxes": "Pharmacies have no numbers."}])
    t.expect(b"relaxed because: Pharmacies have no numbers." in t.iz("local", "diff", allowed).stdout, "the reason is not told")


def a_change_waits_for_its_day(t, folder):
    message = without_address(t, folder)
    local = local_file(t, folder, [{"at": "PID-11", "usage": "R", "since": "2026-03-01"}])
    t.expect(t.iz("check", "--as-of", "2026-02-28", "--local", local, message).returncode == 0, "it holds before its day")
    t.expect(t.iz("check", "--as-of", "2026-03-01", "--local", local, message).returncode == 1, "it does not hold on its day")


def the_answer_has_its_codes_and_words(t, folder):
    message = without_address(t, folder)
    result = t.iz("predict", *DAY, "--format", "json", "--local", profile("address-required"), message)
    ack = json.loads(result.stdout)["ack"]
    t.expect("ERR||PID^1^11^1|101^Required field missing^HL70357|E|^^^AP-311^^L|||The patient's address is required here. "
             "The message was rejected" in ack, ack)
    with open(sample("vxu-two-doses"), newline="") as f:
        lines = [line for line in f.read().replace("\r", "\n").split("\n") if not line.startswith("RXR")]
    place = t.write(folder, "no-route.hl7", "\r".join(lines).encode())
    result = t.iz("predict", *DAY, "--format", "json", "--local", profile("route-required"), place)
    p = json.loads(result.stdout)
    t.expect(p["outcome"] == "partial" and [d["stored"] for d in p["doses"]] == ["no", "yes"], f"{p['outcome']} {p['doses']}")
    t.expect("|100^Segment sequence error^HL70357|E|^^^WB-520^^L|||Route and site are required for doses given here. Entry 1 was not stored" in p["ack"], p["ack"])
    # An answer never tells a value, whatever the sentence of a profile asks for.
    local = local_file(t, folder, [{"rule": "name-junk", "severity": "error", "message": "{value} is no name in {place}."}])
    junk = t.write(folder, "junk.hl7", open(message, "rb").read().replace(b"Thistlewood^Marlo", b"DO NOT USE^Marlo"))
    ack = json.loads(t.iz("predict", *DAY, "--format", "json", "--local", local, junk).stdout)["ack"]
    t.expect("DO NOT USE" not in ack and "… is no name in PID-5.1" in ack, ack)
    # Nor does it through the name of a kind of message that nobody knows.
    local = local_file(t, folder, [{"rule": "code_unknown", "message": "No {kind} here.", "code": "K"}])
    foreign = t.write(folder, "foreign.hl7", open(message, "rb").read().replace(b"VXU^V04^VXU_V04", b"SMITH^JOHN^DOB"))
    ack = json.loads(t.iz("predict", *DAY, "--format", "json", "--local", local, foreign).stdout)["ack"]
    t.expect("No … here" in ack and "SMITH" not in ack, ack)
    # What is wanted and not sent is missing, not wrong; what is there too often stays an error.
    local = local_file(t, folder, [{"at": "PID-11", "severity": "warning", "code": "X-11"}, {"at": "PID-24", "severity": "warning", "message": "Twins?"}])
    ack = json.loads(t.iz("predict", *DAY, "--format", "json", "--local", local, message).stdout)["ack"]
    t.expect("ERR||PID^1^11^1|101^Required field missing^HL70357|W|^^^X-11^^L|" in ack, ack)
    twice = t.write(folder, "twice.hl7", open(message, "rb").read().replace(b"CDCREC||N", b"CDCREC||Y~N"))
    often = findings(t.iz("check", *DAY, "--format", "json", "--local", local, twice)).get(("repetition_excess", "PID[1]-24[2]"))
    t.expect(often and often["severity"] == "error" and "Twins" not in often["message"], f"{often}")
    # The words and the code of a rule hold at a place that says less.
    local = local_file(t, folder, [{"rule": "element_missing", "code": "HM-1", "fix": "Ask."}, {"at": "PID-11", "usage": "R"}])
    here = findings(t.iz("check", *DAY, "--format", "json", "--local", local, message))[("element_missing", "PID[1]-11[1]")]
    t.expect(here["fix"] == "Ask.", f"{here}")
    # A registry that lists errors only leaves out what it only warns of.
    wrong = t.write(folder, "unit.hl7", open(sample("vxu-two-doses"), "rb").read().replace(b"^HL70163", b"^HL7XXXX"))
    told = json.loads(t.iz("predict", *DAY, "--format", "json", wrong).stdout)["ack"].count("\rERR|")
    few = json.loads(t.iz("predict", *DAY, "--format", "json", "--local", profile("errors-only"), wrong).stdout)["ack"].count("\rERR|")
    t.expect(told > few, f"{told} {few}")


def a_received_code_is_explained(t, folder):
    ack = ("MSH|^~\\&|HMIIS|HM|A|B|20260218093000-0500||ACK^V04^ACK|1|P|2.5.1|||NE|NE|||||Z23^CDCPHINVS\rMSA|AE|X1\r"
           "ERR||RXA^2|101^Required field missing^HL70357|E|^^^WB-520^^L|||Entry 2 was turned away\r")
    place = t.write(folder, "ack.hl7", ack.encode())
    told = t.iz("interpret", "--local", profile("route-required"), place).stdout.decode()
    t.expect("WB-520  Route and site are required for doses given here." in told and "Who fixes: Clinic staff." in told, told)
    t.expect("WB-520  " not in t.iz("interpret", place).stdout.decode(), "without the profile the code is known")


def the_template_goes_and_comes(t, folder):
    for place in PROFILES:
        table = t.iz("local", "template", place).stdout
        back = t.iz("local", "import", t.write(folder, "t.csv", table))
        with open(place) as f:
            t.expect(json.load(f) == json.loads(back.stdout), f"{place}: {back.stderr}")
    rows = list(csv.reader(io.StringIO(t.iz("local", "template", profile("route-required")).stdout.decode(), newline="")))
    heading = rows[0]
    national = [row for row in rows if row[0] == "national"]
    t.expect(len(national) > 300 and len({len(row) for row in rows}) == 1, f"{len(national)}")

    def edited(rule, column, value, separator=","):
        out = io.StringIO()
        writer = csv.writer(out, delimiter=separator)
        for row in rows:
            row = list(row)
            if row[heading.index("rule")] == rule and row[0] == "national":
                row[heading.index(column)] = value
            writer.writerow(row)
        return t.iz("local", "import", t.write(folder, "e.csv", out.getvalue().encode()))
    at = next(i for i, row in enumerate(rows) if row[0] == "national" and row[heading.index("rule")] == "name-junk") + 1
    t.expect(json.loads(edited("name-junk", "severity", "error", ";").stdout)["changes"][-1] == {"rule": "name-junk", "severity": "error"}, "an edited cell is lost")
    for column, value, why in [("severity", "fatal", f"row {at}, column severity: fatal is not"), ("who", "", f"row {at}, column who: it is empty"),
                               ("severity", "info", f"row {at}: name-junk asks for less"), ("err3", "55", f"row {at}: 55 is no code")]:
        result = edited("name-junk", column, value)
        t.expect(result.returncode == 2 and why in result.stderr.decode(), f"{column} {value}: {result.stderr}")
    at = heading.index("code")
    emptied = [[cell if row[0] != "rule" or i != at else "" for i, cell in enumerate(row)] for row in rows]
    out = io.StringIO()
    csv.writer(out).writerows(emptied)
    own = json.loads(t.iz("local", "import", t.write(folder, "e.csv", out.getvalue().encode())).stdout)["rules"]
    t.expect(len(own) == 2 and not any("code" in rule for rule in own), "an emptied cell keeps its code")
    page = t.iz("local", "template", "--format", "html", profile("route-required")).stdout.decode()
    t.expect(page.startswith("<!doctype html>") and "WB-520" in page and 'class="relaxed"' in page and "Adults" not in page, page[:200])
    t.expect_refused(t.iz("local", "import", t.write(folder, "n.csv", b"")), "is empty")
    t.expect_refused(t.iz("local", "import", t.write(folder, "n.csv", b"row,rule,at,definition,colour\n")), "row 1, column colour")


def two_profiles_are_compared(t, folder):
    result = t.iz("local", "diff", "--format", "json", profile("route-required"), profile("address-required"))
    rows = {row["at"] or row["rule"]: row for row in json.loads(result.stdout)}
    t.expect(result.returncode == 1 and rows["WB-520"]["there"] == "as nationally (not checked)", f"{rows.get('WB-520')}")
    t.expect(rows["PID-11"]["here"] == "as nationally (usage RE, info)" and rows["PID-11"]["there"] == "usage R, error, code AP-311, err3 101, loses message, since 2026-01-15", f"{rows['PID-11']}")
    t.expect(t.iz("local", "diff", profile("errors-only"), profile("errors-only")).returncode == 0, "a profile differs from itself")


TESTS = [shipped_profiles_are_valid, nothing_changes_with_an_empty_profile, guide_then_local_then_switches,
         what_is_wrong_is_refused_with_its_line, a_change_waits_for_its_day, the_answer_has_its_codes_and_words,
         a_received_code_is_explained, the_template_goes_and_comes, two_profiles_are_compared]
