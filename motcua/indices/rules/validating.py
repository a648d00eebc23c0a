"""Whether a definition makes sense: sums, orphans, circles, units, dates, codes. Every fault at once, with its place."""

from collections import Counter
from fractions import Fraction

from motcua.indices.rules.definition import Criterion, Gathering, IndexSet
from motcua.indices.rules.kinds import Given, Info, Options, Ratio, Scaled, Survey, Tiers
from motcua.indices.rules.numbers import as_read
from motcua.indices.rules.tables import Report
from motcua.indices.terms import Goalposts, Together, _

_ADDING = (Together.SUM, Together.SHARE)
_OLDEST, _LATEST = 1990, 2100


def validate(definition: IndexSet, report: Report) -> None:
    """Note every fault of a definition."""
    _codes(definition, report)
    _dates(definition, report)
    circle = _circle(definition)
    if circle:
        report.fault(_place(circle[0]), _("tham chiếu vòng: %s") % " → ".join([*circle, circle[0]]))
    _orphans(definition, report)
    for each in definition.criteria:
        if each.is_leaf:
            _leaf(each, definition, report)
        else:
            _gatherer(each, definition, report)
        if any(link.weight <= 0 for link in each.links):
            report.fault(_place(each.code), _("trọng số phải lớn hơn 0"))
        if each.digits is not None and not 0 <= each.digits <= 12:
            report.fault(_place(each.code), _("số chữ số làm tròn phải từ 0 đến 12"))
    if not circle:
        _sums(definition, report)


def _place(code: str) -> str:
    return _("Tiêu chí %s") % code[:60]


def _codes(definition: IndexSet, report: Report) -> None:
    for code, count in Counter(each.code for each in definition.criteria).items():
        if count > 1:
            report.fault(_place(code), _("mã này dùng %d lần") % count)
    numbers = Counter(each.number for each in definition.criteria if each.number)
    for number, count in numbers.items():
        if count > 1:
            report.fault(_("STT %s") % number[:20], _("số thứ tự này dùng %d lần") % count)
    if definition.root not in definition.by_code:
        report.fault(_("Bộ chỉ số"), _("không có tiêu chí gốc “%s”") % definition.root[:60])
    elif definition.top.links:
        report.fault(_place(definition.root), _("tiêu chí gốc không nằm trong mục nào"))


def _dates(definition: IndexSet, report: Report) -> None:
    first, last = definition.year_from, definition.year_to
    if not _OLDEST <= first <= _LATEST:
        report.fault(_("Bộ chỉ số"), _("năm bắt đầu áp dụng %d không hợp lý") % first)
    if last is not None and last < first:
        report.fault(
            _("Bộ chỉ số"), _("áp dụng đến năm %(to)d, trước năm bắt đầu %(from)d") % {"to": last, "from": first}
        )
    if last is not None and last > _LATEST:
        report.fault(_("Bộ chỉ số"), _("năm kết thúc %d không hợp lý") % last)
    if not definition.units:
        report.fault(_("Bộ chỉ số"), _("chưa nói bộ này đánh giá loại đơn vị nào (units)"))
    if definition.unit_count is not None and definition.unit_count < 1:
        report.fault(_("Bộ chỉ số"), _("số đơn vị phải từ 1"))
    if definition.tolerance < 0:
        report.fault(_("Bộ chỉ số"), _("sai số cho phép không được âm"))


def _circle(definition: IndexSet) -> list[str]:
    """The codes of one circle, or nothing. Walked by hand: a definition from outside may be thousands deep."""
    above = {each.code: [link.parent for link in each.links] for each in definition.criteria}
    done: set[str] = set()
    for start in above:
        trail: list[str] = []
        on_trail: set[str] = set()
        waiting: list[tuple[str, bool]] = [(start, False)]
        while waiting:
            code, leaving = waiting.pop()
            if leaving:
                on_trail.discard(trail.pop())
                done.add(code)
            elif code in on_trail:
                return trail[trail.index(code) :]
            elif code not in done and code in above:
                trail.append(code)
                on_trail.add(code)
                waiting.append((code, True))
                waiting.extend((parent, False) for parent in above[code])
    return []


def _orphans(definition: IndexSet, report: Report) -> None:
    for each in definition.criteria:
        for link in each.links:
            if link.parent not in definition.by_code:
                report.fault(_place(each.code), _("thuộc mục “%s” không có trong bộ này") % link.parent[:60])
            elif definition.by_code[link.parent].is_leaf:
                report.fault(
                    _place(each.code),
                    _("thuộc “%s”, là tiêu chí thành phần nên không thể có mục con") % link.parent[:60],
                )
        if not each.links and each.code != definition.root and not each.is_view:
            report.fault(_place(each.code), _("không thuộc mục nào"))
        parents = Counter(link.parent for link in each.links)
        if any(count > 1 for count in parents.values()):
            report.fault(_place(each.code), _("thuộc cùng một mục hai lần"))


