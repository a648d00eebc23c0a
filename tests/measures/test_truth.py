"""Live figures equal the recount, whatever was folded when, as of any moment; a wrong cell is found."""

import json
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import psycopg
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.clock import VIET_NAM, day_of
from motcua.measures import actions
from motcua.measures.actions import rebuilding
from motcua.measures.actions.rebuilding import Piece, left_of
from motcua.measures.models import (
    AgencyDay,
    AgencyDue,
    AgencyMonth,
    Fact,
    Folding,
    Intake,
    ProcedureMonth,
    Stretch,
    TimeTaken,
)
from motcua.measures.queries import live, recount
from motcua.measures.terms import Part
from tests.measures import histories
from tests.measures.oracle import sums_of

NOW = datetime(2026, 6, 1, tzinfo=VIET_NAM)


def without_zeros(found: dict[int, dict[str, int]]) -> dict[int, dict[str, int]]:
    small = {agency: {one: n for one, n in sums.items() if n} for agency, sums in found.items()}
    return {agency: sums for agency, sums in small.items() if sums}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(6))
def test_live_is_the_recount_as_of_any_moment(seed: int) -> None:
    """Random lives, random moments; beside them transactions that begin at random, hold lives of their own and commit later."""
    random = Random(seed)
    entries = histories.in_time(histories.lives(random, 40))
    written, committed = 0, list[Any]()
    beside = Beside(random)
    while written < len(entries):
        step = random.randrange(1, 60)
        histories.write(entries[written : written + step])
        written += step
        committed += beside.go_on()
        if random.random() < 0.7:
            actions.fold(at=NOW, batch=random.choice([1, 7, 50, 1000]))
        if random.random() < 0.3:
            known = histories.in_order([*entries[:written], *committed])
            _compare_at_random_moments(random, known, times=2)
    committed += beside.end()
    actions.fold_all(at=NOW)
    _compare_at_random_moments(random, histories.in_order([*entries, *committed]), times=4)
    assert committed
    assert recount.facts_against_journal() == []
    assert recount.roll_ups_against_facts() == []
    assert recount.due_against_journal() == []
    assert recount.intake_against_journal() == []
    assert recount.times_against_journal() == []


class Beside:
    """A second connection: its transaction begins and ends at random, so that the fold must wait for it."""

    def __init__(self, random: Random) -> None:
        self.random, self.first = random, 1000
        self.connection = psycopg.connect(**connection.get_connection_params() | {"autocommit": False})
        self.held: list[Any] = []

    def go_on(self) -> list[Any]:
        """Begin a transaction or end the one that is open, or neither; the entries that were committed."""
        if self.held:
            return self.end(close=False) if self.random.random() < 0.4 else []
        if self.random.random() < 0.6:
            self.held = histories.in_time(histories.lives(self.random, 5, first=self.first))
            self.first += 5
            for at, stream, event in self.held:
                _record(self.connection, at, stream, event)
        return []

    def end(self, *, close: bool = True) -> list[Any]:
        """Commit what is held."""
        done, self.held = self.held, []
        self.connection.commit()
        if close:
            self.connection.close()
        return done


def _compare_at_random_moments(random: Random, entries: list, times: int) -> None:
    for _time in range(times):
        until = random.choice(entries)[0] + timedelta(minutes=random.choice([-1, 0, 1, 600]))
        since = random.choice(
            [None, day_of(until).replace(day=1), day_of(until) - timedelta(days=random.randrange(70))]
        )
        whole_day = random.random() < 0.5
        span = live.Span(day_of(until), since, None if whole_day else until)
        for part in Part:
            mine = without_zeros(live.agency_sums(span, part))
            assert mine == without_zeros(sums_of(entries, span, part)), (span, part)
        fine = live.fine_sums(span, by=("deciding",))
        deciding = without_zeros({key[0]: sums for key, sums in fine.items()})
        assert deciding == without_zeros(sums_of(entries, span, Part.DECIDING)), span
        first = (since or date(2026, 1, 1)).replace(day=1)
        intake = live.intake_sums(first, day_of(until).replace(day=1), day_of(until), None if whole_day else until)
        assert {agency: sums["received"] for agency, sums in intake.items() if sums["received"]} == {
            agency: sums["received"]
            for agency, sums in sums_of(entries, live.Span(span.until, first, span.at), Part.DECIDING).items()
            if sums["received"]
        }


