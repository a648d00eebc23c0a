"""Declared measures: each figure is one definition that page, API, export, index criterion and documentation share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from motcua.measures.rules import validity
from motcua.measures.rules.columns import AMOUNTS, COLUMNS
from motcua.measures.terms import Better, Unit

Terms = Mapping[str, int]
"""A sum of columns, each taken so many times: `{"early": 1, "on_time": 1}`, or `{"open": 1, "overdue": -1}`."""


@dataclass(frozen=True)
class Measure:
    """One figure: what it is called, how it is counted, in which unit, by which text, from when to when."""

    code: str
    name: Any
    sentence: Any
    top: Terms
    unit: Unit
    bottom: Terms = field(default_factory=lambda: MappingProxyType({}))
    source: str = ""
    better: Better = Better.NEITHER
    since: date | None = None
    until: date | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of facts it is made of."""
        return tuple(dict.fromkeys((*self.top, *self.bottom)))

    @property
    def of_minutes(self) -> bool:
        """Whether its numerator counts working minutes."""
        return all(column.endswith("_minutes") for column in self.top)

    @property
    def amounts(self) -> tuple[str, ...]:
        """The columns of its numerator that are sums of money, minutes or marks; of a count there is none."""
        return tuple(column for column in self.top if column in AMOUNTS or column == "stars")

    def holds_on(self, day: date) -> bool:
        """Whether it is asked for on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    def validity_told(self, first: date, last: date) -> str:
        """What a reader of these days must be told of the definition's validity; empty while it holds on all of them."""
        return validity.told(self.since, self.until, first, last)

    def holds_in(self, first: date, last: date) -> bool:
        """Whether it is asked for on any of these days."""
        return (self.since is None or self.since <= last) and (self.until is None or first < self.until)

    @property
    def validity(self) -> str:
        """From when to when it holds; empty for one that always does."""
        return validity.words(self.since, self.until)

    def numerator(self, sums: Mapping[str, int]) -> int:
        """What is counted: as many as the list behind the figure adds up to."""
        return added(self.top, sums)

    def denominator(self, sums: Mapping[str, int]) -> int | None:
        """Out of how many; None for a plain count."""
        return added(self.bottom, sums) if self.bottom else None

    def value(self, sums: Mapping[str, int]) -> Decimal | None:
        """The figure; None where there is nothing to take a share or an average of, which is not 0."""
        top, bottom = self.numerator(sums), self.denominator(sums)
        if bottom == 0:
            return None
        scale = _SCALES.get(self.unit, Fraction(1))
        found = Fraction(top) * scale / (1 if bottom is None else bottom)
        places = _PLACES.get(self.unit, Decimal(1))
        return (Decimal(found.numerator) / Decimal(found.denominator)).quantize(places, ROUND_HALF_UP)


def added(terms: Terms, sums: Mapping[str, int]) -> int:
    """The sum of the columns, each as often as it is taken."""
    return sum(times * sums.get(column, 0) for column, times in terms.items())


_SCALES: Final = MappingProxyType({Unit.PER_CENT: Fraction(100), Unit.HOURS: Fraction(1, 60)})
_PLACES: Final = MappingProxyType(
    {Unit.PER_CENT: Decimal("0.01"), Unit.HOURS: Decimal("0.1"), Unit.STARS: Decimal("0.01")}
)

_DECREE: Final = "Nghị định 118/2025/NĐ-CP"
_CIRCULAR: Final = "Thông tư 03/2025/TT-VPCP"
_DECISION: Final = "Quyết định 766/QĐ-TTg"


def _of(*columns: str) -> Terms:
    return MappingProxyType(dict.fromkeys(columns, 1))


_HANDLED: Final = _of("early", "on_time", "late")
_KEPT: Final = _of("early", "on_time")


def _count(
    code: str,
    name: Any,
    sentence: Any,
    *columns: str,
    source: str = _DECREE,
    better: Better = Better.NEITHER,
) -> Measure:
    return Measure(code, name, sentence, _of(*columns), Unit.DOSSIERS, source=source, better=better)


def _share(code: str, name: Any, sentence: Any, top: Terms, bottom: Terms, source: str, better: Better) -> Measure:
    return Measure(code, name, sentence, top, Unit.PER_CENT, bottom, source, better)


