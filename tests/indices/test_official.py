"""Official results: the files that come with the product, imports that are whole or refused, merged provinces as estimates."""

import io
from argparse import Namespace
from decimal import Decimal
from fractions import Fraction

import pytest
from openpyxl import Workbook

from motcua.base.actors import SYSTEM
from motcua.base.errors import Refused
from motcua.indices import actions, console
from motcua.indices.models import OfficialResult
from motcua.indices.rules import official
from motcua.indices.rules.scoring import Figures, score
from motcua.indices.rules.shipped import shipped
from motcua.indices.rules.verifying import read_published
from tests import make

CENSUS = 96_208_984
"""People of Viet Nam on 1 April 2019."""


def test_the_provinces_are_63_and_became_34() -> None:
    alive = [one for one in official.provinces() if one.people]
    assert len(alive) == 63 and len(official.provinces()) == 64
    assert sum(one.people for one in alive) == CENSUS
    assert len({one.now for one in official.provinces()}) == 34
    assert [one.name for one in official.predecessors("tỉnh Quảng Ngãi")] == ["Quảng Ngãi", "Kon Tum"]
    assert not official.is_merged("Cao Bằng") and official.is_merged("Đà Nẵng")


@pytest.mark.parametrize(
    ("spelt", "name"),
    [("BRVT", "Bà Rịa - Vũng Tàu"), ("TT.Huế", "Thừa Thiên Huế"), ("Tỉnh quảng ngãi", "Quảng Ngãi"), ("Xã A", "Xã A")],
)
def test_spellings_meet(spelt: str, name: str) -> None:
    assert official.canonical(spelt) == name


def test_shipped_totals_follow_from_their_parts_by_the_shipped_definitions() -> None:
    """PCI 2011 alone does not: its publisher's totals differ from its parts, and both are kept."""
    sets = {2006: "pci-2006", 2009: "pci-2009", 2013: "pci-2013"}
    odd = []
    for one in official.shipped_results():
        found = read_published(one.content, Fraction(0), with_parts=True)
        assert len(found.scores) == {2005: 42}.get(one.year, 64 if one.year < 2009 else 63)
        if one.index == "PCI" and one.year > 2005:
            definition = shipped(sets[max(year for year in sets if year <= one.year)])
            units = tuple(found.scores)
            columns = {leaf.code: [found.parts[unit].get(leaf.code) for unit in units] for leaf in definition.leaves}
            totals = score(definition, Figures(units, columns)).totals
            gaps = [abs(a - found.scores[unit]) for a, unit in zip(totals, units, strict=True)]  # type: ignore[operator]
            odd += [one.year] if max(gaps) > Fraction(1, 50_000) else []
        elif one.index == "PAPI":
            for unit, total in found.scores.items():
                parts = found.parts.get(unit, {})
                assert total is None or abs(sum(parts.values(), Fraction(0)) - total) < Fraction(1, 10_000)
    assert odd == [2011]


def test_a_merged_province_is_estimated_from_its_predecessors() -> None:
    before = {"Quảng Ngãi": Fraction(60), "Kon Tum": Fraction(50), "Cao Bằng": Fraction(55)}
    found = official.estimates(before)
    people = {one.name: one.people for one in official.provinces()}
    heavy, light = people["Quảng Ngãi"], people["Kon Tum"]
    assert found["Quảng Ngãi"] == Fraction(60 * heavy + 50 * light, heavy + light)
    assert found["Cao Bằng"] == 55 and found["Đà Nẵng"] is None


@pytest.mark.django_db
def test_an_excel_file_of_34_provinces_with_the_publishers_titles() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["BẢNG KẾT QUẢ NĂM 2025"])
    sheet.append(["STT", "Tỉnh, thành phố", "Điểm", "Xếp hạng"])
    for number, name in enumerate(sorted({one.now for one in official.provinces()}), start=1):
        sheet.append([number, name, 60 + number / 4, 35 - number])
    out = io.BytesIO()
    book.save(out)
    words = {"index": "PCI", "year": 2025, "source": "VCCI", "name": "pci.xlsx"}
    assert actions.import_results(out.getvalue(), **words, by=SYSTEM, at=make.MONDAY) == 34  # type: ignore[arg-type]
    ours = OfficialResult.objects.get(unit="Quảng Ngãi")
    assert ours.score is not None and ours.rank == int(ours.rank or 0) and ours.parts == {}


@pytest.mark.django_db
def test_nothing_is_half_imported() -> None:
    def refused(content: str, **more: object) -> str:
        words = {"index": "PCI", "year": 2024, "source": "VCCI", **more}
        with pytest.raises(Refused) as found:
            actions.import_results(content.encode(), **words, by=SYSTEM, at=make.MONDAY)  # type: ignore[arg-type]
        return " ".join(found.value.objections)

    assert "cùng một đơn vị" in refused("unit,score\nBRVT,60\nBR-VT,61\n")
    assert "Dòng 2" in refused("unit,score\nQuảng Ngãi,cao\n")
    assert "dòng tổng hợp" in refused("unit,score\nĐiểm cao nhất,70\n")
    assert "nguồn" in refused("unit,score\nQuảng Ngãi,60\n", source=" ")
    assert "Năm" in refused("unit,score\nQuảng Ngãi,60\n", year=20255)
    assert not OfficialResult.objects.exists()


@pytest.mark.django_db
def test_the_console_imports_what_is_shipped_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert actions.import_shipped_results(by=SYSTEM, at=make.MONDAY) == len(official.shipped_results()) > 20
    assert actions.import_shipped_results(by=SYSTEM, at=make.MONDAY) == 0
    ours = OfficialResult.objects.get(index="PCI", year=2013, unit_key="quang ngai")
    assert ours.rank == 7 and round(ours.score or 0, 2) == Decimal("62.60") and len(ours.parts) == 10
    nothing = Namespace(file=None, shipped=False, index=None, year=None, source=None, json=False)
    assert console.run_import_results(nothing) == 2 and "--shipped" in capsys.readouterr().err
