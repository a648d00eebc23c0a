"""The fixture loaded in bulk, and the same plan made decision by decision."""

from collections.abc import Iterable
from datetime import date
from time import perf_counter
from typing import Any

import pytest
from django.db import transaction

from motcua.base import journal
from motcua.base.actors import SYSTEM
from motcua.base.models import Entry, Head
from motcua.organisations import actions, queries
from motcua.organisations.actions import bulk, fixture
from motcua.organisations.models import Agency, AgencyVersion, ChangeEvent, Succession
from motcua.organisations.rules import Register, Step, renaming
from motcua.organisations.terms import Level, Reading
from tests.organisations.made import AT, TODAY

pytestmark = pytest.mark.django_db


def small_plan() -> list[Step]:
    """A part of the real plan that has all six kinds of decision: two districts, and all departments."""
    facts = fixture.read()
    facts["districts"] = [one for one in facts["districts"] if one["place_code"] in ("525", "535")]
    facts["communes_before"] = [one for one in facts["communes_before"] if one["district"] in ("525", "535")]
    known = {one["place_code"] for one in facts["communes_before"]}
    facts["communes"] = [one for one in facts["communes"] if {*one["made_of"], one.get("kept", "-")} & known]
    return list(fixture.plan(facts))


def rows() -> dict[str, Any]:
    """All rows with the names of agencies instead of their numbers, for numbers differ from one making to the next."""
    register = queries.load_register()
    first = {one: register.history(one)[0] for one in register.agencies()}
    who = {one: f"{version.name} {version.code} {version.since}" for one, version in first.items()} | {None: None}
    events = {one.pk: (one.kind, one.on, one.decision, one.note, one.recorded_at) for one in ChangeEvent.objects.all()}
    return {
        "agencies": sorted((who[one.pk], who[one.root_id], one.created_at) for one in Agency.objects.all()),
        "versions": sorted(
            [
                who[one.agency_id],
                one.name,
                one.short_name,
                one.kind,
                one.level,
                str(who[one.parent_id]),
                one.code,
                one.code_is_ours,
                one.place,
                one.place_code,
                one.address,
                str(one.during),
                bytes(one.sort_key),
                one.search,
                str(events[one.change_id]),
            ]
            for one in AgencyVersion.objects.all()
        ),
        "successions": sorted(
            (who[one.predecessor_id], str(who[one.successor_id]), events[one.event_id])
            for one in Succession.objects.all()
        ),
        "events": sorted(events.values()),
        "journal": sorted(_told(Entry.objects.all(), who)),
    }


def _told(entries: Iterable[Entry], who: dict[int | None, str | None]) -> Iterable[tuple[str, int, str, str]]:
    for entry in entries:
        agency = int(entry.stream.split(":")[1])
        facts = {name: value for name, value in entry.facts.items() if name not in ("agency", "change")}
        if "parent" in facts:
            facts["parent"] = who[facts["parent"]]
        if "successors" in facts:
            facts["successors"] = [who[one] for one in facts["successors"]]
        yield str(who[agency]), entry.seq, entry.name, str(sorted(facts.items()))


def chains_hold() -> bool:
    """Every entry of this test continues the one before it, and the heads name the last."""
    before: dict[str, bytes] = {}
    for one in Entry.objects.order_by("stream", "seq"):
        facts = journal.jsonb_text(one.facts)
        prev = before.get(one.stream, journal.GENESIS)
        own = journal.entry_hash(prev, one.stream, one.seq, one.name, one.at, one.by, one.acting_for, facts)
        if (bytes(one.prev), bytes(one.hash)) != (prev, own):
            return False
        before[one.stream] = own
    return before == {one.stream: bytes(one.hash) for one in Head.objects.all()}


@pytest.mark.slow
def test_a_plan_in_bulk_is_the_same_as_its_decisions_one_by_one() -> None:
    steps = small_plan()
    with transaction.atomic():
        bulk.make(steps, by=SYSTEM, at=AT)
        at_once, held = rows(), chains_hold()
        transaction.set_rollback(True)

    keys: dict[str, int] = {}
    for planned in steps:
        step = bulk.resolved(planned, keys)
        keys |= bulk.keys_opened(step, actions.carry_out(step, by=SYSTEM, at=AT).opened)

    assert {one.change for one in steps} == {"open", "rename", "split", "merge", "abolish", "transfer"}
    assert rows() == at_once
    assert held
    assert chains_hold()


@pytest.mark.slow
def test_a_load_is_quick_and_a_second_load_changes_nothing() -> None:
    begun = perf_counter()
    made = actions.load_fixture(by=SYSTEM, at=AT)
    took = perf_counter() - begun
    before = rows()

    assert made.agencies == Agency.objects.count() == 838
    assert took < 5
    assert actions.load_fixture(by=SYSTEM, at=AT) == (0, 0)
    assert rows() == before


@pytest.mark.slow
def test_what_the_database_keeps_is_what_the_rules_said(loaded: Register, quang_ngai: Any) -> None:
    for day in (date(2025, 2, 1), date(2025, 6, 30), TODAY):
        stored = [(one.depth, one.version.name, one.version.code, one.children) for one in loaded.tree(day)]
        planned = [
            (one.depth, one.version.name, one.version.code, one.children) for one in quang_ngai.register.tree(day)
        ]
        assert stored == planned


@pytest.mark.slow
def test_the_switch_between_then_and_now(loaded: Register) -> None:
    old = queries.find("Phường Quang Trung, TP Kon Tum", TODAY)[0].version.agency
    new = queries.find("phường kon tum", TODAY)[0].version.agency

    assert queries.read_as([old], reading=Reading.THEN, today=TODAY) == {old: (old,)}
    assert queries.read_as([old], reading=Reading.NOW, today=TODAY) == {old: (new,)}
    assert len(queries.communes_on(TODAY)) == 96
    assert {one.level for one in queries.children_on(None, TODAY)} == {Level.PROVINCE}


@pytest.mark.slow
def test_a_plan_may_not_change_what_stood_before_it(loaded: Register) -> None:
    province = loaded.by_code("H48", TODAY).agency
    with pytest.raises(ValueError, match="only agencies it opens itself"):
        bulk.make([renaming(province, on=TODAY, decision="x", name="Khác")], by=SYSTEM, at=AT)
