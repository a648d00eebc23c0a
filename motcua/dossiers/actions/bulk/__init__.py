"""Whole histories of dossiers written at once: rows by COPY, journal chains, counters. For demonstrations and benches.

The rows, the entries and the slips are those the actions would have written, with three exceptions, all of the outside
world: nobody is sent a message, results have no signed file, and no key of a form is claimed. Who may act is not asked.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache

from django.db import transaction

from motcua.base import journal
from motcua.base.clock import day_of
from motcua.base.journal import Line
from motcua.base.rows import take_numbers, write_rows
from motcua.dossiers.actions.bulk.acts import SLIP_OF, carry_out
from motcua.dossiers.actions.bulk.history import Act, History
from motcua.dossiers.actions.bulk.life import Life
from motcua.dossiers.actions.bulk.numbers import Numbers, SlipKey
from motcua.dossiers.actions.making import new_reference
from motcua.dossiers.actions.submitting import application_columns, dossier_columns, paper_columns
from motcua.dossiers.models import (
    Application,
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
from motcua.dossiers.queries.offices import authority_of
from motcua.dossiers.queries.slips import KIND_OF
from motcua.dossiers.terms import Slip

__all__ = ["Act", "History", "write"]


@transaction.atomic
def write(histories: Sequence[History]) -> list[int]:
    """Write them all; the numbers of the dossiers, in the order given. One transaction: all or nothing."""
    if not histories:
        return []
    numbers, book = _numbers(histories), list[Line]()
    keys = take_numbers(Dossier, len(histories))
    lives = [_begin(one, key, numbers, book) for one, key in zip(histories, keys, strict=True)]
    for _at, index, place in _in_the_order_of_time(histories):
        if place < 0:
            lives[index].submitted(by=histories[index].by, at=histories[index].at)
        else:
            carry_out(lives[index], histories[index].acts[place])
    numbers.keep_codes()
    _write(lives)
    journal.record_new_streams(book)
    return keys


def _in_the_order_of_time(histories: Sequence[History]) -> list[tuple[datetime, int, int]]:
    """Every act of every history by its moment, so that running numbers run as they would have."""
    found = [(one.at, index, -1) for index, one in enumerate(histories)]
    found += [(act.at, index, place) for index, one in enumerate(histories) for place, act in enumerate(one.acts)]
    return sorted(found)


def _numbers(histories: Sequence[History]) -> Numbers:
    verbs = [act for one in histories for act in one.acts]
    moments = [act.at for act in verbs] + [one.at for one in histories]
    numbers = Numbers(
        papers=sum(len(one.application.papers) for one in histories),
        supplements=sum(1 for act in verbs if act.verb in ("ask_before_receipt", "draft_supplement")),
        people=(act.by.id for act in verbs if act.by.id is not None),
        slips=Counter(_slips(histories)),
    )
    numbers.hold({one.application.receiving for one in histories}, day_of(min(moments)), day_of(max(moments)))
    return numbers


def _slips(histories: Sequence[History]) -> Iterator[SlipKey]:
    """Which running numbers the slips of these histories will take."""
    authority = cache(authority_of)
    for one in histories:
        for act in one.acts:
            if (kind := SLIP_OF.get(act.verb)) is not None:
                office = one.application.deciding if kind is Slip.M04 else one.application.receiving
                day = day_of(act.at)
                yield SlipKey(authority(office, day), KIND_OF[kind].value, day.year)


def _begin(one: History, key: int, numbers: Numbers, book: list[Line]) -> Life:
    """The rows of a dossier just handed in."""
    dossier = Dossier(pk=key, reference=new_reference(), **dossier_columns(one.application, at=one.at))
    sheet = Application(**application_columns(one.application))
    sheet.dossier = dossier  # the dossier finds its application without a question to the database
    papers = [Paper(pk=numbers.key(Paper), dossier_id=key, **paper_columns(each)) for each in one.application.papers]
    scans = [
        Scan(paper_id=paper.pk, file_id=file, added_at=one.at, added_by_id=one.by.id)
        for paper, each in zip(papers, one.application.papers, strict=True)
        for file in each.files
    ]
    return Life(dossier=dossier, sheet=sheet, registry=numbers, book=book, paper_rows=papers, scans=scans)


def _write(lives: Sequence[Life]) -> None:
    write_rows(Dossier, [one.dossier for one in lives])
    write_rows(Application, [one.sheet for one in lives])
    write_rows(Paper, [row for one in lives for row in one.paper_rows])
    write_rows(Scan, [row for one in lives for row in one.scans])
    write_rows(Supplement, [row for one in lives for row in one.supplements])
    write_rows(Extension, [one.extension for one in lives if one.extension])
    write_rows(Result, [one.result for one in lives if one.result])
    write_rows(Rating, [one.rating for one in lives if one.rating])
    write_rows(FeeReceipt, [row for one in lives for row in one.receipts])
    write_rows(IssuedSlip, [row for one in lives for row in one.slips])
    write_rows(Note, [row for one in lives for row in one.notes])
