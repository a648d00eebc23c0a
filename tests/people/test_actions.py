"""Registering, correcting, appointing, delegating: one behaviour each."""

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.test import RequestFactory

from motcua.base.actors import SYSTEM, Actor
from motcua.base.errors import Refused
from motcua.base.models import Entry
from motcua.organisations.terms import Kind
from motcua.people import actions, queries, rules
from motcua.people.http import _actor
from motcua.people.models import Business, Person
from motcua.people.terms import Role
from tests.people import world

pytestmark = pytest.mark.django_db
CARD = {"full_name": "Nguyễn Văn Mẫu", "identity_number": "051190000114", "phone": "0905 123 456", "address": "Tổ 3"}


@pytest.fixture
def where() -> int:
    return world.agency()


def at_the_counter(**facts: Any) -> Person:
    return actions.find_or_register(**{**CARD, **facts}, by=world.clerk(1), at=world.NOW)


def test_a_citizen_at_the_counter_becomes_known_once() -> None:
    first = at_the_counter()
    again = at_the_counter(identity_number="051 190 000 114", phone="+84905123456")

    assert first.pk == again.pk
    assert first.identity_checked_at == world.NOW
    assert queries.find_citizen("0905.123.456") == [first]
    assert queries.find_citizen("051190000114") == [first]
    assert queries.find_citizen("Nguyễn") == []


def test_a_citizen_moves_and_gets_a_new_telephone() -> None:
    at_the_counter()
    moved = at_the_counter(phone="0905999888", address="Thôn 5")

    assert (moved.phone, moved.address) == ("0905999888", "Thôn 5")
    entry = Entry.objects.filter(name="people.PersonCorrected").get()
    assert entry.facts["fields"] == ["phone", "address"]


def test_without_a_paper_only_name_and_telephone_together_are_the_same_person() -> None:
    one = at_the_counter(identity_number="")

    assert at_the_counter(identity_number="").pk == one.pk
    assert at_the_counter(identity_number="", full_name="Trần Thị Khác").pk != one.pk


def test_wrong_facts_are_refused_with_all_reasons_and_leave_no_trace() -> None:
    with pytest.raises(Refused) as refused:
        at_the_counter(full_name="", identity_number="1", phone="2", born_on=date(2030, 1, 1))

    assert len(refused.value.objections) == 4
    assert not Person.objects.exists()


def test_only_the_counter_registers_others() -> None:
    with pytest.raises(Refused, match="Cần quyền"):
        actions.find_or_register(**CARD, by=Actor(1, "x", roles=frozenset({"specialist"})), at=world.NOW)


def test_the_paper_at_the_counter_takes_an_account_back_from_whoever_opened_it_with_another_telephone() -> None:
    wish = rules.registration_of(
        full_name="Kẻ Khác",
        identity_number=CARD["identity_number"],
        phone="0911222333",
        email="khac@example.vn",
        today=world.TODAY,
    )
    stolen = actions.register_citizen(wish, password=make_password(world.PASSWORD), at=world.NOW)
    EmailAddress.objects.create(user=stolen, email="khac@example.vn")
    SocialAccount.objects.create(user=stolen, provider="vneid", uid="cua-ke-khac")

    owner = at_the_counter()

    assert owner.pk == stolen.pk
    assert (owner.full_name, owner.phone, owner.email) == ("Nguyễn Văn Mẫu", "0905123456", "")
    assert not owner.has_usable_password()
    assert not EmailAddress.objects.exists()
    assert not SocialAccount.objects.exists()
    assert owner.get_session_auth_hash() != stolen.get_session_auth_hash()
    assert Entry.objects.filter(name="people.AccountTakenBack", facts={"person": owner.pk}).count() == 1


def test_an_account_opened_with_the_same_telephone_is_kept() -> None:
    wish = rules.registration_of(
        full_name="Nguyễn Văn Mẫu", identity_number=CARD["identity_number"], phone="0905123456", today=world.TODAY
    )
    own = actions.register_citizen(wish, password=make_password(world.PASSWORD), at=world.NOW)

    assert at_the_counter().pk == own.pk
    assert at_the_counter().has_usable_password()


