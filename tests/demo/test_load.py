"""The living province: everything is there, spread as in a real year, and the journal holds."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.db import transaction
from django.test import RequestFactory
from pytest_django.plugin import DjangoDbBlocker

from motcua.base.clock import VIET_NAM, day_of, local
from motcua.base.verify import verify_journal
from motcua.config import console
from motcua.demo.load import Loaded, load
from motcua.demo.province import CENTRE, SIGN_INS
from motcua.documents.models import Document
from motcua.dossiers import queries
from motcua.dossiers.models import Application, CodeCounter, Dossier, Draft, Extension, IssuedSlip, Rating, Supplement
from motcua.dossiers.terms import Channel, Slip, Status
from motcua.investments import queries as investments
from motcua.investments.rules import Period
from motcua.investments.terms import Basis
from motcua.notifications.models import Message
from motcua.notifications.terms import Channel as Way
from motcua.organisations import queries as organisations
from motcua.people import queries as people
from motcua.people.models import Person, Post
from motcua.people.rules import identity_objections, is_phone
from motcua.workdays import queries as workdays
from motcua.workdays.rules import outcome
from motcua.workdays.terms import Outcome

NOW = datetime(2026, 11, 19, 9, 30, tzinfo=VIET_NAM)
MANY = 900


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """One load for all questions of this module, taken back at the end."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        yield load(now=NOW, dossiers=MANY)
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


def worklist(username: str) -> list[Dossier]:
    person = Person.objects.get(username=username)
    place = people.places_of(person.pk, day=day_of(NOW))[0]
    actor = person.actor(agency=place.agency, roles=place.roles)
    return list(queries.worklist(actor, NOW))


def test_all_statuses_and_channels(loaded: Loaded) -> None:
    assert loaded.dossiers == MANY == Dossier.objects.count()
    assert set(loaded.statuses) == set(Status) - {Status.DRAFT}
    assert Draft.objects.filter(dossier__isnull=True).count() == 2
    channels = Counter(Dossier.objects.values_list("channel", flat=True))
    assert set(channels) == set(Channel)
    assert channels["counter"] > channels["online"] > channels["post"] > MANY * 0.02


def test_twelve_months_with_a_dip_at_tet(loaded: Loaded) -> None:
    moments = [local(one) for one in Dossier.objects.values_list("submitted_at", flat=True)]
    assert max(moments) <= NOW
    assert NOW - timedelta(days=366) <= min(moments) <= NOW - timedelta(days=350)
    months = Counter((one.year, one.month) for one in moments)
    assert len(months) >= 12 and min(months[month] for month in months if month != (2025, 11)) > MANY * 0.02
    calendar = workdays.calendar_of(None, day_of(NOW))
    tet = {day for day, why in calendar.days_off.items() if "Tết Nguyên đán" in why.name and day.year == 2026}
    around = [one for one in moments if min(tet) - timedelta(days=7) <= one.date() <= max(tet) + timedelta(days=7)]
    days = (max(tet) - min(tet)).days + 15
    assert len(around) / days < 0.45 * len(moments) / 365


def test_weekdays_and_hours_are_those_of_an_office(loaded: Loaded) -> None:
    calendar = workdays.calendar_of(None, day_of(NOW))
    counter = [local(one) for one in Dossier.objects.filter(channel="counter").values_list("submitted_at", flat=True)]
    assert all(calendar.is_working_day(one.date()) for one in counter)
    assert all(7 <= one.hour < 17 and one.hour != 12 for one in counter)
    by_day = Counter(one.weekday() for one in counter)
    assert by_day[0] > by_day[4]
    online = [
        local(one).hour for one in Dossier.objects.filter(channel="online").values_list("submitted_at", flat=True)
    ]
    assert any(hour >= 18 for hour in online)


def test_some_are_late_some_wait_some_were_promised_anew(loaded: Loaded) -> None:
    finished = Dossier.objects.filter(finished_at__isnull=False, due_at__isnull=False, status__in=["done", "returned"])
    late = [one for one in finished if outcome(one.finished_at, one.due_at) is Outcome.LATE]
    assert 0.01 < len(late) / finished.count() < 0.09
    assert Supplement.objects.filter(signed_at__isnull=False, answered_at__isnull=True).exists()
    assert Supplement.objects.filter(answered_at__isnull=False).count() > 10
    assert Extension.objects.count() >= 3
    assert Rating.objects.count() > MANY * 0.1
    elsewhere = [
        one for one in Dossier.objects.all() if queries.authority_of(one.receiving_id, day_of(NOW)) != one.deciding_id
    ]
    assert len(elsewhere) > MANY * 0.05


