"""What the gallery shows: every component in every state, with invented persons and long Vietnamese words."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.ui.fields import DayField

LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Phúc Hoàng Thị Thuỳ Nghiêng Khuỷu Nhưỡng"


@dataclass(frozen=True)
class Left:
    """How long is left of one invented dossier."""

    kind: str
    words: str


@dataclass(frozen=True)
class Cell:
    """One day of an invented count."""

    date: date
    weekday_word: str
    kind: str
    off_word: str = ""
    segments: tuple[tuple[str, float, float], ...] = ()
    note: str = ""
    is_today: bool = False
    is_due: bool = False


@dataclass(frozen=True)
class Step:
    """One line of an invented count."""

    from_words: str
    to_words: str
    counted_hours: Decimal
    why: str


@dataclass(frozen=True)
class Page:
    """One page of an invented list."""

    shown: int = 50
    count_words: str = "hơn 500"
    newer_url: str = "#trang-sau"
    older_url: str = "#trang-sau"


@dataclass(frozen=True)
class Happening:
    """One entry of an invented history."""

    title: str
    when: str
    text: str = ""
    icon: str = ""
    state: str = ""
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class Station:
    """One step of an invented route."""

    name: str
    who: str
    hours: str
    state: str = ""
    share: float | None = None
    over: str = ""


class SampleForm(forms.Form):
    """One control of each kind."""

    name = forms.CharField(label=_("Họ và tên"), help_text=_("Như trên thẻ căn cước"))
    issued_on = DayField(label=_("Ngày cấp"), input_formats=["%d/%m/%Y"])
    capital = forms.CharField(label=_("Vốn"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    sign = forms.CharField(label=_("Tên biển hiệu"), required=False)
    commune = forms.ChoiceField(label=_("Xã, phường, đặc khu"), choices=[("115", "Xã Ba Tơ"), ("116", "Xã Ba Vinh")])
    place = forms.ChoiceField(
        label=_("Chỗ này là của ai?"),
        widget=forms.RadioSelect,
        choices=[
            ("own", _("Của gia đình tôi\nKhông phải nộp thêm giấy")),
            ("rent", _("Thuê hoặc mượn\nGhi tên người cho thuê ở trang sau")),
        ],
    )
    news = forms.MultipleChoiceField(
        label=_("Báo tin qua"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("sms", "SMS"), ("mail", _("Thư điện tử"))],
    )
    opinion = forms.CharField(label=_("Ý kiến"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    scan = forms.FileField(label=_("Bản quét"), help_text=_("PDF, JPG, PNG; mỗi tệp không quá 20 MB"), required=False)
    honest = forms.BooleanField(label=_("Tôi xin chịu trách nhiệm về những điều đã khai"))

    def clean_issued_on(self) -> date:
        day: date = self.cleaned_data["issued_on"]
        if day > date(2026, 11, 20):
            raise forms.ValidationError(_("Ngày cấp không thể sau hôm nay, 20/11/2026"))
        return day


TYPED = {
    "name": LONG_NAME,
    "issued_on": "20/11/2062",
    "capital": "30.000.000",
    "commune": "115",
    "place": "own",
    "news": ["sms"],
    "honest": "on",
}
STATUSES = (
    ("nuoc", "inbox", _("Mới nộp")),
    ("nuoc", "file-check", _("Đã tiếp nhận")),
    ("nuoc", "search", _("Đang xử lý")),
    ("", "circle-pause", _("Chờ bổ sung")),
    ("", "banknote", _("Chờ nộp lệ phí")),
    ("nuoc", "pen-line", _("Chờ ký")),
    ("la", "circle-check", _("Đã có kết quả")),
    ("la", "package-check", _("Đã trả")),
    ("son", "circle-x", _("Không tiếp nhận")),
    ("", "undo-2", _("Đã rút")),
    ("", "ban", _("Dừng giải quyết")),
)
REMAINING = {
    "in": Left("in", "Còn 4 ngày"),
    "near": Left("near", "Còn 5 giờ"),
    "late": Left("late", "Trễ 1 ngày"),
    "paused": Left("paused", "Đồng hồ dừng"),
    "done": Left("done", "Xong sớm 1 ngày"),
}
BARS: dict[int, tuple[tuple[str, float, float], ...]] = {
    9: (("none", 0, 28), ("used", 28, 72)),
    13: (("used", 0, 38), ("wait", 38, 62)),
    16: (("wait", 0, 100),),
    17: (("wait", 0, 100),),
    18: (("wait", 0, 62), ("used", 62, 38)),
    20: (("used", 0, 34), ("left", 34, 66)),
    23: (("left", 0, 100),),
    25: (("left", 0, 100),),
    26: (("left", 0, 100),),
    27: (("left", 0, 53), ("none", 53, 47)),
}
WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


def cells(until: int) -> list[Cell]:
    """The days from 9 November 2026: a pause in the middle, two weekends, one holiday."""
    found = []
    for number in range(until - 8):
        day = date(2026, 11, 9) + timedelta(number)
        off = {True: "nghỉ", False: ""}[day.weekday() > 4] or ("lễ" if day.day == 24 else "")
        found.append(
            Cell(
                date=day,
                weekday_word=WEEKDAYS[day.weekday()],
                kind="off" if off else "work",
                off_word=off,
                segments=() if off else BARS.get(day.day, (("used", 0, 100),)),
                note="nhận" if day.day == 9 else "",
                is_today=day.day == 20,
                is_due=day.day == 27,
            )
        )
    return found


STEPS = (
    Step("09/11 09:15", "13/11 10:00", Decimal("32.75"), "Giờ làm việc"),
    Step("13/11 10:00", "18/11 14:00", Decimal(0), "Chờ bổ sung, phiếu 12/PBS-TTPVHCC"),
    Step("18/11 14:00", "20/11 17:00", Decimal(19), "Giờ làm việc"),
    Step("21/11", "22/11", Decimal(0), "Thứ Bảy, Chủ nhật"),
    Step("23/11 07:00", "23/11 17:00", Decimal(8), "Giờ làm việc"),
    Step("24/11", "24/11", Decimal(0), "Ngày Văn hoá Việt Nam"),
    Step("25/11 07:00", "27/11 11:15", Decimal("20.25"), "Giờ làm việc; đủ 80 giờ"),
)
HISTORY = (
    Happening("Ký và trả kết quả", "Sắp tới", "Lãnh đạo UBND xã Ba Tơ ký số. Sẽ báo bằng SMS.", state="todo"),
    Happening("Đang thẩm định bản vẽ", "từ 14:00, thứ Tư 18/11 đến nay", icon="search", state="now"),
    Happening("Đã nhận bản vẽ bổ sung", "14:00, thứ Tư 18/11", "Đồng hồ chạy tiếp.", icon="file-check"),
    Happening(
        "Cần bổ sung: bản vẽ mặt đứng",
        "10:00, thứ Sáu 13/11",
        "Bản vẽ thiếu mặt đứng phía đường. Đồng hồ dừng.",
        icon="pause",
        state="warn",
        url="#duong-di",
        link="Phiếu 12/PBS-TTPVHCC",
    ),
    Happening("Tiếp nhận tại quầy", "09:15, thứ Hai 09/11", icon="user-check"),
)
ROUTE = (
    Station("Tiếp nhận", "Lê Minh Hoạ · 09/11", "6,4 / 8 giờ", "done"),
    Station("Phân công", "Trưởng phòng Kinh tế · 10/11", "0,4 / 4 giờ", "done"),
    Station("Thẩm định bản vẽ", "Phạm Thị Thử · từ 10/11", "39,7 / 49 giờ", "at", 81),
    Station("Ký giấy phép", "Lãnh đạo UBND xã", "15 giờ"),
    Station("Trả kết quả", "Một cửa xã Ba Tơ", "4 giờ"),
)
LATE_ROUTE = (
    Station("Tiếp nhận", "Lê Minh Hoạ · 09/11", "6,4 / 8 giờ", "done"),
    Station("Thẩm định", f"{LONG_NAME} · từ 10/11", "51 / 49 giờ", "at", 100, "quá 2 giờ"),
)
WEEKS = tuple(
    (label, value)
    for label, value in zip(
        ("31/8", "7/9", "14/9", "21/9", "28/9", "5/10", "12/10", "19/10", "26/10", "2/11", "9/11", "16/11"),
        (6.8, 6.5, 6.6, 6.1, 5.9, 6.2, 5.6, 5.5, 5.8, 5.2, 5.0, 5.3),
        strict=True,
    )
)
RANK_YEARS = [2010, 2011, 2012, 2013, 2014, 2015]
RANK_LINES = [("Tỉnh mẫu", [55, 18, 27, 7, 20, 15], True), ("Tỉnh bên", [39, 44, 60, 44, 57, 53], False)]
SCORES = [
    48.9,
    52.7,
    53.2,
    54.6,
    55.1,
    55.3,
    56.2,
    56.7,
    57.0,
    57.3,
    57.9,
    58.2,
    58.4,
    58.9,
    59.7,
    60.4,
    61.1,
    64.7,
    68.3,
]
FALL = [("Chỉ đạo, điều hành", -5.6), ("Thủ tục hành chính", -2.8), ("Tài chính công", -4.2), ("Chính quyền số", -1.0)]
PARTS = [("Đất đai", 5.4, 4.2, 5.8, 7.0), ("Minh bạch", 6.8, 5.5, 6.2, 7.2), ("Thời gian", 6.5, 5.0, 6.6, 8.7)]
GROUPS = (
    ("Công khai", 97, "#bieu-do"),
    ("Tiến độ", 95, "#bieu-do"),
    ("Trực tuyến", 80, "#bieu-do"),
    ("Số hóa", 69, "#bieu-do"),
)
HEADS = ("Công khai", "Tiến độ", "Trực tuyến", "Thanh toán", "Hài lòng", "Số hóa")
UNITS = (
    (
        "Phường Cẩm Thành",
        "#bieu-do",
        [(97, "#bieu-do"), (96, "#bieu-do"), (82, "#bieu-do"), (84, ""), (93, ""), (78, "")],
    ),
    ("Xã Ba Tơ", "#bieu-do", [(96, "#bieu-do"), (88, "#bieu-do"), (62, "#bieu-do"), (58, ""), (89, ""), (55, "")]),
    ("Xã Sơn Tây", "#bieu-do", [(92, ""), (71, ""), (48, ""), (41, ""), (80, ""), (None, "")]),
)


@dataclass(frozen=True)
class Row:
    """One row of an invented inbox."""

    left: Left
    sub: str
    title: str
    code: str
    way: str
    person: str
    place: str
    step: str
    state: str
    act: str
    main: bool = False


@dataclass(frozen=True)
class Group:
    """Rows that belong together."""

    title: str
    facts: str
    rows: list[Row] = field(default_factory=list)


INBOX = (
    Group("Trễ hẹn", "1 hồ sơ · đã gửi thư xin lỗi", [
        Row(REMAINING["late"], "hẹn mới 24/11, 16:00", "Cấp giấy phép xây dựng nhà ở riêng lẻ",
            "H48.115-261103-0011", "tại quầy", LONG_NAME,
            "xã Ba Tơ", "Thẩm định", "chờ ý kiến Phòng Nông nghiệp, quá 1 ngày", "Đôn đốc"),
    ]),
    Group("Đến hạn hôm nay", "2 hồ sơ", [
        Row(REMAINING["near"], "16:00 hôm nay", "Đăng ký thành lập hộ kinh doanh", "H48.115-261117-0042", "trên mạng",
            "Hồ Văn Tượng Trưng", "xã Ba Tơ", "Trình ký", "dự thảo đã xong", "Trình ký", main=True),
        Row(REMAINING["paused"], "chờ người dân, từ 17/11", "Cấp giấy phép kinh doanh bán lẻ rượu",
            "H48.115-261113-0019", "bưu điện", "Y Thử Nghiệm",
            "xã Ba Động", "Chờ bổ sung", "phiếu 14/PBS, còn 12 ngày để nộp", "Gọi nhắc"),
    ]),
)  # fmt: skip


def everything() -> dict[str, Any]:
    """All that the gallery needs."""
    return {
        "long_name": LONG_NAME,
        "statuses": STATUSES,
        "remaining": REMAINING,
        "strip": cells(27),
        "weeks": cells(29),
        "steps": STEPS,
        "history": HISTORY,
        "route": ROUTE,
        "late_route": LATE_ROUTE,
        "page": Page(),
        "empty_form": SampleForm(),
        "form": SampleForm(TYPED),
        "one_objection": ["kết quả chưa có chữ ký số."],
        "two_objections": [
            "đã yêu cầu một lần ngày 13/11 (phiếu 12/PBS-TTPVHCC); mỗi hồ sơ chỉ được yêu cầu một lần.",
            "lệ phí 75.000 đồng chưa thu.",
        ],
        "trend": WEEKS,
        "forecast": ("tuần tới", 5.9, 5.2, 6.6),
        "groups": GROUPS,
        "rank_years": RANK_YEARS,
        "rank_lines": RANK_LINES,
        "rank_among": [63] * len(RANK_YEARS),
        "rank_breaks": {2013},
        "scores": SCORES,
        "fall_start": ("Điểm tối đa", 100),
        "fall_steps": FALL,
        "fall_end": ("Điểm đạt được", 86.4),
        "parts": PARTS,
        "heads": HEADS,
        "units": UNITS,
        "inbox": INBOX,
        "place_counts": {"desk:inbox": 23, "desk:directives": 4},
    }
