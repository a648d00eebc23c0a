"""The journal: one chain per stream, the database's own sum equal to Python's, and every tampering found and located."""

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, close_old_connections, connection, transaction

from motcua.base import checkpoints, dispatch, journal
from motcua.base.actors import SYSTEM, Actor
from motcua.base.events import Event, read_back
from motcua.base.models import Checkpoint, Cursor, Entry, FailedReaction, Head
from motcua.base.reactions import _answers, reacts_to
from motcua.base.verify import Verdict, verify_journal

AT = datetime(2026, 11, 21, 2, 3, 4, 567, tzinfo=UTC)
CLERK = Actor(id=7, name="Lê Minh Hoạ", acting_for=9, acting_for_name="Vắng")


@dataclass(frozen=True, kw_only=True)
class LampLit(Event):
    lamp: int
    words: str = "đèn “sáng”\n\t\\ / é Ễ \u2028"
    tags: tuple[str, ...] = ("b", "aa")
    at_noon: bool | None = None


@dataclass(frozen=True, kw_only=True)
class LampSold(Event):
    lamp: int


@dataclass(frozen=True, kw_only=True)
class LampBought(Event):
    lamp: int
    shop: int | None
    on: date
    at: datetime
    until: date | None = None
    price: Decimal
    bulbs: tuple[int, ...]
    spare: tuple[int, ...] | None = None
    label: str


@pytest.mark.parametrize("until", [date(2030, 1, 2), None])
@pytest.mark.parametrize("spare", [(4,), None])
def test_an_event_is_read_back_as_it_was_told(until: date | None, spare: tuple[int, ...] | None) -> None:
    told = LampBought(
        lamp=1,
        shop=None,
        on=date(2026, 11, 18),
        at=AT,
        until=until,
        price=Decimal("1.50"),
        bulbs=(1, 2),
        spare=spare,
        label="2026-11-18",
    )
    found = read_back(LampBought.journal_name, json.loads(json.dumps(told.values())))
    assert found == told and type(found.on) is date


@pytest.fixture
def keys(settings: object, tmp_path: Path) -> Path:
    settings.KEYS_ROOT = tmp_path / "keys"
    return tmp_path / "keys"


def write(stream: str = "lamps.lamp:1", lamp: int = 1) -> int:
    return journal.record(LampLit(lamp=lamp), stream=stream, by=CLERK, at=AT)


