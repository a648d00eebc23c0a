"""What a procedure offers on a day: all that a dossier needs to know, in one statement once the version is read."""

import json
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from threading import Lock
from typing import Any, Final

from django.utils.translation import gettext as _

from motcua.base import prepared
from motcua.base.errors import Refused
from motcua.procedures.models import Case, Fee, Paper, ProcedureVersion, Route, RouteStep, Term
from motcua.procedures.rules.fees import is_whole
from motcua.procedures.rules.routes import StepPlan, standard_route
from motcua.procedures.terms import AfterSupplement, Channel, FeeKind, OnlineFiling, SettingName

NATIONAL_PORTAL: Final = "https://dichvucong.gov.vn/"
_KEPT: Final = 600

_IN_FORCE: Final = """
SELECT p.id, v.id,
       (SELECT jsonb_object_agg(s.name, jsonb_build_array(s.value, s.link)) FROM procedures_setting s
         WHERE s.procedure_id = p.id AND s.in_force_during @> %(day)s::date),
       (SELECT jsonb_agg(jsonb_build_array(r.id, r.case_id, r."limit")
                         ORDER BY (r.agency_id IS NULL), (r.case_id IS NULL), r.id)
          FROM procedures_route r
         WHERE r.version_id = v.id AND r.in_force_during @> %(day)s::date
           AND (r.agency_id IS NULL OR r.agency_id = %(agency)s)),
       (SELECT min(lower(f.in_force_during)) FROM procedures_procedureversion f
         WHERE f.procedure_id = p.id AND f.state = 'published' AND lower(f.in_force_during) > %(day)s::date)
  FROM procedures_procedure p
  LEFT JOIN procedures_procedureversion v
    ON v.procedure_id = p.id AND v.state = 'published' AND v.in_force_during @> %(day)s::date
 WHERE p.code = %(code)s
"""


