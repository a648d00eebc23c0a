"""The catalogue as people look for it: by words without accents, by the beginning of a word, by code."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Length
from django.http import Http404
from django.utils import timezone

from motcua.base import prepared
from motcua.base.clock import day_of
from motcua.base.prepared import Prepared
from motcua.base.text import unaccented
from motcua.procedures.models import Case, Fee, LegalBasis, Paper, ProcedureVersion, Setting, Term
from motcua.procedures.terms import VersionState

MOST: Final = 500
_WORD: Final = re.compile(r"[a-z0-9]+")
_CODE: Final = re.compile(r"^\d(?:\.\d{0,6})?$")
_COMMON: Final = frozenset({"thu", "tuc", "cho", "cua", "va", "cac", "lam", "xin", "toi", "muon"})


@dataclass(frozen=True, slots=True)
class Found:
    """One line of a search: enough to choose by."""

    version_id: int
    code: str
    name: str
    field: str
    levels: tuple[str, ...]
    matter: str
    summary: str
    answered_at_once: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """Everything a version says, read in a bounded number of statements."""

    version: ProcedureVersion
    cases: tuple[Case, ...]
    papers: dict[int, tuple[Paper, ...]]
    terms: tuple[Term, ...]
    fees: tuple[Fee, ...]
    bases: tuple[LegalBasis, ...]
    settings: dict[str, Setting]


def published(day: date) -> QuerySet[ProcedureVersion]:
    """The versions in force on that day, in the order of a Vietnamese list."""
    return (
        ProcedureVersion.objects.filter(state=VersionState.PUBLISHED, in_force_during__contains=day)
        .defer("source", "steps_text", "form_schema", "unread", "conditions")
        .select_related("procedure")
        .order_by("sort_key", "pk")
    )


def search(
    text: str,
    level: str | None = None,
    limit: int = 20,
    *,
    day: date | None = None,
    field: str = "",
    matter: str = "",
    deciding: str = "",
) -> list[Found]:
    """Exact code first, then codes that begin so, then names with all the words (each may be only begun).

    Works without accents. An empty text gives the list from its beginning. Never more than 500 lines.
    """
    rows = published(day or day_of(timezone.now()))
    if level:
        rows = rows.filter(levels__contains=[level])
    if field:
        rows = rows.filter(field=field)
    if matter:
        rows = rows.filter(matter=matter)
    if deciding:
        rows = rows.filter(deciding_level=deciding)
    wanted = unaccented(text)[:200]
    limit = max(1, min(limit, MOST))
    if not wanted:
        return [_found(one) for one in rows[:limit]]
    code = re.sub(r"\.000\.\d\d\.\d\d\.[a-z]\d\d$|\.[a-z]\d\d$", "", wanted)
    if _CODE.match(code):
        return [
            _found(one) for one in rows.filter(procedure__code__startswith=code).order_by("procedure__code")[:limit]
        ]
    words = _WORD.findall(wanted)
    if not words:
        return []
    narrowed = any((level, field, matter, deciding))
    ask = partial(_by_words, rows) if narrowed else partial(_among_all, day or day_of(timezone.now()))
    found = ask(words, limit)
    if not found and (rarer := [one for one in words if one not in _COMMON]) and len(rarer) < len(words):
        found = ask(rarer, limit)
    return [_found(one) for one in found]


def _by_words(rows: QuerySet[ProcedureVersion], words: list[str], limit: int) -> list[ProcedureVersion]:
    return list(_ranked(rows, words, *_together(words))[:limit])


def _ranked(
    rows: QuerySet[ProcedureVersion], words: Sequence[Any], begun: Any, first: Any, within: Any
) -> QuerySet[ProcedureVersion]:
    """Those in whose words all of these begin words, names that begin with them first. Values, or slots for them."""
    query = SearchQuery(begun, search_type="raw", config="simple")
    for (
        one
    ) in words:  # a word that is begun stands somewhere in the text: cheap to see before the text is cut into words
        rows = rows.filter(search_text__contains=one)
    matching = rows.alias(words=SearchVector("search_text", config="simple")).filter(words=query)
    begins, together = Q(search_text__regex=first), Q(search_text__contains=within)
    return matching.alias(
        begins=ExpressionWrapper(begins, BooleanField()), together=ExpressionWrapper(together, BooleanField())
    ).order_by(F("begins").desc(), F("together").desc(), Length("name"), "sort_key", "pk")


def _together(words: list[str]) -> tuple[str, str, str]:
    """The words as they are begun, as a name begins with them, as they stand side by side."""
    phrase = " ".join(words)
    return " & ".join(f"{one}:*" for one in words), rf"^\S+ {phrase}", f" {phrase}"


def _among_all(day: date, words: list[str], limit: int) -> list[ProcedureVersion]:
    """`_by_words` where nothing but the words narrows: the SQL for so many words is written once."""
    begun, first, within = _together(words)
    each = {f"word{no}": one for no, one in enumerate(words)}
    return _asked(len(words), limit).all(day=day, begun=begun, first=first, within=within, **each)


@lru_cache(maxsize=128)
def _asked(many: int, limit: int) -> Prepared[ProcedureVersion]:
    words, more = [prepared.text(f"word{no}") for no in range(many)], map(prepared.text, ("begun", "first", "within"))
    rows = _ranked(published(prepared.day("day")), words, *more)[:limit]
    return Prepared(lambda: rows, keep_plan=False)


def _found(one: ProcedureVersion) -> Found:
    return Found(
        one.pk,
        one.procedure.code,
        one.plain_name or one.name,
        one.field,
        tuple(one.levels),
        one.matter,
        one.summary,
        one.answered_at_once,
    )


def version_in_force(code: str, day: date) -> ProcedureVersion | None:
    """The version in force on that day, if any."""
    return (
        ProcedureVersion.objects.filter(
            procedure__code=code, state=VersionState.PUBLISHED, in_force_during__contains=day
        )
        .select_related("procedure")
        .first()
    )


def detail(code: str, day: date) -> Detail:
    """The version in force on that day with all that belongs to it; 404 if there is none."""
    version = version_in_force(code, day)
    if version is None:
        raise Http404(code)
    return contents(version, day)


def contents(version: ProcedureVersion, day: date) -> Detail:
    """All that belongs to one version, concept or published."""
    cases = tuple(version.cases.order_by("no", "pk"))
    papers: dict[int, list[Paper]] = {one.pk: [] for one in cases}
    for paper in Paper.objects.filter(case__version=version).order_by("case_id", "no", "pk"):
        papers[paper.case_id].append(paper)
    return Detail(
        version,
        cases,
        {key: tuple(value) for key, value in papers.items()},
        tuple(version.terms.order_by("no", "pk")),
        tuple(version.fees.order_by("no", "pk")),
        tuple(version.bases.order_by("no", "pk")),
        {
            one.name: one
            for one in Setting.objects.filter(procedure=version.procedure_id, in_force_during__contains=day)
        },
    )


def fields_in_force(day: date) -> list[str]:
    """The fields (lĩnh vực) that have a procedure in force that day."""
    rows = ProcedureVersion.objects.filter(state=VersionState.PUBLISHED, in_force_during__contains=day).exclude(
        field=""
    )
    return sorted(rows.values_list("field", flat=True).distinct(), key=unaccented)


def administered(text: str, *, state: str = "", limit: int = 100) -> list[ProcedureVersion]:
    """Versions in any state for the controller's list: concepts first, then by name. Never more than 500."""
    rows = ProcedureVersion.objects.select_related("procedure").defer(
        "source", "steps_text", "form_schema", "conditions"
    )
    if state in VersionState.values:
        rows = rows.filter(state=state)
    wanted = unaccented(text)[:200]
    if _CODE.match(wanted):
        rows = rows.filter(procedure__code__startswith=wanted)
    elif words := _WORD.findall(wanted):
        query = SearchQuery(" & ".join(f"{one}:*" for one in words), search_type="raw", config="simple")
        rows = rows.alias(words=SearchVector("search_text", config="simple")).filter(words=query)
    elif wanted:
        return []
    return list(rows.order_by("state", "sort_key", "-number", "pk")[: max(1, min(limit, MOST))])
