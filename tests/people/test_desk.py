"""The pages of officials: who gets in, what they say, what they do."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import Workbook, load_workbook

from motcua.base.models import PersonalRead
from motcua.people import actions, queries
from motcua.people.actions import excel
from motcua.people.models import Delegation, Person, Post
from motcua.people.terms import OFFICIALS, Role
from tests.people import world

pytestmark = pytest.mark.django_db
ADMIN_PAGES = ["officials", "new", "import", "template"]


@pytest.fixture
def province() -> int:
    return world.agency("Ủy ban nhân dân tỉnh", code="000.00.00.H48")


def inside(client: Client, role: Role | None, where: int, name: str = "thu", full_name: str = "Phạm Thị Thử") -> Person:
    who = world.person(full_name, username=name)
    if role is not None:
        world.post(who, where, role, since=date(2020, 1, 1))
    client.force_login(who)
    return who


@pytest.mark.parametrize("page", ADMIN_PAGES)
@pytest.mark.parametrize("role", [None, *[one for one in Role if one not in (Role.CITIZEN,)]])
def test_only_the_administrator_manages_people(client: Client, province: int, page: str, role: Role | None) -> None:
    inside(client, role, province)

    answer = client.get(reverse(f"people_desk:{page}"))

    assert answer.status_code == (200 if role is Role.ADMINISTRATOR else 403)


def test_a_stranger_comes_to_no_page_of_the_desk(client: Client) -> None:
    for page in [*ADMIN_PAGES, "delegations", "delegate"]:
        assert client.get(reverse(f"people_desk:{page}")).status_code == 302


def test_the_list_finds_without_accents_and_asks_a_bounded_number_of_questions(
    client: Client, province: int, django_assert_max_num_queries: Any
) -> None:
    inside(client, Role.ADMINISTRATOR, province)
    for number in range(6):
        world.post(
            world.person(f"Đặng Văn {'ABCDEF'[number]}", username=f"dang.{number}"), province, since=date(2020, 1, 1)
        )
    client.get(reverse("people_desk:officials"))

    with django_assert_max_num_queries(8):
        page = client.get(reverse("people_desk:officials"), {"q": "dang van c"}).content.decode()

    assert "Đặng Văn C" in page
    assert "Đặng Văn D" not in page


def test_a_person_is_entered_appointed_and_ended(client: Client, province: int) -> None:
    inside(client, Role.ADMINISTRATOR, province)

    answer = client.post(
        reverse("people_desk:new"), {"full_name": "Lê Thị Mới", "username": "Moi.LT", "email": "moi@example.vn"}
    )
    who = Person.objects.get(username="moi.lt")
    assert answer.headers["Location"] == reverse("people_desk:appoint", args=[who.pk])
    assert client.get(answer.headers["Location"]).status_code == 200
    client.post(
        answer.headers["Location"], {"agency": province, "role": "clerk", "since": "01/01/2026", "title": "Công chức"}
    )
    post = Post.objects.get(person=who)
    assert client.get(reverse("people_desk:end_post", args=[post.pk])).status_code == 200
    client.post(reverse("people_desk:end_post", args=[post.pk]), {"last_day": "31/03/2026"})

    post.refresh_from_db()
    assert post.last_day == date(2026, 3, 31)
    page = client.get(reverse("people_desk:person", args=[who.pk])).content.decode()
    assert "31/03/2026" in page
    assert PersonalRead.objects.get().ids == [who.pk], "telephone and mail stand there in full"
    client.post(reverse("people_desk:invite", args=[who.pk]))
    assert queries.open_invitations(who).count() == 1
    client.post(reverse("people_desk:switch_account", args=[who.pk]))
    who.refresh_from_db()
    assert not who.is_active


def test_an_administrator_sees_neither_citizens_nor_officials_of_others(client: Client, province: int) -> None:
    other = world.agency("Ủy ban nhân dân tỉnh khác")
    inside(client, Role.ADMINISTRATOR, province)
    stranger = world.person("Người Ngoài", username="ngoai")
    world.post(stranger, other)
    citizen = actions.find_or_register(
        full_name="Dân Thường", phone="0905123456", by=world.clerk(province), at=world.NOW
    )

    for who in (stranger, citizen):
        assert client.get(reverse("people_desk:person", args=[who.pk])).status_code == 404
        assert client.post(reverse("people_desk:switch_account", args=[who.pk])).status_code == 404


def test_an_official_delegates_chooses_to_act_and_both_names_stand(client: Client, province: int) -> None:
    today = timezone.localdate()
    giver = inside(client, Role.LEADER, province, "leader", "Lãnh Đạo Một")
    receiver = world.person("Người Thay", username="thay")
    world.post(receiver, province, Role.SPECIALIST, since=date(2020, 1, 1))
    assert client.get(reverse("people_desk:delegate")).status_code == 200
    typed = {
        "held": f"{province}:leader",
        "receiver": receiver.pk,
        "starts_on": f"{today:%d/%m/%Y}",
        "ends_on": f"{today:%d/%m/%Y}",
    }
    assert "Ghi số và ngày" in client.post(reverse("people_desk:delegate"), typed).content.decode()
    client.post(reverse("people_desk:delegate"), {**typed, "decision": "12/GUQ"})
    given = Delegation.objects.get()

    client.force_login(receiver)
    assert client.post(reverse("people:choose_place"), {"place": f"d{given.pk}"}).status_code == 302
    page = client.get(reverse("people:me")).content.decode()

    assert "Làm thay Lãnh Đạo Một" in page
    answer = client.get(reverse("people:reads"))
    assert answer.status_code == 403
    client.post(reverse("people_desk:revoke", args=[given.pk]))
    assert world.acting_for(receiver, today) == []
    assert client.get(reverse("people:me")).status_code == 200
    assert giver.pk == given.giver_id


def test_a_place_that_is_not_mine_cannot_be_chosen(client: Client, province: int) -> None:
    inside(client, Role.CLERK, province)

    answer = client.post(reverse("people:choose_place"), {"place": "d999"})

    assert answer.status_code == 400


def test_preferences_change_the_language(client: Client, province: int) -> None:
    who = inside(client, Role.CLERK, province)

    client.post(reverse("people:preferences"), {"language": "en", "single_keys_off": "on"})

    who.refresh_from_db()
    assert (who.language, who.single_keys_off) == ("en", True)
    assert client.cookies["ngon_ngu"].value == "en"


def sheet(*rows: list[Any], heads: list[str] | None = None) -> bytes:
    book = Workbook()
    book.active.append(heads or list(excel.COLUMNS.values()))
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


GOOD = [
    "Nguyễn Văn Mẫu",
    "mau.nv",
    "mau@example.vn",
    "0905123456",
    "",
    date(1990, 9, 5),
    "000.00.00.H48",
    "can bo mot cua",
]
GOOD += ["Công chức", "Bộ phận Một cửa", "01/01/2026", "", "QĐ 12"]


def changed(**cells: Any) -> list[Any]:
    row = list(GOOD)
    for name, value in cells.items():
        row[list(excel.COLUMNS).index(name)] = value
    return row


def test_a_sheet_is_imported_once_and_changes_nothing_the_second_time(province: int) -> None:
    by = world.administrator(province)
    content = sheet(GOOD, changed(username="hai.nv", full_name="Hai", email="", role="Văn thư"))

    trial = excel.import_officials(content, by=by, at=world.NOW, dry_run=True)
    assert (trial.rows, trial.new_people, trial.written, Person.objects.count()) == (2, 2, False, 0)
    report = excel.import_officials(content, by=by, at=world.NOW, send_invitations=True)
    assert (report.new_people, report.new_posts, report.invited, report.written) == (2, 2, 1, True)
    again = excel.import_officials(content, by=by, at=world.NOW)
    assert (again.new_people, again.new_posts, again.unchanged) == (0, 0, 2)
    assert Post.objects.count() == 2


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"full_name": ""}, "Họ và tên", "còn trống"),
        ({"full_name": "Â" * 1000}, "Họ và tên", "quá 200"),
        ({"username": "Có Dấu"}, "Tên đăng nhập", "không dấu"),
        ({"email": "khong-phai-thu"}, "Thư điện tử", "chưa đúng"),
        ({"phone": "12"}, "Điện thoại", "không gọi được"),
        ({"identity_number": "123"}, "Số căn cước", "12 số"),
        ({"born_on": "31/02/1990"}, "Ngày sinh", "ngày/tháng/năm"),
        ({"born_on": "01/01/2030"}, "Ngày sinh", "sau hôm nay"),
        ({"agency": "H48.999"}, "Mã cơ quan", "Không có cơ quan"),
        ({"role": "Giám đốc"}, "Vai trò", "Không có vai trò"),
        ({"since": ""}, "Từ ngày", "còn trống"),
        ({"since": "01/02/2926"}, "Từ ngày", "ngày/tháng/năm"),
        ({"until": "31/12/9999"}, "Đến ngày", "ngày/tháng/năm"),
        ({"since": "01/02/2026", "until": "01/01/2026"}, "Vai trò", "Ngày cuối không thể trước"),
    ],
)
def test_one_wrong_cell_is_named_and_nothing_is_written(
    province: int, cells: dict[str, Any], column: str, reason: str
) -> None:
    content = sheet(changed(username="dung.nv"), changed(**cells))

    report = excel.import_officials(content, by=world.administrator(province), at=world.NOW)

    assert [(error.row, error.column) for error in report.errors] == [(3, column)]
    assert reason in report.errors[0].reason
    assert not report.written
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"not a sheet", "không phải bảng Excel"),
        (sheet(), "chưa có dòng nào"),
        (sheet(GOOD, heads=["Tên", "Tuổi"]), "Thiếu cột: Họ và tên"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused_on_the_page(
    client: Client, province: int, content: bytes, sentence: str
) -> None:
    inside(client, Role.ADMINISTRATOR, province)

    answer = client.post(reverse("people_desk:import"), {"sheet": SimpleUploadedFile("x.xlsx", content)})

    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_the_page_lists_errors_by_row_and_the_template_is_readable(client: Client, province: int) -> None:
    inside(client, Role.ADMINISTRATOR, province)
    wrong = SimpleUploadedFile("x.xlsx", sheet(changed(role="Giám đốc")))

    page = client.post(reverse("people_desk:import"), {"sheet": wrong}).content.decode()
    template = client.get(reverse("people_desk:template")).content

    assert "Còn 1 ô cần sửa" in page
    report = excel.import_officials(template, by=world.administrator(province), at=world.NOW, dry_run=True)
    assert [error.column for error in report.errors] == ["Mã cơ quan"]


def test_the_roles_of_a_sheet_are_vietnamese_in_whatever_language_the_page_is_read() -> None:
    with translation.override("en"):
        assert excel._roles() == excel._ROLES
        names = [row[0] for row in load_workbook(BytesIO(excel.template()))["Vai trò"].values]
    assert names == [str(role.label) for role in OFFICIALS]


def test_the_password_of_a_sheet_is_never_known_so_nobody_signs_in_before_the_invitation(province: int) -> None:
    excel.import_officials(sheet(GOOD), by=world.administrator(province), at=world.NOW)

    assert not Person.objects.get().has_usable_password()
    assert timedelta(days=7) == actions.accounts.INVITATION_LASTS


def test_among_many_colleagues_one_is_found_by_a_part_of_the_name_without_marks(client: Client, province: int) -> None:
    today = timezone.localdate()
    inside(client, Role.LEADER, province, "leader", "Lãnh Đạo Một")
    for number in range(51):
        world.post(world.person(f"Bùi Văn {number}", username=f"bui{number}"), province, Role.SPECIALIST)
    twins = [world.person("Trịnh Thị Yến", username=name) for name in ("yen", "yen2")]
    for one in twins:
        world.post(one, province, Role.SPECIALIST)
    url, typed = reverse("people_desk:delegate"), {"held": f"{province}:leader", "decision": "12/GUQ"}
    first = client.get(url).content.decode()
    assert "Trịnh Thị Yến" not in first and "Danh sách dưới đây có 50 người đầu" in first

    looked = client.post(url, {**typed, "find": "thi yen", "look": "1"}).content.decode()
    nobody = client.post(url, {**typed, "find": "khong co ai", "look": "1"}).content.decode()

    assert "Trịnh Thị Yến (yen)" in looked and "Trịnh Thị Yến (yen2)" in looked and "Bùi Văn" not in looked
    assert 'value="12/GUQ"' in looked and "Chọn người làm thay" not in looked, (
        "what was typed stays, nothing is scolded"
    )
    assert "Không có đồng nghiệp nào mang tên này" in nobody and not Delegation.objects.exists()
    days = {"starts_on": f"{today:%d/%m/%Y}", "ends_on": f"{today:%d/%m/%Y}"}
    client.post(url, {**typed, **days, "find": "thi yen", "receiver": twins[1].pk})
    assert Delegation.objects.get().receiver == twins[1]
