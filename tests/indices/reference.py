"""Reference rows as tables the commands read: published figures in, published results beside them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from motcua.indices.rules.numbers import decimal_text

DATA = Path(__file__).resolve().parents[1] / "data" / "indices"
PCI_2006 = ["entry", "land", "transparency", "time", "informal", "bias_soe", "proactivity", "support", "labor", "legal"]
PCI_2013 = ["entry", "land", "transparency", "time", "informal", "bias", "proactivity", "support", "labor", "legal"]


def rows(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(columns: Sequence[str], lines: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(lines)
    return out.getvalue().encode("utf-8")


def pci(year: int) -> list[dict[str, str]]:
    path = "pci/pci_2006_2008.csv" if year < 2009 else "pci/pci_2013_2015.csv"
    return [row for row in rows(path) if row["year"] == str(year)]


def pci_table(year: int, leave_out: Sequence[str] = ()) -> bytes:
    keys = [key for key in (PCI_2006 if year < 2009 else PCI_2013) if key not in leave_out]
    return table(["unit", *keys], [[row["province"], *(row[key] for key in keys)] for row in pci(year)])


def pci_published(year: int) -> bytes:
    return table(["unit", "score", "rank"], [[row["province"], row["pci"], row["rank"]] for row in pci(year)])


def pci_raw_2006() -> bytes:
    """All indicators of 2006 in one table, columns `entry.i01` …"""
    units: dict[str, dict[str, str]] = {}
    columns: dict[str, None] = {}
    for place, key in enumerate(PCI_2006, start=1):
        for row in rows(f"pci/pci_2006_chain/s{place:02}_{key}.csv"):
            for column, value in row.items():
                if column[0] == "i" and column[1:].isdigit():
                    columns[f"{key}.{column}"] = None
                    units.setdefault(row["province"], {})[f"{key}.{column}"] = value
    return table(["unit", *columns], [[unit, *(cells[c] for c in columns)] for unit, cells in units.items()])


def papi(path: str, year: str) -> list[dict[str, str]]:
    return [row for row in rows(path) if row["year"] == year]


def papi_table(path: str, year: str) -> bytes:
    found = papi(path, year)
    keys = [key for key in found[0] if key[0] == "d" and "_" in key]
    return table(["unit", *keys], [[row["province"], *(row[key] for key in keys)] for row in found])


def papi_published(year: str) -> bytes:
    found = papi("papi/papi_2011_2014.csv", year)
    return table(["unit", "score"], [[row["province"], row["total"]] for row in found])


def pairs_table(units: Mapping[str, Mapping[str, tuple[object, object]]]) -> bytes:
    """A table of numerators and denominators: unit → code → (n, d)."""
    codes = list(dict.fromkeys(code for pairs in units.values() for code in pairs))
    header = ["unit", *(f"{code}.{end}" for code in codes for end in ("n", "d"))]
    lines = [[unit, *(value for code in codes for value in pairs.get(code, ("", "")))] for unit, pairs in units.items()]
    return table(header, lines)


def printed(value: Fraction | None) -> Decimal | None:
    return None if value is None else Decimal(decimal_text(value))
