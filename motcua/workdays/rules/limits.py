"""Limits: how long a procedure may take, as the law and the route of an office write it."""

import re
from dataclasses import dataclass
from decimal import Decimal

from motcua.base.errors import Refused
from motcua.workdays.terms import Unit, _, decimal_mark

_STAGE = re.compile(r"(\d{1,5}(?:[.,]\d{1,4})?)(wd|wh|cd|mo)")
_LONGEST = {Unit.WORKING_DAYS: 2500, Unit.WORKING_HOURS: 20000, Unit.CALENDAR_DAYS: 3660, Unit.MONTHS: 120}
_MOST_STAGES = 20


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage (chặng) of a limit: an amount and its unit."""

    amount: Decimal
    unit: Unit

    def __str__(self) -> str:
        return f"{plain_number(self.amount)}{self.unit.value}"

    def in_words(self) -> str:
        return self.unit.counted(number_in_words(self.amount), one=self.amount == 1)

    def hours(self, hours_per_day: Decimal) -> Decimal | None:
        """Working hours of the stage; None where calendar time runs."""
        match self.unit:
            case Unit.WORKING_DAYS:
                return self.amount * hours_per_day
            case Unit.WORKING_HOURS:
                return self.amount
            case _:
                return None


@dataclass(frozen=True, slots=True)
class Limit:
    """Thời hạn giải quyết: one or more stages; each begins at the due moment of the one before."""

    stages: tuple[Stage, ...]

    @classmethod
    def parse(cls, text: str) -> "Limit":
        """Read `5wd`, `0.25wd`, `40wh`, `10cd`, `2mo`, or several with a space or `+` between them."""
        words = text.casefold().replace("+", " ").split()
        if not words:
            raise Refused(
                _(
                    "Chưa ghi thời hạn. Ví dụ: 5wd (5 ngày làm việc), 8wh (8 giờ làm việc), 10cd (10 ngày), "
                    "2mo (2 tháng)."
                )
            )
        if len(words) > _MOST_STAGES:
            raise Refused(_("Thời hạn có quá nhiều chặng: tối đa %(most)d chặng.") % {"most": _MOST_STAGES})
        return cls(tuple(_read_stage(word) for word in words))

    def __str__(self) -> str:
        return " ".join(str(stage) for stage in self.stages)

    def in_words(self) -> str:
        """As a clerk says it: "5 ngày làm việc", stages joined by a plus."""
        return " + ".join(stage.in_words() for stage in self.stages)

    @property
    def in_working_time(self) -> bool:
        return all(stage.unit.in_working_time for stage in self.stages)

    def hours(self, hours_per_day: Decimal = Decimal(8)) -> Decimal | None:
        """The sum in working hours; None when any stage runs in calendar time."""
        total = Decimal(0)
        for stage in self.stages:
            hours = stage.hours(hours_per_day)
            if hours is None:
                return None
            total += hours
        return total


def plain_number(number: Decimal) -> str:
    """`0.25`, `40`: no exponent, no empty decimals."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_in_words(number: Decimal) -> str:
    """As written in Vietnamese: a decimal comma."""
    return plain_number(number).replace(".", decimal_mark())


def _read_stage(word: str) -> Stage:
    found = _STAGE.fullmatch(word)
    if not found or not word.isascii():
        raise Refused(
            _(
                "Không đọc được thời hạn “%(text)s”. Viết số kèm đơn vị: 5wd (ngày làm việc), 8wh (giờ làm việc), "
                "10cd (ngày), 2mo (tháng)."
            )
            % {"text": word[:40]}
        )
    amount, unit = Decimal(found[1].replace(",", ".")), Unit(found[2])
    if amount <= 0:
        raise Refused(_("Thời hạn “%(text)s” phải lớn hơn 0.") % {"text": word})
    if not unit.in_working_time and amount != amount.to_integral_value():
        raise Refused(_("Thời hạn “%(text)s”: ngày và tháng theo lịch phải là số nguyên.") % {"text": word})
    if amount > _LONGEST[unit]:
        raise Refused(_("Thời hạn “%(text)s” dài quá 10 năm, hãy xem lại.") % {"text": word})
    return Stage(amount, unit)
