"""Figures: the declared measures, one of them for any authority and period, and the dossiers behind it for who may see them."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from motcua.api import shown
from motcua.api.caching import cached
from motcua.api.door import ApiRequest, KeySignIn
from motcua.api.figures_schemas import (
    CellOut,
    CellsOut,
    FigureOut,
    FigureWish,
    MeasureOut,
    PartOut,
    PublicationOut,
    PublishedOut,
    RowOut,
    RowPage,
    Sides,
)
from motcua.api.problems import FORBIDDEN, ApiProblem, not_found
from motcua.api.reading import invalid
from motcua.base.actors import Actor
from motcua.base.clock import day_of, local
from motcua.base.errors import Refused
from motcua.dossiers.queries.offices import offices_of
from motcua.measures.queries import publications, tree
from motcua.measures.queries import rows as listed
from motcua.measures.queries.cells import published_cells
from motcua.measures.queries.figures import Asked, Figure, Figures, figure, figures
from motcua.measures.queries.live import Span
from motcua.measures.queries.told import Told, told_by_unit, told_figures
from motcua.measures.rules.declared import MEASURES, Measure
from motcua.measures.rules.periods import Period
from motcua.measures.rules.publishing import content_in
from motcua.measures.terms import Part
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Version
from motcua.organisations.terms import Level, Reading
from motcua.people.terms import Role

router = Router(tags=["Số liệu"])
RUNNING, ENDED, DECLARED = 60, 300, 3600
"""Seconds for which an answer may be kept: of a period under way, of one that has ended, of the definitions."""
PER_PROCEDURE: Final = "received"
READERS: Final = frozenset({Role.LEADER.value, Role.UNIT_HEAD.value, Role.CONTROLLER.value})


@router.get(
    "/figures", auth=None, response=list[MeasureOut], summary="Các số liệu được khai báo", operation_id="list_figures"
)
def list_figures(request: ApiRequest) -> HttpResponse:
    """Mỗi số liệu một định nghĩa, dùng chung cho trang, dữ liệu mở, chấm điểm và tài liệu."""
    return cached(request, [_declared(one) for one in MEASURES.values()], seconds=DECLARED)


def _declared(one: Measure) -> MeasureOut:
    return MeasureOut(
        code=one.code,
        name=str(one.name),
        sentence=str(one.sentence),
        unit=shown.term(one.unit),
        better=shown.term(one.better),
        numerator=dict(one.top),
        denominator=dict(one.bottom),
        source=str(one.source),
        since=one.since,
        until=one.until,
    )


@router.get("/figures/{code}", auth=None, response=FigureOut, summary="Một số liệu", operation_id="get_figure")
def get_figure(request: ApiRequest, code: str, wanted: Query[FigureWish]) -> HttpResponse:
    """Của cả tỉnh hoặc một cơ quan, trong một tháng, quý, năm, tính đến hết một ngày; kèm từng đơn vị ngay bên dưới.

    Các dòng `parts` cộng với `withheld` (nếu có) đúng bằng số của cả đơn vị: cộng `numerator` với `numerator`, `denominator` với
    `denominator`; tỷ lệ, trung bình thì không cộng. Không cần khóa với cơ quan; phòng, bộ phận cần khóa của cơ quan ấy.
    Số tiền, số giờ, điểm đánh giá của từng cơ quan: không có khóa thì chỉ các tháng đã hết, chỉ nơi tháng nào cũng từ 5 lượt hoặc
    không có lượt nào; phần còn lại gộp trong `withheld`.
    """
    measure, asked, top = _asked(request, code, wanted)
    period = _period(wanted.period, request.now)
    if measure.amounts and not _may_see(request, top.agency):
        asked, found, parts_until = _told(measure, asked, top, period)
    else:
        found, parts_until = figures(asked, [measure.code]), asked.span.until
    day = asked.span.until
    parts = [
        PartOut(agency=shown.agency(agency, day), own=False, **_values(each[code]))
        for agency, each in found.parts.items()
    ]
    if found.own[code].numerator or found.own[code].denominator:
        parts.append(PartOut(agency=shown.agency(top.agency, day), own=True, **_values(found.own[code])))
    out = FigureOut(
        code=code,
        name=str(measure.name),
        unit=shown.term(measure.unit),
        agency=shown.agency(top.agency, day),
        period=period.text,
        first_day=period.first,
        until=day,
        counted_at=local(request.now),
        part=shown.term(asked.part),
        reading=str(asked.reading.value),
        validity=measure.validity_told(period.first, day),
        parts=sorted(parts, key=lambda one: (-one.numerator, one.agency.id, one.own)),
        parts_until=parts_until,
        withheld=_withheld(found.whole[code], parts),
        **_values(found.whole[code]),
    )
    ended = period.last < day_of(request.now)
    return cached(request, out, seconds=ENDED if ended else RUNNING, private=top.level == Level.UNIT)


def _withheld(whole: Figure, parts: list[PartOut]) -> Sides | None:
    """What of the whole stands in no part; nothing where they add up by themselves."""
    top = whole.numerator - sum(one.numerator for one in parts)
    bottom = None if whole.denominator is None else whole.denominator - sum(one.denominator or 0 for one in parts)
    return Sides(numerator=top, denominator=bottom) if top or bottom else None


def _told(measure: Measure, asked: Asked, top: Version, period: Period) -> tuple[Asked, Figures, date]:
    """What strangers are told of an amount: of the province as it stands, of single authorities as `queries.told` allows."""
    province, today = _province(asked.span.until, asked.today), asked.today
    assert province is not None
    plain = asked.reading is Reading.THEN and asked.span.until == min(period.last, today)
    told = told_by_unit(province.agency, period, today=today) if plain else Told()
    if top.agency != province.agency:
        if told.until is None or top.parent != province.agency or not told.of(top.agency, measure):
            words = _("Số tiền, số giờ, điểm đánh giá của cơ quan này trong kỳ cần khóa truy cập của cơ quan ấy.")
            raise ApiProblem(FORBIDDEN, words)
        asked = replace(asked, span=Span(told.until, period.first))
        found = figures(asked, [measure.code])
        return asked, found._replace(own={measure.code: _nothing(measure)}, parts={}), told.until
    ended = told_figures(top.agency, period, told, [measure], today=today)
    named = {unit: each for unit, each in (ended.parts if ended else {}).items() if told.of(unit, measure)}
    found = figures(asked, [measure.code])._replace(own={measure.code: _nothing(measure)}, parts=named)
    return asked, found, told.until or asked.span.until


def _nothing(measure: Measure) -> Figure:
    return figure(measure, {})


def _values(one: Figure) -> dict[str, Any]:
    value = None if one.value is None else f"{one.value:f}"
    return {"value": value, "numerator": one.numerator, "denominator": one.denominator}


def _asked(request: ApiRequest, code: str, wanted: FigureWish) -> tuple[Measure, Asked, Version]:
    measure, today, period = MEASURES.get(code), day_of(request.now), _period(wanted.period, request.now)
    if measure is None:
        raise not_found()
    until = min(period.last, today)
    if wanted.as_of is not None:
        if not period.first <= wanted.as_of <= until:
            raise invalid(("as_of", _("Chọn một ngày trong kỳ, không sau hôm nay.")))
        until = wanted.as_of
    top = _unit(request, wanted.agency, until)
    part = wanted.part or (Part.HOLDING if top.level == Level.UNIT else Part.DECIDING)
    if part is not Part.DECIDING and not _may_see(request, top.agency):
        raise ApiProblem(FORBIDDEN, _("Số liệu theo nơi tiếp nhận, nơi đang giữ cần khóa truy cập của cơ quan ấy."))
    span = Span(until, period.first, request.now if until == today else None)
    return measure, Asked(top.agency, span, today, part, Reading(wanted.reading)), top


def _period(text: str, now: datetime) -> Period:
    """The period that is written, else the month of now."""
    try:
        period = Period.parse(text or f"{day_of(now):%Y-%m}")
    except Refused as refused:
        raise invalid(("period", " ".join(refused.objections))) from refused
    if period.first > day_of(now):
        raise invalid(("period", _("Kỳ %(period)s chưa bắt đầu.") % {"period": period.text}))
    return period


def _unit(request: ApiRequest, code: str, day: date) -> Version:
    """The agency that bears the code or number; the province when none is named. A unit of an agency only for its people."""
    version = _province(day, day_of(request.now)) if not code else _named(code, day)
    if version is None or (version.level == Level.UNIT and not _may_see(request, version.agency)):
        raise not_found()
    return version


def _province(day: date, today: date) -> Version | None:
    """The province of today as it was on that day: before a merger others stood beside it, and their figures are not its own."""
    tops = [node.version for node in organisations.tree_on(today) if node.version.parent is None]
    top = next((one for one in tops if one.level == Level.PROVINCE), tops[0] if tops else None)
    return None if top is None else organisations.register().nearest(top.agency, day)


def _named(code: str, day: date) -> Version | None:
    if code.isascii() and code.isdigit() and len(code) < 16:
        return organisations.register().nearest(int(code), day)
    return organisations.by_code(code[:30], day) or organisations.by_code(code[:30])


def _may_see(request: ApiRequest, agency: int) -> bool:
    """Whether a key came with the call and its office is that agency or above it."""
    if not request.headers.get("Authorization"):
        return False
    by = KeySignIn()(request)
    return by is not None and _sees(by, agency, request.now)


def _sees(by: Actor, agency: int, now: datetime) -> bool:
    return tree.seen_with(agency, offices_of(by, day_of(now)), day_of(now))


@router.get(
    "/figures/{code}/dossiers", response=RowPage, summary="Hồ sơ sau một số liệu", operation_id="figure_dossiers"
)
def figure_dossiers(
    request: ApiRequest,
    code: str,
    wanted: Query[FigureWish],
    after: int = Query(0, ge=-(2**62), le=2**62, description="`next` của trang trước"),
    limit: int = Query(50, ge=1, le=100),
) -> RowPage:
    """Từng hồ sơ và phần nó đóng góp; mọi trang cộng lại đúng bằng `numerator` của số liệu. Cho lãnh đạo, trưởng phòng, kiểm soát."""
    by = request.auth
    if by.agency is None or READERS.isdisjoint(by.roles):
        raise ApiProblem(
            FORBIDDEN, _("Danh sách hồ sơ sau số liệu dành cho lãnh đạo, trưởng phòng và cán bộ kiểm soát.")
        )
    own = str(by.agency) if not wanted.agency else wanted.agency
    measure, asked, top = _asked(request, code, wanted.model_copy(update={"agency": own}))
    if not _sees(by, top.agency, request.now):
        raise not_found()
    page = listed.rows(measure, asked, after=after, limit=limit)
    items = [RowOut(reference=one.reference, code=one.code, at=local(one.at), counts=one.counts) for one in page.rows]
    return RowPage(items=items, next=page.after)


@router.get(
    "/figures/{code}/procedures",
    auth=None,
    response=CellsOut,
    summary="Số liệu theo thủ tục",
    operation_id="figure_procedures",
)
def figure_procedures(
    request: ApiRequest,
    code: str,
    agency: str = Query(..., max_length=30, description="Mã cơ quan giải quyết, ví dụ H48.115"),
    period: str = Query(..., max_length=7, description="Một tháng đã hết, ví dụ 2026-10"),
) -> HttpResponse:
    """Số hồ sơ tiếp nhận theo thủ tục của một cơ quan. Số từ 1 đến 4 không công bố (`null`), và cả những số mà lấy tổng trừ đi
    thì biết được chúng; phần không công bố gộp lại trong `withheld`. Chỉ tháng đã hết, để quý trừ tháng không lộ ra gì.
    """
    if code != PER_PROCEDURE:
        raise invalid(("code", _("Chỉ số hồ sơ tiếp nhận (received) được công bố theo thủ tục.")))
    month = _period(period, request.now)
    if month.months != 1 or month.last >= day_of(request.now):
        raise invalid(("period", _("Chọn một tháng đã hết.")))
    top, province = _unit(request, agency, month.last), _province(month.last, day_of(request.now))
    assert province is not None
    counts = published_cells(province.agency, month).get(top.agency, {})
    asked = Asked(top.agency, Span(month.last, month.first), day_of(request.now))
    own = figures(asked, [code]).own[code].numerator
    out = CellsOut(
        code=code,
        agency=shown.agency(top.agency, month.last),
        period=month.text,
        total=own,
        withheld=own - sum(one or 0 for one in counts.values()),
        procedures=[CellOut(procedure=name, count=count) for name, count in counts.items()],
    )
    return cached(request, out, seconds=ENDED)


@router.get(
    "/published-periods",
    auth=None,
    response=list[PublicationOut],
    summary="Các kỳ đã công bố",
    operation_id="published_periods",
)
def published_periods(request: ApiRequest) -> HttpResponse:
    """Mỗi kỳ một dòng, theo lần công bố đang có hiệu lực."""
    return cached(request, [PublicationOut(**_published(one)) for one in publications.latest()], seconds=RUNNING)


@router.get(
    "/published-periods/{period}",
    auth=None,
    response=PublishedOut,
    summary="Một kỳ đã công bố",
    operation_id="published_period",
)
def published_period(
    request: ApiRequest, period: str, revision: int = Query(0, ge=0, le=30000, description="0: lần mới nhất")
) -> HttpResponse:
    """Nguyên văn đã ký (`content`), mã băm, chữ ký, khóa công khai và kết quả kiểm lúc gọi."""
    found = publications.published(period[:7])
    wanted = next((one for one in found if revision in (0, one.revision)), None)
    if wanted is None:
        raise not_found()
    out = PublishedOut(
        **_published(wanted),
        signature=bytes(wanted.signature).hex(),
        public_key=wanted.public_key,
        finding=shown.term(publications.prove(wanted)),
        content=dict(content_in(wanted.content)),
    )
    return cached(request, out, seconds=RUNNING)


def _published(one: Any) -> dict[str, Any]:
    return {
        "period": one.period,
        "revision": one.revision,
        "title": one.title,
        "reason": one.reason,
        "sha256": one.sha256,
        "published_at": local(one.at),
    }
