"""Published periods: what would be published now, what was, and whether it still is what was signed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from motcua.base.checkpoints import public_bytes, signing_key
from motcua.base.clock import day_of, local
from motcua.base.errors import Refused
from motcua.base.language import in_vietnamese
from motcua.base.models import Entry
from motcua.measures.events import PeriodPublished
from motcua.measures.models import Publication
from motcua.measures.queries.figures import Asked, Figure, figure, figures
from motcua.measures.queries.live import Span
from motcua.measures.queries.set766 import set_for, sets_below
from motcua.measures.queries.told import told_by_unit
from motcua.measures.rules.declared import MEASURES
from motcua.measures.rules.periods import Period
from motcua.measures.rules.publishing import hash_of
from motcua.measures.rules.results766 import ScoredSet, as_plain
from motcua.measures.terms import Genuine
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Version


@in_vietnamese()
def content_of(top: Version, period: Period, *, at: datetime) -> dict[str, Any]:
    """Everything a publication says of a period: every declared measure and QĐ 766 of the province and of each unit
    directly under it, also those that had nothing to do, read under the tree of those days. Of a unit amounts of few cases are
    left out (`queries.told`).

    It is as long as the province has units: about ten kilobytes each.
    """
    holding = {code: one for code, one in MEASURES.items() if one.holds_in(period.first, period.last)}
    found = figures(Asked(top.agency, Span(period.last, period.first), day_of(at)), holding)
    sets = sets_below(top, period, at=at)
    register = organisations.register()
    nothing = {code: figure(one, dict.fromkeys(one.columns, 0)) for code, one in holding.items()}
    told = told_by_unit(top.agency, period, today=day_of(at))

    def of_unit(agency: int, values: Mapping[str, Figure]) -> dict[str, Figure]:
        return {code: one for code, one in values.items() if not one.measure.amounts or told.of(agency, one.measure)}

    units = [
        {
            **_of(register.nearest(agency, period.last), of_unit(agency, found.parts.get(agency, nothing)), period),
            "set766": _set_of(sets.get(agency)),
        }
        for agency in {*found.parts, *sets}
    ]
    if any(one.numerator for one in found.own.values()):
        units.append({**_of(top, of_unit(top.agency, found.own), period), "set766": None})
    return {
        "period": period.text,
        "first_day": period.first.isoformat(),
        "last_day": period.last.isoformat(),
        "counted_at": local(at).isoformat(timespec="seconds"),
        "province": _of(top, found.whole, period),
        "units": sorted(units, key=lambda one: (one["level"], one["code"], one["name"])),
        "set766": _set(top, period, at),
    }


def _set_of(scored: ScoredSet | None) -> dict[str, Any] | None:
    """The set of one unit; how its components are counted stands once, with the province."""
    if scored is None:
        return None
    plain = as_plain("", "", scored)
    groups = cast(list[dict[str, Any]], plain["groups"])
    return {
        "decision": scored.index.decision,
        "measurable_max": plain["measurable_max"],
        "total": plain["total"],
        "groups": [{**group, "components": [_told_of_unit(one) for one in group["components"]]} for group in groups],
    }


def _told_of_unit(one: dict[str, Any]) -> dict[str, Any]:
    """A component without its sentence; of what is only shown, not scored (the average of hours), not the sum of its minutes."""
    kept = {key: one[key] for key in one if key != "why"}
    return kept if kept["max"] != "0.00" else {**kept, "numerator": None, "denominator": None, "ratio": None}


def _of(version: Version | None, values: dict[str, Figure], period: Period) -> dict[str, Any]:
    """The figures of one unit; with each whose definition does not hold in all of the period, that it does not."""
    assert version is not None, "an agency with figures has a version"
    return {
        "code": version.code,
        "name": version.name,
        "level": str(version.level.value),
        "figures": {
            code: {
                "value": None if one.value is None else f"{one.value:f}",
                "numerator": one.numerator,
                "denominator": one.denominator,
                **({"validity": said} if (said := one.measure.validity_told(period.first, period.last)) else {}),
            }
            for code, one in values.items()
        },
    }


def _set(top: Version, period: Period, at: datetime) -> dict[str, object] | None:
    try:
        answer = set_for(top.code, period, at=at)
    except Refused:  # no set was in force in that period
        return None
    return {"decision": answer.scored.index.decision, **as_plain(top.code, period.text, answer.scored)}


def published(period: str) -> list[Publication]:
    """The publications of a period, the one in force first."""
    return list(Publication.objects.filter(period=period).order_by("-revision"))


def latest() -> list[Publication]:
    """Every published period by its publication in force, without the content; the latest period first."""
    found = Publication.objects.order_by("period", "-revision").distinct("period").defer("content")
    return sorted(found, key=lambda one: Period.parse(one.period).last, reverse=True)


class Proof(NamedTuple):
    """What a check of one publication found."""

    publication: Publication
    finding: Genuine


def prove(publication: Publication) -> Genuine:
    """Whether the words are those that were hashed, signed and written into the journal."""
    if hash_of(publication.content) != publication.sha256:
        return Genuine.CHANGED
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(publication.public_key))
        key.verify(bytes(publication.signature), publication.content.encode())
    except (InvalidSignature, ValueError):
        return Genuine.NOT_SIGNED
    entry = Entry.objects.filter(
        stream=stream_of(publication.period), seq=publication.revision, name=PeriodPublished.journal_name
    ).first()
    said = {"sha256": publication.sha256, "public_key": publication.public_key, "revision": publication.revision}
    if entry is None or any(entry.facts.get(name) != value for name, value in said.items()):
        return Genuine.NOT_IN_JOURNAL
    ours = public_bytes(signing_key().public_key()).hex() == publication.public_key
    return Genuine.GENUINE if ours else Genuine.OLDER_KEY


def prove_all() -> list[Proof]:
    """Every publication, and what became of it; what the journal knows and the table does not is missing."""
    found = [Proof(one, prove(one)) for one in Publication.objects.order_by("period", "revision").iterator()]
    known = {(stream_of(one.publication.period), one.publication.revision) for one in found}
    for entry in Entry.objects.filter(name=PeriodPublished.journal_name).order_by("stream", "seq"):
        if (entry.stream, entry.seq) not in known:
            lost = Publication(period=entry.facts["period"], revision=entry.facts["revision"])
            found.append(Proof(lost, Genuine.MISSING))
    return found


def stream_of(period: str) -> str:
    """The stream of the journal in which the publications of a period stand."""
    return f"measures.publication:{period}"
