"""The procedures that ship with the demonstration: facts of the national list, written by us, with routes and forms."""

import json
from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.text import sort_key, unaccented
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Level
from motcua.procedures.events import ProcedurePublished
from motcua.procedures.models import (
    Case,
    Fee,
    LegalBasis,
    Paper,
    Procedure,
    ProcedureVersion,
    ResponsibleAgency,
    Route,
    RouteStep,
    Setting,
    Term,
)
from motcua.procedures.queries.offers import NATIONAL_PORTAL
from motcua.procedures.rules.routes import StepPlan, route_objections, standard_route
from motcua.procedures.terms import Currency, FeeKind, OnlineFiling, SettingName, VersionState

FOLDER: Final = Path(__file__).parents[1] / "fixtures"
SINCE: Final = date(2025, 7, 1)
"""The day the two-level government began; what was before is not part of the demonstration's catalogue."""


@transaction.atomic
def load_fixture(*, by: Actor, at: datetime, since: date = SINCE, codes: Collection[str] | None = None) -> int:
    """Publish every procedure of the fixture that is not in the catalogue yet; returns how many. Safe to repeat.

    `codes` loads only these of them.
    """
    known = set(Procedure.objects.values_list("code", flat=True))
    loaded = 0
    for file in sorted((FOLDER / "procedures").glob("*.json")):
        if file.stem not in known and (codes is None or file.stem in codes):
            _load(json.loads(file.read_text(encoding="utf-8")), since, by=by, at=at)
            loaded += 1
    return loaded


def _load(facts: dict[str, Any], since: date, *, by: Actor, at: datetime) -> None:
    procedure = Procedure.objects.create(code=facts["code"])
    version = ProcedureVersion.objects.create(procedure=procedure, number=1, **_version(facts))
    cases = _cases(version, facts["cases"])
    Term.objects.bulk_create(
        Term(version=version, no=no, channel=one["channel"], limit=one["limit"], case=cases.get(one.get("case", "")))
        for no, one in enumerate(facts["terms"], start=1)
    )
    Fee.objects.bulk_create(_fee(version, no, one, cases) for no, one in enumerate(facts["fees"], start=1))
    LegalBasis.objects.bulk_create(
        LegalBasis(version=version, no=no, number=number, title=title or number)
        for no, (number, title) in enumerate(facts["bases"], start=1)
    )
    ResponsibleAgency.objects.bulk_create(
        ResponsibleAgency(version=version, agency_id=one) for one in _deciders(facts["code"], day_of(at))
    )
    version.state, version.in_force_during = VersionState.PUBLISHED, DateRange(since, None)
    version.published_by, version.published_at = str(by), at
    version.save(update_fields=["state", "in_force_during", "published_by", "published_at"])
    _routes(version, facts, since)
    filing = facts.get("online_filing", {}).get("value", OnlineFiling.NATIONAL)
    Setting.objects.create(
        procedure=procedure,
        name=SettingName.ONLINE_FILING,
        value=filing,
        link=NATIONAL_PORTAL if filing == OnlineFiling.NATIONAL else "",
        in_force_during=DateRange(since, None),
    )
    event = ProcedurePublished(
        procedure=procedure.pk, version=version.pk, number=1, decision=version.decision, since=since
    )
    journal.record(event, stream=f"procedures.procedure:{procedure.pk}", by=by, at=at)


def _deciders(code: str, day: date) -> list[int]:
    """The departments of this province that decide, by their names of that day; those that do not stand are left out."""
    named = json.loads((FOLDER / "deciders.json").read_text(encoding="utf-8"))["deciders"].get(code, [])
    if not named:
        return []
    standing = [node.version for node in organisations.tree_on(day)]
    return sorted(one.agency for one in standing if one.level is Level.DEPARTMENT and one.name in named)


def _version(facts: dict[str, Any]) -> dict[str, Any]:
    result = facts["results"][0]
    form = facts.get("form")
    schema = json.loads((FOLDER / "forms" / f"{form}.json").read_text(encoding="utf-8")) if form else {}
    plain = ("plain_name", "summary", "field", "matter", "levels", "deciding_level", "applicants", "kind", "decision")
    words = f"{facts['code']} {facts['plain_name']} {facts['name']} {facts['field']} {facts['summary']}"
    return {
        **{name: facts[name] for name in plain},
        "name": facts["name"],
        "conditions": facts.get("conditions", ""),
        "steps_text": "\n".join(facts.get("steps", [])),
        "executing_authority": facts.get("executing_authority", ""),
        "competent_authority": facts.get("competent_authority", ""),
        "results": facts["results"],
        "result_name": result["name"],
        "result_code": result["code"],
        "form_schema": schema,
        "answered_at_once": facts.get("answered_at_once", False),
        "certainty": facts.get("certainty", ""),
        "sort_key": sort_key(facts["plain_name"]),
        "search_text": unaccented(words),
    }


def _cases(version: ProcedureVersion, listed: list[dict[str, Any]]) -> dict[str, Case]:
    cases = Case.objects.bulk_create(
        Case(version=version, no=no, code=one["code"], name=one["name"]) for no, one in enumerate(listed, start=1)
    )
    Paper.objects.bulk_create(
        Paper(
            case=case,
            no=no,
            name=paper["name"],
            originals=paper["originals"],
            copies=paper["copies"],
            required=paper.get("required", paper["originals"] + paper["copies"] > 0),
            form=paper.get("form", ""),
            condition=paper.get("condition", ""),
            text=paper["name"],
        )
        for case, one in zip(cases, listed, strict=True)
        for no, paper in enumerate(one["papers"], start=1)
    )
    return {one.code: one for one in cases}


def _fee(version: ProcedureVersion, no: int, one: dict[str, Any], cases: dict[str, Case]) -> Fee:
    since, until = (date.fromisoformat(one[name]) if name in one else None for name in ("since", "until"))
    amount = 0 if one["kind"] == FeeKind.FREE else one.get("amount_vnd")
    return Fee(
        version=version,
        case=cases.get(one.get("case", "")),
        no=no,
        channel=one["channel"],
        kind=one["kind"],
        amount=None if amount is None else Decimal(amount),
        amount_vnd=amount,
        currency="" if amount is None else Currency.VND,
        unit=one.get("unit", ""),
        note=one.get("note", ""),
        valid_during=DateRange(since, until, "[]") if since or until else None,
        text=one.get("note", ""),
    )


def _routes(version: ProcedureVersion, facts: dict[str, Any], since: date) -> None:
    """The route that the fixture names; for every other limit the plain route, marked as a sample (mẫu)."""
    named = facts.get("route")
    for limit in dict.fromkeys(one["limit"] for one in facts["terms"]):
        steps = standard_route(limit, version.deciding_level)
        if named:
            steps = tuple(
                StepPlan(no, one["name"], one["role"], Decimal(str(one["hours"])), one["unit"], one["text"])
                for no, one in enumerate(named["steps"], start=1)
            )
        if objections := route_objections(limit, steps):
            raise ValueError(f"{facts['code']} {limit}: {objections}")
        route = Route.objects.create(
            version=version, limit=limit, decision="Quy trình mẫu", in_force_during=DateRange(since, None)
        )
        RouteStep.objects.bulk_create(
            RouteStep(
                route=route, no=one.no, name=one.name, role=one.role, unit=one.unit, hours=one.hours, text=one.text
            )
            for one in steps
        )
