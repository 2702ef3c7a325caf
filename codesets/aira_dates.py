"""Dates of use of vaccines from AIRA's compiled code base (Compiled.xml), those that can be trusted.

AIRA gives most codes dates, but many of them repeat the day on which CDC last changed the row. A date counts if
- the code is a vaccine of its own there (concept type `vaccine`) and not one of unspecified formulation,
- it is not a day on which CDC changed this code, in any edition at hand,
- it is no bulk date: a day on which CDC changed five codes or more, or that AIRA gives to five codes or more,
- the start is not after the end.
"""
import collections
import xml.etree.ElementTree as ET

from cdc_files import Refused, clean, iso

BULK = 5


def use_dates(data, changed, unspecified):
    """Rows {code, start, end} by the bytes of Compiled.xml. `changed`: code -> days on which CDC changed it, YYYY-MM-DD."""
    try:
        root = ET.fromstring(data)
    except (ET.ParseError, ValueError) as e:
        raise Refused(f"Compiled.xml is not complete XML: {e}") from None
    codes = next((s for s in root if s.findtext("type") == "VACCINATION_CVX_CODE"), None)
    if codes is None:
        raise Refused("Compiled.xml has no codes of CVX")
    stated = {}
    for c in codes.findall("code"):
        dates = {d.tag: iso(clean(d.text)) for d in c.find("use-date") or ()}
        stated[clean(c.findtext("value"))] = (c.findtext("concept-type"), dates)
    changes = collections.Counter(day for days in changed.values() for day in days)
    boundaries = collections.Counter(day for _, dates in stated.values() for day in set(dates.values()))
    rows = []
    for code, (concept, dates) in stated.items():
        if concept != "vaccine" or code in unspecified:
            continue

        def trusted(day):
            bulk = changes[day] >= BULK or boundaries[day] >= BULK
            return "" if not day or day in changed.get(code, ()) or bulk else day
        start, end = trusted(dates.get("not-before", "")), trusted(dates.get("not-after", ""))
        if (start or end) and not (start and end and start > end):
            rows.append({"code": code, "start": start, "end": end})
    return rows
