"""Dossiers as they are read: lists, search, one dossier, its moves with all reasons against them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query

from motcua.api import shown
from motcua.api.choosing import choices_of
from motcua.api.door import ApiRequest, router
from motcua.api.problems import FORBIDDEN, ApiProblem
from motcua.api.reading import invalid, mark_of
from motcua.api.schemas import Count, DossierFilter, DossierOut, DossierPage, OptionOut
from motcua.api.seeing import visible, whole_dossier
from motcua.base.actors import Actor
from motcua.base.reads import note_read
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Move
from motcua.people.rules import allows
from motcua.people.terms import Permission

Box = Callable[[Actor, datetime], QuerySet[Dossier]]
OFFICE_BOXES: Final[dict[str, Box]] = {
    "worklist": queries.worklist,
    "waiting": queries.waiting_for_applicant,
    "elsewhere": queries.elsewhere,
    "signing": queries.for_signing,
}
APPLICANT_MOVES: Final = (Move.ANSWER_SUPPLEMENT, Move.WITHDRAW, Move.RATE)


def _box(name: str, by: Actor, at: datetime) -> QuerySet[Dossier]:
    if name == "all":
        return visible(by, at)
    if name == "mine":
        return Dossier.objects.of_applicant(by.id or 0)
    if name not in OFFICE_BOXES:
        known = ", ".join(["all", "mine", *OFFICE_BOXES])
        raise invalid(("box", _("Chọn một trong: %(known)s.") % {"known": known}))
    if by.agency is None:
        raise ApiProblem(FORBIDDEN, _("Danh sách này của cán bộ; hôm nay khóa truy cập không giữ vị trí nào."))
    return OFFICE_BOXES[name](by, at)


@router.get("/dossiers", response=DossierPage, summary="Danh sách hồ sơ", operation_id="list_dossiers")
def list_dossiers(request: ApiRequest, wanted: Query[DossierFilter]) -> DossierPage:
    """Hồ sơ của mình, hoặc của cơ quan theo vị trí đang giữ: `worklist` gấp trước, các danh sách khác mới trước."""
    rows = _box(wanted.box, request.auth, request.now)
    if wanted.status:
        rows = rows.filter(status=wanted.status)
    if wanted.channel:
        rows = rows.filter(channel=wanted.channel)
    if wanted.procedure:
        rows = rows.filter(procedure__code=wanted.procedure)
    if wanted.box in OFFICE_BOXES:
        page = queries.page_by_due(rows, after=mark_of(wanted.after), size=wanted.limit)
    else:
        page = queries.page_newest(rows, before=mark_of(wanted.after), size=wanted.limit)
    counted = queries.counted(rows).number if wanted.count else None
    return DossierPage(
        items=[shown.line(one, request.now) for one in page.rows],
        next=page.older or None,
        count=None if counted is None else Count(number=min(counted, queries.CAP), more=counted > queries.CAP),
    )


@router.get("/dossiers/search", response=DossierPage, summary="Tìm hồ sơ", operation_id="search_dossiers")
def search_dossiers(
    request: ApiRequest, q: str = Query(..., max_length=300), limit: int = Query(50, ge=1, le=50)
) -> Any:
    """Một ô cho tất cả: mã, mã ngoài, điện thoại, số định danh, tên có dấu hoặc không dấu. Chỉ trong cơ quan của mình."""
    if request.auth.agency is None:
        raise ApiProblem(FORBIDDEN, _("Tìm hồ sơ là việc của cán bộ; hôm nay khóa truy cập không giữ vị trí nào."))
    found = queries.search(q, by=request.auth, at=request.now, limit=limit)
    return DossierPage(items=[shown.line(one, request.now) for one in found], next=None)


@router.get(
    "/dossiers/{reference}", response=DossierOut, by_alias=True, summary="Một hồ sơ", operation_id="get_dossier"
)
def get_dossier(request: ApiRequest, reference: str, response: HttpResponse, unmasked: bool = False) -> DossierOut:
    """Tất cả về một hồ sơ. `unmasked=true` cho xem đủ số giấy tờ, tờ khai; với cán bộ, mỗi lần xem được ghi lại."""
    by, at = request.auth, request.now
    dossier = whole_dossier(reference, by=by, at=at)
    own = dossier.applicant_id == by.id
    if unmasked and not own and not allows(Permission.SEE_UNMASKED, by.roles):
        raise ApiProblem(FORBIDDEN, _("Vai trò này không xem đủ số giấy tờ của người nộp."))
    if unmasked and not own:
        note_read(by=by, at=at, purpose="đọc qua API", subject="dossiers.dossier", ids=[dossier.pk])
    response.headers["ETag"] = f'"{dossier.version}"'
    return shown.whole(dossier, at, own=own, unmasked=own or unmasked)


@router.get(
    "/dossiers/{reference}/options",
    response=list[OptionOut],
    summary="Thao tác và lý do",
    operation_id="dossier_options",
)
def dossier_options(request: ApiRequest, reference: str, response: HttpResponse) -> list[OptionOut]:
    """Mọi thao tác mà vai trò này có thể làm, mở hoặc đóng, với tất cả lý do: cùng quy tắc với các nút trên trang."""
    by, at = request.auth, request.now
    dossier = whole_dossier(reference, by=by, at=at)
    response.headers["ETag"] = f'"{dossier.version}"'
    found = {one.move: one.objections for one in queries.options(dossier, by=by, at=at)}
    if dossier.applicant_id == by.id:
        found |= {move: queries.objections_to(move, dossier, by=by, at=at) for move in APPLICANT_MOVES}
    return [shown.option(move, objections, choices_of(move, dossier, at)) for move, objections in found.items()]
