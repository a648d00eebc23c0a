"""Lists as sheets and as the official book; cells that a spreadsheet would run are made harmless."""

import io
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from motcua.base.actors import Actor
from motcua.base.clock import day_of, local
from motcua.base.language import in_vietnamese
from motcua.base.masking import mask_phone
from motcua.documents import slips
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.slips import place_name
from motcua.organisations import queries as organisations

MOST: Final = 20_000
"""Rows of one sheet; a longer list is narrowed by its filters first."""
MOST_PRINTED: Final = 2_000
"""Rows of the book that are printed at once."""
_SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe(text: object) -> str:
    """Text that no spreadsheet takes for a formula."""
    words = str(text or "")
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠") else words


def dossiers_file(dossiers: Iterable[Dossier], at: datetime) -> HttpResponse:
    """A sheet of dossiers, the phone masked as in lists."""
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
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Hồ sơ"))
    bold = []
    for head in heads:
        cell = WriteOnlyCell(sheet, value=head)
        cell.font = Font(bold=True)
        bold.append(cell)
    sheet.append(bold)
    day = day_of(at)
    for one in dossiers:
        moments = (one.submitted_at, one.received_at, one.due_at, one.finished_at, one.returned_at)
        sheet.append(
            [
                safe(one.label),
                safe(one.procedure_version.name),
                safe(one.applicant_name),
                safe(mask_phone(one.phone) if one.phone else ""),
                str(one.get_channel_display()),
                str(one.get_status_display()),
                *(local(moment).replace(tzinfo=None) if moment else None for moment in moments),
                safe(organisations.name_on(one.holding_id, day, short=True)),
            ]
        )
    out = io.BytesIO()
    book.save(out)
    name = f"ho-so-{local(at):%Y%m%d-%H%M}.xlsx"
    return HttpResponse(
        out.getvalue(), content_type=_SHEET, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@in_vietnamese()
def register_of(rows: list[Dossier], by: Actor, at: datetime, first: date, last: date) -> slips.Register:
    """The book as the form M07 wants it."""
    office = by.agency or 0
    day = day_of(at)
    above = next(iter(organisations.ancestors(office, day)), None)
    head = slips.Letterhead(
        parent=above.name if above else "",
        agency=organisations.name_on(office, day),
        place=place_name((above.place if above else "") or settings.MOTCUA_PROVINCE),
        issued_on=day,
    )
    return slips.Register(
        head=head,
        field="Tất cả lĩnh vực",
        first_on=first,
        last_on=last,
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
            )
            for number, one in enumerate(rows, start=1)
        ],
    )
