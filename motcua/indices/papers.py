"""The paper for the yearly analysis conference: one per index."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from motcua.base.clock import local
from motcua.base.language import in_vietnamese
from motcua.base.text import nfc
from motcua.base.typesetting import pdf_of
from motcua.directives.models import Task
from motcua.indices.models import Target
from motcua.indices.queries import published
from motcua.indices.queries.official import Place, Series, YearOf
from motcua.indices.queries.published import Outcome
from motcua.indices.rules.definition import IndexSet
from motcua.indices.rules.numbers import as_read, half_up, marked
from motcua.indices.rules.sheets import adds_up
from motcua.indices.rules.validating import publication_objections
from motcua.indices.terms import Certainty, Stage, UnitKind

FOLDER: Final = Path(__file__).parent / "typst"
MOST_TASKS: Final = 12
MOST_OWNERS: Final = 12
MOST_UNITS: Final = 63
LONGEST: Final = 140

Told = Sequence[tuple[Task, str, str]]
Say = Callable[[Fraction | None], str]
"""Points in the words of one paper: all with the same number of decimals."""


@in_vietnamese()
def round_report(found: Outcome, *, public: bool, at: datetime) -> bytes:
    """About one round: the table, the areas, where points were lost and by whom, next steps, method and certainty."""
    return pdf_of(FOLDER / "round.typ", _round_values(found, public=public, at=at))


@dataclass(frozen=True, kw_only=True)
class Official:
    """What is told of one year of an index that others publish."""

    shown: YearOf
    series: Series
    words: Mapping[str, str]
    """What the index measures, where we stand, where we are weak."""
    breaks: Sequence[tuple[int, str]]
    guess: Place | None
    """The estimate of the merged province, where there is one."""
    guess_from_memory: bool
    tasks: Told
    targets: Sequence[Target]


@in_vietnamese()
def official_report(told: Official, *, at: datetime) -> bytes:
    """About one index that others publish: our place, the years, the parts, next steps, method and certainty."""
    return pdf_of(FOLDER / "official.typ", _official_values(told, at=at))


def _round_values(found: Outcome, *, public: bool, at: datetime) -> dict[str, Any]:
    """What the paper of a round prints."""
    definition = found.definition
    owners = published.lost_by_owner(found)
    say = partial(_say, digits=_digits(definition.top.most))
    return {
        **_frame(at),
        **_head(found),
        "most": _most(definition.top.most),
        "best": say(max(found.scores, default=None)),
        "middle": say(middle_of(found.scores)),
        "least": say(min(found.scores, default=None)),
        "rows": _rows(found, say),
        "comparable": found.comparable,
        "weighed": not adds_up(definition),
        "areas": _areas(found, say),
        "worst": [
            {"name": nfc(one.name), "most": _most(one.most), "points": say(one.points), "lost": say(one.lost)}
            for one in published.worst_criteria(found, 10)
        ],
        "owners": [
            {"name": nfc(name) or "–", "lost": say(lost), "criteria": count}
            for name, lost, count in owners[:MOST_OWNERS]
        ],
        "tasks": _tasks(published.tasks_of(found, public=public)),
        "targets": _targets(published.targets_about(definition.index)),
        "method": _method(definition),
        "facts": certainty_of(definition),
        "sha256": found.round.results_sha256,
    }


def _head(found: Outcome) -> dict[str, Any]:
    """Which round it is, whose, of which year, and how far it has come."""
    round_, definition = found.round, found.definition
    return {
        "house": nfc(published.organiser_name(round_)),
        "index": definition.index,
        "title": nfc(round_.title),
        "kind": UnitKind(round_.kind).label,
        "year": round_.year,
        "published": round_.stage == Stage.PUBLISHED.value,
        "stage": Stage(round_.stage).label,
        "example": " ".join(publication_objections(definition)),
        "units": len(found.rows),
    }


def _rows(found: Outcome, say: Say) -> list[dict[str, Any]]:
    """The table: each unit with its place, its points and those of the year before."""
    return [
        {
            "rank": _rank(one.rank),
            "unit": nfc(one.unit),
            "score": say(one.score),
            "before": say(one.before[1]) if one.before else "–",
            "share": _share(one.score, found),
        }
        for one in found.rows[:MOST_UNITS]
    ]


def _areas(found: Outcome, say: Say) -> list[dict[str, Any]]:
    """The areas: how the units stand in each, and who leads."""
    return [
        {
            "name": nfc(one.name),
            "most": _most(one.most),
            "least": say(one.least),
            "middle": say(one.middle),
            "best": say(one.best),
            "leader": _leader({row.unit: row.parts.get(one.code) for row in found.rows}),
            "share": one.share(one.middle) or 0,
        }
        for one in found.areas()
    ]


def _leader(points: Mapping[str, Fraction | None]) -> str:
    """Who leads one part; with several at the top the first two are named."""
    best = max((value for value in points.values() if value is not None), default=None)
    names = [nfc(name) for name, value in points.items() if value is not None and value == best]
    if len(names) == len(points):  # all alike, or nobody else
        return ""
    more = _(" và %d nơi khác") % (len(names) - 2) if len(names) > 2 else ""
    return ", ".join(names[:2]) + more


def _share(score: Fraction | None, found: Outcome) -> float:
    most = found.definition.top.most
    return 0.0 if score is None or not most else float(100 * score / most)


def _official_values(told: Official, *, at: datetime) -> dict[str, Any]:
    """What the paper of a published index prints."""
    shown, series, guess, ours = told.shown, told.series, told.guess, told.shown.ours
    scores = [one.score for one in shown.places if one.score is not None]
    low, high = min(scores, default=Fraction(0)), max(scores, default=Fraction(1))
    span = (high - low) or Fraction(1)
    say = partial(_say, digits=_digits(high))
    return {
        **_frame(at),
        "index": shown.index,
        "year": shown.year,
        **told.words,
        "score": say(ours.score) if ours else "–",
        "rank": _rank(ours.rank) if ours else "–",
        "among": shown.among,
        "middle": say(middle_of(scores)),
        "low": say(low),
        "high": say(high),
        "strip": [float((score - low) / span) for score in scores],
        "own": None if ours is None or ours.score is None else float((ours.score - low) / span),
        "parts": _parts(shown, say),
        "years": [
            {"year": step.year, "score": say(step.score), "rank": _rank(step.rank), "among": step.among}
            for step in series.ours
        ],
        "breaks": [{"year": year, "why": why} for year, why in told.breaks],
        "top": [{"rank": _rank(one.rank), "name": nfc(one.name), "score": say(one.score)} for one in shown.ranked[:5]],
        "near": _near(shown, say),
        "guess": {"score": say(guess.score), "of": ", ".join(guess.made_of), "from_memory": told.guess_from_memory}
        if guess
        else None,
        "made_up": shown.made_up,
        "invented": [str(year) for year in series.made_up],
        "counted": shown.counted,
        "source": shown.source,
        "tasks": _tasks(told.tasks),
        "targets": _targets(told.targets),
    }


def _parts(shown: YearOf, say: Say) -> list[dict[str, Any]]:
    """The parts of a published index: ours between the least and the best, and who leads."""
    found, ours, middle = [], shown.ours, shown.middle()
    for code, name in shown.names.items():
        points = {one.name: one.parts[code] for one in shown.places if code in one.parts}
        found.append(
            {
                "name": nfc(name),
                "ours": say(ours.parts.get(code)) if ours else "–",
                "least": say(min(points.values(), default=None)),
                "middle": say(middle.get(code)),
                "best": say(max(points.values(), default=None)),
                "leader": _leader(points),
            }
        )
    return found


def _near(shown: YearOf, say: Say) -> list[dict[str, Any]]:
    """Two above us and two below."""
    ranked = shown.ranked
    place = next((number for number, one in enumerate(ranked) if one.ours), None)
    if place is None:
        return []
    around = ranked[max(place - 2, 0) : place + 3]
    return [
        {"rank": _rank(one.rank), "name": nfc(one.name), "score": say(one.score), "ours": one.ours} for one in around
    ]


def _frame(at: datetime) -> dict[str, Any]:
    moment = local(at)
    return {
        "province": settings.MOTCUA_PROVINCE,
        "date": [moment.year, moment.month, moment.day],
        "day": f"{moment:%d/%m/%Y}",
        "printed": f"{moment:%H:%M %d/%m/%Y}",
        "demo": bool(settings.MOTCUA_DEMO),
    }


def _tasks(told: Told) -> list[dict[str, Any]]:
    return [
        {
            "code": task.code,
            "title": _short(task.title),
            "criterion": nfc(criterion),
            "unit": nfc(unit),
            "due": f"{task.due_on:%d/%m/%Y}" if task.due_on else "",
        }
        for task, criterion, unit in told[:MOST_TASKS]
    ]


def _targets(targets: Sequence[Target]) -> list[dict[str, Any]]:
    return [{"year": one.year, "words": target_words(one), "basis": nfc(one.basis)} for one in targets]


def target_words(target: Target) -> str:
    """What is aimed at, in words."""
    found = []
    if target.least_score is not None:
        found.append(_("từ %s điểm") % _most(Fraction(target.least_score)))
    if target.best_rank is not None and target.worst_rank is not None and target.best_rank != target.worst_rank:
        found.append(_("hạng %(best)d–%(worst)d") % {"best": target.best_rank, "worst": target.worst_rank})
    elif (rank := target.worst_rank or target.best_rank) is not None:
        found.append(_("hạng %d trở lên") % rank)
    return ", ".join(found)


def _method(definition: IndexSet) -> list[str]:
    found = [_("%(name)s, bản %(version)s.") % {"name": definition.name, "version": definition.version}]
    if definition.legal_basis:
        found.append(_("Căn cứ: %s.") % definition.legal_basis)
    digits = definition.ranking.digits
    ties = definition.ranking.ties.label
    found.append(
        _("Xếp hạng theo điểm chưa làm tròn; %s.") % ties
        if digits is None
        else _("Xếp hạng theo điểm làm tròn %(digits)d chữ số; %(ties)s.") % {"digits": digits, "ties": ties}
    )
    return found


def certainty_of(definition: IndexSet) -> list[str]:
    """How sure the facts of a definition are, in sentences."""
    counts = {each: sum(how == each for _code, _fact, how in definition.facts()) for each in Certainty}
    found = [
        _("%(count)d nội dung của định nghĩa %(how)s.") % {"count": count, "how": each.label}
        for each, count in counts.items()
        if count
    ]
    if definition.source:
        found.append(_("Nguồn: %s") % definition.source)
    if definition.note:
        found.append(definition.note)
    return found


def middle_of(scores: Sequence[Fraction]) -> Fraction | None:
    """The middle of all scores."""
    return Fraction(median(scores)) if scores else None


def _short(text: str) -> str:
    text = nfc(text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rsplit(' ', 1)[0]}…"


def _say(points: Fraction | None, digits: int = 2) -> str:
    """Points with the same number of decimals in every row, so that they stand under each other."""
    return "–" if points is None else marked(f"{float(half_up(points, digits)):.{digits}f}")


def _most(points: Fraction | None) -> str:
    return "–" if points is None else as_read(half_up(points, 4))


def _digits(highest: Fraction | None) -> int:
    """An index on a scale of one (ICT INDEX, DTI) is published with four decimals."""
    return 4 if highest is not None and highest <= 1 else 2


def _rank(rank: float | int | None) -> str:
    return "–" if rank is None else as_read(Fraction(rank))
