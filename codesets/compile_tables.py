"""Makes the form in which the tables of this folder stand in the program (read by compiled.cpp).

For each table a line of JSON, its head with the number of rows, and then its cells column by column, a line each: a
column's cells are alike and pack well, and the program looks at the lines where they stand, without copying.

A cell that follows from others is left empty. The head says how, by column:
    "short": ["cvx", "CVX", "display"]   as `display` of the row of table CVX whose code stands in `cvx` here
    "code": ["ndc11", "ndc10"]           the National Drug Code in `ndc10` as 5-4-2
    "gtin": ["gtin", "ndc10"]            its GTIN-14
    "code": ["vis_code", "gdti", "edition"]   the bar code of a statement: 253, document, 11, YYMMDD
Where a cell differs from that, it stands there behind a `=`.
"""
import json


def check_digit(digits):
    return str(-sum(int(d) * (3 - i % 2 * 2) for i, d in enumerate(reversed(digits))) % 10)


def ndc11(ndc10):
    return "-".join(part.rjust(size, "0") for part, size in zip(ndc10.split("-"), (5, 4, 2)))


def gtin(ndc10):
    digits = "003" + ndc10.replace("-", "")
    return digits + check_digit(digits)


def vis_code(gdti, edition):
    return f"253{gdti}11{edition.replace('-', '')[2:]}"


FUNCTIONS = {"ndc11": ndc11, "gtin": gtin, "vis_code": vis_code}


def follows(row, how, tables):
    """What a cell would be if it followed from others. `row`: column -> cell."""
    if how[0] in FUNCTIONS:
        return FUNCTIONS[how[0]](*(row[c] for c in how[1:]))
    by, other, column = how
    found = tables[other]["by_code"].get(row[by])
    return found[column] if found else ""


def rows_of(table):
    columns = table["columns"]
    for row in table["rows"]:
        if len(row) > len(columns):
            raise ValueError(f"{table['id']}: a row has more cells than columns")
        cells = [cell or "" for cell in row] + [""] * (len(columns) - len(row))
        if any(not isinstance(cell, str) or "\n" in cell for cell in cells):
            raise ValueError(f"{table['id']}: {row[0]} has a cell that is no text of one line")
        yield dict(zip(columns, cells))


def compile_tables(files):
    """name -> text, by name -> JSON value of each file."""
    tables = {}
    for value in files.values():
        for table in value["tables"]:
            if table["id"] in tables:
                raise ValueError(f"a second table {table['id']}")
            rows = list(rows_of(table))
            by_code = {r["code"]: r for r in reversed(rows)}
            tables[table["id"]] = {"rows": rows, "by_code": by_code}
    out = {}
    for name, value in files.items():
        lines = []
        for table in value["tables"]:
            rows = tables[table["id"]]["rows"]
            head = {**{k: v for k, v in table.items() if k != "rows"}, "rows": len(rows)}
            lines.append(json.dumps(head, ensure_ascii=False, separators=(",", ":")))
            for column in table["columns"]:
                how = table.get("derived", {}).get(column)
                for row in rows:
                    cell = row[column]
                    if how:
                        cell = "" if cell == follows(row, how, tables) else "=" + cell
                    lines.append(cell)
        out[name] = "\n".join(lines) + "\n"
    return out
