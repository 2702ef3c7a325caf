#!/usr/bin/env python3
"""The command `iz` as a user meets it: options, exit status, one clear line for each failure, shape of the output.

Needs a built command (IZ_BIN, default build/native/iz). The last line says `N passed, N failed, N skipped`.
"""
import csv
import datetime
import functools
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import traceback
import zipfile

import codes
import local

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
IZ = os.environ.get("IZ_BIN") or os.path.join(ROOT, "build/native/iz")
SAMPLES = os.path.join(ROOT, "tests/samples")
CLEAN = os.path.join(SAMPLES, "vxu-two-doses.hl7")
ANSWER = os.path.join(SAMPLES, "ack-accepted.hl7")
MESSAGE_KEYS = ["index", "file", "control_id", "profile", "as_of", "findings"]
FINDING_KEYS = ["rule", "kind", "severity", "path", "erl", "line", "begin", "end", "message", "source", "layer", "follows"]
EXPLAIN_KEYS = ["path", "name", "data_type", "usage", "cardinality", "value", "decoded", "meaning", "findings"]


def iz(*words, stdin=b""):
    return subprocess.run([IZ, *words], input=stdin, capture_output=True)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(folder, name, content):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(content)
    return path


def wrong_message(folder):
    """A clean sample with another sex code: one error at PID-8."""
    return write(folder, "wrong.hl7", read(CLEAN).replace(b"|20250114|M||", b"|20250114|X||"))


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def expect_refused(result, *parts):
    """Exit status 2, nothing on standard output, one line on standard error with these parts in it."""
    expect(result.returncode == 2, f"exit status {result.returncode}")
    expect(result.stdout == b"", f"output {result.stdout[:80]!r}")
    error = result.stderr.decode()
    expect(error.count("\n") == 1 and error.endswith("\n"), f"not one line: {error!r}")
    for part in parts:
        expect(part in error, f"{part!r} is not in {error!r}")


def no_errors_is_0(folder):
    expect(iz("check", CLEAN).returncode == 0, "a clean message")
    expect(iz("check", CLEAN, ANSWER).returncode == 0, "two clean messages")


def errors_are_1(folder):
    result = iz("check", wrong_message(folder), CLEAN)
    expect(result.returncode == 1, f"exit status {result.returncode}")
    expect(b"^" in result.stdout and b"PID[1]-8[1]" in result.stdout, "no caret or no place")


def jsonl_has_the_keys(folder):
    wrong = wrong_message(folder)
    result = iz("check", "--as-of", "2026-02-18", "--format", "jsonl", wrong, ANSWER)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    expect([m["file"] for m in lines] == [wrong, ANSWER], "files as given")
    for message in lines:
        expect(list(message)[:6] == MESSAGE_KEYS, f"keys {list(message)}")
        expect(message["index"] == 0 and message["as_of"] == "2026-02-18", "index or date")
        for finding in message["findings"]:
            expect(list(finding)[:12] == FINDING_KEYS, f"keys {list(finding)}")
            expect(list(finding["source"]) == ["document", "statement"], "source")
    expect([m["profile"] for m in lines] == ["Z22", "Z23"], "profiles")
    errors = [f for f in lines[0]["findings"] if f["severity"] == "error"]
    expect([(f["path"], f["erl"], f["kind"], f["line"], f["follows"]) for f in errors] ==
           [("PID[1]-8[1]", "PID^1^8^1", "value_set", 2, None)], f"errors {errors}")
    expect(read(wrong)[errors[0]["begin"]:errors[0]["end"]] == b"X", "offsets are not those of the value")


def json_is_one_array(folder):
    result = iz("check", "--format", "json", CLEAN, ANSWER)
    expect([m["profile"] for m in json.loads(result.stdout)] == ["Z22", "Z23"], "messages")


