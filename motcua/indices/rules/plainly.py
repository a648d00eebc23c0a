"""The rule of a criterion as one sentence for somebody who has never seen a formula; and what it usually costs to fill it."""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import Final

from motcua.indices.rules.definition import Criterion, Gathering
from motcua.indices.rules.kinds import (
    Counted,
    Deduction,
    Given,
    Info,
    Options,
    Ratio,
    Relative,
    Rule,
    Scaled,
    Survey,
    Tiers,
)
from motcua.indices.rules.numbers import as_read, half_up
from motcua.indices.terms import Empty, Goalposts, Kind, Missing, Together, _

USUAL_DAYS: Final[Mapping[Kind, int]] = {
    Kind.OPTIONS: 5,
    Kind.GIVEN: 10,
    Kind.COUNTED: 10,
    Kind.DEDUCTION: 15,
    Kind.TIERS: 20,
    Kind.RATIO: 20,
    Kind.RELATIVE: 30,
    Kind.SCALED: 30,
    Kind.SURVEY: 60,
}
"""Days of work for the whole of a criterion where nobody has said better: a starting point, shown as such on the page."""


def usual_days(one: Criterion, lost: Fraction, most: Fraction) -> Fraction:
    """The usual effort in proportion to what is still lost, at least one day."""
    if isinstance(one.rule, Gathering | Info) or most <= 0:
        return Fraction(1)
    return Fraction(max(1, ceil(USUAL_DAYS[one.rule.kind] * lost / most)))


def plainly(one: Criterion) -> str:
    """How the points of a criterion come about, in words."""
    return _gathered(one, one.rule) if isinstance(one.rule, Gathering) else _scored(one, one.rule)


def _gathered(one: Criterion, rule: Gathering) -> str:
    words = {
        Together.SUM: _("Cộng điểm các mục con"),
        Together.MEAN: _("Trung bình các mục con theo trọng số"),
        Together.GEOMETRIC: _("Trung bình nhân của các mục con: mục thấp kéo điểm chung xuống nhiều hơn"),
        Together.HARMONIC: _("Trung bình điều hòa của các mục con: mục thấp kéo điểm chung xuống nhiều hơn"),
        Together.MEDIAN: _("Điểm của mục con đứng giữa"),
        Together.LOWEST: _("Lấy điểm của mục con thấp nhất"),
        Together.COPELAND: _("So từng đơn vị với từng đơn vị khác"),
        Together.SHARE: _("Điểm đạt được chia điểm tối đa của các mục con, tính theo phần trăm"),
    }[rule.together]
    if rule.factor != 1:
        words += _(", nhân với %s") % as_read(rule.factor)
    if rule.missing is not Missing.NONE:
        words += f"; {rule.missing.label}"
    return words + "."


def _scored(one: Criterion, rule: Rule) -> str:
    match rule:
        case Given():
            return _("Cơ quan công bố hoặc người thẩm định cho điểm.")
        case Options():
            return _("Chọn một mức: %s.") % "; ".join(f"{each.name} {_points(each.points)}" for each in rule.options)
        case Tiers():
            return _tiers(rule)
        case Ratio():
            return _ratio(one, rule)
        case Relative():
            return _relative(one)
        case Counted():
            return _("Mỗi trường hợp được %s, cộng đến điểm tối đa.") % _points(rule.each)
        case Deduction():
            words = _("Có đủ điểm tối đa, mỗi trường hợp trừ %s") % _points(rule.each)
            return words + (_(", trừ nhiều nhất %s.") % _points(rule.most) if rule.most is not None else ".")
        case Scaled():
            return _scaled(one, rule)
        case Survey():
            return _("Theo kết quả khảo sát: %(low)s thì không có điểm, %(high)s thì đủ điểm.") % {
                "low": as_read(rule.low),
                "high": as_read(rule.high),
            }
        case Info():
            return _("Chỉ theo dõi, không tính điểm.")


def _relative(one: Criterion) -> str:
    if one.direction > 0:
        return _("So với đơn vị cao nhất: bằng đơn vị cao nhất thì được điểm tối đa.")
    return _("So với đơn vị thấp nhất: bằng đơn vị thấp nhất thì được điểm tối đa.")


def _tiers(rule: Tiers) -> str:
    shown = [
        f"{(_('từ %s trở lên') if each.inclusive else _('trên %s')) % as_read(each.bound)}: {_points(each.points)}"
        for each in rule.tiers
    ]
    return _("Theo bậc: %s.") % "; ".join([*shown, f"{_('còn lại')}: {_points(rule.otherwise)}"])


def _ratio(one: Criterion, rule: Ratio) -> str:
    words = _("Số đạt chia tổng số, nhân với điểm tối đa")
    if one.direction < 0:
        words = _("Tỷ lệ càng thấp càng tốt: phần còn lại nhân với điểm tối đa")
    if rule.full_at != 1:
        words += _("; từ %s%% trở lên là đủ điểm") % as_read(half_up(rule.full_at * 100, 2))
    if rule.floor is not None:
        words += _("; dưới %s%% không có điểm") % as_read(half_up(rule.floor * 100, 2))
    if rule.empty is not Empty.NONE:
        words += _("; không phát sinh thì %s") % rule.empty.label
    return words + "."


def _scaled(one: Criterion, rule: Scaled) -> str:
    ends = {"low": as_read(rule.to_low), "high": as_read(rule.to_high)}
    words = (
        _("Đơn vị thấp nhất được %(low)s, cao nhất được %(high)s, ở giữa chia đều")
        if one.direction > 0
        else _("Đơn vị cao nhất được %(low)s, thấp nhất được %(high)s, ở giữa chia đều")
    ) % ends
    if rule.goalposts is Goalposts.FIXED:
        words = _("Quy đổi từ %(low)s đến %(high)s giữa hai mốc cố định") % ends
    elif rule.goalposts is Goalposts.CUMULATIVE:
        words += _("; hai mốc cộng dồn qua các năm")
    return words + "."


def _points(value: Fraction) -> str:
    return _("%s điểm") % as_read(half_up(value, 4))
