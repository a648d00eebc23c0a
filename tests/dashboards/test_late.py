"""What is late, who was told sorry, the units behind a figure: rows add up, nobody is named where few are."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.base.clock import day_of, local
from motcua.dashboards import asking, behind, datasets, lateness
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier
from motcua.measures.queries.figures import Asked, figures
from motcua.measures.queries.late import late_now
from motcua.measures.rules.declared import MEASURES
from motcua.measures.rules.periods import Period
from motcua.organisations import queries as organisations
from motcua.workdays import queries as workdays
from tests import make
from tests.dashboards.test_pages import text_of
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
LATER = make.MONDAY + timedelta(days=21)


@pytest.fixture
def world() -> make.Province:
    return three_weeks()


@remembered
def three_weeks() -> make.Province:
    """Two communes; at three weeks' end three dossiers are late at the first, one at the second, one was done in time."""
    made = make.province()
    for days in (0, 0, 2):
        make.processing(made, when=make.MONDAY + timedelta(days=days))
    done = make.signing(made)
    dossiers.sign(done, by=made.ba_to.leader, at=make.MONDAY + timedelta(hours=5))
    return made


def extended(world: make.Province, dossier: Dossier) -> None:
    at = make.MONDAY + timedelta(hours=4)
    new = workdays.calendar_of(dossier.deciding_id, day_of(at))
    due = dossier.due_at + timedelta(days=7)
    while not new.is_working_day(day_of(due)):
        due += timedelta(days=1)
    dossiers.extend(dossier, new_due_at=due, reason="Máy chủ hỏng.", by=world.ba_to.leader, at=at)


def test_units_and_days_add_up_to_what_is_late(world: make.Province) -> None:
    found = late_now(world.root, at=LATER)
    counted = figures(Asked.now(world.root, at=LATER)).whole
    assert found.overdue.numerator == counted["overdue"].numerator == 3
    assert sum(found.days.values()) == sum(one.overdue.numerator for one in found.units) == 3
    assert all(sum(one.days.values()) == one.overdue.numerator for one in found.units)
    assert sum(lateness.in_bands(found.days)) == 3 and min(found.days) >= 1
    due = {day_of(one.due_at) for one in Dossier.objects.filter(finished_at__isnull=True)}
    assert set(found.days) == {(day_of(LATER) - day).days for day in due}
    assert [(one.name, one.overdue, one.few) for one in lateness.lines(found, day_of(LATER))] == [("Xã Ba Tơ", 3, True)]
    # On the due day itself nothing is late.
    on_the_day = local(Dossier.objects.order_by("due_at")[0].due_at).replace(hour=23)
    assert late_now(world.root, at=on_the_day).overdue.numerator == 0


def test_the_units_behind_every_figure_add_up_to_it(world: make.Province) -> None:
    top = organisations.version_on(world.root, day_of(LATER))
    assert top is not None
    for code in MEASURES:
        found = figures(asking.asked(top.agency, Period.parse("2026"), LATER), [code])
        lines = behind.units(top, found, code, day_of(LATER))
        assert sum(one.numerator for one in lines) == found.whole[code].numerator, code
        assert sum(one.denominator or 0 for one in lines) == (found.whole[code].denominator or 0), code


def test_a_letter_names_nobody_where_few_have_that_matter(world: make.Province) -> None:
    first = make.processing(world, when=make.MONDAY)
    extended(world, first)
    november = Period.parse("2026-11")
    (letter,) = lateness.letters(november, day=day_of(LATER)).letters
    assert letter.procedure and letter.reader == "N••• V•• Mẫu"
    assert letter.number == first.extension.number and letter.new_due_at > letter.old_due_at
    rare = make.processing(world, when=make.MONDAY, procedure=make.BIRTH)
    extended(world, rare)
    newest = lateness.letters(november, day=day_of(LATER)).letters[0]
    assert newest.number == rare.extension.number and (newest.procedure, newest.reader) == ("", "")
    assert "Nguyễn" not in repr(lateness.letters(november, day=day_of(LATER)))
    assert lateness.letters(Period.parse("2026-10"), day=day_of(LATER)).letters == []


def test_letters_follow_each_other_page_by_page_as_many_as_the_figure_says(world: make.Province) -> None:
    for _ in range(3):
        extended(world, make.processing(world, when=make.MONDAY))
    november, day, seen, after = Period.parse("2026-11"), day_of(LATER), [], 0
    for _ in range(3):
        page = lateness.letters(november, day=day, after=after, limit=1)
        seen += [one.number for one in page.letters]
        after = page.after or 0
    figure = figures(asking.asked(world.root, november, LATER), ["apologies"]).whole["apologies"]
    assert not after and len(set(seen)) == len(seen) == figure.numerator == 3


def test_a_longer_period_tells_no_month_that_is_withheld(world: make.Province) -> None:
    for _ in range(2):
        make.received(world, when=make.MONDAY, procedure=make.BIRTH)
    for _ in range(6):
        make.received(world, when=make.at("2026-12-07 09:00"), procedure=make.BIRTH)
        make.received(world, when=make.at("2026-12-07 09:00"))
    top = organisations.version_on(world.root, day_of(LATER))
    assert top is not None
    new_year = make.at("2027-01-04 09:00")
    year = datasets.by_procedure(top, Period.parse("2026"), new_year)
    cells = {(row[0], row[3]): row[4] for row in year.rows}
    assert cells[("2026-12", make.BIRTH)] == 6 and cells[("2026-12", make.BUSINESS)] == 6
    assert not any(month == "2026-11" for month, _code in cells), "4 and 2 alone: their sum tells too much of either"
    quarter = datasets.by_procedure(top, Period.parse("2026-Q4"), new_year)
    assert quarter.rows == year.rows, "only months, whatever is asked for"
    assert datasets.by_procedure(top, Period.parse("2026-12"), make.at("2026-12-30 09:00")).rows == [], (
        "a month under way"
    )


def test_the_pages_open_for_everybody(client: Client, world: make.Province) -> None:
    dossier = make.processing(world, when=timezone.now() - timedelta(days=1))
    page = text_of(client.get(reverse("dashboards:late")))
    assert "hồ sơ đang trễ hẹn" in page or "Không hồ sơ nào đang trễ hẹn" in page
    assert "Nguyễn" not in page and dossier.code not in page
    assert text_of(client.get(reverse("dashboards:apologies"), {"ky": "2026-11"}))
    rows = text_of(client.get(reverse("dashboards:rows", args=["received"]), {"ky": "2026"}))
    assert "Xã Ba Tơ" in rows and "Cộng" in rows
    assert client.get(reverse("dashboards:rows", args=["khong-co"])).status_code == 404
