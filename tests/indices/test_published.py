"""Published results come out again: PCI to the printed digit, PAPI sums, QĐ 766 exactly."""

from decimal import Decimal
from fractions import Fraction

import pytest

from motcua.indices.rules.scoring import Scores, score
from motcua.indices.rules.shipped import shipped
from motcua.indices.rules.tables import read_figures
from motcua.indices.rules.verifying import compare, read_published
from tests.indices import reference as ref


def scored(code: str, content: bytes) -> Scores:
    return score(shipped(code), read_figures(content, shipped(code)).figures)


@pytest.mark.parametrize(("year", "tolerance"), [(2006, "1e-12"), (2007, "1e-5"), (2008, "1e-5")])
def test_pci_2006_to_2008(year: int, tolerance: str):
    found = scored("pci-2006", ref.pci_table(year))
    published = read_published(ref.pci_published(year), Fraction(0))
    assert len(found.units) == 64
    assert compare(found, published, Fraction(tolerance)) == []
    if year == 2007:
        assert len(published.ranks) == 64


@pytest.mark.parametrize("year", [2013, 2015])
def test_pci_2013_and_2015_totals_and_ranks(year: int):
    found = scored("pci-2013", ref.pci_table(year))
    published = read_published(ref.pci_published(year), Fraction(0))
    assert len(published.ranks) == len(found.units) == 63
    assert compare(found, published, Fraction("1e-5")) == []


def test_the_pci_totals_are_not_rounded():
    found = scored("pci-2013", ref.pci_table(2013))
    ha_noi = found.units.index("Hà Nội")
    weights = (5, 5, 20, 5, 10, 5, 5, 20, 20, 5)
    row = next(row for row in ref.pci(2013) if row["province"] == "Hà Nội")
    by_hand = sum(weight * Decimal(row[key]) for weight, key in zip(weights, ref.PCI_2013, strict=True)) / 10
    assert ref.printed(found.totals[ha_noi]) == by_hand


def test_pci_2006_from_indicators_through_every_aspect():
    found = scored("pci-2006-full", ref.pci_raw_2006())
    worst = 0.0
    checked = 0
    for place, key in enumerate(ref.PCI_2006, start=1):
        for row in ref.rows(f"pci/pci_2006_chain/s{place:02}_{key}.csv"):
            unit = found.units.index(row["province"])
            for column, value in row.items():
                code = key if column == "score" else f"{key}.{column}"
                if column in ("province", "province_code") or column[0] == "i":
                    continue
                points = found.parts[code][unit]
                assert points is not None
                worst, checked = max(worst, abs(float(points) - float(value))), checked + 1
    assert checked > 1200
    assert worst < 1e-12
    assert compare(found, read_published(ref.pci_published(2006), Fraction(0)), Fraction("1e-12")) == []


@pytest.mark.parametrize("year", ["2011", "2012", "2013", "2014"])
def test_papi_sums(year: str):
    found = scored("papi-2011", ref.papi_table("papi/papi_2011_2014.csv", year))
    for row in ref.papi("papi/papi_2011_2014.csv", year):
        unit = found.units.index(row["province"])
        for code in ("d1", "d2", "d3", "d4", "d5", "d6", "papi"):
            points, text = found.parts[code][unit], row["total" if code == "papi" else code]
            if row["d1"] == "":
                assert points is None
            else:
                assert points is not None
                assert abs(float(points) - float(text)) < (2e-5 if code == "papi" else 3e-6)
    published = read_published(ref.papi_published(year), shipped("papi-2011").top.least)
    assert compare(found, published, shipped("papi-2011").tolerance) == []
    assert len(published.remarks) == (2 if year == "2014" else 0)


@pytest.mark.parametrize(
    ("code", "without", "tops"),
    [
        (
            "papi-2018",
            {"Quảng Ninh", "Đồng Tháp"},
            [("Lạng Sơn", "47.053"), ("Bến Tre", "47.050"), ("Bắc Giang", "46.834")],
        ),
        (
            "papi-2021",
            {"Quảng Ninh", "Bắc Giang", "Bắc Ninh"},
            [("Thừa Thiên Huế", "48.059"), ("Bình Dương", "47.178"), ("Thanh Hóa", "47.102")],
        ),
    ],
)
def test_papi_later_years_a_missing_part_leaves_no_total(code: str, without: set[str], tops: list[tuple[str, str]]):
    found = scored(code, ref.papi_table(f"papi/{code.replace('-', '_')}.csv", code[-4:]))
    assert {unit for unit, total in zip(found.units, found.totals, strict=True) if total is None} == without
    order = sorted(
        (rank, unit, total) for unit, total, rank in zip(found.units, found.totals, found.ranks, strict=True) if rank
    )
    assert [(unit, f"{float(total):.3f}") for _rank, unit, total in order[:3] if total is not None] == tops


