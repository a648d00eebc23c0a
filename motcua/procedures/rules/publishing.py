"""When a version may be published, and what a dated setting may say."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from motcua.procedures.terms import AfterSupplement, OnlineFiling, SettingName, VersionState

_VALUES: Final = {
    SettingName.ONLINE_FILING: OnlineFiling.values,
    SettingName.AFTER_SUPPLEMENT: AfterSupplement.values,
}
_EARLIEST: Final = date(2000, 1, 1)
_LATEST_AHEAD: Final = timedelta(days=5 * 366)


def publish_objections(
    *,
    state: str,
    decision: str,
    since: date,
    today: date,
    before_since: date | None,
    limits: Sequence[str],
    answered_at_once: bool,
) -> list[str]:
    """Every reason against publishing this version from that day (NĐ 63/2010/NĐ-CP, Điều 15)."""
    found = []
    if state != VersionState.CONCEPT:
        found.append(_("Chỉ công bố được bản thảo; bản này đã công bố."))
    if not decision:
        found.append(_("Ghi số quyết định công bố, ví dụ 1628/QĐ-UBND."))
    if since < _EARLIEST or since > today + _LATEST_AHEAD:
        found.append(_("Ngày áp dụng %(day)s không hợp lý: xem lại năm.") % {"day": f"{since:%d/%m/%Y}"})
    if before_since is not None and since <= before_since:
        found.append(
            _("Ngày áp dụng phải sau ngày bắt đầu của bản đang áp dụng, %(day)s.") % {"day": f"{before_since:%d/%m/%Y}"}
        )
    if not limits:
        found.append(_("Chưa có cách nộp nào: ghi ít nhất một cách nộp và thời hạn."))
    elif not any(limits) and not answered_at_once:
        found.append(_("Chưa có thời hạn giải quyết: ghi thời hạn, hoặc đánh dấu trả kết quả ngay."))
    return found


def setting_objections(name: str, value: str, link: str) -> list[str]:
    """Every reason against this value of a dated setting."""
    found = []
    if name not in SettingName.values or value not in _VALUES[SettingName(name)]:
        found.append(_("Chọn một giá trị trong danh sách."))
    if name == SettingName.ONLINE_FILING and value == OnlineFiling.NATIONAL and not link.startswith("https://"):
        found.append(_("Ghi địa chỉ trang nộp trên Cổng Dịch vụ công quốc gia, bắt đầu bằng https://"))
    return found