def test_a_provider_gives_an_account_that_another_had_opened_to_its_owner_alone() -> None:
    wish = rules.registration_of(
        full_name="Kẻ Khác", identity_number=CARD["identity_number"], phone="0905123456", today=world.TODAY
    )
    stolen = actions.register_citizen(wish, password=make_password(world.PASSWORD), at=world.NOW)
    claims = {"name": CARD["full_name"], "identity_number": CARD["identity_number"], "phone_number": "0905 123 456"}

    owner = actions.person_from_provider(claims, at=world.NOW)

    assert owner == stolen and owner.full_name == CARD["full_name"] and owner.phone == "0905123456"
    assert not owner.has_usable_password(), "also where the other had typed the owner's telephone"
    assert owner.identity_checked_at == world.NOW
    actions.set_password(owner, world.PASSWORD, by=SYSTEM, at=world.NOW)
    assert actions.person_from_provider(claims, at=world.NOW).has_usable_password(), "once checked, it stays"


def test_a_mail_address_given_up_opens_nothing_any_more() -> None:
    who = at_the_counter(email="cu@example.vn")
    EmailAddress.objects.create(user=who, email="cu@example.vn")

    actions.correct_person(who, email="moi@example.vn", by=who.actor(), at=world.NOW)

    assert not EmailAddress.objects.filter(user=who).exists()


def test_nobody_sets_the_mail_or_the_account_of_an_official_outside_their_reach(where: int) -> None:
    number = CARD["identity_number"]
    leader = world.person("Lãnh Đạo", username="lanhdao.tinh", email="lanhdao@example.vn", number=number)
    world.post(leader, where, Role.LEADER)
    by = world.administrator(world.agency(kind=Kind.COMMUNE, under=where))
    wish = rules.registration_of(full_name="Lãnh Đạo", identity_number=number, email="ke@example.vn", today=world.TODAY)

    for attempt in (
        lambda: actions.register_official(wish, username="ke.gian", by=by, at=world.NOW),
        lambda: actions.set_password(leader, world.PASSWORD, by=by, at=world.NOW),
        lambda: actions.close_account(leader, by=by, at=world.NOW),
    ):
        with pytest.raises(Refused, match="ngoài phạm vi"):
            attempt()
    at_the_counter(full_name="Lãnh Đạo", email="ke@example.vn")
    leader.refresh_from_db()

    assert (leader.username, leader.email, leader.is_active) == ("lanhdao.tinh", "lanhdao@example.vn", True)


def test_no_personal_value_stands_in_the_journal(where: int) -> None:
    who = at_the_counter(email="mau@example.vn", born_on=date(1990, 9, 5))
    world.post(who, where)

    for entry in Entry.objects.filter(name__startswith="people."):
        for value in ["Nguyễn", CARD["identity_number"], "0905123456", "mau@example.vn", "1990-09-05", "Tổ 3"]:
            assert value not in str(entry.facts)


def test_a_checked_name_is_corrected_at_the_counter_only() -> None:
    who = at_the_counter()

    with pytest.raises(Refused, match="đến quầy"):
        actions.correct_person(who, full_name="Tên Mới", by=who.actor(), at=world.NOW)
    actions.correct_person(who, phone="0905 999 888", by=who.actor(), at=world.NOW)
    actions.correct_person(who, full_name="Tên Mới", by=world.clerk(1), at=world.NOW)

    assert (who.full_name, who.phone, who.search) == ("Tên Mới", "0905999888", "ten moi")


def test_nobody_corrects_somebody_else() -> None:
    with pytest.raises(Refused, match="chính người đó"):
        actions.correct_person(at_the_counter(), phone="", by=Actor(999, "x"), at=world.NOW)


def test_two_persons_never_share_a_paper() -> None:
    at_the_counter()
    other = at_the_counter(identity_number="", full_name="Khác")

    with pytest.raises(Refused, match="đang thuộc một người khác"):
        actions.correct_person(other, identity_number=CARD["identity_number"], by=world.clerk(1), at=world.NOW)


def test_a_business_is_known_by_its_tax_code() -> None:
    person = at_the_counter()
    values = {"tax_code": "0100233488", "by": SYSTEM, "at": world.NOW}

    first = actions.register_business(name="Công ty Một", representative=person, **values)
    again = actions.register_business(name="Công ty Một Thành Viên", **values)

    assert (first.pk, again.name, again.representative) == (again.pk, "Công ty Một Thành Viên", person)
    assert Business.objects.get(tax_code="0100233488") == first


