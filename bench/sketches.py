"""The many: dossiers beyond the first thousands are sketched, by two processes, each for its own half of the offices."""

import re
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import repeat
from multiprocessing import get_context
from random import Random

from django.db import connection

from bench import bare
from motcua.base import dispatch
from motcua.demo import catalogue, names
from motcua.demo.year import DEPARTMENT_SHARE, WEIGHTS, Year
from motcua.dossiers.actions.bulk.sketched import Sketch, prepare, sketch
from motcua.dossiers.terms import Channel
from motcua.organisations import queries as organisations
from motcua.people.terms import Role

BATCH, WRITERS = 25_000, 2
NAMES = 20_000
DAYS_OF = {"wd": 1.4, "wh": 1.4 / 8, "cd": 1.0, "mo": 30.0}


@dataclass(frozen=True)
class Written:
    """What a load wrote and how long it took, with and without making the indexes again."""

    dossiers: int = 0
    entries: int = 0
    seconds: float = 0.0
    indexes_seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Entries of the journal, the indexes included; what is asked for at which office is looked up before."""
        return round(self.entries / self.seconds) if self.seconds else 0.0


def write(year: Year, count: int, say: Callable[[str], None]) -> Written:
    """So many sketched dossiers of the year up to now; the indexes of the four tables are made when all is written."""
    now = year.now
    kinds = kinds_of(year)
    prepare(kinds)
    offices = sorted({one.deciding for one in kinds})
    halves = [[one for one in kinds if offices.index(one.deciding) % WRITERS == half] for half in range(WRITERS)]
    total = sum(one.weight for one in kinds)
    random = Random(count)
    called = [
        names.full_name(random, woman=random.random() < 0.5, highland=random.random() < 0.3) for _n in range(NAMES)
    ]

    second = round(count * sum(one.weight for one in halves[1]) / total)
    shares = [Share(count - second, halves[0], 0), Share(second, halves[1], 1)]
    connection.close()
    begun = time.monotonic()
    with bare.tables() as told:
        # Processes, not threads: the texts are made in Python, and each needs a core beside the database's.
        with ProcessPoolExecutor(WRITERS, mp_context=get_context("fork")) as pool:
            entries = sum(pool.map(_written, shares, repeat(called), repeat(year.first), repeat(now)))
        say(f"  {entries:,} entries in {time.monotonic() - begun:.1f} s; the indexes …")
    say(f"  … made in {told['indexes']:.1f} s")
    answered()
    return Written(count, entries, round(time.monotonic() - begun, 1), round(told["indexes"], 1))


@dataclass(frozen=True)
class Share:
    """What one process writes: so many dossiers, of the offices that are its own."""

    count: int
    kinds: list[Sketch]
    writer: int


def _written(share: Share, called: list[str], first_day: date, now: datetime) -> int:
    """One share, batch after batch in the order of time."""
    batches, entries, days = max(1, round(share.count / BATCH)), 0, (now.date() - first_day).days
    for number in range(batches):
        first = days * number // batches
        last = max(first, days * (number + 1) // batches - 1)
        entries += sketch(
            share.count * (number + 1) // batches - share.count * number // batches,
            kinds=share.kinds,
            first=first_day + timedelta(days=first),
            last=first_day + timedelta(days=last),
            now=now,
            names=called,
            seed=(number * WRITERS + share.writer) / (batches * WRITERS + 1),
            sealed=True,
        )
        if number % 10 == 9:
            print(f"  {entries:,} entries by writer {share.writer + 1}", file=sys.stderr, flush=True)
    connection.close()
    return entries


def kinds_of(year: Year) -> list[Sketch]:
    """What is asked for at each office, as often as in the demonstration's year."""
    root = organisations.by_code("H48")
    assert root is not None
    found = []
    for office in year.cast.offices:
        wishes = [one for one in catalogue.DEPARTMENT_WISHES if one.department == office.code] or [
            one for one in catalogue.COMMUNE_WISHES if one.unit in office.units
        ]
        busy = WEIGHTS.get(office.code, 2.0 if not office.highland else 1.0)
        if office in year.cast.departments:
            busy *= 10 * DEPARTMENT_SHARE
        for wish in wishes:
            offer = year.applications.offer(wish.code, Channel.COUNTER, year.now.date())
            unit = office.units.get("02" if wish.department else wish.unit) or office.authority
            found.append(
                Sketch(
                    root=root.agency,
                    receiving=office.one_stop,
                    deciding=office.authority,
                    unit=unit,
                    agency_code=office.code,
                    clerk=office.people(Role.CLERK, office.one_stop)[0].id or 0,
                    leader=office.people(Role.LEADER, office.authority)[0].id or 0,
                    procedure_id=offer.procedure_id,
                    version_id=offer.version_id,
                    procedure=offer.code,
                    version=offer.version_number,
                    case_id=offer.case_id,
                    case_code=offer.case_code,
                    days=0 if offer.answered_at_once else _days(offer.limit),
                    fee_vnd=offer.fee_vnd,
                    weight=busy * wish.weight / sum(one.weight for one in wishes),
                )
            )
    return found


def _days(limit: str) -> int:
    """The limit in days of the calendar, roughly: five working days are a week."""
    found = sum(float(number) * DAYS_OF[unit] for number, unit in re.findall(r"([\d.]+)(wd|wh|cd|mo)", limit))
    return max(1, round(found))


def answered() -> None:
    """The year just written has had its reactions: what is measured is the day, not the arrears of a load."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO journal_cursor (name, xact, entry)
               SELECT %s, xact::text::bigint, id FROM journal_entry ORDER BY xact DESC, id DESC LIMIT 1
               ON CONFLICT (name) DO UPDATE SET xact = excluded.xact, entry = excluded.entry""",
            [dispatch.READER],
        )


def entries_a_second(year: Year, rate: int, seconds: float) -> int:
    """Write dossiers of now at a steady rate of entries, as a busy province would; returns the entries written."""
    kinds = kinds_of(year)[:40]
    begun, written, calls = time.monotonic(), 0, 0
    while (passed := time.monotonic() - begun) < seconds:
        if written >= rate * passed:
            time.sleep(0.02)
            continue
        now, calls = datetime.now().astimezone(), calls + 1
        day = now.date() - timedelta(days=20)
        written += sketch(20, kinds=kinds, first=day, last=now.date(), now=now, seed=calls % 997 / 997, sealed=True)
    return written
