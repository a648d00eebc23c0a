"""A rule in the words of whoever has to fill it in, and the sum by which an answer became points."""

from fractions import Fraction
from typing import NamedTuple

from motcua.indices.rules.definition import Criterion, Gathering
from motcua.indices.rules.kinds import (
    Counted,
    Deduction,
    Given,
    Options,
    Points,
    Ratio,
    Relative,
    Scaled,
    Survey,
    Tiers,
    Value,
)
from motcua.indices.rules.numbers import as_read, half_up
from motcua.indices.terms import Empty, Goalposts, _

SHOWN_DIGITS = 4


class Mark(NamedTuple):
    """One line of a list of marks: what has to be so, and the points it gives."""

    words: str
    points: str


class Explained(NamedTuple):
    """Sentences, and the marks where the rule is a list of them."""

    sentences: tuple[str, ...]
    marks: tuple[Mark, ...] = ()


def shown(value: Fraction, digits: int = SHOWN_DIGITS) -> str:
    """A number for a page: at most four decimals, a comma between."""
    return as_read(half_up(value, digits))


def explain(criterion: Criterion) -> Explained:
    """What the rule asks for and what it gives."""
    rule, most = criterion.rule, shown(criterion.frame.most)
    match rule:
        case Options():
            return Explained(
                (_("Chọn đúng một mức; mỗi mức có điểm của nó."),),
                tuple(Mark(one.name, shown(one.points)) for one in rule.options),
            )
        case Tiers():
            return Explained((_("Ghi con số đạt được; điểm theo bậc cao nhất mà con số ấy tới."),), _tiers(rule))
        case Ratio():
            return Explained(tuple(_ratio(rule, criterion, most)))
        case Given():
            return Explained(
                (_("Ghi thẳng số điểm, từ %(least)s đến %(most)s.") % {"least": shown(criterion.least), "most": most},)
            )
        case Counted():
            return Explained(
                (
                    _("Ghi số trường hợp; mỗi trường hợp được %(each)s điểm, cộng đến %(most)s điểm là hết.")
                    % {"each": shown(rule.each), "most": most},
                )
            )
        case Deduction():
            return Explained(tuple(_deduction(rule, criterion, most)))
        case Relative():
            best = _("lớn nhất") if criterion.direction > 0 else _("nhỏ nhất")
            return Explained(
                (
                    _("So với các đơn vị khác: đơn vị có số %(best)s được %(most)s điểm, các đơn vị khác theo tỷ lệ.")
                    % {"best": best, "most": most},
                    _("Điểm chỉ có khi biết số của mọi đơn vị."),
                )
            )
        case Scaled():
            return Explained(tuple(_scaled(rule, criterion)))
        case Survey():
            return Explained(
                (
                    _("Kết quả khảo sát trên thang từ %(low)s đến %(high)s, quy về %(most)s điểm.")
                    % {"low": shown(rule.low), "high": shown(rule.high), "most": most},
                )
            )
        case _:
            return Explained((_("Chỉ theo dõi, không tính điểm."),))


def _tiers(rule: Tiers) -> tuple[Mark, ...]:
    found = [
        Mark(
            (_("Từ %s trở lên") if tier.inclusive else _("Trên %s")) % shown(tier.bound),
            shown(tier.points),
        )
        for tier in rule.tiers
    ]
    return (*found, Mark(_("Còn lại"), shown(rule.otherwise)))


def _ratio(rule: Ratio, criterion: Criterion, most: str) -> list[str]:
    known = {"most": most, "full": shown(rule.full_at * 100)}
    asked = _("Ghi tỷ lệ phần trăm.") if rule.percent else _("Ghi tử số và mẫu số.")
    share = _("phần còn lại của tỷ lệ") if criterion.direction < 0 else _("tỷ lệ")
    known["share"] = share
    found = [asked]
    if rule.full_at == 1:
        found.append(_("Điểm = %(most)s × %(share)s.") % known)
    else:
        found.append(_("Đạt từ %(full)s%% trở lên được %(most)s điểm; thấp hơn thì tính theo tỷ lệ.") % known)
    if rule.floor is not None:
        found.append(_("Dưới %s%% thì không có điểm.") % shown(rule.floor * 100))
    if not rule.percent:
        found.append(
            {
                Empty.NONE: _("Không có trường hợp nào (mẫu số bằng 0) thì không tính điểm."),
                Empty.ZERO: _("Không có trường hợp nào (mẫu số bằng 0) thì được 0 điểm."),
                Empty.FULL: _("Không có trường hợp nào (mẫu số bằng 0) thì được điểm tối đa."),
            }[rule.empty]
        )
    return found


def _deduction(rule: Deduction, criterion: Criterion, most: str) -> list[str]:
    known = {"most": most, "each": shown(rule.each)}
    found = [_("Ghi số trường hợp vi phạm: từ %(most)s điểm, mỗi trường hợp trừ %(each)s điểm.") % known]
    if rule.most is not None:
        found.append(_("Trừ nhiều nhất %s điểm.") % shown(rule.most))
    found.append(_("Không xuống dưới %s điểm.") % shown(criterion.least))
    return found


def _scaled(rule: Scaled, criterion: Criterion) -> list[str]:
    known = {"low": shown(rule.to_low), "high": shown(rule.to_high)}
    found = [_("Ghi con số đo được; số ấy quy về thang %(low)s–%(high)s theo đơn vị thấp nhất và cao nhất.") % known]
    if rule.goalposts is Goalposts.FIXED and rule.low is not None and rule.high is not None:
        found = [
            _("Ghi con số đo được; mốc %(from)s–%(to)s quy về thang %(low)s–%(high)s.")
            % {**known, "from": shown(rule.low), "to": shown(rule.high)}
        ]
    else:
        found.append(_("Điểm chỉ có khi biết số của mọi đơn vị."))
    if criterion.direction < 0:
        found.append(_("Số càng nhỏ càng tốt."))
    return found


def worked(criterion: Criterion, value: Value, below: Value, points: Points) -> str:
    """The sum of one answer: 90 / 96 = 93,75%; 6 × 93,75% = 5,63 điểm. Empty where there is nothing to say."""
    rule = criterion.rule
    if isinstance(rule, Gathering) or value is None:
        return ""
    if points is None:
        return _("Chưa tính được điểm: còn cần số của các đơn vị khác.") if _needs_others(criterion) else ""
    known = {"points": shown(points), "most": shown(criterion.frame.most), "value": _words(value)}
    match rule:
        case Ratio(percent=False) if isinstance(value, Fraction) and isinstance(below, Fraction) and below:
            known |= {"below": shown(below), "share": shown(value / below * 100, 2)}
            return _("%(value)s / %(below)s = %(share)s%%, được %(points)s trong %(most)s điểm") % known
        case Options() | Tiers() | Counted() | Deduction() | Survey() | Ratio() | Scaled():
            return _("%(value)s, được %(points)s trong %(most)s điểm") % known
        case _:
            return _("%(points)s trong %(most)s điểm") % known


def _needs_others(criterion: Criterion) -> bool:
    rule = criterion.rule
    return isinstance(rule, Relative) or (isinstance(rule, Scaled) and rule.goalposts is not Goalposts.FIXED)


def _words(value: Value) -> str:
    return shown(value) if isinstance(value, Fraction) else str(value or "")
