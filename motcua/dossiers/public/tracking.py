"""What the track page says: first whether one must act, then the date, who has it, why this date, the path, what one can do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.base.masking import mask_name
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, IssuedSlip, Supplement
from motcua.dossiers.queries import citizens
from motcua.dossiers.queries.history import Line
from motcua.dossiers.queries.showing import TAG_OF, clock_of
from motcua.dossiers.terms import (
    OPEN,
    UNDER_CLOCK,
    WITHOUT_RESULT,
    Channel,
    Delivery,
    Move,
    Payment,
    Slip,
    Status,
    Turn,
)
from motcua.organisations import queries as organisations
from motcua.people.http import PersonRequest
from motcua.ui import words
from motcua.workdays import rules as clock
from motcua.workdays.terms import Urgency


@dataclass(frozen=True)
class Event:
    """One line of the path, as the timeline draws it."""

    title: str
    when: str
    text: str = ""
    icon: str = ""
    state: str = ""
    url: str = ""
    link: str = ""


def is_own(request: PersonRequest, dossier: Dossier) -> bool:
    """Whether the applicant has signed in themself."""
    return bool(request.user.is_authenticated) and request.user.pk == dossier.applicant_id


def actor_by_link(request: PersonRequest, dossier: Dossier) -> Actor:
    """Who acts on this page: the signed link of the slip proves as much as the applicant's own sign-in."""
    if is_own(request, dossier):
        return request.user.actor()
    if dossier.applicant_id is not None:
        return Actor(id=dossier.applicant_id, name="Người nộp, bằng đường dẫn trên giấy hẹn")
    return SYSTEM


def track_page(request: PersonRequest, dossier: Dossier, token: str) -> dict[str, Any]:
    """The context of the page; its number of statements does not grow with the dossier."""
    at, by = request.now, actor_by_link(request, dossier)
    slips = citizens.public_slips(dossier)
    requests = citizens.requests_of(dossier) if dossier.supplements else []
    asked = next((one for one in requests if one.answered_at is None), None) if dossier.turn == Turn.APPLICANT else None
    time = clock_of(dossier, at, whole_weeks=True)
    result = citizens.result_of(dossier) if dossier.finished_at else None
    day, lines = day_of(at), queries.public_history(dossier)
    return {
        "dossier": dossier,
        "token": token,
        "own": is_own(request, dossier),
        "name": dossier.applicant_name if is_own(request, dossier) else mask_name(dossier.applicant_name),
        "title": _title(dossier, time.get("remaining")),
        "lead": _lead(dossier, asked) or _owed(dossier, time.get("remaining")) or _why_ended(dossier, lines),
        "tag": TAG_OF[dossier.status],
        "asked": asked,
        "holding": organisations.full_names_on([dossier.holding_id], day).get(dossier.holding_id, ""),
        "holds": dossier.state in OPEN or dossier.state is Status.DONE,
        "without_result": dossier.state in WITHOUT_RESULT,
        "waits_for_me": dossier.turn == Turn.APPLICANT,
        "events": _events(dossier, lines, slips, requests, token),
        "slips": slips,
        "result": result if result_is_open(dossier) else None,
        "rating": citizens.rating_of(dossier),
        "withdraw_objections": queries.objections_to(Move.WITHDRAW, dossier, by=by, at=at),
        "rate_objections": queries.objections_to(Move.RATE, dossier, by=by, at=at),
        "apology_by": _apology_by(dossier, at),
        **time,
    }


_TITLES: Final = {
    Status.SUBMITTED: gettext_lazy("Đã nhận đơn, một cửa đang kiểm tra"),
    Status.NEED_MORE_PRE: gettext_lazy("Cần bổ sung giấy tờ trước khi tiếp nhận"),
    Status.REFUSED: gettext_lazy("Không tiếp nhận hồ sơ này"),
    Status.RECEIVED: gettext_lazy("Đã tiếp nhận, chưa phải làm gì thêm"),
    Status.PROCESSING: gettext_lazy("Đang giải quyết, chưa phải làm gì thêm"),
    Status.NEED_MORE: gettext_lazy("Cần bổ sung giấy tờ, đồng hồ đang dừng"),
    Status.SIGNING: gettext_lazy("Đang chờ ký, chưa phải làm gì thêm"),
    Status.RETURNED: gettext_lazy("Đã trả kết quả"),
    Status.WITHDRAWN: gettext_lazy("Đã rút theo đề nghị của người nộp"),
    Status.STOPPED: gettext_lazy("Dừng giải quyết"),
    Status.CLOSED_NO_RESPONSE: gettext_lazy("Đã đóng vì không nhận được bổ sung"),
}


