"""Administration through its pages: who gets in, what is decided, what stays typed when it is refused."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from motcua.base.actors import SYSTEM, Actor
from motcua.notifications import actions as notifications
from motcua.notifications.models import Message
from motcua.notifications.terms import State
from motcua.organisations import actions as organisations_actions
from motcua.organisations import queries as organisations
from motcua.organisations.models import Agency
from motcua.organisations.rules import New
from motcua.organisations.terms import Kind
from motcua.people import actions as people
from motcua.people.terms import Role
from motcua.workdays import queries as workdays
from motcua.workdays.models import ClockSetting, DayRule
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> make.Province:
    return make.province()


def signed_in(client: Client, who: Actor) -> Client:
    client.force_login(make.person_of(who))
    return client


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def decision(**more: Any) -> dict[str, Any]:
    return {"on": "01/01/2027", "decision": "Nghị quyết 12/NQ-HĐND", "note": "", **more}


PAGES = ("admin", "calendar", "calendar_new_day", "calendar_hours", "calendar_clock", "agencies", "parked")


def test_who_gets_in(client: Client, world: make.Province) -> None:
    expected = {
        world.administrator: PAGES,
        world.controller: ("admin", "calendar", "calendar_new_day", "calendar_hours", "calendar_clock"),
        world.ba_to.clerk: (),
        world.ba_to.leader: (),
        world.citizen: (),
    }
    for who, open_pages in expected.items():
        signed_in(client, who)
        answers = {name: client.get(reverse(f"desk:{name}")).status_code for name in PAGES}
        assert answers == {name: 200 if name in open_pages else 403 for name in PAGES}, who.name


def test_a_stranger_is_sent_to_the_sign_in(client: Client, world: make.Province) -> None:
    for name in PAGES:
        assert client.get(reverse(f"desk:{name}")).status_code == 302


def test_the_start_page_shows_what_the_role_may_set(client: Client, world: make.Province) -> None:
    page = text_of(signed_in(client, world.controller).get(reverse("desk:admin")))
    assert "Lịch làm việc" in page and "Nhật ký" in page and "Mục mới nhất mang số" in page
    assert "Mở cây cơ quan" not in page and "Xem và gửi lại" not in page


# The calendar

NEW_DAY = {
    "day": "18/11/2026", "last": "", "kind": "holiday", "name": "Nghỉ phòng bão", "document": "Công điện 09/CĐ-UBND",
    "status": "decided", "hours": "",
}  # fmt: skip
TRIAL = {"nhan": "16/11/2026 09:00", "han": "5", "don_vi": "wd", "nam": "2026"}


def test_a_day_off_added_moves_the_due_date_shown_and_that_of_the_next_dossier(
    client: Client, world: make.Province
) -> None:
    signed_in(client, world.administrator)
    already = make.received(world)
    assert "thứ Hai 23/11/2026" in text_of(client.get(reverse("desk:calendar"), TRIAL))

    answer = client.post(reverse("desk:calendar_new_day"), NEW_DAY)

    assert answer.status_code == 302
    page = text_of(client.get(reverse("desk:calendar"), TRIAL))
    assert "thứ Ba 24/11/2026" in page and "Nghỉ phòng bão" in page and "Công điện 09/CĐ-UBND" in page
    assert "18/11/2026 là ngày nghỉ: Nghỉ phòng bão" in page and world.administrator.name in page
    later, before = make.received(world), already.due_at
    already.refresh_from_db()
    assert already.due_at == before and later.due_at is not None and before is not None and later.due_at > before


def test_what_was_typed_stays_when_a_day_is_refused(client: Client, world: make.Province) -> None:
    signed_in(client, world.administrator)
    answer = client.post(
        reverse("desk:calendar_new_day"), {**NEW_DAY, "kind": "extra", "name": "Làm bù bão <b>số 9</b>"}
    )
    assert answer.status_code == 422
    page = text_of(answer)
    assert "vốn là ngày làm việc" in page and 'value="Làm bù bão &lt;b&gt;số 9&lt;/b&gt;"' in page
    assert not DayRule.objects.filter(day=date(2026, 11, 18)).exists()


def test_a_run_of_days_is_set_whole_and_bounded(client: Client, world: make.Province) -> None:
    signed_in(client, world.administrator)
    long = client.post(reverse("desk:calendar_new_day"), {**NEW_DAY, "last": "18/12/2027"})
    assert long.status_code == 422 and "không quá 31 ngày" in text_of(long)
    client.post(reverse("desk:calendar_new_day"), {**NEW_DAY, "last": "20/11/2026"})
    assert DayRule.objects.filter(name="Nghỉ phòng bão").count() == 3


def test_a_day_is_changed_and_removed_on_its_own_pages(client: Client, world: make.Province) -> None:
    signed_in(client, world.administrator)
    client.post(reverse("desk:calendar_new_day"), NEW_DAY)
    place = reverse("desk:calendar_day", args=["2026-11-18"])
    assert 'value="Nghỉ phòng bão"' in text_of(client.get(place))

    changed = {name: value for name, value in NEW_DAY.items() if name not in ("day", "last")}
    client.post(place, {**changed, "status": "expected"})
    assert "dự kiến" in text_of(client.get(reverse("desk:calendar"), {"nam": "2026"}))

    gone = reverse("desk:calendar_remove_day", args=["2026-11-18"])
    assert "ngày làm việc bình thường" in text_of(client.get(gone))
    client.post(gone)
    assert not DayRule.objects.filter(day=date(2026, 11, 18)).exists()
    assert client.get(gone).status_code == 404
    assert client.get(reverse("desk:calendar_day", args=["2026-13-40"])).status_code == 404


def test_hours_of_one_office_are_dated_and_leave_the_others_alone(client: Client, world: make.Province) -> None:
    signed_in(client, world.administrator)
    place = f"{reverse('desk:calendar_hours')}?co-quan={world.ba_to.authority}"
    week = {f"d{number}": "7h30-11:30, 13:30-17:30" for number in range(5)} | {"d5": "07:30-11:30", "d6": ""}
    sent = {"since": "01/12/2026", "document": "QĐ 5/QĐ-UBND", **week}

    wrong = client.post(place, {**sent, "d0": "sáng"})
    assert wrong.status_code == 422 and 'value="sáng"' in text_of(wrong) and "Không đọc được" in text_of(wrong)
    assert client.post(place, sent).status_code == 302

    saturday = date(2026, 12, 5).toordinal()
    assert workdays.calendar_of(world.ba_to.one_stop, date(2026, 12, 5)).windows(saturday)
    assert not workdays.calendar_of(world.tinh_khe.one_stop, date(2026, 12, 5)).windows(saturday)
    assert "07:30–11:30" in text_of(client.get(place))
    assert client.post(place, {**sent, "since": "01/06/2026", "document": "QĐ 4/QĐ-UBND"}).status_code == 302
    today = text_of(client.get(reverse("desk:calendar"), {"co-quan": world.ba_to.authority}))
    assert "Theo giờ riêng, áp dụng từ 01/06/2026" in today and "cấp trên hoặc của tỉnh" not in today


def test_the_length_of_a_working_day_is_dated(client: Client, world: make.Province) -> None:
    signed_in(client, world.controller)
    sent = {"since": "01/01/2027", "hours_per_day": "7,5", "comparison": "by_date", "document": "QĐ 6"}
    assert client.post(reverse("desk:calendar_clock"), {**sent, "hours_per_day": "30"}).status_code == 422
    assert client.post(reverse("desk:calendar_clock"), sent).status_code == 302
    assert str(ClockSetting.objects.get().hours_per_day) == "7.50"


def commune_administrator(world: make.Province) -> Actor:
    person = make.person_of(world.ba_to.records)
    people.appoint(
        person, agency=world.ba_to.authority, role=Role.ADMINISTRATOR, since=make.START, by=SYSTEM, at=make.SETUP
    )
    return person.actor(agency=world.ba_to.authority, roles=frozenset({"administrator"}))


def test_an_administrator_of_a_commune_decides_inside_the_commune_only(client: Client, world: make.Province) -> None:
    signed_in(client, commune_administrator(world))
    whole = client.post(reverse("desk:calendar_new_day"), NEW_DAY)
    assert whole.status_code == 422 and "do quản trị cấp tỉnh đặt" in text_of(whole)
    other = client.post(f"{reverse('desk:calendar_new_day')}?co-quan={world.tinh_khe.authority}", NEW_DAY)
    assert other.status_code == 422 and not DayRule.objects.filter(name="Nghỉ phòng bão").exists()
    own = client.post(f"{reverse('desk:calendar_new_day')}?co-quan={world.ba_to.authority}", NEW_DAY)
    assert own.status_code == 302
    for pk in (world.ba_to.authority, world.tinh_khe.authority, world.tinh_khe.division):
        ended = client.post(reverse("desk:agency_deed", args=[pk, "ket-thuc"]), decision(**{"da-xem": "1"}))
        assert ended.status_code == 422 and "cơ quan cấp trên" in text_of(ended)
    unit = decision(**{"moi1-kind": "division", "moi1-name": "Phòng Văn hóa - Xã hội", "da-xem": "1"})
    assert client.post(reverse("desk:agency_deed", args=[world.ba_to.authority, "mo-don-vi"]), unit).status_code == 302


# Agencies


def merger(world: make.Province, **more: Any) -> dict[str, Any]:
    new = {"moi1-kind": "commune", "moi1-place": "Ba Tịnh", "moi1-code": "H48.199", "moi1-code_is_ours": "on"}
    return decision(with_1=str(world.tinh_khe.authority), into="0", **{**new, **more})


def test_two_communes_are_merged_through_the_pages(client: Client, world: make.Province) -> None:
    signed_in(client, world.administrator)
    place = reverse("desk:agency_deed", args=[world.ba_to.authority, "sap-nhap"])

    asked = text_of(client.post(place, merger(world)))
    assert "UBND xã Ba Tơ kết thúc hoạt động" in asked and "UBND xã Tịnh Khê kết thúc hoạt động" in asked
    assert "UBND xã Ba Tịnh kế thừa" in asked and "4 phòng, bộ phận" in asked and "10 cán bộ" in asked
    assert organisations.by_code("H48.199") is None, "nothing is decided before it was read"

    again = client.post(place, merger(world, sua="1"))
    assert 'value="Ba Tịnh"' in text_of(again) and again.status_code == 200

    answer = client.post(place, merger(world, **{"da-xem": "1"}))
    made = organisations.by_code("H48.199")
    assert made is not None and answer["Location"] == reverse("desk:agency", args=[made.agency])
    assert made.name == "Ủy ban nhân dân xã Ba Tịnh" and made.place == "xã Ba Tịnh"
    then = date(2027, 1, 2)
    assert organisations.as_now([world.ba_to.authority], then) == {world.ba_to.authority: (made.agency,)}
    page = text_of(client.get(answer["Location"]))
    assert "Nghị quyết 12/NQ-HĐND" in page and "UBND xã Ba Tơ" in page

    old, new = ({"ngay": "02/01/2027", "nhin": how} for how in ("then", "now"))
    assert "UBND xã Ba Tịnh" in text_of(client.get(reverse("desk:agencies"), old))
    assert "UBND xã Ba Tơ" not in text_of(client.get(reverse("desk:agencies"), {**new, "q": ""})).split("Khi đó")[-1]
    assert "UBND xã Ba Tơ" in text_of(client.get(reverse("desk:agencies"), {"ngay": "31/12/2026"}))


def test_a_merger_without_name_or_with_itself_says_why_and_keeps_what_was_typed(
    client: Client, world: make.Province
) -> None:
    signed_in(client, world.administrator)
    place = reverse("desk:agency_deed", args=[world.ba_to.authority, "sap-nhap"])
    nameless = client.post(place, merger(world, **{"moi1-place": "", "da-xem": "1"}))
    assert nameless.status_code == 422 and "Ghi tên địa bàn" in text_of(nameless)
    assert "Nghị quyết 12/NQ-HĐND" in text_of(nameless)
    early = client.post(place, {**merger(world, **{"da-xem": "1"}), "on": "01/01/2019"})
    assert early.status_code == 422 and "chọn ngày sau đó" in text_of(early)
    staying = client.post(place, {**merger(world), "into": str(world.ba_to.authority)})
    assert "UBND xã Ba Tơ kế thừa" in text_of(staying)


def test_a_unit_is_renamed_corrected_moved_split_and_ended(client: Client, world: make.Province) -> None:
    signed_in(client, world.administrator)
    pk, home = world.ba_to.division, world.ba_to.authority
    blank = {"code": "", "place": "", "address": "", "phone": ""}
    same = decision(name="Phòng Kinh tế", short_name="Phòng Kinh tế", **blank)

    def send(slug: str, **sent: Any) -> Any:
        return client.post(reverse("desk:agency_deed", args=[pk, slug]), {**decision(), "da-xem": "1", **sent})

    refused = send("doi-ten", **same)
    assert refused.status_code == 422 and "Chưa có thông tin nào thay đổi" in text_of(refused)
    named = {**blank, "name": "Phòng Kinh tế, Hạ tầng", "short_name": "Phòng KT-HT"}
    assert send("doi-ten", **named, on="01/06/2026").status_code == 302
    names = [organisations.name_on(pk, day) for day in (date(2026, 5, 31), date(2026, 6, 1))]
    assert names == ["Phòng Kinh tế", "Phòng Kinh tế, Hạ tầng"]

    place = f"{reverse('desk:agency_correct', args=[pk])}?ngay=01/06/2026"
    mended = {**named, "name": "Phòng Kinh tế và Hạ tầng"}
    assert "Ghi lý do" in text_of(client.post(place, mended))
    assert client.post(place, {**mended, "reason": "ghi nhầm"}).status_code == 302
    assert organisations.name_on(pk, date(2026, 6, 1)) == "Phòng Kinh tế và Hạ tầng"

    assert send("chuyen", to=str(world.tinh_khe.authority), on="01/07/2026").status_code == 302
    assert pk in organisations.subtree_ids(world.tinh_khe.authority, date(2026, 7, 1))
    assert send("chuyen", to=str(home), on="01/08/2026").status_code == 302

    alone = text_of(send("chia-tach", **{"moi1-kind": "division", "moi2-kind": "division", "moi3-kind": "division"}))
    assert "cần ít nhất hai cơ quan sau đó" in alone and "Ghi tên đầy đủ" not in alone, "blank forms are not judged"
    part = {"moi1-kind": "division", "moi1-name": "Phòng Hạ tầng", "stays": "on", "on": "01/09/2026"}
    assert send("chia-tach", **part).status_code == 302
    assert organisations.version_on(pk, date(2026, 9, 1)) is not None
    assert send("ket-thuc", heir_1=str(home), on="01/10/2026").status_code == 302
    assert organisations.version_on(pk, date(2026, 10, 1)) is None
    assert home in organisations.as_now([pk], date(2026, 10, 1))[pk]


def test_an_ended_agency_shows_closed_acts_with_the_reason(client: Client, world: make.Province) -> None:
    signed_in(client, world.administrator)
    ended = {"decision": "QĐ 9", "on": date(2026, 6, 1), "by": SYSTEM, "at": make.MONDAY}
    organisations_actions.abolish(Agency.objects.get(pk=world.ba_to.division), **ended)
    page = text_of(client.get(reverse("desk:agency", args=[world.ba_to.division])))
    assert "kết thúc hoạt động từ ngày 01/06/2026" in page
    assert client.get(reverse("desk:agency", args=[999_999])).status_code == 404
    assert client.get(reverse("desk:agency_deed", args=[world.root, "xoa-het"])).status_code == 404


def test_search_knows_old_names_and_the_list_does_not_ask_more_with_more_agencies(
    client: Client, world: make.Province, django_assert_max_num_queries: Any
) -> None:
    signed_in(client, world.administrator)
    for number in range(30):
        new = New(name=f"Phòng số {number}", short_name=f"Phòng số {number}", kind=Kind.DIVISION, parent=world.root)
        organisations_actions.open_agency(new, by=SYSTEM, at=make.SETUP, on=make.START, decision="QĐ 3")
    found = client.get(reverse("desk:agencies"), {"q": "ba to"})
    assert "Ủy ban nhân dân xã Ba Tơ" in text_of(found)
    assert "Không thấy cơ quan nào" in text_of(client.get(reverse("desk:agencies"), {"q": "<script>"}))
    assert "Ngày này không đọc được" in text_of(client.get(reverse("desk:agencies"), {"ngay": "30/02/2026"}))
    with django_assert_max_num_queries(14):
        client.get(reverse("desk:agencies"))
    with django_assert_max_num_queries(16):
        client.get(reverse("desk:agency", args=[world.root]))
    with django_assert_max_num_queries(16):
        client.get(reverse("desk:calendar"), {"co-quan": world.ba_to.authority})


# Messages


def test_a_parked_message_is_read_and_sent_again(client: Client, world: make.Province) -> None:
    person = make.person_of(world.citizen)
    made = notifications.queue("mail", to=person, subject="Hẹn trả hồ sơ", body="…", about=None, at=make.MONDAY)
    Message.objects.filter(pk=made.pk).update(state=State.PARKED, error="550 không có địa chỉ này")
    signed_in(client, world.administrator)
    page = text_of(client.get(reverse("desk:parked")))
    assert "550 không có địa chỉ này" in page and "m•••@vidu.vn" in page and "mau@vidu.vn" not in page

    client.post(reverse("desk:parked"), {"chon": ["không phải số", str(made.pk)]})

    assert Message.objects.get(pk=made.pk).state == State.WAITING
    assert "Không tin nào bị kẹt" in text_of(client.get(reverse("desk:parked")))