def test_somebody_whom_a_provider_vouches_for_is_found_by_number() -> None:
    known = at_the_counter()

    assert actions.person_from_provider({"name": "N", "identity_number": known.identity_number}, at=world.NOW) == known
    assert actions.person_from_provider({"name": "Không số"}, at=world.NOW) is None
    new = actions.person_from_provider({"name": "Mới", "identity_number": "051190000115"}, at=world.NOW)
    assert new is not None
    assert new.identity_checked_at == world.NOW


def test_a_post_begins_and_ends_with_its_days(where: int) -> None:
    who = world.person()
    post = world.post(who, where, since=world.TODAY)
    yesterday, tomorrow = world.TODAY - timedelta(days=1), world.TODAY + timedelta(days=1)

    assert queries.roles_of(who, agency=where, day=yesterday) == frozenset()
    assert queries.roles_of(who, agency=where, day=world.TODAY) == {"clerk"}
    actions.end_post(post, last_day=world.TODAY, by=SYSTEM, at=world.NOW)
    assert queries.roles_of(who, agency=where, day=world.TODAY) == {"clerk"}
    assert queries.roles_of(who, agency=where, day=tomorrow) == frozenset()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"role": Role.CITIZEN}, "không phải vị trí"),
        ({"until": date(2025, 1, 1)}, "trước ngày đầu"),
        ({"since": date(2010, 1, 1)}, "không hoạt động"),
        ({}, "đã giữ vai trò này"),
    ],
)
def test_a_post_that_cannot_be(where: int, changes: dict[str, Any], sentence: str) -> None:
    who = world.person()
    world.post(who, where)
    facts = {"agency": where, "role": Role.CLERK, "since": world.TODAY, **changes}

    with pytest.raises(Refused, match=sentence):
        actions.appoint(who, **facts, by=SYSTEM, at=world.NOW)


@pytest.mark.parametrize("last_day", [date(2025, 12, 31), date(2026, 6, 30)])
def test_a_post_does_not_end_before_it_begins_nor_after_its_end(where: int, last_day: date) -> None:
    post = world.post(world.person(), where, until=date(2026, 3, 31))

    with pytest.raises(Refused):
        actions.end_post(post, last_day=last_day, by=SYSTEM, at=world.NOW)


def test_an_administrator_appoints_in_the_own_agency_only(where: int) -> None:
    other = world.agency("Ủy ban nhân dân tỉnh khác")
    facts = {"role": Role.CLERK, "since": world.TODAY, "by": world.administrator(where), "at": world.NOW}

    assert actions.appoint(world.person(), agency=where, **facts).pk
    with pytest.raises(Refused, match="ngoài phạm vi"):
        actions.appoint(world.person(username="hai"), agency=other, **facts)


def test_delegation_works_from_the_first_to_the_last_day_and_ends_with_the_givers_post(where: int) -> None:
    giver, receiver = world.person("Lãnh Đạo", username="leader"), world.person("Người Thay", username="thay")
    post = world.post(giver, where, Role.LEADER)
    world.post(receiver, where, Role.SPECIALIST)
    days = {"starts_on": world.TODAY, "ends_on": world.TODAY + timedelta(days=2)}
    facts = {"receiver": receiver, "agency": where, "role": Role.LEADER, "decision": "12/GUQ", **days}
    actions.delegate(giver, **facts, by=giver.actor(), at=world.NOW)

    def may(day: int) -> bool:
        return bool(world.acting_for(receiver, world.TODAY + timedelta(days=day)))

    assert [may(day) for day in (-1, 0, 2, 3)] == [False, True, True, False]
    with pytest.raises(Refused, match="Đã ủy quyền"):
        actions.delegate(giver, **facts, by=giver.actor(), at=world.NOW)
    actions.end_post(post, last_day=world.TODAY, by=SYSTEM, at=world.NOW)
    assert [may(0), may(1)] == [True, False]


def test_nobody_passes_on_what_they_hold_for_another_nor_gives_for_others(where: int) -> None:
    giver, receiver = world.person("Lãnh Đạo", username="leader"), world.person("Người Thay", username="thay")
    world.post(giver, where, Role.LEADER)
    world.post(receiver, where, Role.SPECIALIST)
    facts = {"receiver": receiver, "agency": where, "role": Role.LEADER, "decision": "12", "starts_on": world.TODAY}
    facts |= {"ends_on": world.TODAY, "at": world.NOW}

    for by in (receiver.actor(), giver.actor(acting_for=receiver.pk, acting_for_name="x")):
        with pytest.raises(Refused, match="Chỉ chính người ủy quyền"):
            actions.delegate(giver, **facts, by=by)


