"""Procedures as they are offered on a day: for everybody, no key needed."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from motcua.api import problems, shown
from motcua.api.door import ApiRequest
from motcua.api.problems import ApiProblem
from motcua.api.reading import day_asked
from motcua.api.schemas import Term
from motcua.base.clock import day_of
from motcua.organisations import queries as organisations
from motcua.procedures import queries
from motcua.procedures.terms import Channel, DecidingLevel
from motcua.workdays.rules import Limit

router = Router(tags=["Thủ tục"])


class ProcedureLine(Schema):
    """One line of a search."""

    code: str = Field(examples=["1.001193"])
    name: str
    field: str
    levels: list[str]
    summary: str
    answered_at_once: bool


class CaseOut(Schema):
    """One case with its papers."""

    code: str
    name: str
    papers: list["PaperAsked"]


class PaperAsked(Schema):
    """One paper that is asked for."""

    no: int
    name: str
    originals: int
    copies: int
    required: bool
    form: str
    condition: str


class TermOut(Schema):
    """One limit as written, and as we count it (`5wd 4wh 10cd 2mo`)."""

    channel: str
    case: str
    limit: str
    text: str


class FeeOut(Schema):
    """One fee as written, and its amount in đồng where there is one."""

    channel: str
    case: str
    amount_vnd: int | None
    text: str


class BasisOut(Schema):
    """A legal text."""

    number: str
    title: str


class ProcedureOut(ProcedureLine):
    """Everything a published version says."""

    official_name: str
    version: int
    in_force_from: date | None
    in_force_until: date | None = Field(description="Ngày đầu tiên không còn áp dụng")
    deciding_level: Term
    result: str
    applicants: str
    conditions: str
    steps: str
    competent_authority: str
    cases: list[CaseOut]
    limits: list[TermOut]
    fees: list[FeeOut]
    legal_bases: list[BasisOut]
    form_schema: dict[str, Any] = Field(description="Tờ khai điện tử (JSON Schema); rỗng nếu không có")


class StepOut(Schema):
    """One step of the internal route."""

    no: int
    name: str
    role: str
    hours: str


class OfferOut(Schema):
    """What is promised and asked for one case, one channel, one agency, one day."""

    code: str
    name: str
    case: str
    channel: str
    limit: str
    limit_words: str
    fee_vnd: int | None = Field(description="null khi mức thu chưa đọc được thành số")
    fee_note: str
    papers: list[PaperAsked]
    route: list[StepOut]
    result: str
    answered_at_once: bool
    online_filing: str
    online_link: str


@router.get(
    "/procedures", auth=None, response=list[ProcedureLine], summary="Tìm thủ tục", operation_id="search_procedures"
)
def search_procedures(
    request: ApiRequest,
    q: str = Query("", max_length=200),
    level: DecidingLevel | None = None,
    day: date | None = None,
    limit: int = Query(20, ge=1, le=100),
) -> list[ProcedureLine]:
    """Theo chữ có dấu hoặc không dấu, đầu chữ, mã. Để trống: danh sách từ đầu."""
    found = queries.search(
        q, limit=limit, day=day_asked(day, day_of(request.now)), deciding=str(level.value) if level else ""
    )
    return [_line(one) for one in found]


def _line(one: queries.Found) -> ProcedureLine:
    return ProcedureLine(
        code=one.code,
        name=one.name,
        field=one.field,
        levels=list(one.levels),
        summary=one.summary,
        answered_at_once=one.answered_at_once,
    )


@router.get("/procedures/{code}", auth=None, response=ProcedureOut, summary="Một thủ tục", operation_id="get_procedure")
def get_procedure(request: ApiRequest, code: str, day: date | None = None) -> ProcedureOut:
    """Bản đang áp dụng vào ngày đó, đủ mọi mục."""
    found = queries.detail(code[:20], day_asked(day, day_of(request.now)))
    version, names = found.version, {one.pk: one.code for one in found.cases}
    return ProcedureOut(
        code=version.procedure.code,
        name=version.plain_name or version.name,
        official_name=version.name,
        field=version.field,
        levels=list(version.levels),
        summary=version.summary,
        answered_at_once=version.answered_at_once,
        version=version.number,
        in_force_from=version.in_force_during.lower if version.in_force_during else None,
        in_force_until=version.in_force_during.upper if version.in_force_during else None,
        deciding_level=shown.term(DecidingLevel(version.deciding_level)),
        result=version.result_name,
        applicants=version.applicants,
        conditions=version.conditions,
        steps=version.steps_text,
        competent_authority=version.competent_authority,
        cases=[
            CaseOut(code=one.code, name=one.name, papers=[_paper(each) for each in found.papers[one.pk]])
            for one in found.cases
        ],
        limits=[
            TermOut(channel=one.channel, case=names.get(one.case_id or 0, ""), limit=one.limit, text=one.text)
            for one in found.terms
        ],
        fees=[
            FeeOut(channel=one.channel, case=names.get(one.case_id or 0, ""), amount_vnd=one.amount_vnd, text=one.text)
            for one in found.fees
        ],
        legal_bases=[BasisOut(number=one.number, title=one.title) for one in found.bases],
        form_schema=version.form_schema or {},
    )


def _paper(one: Any) -> PaperAsked:
    return PaperAsked(
        no=one.no,
        name=one.name,
        originals=one.originals,
        copies=one.copies,
        required=one.required,
        form=one.form,
        condition=one.condition,
    )


@router.get("/procedures/{code}/offer", auth=None, response=OfferOut, summary="Điều kiện nộp", operation_id="get_offer")
def get_offer(
    request: ApiRequest,
    code: str,
    case: str = Query("", max_length=40),
    channel: Channel = Channel.ONLINE,
    agency: str = Query("", max_length=30, description="Mã cơ quan, để lấy quy trình nội bộ của nơi đó"),
    day: date | None = None,
) -> OfferOut:
    """Thời hạn, lệ phí, giấy tờ, quy trình cho một trường hợp, một cách nộp, một cơ quan, một ngày."""
    on = day_asked(day, day_of(request.now))
    version = organisations.by_code(agency, on) if agency else None
    if agency and version is None:
        raise ApiProblem(problems.NOT_FOUND, _("Không có cơ quan nào mang mã %(code)s.") % {"code": agency})
    one = queries.offer(
        code[:20], case=case or None, channel=channel, agency=version.agency if version else None, day=on
    )
    return OfferOut(
        code=one.code,
        name=one.name,
        case=one.case_code,
        channel=one.channel,
        limit=one.limit,
        limit_words=Limit.parse(one.limit).in_words() if one.limit else "",
        fee_vnd=one.fee_vnd if one.fee_known else None,
        fee_note=one.fee_note,
        papers=[_paper(each) for each in one.papers],
        route=[StepOut(no=each.no, name=each.name, role=str(each.role), hours=str(each.hours)) for each in one.route],
        result=one.result_name,
        answered_at_once=one.answered_at_once,
        online_filing=str(one.online_filing),
        online_link=one.online_link,
    )
