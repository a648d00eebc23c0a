"""Words of working time. Pure Python: `motcua workdays due` answers without starting Django."""

import sys
from enum import StrEnum


def _(text: str) -> str:
    """The sentence in the reader's language; Vietnamese as written where Django has not been started."""
    conf = sys.modules.get("django.conf")
    translation = sys.modules.get("django.utils.translation")
    if conf is None or translation is None or not conf.settings.configured:
        return text
    return str(translation.gettext(text))


class Unit(StrEnum):
    """Đơn vị của thời hạn."""

    WORKING_DAYS = "wd"
    WORKING_HOURS = "wh"
    CALENDAR_DAYS = "cd"
    MONTHS = "mo"

    @property
    def label(self) -> str:
        return {"wd": _("ngày làm việc"), "wh": _("giờ làm việc"), "cd": _("ngày"), "mo": _("tháng")}[self.value]

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
