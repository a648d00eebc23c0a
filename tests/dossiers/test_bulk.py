"""The same histories, told by the actions and written in bulk: every column, every entry, every slip."""

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import date, datetime
from decimal import Decimal
from random import Random
from time import monotonic
from typing import Any

import pytest
from django.db import connection, models, transaction
from pytest_django.plugin import DjangoDbBlocker

from motcua.base.actors import SYSTEM
from motcua.base.clock import VIET_NAM, day_of
from motcua.base.files import keep
from motcua.base.models import Entry
from motcua.base.verify import verify_journal
from motcua.demo.applications import Applications
from motcua.demo.hours import Hours
from motcua.demo.play import play
from motcua.demo.province import COMMUNES, Casting
from motcua.demo.year import Year
from motcua.documents.models import Counter
from motcua.dossiers import actions
from motcua.dossiers.actions import bulk
from motcua.dossiers.actions.bulk import Act, History
from motcua.dossiers.actions.bulk.acts import ACTS
from motcua.dossiers.models import (
    Application,
    CodeCounter,
    Dossier,
    Extension,
    FeeReceipt,
    IssuedSlip,
    Note,
    Paper,
    Rating,
    Result,
    Scan,
    Supplement,
)
from motcua.organisations import actions as organisations
from motcua.procedures import actions as procedures
from motcua.workdays import actions as workdays
from motcua.workdays import queries as calendars
from motcua.workdays.terms import Comparison

NOW = datetime(2026, 11, 19, 9, 30, tzinfo=VIET_NAM)
BEGIN = datetime(2025, 10, 1, 8, 0, tzinfo=VIET_NAM)
COUNT = 200
ROWS = (Application, Paper, Supplement, Extension, IssuedSlip, Result, FeeReceipt, Rating, Note)
OWN_NUMBERS = {"id", "dossier_id", "reference"}
"""Given anew to each row; everything else must be the same."""