def messages_are_counted_in_their_file(folder):
    both = write(folder, "both.hl7", read(CLEAN) + b"\r" + read(ANSWER))
    result = iz("check", "--format", "jsonl", both, ANSWER)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    expect([(m["file"], m["index"], m["control_id"]) for m in lines] ==
           [(both, 0, "AP-20260217-0101"), (both, 1, "NS-556120"), (ANSWER, 0, "NS-556120")], "index")


def standard_input(folder):
    result = iz("check", "--format", "jsonl", "-", stdin=read(ANSWER))
    expect(result.returncode == 0 and json.loads(result.stdout)["file"] == "-", "standard input")


def as_of_is_today(folder):
    message = json.loads(iz("check", "--format", "jsonl", ANSWER).stdout)
    day = datetime.date.fromisoformat(message["as_of"])
    expect(abs((datetime.date.today() - day).days) <= 1, message["as_of"])


def profile_is_forced(folder):
    message = json.loads(iz("check", "--profile=Z23", "--format", "jsonl", CLEAN).stdout)
    expect(message["profile"] == "Z23" and message["profile_choice"].startswith("Z23"), "profile")


def any_bytes_make_json(folder):
    odd = write(folder, "odd.hl7", read(CLEAN).replace(b"|20250114|M||", b'|20250114|\xff"\\\x01||'))
    message = json.loads(iz("check", "--format", "jsonl", odd).stdout)
    expect(any(f["path"] == "PID[1]-8[1]" for f in message["findings"]), "no finding")


def check_refuses(folder):
    empty, junk = write(folder, "empty", b""), write(folder, "junk", bytes(range(256)) * 40)
    chance = write(folder, "chance", b"\rMSH|".join([random.Random(1).randbytes(20000)] * 2))
    text = write(folder, "text", b"Dear colleague,\nplease find nothing here.\n")
    expect_refused(iz("check", os.path.join(folder, "missing.hl7")), "missing.hl7", "No such file")
    expect_refused(iz("check", folder), "directory")
    expect_refused(iz("check", empty), "empty")
    expect_refused(iz("check", "-"), "standard input", "empty")
    expect_refused(iz("check", junk), "no HL7 message")
    expect_refused(iz("check", chance), "no HL7 message")
    expect_refused(iz("check", text), "no HL7 message")
    expect_refused(iz("check"), "file")
    expect_refused(iz("check", "--strict", CLEAN), "--strict")
    expect_refused(iz("check", "--format", "xml", CLEAN), "xml", "jsonl")
    expect_refused(iz("check", "--profile", "Z99", CLEAN), "Z99", "Z22")
    expect_refused(iz("check", "--as-of", "2026-02-30", CLEAN), "2026-02-30")
    expect_refused(iz("check", "--as-of", "2026-02-18", "--as-of", "2026-02-19", CLEAN), "twice")
    expect_refused(iz("check", CLEAN, "--profile"), "--profile")
    expect_refused(iz("check", "--local", os.path.join(folder, "missing.json"), CLEAN), "missing.json")
    expect_refused(iz("check", "--local", write(folder, "bad.json", b"{"), CLEAN), "bad.json, line 1")
    expect_refused(iz("check", "--severity", "name-junk", CLEAN), "--severity", "name-junk")


def one_bad_file_of_many(folder):
    result = iz("check", "--format", "jsonl", os.path.join(folder, "missing.hl7"), CLEAN)
    expect(result.returncode == 2 and len(result.stdout.splitlines()) == 1, "the others are checked, the status is 2")


def commands_are_known(folder):
    expect_refused(iz(), "help")
    expect_refused(iz("frobnicate"), "frobnicate")
    expect_refused(iz("--frobnicate"), "--frobnicate")
    for word in ("help", "--help"):
        result = iz(word)
        expect(result.returncode == 0 and b"iz check" in result.stdout and result.stderr == b"", word)


def version_names_editions(folder):
    result = iz("version")
    expect(result.returncode == 0, f"exit status {result.returncode}")
    for part in (b"Z22", b"Z23", b"CVX", b"MVX", b"NDC", b"rules"):
        expect(part in result.stdout, part)
    expect_refused(iz("version", CLEAN), "version")


