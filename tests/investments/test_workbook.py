"""Workbooks as people send them: found heads, units, errors at their cells, nothing half-written, the same again changes nothing."""

import json
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from motcua.base.actors import SYSTEM
from motcua.base.errors import Refused
from motcua.base.models import Entry
from motcua.config import console
from motcua.investments import actions
from motcua.investments.actions import Report
from motcua.investments.models import Disbursement, PlanEntry, Project
from motcua.investments.terms import Basis, Source, Standing
from tests.investments.world import BILLION, NOW, World, figure, plan, project, world

pytestmark = pytest.mark.django_db
PROJECTS = (
    "Mã dự án", "Tên dự án", "Chủ đầu tư", "Địa bàn", "Nhóm", "Lĩnh vực", "Tổng mức đầu tư (triệu đồng)",
    "Quyết định đầu tư", "Ngày quyết định đầu tư", "Năm khởi công", "Năm hoàn thành",
)  # fmt: skip
BRIDGE = (
    "7900009", "Cầu Sông Re", "H48.012", "xã Ba Tơ", "Nhóm C", "Giao thông", 90_000.5, "QĐ 5", "01/03/2025", 2025, 2027,
)  # fmt: skip
PLANS = ("Mã dự án", "Năm", "Nguồn vốn", "Cơ quan giao", "Số vốn (tỷ đồng)", "Ngày quyết định", "Số quyết định")
FIGURES = ("Ngày chốt số liệu", "Lũy kế giải ngân", "Tháng", "Nguồn vốn", "Mã dự án", "Lý do sửa")


@pytest.fixture
def here() -> World:
    return world()


def book(**sheets: Sequence[Sequence[Any]]) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def taken(content: bytes, *, by: Any = SYSTEM, dry_run: bool = False) -> Report:
    return actions.import_workbook(content, by=by, at=NOW, dry_run=dry_run)


def everything() -> bytes:
    plans = [PLANS, ("7900009", 2026, "cân đối", "HĐND tỉnh", 10.5, "20/12/2025", "NQ 1")]
    plans.append(("Toàn tỉnh", 2026, "NSĐP", "HĐND", "1.200", date(2025, 12, 20), "NQ 1"))
    figures = [
        ("BÁO CÁO GIẢI NGÂN",),
        ("", "ĐVT: triệu đồng"),
        FIGURES,
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
        ("05/10/2026", "1.234,5", "9/2026", "Cân đối", "7900009"),
        ("05/11/2026", 2345.678901, "tháng 10/2026", "Cân đối", "7900009"),
        ("", 3580.178901, "", "Tổng cộng", ""),
    ]
    return book(So_lieu=figures, Von=plans, Du_an=[PROJECTS, BRIDGE], Ghi_chu=[("gì đó",)])


def test_projects_plans_and_figures_in_one_workbook_in_any_order(here: World) -> None:
    report = taken(everything())

    assert not report.errors and report.written
    assert (report.projects, report.plans, report.figures) == (1, 2, 2)
    one = Project.objects.get()
    assert (one.investor_id, one.locality_id, one.total_vnd) == (here.building, here.ba_to, 90_000_500_000)
    assert sorted(PlanEntry.objects.values_list("change_vnd", flat=True)) == [10_500_000_000, 1_200 * BILLION]
    found = dict(Disbursement.objects.values_list("month", "disbursed_vnd"))
    assert found == {date(2026, 9, 1): 1_234_500_000, date(2026, 10, 1): 2_345_678_901}
    assert Entry.objects.filter(name="investments.WorkbookImported").count() == 1


def test_the_same_workbook_again_changes_nothing_and_a_trial_writes_nothing(here: World) -> None:
    trial = taken(everything(), dry_run=True)
    assert trial.figures == 2 and not trial.written and not Project.objects.exists()
    taken(everything())
    entries = Entry.objects.exclude(name="investments.WorkbookImported").count()

    again = taken(everything())

    assert again.unchanged == 5 and not again.changes
    assert Entry.objects.exclude(name="investments.WorkbookImported").count() == entries


def test_one_wrong_cell_and_nothing_is_written_each_error_names_its_cell(here: World) -> None:
    wrong = list(BRIDGE)
    wrong[2], wrong[4], wrong[6] = "Sở Không Có", "Nhóm Z", "nhiều"
    content = book(
        Du_an=[PROJECTS, BRIDGE, ["7900010", "", *wrong[2:]]],
        Von=[
            PLANS,
            ("7900009", 2026, "cân đối", "HĐND", 10, "30/02/2026", "NQ 1"),
            ("x", 26, "", "", "", "", ""),
            ("7900010", 2026, "cân đối", "HĐND", 10, "20/12/2025", "NQ 1"),
        ],
    )

    report = taken(content)

    assert not report.written and not Project.objects.exists() and not PlanEntry.objects.exists()
    places = {(one.sheet, one.cell): one.reason for one in report.errors}
    assert set(places) == {
        ("Du_an", "B3"),
        ("Du_an", "C3"),
        ("Du_an", "E3"),
        ("Du_an", "G3"),
        ("Von", "F2"),
        ("Von", "A3"),
        ("Von", "B3"),
        *(("Von", f"{letter}3") for letter in "CDEFG"),
    }
    assert [one.sheet for one in report.errors] == sorted(one.sheet for one in report.errors)
    assert [one.row for one in report.errors if one.sheet == "Von"] == [2, *[3] * 7]
    assert "Sở Không Có" in places["Du_an", "C3"] and "ngày/tháng/năm" in places["Von", "F2"]


