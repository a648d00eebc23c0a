"""The demonstration's year of tasks: read from notices of our own writing, in every state, counted and chained like real ones."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from motcua.base.actors import SYSTEM
from motcua.base.clock import VIET_NAM
from motcua.base.models import Entry
from motcua.base.verify import verify_journal
from motcua.demo import directives
from motcua.demo.province import MAIN, SECOND, Cast, Casting
from motcua.directives import queries
from motcua.directives.models import Directive, Extension, Proposal, Series, Task
from motcua.directives.terms import GroupBy, ProposalState, Reading, Standing, Status
from motcua.notifications.models import Message
from motcua.notifications.terms import Channel
from motcua.organisations import actions as agencies
from motcua.workdays import actions as workdays

NOW = datetime(2026, 11, 19, 9, 30, tzinfo=VIET_NAM)
MANY = 150


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    """One load for all questions of this module, taken back at the end."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        begin = NOW - timedelta(days=400)
        agencies.load_fixture(by=SYSTEM, at=begin)
        workdays.seed_holidays(by=SYSTEM, at=begin)
        found = Casting(Random(1), today=NOW.date(), at=begin).everybody([MAIN, SECOND])
        directives.load(found, now=NOW, many=MANY)
        yield found
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


def test_a_year_of_notices_and_what_became_of_them(cast: Cast) -> None:
    assert Task.objects.count() > MANY
    days = sorted(Directive.objects.values_list("issued_on", flat=True))
    assert (days[-1] - days[0]).days > 330
    assert {one.status for one in Task.objects.all()} >= {
        Status.ASSIGNED,
        Status.DOING,
        Status.REPORTED,
        Status.DONE,
        Status.CANCELLED,
    }
    spec = queries.spec_for(cast.province_leaders[0], NOW)
    sums = queries.totals(spec)
    assert sums.given == Task.objects.exclude(status=Status.CANCELLED).count()
    assert 0.6 < sums.done / sums.given < 0.95 and 0 < sums.open_late < 0.2 * sums.given
    assert all(getattr(sums, one) > 0 for one in Standing)
    assert len(queries.report(spec, GroupBy.LEAD)) >= 8
    assert Extension.objects.exists() and Series.objects.count() == 4


def test_every_task_is_linked_to_its_words_in_a_notice_or_given_by_hand(cast: Cast) -> None:
    by_hand = Task.objects.filter(directive__isnull=True)
    assert by_hand.count() == 1
    for task in Task.objects.filter(directive__isnull=False).select_related("proposal", "directive", "wording")[:40]:
        assert task.proposal is not None and task.directive is not None
        words = task.directive.text[task.proposal.start : task.proposal.end]
        assert words.split()[0] in task.wording.content


def test_a_notice_waits_to_be_decided_with_its_doubts_said(cast: Cast) -> None:
    [waiting] = Directive.objects.filter(state=Reading.READING)
    rows = queries.proposals_of(waiting)
    assert len(rows) == waiting.undecided == 5
    flags = " ".join(flag for one in rows for flag in one.proposal.flags)
    assert "nay là Sở Tài chính" in flags and "31/11/2026" in flags and "Công an tỉnh" in flags
    assert len(rows[1].lead[0].agencies) > 90
    decided = Proposal.objects.exclude(directive=waiting)
    assert set(decided.values_list("state", flat=True)) == {ProposalState.ACCEPTED.value}


def test_the_people_of_the_office_find_work_and_the_figure_is_filled(cast: Cast) -> None:
    counts = queries.desk_counts(cast.province_leaders[0], NOW)
    assert counts["to_confirm"].number and counts["late"].number == 0
    task = Task.objects.get(directive__isnull=True)
    view = queries.task_view(task, by=cast.province_leaders[0], at=NOW)
    assert view.figure is not None and (view.figure.value, view.figure.reached) == (168, False)
    assert queries.public_tasks(at=NOW)[0]


def test_the_journal_holds_and_no_mail_waits(cast: Cast) -> None:
    assert verify_journal().ok
    assert not Entry.objects.filter(at__gt=NOW).exists()
    assert not Message.objects.exclude(channel=Channel.IN_APP).exists()
