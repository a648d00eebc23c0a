"""Changes of the catalogue: a concept is edited, published from a day on and then final; settings, routes are dated."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.procedures.events import ConceptBegun, ProcedurePublished, ProcedureWithdrawn, RouteIssued, SettingChanged
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
from motcua.procedures.queries.offers import steps_of
from motcua.procedures.rules.forms import schema_objections
from motcua.procedures.rules.publishing import publish_objections, setting_objections
from motcua.procedures.rules.routes import StepPlan, route_objections
from motcua.procedures.terms import VersionState


def stream(procedure_id: int) -> str:
    """The journal stream of one procedure."""
    return f"procedures.procedure:{procedure_id}"


@transaction.atomic
def publish(version: ProcedureVersion, *, decision: str, since: date, by: Actor, at: datetime) -> None:
    """Put a concept in force from a day on by a decision of publication; the version in force until then is closed."""
    Procedure.objects.select_for_update(of=("self",)).get(pk=version.procedure_id)
    version.refresh_from_db()
    published = ProcedureVersion.objects.filter(procedure=version.procedure_id, state=VersionState.PUBLISHED)
    before = published.filter(in_force_during__endswith__isnull=True).order_by("-number").first()
    limits = list(version.terms.order_by("no", "pk").values_list("limit", flat=True))
    found = publish_objections(
        state=version.state,
        decision=squeeze(decision),
        since=since,
        today=day_of(at),
        before_since=before.in_force_during.lower if before else None,
        limits=limits,
        answered_at_once=version.answered_at_once,
    )
    found += _part_objections(version)
    if (still := published.filter(in_force_during__endswith__gt=since).order_by("-number").first()) is not None:
        words = {"number": still.number, "day": _day(still.in_force_during.upper)}
        found.append(_("Bản %(number)s còn áp dụng đến %(day)s: chọn ngày từ ngày đó trở đi.") % words)
    if found:
        raise Refused(found)
    if before is not None:
        published.filter(pk=before.pk).update(in_force_during=DateRange(before.in_force_during.lower, since))
    version.state, version.in_force_during = VersionState.PUBLISHED, DateRange(since, None)
    version.decision, version.decision_on = squeeze(decision), day_of(at)
    version.published_by, version.published_at = str(by), at
    version.save(update_fields=["state", "in_force_during", "decision", "decision_on", "published_by", "published_at"])
    if before is not None:
        _carry_routes(before, version, set(limits), since)
    event = ProcedurePublished(
        procedure=version.procedure_id,
        version=version.pk,
        number=version.number,
        decision=version.decision,
        since=since,
    )
    journal.record(event, stream=stream(version.procedure_id), by=by, at=at)


def _part_objections(version: ProcedureVersion) -> list[str]:
    """Reasons that lie in the questions of the form and in the routes."""
    found = schema_objections(version.form_schema)
    for route in version.routes.order_by("pk"):
        found += route_objections(route.limit, steps_of(route))
    return found


def _carry_routes(before: ProcedureVersion, version: ProcedureVersion, limits: set[str], since: date) -> None:
    """The routes that still fit a limit of the new version go on; case by case routes end with their version."""
    issued = set(version.routes.values_list("limit", flat=True))
    fitting = before.routes.filter(case=None, limit__in=limits - issued, in_force_during__contains=since).order_by("pk")
    for route in fitting:
        steps = steps_of(route)
        copy = Route.objects.create(
            version=version,
            agency_id=route.agency_id,
            limit=route.limit,
            decision=route.decision,
            in_force_during=DateRange(since, None),
        )
        _write_steps(copy, steps)


def _write_steps(route: Route, steps: Sequence[StepPlan]) -> None:
    RouteStep.objects.bulk_create(
        RouteStep(route=route, no=one.no, name=one.name, role=one.role, unit=one.unit, hours=one.hours, text=one.text)
        for one in steps
    )


@transaction.atomic
def withdraw(version: ProcedureVersion, *, decision: str, since: date, by: Actor, at: datetime) -> None:
    """Offer the procedure no longer from a day on (bãi bỏ); dossiers received before keep their version."""
    version.refresh_from_db(from_queryset=ProcedureVersion.objects.select_for_update(of=("self",)))
    if version.state != VersionState.PUBLISHED:
        raise Refused(_("Chỉ bãi bỏ được bản đang công bố."))
    if (ended := version.in_force_during.upper) is not None:
        raise Refused(_("Bản này đã có ngày hết áp dụng, %(day)s.") % {"day": _day(ended)})
    if since <= version.in_force_during.lower:
        raise Refused(
            _("Ngày bãi bỏ phải sau ngày bắt đầu áp dụng, %(day)s.") % {"day": _day(version.in_force_during.lower)}
        )
    if not squeeze(decision):
        raise Refused(_("Ghi số quyết định bãi bỏ."))
    version.in_force_during = DateRange(version.in_force_during.lower, since)
    version.save(update_fields=["in_force_during"])
    event = ProcedureWithdrawn(
        procedure=version.procedure_id,
        version=version.pk,
        number=version.number,
        decision=squeeze(decision),
        since=since,
    )
    journal.record(event, stream=stream(version.procedure_id), by=by, at=at)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


@transaction.atomic
def draft_next(version: ProcedureVersion, *, by: Actor, at: datetime) -> ProcedureVersion:
    """A concept of the next version, copied from this one with all its parts, to be edited and published."""
    Procedure.objects.select_for_update(of=("self",)).get(pk=version.procedure_id)
    rows = ProcedureVersion.objects.filter(procedure=version.procedure_id)
    if (open_one := rows.filter(state=VersionState.CONCEPT).order_by("-number").first()) is not None:
        return open_one
    original = version.pk
    copy = ProcedureVersion.objects.get(pk=original)
    copy.pk, copy.state, copy.in_force_during = None, VersionState.CONCEPT, None
    copy.number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    copy.published_by, copy.published_at, copy.source, copy.source_hash, copy.content_hash = "", None, None, "", ""
    copy._state.adding = True
    copy.save(force_insert=True)
    cases = _copy_cases(original, copy)
    _copy_rows(Term, original, copy, cases)
    _copy_rows(Fee, original, copy, cases)
    _copy_rows(LegalBasis, original, copy, {})
    _copy_rows(ResponsibleAgency, original, copy, {})
    begun = ConceptBegun(procedure=copy.procedure_id, version=copy.pk, number=copy.number, copied_from=original)
    journal.record(begun, stream=stream(copy.procedure_id), by=by, at=at)
    return copy


def _copy_cases(original: int, copy: ProcedureVersion) -> dict[int, int]:
    cases: dict[int, int] = {}
    for case in Case.objects.filter(version=original).order_by("no", "pk"):
        papers = list(case.papers.order_by("no", "pk"))
        old = case.pk
        case.pk, case.version_id = None, copy.pk
        case._state.adding = True
        case.save(force_insert=True)
        cases[old] = case.pk
        for paper in papers:
            paper.pk, paper.case_id = None, case.pk
        Paper.objects.bulk_create(papers)
    return cases


def _copy_rows(
    model: type[Term] | type[Fee] | type[LegalBasis] | type[ResponsibleAgency],
    original: int,
    copy: ProcedureVersion,
    cases: dict[int, int],
) -> None:
    rows: list[Any] = list(model.objects.filter(version=original).order_by("pk"))
    for one in rows:
        one.pk, one.version_id = None, copy.pk
        if isinstance(one, Term | Fee) and one.case_id is not None:
            one.case_id = cases[one.case_id]
    model.objects.bulk_create(rows)


@transaction.atomic
def issue_route(
    version: ProcedureVersion,
    *,
    limit: str,
    steps: Sequence[StepPlan],
    since: date,
    decision: str = "",
    case: Case | None = None,
    agency: int | None = None,
    by: Actor,
    at: datetime,
) -> Route:
    """Issue an internal route from a day on; the hours of its steps must sum to the limit. The one before is closed."""
    if found := route_objections(limit, steps):
        raise Refused(found)
    same = Route.objects.select_for_update(of=("self",)).filter(version=version, case=case, agency=agency, limit=limit)
    if (later := same.filter(in_force_during__startswith__gte=since).order_by("pk").first()) is not None:
        start = _day(later.in_force_during.lower)
        raise Refused(_("Đã có quy trình áp dụng từ %(day)s: chọn ngày sau ngày đó.") % {"day": start})
    for one in same.filter(in_force_during__contains=since).order_by("pk"):
        one.in_force_during = DateRange(one.in_force_during.lower, since)
        one.save(update_fields=["in_force_during"])
    route = Route.objects.create(
        version=version,
        case=case,
        agency_id=agency,
        limit=limit,
        decision=decision,
        in_force_during=DateRange(since, None),
    )
    _write_steps(route, steps)
    event = RouteIssued(procedure=version.procedure_id, version=version.pk, route=route.pk, agency=agency, since=since)
    journal.record(event, stream=stream(version.procedure_id), by=by, at=at)
    return route


@transaction.atomic
def change_setting(
    procedure: Procedure,
    *,
    name: str,
    value: str,
    since: date,
    link: str = "",
    decision: str = "",
    by: Actor,
    at: datetime,
) -> Setting:
    """Give a setting a new value from a day on; the value until then is closed."""
    Procedure.objects.select_for_update(of=("self",)).get(pk=procedure.pk)
    if found := setting_objections(name, value, link):
        raise Refused(found)
    rows = Setting.objects.filter(procedure=procedure, name=name)
    if rows.filter(in_force_during__startswith__gt=since).exists():
        raise Refused(_("Đã có thay đổi từ một ngày sau ngày %(day)s: chọn ngày muộn hơn.") % {"day": _day(since)})
    rows.filter(in_force_during__startswith=since).delete()
    for one in rows.filter(in_force_during__contains=since).order_by("pk"):
        one.in_force_during = DateRange(one.in_force_during.lower, since)
        one.save(update_fields=["in_force_during"])
    setting = Setting.objects.create(
        procedure=procedure,
        name=name,
        value=value,
        link=link,
        decision=decision,
        in_force_during=DateRange(since, None),
    )
    event = SettingChanged(procedure=procedure.pk, setting=name, value=value, since=since)
    journal.record(event, stream=stream(procedure.pk), by=by, at=at)
    return setting
