"""Who hears of what happens in a round: in the app and by letter, once, and never of what is long past."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.base.actors import Actor
from motcua.base.errors import Refused
from motcua.base.events import read_back
from motcua.base.models import Entry
from motcua.base.reactions import answers_to
from motcua.indices import actions, jobs
from motcua.indices.models import Answer, PointsObjection, Round
from motcua.indices.terms import Move
from motcua.notifications.models import Message
from motcua.notifications.terms import Channel
from motcua.organisations import queries as organisations
from motcua.people.models import Person
from motcua.people.terms import Role
from tests import make
from tests.indices.test_rounds import SET, World, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(timezone, "now", lambda: make.MONDAY + timedelta(hours=2))
    made = World(SET.replace(", rule: relative", ", rule: counted"))
    Person.objects.filter(pk=made.ba_to.leader.id).update(email="lanhdao@vidu.vn")
    return made


def hear() -> None:
    """What the worker does with the journal, twice: a reaction may run again after a fall."""
    for _again in range(2):
        for entry in Entry.objects.filter(name__startswith="indices.").order_by("id"):
            for reaction in answers_to(entry.name):
                reaction(read_back(entry.name, entry.facts), entry)


def told(person: Actor, channel: Channel = Channel.IN_APP) -> Counter[str]:
    found = Message.objects.filter(person=person.id, channel=channel.value)
    return Counter(found.values_list("subject", flat=True))


def news(person: Actor, act: Callable[[], object]) -> list[str]:
    before = told(person)
    act()
    hear()
    return list((told(person) - before).elements())


def test_each_step_of_a_round_is_told_to_whoever_goes_on(world: World):
    owner, other, title = world.ba_to.leader, world.tinh_khe.leader, world.round.title
    assert news(owner, lambda: world.go(Move.OPEN)) == [f"Mở đợt đánh giá: {title}"]
    letter = Message.objects.get(person=owner.id, channel=Channel.MAIL.value)
    assert letter.address == "lanhdao@vidu.vn" and "phụ trách 3 tiêu chí" in letter.body and "26/11/2026" in letter.body
    given = [world.answer("KH", world.tinh_khe.authority), world.answer("SK", world.tinh_khe.authority)]
    assert news(owner, lambda: actions.assign(given, owner=world.ba_to.authority, by=world.chief, at=make.MONDAY)) == [
        f"Được giao phụ trách 2 tiêu chí: {title}"
    ]
    longer = {"until": make.MONDAY.date() + timedelta(days=12), "reason": "Chờ số liệu", "by": world.chief}
    assert news(other, lambda: actions.extend(world.round, **longer, at=make.MONDAY)) == [
        f"Gia hạn đến 28/11/2026: {title}"
    ]
    world.score("DH", world.ba_to, numerator="90", denominator="100")
    judging = [world.answer("DH")]
    assert actions.assign_appraiser(judging, appraiser=world.tinh_khe.authority, by=world.chief, at=make.MONDAY) == 1
    assert news(other, lambda: world.go(Move.END_SELF_SCORING, Move.END_CHECKING)) == [f"Đến bước thẩm định: {title}"]
    for answer in Answer.objects.filter(round=world.round).select_related("unit"):
        actions.appraise(answer, points="1", reason="Thiếu tài liệu", by=world.chief, at=make.MONDAY)
    assert news(owner, lambda: world.go(Move.SEND_RESULTS)) == [f"Có kết quả thẩm định: {title}"]
    objected = world.answer("DH")
    text = "Đã nộp đủ tài liệu"
    assert news(other, lambda: actions.object_to(objected, text=text, by=world.ba_to.specialist, at=make.MONDAY)) == [
        f"Ý kiến về điểm thẩm định: tiêu chí DH, {objected.unit.name}"
    ]
    said = PointsObjection.objects.get()
    assert news(
        owner, lambda: actions.reply(said, text="Giữ nguyên", agreed=False, by=world.chief, at=make.MONDAY)
    ) == ["Trả lời ý kiến về tiêu chí DH: giữ nguyên điểm"]
    world.go(Move.END_OBJECTIONS)
    assert news(owner, lambda: actions.publish(world.round, by=world.chief, at=make.MONDAY)) == [
        f"Đã công bố kết quả: {title}"
    ]
    published = Message.objects.filter(person=owner.id, subject__startswith="Đã công bố")
    assert "3 điểm, hạng 1 trong 2 đơn vị" in published[0].body
    assert told(owner, Channel.MAIL) == told(owner)


def test_the_end_of_self_scoring_and_the_turn_of_the_council_are_told(world: World):
    title, owner, other = world.round.title, world.ba_to.leader, world.tinh_khe.leader
    world.go(Move.OPEN)
    hear()
    for criterion, value in (("KH", {"value": "không"}), ("DH", {"numerator": "1", "denominator": "2"})):
        world.score(criterion, world.ba_to, **value)
        world.score(criterion, world.tinh_khe, **value)
    world.score("SK", world.tinh_khe, value="2")
    there = {one.id: told(one) for one in (owner, other, world.chief)}
    world.go(Move.END_SELF_SCORING)
    hear()
    fresh = {
        key: list((told(one) - there[key]).elements()) for key, one in ((o.id, o) for o in (owner, other, world.chief))
    }
    assert fresh[owner.id] == [f"Đã hết bước tự chấm: {title}"] and fresh[other.id] == []
    assert fresh[world.chief.id] == [f"Đến bước kiểm tra: {title}"]
    bodies = dict(Message.objects.filter(channel=Channel.IN_APP.value).values_list("subject", "body"))
    assert "còn 1 tiêu chí chưa tự chấm" in bodies[f"Đã hết bước tự chấm: {title}"]
    assert "5 tiêu chí đã tự chấm" in bodies[f"Đến bước kiểm tra: {title}"]
    assert "1 tiêu chí chưa ai tự chấm" in bodies[f"Đến bước kiểm tra: {title}"]

    world.go(Move.END_CHECKING)
    for answer in Answer.objects.filter(round=world.round).select_related("unit"):
        actions.appraise(answer, points="0", reason="Thiếu tài liệu", by=world.chief, at=make.MONDAY)
    world.go(Move.SEND_RESULTS)
    actions.object_to(world.answer("DH"), text="Đã nộp đủ tài liệu", by=world.ba_to.specialist, at=make.MONDAY)
    subject = f"Đến bước hội đồng quyết định: {title}"
    assert subject in news(world.chief, lambda: world.go(Move.END_OBJECTIONS))
    body = Message.objects.get(person=world.chief.id, subject=subject, channel=Channel.IN_APP.value).body
    assert body == "1 ý kiến về điểm thẩm định chờ hội đồng quyết định, trong đó 1 ý kiến chưa được trả lời."


def test_what_is_long_past_is_no_news(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(timezone, "now", lambda: make.MONDAY + timedelta(days=300))
    assert news(world.ba_to.leader, lambda: world.go(Move.OPEN)) == []


def test_whoever_has_something_left_is_reminded_as_the_clock_goes_on(world: World):
    Round.objects.update(
        check_until=make.MONDAY.date() + timedelta(days=20), appraise_until=make.MONDAY.date() + timedelta(days=30)
    )
    world.go(Move.OPEN)
    world.score("KH", world.ba_to, value="không")
    runs = make.official("Bùi Chủ Trì", "chutri", world.province.root, Role.UNIT_HEAD)
    days = {n: jobs.morning_at(make.MONDAY + timedelta(days=n)) for n in (2, 3, 7, 9, 10, 11)}
    assert days == {2: 0, 3: 2, 7: 2, 9: 2, 10: 2, 11: 0}
    assert told(world.ba_to.leader, Channel.MAIL) == {"Còn 2 tiêu chí chưa tự chấm, hạn 26/11/2026": 4}
    world.go(Move.END_SELF_SCORING)
    assert jobs.morning_at(make.MONDAY + timedelta(days=19)) == 1
    assert told(runs) == {"Còn 1 tiêu chí chưa kiểm tra, hạn 06/12/2026": 1}
    world.go(Move.END_CHECKING)
    assert jobs.morning_at(make.MONDAY + timedelta(days=30)) == 1
    assert told(runs)["Còn 6 tiêu chí chưa thẩm định, hạn 16/12/2026"] == 1


def test_appraisers_are_set_at_the_desk_for_all_units_and_owners_do_not_appraise_themselves(world: World):
    desk = Client()
    desk.force_login(Person.objects.get(pk=world.chief.id))
    address = reverse("indices:assign", args=[world.round.pk]) + "?viec=tham-dinh"
    found = desk.get(address + "&tim=tinh khe").content.decode()
    assert "Cơ quan thẩm định" in found and f'value="{world.tinh_khe.authority}"' in found
    assert f'<option value="{world.ba_to.authority}"' not in found.split('name="agency"')[1], "only what was looked for"
    assert "Không có cơ quan nào tên" in desk.get(address + "&tim=khongcoten").content.decode()
    sent = {"chon": [world.answer("KH").pk], "agency": world.tinh_khe.division, "everywhere": "on"}
    assert desk.post(address, sent).status_code == 422, "a division is not offered before it is looked for"
    division = organisations.name_on(world.tinh_khe.division, make.MONDAY.date())
    assert desk.post(f"{address}&{urlencode({'tim': division})}", sent).status_code == 302
    assert set(Answer.objects.filter(criterion="KH").values_list("appraiser", flat=True)) == {world.tinh_khe.division}
    told_in = Entry.objects.filter(name="indices.AppraiserAssigned").count()
    assert (told_in, Entry.objects.filter(name="indices.CriteriaAssigned").count()) == (2, 1)
    own = [world.answer("DH", world.tinh_khe.authority)]
    because = refused(actions.assign_appraiser, own, appraiser=world.tinh_khe.authority, by=world.chief, at=make.MONDAY)
    assert "không tự thẩm định" in because and "DH" in because
    ticked = [str(world.answer("DH").pk), str(world.answer("KH", world.tinh_khe.authority).pk)]
    other = world.answer("DH", world.tinh_khe.authority).unit_id
    narrow = {
        "chon": ticked,
        "don-vi": str(other),
        "tim": "tinh khe",
        "agency": str(world.tinh_khe.authority),
        "loc": "1",
    }
    seen = desk.post(reverse("indices:assign", args=[world.round.pk]) + "?viec=tham-dinh", narrow, follow=True)
    found = seen.content.decode()
    assert f'type="hidden" name="chon" value="{ticked[0]}"' in found, "what another unit has ticked stays ticked"
    assert re.search(f'type="checkbox" name="chon" value="{ticked[1]}" checked', found)
    assert f'<option value="{world.tinh_khe.authority}" selected>' in found and "Đang chọn thêm 1 tiêu chí" in found
    page = desk.get(reverse("indices:answer", args=[world.answer("KH").pk])).content.decode()
    assert "thẩm định" in page and "Giao" in page
    with pytest.raises(Refused):
        actions.assign_appraiser([], appraiser=world.tinh_khe.authority, by=world.chief, at=make.MONDAY)