def explain_one_place(folder):
    result = iz("explain", "--at", "PID-8", "--format", "json", CLEAN)
    place = json.loads(result.stdout)
    expect(result.returncode == 0 and list(place)[:9] == EXPLAIN_KEYS, f"keys {list(place)}")
    expect((place["path"], place["name"], place["value"], place["decoded"]) ==
           ("PID[1]-8[1]", "Administrative Sex", "M", "Male"), f"{place}")
    for path in ("PID^1^8^1", "PID[1]-8[1]", "PID.8"):
        expect(json.loads(iz("explain", "--at", path, "--format", "json", CLEAN).stdout) == place, path)
    expect(b"Male" in iz("explain", "--at", "PID-8", CLEAN).stdout, "text")
    group = json.loads(iz("explain", "--at", "VXU_V04.ORDER[2]", "--format", "json", CLEAN).stdout)
    expect(group["usage"] == "RE" and group["cardinality"] == "[0..*]" and group["findings"] == [], group)
    expect_refused(iz("explain", "--at", "VXU_V04.ORDERS[2]", CLEAN), "VXU_V04.ORDERS[2]")


def explain_absent_and_unknown(folder):
    result = iz("explain", "--at", "PID-9", "--format", "json", CLEAN)
    expect(result.returncode == 0 and json.loads(result.stdout)["value"] == "", "an absent place")
    result = iz("explain", "--at", "PID[4]-3[2].5", "--format", "json", CLEAN)
    expect(result.returncode == 0 and json.loads(result.stdout)["value"] == "", "an absent segment")
    expect_refused(iz("explain", "--at", "PID-99", CLEAN), "PID[1]-99")
    expect_refused(iz("explain", "--at", "ZZZ-1", CLEAN), "ZZZ")
    expect_refused(iz("explain", "--at", "PID-five", CLEAN), "PID-five")
    expect_refused(iz("explain", CLEAN, ANSWER), "one file")
    expect_refused(iz("explain", "--message", "1", CLEAN), "no message 1")


def explain_finds_the_findings(folder):
    place = json.loads(iz("explain", "--at", "PID-8", "--format", "json", wrong_message(folder)).stdout)
    expect([f["kind"] for f in place["findings"]] == ["value_set"], "findings")


def explain_all(folder):
    result = iz("explain", "--format", "json", CLEAN)
    places = {p["path"]: p for p in json.loads(result.stdout)}
    expect(places["MSH[1]-2[1]"]["value"] == "^~\\&", "MSH-2")
    expect(places["MSH[1]-7[1].1"]["value"] == "20260217094512-0500", "an implied component")
    expect(places["PID[1]-5[1].1.1"]["value"] == "Thistlewood", "an implied subcomponent")
    expect("PID[1]-9[1]" not in places, "an absent place")
    lines = iz("explain", CLEAN).stdout.splitlines()
    expect(len(lines) == len(places), f"{len(lines)} lines, {len(places)} places")
    single = json.loads(iz("explain", "--at", "PID-5.1.1", "--format", "json", CLEAN).stdout)
    expect(places["PID[1]-5[1].1.1"] == single, "the same alone")


def summary_in_words(folder):
    result = iz("summary", "--as-of", "2026-02-18", CLEAN)
    expect(result.returncode == 0, f"exit status {result.returncode}")
    for part in (b"Marlo", b"Thistlewood", b"MMR", b"DTaP"):
        expect(part in result.stdout, part)
    expect(len(json.loads(iz("summary", "--format", "json", CLEAN, ANSWER).stdout)) == 2, "json")
    expect_refused(iz("summary"), "file")