def _leaf(one: Criterion, definition: IndexSet, report: Report) -> None:
    rule = one.rule
    if isinstance(rule, Info):
        return
    if not one.unit:
        report.fault(_place(one.code), _("thiếu đơn vị tính (unit)"))
    if isinstance(rule, Scaled):
        _scale(one, rule, report)
    elif one.most is None:
        report.fault(_place(one.code), _("thiếu điểm tối đa (max)"))
    elif one.most < one.least or (one.most <= 0 and not isinstance(rule, Given)):
        report.fault(_place(one.code), _("điểm tối đa %s phải lớn hơn điểm tối thiểu") % as_read(one.most))
    elif isinstance(rule, Options):
        _options(one, rule, one.most, report)
    elif isinstance(rule, Tiers):
        _tiers(one, rule, one.most, report)
    if isinstance(rule, Ratio) and (rule.full_at <= 0 or (rule.floor is not None and not 0 <= rule.floor <= 1)):
        report.fault(_place(one.code), _("ngưỡng đủ điểm phải lớn hơn 0, sàn phải từ 0 đến 1"))
    if isinstance(rule, Survey) and rule.low >= rule.high:
        report.fault(_place(one.code), _("thang khảo sát phải có mốc dưới nhỏ hơn mốc trên"))


def _scale(one: Criterion, rule: Scaled, report: Report) -> None:
    if rule.goalposts is Goalposts.FIXED and (rule.low is None or rule.high is None):
        report.fault(_place(one.code), _("hai mốc cố định phải có mốc dưới và mốc trên"))
    if rule.low is not None and rule.high is not None and rule.low >= rule.high:
        report.fault(_place(one.code), _("mốc dưới phải nhỏ hơn mốc trên"))
    if rule.to_low >= rule.to_high:
        report.fault(_place(one.code), _("thang quy về phải có đầu dưới nhỏ hơn đầu trên"))


def _options(one: Criterion, rule: Options, most: Fraction, report: Report) -> None:
    if len(rule.options) < 2:
        report.fault(_place(one.code), _("cần ít nhất hai mức để chọn"))
        return
    for option in rule.options:
        if option.points > most or option.points < one.least:
            report.fault(
                _place(one.code),
                _("mức “%(name)s” %(points)s điểm, ngoài khoảng %(least)s–%(most)s")
                % {
                    "name": option.name[:60],
                    "points": as_read(option.points),
                    "least": as_read(one.least),
                    "most": as_read(most),
                },
            )
    if max(option.points for option in rule.options) < most:
        report.fault(_place(one.code), _("không có mức nào đạt điểm tối đa %s") % as_read(most))


def _tiers(one: Criterion, rule: Tiers, most: Fraction, report: Report) -> None:
    if not rule.tiers:
        report.fault(_place(one.code), _("chưa có bậc nào"))
        return
    for upper, lower in zip(rule.tiers, rule.tiers[1:], strict=False):
        if (upper.bound, not upper.inclusive) <= (lower.bound, not lower.inclusive):
            report.fault(_place(one.code), _("các bậc phải xếp từ cao xuống thấp, không trùng nhau"))
    if any(not one.least <= each.points <= most for each in rule.tiers) or not one.least <= rule.otherwise <= most:
        report.fault(_place(one.code), _("có bậc vượt điểm tối đa %s") % as_read(most))


def _gatherer(one: Criterion, definition: IndexSet, report: Report) -> None:
    rule = one.rule
    assert isinstance(rule, Gathering)
    if not definition.children.get(one.code):
        report.fault(_place(one.code), _("không có mục con nào tính điểm"))
    if not 0 <= rule.enough <= 1:
        report.fault(_place(one.code), _("phần cần có số liệu phải từ 0 đến 1"))
    if rule.factor <= 0:
        report.fault(_place(one.code), _("hệ số nhân phải lớn hơn 0"))


def _sums(definition: IndexSet, report: Report) -> None:
    for each in definition.criteria:
        rule = each.rule
        if not isinstance(rule, Gathering) or rule.together not in _ADDING or each.most is None:
            continue
        children = definition.children[each.code]
        if not children or any(child.most is None for child, _weight in children):
            continue
        whole = sum((weight * (child.most or 0) for child, weight in children), Fraction(0)) * rule.factor
        whole = Fraction(100) * rule.factor if rule.together is Together.SHARE else whole
        if whole != each.most:
            report.fault(
                _place(each.code),
                _("điểm tối đa %(most)s nhưng các mục con cộng lại %(sum)s")
                % {"most": as_read(each.most), "sum": as_read(whole)},
            )


def publication_objections(definition: IndexSet) -> list[str]:
    """Why results by this definition may not be published; empty when they may."""
    if not definition.is_example:
        return []
    if not definition.complete:
        return [_("Đây là bộ ví dụ: định nghĩa chưa đầy đủ. Hãy nhập phụ lục của quyết định trước khi công bố.")]
    remembered = [f"{code or definition.code} ({fact})" for code, fact, how in definition.facts() if how == "M"]
    return [
        _("Đây là bộ ví dụ, có nội dung chỉ theo trí nhớ: %s. Hãy nhập phụ lục của quyết định trước khi công bố.")
        % ", ".join(remembered[:8])
    ]