def test_an_administrator_gives_and_ends_what_is_others_only_at_home(where: int) -> None:
    other = world.agency("Ủy ban nhân dân tỉnh khác")
    giver, receiver = world.person("Lãnh Đạo", username="leader"), world.person("Người Thay", username="thay")
    world.post(giver, where, Role.LEADER)
    world.post(receiver, where, Role.SPECIALIST)
    days = {"starts_on": world.TODAY, "ends_on": world.TODAY}
    facts = {"receiver": receiver, "agency": where, "role": Role.LEADER, "decision": "12", **days, "at": world.NOW}

    with pytest.raises(Refused, match="ngoài phạm vi"):
        actions.delegate(giver, **facts, by=world.administrator(other))
    given = actions.delegate(giver, **facts, by=world.administrator(where))
    with pytest.raises(Refused, match="ngoài phạm vi"):
        actions.revoke_delegation(given, by=world.administrator(other), at=world.NOW)
    with pytest.raises(Refused, match="Chỉ người ủy quyền"):
        actions.revoke_delegation(given, by=world.clerk(where), at=world.NOW)
    early = world.NOW.replace(hour=6)  # still the day before in Greenwich
    actions.revoke_delegation(given, by=world.administrator(where), at=early)
    with pytest.raises(Refused, match="06:00 20/11/2026"):
        actions.revoke_delegation(given, by=giver.actor(), at=world.NOW)


def test_the_actor_of_a_request_costs_two_questions_and_carries_the_chosen_place(
    where: int, django_assert_num_queries: Any
) -> None:
    other = world.agency("Ủy ban nhân dân tỉnh khác")
    who = world.person()
    for role in (Role.CLERK, Role.RECORDS):
        world.post(who, where, role)
    world.post(who, other, Role.LEADER)
    places = queries.places_of(who.pk, day=world.TODAY)
    assert [place.roles for place in places if place.agency == where] == [{"clerk", "records"}]

    request: Any = RequestFactory().get("/")
    request.now, request.session = world.NOW, {"place": f"a{other}"}
    with django_assert_num_queries(2):
        request.user = Person.objects.get(pk=who.pk)
        request.places = queries.places_of(who.pk, day=world.TODAY)
        request.place = next(place for place in request.places if place.key == request.session["place"])
        actor = _actor(request)

    assert (actor.agency, actor.roles) == (other, {"leader", "citizen"})


def test_who_acts_for_a_colleague_has_the_colleagues_role_and_nothing_else(where: int) -> None:
    giver, receiver = world.person("Lãnh Đạo", username="leader"), world.person("Người Thay", username="thay")
    world.post(giver, where, Role.LEADER)
    world.post(receiver, where, Role.SPECIALIST)
    days = {"starts_on": world.TODAY, "ends_on": world.TODAY, "decision": "12/GUQ"}
    actions.delegate(giver, receiver=receiver, agency=where, role=Role.LEADER, **days, by=giver.actor(), at=world.NOW)

    request: Any = RequestFactory().get("/")
    request.user, request.now = receiver, world.NOW
    request.places = queries.places_of(receiver.pk, day=world.TODAY)
    request.place = next(place for place in request.places if place.acting_for is not None)
    actor = _actor(request)

    assert (actor.acting_for, actor.roles) == (giver.pk, {"leader"})


def test_officials_come_in_the_order_of_a_vietnamese_list(where: int) -> None:
    for number, name in enumerate(["Đỗ", "Dương", "Âu", "An"]):
        world.post(world.person(name, username=f"nguoi{number}"), where)

    found = queries.officials(day=world.TODAY, agencies=[where], role=Role.CLERK)

    assert [one.full_name for one in found] == ["An", "Âu", "Dương", "Đỗ"]
    assert [one.full_name for one in queries.officials(day=world.TODAY, text="duong")] == ["Dương"]
    assert list(queries.holders(agency=where, roles=[Role.CLERK], day=world.TODAY)) == list(found)