def soap_wraps_and_unwraps(folder):
    request = iz("soap", "wrap", "--username", "u&1", "--facility", "F1", CLEAN).stdout
    expect(b"&#xD;PID|1|" in request and b"^~\\&amp;|" in request and b">PASSWORD<" in request, "a request")
    file = write(folder, "request.xml", request)
    result = iz("soap", "unwrap", "--format", "json", file)
    expect(result.returncode == 0, f"exit status {result.returncode}")
    read_back = json.loads(result.stdout)
    expect(read_back["form"] == "soap_request" and read_back["problems"] == [], f"{read_back}")
    expect(read_back["soap"]["username"] == "u&1" and read_back["soap"]["service"] == "2011", "its values")
    lines = read(CLEAN).decode().splitlines()
    expect(read_back["messages"][0]["text"].rstrip("\r").split("\r") == lines, "the message as it was")
    expect(b"A SOAP 1.2 request (CDC 2011, submitSingleMessage) with one HL7 message." in iz("soap", "unwrap", file).stdout,
           "text")
    expect(iz("soap", "unwrap", "-", stdin=iz("soap", "test", "a<b").stdout).returncode == 0, "a test call")


def soap_explains_a_fault(folder):
    fault = (b"<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'><e:Body><e:Fault><e:Code><e:Value>e:Sender"
             b"</e:Value></e:Code><e:Reason><e:Text>no</e:Text></e:Reason><e:Detail><SecurityFault xmlns='urn:cdc:iisb:2011'>"
             b"<Code>1</Code></SecurityFault></e:Detail></e:Fault></e:Body></e:Envelope>")
    result = iz("soap", "unwrap", "-", stdin=fault)
    expect(result.returncode == 1, f"exit status {result.returncode}")
    expect(b"SecurityFault" in result.stdout and b"To do: " in result.stdout, "advice")
    trouble = json.loads(iz("soap", "unwrap", "--format", "json", "-", stdin=fault).stdout)["trouble"]
    expect(trouble["id"] == "security" and trouble["strategy"] == "CORRECT_MESSAGE", f"{trouble}")
    expect(iz("soap", "unwrap", "-", stdin=b"Thank you").returncode == 1, "a sentence")
    expect(iz("soap", "unwrap", ANSWER).returncode == 0, "a plain answer")


def soap_refuses(folder):
    expect_refused(iz("soap"), "wrap")
    expect_refused(iz("soap", "fold", CLEAN), "fold")
    expect_refused(iz("soap", "wrap"), "file")
    expect_refused(iz("soap", "wrap", "-", stdin=b"no message"), "no HL7")
    expect_refused(iz("soap", "wrap", "-", stdin=read(CLEAN) + b"\n" + read(ANSWER)), "2 messages")
    expect_refused(iz("soap", "unwrap", "--format", "xml", CLEAN), "xml")
    expect_refused(iz("soap", "test", "a", "b"), "one text")


def interpret_tells_what_was_stored(folder):
    errors = os.path.join(SAMPLES, "ack-errors.hl7")
    told = json.loads(iz("interpret", "--sent", CLEAN, "--format", "json", errors).stdout)
    expect(list(told)[:10] == ["outcome", "stored", "resend", "who", "confidence", "summary", "doses", "errors", "flags",
                               "reasons"], f"keys {list(told)}")
    expect(list(told["doses"][0])[:4] == ["group", "vaccine", "date", "stored"], "keys of a dose")
    expect(list(told["errors"][0])[:5] == ["severity", "text", "erl", "located", "cause_of"], "keys of an error")
    expect(list(told["errors"][0]["located"])[:4] == ["path", "begin", "end", "confidence"], "keys of a place")
    expect((told["outcome"], [d["stored"] for d in told["doses"]]) == ("partial", ["no", "yes"]), f"{told['summary']}")
    located = told["errors"][0]["located"]
    expect(read(CLEAN)[located["begin"]:located["end"]] == b"03", "offsets are not those of the value")
    text = iz("interpret", "--sent", CLEAN, errors)
    expect(text.returncode == 0 and text.stdout.startswith(b"1 of 2 doses was stored."), f"{text.stdout[:80]}")
    expect(b"^^" in text.stdout and b"RXA[1]-5[1].1" in text.stdout, "no caret or no place")