def test_qd766_payment_rows_are_exact():
    found_rows = ref.rows("../qd766/phutho_payment.csv")
    units = {
        row["unit_code"]: {
            "PAID_ONLINE": (row["paid_dossiers"], row["obliged_dossiers"]),
            "TTHC_WITH_PAYMENT": (row["tthc_with_online_payment"], row["fee_tthc_distinct"]),
            "TTHC_PAYABLE": (row["fee_tthc_on_dvcqg"], row["fee_tthc"]),
        }
        for row in found_rows
    }
    found = scored("qd766-province", ref.pairs_table(units))
    assert [ref.printed(each) for each in found.parts["TTTT"]] == [Decimal(row["score"]) for row in found_rows]


def test_qd766_progress_rows_are_exact():
    found_rows = ref.rows("../qd766/phutho_progress.csv")
    units = {row["unit_code"]: {"ON_TIME": (row["on_time"], row["received"])} for row in found_rows}
    found = scored("qd766-province", ref.pairs_table(units))
    assert [ref.printed(each) for each in found.parts["TDGQ"]] == [Decimal(row["score"]) for row in found_rows]


@pytest.mark.parametrize("name", ["digitisation", "satisfaction", "transparency"])
def test_qd766_metric_rows_are_exact_and_null_is_not_zero(name: str):
    found_rows = [row for row in ref.rows(f"../qd766/phutho_{name}.csv") if row["denominator"]]
    for row in found_rows:
        pair = {row["metric"]: (row["numerator"], row["denominator"])}
        found = scored("qd766-province", ref.pairs_table({row["unit_code"]: pair}))
        assert ref.printed(found.parts[row["metric"]][0]) == (Decimal(row["score"]) if row["score"] else None), row


def whole_province() -> dict[str, tuple[object, object]]:
    """Phú Thọ with all its metrics: H44."""
    pairs: dict[str, tuple[object, object]] = {}
    for name in ("digitisation", "satisfaction", "transparency"):
        for row in ref.rows(f"../qd766/phutho_{name}.csv"):
            if row["unit_code"] == "H44":
                pairs[row["metric"]] = (row["numerator"] or row["ratio"], row["denominator"] or "100")
    payment = next(row for row in ref.rows("../qd766/phutho_payment.csv") if row["unit_code"] == "H44")
    progress = next(row for row in ref.rows("../qd766/phutho_progress.csv") if row["unit_code"] == "H44")
    online = ref.rows("../qd766/phutho_online.csv")[0]
    pairs["PAID_ONLINE"] = payment["paid_dossiers"], payment["obliged_dossiers"]
    pairs["TTHC_WITH_PAYMENT"] = payment["tthc_with_online_payment"], payment["fee_tthc_distinct"]
    pairs["TTHC_PAYABLE"] = payment["fee_tthc_on_dvcqg"], payment["fee_tthc"]
    pairs["ON_TIME"] = progress["on_time"], progress["received"]
    pairs["ONLINE_PROVIDED"] = int(online["partial_tthc"]) + int(online["full_tthc"]), online["authority_tthc"]
    pairs["ONLINE_WITH_DOSSIER"] = online["services_with_online_dossier"], online["online_services"]
    pairs["ONLINE_DOSSIER"] = online["online_dossiers"], online["total_dossiers"]
    return pairs


def test_qd766_a_whole_province():
    found = scored("qd766-province", ref.pairs_table({"H44": whole_province()}))
    groups = {
        code: str(ref.printed(found.parts[code][0])) for code in ("CKMB", "TDGQ", "DVCTT", "TTTT", "MDHL", "MDSH")
    }
    assert groups == {"CKMB": "7.96", "TDGQ": "15.68", "DVCTT": "8.56", "TTTT": "6.25", "MDHL": "12.97", "MDSH": "8.22"}
    assert found.totals[0] == sum(Fraction(text) for text in groups.values())
    assert found.parts["PUBLISH_ON_TIME"][0] is None


def test_qd766_equal_two_decimal_sums_share_their_rank():
    provinces = ref.rows("../qd766/provinces_17_of_34.csv")
    totals = [Fraction(row["total"]) for row in provinces]
    from_groups = [sum(Fraction(row[g]) for g in ("CKMB", "TDGQ", "CLGQ", "MDSH", "MDHL", "TTTT")) for row in provinces]
    assert totals == from_groups
    quang_ninh, tay_ninh = (
        next(row for row in provinces if row["name"] == name) for name in ("Quảng Ninh", "Tây Ninh")
    )
    assert quang_ninh["total"] == tay_ninh["total"] and quang_ninh["rank"] == tay_ninh["rank"] == "5"