_ALL: Final = (
    _count(
        "submitted", _("Hồ sơ nộp vào"), _("Hồ sơ người dân, doanh nghiệp nộp trong kỳ, đã nhận hay chưa."), "submitted"
    ),
    _count(
        "received",
        _("Hồ sơ tiếp nhận"),
        _("Hồ sơ được tiếp nhận trong kỳ, có mã và ngày hẹn trả; kể cả hồ sơ trả kết quả ngay."),
        "received",
    ),
    _count(
        "handled",
        _("Hồ sơ đã giải quyết"),
        _("Hồ sơ có kết quả trong kỳ, kể cả trả lời không đủ điều kiện."),
        *_HANDLED,
    ),
    _count(
        "handled_early",
        _("Giải quyết trước hạn"),
        _("Hồ sơ có kết quả trước ngày hẹn trả."),
        "early",
        better=Better.HIGHER,
    ),
    _count(
        "handled_on_day", _("Giải quyết đúng hạn"), _("Hồ sơ có kết quả trong ngày hẹn trả, kể cả trả ngay."), "on_time"
    ),
    _count(
        "handled_late", _("Giải quyết quá hạn"), _("Hồ sơ có kết quả sau ngày hẹn trả."), "late", better=Better.LOWER
    ),
    _share(
        "handled_in_time_share",
        _("Tỷ lệ giải quyết đúng hạn"),
        _("Trong số hồ sơ có kết quả trong kỳ, phần có kết quả trước hoặc trong ngày hẹn trả."),
        _KEPT,
        _HANDLED,
        _DECREE,
        Better.HIGHER,
    ),
    _share(
        "in_time_share",
        _("Tỷ lệ đúng hạn, kể cả đang giải quyết"),
        _(
            "Hồ sơ có kết quả đúng hạn trong kỳ và hồ sơ đang giải quyết còn hạn, trên tổng số có kết quả trong kỳ và đang giải quyết."
        ),
        MappingProxyType({**_KEPT, "open": 1, "overdue": -1}),
        MappingProxyType({**_HANDLED, "open": 1}),
        _DECISION,
        Better.HIGHER,
    ),
    _count("open", _("Hồ sơ đang giải quyết"), _("Hồ sơ đã tiếp nhận, chưa có kết quả, tại thời điểm xem."), "open"),
    Measure(
        "open_in_time",
        _("Đang giải quyết, còn hạn"),
        _("Hồ sơ đang giải quyết chưa quá ngày hẹn, kể cả hồ sơ chờ người nộp bổ sung."),
        MappingProxyType({"open": 1, "overdue": -1}),
        Unit.DOSSIERS,
        source=_DECREE,
    ),
    _count(
        "overdue",
        _("Đang giải quyết, quá hạn"),
        _("Hồ sơ đang giải quyết đã qua hết ngày hẹn trả, kể cả hồ sơ mà cơ quan chỉ yêu cầu bổ sung sau ngày hẹn."),
        "overdue",
        better=Better.LOWER,
    ),
    _share(
        "overdue_share",
        _("Tỷ lệ đang quá hạn"),
        _("Trong số hồ sơ đang giải quyết, phần đã qua hết ngày hẹn trả."),
        _of("overdue"),
        _of("open"),
        _DECREE,
        Better.LOWER,
    ),
    _count("waiting", _("Hồ sơ chờ tiếp nhận"), _("Hồ sơ đã nộp, một cửa chưa tiếp nhận hoặc từ chối."), "waiting"),
    _count(
        "paused", _("Hồ sơ chờ bổ sung"), _("Hồ sơ đang giải quyết mà đồng hồ dừng vì chờ người nộp bổ sung."), "paused"
    ),
    _count("ready", _("Kết quả chờ trả"), _("Hồ sơ đã có kết quả, người nộp chưa nhận."), "ready"),
    _count("returned", _("Kết quả đã trả"), _("Kết quả đã đến tay người nộp trong kỳ, kể cả trả ngay."), "returned"),
    _count(
        "supplements",
        _("Yêu cầu bổ sung"),
        _("Phiếu yêu cầu bổ sung (M02) gửi trong kỳ, trước và sau khi tiếp nhận."),
        "supplemented_before",
        "supplemented",
        source=_CIRCULAR,
        better=Better.LOWER,
    ),
    _share(
        "supplement_share",
        _("Tỷ lệ phải bổ sung khi giải quyết"),
        _("Phiếu yêu cầu bổ sung trong khi giải quyết, trên số hồ sơ tiếp nhận trong kỳ."),
        _of("supplemented"),
        _of("received"),
        _CIRCULAR,
        Better.LOWER,
    ),
    _count(
        "refused",
        _("Không tiếp nhận"),
        _("Hồ sơ một cửa từ chối tiếp nhận bằng phiếu M03 trong kỳ."),
        "refused",
        source=_CIRCULAR,
    ),
    _count(
        "extended",
        _("Hẹn lại trước hạn"),
        _("Hồ sơ được xin lỗi và hẹn lại bằng văn bản (M04) trước ngày hẹn trả."),
        "extended",
        source=_CIRCULAR,
    ),
    _count(
        "apologies",
        _("Văn bản xin lỗi"),
        _("Văn bản xin lỗi và hẹn lại (M04) gửi trong kỳ, trước hay sau ngày hẹn trả."),
        "extended",
        "apologised_late",
        source=_CIRCULAR,
    ),
    _count("withdrawn", _("Hồ sơ rút"), _("Hồ sơ người nộp rút trong kỳ."), "withdrawn"),
    _count(
        "stopped",
        _("Hồ sơ dừng giải quyết"),
        _("Hồ sơ cơ quan dừng giải quyết trong kỳ, có lý do bằng văn bản."),
        "stopped",
    ),
    _count(
        "closed", _("Đóng vì không bổ sung"), _("Hồ sơ đóng trong kỳ vì hết hạn mà người nộp không bổ sung."), "closed"
    ),
    _count(
        "online",
        _("Hồ sơ nộp trên mạng"),
        _("Trong số hồ sơ tiếp nhận, phần nộp trên mạng."),
        "online",
        better=Better.HIGHER,
    ),
    _share(
        "online_share",
        _("Tỷ lệ nộp trên mạng"),
        _("Hồ sơ nộp trên mạng, trên số hồ sơ tiếp nhận trong kỳ."),
        _of("online"),
        _of("received"),
        _DECISION,
        Better.HIGHER,
    ),
    _count(
        "digitised",
        _("Hồ sơ số hóa khi tiếp nhận"),
        _("Hồ sơ có bản điện tử của mọi giấy tờ ngay khi tiếp nhận."),
        "digitised",
        source=_DECISION,
        better=Better.HIGHER,
    ),
    _share(
        "digitised_share",
        _("Tỷ lệ số hóa khi tiếp nhận"),
        _("Hồ sơ có bản điện tử của mọi giấy tờ ngay khi tiếp nhận, trên số hồ sơ tiếp nhận trong kỳ."),
        _of("digitised"),
        _of("received"),
        _DECISION,
        Better.HIGHER,
    ),
    _share(
        "electronic_share",
        _("Tỷ lệ kết quả điện tử"),
        _("Hồ sơ có kết quả ký số, trên số hồ sơ có kết quả trong kỳ."),
        _of("electronic"),
        _HANDLED,
        _DECISION,
        Better.HIGHER,
    ),
    Measure(
        "average_hours",
        _("Thời gian giải quyết trung bình"),
        _(
            "Số giờ làm việc từ tiếp nhận đến kết quả, không kể lúc chờ người nộp, chia đều cho hồ sơ có kết quả trong kỳ."
        ),
        _of("took_minutes"),
        Unit.HOURS,
        _HANDLED,
        _DECISION,
        Better.LOWER,
    ),
    Measure(
        "held_hours",
        _("Giờ giữ hồ sơ"),
        _("Tổng số giờ làm việc hồ sơ nằm ở cơ quan, tính khi chuyển đi."),
        _of("held_minutes"),
        Unit.HOURS,
        source=_CIRCULAR,
    ),
    _share(
        "budget_used",
        _("Thời gian dùng so với quy trình"),
        _("Giờ làm việc hồ sơ nằm ở cơ quan, trên số giờ quy trình nội bộ cho các bước ấy."),
        _of("held_minutes"),
        _of("given_minutes"),
        _CIRCULAR,
        Better.LOWER,
    ),
    _share(
        "steps_late_share",
        _("Tỷ lệ bước chậm"),
        _("Trong số lượt giữ hồ sơ, phần giữ lâu hơn quy trình nội bộ cho."),
        _of("passed_on_late"),
        _of("passed_on"),
        _CIRCULAR,
        Better.LOWER,
    ),
    _count("rated", _("Lượt đánh giá"), _("Lượt đánh giá của người nộp trong kỳ."), "rated", source=_DECISION),
    _share(
        "satisfied_share",
        _("Tỷ lệ hài lòng"),
        _("Lượt đánh giá từ 3 trên 5 trở lên, trên tổng số lượt đánh giá trong kỳ."),
        MappingProxyType({"rated": 1, "rated_low": -1}),
        _of("rated"),
        _DECISION,
        Better.HIGHER,
    ),
    Measure(
        "stars",
        _("Điểm đánh giá trung bình"),
        _("Trung bình các lượt đánh giá trong kỳ, từ 1 đến 5."),
        _of("stars"),
        Unit.STARS,
        _of("rated"),
        _DECISION,
        Better.HIGHER,
    ),
    Measure(
        "fees_vnd",
        _("Phí, lệ phí đã thu"),
        _("Số tiền phí, lệ phí thu trong kỳ."),
        _of("paid_vnd"),
        Unit.VND,
        source="Luật Phí và lệ phí 97/2015/QH13",
    ),
)

MEASURES: Final[Mapping[str, Measure]] = MappingProxyType({one.code: one for one in _ALL})
"""Every declared measure by its code; the order is that of the documentation."""


def objections(measures: Mapping[str, Measure] = MEASURES) -> Iterator[str]:
    """What is wrong with the declarations: unknown columns, missing words."""
    for code, one in measures.items():
        if unknown := sorted(set(one.columns) - set(COLUMNS)):
            yield f"{code}: không có cột {', '.join(unknown)}."
        if not (one.name and one.sentence.endswith(".") and one.source):
            yield f"{code}: thiếu tên, câu giải thích hoặc căn cứ."
        if one.unit is Unit.PER_CENT and not one.bottom:
            yield f"{code}: tỷ lệ phải có mẫu số."
