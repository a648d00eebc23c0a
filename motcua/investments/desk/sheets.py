"""The list as a sheet of Excel; every rate beside the name of its denominator."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from motcua.base import downloads
from motcua.base.clock import local
from motcua.base.tables import workbook
from motcua.investments.queries import Row
from motcua.investments.rules import Period
from motcua.investments.terms import BASIS_SHORT, Basis


def projects_sheet(rows: Iterable[Row], at: Period, now: datetime) -> HttpResponse:
    """All projects of the list, amounts in whole đồng."""
    first, second = (str(BASIS_SHORT[one]) for one in (Basis.PRIME_MINISTER, Basis.COUNCIL))
    heads = [
        *(_("Mã dự án"), _("Tên dự án"), _("Chủ đầu tư"), _("Địa bàn"), _("Nhóm"), _("Lĩnh vực")),
        *(f"{first} ({_('đồng')})", f"{second} ({_('đồng')})", _("Lũy kế giải ngân (đồng)")),
        *(_("Tỷ lệ (%%) trên %(basis)s") % {"basis": one} for one in (first, second)),
        *(_("Vốn kéo dài (đồng)"), _("Giải ngân vốn kéo dài (đồng)"), _("Khối lượng hoàn thành chưa giải ngân (đồng)")),
    ]
    about = [_("Giải ngân vốn đầu tư công, lũy kế đến hết %(month)s") % {"month": at.words}]
    content = workbook(_("Giải ngân"), heads, map(_cells, rows), about=about)
    return downloads.saved(content, f"giai-ngan-{at.month:%Y-%m}-{local(now):%Y%m%d-%H%M}.xlsx")


def _cells(row: Row) -> list[Any]:
    one, stand = row.project, row.position
    return [
        *(one.code, one.name, row.investor, row.locality or _("nhiều xã, phường")),
        *(str(one.get_group_display()), str(one.get_field_display())),
        *(stand.prime_minister, stand.council, stand.disbursed, stand.rate_prime_minister, stand.rate_council),
        *(stand.carried_council, stand.carried_disbursed, stand.unpaid_volume),
    ]