def interpret_pairs_by_control_id(folder):
    both = write(folder, "both.hl7", read(os.path.join(SAMPLES, "vxu-newborn.hl7")) + b"\r" + read(CLEAN))
    told = json.loads(iz("interpret", "--sent", both, "--format", "json", ANSWER).stdout)
    expect((told["outcome"], len(told["doses"])) == ("accepted", 2), f"{told['outcome']}")


def interpret_takes_anything(folder):
    for text in (b"", b"SUCCESS", bytes(range(256)) * 40, b"<html>" * 1000, b"\xff\xfeMSH|"):
        result = iz("interpret", "--format", "json", "-", stdin=text)
        expect(result.returncode == 0, f"exit status {result.returncode} for {text[:20]!r}")
        expect(json.loads(result.stdout)["outcome"] in ("not_an_ack", "undetermined"), f"{text[:20]!r}")
    expect_refused(iz("interpret"), "file")
    expect_refused(iz("interpret", "--format", "xml", ANSWER), "xml", "json")
    expect_refused(iz("interpret", "--sent", os.path.join(folder, "missing"), ANSWER), "missing", "No such file")


def predict_says_what_would_be_stored(folder):
    result = iz("predict", "--as-of", "2026-02-18", "--control-id", "NS-1", CLEAN)
    expect(result.returncode == 0, f"exit status {result.returncode}")
    expect(b"Both doses would be stored." in result.stdout and b"\nMSA|AA|AP-20260217-0101\n" in result.stdout, result.stdout)
    expect(b"|NS-1|" in result.stdout, "the control id")
    unknown = write(folder, "unknown.hl7", read(CLEAN).replace(b"20^DTaP^CVX", b"831^DTaP^CVX"))
    result = iz("predict", "--format", "json", "--as-of", "2026-02-18", unknown)
    expect(result.returncode == 1, f"exit status {result.returncode}")
    told = json.loads(result.stdout)
    expect(told["outcome"] == "partial" and [d["stored"] for d in told["doses"]] == ["yes", "no"], told)
    answer = write(folder, "ack.hl7", told["ack"].encode())
    expect(json.loads(iz("check", "--format", "jsonl", answer).stdout)["profile"] == "Z23", "the profile of the answer")
    read_back = json.loads(iz("interpret", "--sent", unknown, "--format", "json", answer).stdout)
    expect(read_back["outcome"] == "partial", read_back["outcome"])
    expect_refused(iz("predict"), "file")


def interpret_shows_history_and_candidates(folder):
    text = iz("interpret", "--as-of", "2026-02-18", os.path.join(SAMPLES, "rsp-z42.hl7")).stdout
    expect(b"History: 1 entry" in text and b"Forecast, as the registry sent it: 1 vaccine group" in text, text)
    found = json.loads(iz("interpret", "--format", "json", os.path.join(SAMPLES, "rsp-z31.hl7")).stdout)
    expect(found["outcome"] == "candidates" and found["candidates"][0]["differs"] is True, found["outcome"])
    expect("history" not in json.loads(iz("interpret", "--format", "json", ANSWER).stdout), "a history in an ACK")