def _title(dossier: Dossier, left: clock.Remaining | None) -> str:
    """State first, and whether anything must be done."""
    status = dossier.state
    if status is Status.DONE:
        return _done_title(dossier)
    if status in UNDER_CLOCK and left is not None and left.kind is Urgency.LATE:
        return _("Cơ quan trễ hẹn, người nộp chưa phải làm gì thêm")
    if status is Status.NEED_MORE and left is not None and left.kind is Urgency.LATE:
        return _("Cơ quan trễ hẹn, và cần thêm giấy tờ để làm tiếp")
    return str(_TITLES[status])


def _done_title(dossier: Dossier) -> str:
    if dossier.turn != Turn.CLERK:
        return _("Đã ký kết quả, văn thư đang phát hành")
    match dossier.delivery:
        case Delivery.POST:
            return _("Đã có kết quả, bưu điện sẽ mang đến")
        case Delivery.ONLINE if dossier.payment != Payment.DUE:
            return _("Đã có kết quả, tải về bên dưới")
        case _:
            return _("Đã có kết quả, mời đến nhận")


def _lead(dossier: Dossier, asked: Supplement | None) -> str:
    """One sentence under the title where the state alone does not say what comes next."""
    match dossier.state:
        case Status.SUBMITTED:
            return _("Trong 8 giờ làm việc, một cửa báo tiếp nhận và ngày hẹn, hoặc báo cần thêm gì.")
        case Status.NEED_MORE_PRE | Status.NEED_MORE if asked is not None:
            if asked.answer_by:
                known = {"reason": asked.reason.rstrip(". "), "day": words.day(asked.answer_by)}
                return _("%(reason)s. Nộp trước hết %(day)s.") % known
            return asked.reason
        case Status.DONE if dossier.payment == Payment.DUE:
            return _("Nộp %(fee)s lệ phí khi nhận kết quả.") % {"fee": words.money(dossier.fee_vnd)}
        case Status.DONE | Status.RETURNED if dossier.favourable is False:
            return _("Cơ quan trả lời không đủ điều kiện; lý do ghi trong văn bản kết quả.")
        case _:
            return ""


def _owed(dossier: Dossier, left: clock.Remaining | None) -> str:
    """What an office that is late owes, and whom to ask."""
    if dossier.state not in UNDER_CLOCK or left is None or left.kind is not Urgency.LATE:
        return ""
    known = {"phone": settings.MOTCUA_HOTLINE, "code": dossier.label}
    if dossier.extended:
        return _("Ngày hẹn mới cũng đã qua. Hỏi khi nào xong: gọi %(phone)s, đọc mã %(code)s.") % known
    return (
        _("Cơ quan phải gửi thư xin lỗi, ghi lý do và ngày hẹn mới. Chưa nhận được thì gọi %(phone)s, đọc mã %(code)s.")
        % known
    )


_ENDS: Final = ("dossiers.DossierRefused", "dossiers.DossierStopped")


def _why_ended(dossier: Dossier, lines: list[Line]) -> str:
    """Why there is no result, as it was written; how to go on where that is open."""
    if dossier.state is Status.CLOSED_NO_RESPONSE:
        return _("Còn cần thì nộp hồ sơ mới, kèm giấy tờ đã thiếu.")
    if dossier.state not in (Status.REFUSED, Status.STOPPED):
        return ""
    reason = next((one.text for one in lines if one.name in _ENDS), "").strip().rstrip(". ")
    return _("Lý do: %(reason)s.") % {"reason": reason} if reason else ""


def result_is_open(dossier: Dossier) -> bool:
    """The signed result may be taken from the link: returned, or waiting to be returned with nothing left to pay."""
    ready = dossier.state is Status.DONE and dossier.turn == Turn.CLERK and dossier.payment != Payment.DUE
    return dossier.state is Status.RETURNED or ready


