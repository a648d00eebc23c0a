"""What the agencies of the demonstration say of themselves: invented, each agency about as good each year."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any, Final

from motcua.indices.rules.definition import Criterion
from motcua.indices.rules.kinds import Counted, Deduction, Given, Options, Ratio, Tiers, Value

LOWERED: Final = (
    "Tài liệu kiểm chứng chưa đủ kỳ báo cáo cuối năm.",
    "Số liệu trên hệ thống thấp hơn số đơn vị báo cáo.",
    "Văn bản ban hành sau thời hạn của kế hoạch.",
    "Chưa có tài liệu chứng minh phần việc còn lại.",
)
FINANCE_SAYS: Final[Mapping[str, Mapping[str, Any]]] = {
    "CD1": {"value": "đúng hạn"},
    "CD2": {"value": "92,5"},
    "CD3": {"value": "1", "note": "Báo cáo quý I nộp chậm hai ngày."},
    "CD4": {"numerator": "31", "denominator": "35"},
    "CD5": {"value": "1"},
    "TC1": {"numerator": "9", "denominator": "10"},
    "TC3": {"value": "0"},
    "TT1": {"numerator": "118", "denominator": "121"},
    "BM1": {"value": "hoàn thành"},
    "BM2": {"numerator": "84", "denominator": "88"},
    "TI1": {"value": "87,4"},
}
COMMUNES_SAY: Final[Mapping[str, Mapping[str, Any]]] = {
    "CD1": {"value": "đúng hạn"},
    "CD2": {"value": "91"},
    "CD3": {"value": "1"},
    "TT1": {"value": "còn thiếu", "note": "Còn thiếu bảng niêm yết tại hai thôn."},
    "CV1": {"numerator": "30", "denominator": "34"},
    "CV2": {"value": "0"},
}


@dataclass
class Skill:
    """How good each agency is at what it is judged by."""

    random: Random
    of: dict[int, float] = field(default_factory=dict)

    def value(self, criterion: Criterion, unit: int, better: float) -> tuple[Value, Value]:
        """What an agency of that skill would enter."""
        skill = self.of.setdefault(unit, self.random.uniform(0.80, 0.97))
        level = min(1.0, max(0.3, self.random.gauss(skill + better, 0.06)))
        match criterion.rule:
            case Options(options=options):
                good = self.random.random() < level
                return options[0 if good else min(1, len(options) - 1)].name, None
            case Tiers():
                return Fraction(round(level * 1050), 10), None
            case Deduction():
                return Fraction(0 if self.random.random() < level else self.random.randint(1, 2)), None
            case Counted():
                return Fraction(self.random.choice((0, 1, 1, 2, 3))), None
            case Given():
                return Fraction(round(level * 100), 10), None
            case Ratio(percent=True):
                return Fraction(round(level * 920), 10), None
            case _:
                below = self.random.randint(12, 60) * (40 if criterion.unit == "hồ sơ" else 1)
                return Fraction(round(below * level)), Fraction(below)