@pytest.mark.django_db(transaction=True)
def test_an_open_transaction_is_neither_counted_nor_lost() -> None:
    """A transaction that began first commits last: the fold waits for it, the figure counts what is committed."""
    entries = histories.in_time(histories.lives(Random(5), 30))
    third = len(entries) // 3
    histories.write(entries[:third])
    # Lives whose entries have begun must go on behind them: the slow transaction holds whole lives of its own.
    slow = histories.in_time(histories.lives(Random(6), 10, first=1000))
    with psycopg.connect(**connection.get_connection_params() | {"autocommit": False}) as other:
        for at, stream, event in slow:
            _record(other, at, stream, event)
        histories.write(entries[third:])
        folded = actions.fold_all(at=NOW)
        span = live.Span(date(2026, 6, 1))
        assert without_zeros(live.agency_sums(span, Part.DECIDING)) == without_zeros(
            sums_of(entries, span, Part.DECIDING)
        )
        other.commit()
    assert folded <= third  # other databases of the server may have open transactions of their own
    both = sorted([*entries, *slow], key=lambda one: one[0])
    assert without_zeros(live.agency_sums(span, Part.DECIDING)) == without_zeros(sums_of(both, span, Part.DECIDING))
    _fold_own_transaction()
    assert Folding.objects.get(live=True).entries == len(both)
    assert without_zeros(live.agency_sums(span, Part.HOLDING)) == without_zeros(sums_of(both, span, Part.HOLDING))
    assert recount.facts_against_journal() == []