def _apology_by(dossier: Dossier, at: datetime) -> str:
    """The last day for an apology, while it lies ahead and none was needed yet."""
    if dossier.state not in UNDER_CLOCK or dossier.due_at is None or dossier.extended:
        return ""
    last = clock.latest_apology(dossier.due_at)
    return words.day(last) if last >= day_of(at) else ""


_WARNS: Final = ("SupplementAsked", "DossierRefused", "DossierExtended", "DossierStopped", "DossierClosed")
_AT_OFFICE: Final = ("DossierReceived", "DossierHandedOver", "ResultReturned", "DossierSubmitted")


def _events(
    dossier: Dossier, lines: list[Line], slips: list[IssuedSlip], requests: list[Supplement], token: str
) -> list[Event]:
    """Newest first: what is to come, where it is now, what happened; offices, never officials."""
    asked = {one.pk: one.reason for one in requests}
    found = [_event(line, slips, asked, token) for line in lines]
    return [*_ahead(dossier), *found]


def _ahead(dossier: Dossier) -> list[Event]:
    if dossier.state not in OPEN:
        return []
    day = day_of(dossier.held_since)
    deciding = organisations.name_on(dossier.deciding_id, day, short=True)
    ahead = Event(
        _("Ký và trả kết quả"), _("Sắp tới"), _("%(office)s ký, rồi báo tin.") % {"office": deciding}, state="todo"
    )
    if dossier.turn == Turn.APPLICANT:
        now = Event(_("Chờ người nộp bổ sung"), _since(dossier.held_since), icon="circle-pause", state="now")
    else:
        names = organisations.full_names_on([dossier.holding_id], day, short=True)
        text = _("%(office)s đang giữ hồ sơ.") % {"office": names.get(dossier.holding_id, "")}
        now = Event(str(dossier.state.label), _since(dossier.held_since), text, TAG_OF[dossier.status][1], "now")
    return [ahead, now]


def _since(moment: datetime) -> str:
    return _("từ %(moment)s đến nay") % {"moment": words.moment(moment)}


def _event(line: Line, slips: list[IssuedSlip], asked: dict[int, str], token: str) -> Event:
    name = line.name.removeprefix("dossiers.")
    number = line.facts.get("slip") or line.facts.get("receipt")
    slip = next((one for one in slips if number and one.number == number), None)
    if name == "DossierReceived":
        slip = next((one for one in slips if one.kind == Slip.M01), None)
    text = line.text if name not in _AT_OFFICE else f"{_where(line)}. {line.text}".strip(". ") + "."
    if name == "SupplementAsked":
        stops = "" if line.facts.get("before_receipt") else _(" Đồng hồ dừng.")
        text = f"{asked.get(line.facts['supplement'], '').rstrip('. ')}.{stops}"
    if name == "SupplementAnswered" and not line.facts.get("before_receipt"):
        text = f"{line.text} {_('Đồng hồ lại chạy.')}".strip()
    if name == "DossierSubmitted":
        text = str(Channel(line.facts["channel"]).label).capitalize() + f", {_where(line)}."
    url = reverse("dossiers:slip", args=[token, slip.pk]) if slip else ""
    link = _("%(title)s (PDF)") % {"title": slip_name(slip)} if slip else ""
    return Event(line.title, words.moment(line.when), text, line.icon, "warn" if name in _WARNS else "", url, link)


def _where(line: Line) -> str:
    """The office with the authority it belongs to: one-stops and rooms share their names all over the province."""
    number = int(line.facts["holding"])
    return organisations.full_names_on([number], day_of(line.when), short=True).get(number, line.office)


def slip_name(slip: IssuedSlip) -> str:
    """A slip as people call it."""
    names = {
        Slip.M01: _("Giấy hẹn"),
        Slip.M02: _("Phiếu yêu cầu bổ sung"),
        Slip.M03: _("Phiếu từ chối"),
        Slip.M04: _("Thư xin lỗi"),
        Slip.M05: _("Thông báo dừng"),
        Slip.RECEIPT: _("Biên lai"),
    }
    return str(names.get(Slip(slip.kind), Slip(slip.kind).label))
