"""Published beside recomputed: both are kept, the difference is told, neither corrects the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from motcua.indices.rules.kinds import Points
from motcua.indices.rules.numbers import NotANumber, decimal_text, number
from motcua.indices.rules.scoring import Scores
from motcua.indices.rules.tables import Report, read_lines
from motcua.indices.terms import _


@dataclass(frozen=True)
class Published:
    """The publisher's scores, and ranks where they are given."""

    scores: Mapping[str, Points]
    ranks: Mapping[str, Fraction]
    remarks: tuple[str, ...]
    parts: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    """Scores of parts, where the file has a column for each."""


@dataclass(frozen=True)
class Difference:
    """One unit whose published and recomputed results do not agree."""

    unit: str
    published: Points
    recomputed: Points
    published_rank: Fraction | None = None
    recomputed_rank: Fraction | None = None

    @property
    def difference(self) -> Points:
        """Recomputed less published."""
        if self.published is None or self.recomputed is None:
            return None
        return self.recomputed - self.published

    def as_json(self) -> dict[str, Any]:
        """As the command gives it; ranks only where they disagree."""
        found: dict[str, Any] = {
            "unit": self.unit,
            "published": _text(self.published),
            "recomputed": _text(self.recomputed),
            "difference": _text(self.difference),
        }
        if self.published_rank is not None:
            found["published_rank"] = rank_json(self.published_rank)
            found["recomputed_rank"] = rank_json(self.recomputed_rank)
        return found


def rank_json(rank: Fraction | None) -> int | float | None:
    """A whole rank as a whole number; an average of ties as it is."""
    if rank is None:
        return None
    return int(rank) if rank.denominator == 1 else float(rank)


def _text(value: Points) -> str | None:
    return None if value is None else decimal_text(value)


def read_published(content: bytes, least: Fraction, *, with_parts: bool = False) -> Published:
    """`unit,score[,rank]`; a stored 0 below the scale means that there was no result; other columns are parts if asked."""
    report = Report()
    header, lines = read_lines(content, report)
    if "score" not in header:
        report.fault(_("Dòng 1"), _("thiếu cột “score” (điểm công bố)"))
    report.refuse()
    scores: dict[str, Points] = {}
    ranks: dict[str, Fraction] = {}
    remarks: list[str] = []
    others = [name for name in header[1:] if name not in ("score", "rank")] if with_parts else []
    parts: dict[str, dict[str, Fraction]] = {}
    for line in lines:
        for column in ("score", "rank", *others):
            text = line.cells.get(column, "").strip()
            value: Points = None
            if text:
                try:
                    value = number(text)
                except NotANumber as reason:
                    place = _("Dòng %(line)d (%(unit)s), cột %(column)s")
                    report.fault(place % {"line": line.number, "unit": line.unit, "column": column}, str(reason))
            if column in others:
                if value is not None:
                    parts.setdefault(line.unit, {})[column] = value
            elif column == "rank":
                if value is not None:
                    ranks[line.unit] = value
            elif value == 0 and least > 0:
                remarks.append(_("%s: điểm công bố ghi 0, thấp hơn thang điểm; đọc là không có kết quả.") % line.unit)
                scores[line.unit] = None
            else:
                scores[line.unit] = value
    report.refuse()
    return Published(scores, ranks, tuple(remarks), parts)


def compare(scores: Scores, published: Published, tolerance: Fraction) -> list[Difference]:
    """Every unit that does not agree, in the order of the figures, then those that were only published."""
    found: list[Difference] = []
    for unit, recomputed, rank in zip(scores.units, scores.totals, scores.ranks, strict=True):
        there = published.scores.get(unit)
        given = published.ranks.get(unit)
        other_rank = given is not None and rank is not None and given != rank
        beyond = (there is None) != (recomputed is None) or (
            there is not None and recomputed is not None and abs(recomputed - there) > tolerance
        )
        if beyond or other_rank:
            found.append(Difference(unit, there, recomputed, given if other_rank else None, rank))
    known = set(scores.units)
    found += [
        Difference(unit, value, None)
        for unit, value in published.scores.items()
        if unit not in known and value is not None
    ]
    return found