def codes_show_and_search(folder):
    text = iz("codes", "show", "CVX", "62").stdout.decode()
    for part in ("HPV, quadrivalent", "GARDASIL", "00006-4109-02", "edition 2025-12-09"):
        expect(part in text, f"{part!r} is not in {text!r}")
    page = json.loads(iz("codes", "show", "--format", "json", "ndc_use", "58160-821-01").stdout)
    expect(page["code"] == "58160-0821-01" and page["found"], page)
    expect([r["code"] for l in page["links"] if l["title"] == "Vaccine" for r in l["rows"]] == ["43", "44"], page["links"])
    used = json.loads(iz("codes", "show", "--message", CLEAN, "--format=json", "HL70001_IZ", "M").stdout)["uses"]
    expect([u["path"] for u in used] == ["PID[1]-8[1]"], used)
    found = iz("codes", "search", "gardsil", "9")
    expect(found.returncode == 0 and b"Gardasil 9" in found.stdout.splitlines()[0], found.stdout)
    hits = json.loads(iz("codes", "search", "--table=vis", "--limit=2", "--format=json", "adenovirus").stdout)
    expect(len(hits["hits"]) == 2 and hits["total"] > 2, hits)
    expect({h["table"] for h in hits["hits"]} == {"PHVS_VISBarcodes_IIS"}, hits)
    expect(iz("codes", "search", "qqqqxzzz").stdout == b"Nothing was found.\n", "nothing")
    expect_refused(iz("codes"), "show", "search")
    expect_refused(iz("codes", "show", "CVX"), "needs a table and a code")
    expect_refused(iz("codes", "show", "CVX", "3"), "no code 3", "2025-12-09", "03")
    expect_refused(iz("codes", "show", "NONE", "3"), "NONE")
    expect_refused(iz("codes", "search"), "what to look for")
    expect_refused(iz("codes", "search", "--limit", "many", "x"), "many")


def bench_prints_one_line(folder):
    for operation in ("parse", "read10", "check", "startup", "interpret", "tables"):
        result = iz("bench", operation, CLEAN, "2", "0.001")
        line = json.loads(result.stdout)
        expect(line["op"] == operation and line["msgs"] == 1 and len(line["runs"]) == 2, f"{line}")
    for operation in ("lookup", "search"):
        line = json.loads(iz("bench", operation, CLEAN, "2", "0.001").stdout)
        expect(line["op"] == operation and line["msgs"] > 1, f"{line}")
    expect_refused(iz("bench", "fly", CLEAN), "fly")
    expect_refused(iz("bench", "parse", CLEAN, "none"), "passes")
    expect_refused(iz("bench", "parse"), "file")


def a_closed_pipe_is_no_crash(folder):
    with open("/dev/full", "wb") as full:
        result = subprocess.run([IZ, "check", CLEAN], stdout=full, stderr=subprocess.PIPE)
    expect(result.returncode == 2 and b"cannot write" in result.stderr, "a full disk")


def not_checked_is_2(folder):
    visit = write(folder, "visit.hl7", b"MSH|^~\\&|A|B|C|D|20260217094514-0500||ADT^A08^ADT_A01|7|P|2.5.1\r")
    result = iz("check", "--format", "jsonl", visit)
    expect(result.returncode == 2, f"exit status {result.returncode}")
    expect(json.loads(result.stdout)["profile"] is None, "a profile")
    expect(b"only its form was checked" in result.stderr, f"{result.stderr}")
    expect(iz("check", "--profile", "Z22", visit).returncode == 1, "a forced profile checks it")


def fix_mends_what_is_safe(folder):
    clean = read(CLEAN).replace(b"\n", b"\r")
    wrong = write(folder, "wrong.hl7", clean.replace(b"RXA|0|1|20250318", b"RXA|0|2|2025-03-18"))
    expect(wrong and read(wrong) != clean, "the sample has another text")
    result = iz("fix", wrong)
    expect(result.returncode == 0 and result.stdout == clean, f"{result.stdout[-300:]}")
    plan = iz("fix", "--plan", wrong)
    expect(b"Write 1 in RXA[2]-2" in plan.stdout and b"20250318" in plan.stdout, f"{plan.stdout}")
    data = json.loads(iz("fix", "--format", "json", wrong).stdout)
    expect(data["text"].encode() == clean and len(data["steps"]) == 2, f"{data['steps']}")
    right = write(folder, "right.hl7", clean)
    expect(iz("fix", right).stdout == clean, "a clean message stays as it is")
    expect(iz("fix", "--plan", right).stdout == b"Nothing can be mended safely\n", "an empty plan")
    both = write(folder, "both.hl7", b"log line\r" + read(wrong) + read(wrong))
    expect(iz("fix", both).stdout == b"log line\r" + clean + clean, "what stands around messages stays")
    expect_refused(iz("fix", "--format", "xml", wrong), "unknown format xml")
    expect_refused(iz("fix"), "needs one file")


