"""Lists as sheets and as the official book; cells that a spreadsheet would run are made harmless."""

from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from motcua.base import downloads
from motcua.base.actors import Actor
from motcua.base.clock import day_of, local
from motcua.base.language import in_vietnamese
from motcua.base.masking import mask_phone
from motcua.base.tables import workbook
from motcua.documents import queries as documents
from motcua.documents import slips
from motcua.documents.terms import Kind
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.slips import place_name
from motcua.dossiers.queries.small import takers_of
from motcua.dossiers.terms import Status
from motcua.organisations import queries as organisations
from motcua.ui.words import whole

MOST: Final = 20_000
"""Rows of one sheet; of a longer list the first ones, and the sheet says so."""
MOST_PRINTED: Final = 2_000
"""Rows of the book that are printed at once."""


def dossiers_file(dossiers: QuerySet[Dossier], at: datetime) -> HttpResponse:
    """A sheet of dossiers, the phone masked as in lists; of a list too long for it the first ones, and it says so."""
    found = list(dossiers[: MOST + 1])
    heads = [
        _("Mã hồ sơ"),
        pgettext("one", "Thủ tục"),
        _("Người nộp"),
        _("Điện thoại"),
        _("Cách nộp"),
        _("Trạng thái"),
        _("Nộp lúc"),
        _("Nhận lúc"),
        _("Hẹn trả"),
        _("Xong lúc"),
        _("Trả lúc"),
        _("Đang giữ"),
    ]
    rows = (_cells(one, day_of(at)) for one in found[:MOST])
    about = [_cut_in_words()] if len(found) > MOST else []
    return downloads.saved(workbook(_("Hồ sơ"), heads, rows, about=about), f"ho-so-{local(at):%Y%m%d-%H%M}.xlsx")


def _cut_in_words() -> str:
    text = _(
        "Danh sách dài hơn %(most)s hồ sơ: tệp này chỉ có %(most)s hồ sơ đầu danh sách. "
        "Lọc hẹp lại hoặc chọn khoảng ngày ngắn hơn để lấy phần còn lại."
    )
    return text % {"most": whole(MOST)}


def _cells(one: Dossier, day: date) -> list[Any]:
    return [
        one.label,
        one.procedure_version.name,
        one.applicant_name,
        mask_phone(one.phone) if one.phone else "",
        str(one.get_channel_display()),
        str(one.get_status_display()),
        *(one.submitted_at, one.received_at, one.due_at, one.finished_at, one.returned_at),
        organisations.name_on(one.holding_id, day, short=True),
    ]


@in_vietnamese()
def register_of(
    rows: list[Dossier], by: Actor, at: datetime, period: tuple[date, date], *, field: str = ""
) -> slips.Register:
    """The book as the form M07 wants it, headed by the one-stop that keeps it."""
    day = day_of(at)
    takers = takers_of(rows)
    office, _deciding = queries.book_of(by.agency or 0, day)
    above = next(iter(organisations.ancestors(office, day)), None)
    head = slips.Letterhead(
        parent=above.name if above else "",
        agency=organisations.name_on(office, day),
        place=place_name((above.place if above else "") or settings.MOTCUA_PROVINCE),
        issued_on=day,
        number=documents.form_for(office, Kind.REGISTER, day).numbering.replace("{n}", "........"),
    )
    return slips.Register(
        head=head,
        field=field or "Tất cả lĩnh vực",
        first_on=period[0],
        last_on=period[1],
        rows=[
            slips.RegisterRow(
                number=number,
                dossier_code=one.label,
                subject=one.procedure_version.plain_name or one.procedure_version.name,
                owner=one.applicant_name,
                address=one.application.address,
                phone=one.phone,
                agency=organisations.name_on(one.deciding_id, day, short=True),
                received_at=one.received_at or one.submitted_at,
                due_at=one.due_at or one.first_due_at,
                returned_at=one.returned_at,
                return_by=str(one.get_delivery_display()),
                received_by=takers.get(one.pk, ""),
                note=_remark(one),
            )
            for number, one in enumerate(rows, start=1)
        ],
    )


def _remark(one: Dossier) -> str:
    """Ghi chú: what the columns of days do not say."""
    ended = one.finished_at is not None and one.state not in (Status.DONE, Status.RETURNED)
    told = (str(one.get_status_display()) if ended else "", "đã xin lỗi và hẹn lại" if one.extended else "")
    return "; ".join(each for each in told if each)