pytestmark = pytest.mark.xdist_group("bulk")  # the province below is made once, not once for each worker


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Year]:
    """A province with its people, and somebody to invent its days; made once and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _year()
        transaction.set_rollback(True)


@pytest.fixture
def year(made: Year) -> Iterator[Year]:
    """The same year for each test; what a test writes is undone."""
    with transaction.atomic():
        yield deepcopy(made)
        transaction.set_rollback(True)


def _year() -> Year:
    organisations.load_fixture(by=SYSTEM, at=BEGIN)
    workdays.seed_holidays(by=SYSTEM, at=BEGIN)
    to_minutes = {"comparison": Comparison.BY_MOMENT, "document": "QĐ 12/QĐ-UBND"}
    workdays.set_clock(date(2026, 4, 1), hours_per_day=Decimal(8), **to_minutes, by=SYSTEM, at=BEGIN)
    procedures.load_fixture(by=SYSTEM, at=BEGIN)
    random = Random(7)
    cast = Casting(random, today=day_of(NOW), at=BEGIN).everybody(COMMUNES[:8])
    file = keep(b"%PDF-1.7 mau", name="mau.pdf", media_type="application/pdf", at=BEGIN)
    office_hours = Hours(calendars.calendar_of(None, day_of(NOW)), BEGIN.date(), datetime(2027, 9, 1).date())
    applications = Applications(random, cast, scans=[file.pk], today=day_of(NOW))
    return Year(random, cast, applications, office_hours, now=NOW)


@pytest.mark.slow
def test_bulk_writes_what_the_actions_write(year: Year, settings: Any) -> None:
    settings.SIGNING_KEYRING = "motcua.documents.signing.port.NoKeys"
    histories = of_every_kind(year)
    assert {act.verb for one in histories for act in one.acts} == set(ACTS)
    with transaction.atomic():
        point = transaction.savepoint()
        by_actions = told([one.pk for one in play(histories)])
        transaction.savepoint_rollback(point)
    in_bulk = told(bulk.write(histories))
    for place, (left, right) in enumerate(zip(by_actions, in_bulk, strict=True)):
        assert right == left, f"history {place}"


def test_codes_go_on_where_the_load_ended(year: Year) -> None:
    histories = [one for one in year.histories(120, quiet={}) if any(act.verb == "receive" for act in one.acts)]
    last = max(histories, key=lambda one: next(act.at for act in one.acts if act.verb == "receive"))
    bulk.write(histories)
    dossier = Dossier.objects.filter(code__isnull=False).order_by("-received_at").first()
    assert dossier is not None and dossier.received_at is not None
    next_one = actions.submit(last.application, by=last.acts[0].by, at=dossier.received_at)
    actions.receive(next_one, by=next(act.by for act in last.acts if act.verb == "receive"), at=dossier.received_at)
    assert dossier.code is not None and next_one.code is not None
    assert int(next_one.code.rsplit("-", 1)[1]) == int(dossier.code.rsplit("-", 1)[1]) + 1


def test_a_second_load_goes_on_in_the_same_counters(year: Year) -> None:
    histories = sorted(year.histories(80, quiet={}), key=lambda one: one.at)
    bulk.write(histories[::2])
    bulk.write(histories[1::2])
    by_day: dict[str, list[int]] = {}
    for code in Dossier.objects.filter(code__isnull=False).values_list("code", flat=True):
        day, _dash, number = str(code).rpartition("-")
        by_day.setdefault(day, []).append(int(number))
    assert all(sorted(numbers) == list(range(1, len(numbers) + 1)) for numbers in by_day.values())
    assert verify_journal().ok


def test_an_impossible_act_writes_nothing(year: Year) -> None:
    history = next(one for one in year.histories(50, quiet={}) if any(act.verb == "receive" for act in one.acts))
    receive = next(act for act in history.acts if act.verb == "receive")
    wrong = History(history.application, history.by, history.at, (Act("sign", receive.by, receive.at),))
    with pytest.raises(ValueError, match="impossible"):
        bulk.write([history, wrong])
    assert not Dossier.objects.exists()
    assert bulk.write([]) == []


def test_the_journal_of_a_load_holds(year: Year) -> None:
    histories = list(year.histories(300, quiet={}))
    begun = monotonic()
    bulk.write(histories)
    print(f"{len(histories) / (monotonic() - begun):.0f} dossiers a second")
    verdict = verify_journal()
    assert verdict.ok and verdict.entries > 1000
    with connection.cursor() as cursor:  # the keys given out by hand are behind the sequence
        cursor.execute("SELECT last_value >= (SELECT max(id) FROM dossiers_dossier) FROM dossiers_dossier_id_seq")
        assert cursor.fetchone()[0]


def of_every_kind(year: Year) -> list[History]:
    """Two hundred histories, and among them each verb at least three times, if only three times in a year."""
    rare: dict[str, int] = {}
    found, ordinary = [], 0
    for one in year.histories(2000, quiet={}):
        verbs = {act.verb for act in one.acts}
        if wanted := [verb for verb in verbs if rare.get(verb, 0) < 3]:
            for verb in wanted:
                rare[verb] = rare.get(verb, 0) + 1
        elif ordinary < COUNT - 50:
            ordinary += 1
        else:
            continue
        found.append(one)
        if len(found) >= COUNT and len(rare) == len(ACTS):
            break
    return found


# What is compared


def told(keys: list[int]) -> list[dict[str, Any]]:
    """Everything that is stored of each dossier, and the counters; those of results run on papers a load does not make."""
    codes = CodeCounter.objects.order_by("agency", "day").values_list("agency", "day", "last")
    slips = Counter.objects.exclude(kind__contains=":").order_by("agency", "kind", "year")
    counters = [list(codes), list(slips.values_list("agency", "kind", "year", "last"))]
    return [one_told(key) for key in keys] + [{"counters": counters}]


def one_told(key: int) -> dict[str, Any]:
    found: dict[str, Any] = {"dossier": next(rows_of(Dossier, {"pk": key}))}
    for model in ROWS:
        found[model.__name__] = list(rows_of(model, {"dossier": key}))
    reference = Dossier.objects.values_list("reference", flat=True).get(pk=key)
    found["IssuedSlip"] = [without_reference(row, reference) for row in found["IssuedSlip"]]
    found["Scan"] = list(rows_of(Scan, {"paper__dossier": key}))
    requests = list(Supplement.objects.filter(dossier=key).order_by("pk").values_list("pk", flat=True))
    found["entries"] = [
        (one.seq, one.name, one.at, one.by, one.acting_for, plain_facts(one.facts, requests))
        for one in Entry.objects.filter(stream=f"dossiers.dossier:{key}").order_by("seq")
    ]
    return found


def rows_of(model: type[models.Model], which: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for row in model._default_manager.filter(**which).order_by("pk").values():
        row = {name: value for name, value in row.items() if name not in OWN_NUMBERS}
        row.pop("paper_id", None)
        row.pop("document_id", None)  # a load makes no papers of results
        yield row


def without_reference(row: dict[str, Any], reference: str) -> dict[str, Any]:
    """The reference is drawn by lot; it stands in the link behind the QR code and, before there is a code, in words."""
    link = row["words"]["values"].pop("qr_url")
    assert reference in link
    return {**row, "words": json.loads(json.dumps(row["words"]).replace(reference, "…"))}


def plain_facts(facts: dict[str, Any], requests: list[int]) -> dict[str, Any]:
    facts = {**facts, "dossier": 0}
    if "supplement" in facts:
        facts["supplement"] = requests.index(facts["supplement"])
    return facts
