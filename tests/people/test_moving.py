"""Posts follow mergers and divisions: by themselves where only one place is possible, by a choice where it is not."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from motcua.base.actors import SYSTEM
from motcua.base.errors import Refused
from motcua.base.events import read_back
from motcua.base.models import Entry
from motcua.base.reactions import answers_to
from motcua.base.verify import verify_journal
from motcua.organisations import actions as organisations
from motcua.organisations import queries as agencies
from motcua.organisations.models import Agency
from motcua.organisations.rules import New
from motcua.organisations.terms import Kind
from motcua.people import actions, queries
from motcua.people.models import Delegation, Person, Post
from motcua.people.terms import Role
from tests.people import world

pytestmark = pytest.mark.django_db
CHANGE = date(2026, 12, 1)
DECIDED = {"by": SYSTEM, "at": world.NOW, "on": CHANGE, "decision": "Nghị quyết 99"}


@pytest.fixture
def province() -> int:
    return world.agency("Ủy ban nhân dân tỉnh", code="000.00.00.H48")


def commune(place: str, province: int) -> tuple[int, int, int]:
    """The commune, its one-stop, its division."""
    office = world.agency(f"Ủy ban nhân dân xã {place}", kind=Kind.COMMUNE, under=province)
    centre = world.agency(f"Trung tâm Phục vụ xã {place}", kind=Kind.SERVICE_CENTRE, under=office)
    return office, centre, world.agency("Phòng Kinh tế", kind=Kind.DIVISION, under=office)


def answer_all() -> None:
    for entry in Entry.objects.filter(stream__startswith="organisations.").order_by("pk"):
        for answer in answers_to(entry.name):
            answer(read_back(entry.name, entry.facts), entry)


def posts(who: Person) -> list[tuple[int, str, date, date | None]]:
    rows = Post.objects.filter(person=who).order_by("during", "pk")
    return [(one.agency_id, one.role, one.during.lower, one.during.upper) for one in rows]


def test_in_a_merger_everybody_goes_on_where_the_same_work_is_done(province: int) -> None:
    ba_to, ba_dong = commune("Ba Tơ", province), commune("Ba Động", province)
    leader, clerk = world.person("Đinh Thị Lãnh", username="lanh"), world.person("Lê Minh Hoạ", username="hoa")
    world.post(leader, ba_dong[0], Role.LEADER)
    world.post(clerk, ba_dong[1], Role.CLERK)
    stays = Agency.objects.get(pk=ba_to[0])
    organisations.merge([Agency.objects.get(pk=ba_dong[0])], into=stays, **DECIDED)
    answer_all()
    since = date(2026, 1, 1)
    assert posts(leader) == [
        (ba_dong[0], "leader", since, CHANGE),
        (ba_to[0], "leader", CHANGE, None),
    ]
    assert posts(clerk)[1] == (ba_to[1], "clerk", CHANGE, None), (
        "one-stop to one-stop, whatever place its name tells of"
    )
    assert Post.objects.get(person=clerk, agency=ba_to[1]).decision == "Nghị quyết 99"
    assert queries.stranded_posts() == []
    told = Entry.objects.filter(name="people.PostMoved").count()
    answer_all()
    assert Entry.objects.filter(name="people.PostMoved").count() == told == 2, "safe to run twice"
    assert verify_journal().ok
    before = queries.places_of(clerk.pk, day=date(2026, 11, 30))
    after = queries.places_of(clerk.pk, day=CHANGE)
    assert ([one.agency for one in before], [one.agency for one in after]) == ([ba_dong[1]], [ba_to[1]])


def test_people_of_a_new_agency_wait_until_its_unit_is_opened(province: int) -> None:
    old = commune("Ba Động", province)
    clerk = world.person()
    world.post(clerk, old[1], Role.CLERK)
    new = New(name="Ủy ban nhân dân xã Ba Mới", short_name="UBND xã Ba Mới", kind=Kind.COMMUNE, parent=province)
    other = commune("Ba Tơ", province)
    office = organisations.merge(list(Agency.objects.filter(pk__in=[old[0], other[0]])), into=new, **DECIDED)
    answer_all()
    assert [one.post.person for one in queries.stranded_posts()] == [clerk]
    centre = New(name="Trung tâm Ba Mới", short_name="Trung tâm Ba Mới", kind=Kind.SERVICE_CENTRE, parent=office.pk)
    opened = organisations.open_agency(centre, **DECIDED)
    answer_all()
    assert posts(clerk)[-1] == (opened.pk, "clerk", CHANGE, None)


def test_whoever_acts_for_a_colleague_goes_on_doing_so(province: int) -> None:
    old, new = commune("Ba Động", province), commune("Ba Tơ", province)
    giver, receiver = world.person("Lê Minh Hoạ", username="hoa"), world.person("Bùi Văn Thay", username="thay")
    world.post(giver, old[1], Role.CLERK)
    world.post(receiver, new[1], Role.CLERK)
    days = {"starts_on": world.TODAY, "ends_on": date(2026, 12, 31)}
    actions.delegate(
        giver, receiver=receiver, agency=old[1], role=Role.CLERK, **days, decision="GUQ 1", by=SYSTEM, at=world.NOW
    )
    organisations.merge([Agency.objects.get(pk=old[0])], into=Agency.objects.get(pk=new[0]), **DECIDED)
    answer_all()
    given = Delegation.objects.order_by("during")
    assert [(one.agency_id, one.during.lower, one.during.upper) for one in given] == [
        (old[1], world.TODAY, CHANGE),
        (new[1], CHANGE, date(2027, 1, 1)),
    ]
    assert world.acting_for(receiver, CHANGE) == [giver.pk]


def test_after_a_division_the_administrator_chooses(province: int, client: Client) -> None:
    old = commune("Ba Động", province)
    clerk, chief = world.person("Lê Minh Hoạ", username="hoa"), world.person("Quản Trị", username="quan.tri")
    held = world.post(clerk, old[0], Role.RECORDS)
    world.post(chief, province, Role.ADMINISTRATOR)
    parts = [
        New(name=f"Ủy ban nhân dân xã {name}", short_name=f"UBND xã {name}", kind=Kind.COMMUNE, parent=province)
        for name in ("Đông", "Tây")
    ]
    east, west = organisations.split(Agency.objects.get(pk=old[0]), into=parts, **DECIDED | {"on": world.TODAY})
    answer_all()
    assert [one.post.pk for one in queries.stranded_posts()] == [held.pk]
    client.force_login(chief)
    url = reverse("people_desk:moves")
    page = client.get(url).content.decode()
    assert "Lê Minh Hoạ" in page and "UBND xã Đông" in page and "UBND xã Tây" in page
    answer = client.post(url, {"post": held.pk, "to": province})
    assert answer.status_code == 422 and "Chọn một cơ quan, đơn vị kế thừa" in answer.content.decode()
    answer = client.post(url, {"post": held.pk, "to": west.pk})
    assert answer.status_code == 302 and posts(clerk)[-1] == (west.pk, "records", world.TODAY, None)
    with pytest.raises(Refused, match="không còn phải chuyển"):
        actions.move_post(Post.objects.get(pk=held.pk), to=east.pk, by=SYSTEM, at=world.NOW)
    assert "Không còn ai" in client.get(url).content.decode()


def test_nobody_moves_people_into_an_agency_that_is_not_theirs(province: int) -> None:
    old, other = commune("Ba Động", province), commune("Ba Tơ", province)
    held = world.post(world.person(), old[0], Role.RECORDS)
    organisations.abolish(
        Agency.objects.get(pk=old[0]), successors=tuple(Agency.objects.filter(pk__in=[other[0], province])), **DECIDED
    )
    with pytest.raises(Refused, match="ngoài phạm vi"):
        actions.move_post(held, to=province, by=world.administrator(other[0]), at=world.NOW)
    actions.move_post(held, to=other[2], by=world.administrator(other[0]), at=world.NOW)
    assert agencies.heir_of(other[2], CHANGE) == other[2], "who stands takes nobody's place but its own"
