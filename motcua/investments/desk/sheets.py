"""The list as a sheet of Excel; every rate beside the name of its denominator."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from motcua.base.clock import local
from motcua.investments.queries import Row
from motcua.investments.rules import Period
from motcua.investments.terms import BASIS_SHORT, Basis

KIND: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe(text: object) -> str:
    """Text that no spreadsheet takes for a formula."""
    words = str(text or "")
    return f"'{words}" if words[:1] in ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠") else words


def answer(content: bytes, name: str) -> HttpResponse:
    """A sheet to keep."""
    return HttpResponse(content, content_type=KIND, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def projects_sheet(rows: Iterable[Row], at: Period, now: datetime) -> HttpResponse:
    """All projects of the list, amounts in whole đồng."""
    first, second = (str(BASIS_SHORT[one]) for one in (Basis.PRIME_MINISTER, Basis.COUNCIL))
    heads = [
        *(_("Mã dự án"), _("Tên dự án"), _("Chủ đầu tư"), _("Địa bàn"), _("Nhóm"), _("Lĩnh vực")),
        *(f"{first} ({_('đồng')})", f"{second} ({_('đồng')})", _("Lũy kế giải ngân (đồng)")),
        *(_("Tỷ lệ (%%) trên %(basis)s") % {"basis": one} for one in (first, second)),
        *(_("Vốn kéo dài (đồng)"), _("Giải ngân vốn kéo dài (đồng)"), _("Khối lượng hoàn thành chưa giải ngân (đồng)")),
    ]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Giải ngân"))
    sheet.append([_("Giải ngân vốn đầu tư công, lũy kế đến hết %(month)s") % {"month": at.words}])
    cells = [WriteOnlyCell(sheet, value=head) for head in heads]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    for row in rows:
        one, stand = row.project, row.position
        sheet.append(
            [
                *(safe(one.code), safe(one.name), safe(row.investor), safe(row.locality or _("nhiều xã, phường"))),
                *(str(one.get_group_display()), str(one.get_field_display())),
                *(stand.prime_minister, stand.council, stand.disbursed, stand.rate_prime_minister, stand.rate_council),
                *(stand.carried_council, stand.carried_disbursed, stand.unpaid_volume),
            ]
        )
    out = BytesIO()
    book.save(out)
    return answer(out.getvalue(), f"giai-ngan-{at.month:%Y-%m}-{local(now):%Y%m%d-%H%M}.xlsx")
