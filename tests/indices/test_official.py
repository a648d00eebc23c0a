"""Official results: published tables as test data, imports that are whole or refused, merged provinces as estimates."""

import io
from argparse import ArgumentParser
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.test import Client
from openpyxl import Workbook

from motcua.base.actors import SYSTEM
from motcua.base.errors import Refused
from motcua.indices import actions, console
from motcua.indices.models import OfficialResult
from motcua.indices.queries import official as queries
from motcua.indices.rules import official
from motcua.indices.rules.scoring import Figures, score
from motcua.indices.rules.shipped import shipped
from motcua.indices.rules.verifying import read_published
from motcua.indices.terms import Certainty
from tests import make
from tests.indices import reference as ref

RESULTS = ref.DATA / "results"
CENSUS = 96_208_984
"""People of Viet Nam on 1 April 2019."""


def test_the_provinces_are_63_and_became_34() -> None:
    alive = [one for one in official.provinces() if one.people]
    assert len(alive) == 63 and len(official.provinces()) == 64
    assert sum(one.people for one in alive) == CENSUS
    assert {one.sure for one in alive} == {Certainty.REMEMBERED} and official.people_are_remembered(alive)
    assert len({one.now for one in official.provinces()}) == 34
    assert [one.name for one in official.predecessors("tỉnh Quảng Ngãi")] == ["Quảng Ngãi", "Kon Tum"]
    assert not official.is_merged("Cao Bằng") and official.is_merged("Đà Nẵng")


@pytest.mark.parametrize(
    ("spelt", "name"),
    [("BRVT", "Bà Rịa - Vũng Tàu"), ("TT.Huế", "Thừa Thiên Huế"), ("Tỉnh quảng ngãi", "Quảng Ngãi"), ("Xã A", "Xã A")],
)
def test_spellings_meet(spelt: str, name: str) -> None:
    assert official.canonical(spelt) == name


@pytest.mark.parametrize(
    ("file", "definition", "units"),
    [("pci-2008", "pci-2006", 64), ("pci-2013", "pci-2013", 63), ("papi-2021", "papi-2021", 63)],
)
def test_published_totals_follow_from_their_parts(file: str, definition: str, units: int) -> None:
    found = read_published((RESULTS / f"{file}.csv").read_bytes(), Fraction(0), with_parts=True)
    assert len(found.scores) == units
    rows = shipped(definition)
    children = [child.code for child, _weight in rows.children[rows.root]]
    if file.startswith("papi"):  # its leaves lie below the dimensions that were published
        for unit, total in found.scores.items():
            parts = found.parts.get(unit, {})
            assert total is None or abs(sum(parts.values(), Fraction(0)) - total) < Fraction(1, 10_000)
            assert set(parts) <= set(children)
        return
    names = tuple(found.scores)
    columns = {code: [found.parts[unit].get(code) for unit in names] for code in children}
    totals = score(rows, Figures(names, columns)).totals
    assert all(abs(a - found.scores[unit]) < Fraction(1, 50_000) for a, unit in zip(totals, names, strict=True))  # type: ignore[operator]


def test_no_published_table_is_part_of_the_product() -> None:
    files = [one.name for one in official.FOLDER.rglob("*.csv")]
    assert files == ["provinces.csv"]


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
def test_the_console_takes_in_published_tables_and_the_pages_say_them(capsys: pytest.CaptureFixture[str]) -> None:
    parser = ArgumentParser()
    console.register(parser.add_subparsers())
    source = "VCCI, USAID: bảng PCI 2013"
    for year in (2008, 2013):
        asked = ["--index", "pci", "--year", str(year), "--source", source, "--json"]
        args = parser.parse_args(["indices", "import-results", str(RESULTS / f"pci-{year}.csv"), *asked])
        assert args.run(args) == 0
    assert capsys.readouterr().out == '{"units": 64}\n{"units": 63}\n'
    ours = OfficialResult.objects.get(index="PCI", year=2013, unit_key="quang ngai")
    assert ours.rank == 7 and round(ours.score or 0, 2) == Decimal("62.60") and len(ours.parts) == 10
    page = Client().get("/chi-so/pci/?nam=2013").content.decode()
    assert "Hạng 7 trong 63, thuộc một phần tư cao nhất" in page and "62,6" in page and "Chi phí thời gian" in page
    assert "đổi cách tính, không so với năm trước" in page and "Số dân ghi theo trí nhớ" in page
    assert "Quảng Ngãi + Kon Tum" in page and "hư cấu" not in page.split("<footer")[0]
    shown = queries.official_series("PCI")
    assert [(step.year, step.rank) for step in shown.ours] == [(2008, 41), (2013, 7)] and shown.made_up == ()
    gone = ArgumentParser()
    console.register(gone.add_subparsers())
    with pytest.raises(SystemExit):
        gone.parse_args(["indices", "import-results", "--shipped"])


def imported(year: int, source: str, **more: str) -> None:
    content = more.get("content", "unit,score,entry,Nhóm mới\nQuảng Ngãi,62.6,7.5,3\nKon Tum,58,6,4\nHuế,60,5,5\n")
    actions.import_results(
        content.encode(), index="PCI", year=year, source=source, by=SYSTEM, at=make.MONDAY - timedelta(days=1)
    )


@pytest.mark.django_db
def test_what_is_made_up_says_so_wherever_it_is_shown() -> None:
    imported(2023, "Số liệu HƯ CẤU để tập huấn")
    for path in ("/chi-so/", "/chi-so/pci/", "/chi-so/pci/bang/", "/chi-so/pci/bang/?theo=34"):
        page = Client().get(path).content.decode()
        assert "Số liệu hư cấu, không phải kết quả công bố." in page, path
    csv_file = Client().get("/chi-so/pci/bang.csv")
    assert "hu-cau" in csv_file["Content-Disposition"] and csv_file.content.decode().count("HƯ CẤU") == 3
    imported(2024, "VCCI")
    page = Client().get("/chi-so/pci/").content.decode()
    assert "Số liệu của năm 2023 là hư cấu" in page and "PCI 2024</h1>" in page
    assert "số liệu hư cấu</span></h1>" in Client().get("/chi-so/pci/?nam=2023").content.decode()


@pytest.mark.django_db
def test_a_part_is_called_as_in_the_last_definition_or_as_in_the_file() -> None:
    imported(2024, "VCCI")
    assert queries.official_year("PCI", 2024).names == {"entry": "Chi phí gia nhập thị trường", "Nhóm mới": "Nhóm mới"}
    imported(2024, "VCCI", content="unit,score\nQuảng Ngãi,60\n")
    assert queries.official_year("PCI", 2024).names == {}
