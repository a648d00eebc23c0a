"""Open dossiers follow their office: to the one that took over, by itself or by a choice; nothing is lost on the way."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from motcua.base.actors import SYSTEM
from motcua.base.events import read_back
from motcua.base.models import Entry
from motcua.base.reactions import answers_to
from motcua.base.verify import verify_journal
from motcua.dossiers import actions, jobs, queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import orphans
from motcua.notifications.models import Message
from motcua.organisations import actions as organisations
from motcua.organisations.models import Agency
from motcua.organisations.rules import New
from motcua.organisations.terms import Kind
from motcua.people import actions as people
from motcua.people.terms import Role
from tests import make
from tests.make import at

CHANGE = date(2026, 11, 18)
DECIDED = {"by": SYSTEM, "at": make.MONDAY, "on": CHANGE, "decision": "Nghị quyết 99"}
AFTER = at("2026-11-18 08:00")


def follow(when: object = AFTER) -> None:
    """The posts go over, as the reaction to the decision does it."""
    for entry in Entry.objects.filter(name="organisations.AgencyEnded").order_by("pk"):
        for answer in answers_to(entry.name):
            if answer.__module__ == "motcua.people.reactions":
                answer(read_back(entry.name, entry.facts), entry)


def merged(world: make.Province) -> None:
    """Tịnh Khê goes up in Ba Tơ."""
    gone, stays = Agency.objects.get(pk=world.tinh_khe.authority), Agency.objects.get(pk=world.ba_to.authority)
    organisations.merge([gone], into=stays, **DECIDED)


def in_tinh_khe(world: make.Province) -> Dossier:
    home = world.tinh_khe
    dossier = actions.submit(make.application(world, commune=home), by=home.clerk, at=make.MONDAY)
    actions.receive(dossier, by=home.clerk, at=make.MONDAY)
    actions.hand_over(dossier, by=home.clerk, at=make.MONDAY)
    actions.assign(dossier, to=home.specialist.id, by=home.unit_head, at=make.MONDAY)
    return dossier


def test_after_a_merger_the_dossier_goes_on_with_its_people_code_and_date(world: make.Province) -> None:
    dossier, promised = in_tinh_khe(world), at("2026-11-19 09:00")
    code = dossier.code
    merged(world)
    follow()
    assert jobs.take_over_at(at("2026-11-17 08:00")) == 0, "the decision is not in force yet"
    assert jobs.take_over_at(AFTER) == 1 and jobs.take_over_at(AFTER) == 0
    dossier.refresh_from_db()
    home = world.ba_to
    assert (dossier.receiving_id, dossier.deciding_id, dossier.unit_id) == (
        home.one_stop,
        home.authority,
        home.division,
    )
    assert (dossier.holding_id, dossier.code, dossier.due_at) == (home.division, code, promised)
    assert dossier.assignee_id == world.tinh_khe.specialist.id, "the specialist has followed too"
    entry = Entry.objects.filter(stream=dossier.stream).latest("seq")
    assert entry.name == "dossiers.DossierTakenOver" and entry.facts["was_holding"] == world.tinh_khe.division
    assert (entry.facts["was_deciding"], entry.facts["deciding"]) == (world.tinh_khe.authority, home.authority)
    assert "giải quyết tiếp" in queries.public_history(dossier)[0].text and verify_journal().ok
    letter = Message.objects.get(template="dossiers.taken_over", channel="mail")
    assert code in letter.subject and "không phải nộp lại gì" in letter.body

    person = make.person_of(world.tinh_khe.specialist)
    specialist = person.actor(agency=home.division, roles=frozenset({Role.SPECIALIST.value}))
    actions.submit_result(dossier, favourable=True, title="Giấy", body="Chứng nhận.", by=specialist, at=AFTER)
    actions.sign(dossier, by=home.leader, at=AFTER)
    assert dossier.status == "done"


def test_whoever_has_not_followed_has_it_no_more(world: make.Province) -> None:
    dossier = in_tinh_khe(world)
    merged(world)
    jobs.take_over_at(AFTER)
    dossier.refresh_from_db()
    assert dossier.assignee_id is None and dossier.turn == "specialist", "anybody of the office may take it"


def test_what_is_over_stays_under_the_name_it_had(world: make.Province) -> None:
    dossier = in_tinh_khe(world)
    actions.withdraw(dossier, reason="Thôi", by=world.tinh_khe.clerk, at=make.MONDAY)
    merged(world)
    assert jobs.take_over_at(AFTER) == 0
    dossier.refresh_from_db()
    assert dossier.deciding_id == world.tinh_khe.authority


def test_after_a_division_the_administrator_chooses_once_for_all_of_an_office(
    world: make.Province, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = in_tinh_khe(world)
    parts = [
        New(name=f"Ủy ban nhân dân xã {name}", short_name=f"UBND xã {name}", kind=Kind.COMMUNE, parent=world.root)
        for name in ("Đông", "Tây")
    ]
    _east, west = organisations.split(Agency.objects.get(pk=world.tinh_khe.authority), into=parts, **DECIDED)
    units = {
        kind: organisations.open_agency(
            New(name=name, short_name=name, kind=kind, parent=west.pk),
            by=SYSTEM,
            at=make.MONDAY,
            on=CHANGE,
            decision="QĐ",
        ).pk
        for kind, name in ((Kind.SERVICE_CENTRE, "Trung tâm xã Tây"), (Kind.DIVISION, "Phòng Kinh tế"))
    }
    assert jobs.take_over_at(AFTER) == 0
    assert [(one.office, one.dossiers) for one in orphans.waiting(CHANGE)] == [
        (world.tinh_khe.authority, 1),
        (world.tinh_khe.one_stop, 1),
        (world.tinh_khe.division, 1),
    ]
    chief = people.register_official(
        make.Registration("Quản Trị", "", "", ""), username="quan.tri", by=SYSTEM, at=AFTER
    )
    people.appoint(chief, agency=world.root, role=Role.ADMINISTRATOR, since=make.START, by=SYSTEM, at=make.SETUP)
    asked: list[str] = []
    monkeypatch.setattr("motcua.dossiers.actions.succeeding.later", asked.append)
    monkeypatch.setattr("django.utils.timezone.now", lambda: AFTER)
    client.force_login(chief)
    url = reverse("dossiers_desk:heirs")
    page = client.get(url).content.decode()
    assert "UBND xã Tây" in page and dossier.applicant_name not in page and dossier.code not in page
    refused = client.post(url, {"office": world.tinh_khe.authority, "to": world.ba_to.authority})
    assert refused.status_code == 422 and not asked
    chosen = {
        world.tinh_khe.authority: west.pk,
        world.tinh_khe.one_stop: units[Kind.SERVICE_CENTRE],
        world.tinh_khe.division: units[Kind.DIVISION],
    }
    for office, to in chosen.items():
        assert jobs.take_over_at(AFTER) == 0, "a dossier waits until all of its offices are clear"
        assert client.post(url, {"office": office, "to": to}).status_code == 302
    assert asked == [jobs.take_over.name] * 3 and orphans.waiting(CHANGE) == []
    told = Entry.objects.filter(name="dossiers.HeirChosen")
    assert {one.by for one in told} == {chief.pk} and told.count() == 3
    assert jobs.take_over_at(AFTER) == 1
    dossier.refresh_from_db()
    assert (dossier.deciding_id, dossier.holding_id) == (west.pk, units[Kind.DIVISION])


def test_an_ended_office_with_open_dossiers_wakes_the_job(
    world: make.Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("motcua.dossiers.reactions.later", asked.append)
    organisations.merge(
        [Agency.objects.get(pk=world.tinh_khe.authority)],
        into=Agency.objects.get(pk=world.ba_to.authority),
        **DECIDED | {"on": make.MONDAY.date()},
    )
    ended = Entry.objects.filter(name="organisations.AgencyEnded").order_by("pk").first()
    answer = next(one for one in answers_to(ended.name) if one.__module__ == "motcua.dossiers.reactions")
    answer(read_back(ended.name, ended.facts), ended)
    assert asked == [], "nothing waits there"
    Dossier.objects.filter(pk=make.submitted(world).pk).update(receiving=world.tinh_khe.one_stop)
    answer(read_back(ended.name, ended.facts), ended)
    assert asked == [jobs.take_over.name]
