"""What of published rounds other pages show. It never changes again, so each is read once in a process."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from motcua.indices.models import Answer, JudgedUnit, Round
from motcua.indices.queries.keeping import is_kept, kept
from motcua.indices.queries.rounds import LATEST_JUDGEMENT
from motcua.indices.terms import Stage


class Score(NamedTuple):
    """Score and rank of one unit."""

    total: Decimal | None
    rank: Decimal | None


def frozen_scores(round_: int) -> Mapping[str, Score]:
    """Score and rank of each unit by its name, as the published round keeps them."""
    key = ("frozen", round_)
    if is_kept(key):
        return kept(key, dict)
    found = _scores(round_)
    return kept(key, lambda: found) if found else found  # a round that is not published yet will be


def _scores(round_: int) -> dict[str, Score]:
    results = Round.objects.filter(pk=round_, stage=Stage.PUBLISHED.value).values_list("results", flat=True).first()
    rows = (results or {}).get("rows", ())
    return {row["unit"]: Score(_number(row["score"]), _number(row["rank"])) for row in rows}


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def frozen_by_agency(round_: int) -> Mapping[int, Decimal | None]:
    """The scores of a published round by agency: names change, agencies do not."""
    return kept(("frozen by agency", round_), lambda: _by_agency(round_)) if frozen_scores(round_) else {}


def _by_agency(round_: int) -> dict[int, Decimal | None]:
    agencies = dict(JudgedUnit.objects.filter(round=round_).values_list("name", "agency"))
    return {agencies[name]: one.total for name, one in frozen_scores(round_).items() if name in agencies}


def frozen_points(unit: int) -> Mapping[str, Decimal | None]:
    """The points of each criterion that a unit of a published round ended with."""
    if is_kept(key := ("frozen points", unit)):
        return kept(key, dict)
    found = _points(unit)
    return kept(key, lambda: found) if found else found


def _points(unit: int) -> dict[str, Decimal | None]:
    rows = Answer.objects.filter(unit=unit, round__stage=Stage.PUBLISHED.value).annotate(judged=LATEST_JUDGEMENT)
    found = rows.values_list("criterion", "judged", "self_points", "checked_at", "appraised_at", "decided_at")
    points = {code: judged if any(when) else said for code, judged, said, *when in found}
    if None in points.values():  # criteria that compare units: their points stand in the results only
        parts = _parts(unit)
        points = {code: parts.get(code) if one is None else one for code, one in points.items()}
    return points


def _parts(unit: int) -> dict[str, Decimal | None]:
    name, results = JudgedUnit.objects.values_list("name", "round__results").get(pk=unit)
    rows: list[dict[str, Any]] = (results or {}).get("rows", [])
    return {code: _number(text) for row in rows if row["unit"] == name for code, text in row["parts"].items()}