def tamper(statement: str) -> None:
    """Change rows as a superuser would who switches the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")


@pytest.mark.django_db
def test_entries_are_numbered_and_bound_to_the_one_before() -> None:
    assert [write(), write(), write("lamps.lamp:2")] == [1, 2, 1]
    first, second = Entry.objects.filter(stream="lamps.lamp:1").order_by("seq")
    assert bytes(second.prev) == bytes(first.hash)
    assert bytes(first.prev) == journal.GENESIS
    assert (second.by, second.acting_for) == (7, 9)


@pytest.mark.django_db
def test_the_database_and_python_take_the_same_sum() -> None:
    write()
    one = Entry.objects.get()
    facts = journal.jsonb_text(one.facts)
    with connection.cursor() as cursor:
        cursor.execute("SELECT facts::text FROM journal_entry")
        assert cursor.fetchone()[0] == facts
    own = journal.entry_hash(bytes(one.prev), one.stream, one.seq, one.name, one.at, one.by, one.acting_for, facts)
    assert own == bytes(one.hash)


@pytest.mark.django_db
def test_histories_in_bulk_make_the_same_chain() -> None:
    for lamp in range(3):
        write("lamps.one:1", lamp)
    lines = [journal.Line("lamps.two:1", LampLit(lamp=lamp), CLERK, AT) for lamp in range(3)]
    assert journal.record_new_streams(lines) == 3
    write("lamps.two:1", 9)
    kept = Entry.objects.filter(stream="lamps.two:1").order_by("seq")
    assert [one.facts for one in kept][:3] == [
        one.facts for one in Entry.objects.filter(stream="lamps.one:1").order_by("seq")
    ]
    assert verify_journal() == Verdict(ok=True, entries=7, first_bad=None)


def test_a_float_is_never_kept() -> None:
    with pytest.raises(TypeError, match="float"):
        LampLit(lamp=1.5).values()  # type: ignore[arg-type]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement", ["UPDATE journal_entry SET name = 'x'", "DELETE FROM journal_entry", "TRUNCATE journal_entry CASCADE"]
)
def test_the_database_refuses_every_change(statement: str) -> None:
    write()
    with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "stream", "seq"),
    [
        (
            "UPDATE journal_entry SET facts = facts || '{\"lamp\": 99}' WHERE stream = 'lamps.lamp:1' AND seq = 2",
            "lamps.lamp:1",
            2,
        ),
        ("UPDATE journal_entry SET name = 'lamps.Other' WHERE stream = 'lamps.lamp:1' AND seq = 1", "lamps.lamp:1", 1),
        (
            "UPDATE journal_entry SET at = at + interval '1 microsecond' WHERE stream = 'lamps.lamp:1' AND seq = 3",
            "lamps.lamp:1",
            3,
        ),
        ("UPDATE journal_entry SET by = 8 WHERE stream = 'lamps.lamp:1' AND seq = 3", "lamps.lamp:1", 3),
        ("UPDATE journal_entry SET acting_for = NULL WHERE stream = 'lamps.lamp:1' AND seq = 1", "lamps.lamp:1", 1),
        ("DELETE FROM journal_entry WHERE stream = 'lamps.lamp:1' AND seq = 2", "lamps.lamp:1", 2),
        ("DELETE FROM journal_entry WHERE stream = 'lamps.lamp:1' AND seq = 3", "lamps.lamp:1", 3),
        ("DELETE FROM journal_entry WHERE stream = 'lamps.lamp:2'", "lamps.lamp:2", 1),
        (
            "INSERT INTO journal_entry (stream, seq, name, at, facts, prev, hash) "
            "SELECT stream, 4, name, at, facts, hash, hash FROM journal_entry WHERE stream = 'lamps.lamp:1' AND seq = 3",
            "lamps.lamp:1",
            4,
        ),
        (
            "UPDATE journal_entry e SET facts = o.facts FROM journal_entry o WHERE e.stream = o.stream AND e.stream = 'lamps.lamp:1' "
            "AND e.seq IN (1, 2) AND o.seq IN (1, 2) AND e.seq <> o.seq",
            "lamps.lamp:1",
            1,
        ),
    ],
)
def test_every_tampering_is_found_and_located(keys: Path, statement: str, stream: str, seq: int) -> None:
    for lamp in (1, 2, 3):
        write(lamp=lamp)
    write("lamps.lamp:2")
    assert verify_journal().ok
    tamper(statement)
    bad = verify_journal().first_bad
    assert bad is not None
    assert (bad.stream, bad.seq) == (stream, seq)


@pytest.mark.django_db
def test_a_tail_cut_before_the_last_checkpoint_is_found_even_when_the_head_is_rewritten(keys: Path) -> None:
    for lamp in (1, 2, 3):
        write(lamp=lamp)
    checkpoints.take_checkpoint(at=AT)
    tamper("DELETE FROM journal_entry WHERE seq = 3")
    second = Entry.objects.get(seq=2)
    Head.objects.update(seq=2, hash=second.hash, sealed_seq=2)
    bad = verify_journal().first_bad
    assert bad is not None
    assert (bad.stream, bad.seq, bad.why) == ("lamps.lamp:1", 3, "mục đã niêm phong nay không còn")


@pytest.mark.django_db
def test_a_whole_chain_rewritten_with_new_sums_is_found_by_the_checkpoint(keys: Path) -> None:
    write()
    checkpoints.take_checkpoint(at=AT)
    tamper(
        "UPDATE journal_entry SET facts = '{\"lamp\": 5}', "
        "hash = journal_hash(prev, stream, seq, name, at, by, acting_for, '{\"lamp\": 5}'::jsonb)"
    )
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_head h SET hash = e.hash FROM journal_entry e WHERE e.stream = h.stream")
    bad = verify_journal().first_bad
    assert bad is not None
    assert bad.why == "mục đã niêm phong nay khác đi"


@pytest.mark.django_db
def test_a_note_of_another_key_is_found(keys: Path) -> None:
    write()
    checkpoints.take_checkpoint(at=AT)
    (keys / "journal.pem").unlink()
    bad = verify_journal().first_bad
    assert bad is not None
    assert "chữ ký niêm phong" in bad.why


@pytest.mark.django_db(transaction=True)
def test_notes_removed_with_their_entries_show_against_the_witness(keys: Path) -> None:
    write()
    checkpoints.take_checkpoint(at=AT)
    with connection.cursor() as cursor:
        for table in ("journal_checkpoint_head", "journal_checkpoint", "journal_entry"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"DELETE FROM {table}")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("DELETE FROM journal_head")
    bad = verify_journal().first_bad
    assert bad is not None
    assert bad.stream == "checkpoint:1"


@pytest.mark.django_db
def test_a_checkpoint_signs_only_what_moved_and_binds_to_the_note_before(keys: Path) -> None:
    write()
    write("lamps.lamp:2")
    first = checkpoints.take_checkpoint(at=AT)
    assert checkpoints.take_checkpoint(at=AT) is None
    write("lamps.lamp:2")
    second = checkpoints.take_checkpoint(at=AT + timedelta(minutes=1))
    assert first is not None
    assert second is not None
    assert (first.heads, second.heads) == (2, 1)
    assert bytes(second.prev_root) == bytes(first.root)
    assert Checkpoint.objects.count() == 2
    assert verify_journal().ok


@pytest.mark.django_db
def test_many_heads_are_signed_in_several_notes(keys: Path) -> None:
    for number in range(5):
        write(f"lamps.lamp:{number}")
    last = checkpoints.take_checkpoint(at=AT, most=2)
    assert last is not None and [one.heads for one in Checkpoint.objects.order_by("number")] == [2, 2, 1]
    assert verify_journal().ok
    assert checkpoints.take_checkpoint(at=AT, most=2) is None


def test_processes_that_begin_together_sign_with_one_key(settings: object, tmp_path: Path) -> None:
    settings.KEYS_ROOT = tmp_path / "new"
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _n: checkpoints.key_id(checkpoints.signing_key().public_key()), range(8)))
    assert len(set(keys)) == 1
    assert (tmp_path / "new" / "journal.pem").stat().st_mode & 0o777 == 0o600


@pytest.fixture
def answered() -> Iterator[list[int]]:
    """A reaction to LampLit that notes what it saw; forgotten afterwards."""
    seen: list[int] = []

    @reacts_to(LampLit)
    def note(event: LampLit, entry: Entry) -> None:
        if event.lamp == 13:
            raise ValueError("unlucky")
        assert event.tags == ("b", "aa")
        seen.append(event.lamp)

    yield seen
    _answers[LampLit.journal_name].clear()


def dispatch_all(seen: list[int], wanted: list[int]) -> None:
    """Dispatch until that was seen: any open transaction of the whole server, another test's too, may hold news back."""
    for _n in range(600):
        dispatch.dispatch(at=AT)
        if seen == wanted:
            return
        time.sleep(0.1)
    assert seen == wanted


