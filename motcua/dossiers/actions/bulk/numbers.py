"""Numbers that run across many dossiers, taken in the order of time: codes without gaps, slips, keys of rows."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.rows import take_numbers
from motcua.documents import actions as documents
from motcua.documents import queries as documents_queries
from motcua.documents import rules as papers
from motcua.dossiers import rules
from motcua.dossiers.models import Dossier, Paper, Supplement
from motcua.dossiers.queries.offices import authority_of, code_of
from motcua.dossiers.queries.slips import KIND_OF
from motcua.dossiers.terms import Slip
from motcua.people.models import Person
from motcua.procedures.models import ProcedureVersion


class SlipKey(NamedTuple):
    """One running number of slips: per authority, kind of paper and year."""

    agency: int
    kind: str
    year: int


class Numbers:
    """What the counters of the database would have given, one act after the other."""

    def __init__(self, *, papers: int, supplements: int, people: Iterable[int], slips: Counter[SlipKey]) -> None:
        self._keys: dict[type, Iterator[int]] = {
            Paper: iter(take_numbers(Paper, papers)),
            Supplement: iter(take_numbers(Supplement, supplements)),
        }
        self._names = dict(Person.objects.filter(pk__in=set(people)).values_list("pk", "full_name"))
        self._versions: dict[int, tuple[str, str]] = {}
        self._last: dict[tuple[int, date], int] = {}
        self._office = cache(_office)
        self.authority = cache(authority_of)
        self._slips = {key: iter(documents.numbers_in_year(*key, count)) for key, count in sorted(slips.items())}
        self._local_forms = documents_queries.has_local_forms()

    def hold(self, offices: Iterable[int], first: date, last: date) -> None:
        """Lock the counters of official codes of these offices and days until the transaction ends."""
        authorities = {authority_of(one, last) for one in offices}
        with connection.cursor() as cursor:
            cursor.execute(
                """SELECT agency_id, day, last FROM dossiers_codecounter
                   WHERE agency_id = ANY(%s) AND day BETWEEN %s AND %s ORDER BY id FOR UPDATE""",
                [list(authorities), first, last],
            )
            self._last = {(agency, day): number for agency, day, number in cursor.fetchall()}

    def code(self, dossier: Dossier, at: datetime) -> str:
        """The next official code of the office and day."""
        day = day_of(at)
        agency, agency_code = self._office(dossier.receiving_id, day)
        if not agency_code:
            raise Refused(_("Cơ quan tiếp nhận chưa có mã định danh. Nhờ quản trị ghi mã trước khi tiếp nhận."))
        number = self._last.get((agency, day), 0) + 1
        self._last[agency, day] = number
        return rules.official_code(agency_code, day, number)

    def keep_codes(self) -> None:
        """Leave the counters where the codes ended, so that the next reception goes on without a gap."""
        agencies, days, numbers = zip(*((*key, last) for key, last in self._last.items()), strict=True) or ((), (), ())
        with connection.cursor() as cursor:
            cursor.execute(
                """INSERT INTO dossiers_codecounter (agency_id, day, last)
                   SELECT * FROM unnest(%s::bigint[], %s::date[], %s::int[])
                   ON CONFLICT ON CONSTRAINT dossiers_counter_one_per_day DO UPDATE SET last = excluded.last""",
                [list(agencies), list(days), list(numbers)],
            )

    def slip_number(self, agency: int, kind: Slip, at: datetime) -> str:
        """The next number of the agency's year for that slip, written as its form of that day says."""
        form, day = KIND_OF[kind], day_of(at)
        number = next(self._slips[SlipKey(agency, form.value, day.year)])
        numbering = documents_queries.form_for(agency, form, day) if self._local_forms else papers.form(form, day)
        return papers.written_number(number, numbering.numbering)

    def key(self, model: type[Supplement] | type[Paper]) -> int:
        """The next key of a row that other rows or lines of the journal name."""
        return next(self._keys[model])

    def name_of(self, person: int | None) -> str:
        """The name of an official, for the line that says whom to ask."""
        return self._names.get(person or 0, "")

    def names_of_procedure(self, dossier: Dossier) -> tuple[str, str]:
        """The code of the procedure, and its name in the version of the dossier."""
        version = dossier.procedure_version_id
        if version not in self._versions:
            row = ProcedureVersion.objects.values_list("procedure__code", "name").get(pk=version)
            self._versions[version] = (str(row[0]), str(row[1]))
        return self._versions[version]


def _office(receiving: int, day: date) -> tuple[int, str]:
    return authority_of(receiving, day), code_of(receiving, day)