def test_what_the_rules_refuse_stands_at_the_cell_of_the_figure(here: World) -> None:
    plan(project(here), 100)
    rows = [
        FIGURES,
        ("05/10/2026", 40, "9/2026", "Cân đối", "7900001"),
        ("05/11/2026", 101, "10/2026", "Cân đối", "7900001"),
    ]

    report = taken(book(Sheet1=rows))

    assert [(one.cell, one.column) for one in report.errors] == [("B3", "Lũy kế giải ngân")]
    assert "vượt vốn được giao" in report.errors[0].reason
    assert not Disbursement.objects.exists()


def test_another_figure_needs_its_reason_and_keeps_the_old_one(here: World) -> None:
    one = project(here)
    plan(one, 100)
    actions.record(one, [figure(10, 40)], by=SYSTEM, at=NOW)
    row = ["05/11/2026", 41, "10/2026", "Cân đối", "7900001", ""]
    assert "lý do" in taken(book(S=[FIGURES, row])).errors[0].reason

    row[-1] = "Kho bạc đối chiếu lại"
    report = taken(book(S=[FIGURES, row]))

    assert report.corrections == 1 and report.changes[0].before == "40 đồng"
    assert Disbursement.objects.count() == 2


def test_an_investor_brings_in_its_own_rows_only(here: World) -> None:
    mine, theirs = project(here), project(here, "7900002", "Trường Ba Tơ", investor=here.education)
    for one in (mine, theirs):
        plan(one, 100)
    rows = [FIGURES, *(("05/11/2026", 4, "10/2026", "Cân đối", one.code) for one in (mine, theirs))]

    report = taken(book(S=rows), by=here.builder)

    assert [one.cell for one in report.errors] == ["B3"] and not Disbursement.objects.exists()
    assert taken(book(S=rows[:2]), by=here.builder).written


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "không phải bảng Excel"),
        (b"PK\x03\x04 nothing", "không phải bảng Excel"),
        (b"%PDF-1.7", "không phải bảng Excel"),
        (book(S=[("Mã dự án", "Tháng"), ("1", "2")]), "Thiếu cột"),
        (book(S=[("Họ và tên",), ("A",)]), "Không thấy bảng"),
        (book(S=[FIGURES]), "chưa có dòng nào"),
        (book(S=[FIGURES, *([("", 1, "", "", "7900001")] * 5030)]), "dài quá"),
    ],
)
def test_what_is_no_table_is_refused_with_one_sentence(here: World, content: bytes, word: str) -> None:
    with pytest.raises(Refused, match=word):
        taken(content)


def test_the_template_comes_back_as_an_import(here: World) -> None:
    one, other = project(here), project(here, "7900002", "=Trường Ba Tơ", investor=here.education)
    plan(one, 100)
    plan(one, 50, source=Source.LAND, basis=Basis.PRIME_MINISTER)
    plan(other, 70)
    content = actions.template(at=NOW, investors=[here.building], full=False)
    made = load_workbook(BytesIO(content))
    sheet = made["Giải ngân"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["7900001", "7900001"]
    assert taken(content).skipped == 2, "an empty figure says nothing"
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("Lũy kế giải ngân (đồng)") + 1).value = 33
    sheet.cell(2, heads.index("Mức tin cậy") + 1).value = "Ước"
    out = BytesIO()
    made.save(out)

    report = taken(out.getvalue(), by=here.builder)

    assert report.written and (report.figures, report.skipped) == (1, 1)
    row = Disbursement.objects.get()
    assert (row.disbursed_vnd, row.month, row.standing) == (33, date(2026, 10, 1), Standing.ESTIMATED)
    everybody = load_workbook(BytesIO(actions.template(at=NOW)))
    assert everybody.sheetnames == ["Giải ngân", "Kế hoạch vốn", "Dự án", "Danh mục"]
    assert everybody["Giải ngân"]["B2"].value == "'=Trường Ba Tơ", "no formula by a name"


def test_the_console_takes_a_workbook_in(
    here: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "_connect", lambda: None)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    good, bad = tmp_path / "so.xlsx", tmp_path / "sai.xlsx"
    good.write_bytes(everything())
    bad.write_bytes(book(S=[FIGURES, ("05/11/2026", "x", "10/2026", "Cân đối", "1")]))

    assert console.main(["investments", "import", str(good), "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["written"] is False
    assert console.main(["investments", "import", str(good)]) == 0
    assert "2 số mới" in capsys.readouterr().out
    assert console.main(["investments", "import", str(bad), "--json"]) == 1
    assert {one["cell"] for one in json.loads(capsys.readouterr().out)["errors"]} == {"B2", "E2"}
    assert console.main(["investments", "import", str(tmp_path / "khong-co.xlsx")]) == 1
    assert console.main(["investments", "rates", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["denominators"]["council"] == {
        "name": str(Basis.COUNCIL.label),
        "plan_vnd": 1_200 * BILLION,
        "rate": "0.20",
    }
    assert told["denominators"]["prime_minister"]["rate"] is None
    assert console.main(["investments", "rates", "--month", "2026-09"]) == 0
    assert "1.234.500.000 đồng" in capsys.readouterr().out
    assert console.main(["investments", "template", str(tmp_path / "mau.xlsx")]) == 0
    assert (tmp_path / "mau.xlsx").read_bytes().startswith(b"PK")
    assert console.main(["investments", "steward", "H48.012", "--since", "2026-12-01", "--decision", "QĐ 3"]) == 0
