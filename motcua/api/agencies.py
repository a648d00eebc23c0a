"""Agencies over time: the tree of any day, one agency with its history, who took over."""

from datetime import date
from typing import Final

from ninja import Query, Router, Schema
from pydantic import Field

from motcua.api import shown
from motcua.api.door import ApiRequest
from motcua.api.problems import not_found
from motcua.api.reading import day_asked
from motcua.api.schemas import AgencyRef, Term
from motcua.base.clock import day_of
from motcua.organisations import queries
from motcua.organisations.rules import Version

router = Router(tags=["Cơ quan"])
MOST: Final = 2000


class AgencyOut(Schema):
    """An agency as it stands on the day."""

    id: int
    code: str
    code_is_ours: bool = Field(description="Mã do hệ thống đặt, chưa có trong danh mục công bố")
    name: str
    short_name: str
    kind: Term
    level: Term
    parent: int | None
    place: str
    place_code: str
    address: str
    since: date
    until: date | None = Field(description="Ngày đầu tiên không còn như vậy")


class NodeOut(AgencyOut):
    """One line of the tree, top first."""

    depth: int
    children: int


class DecisionOut(Schema):
    """What a decision did to an agency."""

    on: date
    kind: Term
    decision: str
    note: str
    predecessors: list[AgencyRef]
    successors: list[AgencyRef]


class AgencyWhole(Schema):
    """One agency over its whole life."""

    id: int
    now: AgencyOut | None = Field(description="null nếu ngày đó không còn, hoặc chưa có")
    history: list[AgencyOut]
    decisions: list[DecisionOut]
    successors: list[AgencyRef] = Field(description="Nơi kế thừa đang hoạt động, qua mọi bước sáp nhập")
    predecessors: list[AgencyRef]


class FoundOut(Schema):
    """One answer of a search, old names too."""

    agency: AgencyOut
    now: list[AgencyRef]
    sentence: str = Field(description="Ví dụ: nay là UBND phường Kon Tum")


def _out(one: Version) -> AgencyOut:
    return AgencyOut(**_columns(one))


def _columns(one: Version) -> dict[str, object]:
    return {
        "id": one.agency,
        "code": one.code,
        "code_is_ours": one.code_is_ours,
        "name": one.name,
        "short_name": one.short_name,
        "kind": shown.term(one.kind),
        "level": shown.term(one.level),
        "parent": one.parent,
        "place": one.place,
        "place_code": one.place_code,
        "address": one.address,
        "since": one.since,
        "until": one.until,
    }


def _refs(ids: tuple[int, ...], day: date) -> list[AgencyRef]:
    return [shown.agency(one, day) for one in ids]


@router.get(
    "/agencies", auth=None, response=list[NodeOut], summary="Cây cơ quan vào một ngày", operation_id="agency_tree"
)
def agency_tree(
    request: ApiRequest,
    day: date | None = None,
    root: str = Query("", max_length=30, description="Mã cơ quan đứng đầu, ví dụ H48"),
    depth: int = Query(9, ge=0, le=9, description="Số tầng dưới đỉnh"),
) -> list[NodeOut]:
    """Phẳng, trên trước dưới sau. Ngày trước 01/07/2025 cho thấy cấp huyện và 272 xã cũ."""
    on = day_asked(day, day_of(request.now))
    top = queries.by_code(root, on) if root else None
    if root and top is None:
        raise not_found()
    nodes = [one for one in queries.tree_on(on, top.agency if top else None) if one.depth <= depth]
    return [NodeOut(depth=one.depth, children=one.children, **_columns(one.version)) for one in nodes[:MOST]]


@router.get("/agencies/search", auth=None, response=list[FoundOut], summary="Tìm cơ quan", operation_id="find_agencies")
def find_agencies(
    request: ApiRequest, q: str = Query(..., max_length=300), limit: int = Query(20, ge=1, le=100)
) -> list[FoundOut]:
    """Theo tên mới, tên cũ, có dấu hoặc không dấu, cả địa chỉ."""
    day = day_of(request.now)
    return [
        FoundOut(agency=_out(one.version), now=_refs(one.now, day), sentence=one.sentence)
        for one in queries.find(q, day, limit=limit)
    ]


@router.get("/agencies/{code}", auth=None, response=AgencyWhole, summary="Một cơ quan", operation_id="get_agency")
def get_agency(request: ApiRequest, code: str, day: date | None = None) -> AgencyWhole:
    """Theo mã từng mang (hoặc số `id`): các tên theo thời gian, các quyết định, nơi kế thừa."""
    on = day_asked(day, day_of(request.now))
    number = _number(code)
    versions = queries.history(number) if number is not None else []
    if number is None or not versions:
        raise not_found()
    standing = queries.version_on(number, on)
    return AgencyWhole(
        id=number,
        now=_out(standing) if standing else None,
        history=[_out(one) for one in versions],
        decisions=[
            DecisionOut(
                on=one.on,
                kind=shown.term(one.kind),
                decision=one.decision,
                note=one.note,
                predecessors=_refs(one.predecessors, one.on),
                successors=_refs(one.successors, one.on),
            )
            for one in queries.events_of(number)
        ],
        successors=_refs(queries.successors(number, on), on),
        predecessors=_refs(queries.predecessors(number, on), on),
    )


def _number(code: str) -> int | None:
    """The agency that last bore the code, or the one of that number."""
    if code.isascii() and code.isdigit() and len(code) < 16:
        return int(code)
    version = queries.by_code(code[:30])
    return version.agency if version else None