@dataclass(frozen=True, slots=True)
class PaperNeed:
    """One paper that a dossier of the case must contain."""

    id: int
    no: int
    name: str
    originals: int
    copies: int
    required: bool
    form: str
    condition: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One procedure, one case, one channel, one agency, one day: what is promised and what is asked."""

    version_id: int
    procedure_id: int
    code: str
    version_number: int
    name: str
    case_id: int | None
    case_code: str
    case_name: str
    channel: str
    limit: str
    fee_vnd: int
    fee_note: str
    fee_known: bool
    papers: tuple[PaperNeed, ...]
    route: tuple[StepPlan, ...]
    route_id: int | None
    form_schema: dict[str, Any]
    result_name: str
    deciding_level: str
    after_supplement: str
    rule_set: str
    answered_at_once: bool
    online_filing: str
    online_link: str
    non_territorial: bool
    deciders: tuple[int, ...] = ()
    """The departments named for it; none: any authority of its level."""
    fee_unit: str = ""
    """What the amount is for as published, such as `trang`, `lần`; `""`: not said, so for the whole dossier."""

    @property
    def fee_counted(self) -> bool:
        """Whether the counter reckons the fee: by pages, by copies, or by a rule that names no amount."""
        return not self.fee_known or (bool(self.fee_vnd) and not is_whole(self.fee_unit))


@dataclass(frozen=True, slots=True)
class _Contents:
    """A published version with all that belongs to it; it can never change, so it is kept."""

    version: ProcedureVersion
    cases: tuple[Case, ...]
    papers: dict[int, tuple[PaperNeed, ...]]
    terms: tuple[Term, ...]
    fees: tuple[Fee, ...]
    deciders: tuple[int, ...] = ()
    routes: dict[int, tuple[StepPlan, ...]] = field(default_factory=dict)


_contents: OrderedDict[int, _Contents] = OrderedDict()
_lock = Lock()


def forget_offers() -> None:
    """Empty what this process keeps: for tests, whose database is rolled back and whose numbers come again."""
    with _lock:
        _contents.clear()


def offer(code: str, *, case: str | None = None, channel: str, agency: int | None = None, day: date) -> Offer:
    """What the procedure offers on that day; `Refused` if it is not in force, has no such case or channel."""
    with prepared.cursor() as cursor:
        cursor.execute(_IN_FORCE, {"code": code, "day": day, "agency": agency})
        row = cursor.fetchone()
    if row is None:
        raise Refused(_("Không có thủ tục mã %(code)s trong danh mục.") % {"code": code})
    procedure_id, version_id, settings, routes, next_day = row
    if version_id is None:
        raise Refused(_not_in_force(code, day, next_day))
    contents = _contents_of(version_id)
    settings = _json(settings) or {}
    chosen = _case(contents, case)
    term = _term(contents, chosen, channel)
    fee, unit, note = _fee(contents, chosen, channel, day)
    filing, link = settings.get(SettingName.ONLINE_FILING, (OnlineFiling.NATIONAL, NATIONAL_PORTAL))
    after, _link = settings.get(SettingName.AFTER_SUPPLEMENT, (AfterSupplement.CONTINUE, ""))
    version = contents.version
    route_id, route = _route(contents, chosen, term.limit, _json(routes) or [])
    return Offer(
        version_id=version.pk,
        procedure_id=procedure_id,
        code=code,
        version_number=version.number,
        name=version.plain_name or version.name,
        case_id=chosen.pk if chosen else None,
        case_code=chosen.code if chosen else "",
        case_name=chosen.name if chosen else "",
        channel=channel,
        limit=term.limit,
        fee_vnd=fee or 0,
        fee_note=note,
        fee_known=fee is not None,
        papers=contents.papers.get(chosen.pk, ()) if chosen else (),
        route=route,
        route_id=route_id,
        form_schema=version.form_schema,
        result_name=version.result_name,
        deciding_level=version.deciding_level,
        after_supplement=after,
        rule_set=version.rule_set,
        answered_at_once=version.answered_at_once,
        online_filing=filing,
        online_link=link,
        non_territorial=version.non_territorial,
        deciders=contents.deciders,
        fee_unit=unit,
    )


def _not_in_force(code: str, day: date, next_day: date | None) -> str:
    if next_day is not None:
        return _("Thủ tục %(code)s đến ngày %(next)s mới áp dụng.") % {"code": code, "next": f"{next_day:%d/%m/%Y}"}
    return _("Thủ tục %(code)s không áp dụng ngày %(day)s.") % {"code": code, "day": f"{day:%d/%m/%Y}"}


def _json(value: Any) -> Any:
    """Raw cursors of Django give jsonb as text."""
    return json.loads(value) if isinstance(value, str) else value


def _contents_of(version_id: int) -> _Contents:
    with _lock:
        if (kept := _contents.get(version_id)) is not None:
            _contents.move_to_end(version_id)
            return kept
    version = ProcedureVersion.objects.defer("source", "search_text", "sort_key").get(pk=version_id)
    cases = tuple(Case.objects.filter(version=version).order_by("no", "pk"))
    papers: dict[int, list[PaperNeed]] = {one.pk: [] for one in cases}
    for one in Paper.objects.filter(case__version=version).order_by("case_id", "no", "pk"):
        papers[one.case_id].append(
            PaperNeed(one.pk, one.no, one.name, one.originals, one.copies, one.required, one.form, one.condition)
        )
    found = _Contents(
        version,
        cases,
        {key: tuple(value) for key, value in papers.items()},
        tuple(Term.objects.filter(version=version).order_by("no", "pk")),
        tuple(Fee.objects.filter(version=version).order_by("no", "pk")),
        tuple(version.responsible.filter(decides=True).order_by("pk").values_list("agency_id", flat=True)),
    )
    with _lock:
        _contents[version_id] = found
        while len(_contents) > _KEPT:
            _contents.popitem(last=False)
    return found


def _case(contents: _Contents, code: str | None) -> Case | None:
    if code:
        for one in contents.cases:
            if one.code == code:
                return one
        raise Refused(
            _("Thủ tục “%(code)s” không có trường hợp “%(case)s”. Chọn lại trường hợp trong danh sách.")
            % {"code": contents.version.name[:80], "case": code[:60]}
        )
    return contents.cases[0] if contents.cases else None


def _term(contents: _Contents, case: Case | None, channel: str) -> Term:
    """The limit by case if there is one, else for all cases; of several lines the first that could be read."""
    offered = [one for one in contents.terms if one.channel == channel]
    own = [one for one in offered if case and one.case_id == case.pk] or [one for one in offered if one.case_id is None]
    if not own:
        label = Channel(channel).label if channel in Channel.values else channel
        raise Refused(_("Thủ tục này không nhận hồ sơ theo cách “%(channel)s”.") % {"channel": label})
    readable = [one for one in own if one.limit]
    if not readable and not contents.version.answered_at_once:
        readable = [one for one in contents.terms if one.limit and one.case_id in (None, case.pk if case else None)]
    if not readable and not contents.version.answered_at_once:
        raise Refused(_("Thủ tục này chưa có thời hạn giải quyết đọc được: báo cán bộ kiểm soát thủ tục bổ sung."))
    return readable[0] if readable else own[0]


def _fee(contents: _Contents, case: Case | None, channel: str, day: date) -> tuple[int | None, str, str]:
    """The amount in đồng on that day, what it is for, and the words beside it; None if no amount is known. A dated amount wins."""
    own = [one for one in contents.fees if one.channel == channel]
    own = [one for one in own if case and one.case_id == case.pk] or [one for one in own if one.case_id is None]
    valid = [one for one in own if one.valid_during is None or day in one.valid_during]
    notes = "; ".join(dict.fromkeys(one.note or one.text for one in valid if one.note or one.kind == FeeKind.BY_RULE))
    amounts = [one for one in valid if one.amount_vnd is not None]
    amounts.sort(key=lambda one: (one.valid_during is None, one.no))
    if amounts:
        return amounts[0].amount_vnd, amounts[0].unit, notes
    return (0, "", "") if not own else (None, "", notes)


def _route(
    contents: _Contents, case: Case | None, limit: str, routes: list[tuple[int, int | None, str]]
) -> tuple[int | None, tuple[StepPlan, ...]]:
    """The issued route of the agency or of all whose limit is this one; where none was issued, the plain route."""
    for route_id, case_id, route_limit in routes:
        if route_limit == limit and case_id in (None, case.pk if case else None):
            if route_id not in contents.routes:
                contents.routes[route_id] = steps_of(route_id)
            return route_id, contents.routes[route_id]
    return None, standard_route(limit, contents.version.deciding_level) if limit else ()


def steps_of(route: Route | int) -> tuple[StepPlan, ...]:
    """The steps of an issued route."""
    return tuple(
        StepPlan(one.no, one.name, one.role, Decimal(one.hours), one.unit, one.text)
        for one in RouteStep.objects.filter(route=route).order_by("no", "pk")
    )