@pytest.mark.django_db(transaction=True)
def test_a_rebuild_by_two_processes_broken_off_and_gone_on_with_counts_all_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Stretches side by side, in any order; what is written meanwhile is folded behind them."""
    # Open transactions of other databases on the server would hold the fold back.
    monkeypatch.setattr("motcua.measures.actions.folding.BOUND", "true")
    entries = histories.in_time(histories.lives(Random(8), 60))
    half = len(entries) // 2
    histories.write(entries[:half])
    actions.fold_all(at=NOW)

    def broken_off(done: int) -> None:
        if done > half // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.rebuild(at=NOW, batch=half // 9, told=broken_off)
    assert 0 < Folding.objects.get(stretching=True).entries <= half
    histories.write(entries[half:])
    span = live.Span(date(2026, 6, 1))
    told = without_zeros(sums_of(entries, span, Part.DECIDING))
    assert without_zeros(live.agency_sums(span, Part.DECIDING)) == told, "until the last step the facts before answer"
    already = Folding.objects.get(stretching=True).entries
    assert actions.rebuild(at=NOW, batch=half // 7) == len(entries) - already
    assert Folding.objects.get().entries == len(entries)
    assert not Stretch.objects.exists()
    for part in Part:
        assert without_zeros(live.agency_sums(span, part)) == without_zeros(sums_of(entries, span, part))
    assert recount.facts_against_journal() == []
    assert recount.roll_ups_against_facts() == []
    assert recount.due_against_journal() == []
    assert recount.intake_against_journal() == []
    assert recount.times_against_journal() == []


@pytest.mark.django_db(transaction=True)
def test_a_great_backlog_is_folded_as_a_rebuild(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = histories.in_time(histories.lives(Random(9), 40))
    histories.write(entries)
    monkeypatch.setattr(rebuilding, "GREAT", 10)
    monkeypatch.setattr("motcua.measures.actions.folding.BOUND", "true")
    assert actions.fold_all(at=NOW) == len(entries)
    assert Folding.objects.get().generation == 2
    histories.write(histories.in_time(histories.lives(Random(10), 5, first=1000)))
    assert actions.fold_all(at=NOW) > 0
    assert Folding.objects.get().generation == 2, "a small backlog is added to what is there"
    assert recount.facts_against_journal() == []


@pytest.mark.django_db(transaction=True)
def test_what_a_rebuild_replaced_does_not_come_back_when_it_was_broken_off_before_clearing_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entries = histories.in_time(histories.lives(Random(11), 30))
    histories.write(entries)
    monkeypatch.setattr("motcua.measures.actions.folding.BOUND", "true")
    actions.fold_all(at=NOW)
    Fact.objects.update(received=7)  # why somebody rebuilds

    def broken_off() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(rebuilding, "_sweep", broken_off)
        actions.rebuild(at=NOW)
    assert recount.facts_against_journal() == []
    assert actions.rebuild(at=NOW) == len(entries)
    assert recount.facts_against_journal() == []
    (left,) = Folding.objects.all()
    for model in (Fact, AgencyDay, AgencyMonth, ProcedureMonth, AgencyDue, Intake, TimeTaken):
        assert set(model.objects.values_list("generation", flat=True)) == {left.generation}, model


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("great", "folded", "anew"), [(5, 0, True), (6, 0, False), (2, 5, False), (2, 4, True)])
def test_a_backlog_is_great_from_so_many_on_and_when_it_is_more_than_what_is_folded(
    monkeypatch: pytest.MonkeyPatch, great: int, folded: int, anew: bool
) -> None:
    entries = histories.in_time(histories.lives(Random(12), 20))
    monkeypatch.setattr("motcua.measures.actions.folding.BOUND", "true")
    histories.write(entries[:folded])
    actions.fold_all(at=NOW)
    monkeypatch.setattr(rebuilding, "GREAT", great)
    histories.write(entries[folded : folded + 5])
    before = Folding.objects.filter(live=True).values_list("generation", flat=True).first() or 1
    assert actions.fold_all(at=NOW) == (5 + folded if anew else 5)
    assert (Folding.objects.get().generation != before) is anew
    assert recount.facts_against_journal() == []


@given(
    whole=st.integers(1, 60),
    done=st.lists(st.tuples(st.integers(1, 60), st.integers(1, 9)), max_size=6),
    size=st.integers(1, 9),
)
def test_what_is_left_and_what_is_done_are_the_whole_once(whole: int, done: list[tuple[int, int]], size: int) -> None:
    taken: set[int] = set()
    pieces = []
    for first, length in done:
        each = set(range(first, min(first + length, whole + 1)))
        if each and not each & taken:
            pieces.append(Piece(first, first + len(each)))
            taken |= each
    left = left_of(Piece(1, whole + 1), pieces, size)
    numbers = [number for one in left for number in range(one.first, one.behind)]
    assert sorted(numbers) == sorted(set(range(1, whole + 1)) - taken)
    assert all(one.behind - one.first <= size for one in left)


def _record(other: object, at: datetime, stream: str, event: object) -> None:
    other.execute(  # type: ignore[attr-defined]
        "SELECT journal_append(%s, %s, %s, NULL, NULL, %s::jsonb)",
        [stream, event.journal_name, at, json.dumps(event.values())],  # type: ignore[attr-defined]
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "column", "looked"),
    [
        (Fact, "received", recount.facts_against_journal),
        (AgencyDay, "overdue", recount.roll_ups_against_facts),
        (AgencyMonth, "held_minutes", recount.roll_ups_against_facts),
        (ProcedureMonth, "late", recount.roll_ups_against_facts),
        (AgencyDue, "open", recount.due_against_journal),
        (Intake, "not_on_time", recount.intake_against_journal),
        (TimeTaken, "results", recount.times_against_journal),
    ],
)
def test_one_planted_wrong_cell_is_found(model: type, column: str, looked: object) -> None:
    histories.write(histories.in_time(histories.lives(Random(3), 40)))
    _fold_own_transaction()
    assert looked() == []  # type: ignore[operator]
    row = model.objects.order_by("pk").first()  # type: ignore[attr-defined]
    setattr(row, column, getattr(row, column) + 1)
    row.save()
    wrong = looked()  # type: ignore[operator]
    assert wrong
    assert model is TimeTaken or column in {one.what for one in wrong}
    assert all(abs(one.found - one.counted) == 1 for one in wrong)


def _fold_own_transaction() -> None:
    """Within a test's own transaction nothing is surely committed: the bound of the fold is lifted for the test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("motcua.measures.actions.folding.BOUND", "true")
        actions.fold_all(at=NOW)