def test_the_printed_people_find_work(loaded: Loaded) -> None:
    for name in ("motcua", "chuyenvien", "truongphong", "lanhdao", "vanthu", "motcua.kontum", "lanhdao.kontum"):
        assert len(worklist(name)) >= 4, name
    todo = worklist("chuyenvien")
    assert any(one.due_at and local(one.due_at).date() < day_of(NOW) for one in todo)
    assert any(one.due_at and local(one.due_at).date() == day_of(NOW) for one in todo)
    leader = worklist("lanhdao")
    assert {one.status for one in leader} >= {"signing", "processing"}
    citizen = Person.objects.get(username="nguoidan")
    assert len({one.status for one in queries.mine(citizen.pk)}) >= 4


def test_every_printed_sign_in_opens(loaded: Loaded) -> None:
    for name in SIGN_INS:
        request = RequestFactory().post("/")
        assert authenticate(request, username=name, password=settings.DEMO_PASSWORD) is not None, name


def test_forty_agencies_with_their_people(loaded: Loaded) -> None:
    served = {queries.authority_of(one, day_of(NOW)) for one in Post.objects.values_list("agency", flat=True)}
    assert len(served) >= 40
    centre = organisations.by_code(CENTRE, day_of(NOW))
    assert centre is not None and Post.objects.filter(agency=centre.agency).exists()
    merged = [one for one in served if organisations.predecessors(one)]
    assert len(merged) >= 20


def test_codes_have_no_gaps_and_the_journal_holds(loaded: Loaded) -> None:
    by_day: dict[tuple[str, str], list[int]] = {}
    for code in Dossier.objects.filter(code__isnull=False).values_list("code", flat=True):
        agency, day, number = str(code).rsplit("-", 2)
        by_day.setdefault((agency, day), []).append(int(number))
    assert all(sorted(numbers) == list(range(1, len(numbers) + 1)) for numbers in by_day.values())
    assert sum(CodeCounter.objects.values_list("last", flat=True)) == Dossier.objects.filter(code__isnull=False).count()
    assert verify_journal().ok


def test_results_are_signed_slips_can_be_opened_and_no_mail_waits(loaded: Loaded) -> None:
    assert Document.objects.filter(signed_at__isnull=False).count() >= 20
    received = Dossier.objects.filter(code__isnull=False).exclude(slips__kind=Slip.M01)
    assert not received.exclude(procedure_version__answered_at_once=True).exists()
    assert all(one.words["values"] for one in IssuedSlip.objects.all()[:50])
    assert not Message.objects.exclude(channel=Way.IN_APP).exists()


def test_news_of_the_last_days_wait_to_be_read_and_older_ones_do_not(loaded: Loaded) -> None:
    lines = Message.objects.filter(channel=Way.IN_APP)
    assert not lines.filter(created_at__lt=NOW - timedelta(days=3), read_at__isnull=True).exists()
    assert lines.filter(read_at__isnull=True).exists() and lines.filter(read_at__isnull=False).exists()


def test_nobody_in_it_could_be_a_real_person(loaded: Loaded) -> None:
    numbers = set(Application.objects.exclude(identity_number="").values_list("identity_number", flat=True))
    assert all(one[3] in "89" and not identity_objections(one) for one in numbers)
    phones = set(Dossier.objects.values_list("phone", flat=True))
    assert all(one.startswith("0900") and is_phone(one) for one in phones)


def test_public_investment_has_two_years_and_both_denominators(loaded: Loaded) -> None:
    at = investments.latest(day_of(NOW))
    assert at is not None and (at.year, at.month.month) == (2026, 10)
    whole = investments.province(at)
    assert whole.position.projects >= 12 and whole.position.reported >= whole.position.projects - 4
    shares = [whole.rate(basis) for basis in Basis]
    assert all(one is not None and 30 < one < 100 for one in shares) and shares[0] != shares[1]
    before = investments.figures_of(Period(2025, date(2026, 1, 1))).position
    assert before.rate_council is not None and before.rate_council > 70
    assert len(investments.by("investor", at)) >= 8 and investments.red_list(at, day_of(NOW)).projects


def test_a_second_load_changes_nothing(loaded: Loaded, capsys: pytest.CaptureFixture[str]) -> None:
    again = load(now=NOW, dossiers=10)
    assert again.already and Dossier.objects.count() == MANY
    assert json.loads(json.dumps(again.as_json()))["already"] is True


def test_the_console_prints_the_sign_ins(
    loaded: Loaded, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "_connect", lambda: None)
    assert console.main(["demo", "accounts", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert {one["username"] for one in printed["accounts"]} == set(SIGN_INS)
    assert console.main(["demo", "accounts"]) == 0
    assert "chuyenvien" in capsys.readouterr().out
    assert console.main(["demo", "load", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["already"] is True