@pytest.mark.django_db(transaction=True)
def test_reactions_run_once_by_a_committed_cursor(answered: list[int]) -> None:
    write(lamp=1)
    write(lamp=2)
    dispatch_all(answered, [1, 2])
    assert dispatch.dispatch(at=AT) == 0
    assert answered == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_what_nobody_answers_is_passed_over(answered: list[int]) -> None:
    """Entries without a reaction are read in one go; those with one still come one after the other, in small batches."""
    for number in range(1, 8):
        write(lamp=number)
        journal.record(LampSold(lamp=number), stream="lamps.shop", by=SYSTEM, at=AT)
    for _n in range(600):
        if read := dispatch.dispatch(at=AT, batch=3):
            break
        time.sleep(0.1)
    assert (read, answered) == (5, [1, 2, 3])
    dispatch_all(answered, [1, 2, 3, 4, 5, 6, 7])
    last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first()
    for _n in range(600):  # nobody answers the last one, and a transaction of a test beside this one may hold it back
        dispatch.dispatch(at=AT)
        if Cursor.objects.get(name=dispatch.READER).entry == last:
            return
        time.sleep(0.1)
    raise AssertionError("the last one too is passed over")


@pytest.mark.django_db(transaction=True)
def test_a_failing_reaction_stops_no_other_and_is_tried_again(answered: list[int]) -> None:
    write(lamp=13)
    write(lamp=4)
    dispatch_all(answered, [4])
    failed = FailedReaction.objects.get()
    assert "unlucky" in failed.why
    assert dispatch.retry_failed(at=AT) == 0, "its time has not come"
    dispatch.retry_failed(at=AT + timedelta(minutes=2))
    assert FailedReaction.objects.get().tries == 2


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_cannot_be_read_back_stops_no_other(answered: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as one of an older program, whose event had other fields."""

    def read(name: str, facts: dict[str, Any]) -> Any:
        if facts["lamp"] == 13:
            raise TypeError("an older program")
        return read_back(name, facts)

    monkeypatch.setattr(dispatch, "read_back", read)
    write(lamp=13)
    write(lamp=4)
    dispatch_all(answered, [4])
    assert "an older program" in FailedReaction.objects.get().why


@pytest.mark.django_db(transaction=True)
def test_the_dispatcher_never_overtakes_a_transaction_that_is_still_open(answered: list[int]) -> None:
    opened, go_on = threading.Event(), threading.Event()

    def slow_writer() -> None:
        close_old_connections()
        with transaction.atomic():
            write("lamps.slow:1", 1)
            opened.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=slow_writer)
    thread.start()
    opened.wait(10)
    write("lamps.fast:1", 2)
    try:
        dispatch.dispatch(at=AT)
        assert answered == [], "an entry committed after an open transaction has begun must wait for it"
    finally:
        go_on.set()
        thread.join(10)
    dispatch_all(answered, [1, 2])
    assert Cursor.objects.get(name=dispatch.READER).entry > 0


@pytest.mark.django_db(transaction=True)
def test_two_writers_of_one_stream_make_one_chain() -> None:
    def writer() -> None:
        close_old_connections()
        for _n in range(20):
            with transaction.atomic():
                journal.record(LampLit(lamp=1), stream="lamps.busy:1", by=SYSTEM, at=AT)
        connection.close()

    threads = [threading.Thread(target=writer) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = list(Entry.objects.filter(stream="lamps.busy:1").order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, 81))
    assert verify_journal().ok
