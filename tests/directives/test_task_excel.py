"""Tasks out to a sheet and in from one: columns by heading, errors with their cell, all rows or none."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import Workbook, load_workbook

from motcua.base.errors import Refused
from motcua.base.text import unaccented
from motcua.directives import actions
from motcua.directives.actions import excel
from motcua.directives.actions.excel import COLUMNS
from motcua.directives.models import Series, Task
from motcua.directives.terms import Field, GivenBy
from tests.directives import make_tasks as make

pytestmark = pytest.mark.django_db
HEADS = ["Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"]


def sheet(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def take(world: make.World, content: bytes, **more: bool) -> actions.SheetReport:
    return actions.import_tasks(content, by=world.office.specialist, at=make.DAY, **more)


def test_rows_become_tasks_and_the_same_sheet_again_changes_nothing():
    world = make.world()
    content = sheet(
        [*HEADS, "Cơ quan phối hợp", "Lĩnh vực", "Cấp giao", "Chu kỳ", "Ngày giao"],
        ["Rà soát", "Sở Tài chính", "31/12/2026", "Sở Nội vụ; UBND xã Ba Tơ", "Y tế", "chủ tịch", "", "15/09/2026"],
        ["Báo cáo", "H48.007", None, "", "", "", "Hằng quý", ""],
    )
    first = take(world, content)
    assert (first.rows, first.given, first.errors, first.written) == (2, 2, [], True)
    task = Task.objects.get(title="Rà soát")
    assert (task.lead_id, task.due_on, task.given_on) == (world.finance.agency, date(2026, 12, 31), date(2026, 9, 15))
    assert (task.field, task.given_by) == (Field.HEALTH, GivenBy.CHAIR)
    assert set(task.coordinations.values_list("agency", flat=True)) == {world.interior.agency, world.ba_to.agency}
    assert Series.objects.get().lead_id == world.interior.agency
    again = take(world, content)
    assert (again.given, again.unchanged, Task.objects.count()) == (0, 2, 2)


def test_columns_are_found_by_their_heading_wherever_they_stand():
    world = make.world()
    content = sheet(
        ["DANH MỤC NHIỆM VỤ", None, None],
        [],
        ["thoi han", "Ghi chú", "CƠ QUAN CHỦ TRÌ", "Nội dung nhiệm vụ"],
        [datetime(2026, 12, 31), "x", "Sở Tài chính", "Rà soát"],
    )
    assert take(world, content).given == 1
    assert Task.objects.get().due_on == date(2026, 12, 31)


def test_each_error_names_its_cell_and_nothing_is_half_written():
    world = make.world()
    content = sheet(
        [*HEADS, "Lĩnh vực", "Số văn bản"],
        ["Việc đúng", "Sở Tài chính", "31/12/2026"],
        ["Việc sai ngày", "Sở Tài chính", "31/11/2026"],
        ["Không chủ trì", "", "31/12/2026"],
        ["Cơ quan cũ", "Sở KH&ĐT", "31/12/2026"],
        ["Nhóm", "các sở, ban, ngành", "31/12/2026", "Bói toán", "1/QĐ"],
        ["Hạn đã qua", "Sở Tài chính", "01/01/2026"],
    )
    report = take(world, content)
    assert (report.written, Task.objects.count(), report.rows) == (False, 0, 6)
    found = {(one.row, one.column): one.reason for one in report.errors}
    assert set(found) == {
        (3, "Thời hạn"),
        (4, "Cơ quan chủ trì"),
        (5, "Cơ quan chủ trì"),
        (6, "Cơ quan chủ trì"),
        (6, "Lĩnh vực"),
        (6, "Số văn bản"),
        (7, "Nội dung nhiệm vụ"),
    }
    assert "nay là Sở Tài chính" in found[5, "Cơ quan chủ trì"]
    assert "trước ngày giao" in found[7, "Nội dung nhiệm vụ"]


def test_a_trial_says_what_would_happen_and_writes_nothing():
    world = make.world()
    report = take(world, sheet(HEADS, ["Việc", "Sở Tài chính", "31/12/2026"]), dry_run=True)
    assert (report.given, report.written, Task.objects.count()) == (1, False, 0)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"abc", "không phải bảng Excel"),
        (sheet(["Nội dung nhiệm vụ", "Thời hạn"], ["a", "b"]), "Thiếu cột"),
        (sheet([*HEADS, "Thời hạn"], ["a", "b", "c", "d"]), r"có hai lần \(C, D\)"),
        (sheet(HEADS), "chưa có dòng nào"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_refused(content, sentence):
    world = make.world()
    with pytest.raises(Refused, match=sentence):
        take(world, content)


def test_only_those_who_give_may_bring_a_sheet():
    world = make.world()
    with pytest.raises(Refused, match="Chỉ lãnh đạo"):
        actions.import_tasks(b"", by=world.office.records, at=make.DAY)


def test_what_goes_out_comes_in_again_unchanged():
    world = make.world()
    make.given(world, title="=cmd()", partners=(world.interior.agency,), directive=make.read(world))
    make.reported(world)
    content = actions.export_tasks(Task.objects.order_by("pk"), at=make.DAY)
    rows = list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))
    assert list(rows[0]) == list(COLUMNS.values())
    assert rows[1][1] == "'=cmd()" and rows[1][3] == "Sở Nội vụ" and rows[1][9] == "512/TB-VPUBND"
    assert rows[2][13] == "Chờ xác nhận, trong hạn"
    report = take(world, content)
    assert (report.unchanged, report.given, report.errors) == (2, 0, [])


def test_the_template_is_read_by_the_import():
    world = make.world()
    report = take(world, actions.template(), dry_run=True)
    assert report.rows == 1
    assert {one.column for one in report.errors} == {"Cơ quan phối hợp", "Số văn bản"}  # of its example


def test_the_words_of_a_sheet_are_vietnamese_in_whatever_language_the_page_is_read():
    """The module may be loaded by the first request of a process, and that may be an English one."""
    world = make.world()
    with translation.override("en"):
        assert excel._words(Field) == excel._SAID["field"]
        lists = [row[2] for row in load_workbook(BytesIO(actions.template()))["Các giá trị"].values if row[2]]
        report = take(world, sheet([*HEADS, "Lĩnh vực"], ["Rà soát", "H48.007", None, "Health"]))
    assert set(map(unaccented, lists[1:])) == set(excel._SAID["field"])
    assert str(Field.HEALTH.label) in report.errors[0].reason
