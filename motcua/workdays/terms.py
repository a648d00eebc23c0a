"""Words of working time. Pure Python: `motcua workdays due` answers without starting Django."""

import sys
from enum import StrEnum
from typing import Any


def _translation() -> Any:
    """Django's words, where Django has been started."""
    conf = sys.modules.get("django.conf")
    return sys.modules.get("django.utils.translation") if conf is not None and conf.settings.configured else None


def _(text: str) -> str:
    """The sentence in the reader's language; Vietnamese as written where Django has not been started."""
    translation = _translation()
    return str(translation.gettext(text)) if translation else text


def ngettext(one: str, many: str, number: int) -> str:
    """As `_`, for languages that tell one from many; Vietnamese does not."""
    translation = _translation()
    return str(translation.ngettext(one, many, number)) if translation else many


def decimal_mark() -> str:
    """What stands before the tenths: a comma, in English a point."""
    translation = _translation()
    return "." if translation and translation.get_language() == "en" else ","


class Unit(StrEnum):
    """Đơn vị của thời hạn."""

    WORKING_DAYS = "wd"
    WORKING_HOURS = "wh"
    CALENDAR_DAYS = "cd"
    MONTHS = "mo"

    @property
    def label(self) -> str:
        return {"wd": _("ngày làm việc"), "wh": _("giờ làm việc"), "cd": _("ngày"), "mo": _("tháng")}[self.value]

    def counted(self, number: str, *, one: bool) -> str:
        """ "5 ngày làm việc"."""
        many = 1 if one else 2
        match self:
            case Unit.WORKING_DAYS:
                words = ngettext("%(number)s ngày làm việc", "%(number)s ngày làm việc", many)
            case Unit.WORKING_HOURS:
                words = ngettext("%(number)s giờ làm việc", "%(number)s giờ làm việc", many)
            case Unit.CALENDAR_DAYS:
                words = ngettext("%(number)s ngày", "%(number)s ngày", many)
            case _:
                words = ngettext("%(number)s tháng", "%(number)s tháng", many)
        return words % {"number": number}

    @property
    def in_working_time(self) -> bool:
        return self in (Unit.WORKING_DAYS, Unit.WORKING_HOURS)


class AfterPause(StrEnum):
    """Sau khi bổ sung đủ, đồng hồ chạy tiếp hay tính lại từ đầu."""

    CONTINUE = "continue"
    RESTART = "restart"

    @property
    def label(self) -> str:
        return {"continue": _("chạy tiếp"), "restart": _("tính lại từ đầu")}[self.value]


class Outcome(StrEnum):
    """Kết quả so với ngày hẹn."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"

    @property
    def label(self) -> str:
        return {"early": _("trước hạn"), "on_time": _("đúng hạn"), "late": _("quá hạn")}[self.value]


class Comparison(StrEnum):
    """Cách so sánh lúc xong với hạn: theo ngày (mặc định) hay đến từng phút."""

    BY_DATE = "by_date"
    BY_MOMENT = "by_moment"

    @property
    def label(self) -> str:
        return {"by_date": _("so theo ngày"), "by_moment": _("so đến từng phút")}[self.value]


class DayKind(StrEnum):
    """Một ngày khác với ngày thường trong tuần."""

    HOLIDAY = "holiday"
    EXTRA = "extra"

    @property
    def label(self) -> str:
        return {"holiday": _("ngày nghỉ"), "extra": _("ngày làm bù")}[self.value]


class DayStatus(StrEnum):
    """Ngày ấy đã được quyết định hay còn dự kiến."""

    DECIDED = "decided"
    EXPECTED = "expected"
    TO_CHECK = "to_check"

    @property
    def label(self) -> str:
        return {"decided": _("đã quyết định"), "expected": _("dự kiến"), "to_check": _("cần kiểm tra")}[self.value]


class StepKind(StrEnum):
    """Một dòng của cách tính hạn nói về khoảng thời gian nào."""

    WORK = "work"
    EXTRA = "extra"
    CALENDAR = "calendar"
    LUNCH = "lunch"
    CLOSED = "closed"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    PAUSE = "pause"
    DROPPED = "dropped"
    CUTOFF = "cutoff"
    ROLLED = "rolled"
    EXTENDED = "extended"
    KEPT = "kept"


class Urgency(StrEnum):
    """Màu của nhãn hạn."""

    IN = "in"
    NEAR = "near"
    LATE = "late"
    PAUSED = "paused"
    DONE = "done"


class DayLook(StrEnum):
    """Một ô của lịch tính hạn."""

    WORK = "work"
    EXTRA = "extra"
    OFF = "off"
    HOLIDAY = "holiday"
    OUT = "out"


class SegmentKind(StrEnum):
    """Một đoạn của thanh giờ trong ô; giá trị là tên lớp CSS của đoạn."""

    USED = "used"
    WAIT = "wait"
    REST = "rest"
    NONE = "none"
