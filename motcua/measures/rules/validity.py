"""From when to when a definition holds, and what must be said of days before or behind that."""

from datetime import date

from django.utils.translation import gettext as _


def told(since: date | None, until: date | None, first: date, last: date) -> str:
    """What a reader of the days from the first to the last must be told: that they lie outside, wholly or in part; else nothing."""
    if since is not None and last < since:
        return _("Cách đếm này áp dụng từ %(day)s, chưa áp dụng trong kỳ này.") % _day(since)
    if until is not None and until <= first:
        return _("Cách đếm này hết áp dụng từ %(day)s, không áp dụng trong kỳ này.") % _day(until)
    said = []
    if since is not None and first < since:
        said.append(_("Cách đếm này chỉ áp dụng từ %(day)s, sau ngày đầu kỳ.") % _day(since))
    if until is not None and until <= last:
        said.append(_("Cách đếm này hết áp dụng từ %(day)s, trước ngày cuối kỳ.") % _day(until))
    return " ".join(said)


def words(since: date | None, until: date | None) -> str:
    """As the documentation says it; empty for what always holds."""
    said = [] if since is None else [_("áp dụng từ %(day)s") % _day(since)]
    if until is not None:
        said.append(_("hết áp dụng từ %(day)s") % _day(until))
    return ", ".join(said)


def _day(day: date) -> dict[str, str]:
    return {"day": f"{day:%d/%m/%Y}"}