def diff_pairs_by_content(folder):
    clean = read(CLEAN)
    other = write(folder, "other.hl7", clean.replace(b"|W031877|", b"|W031878|"))
    result = iz("diff", CLEAN, other)
    expect(result.returncode == 1, f"exit status {result.returncode}")
    expect(b"1 changed" in result.stdout and b"W031877 -> W031878" in result.stdout, f"{result.stdout}")
    same = iz("diff", CLEAN, CLEAN)
    expect(same.returncode == 0 and same.stdout == b"No differences\n", f"{same.stdout}")
    data = json.loads(iz("diff", "--format", "json", CLEAN, other).stdout)
    expect([d["path_a"] for d in data["differences"]] == ["RXA[1]-15[1]"], f"{data['differences']}")
    expect(data["counts"]["changed"] == 1 and sum(not l["same"] for l in data["lines"]) == 1, f"{data['counts']}")
    expect_refused(iz("diff", CLEAN), "two files")


def deidentify_copies(folder):
    both = write(folder, "both.hl7", read(CLEAN).replace(b"\n", b"\r") + read(CLEAN).replace(b"\n", b"\r"))
    result = iz("deidentify", "--as-of", "2026-02-18", both)
    expect(result.returncode == 0, f"exit status {result.returncode}: {result.stderr}")
    expect(b"Thistlewood" not in result.stdout and result.stdout.count(b"MSH|") == 2, result.stdout[:400])
    pids = [line for line in result.stdout.split(b"\r") if line.startswith(b"PID|")]
    expect(len(pids) == 2 and pids[0] == pids[1], f"{pids}")
    expect(b"who knows them" in result.stderr, result.stderr)
    again = iz("deidentify", "--as-of", "2026-02-18", both).stdout
    expect(again != result.stdout, "two runs without a seed give the same copies")
    seeded = [iz("deidentify", "--seed", "a seed of the tests", "--format", "json", both).stdout for _ in range(2)]
    expect(seeded[0] == seeded[1] and json.loads(seeded[0].splitlines()[0])["values"] > 20, f"{seeded[0][:200]}")
    expect_refused(iz("deidentify", "--seed", "short", both), "16 characters")
    expect_refused(iz("deidentify"), "needs a file")


def triage_counts_and_groups(folder):
    clean, wrong = read(CLEAN), read(wrong_message(folder)).replace(b"AP-20260217-0101", b"W-1")
    many = write(folder, "many.hl7", b"".join(part.replace(b"\n", b"\r") for part in (clean, wrong, read(ANSWER))))
    result = iz("triage", "--as-of", "2026-02-18", many)
    expect(result.returncode == 1, f"exit status {result.returncode}")
    lines = result.stdout.decode().splitlines()
    expect(lines[0] == "1 of 2 messages has errors." and any("PID-8" in line for line in lines), f"{lines}")
    data = json.loads(iz("triage", "--format", "json", many).stdout)
    expect(data["counts"]["messages"] == 2 and data["counts"]["answered"] == 1, f"{data['counts']}")
    expect([(c["place"], c["messages"], c["first"]) for c in data["cause"] if c["severity"] == "error"] == [("PID-8", 1, "W-1")],
           f"{data['cause']}")
    rows = [json.loads(line) for line in iz("triage", "--format", "jsonl", many).stdout.splitlines()]
    places = [read(many)[r["begin"]:r["begin"] + 4] for r in rows]
    expect([r["worst"] for r in rows] == ["clean", "errors", "clean"] and set(places) == {b"MSH|"}, f"{rows} {places}")
    table = list(csv.DictReader(io.StringIO(iz("triage", "--format", "csv", many).stdout.decode(), newline="")))
    expect([r["control_id"] for r in table] == [r["control_id"] for r in rows], f"{table}")
    summary = iz("triage", "--format", "summary", many).stdout.decode()
    expect("Completeness of the patient" in summary and "Thistlewood" not in summary, summary[:2000])
    expect(b"<meter" in iz("triage", "--format", "html", many).stdout, "no meters")


def triage_is_the_same_in_pieces_and_threads(folder):
    """A file of several pieces, and the same in a zip file, in one thread and in three."""
    clean, wrong = read(CLEAN), read(wrong_message(folder))
    parts = [(wrong if i % 7 == 0 else clean).replace(b"AP-20260217-0101", b"P-%d" % i) for i in range(5200)]
    whole = b"\r".join(part.rstrip(b"\r\n") for part in parts) + b"\r"
    expect(len(whole) > 9 << 20, f"{len(whole)} bytes are too few")
    large = write(folder, "large.hl7", whole)
    with zipfile.ZipFile(os.path.join(folder, "large.zip"), "w", zipfile.ZIP_DEFLATED) as z:
        z.write(large, "large.hl7")
    results = [json.loads(iz("triage", "--as-of", "2026-02-18", "--threads", n, "--format", "json", name).stdout)
               for n, name in (("1", large), ("3", large), ("2", os.path.join(folder, "large.zip")))]
    expect(results[0]["counts"]["messages"] == 5200 and results[0]["counts"]["errors"] == 743, f"{results[0]['counts']}")
    expect(results[1] == results[0] and results[2] == results[0], "threads or a zip file change what is counted")
    ids = [json.loads(line)["control_id"] for line in iz("triage", "--format", "jsonl", large).stdout.splitlines()]
    expect(ids == [f"P-{i}" for i in range(5200)], "the rows are not in the order of the file")


def triage_refuses(folder):
    expect_refused(iz("triage"), "needs a file")
    expect_refused(iz("triage", "--by", "moon", CLEAN), "moon", "cause, field, who, sender, outcome, reason")
    expect_refused(iz("triage", "--threads", "0", CLEAN), "--threads")
    expect_refused(iz("triage", os.path.join(folder, "none.hl7")), "cannot read")
    expect_refused(iz("triage", write(folder, "empty.hl7", b"")), "empty")
    expect_refused(iz("triage", write(folder, "text.txt", b"hello\n")), "no HL7 message")


TESTS = [deidentify_copies, triage_counts_and_groups, triage_is_the_same_in_pieces_and_threads, triage_refuses, fix_mends_what_is_safe, diff_pairs_by_content, no_errors_is_0, errors_are_1, not_checked_is_2, jsonl_has_the_keys, json_is_one_array, messages_are_counted_in_their_file,
         standard_input, as_of_is_today, profile_is_forced, any_bytes_make_json, check_refuses, one_bad_file_of_many,
         commands_are_known, version_names_editions, explain_one_place, explain_absent_and_unknown,
         explain_finds_the_findings, explain_all, summary_in_words, interpret_tells_what_was_stored, interpret_pairs_by_control_id,
         interpret_takes_anything, soap_wraps_and_unwraps, soap_explains_a_fault, soap_refuses,
         predict_says_what_would_be_stored, interpret_shows_history_and_candidates, bench_prints_one_line,
         codes_show_and_search, a_closed_pipe_is_no_crash]


def main():
    failed = 0
    tests = TESTS + [functools.partial(test, sys.modules[__name__]) for test in codes.TESTS + local.TESTS]
    for test in tests:
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(folder)
            except Exception:
                failed += 1
                print(f"FAILED {getattr(test, 'func', test).__name__}")
                print(traceback.format_exc(limit=-2))
    print(f"{len(tests) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
