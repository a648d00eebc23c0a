"""Why a decision about agencies cannot be carried out: all reasons, in words an official can act on."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.organisations.rules.naming import CODE
from motcua.organisations.rules.register import Register, Version
from motcua.organisations.rules.steps import New, Ref, Step
from motcua.organisations.terms import Change, Kind, Level

NO_DISTRICTS_SINCE: Final = date(2025, 7, 1)
"""Local government has two levels from this day (Luật Tổ chức chính quyền địa phương số 72/2025/QH15)."""

EARLIEST: Final = date(1945, 9, 2)
YEARS_AHEAD: Final = 3
LONGEST: Final = {
    "name": 200,
    "short_name": 120,
    "code": 30,
    "address": 300,
    "phone": 30,
    "decision": 200,
    "place": 120,
}

ABOVE: Final[dict[Level, frozenset[Level]]] = {
    Level.PROVINCE: frozenset(),
    Level.DEPARTMENT: frozenset({Level.PROVINCE}),
    Level.DISTRICT: frozenset({Level.PROVINCE}),
    Level.COMMUNE: frozenset({Level.PROVINCE, Level.DISTRICT}),
    Level.UNIT: frozenset(Level),
}
"""Under which levels an agency may stand."""


def objections(step: Step, register: Register, *, today: date) -> list[str]:
    """Every reason against the step; empty when it may be made. `today` bounds the years a date may name."""
    return list(
        dict.fromkeys(
            [
                *_about_the_decision(step, today),
                *_about_those_changed(step, register),
                *_about_those_that_follow(step, register),
                *_about_the_values(step, register),
                *_about_the_parent(step, register),
            ]
        )
    )


def check(step: Step, register: Register, *, today: date) -> None:
    """`Refused` with all objections, or nothing."""
    if found := objections(step, register, today=today):
        raise Refused(found)


def correction_objections(
    version: Version | None, values: Mapping[str, str | bool], *, reason: str, register: Register
) -> list[str]:
    """Every reason against mending what was written wrongly in one version."""
    found: list[str] = []
    if version is None:
        return [_("Không có thông tin của cơ quan này vào ngày đã chọn.")]
    if not reason.strip():
        found.append(_("Ghi lý do đính chính."))
    if not any(getattr(version, name) != value for name, value in values.items()):
        found.append(_("Chưa sửa thông tin nào."))
    found += _plain_values(values)
    if code := str(values.get("code", "")):
        found += _code_taken(code, version.since, version.until, {version.agency}, register)
    return found


def day_text(day: date) -> str:
    """A day as people write it: 01/07/2025."""
    return f"{day:%d/%m/%Y}"


def _about_the_decision(step: Step, today: date) -> Iterator[str]:
    if not step.decision.strip():
        yield _("Ghi số và ngày của văn bản quyết định.")
    if len(step.decision) > LONGEST["decision"]:
        yield _("Số, ngày văn bản dài quá 200 chữ.")
    if step.on < EARLIEST or step.on.year > today.year + YEARS_AHEAD:
        yield _("Ngày %(day)s không hợp lý, xem lại năm.") % {"day": day_text(step.on)}


def _about_those_changed(step: Step, register: Register) -> Iterator[str]:
    """An agency that ended cannot end again; nothing is changed before what is already recorded."""
    for agency in _numbers(step.agencies):
        last = register.history(agency)[-1]
        name = last.short_name
        if last.until is not None:
            yield _("%(name)s đã kết thúc hoạt động từ ngày %(day)s.") % {"name": name, "day": day_text(last.until)}
        elif step.on < last.since:
            yield _("%(name)s đã có thay đổi từ ngày %(day)s; chọn ngày sau đó.") % {
                "name": name,
                "day": day_text(last.since),
            }
        elif _ends(step, agency):
            yield from _about_an_end(agency, last, step, register)
    if len(set(step.agencies)) < len(step.agencies):
        yield _("Một cơ quan được chọn hai lần.")


def _about_an_end(agency: int, last: Version, step: Step, register: Register) -> Iterator[str]:
    """Nobody may be left under an agency that no longer stands."""
    if last.since == step.on:
        yield _("%(name)s vừa có thông tin mới từ chính ngày %(day)s, chưa thể kết thúc cùng ngày.") % {
            "name": last.short_name,
            "day": day_text(step.on),
        }
    closing = set(step.agencies)
    left = [
        one
        for one in register.dependants(agency, step.on)
        if one.agency not in closing and (one.level is not Level.UNIT or one.since >= step.on)
    ]
    if left:
        yield _("Còn %(count)d cơ quan trực thuộc %(name)s chưa được chuyển đi hoặc kết thúc: %(some)s.") % {
            "count": len(left),
            "name": last.short_name,
            "some": ", ".join(one.short_name for one in left[:3]) + (", …" if len(left) > 3 else ""),
        }


def _about_those_that_follow(step: Step, register: Register) -> Iterator[str]:
    """A successor must stand on the day; a merger needs several, a division too."""
    existing = _numbers(step.into)
    for agency in existing:
        last = register.history(agency)[-1]
        if register.on(agency, step.on) is None or last.until is not None:
            yield _("%(name)s không hoạt động vào ngày %(day)s nên không thể kế thừa.") % {
                "name": last.short_name,
                "day": day_text(step.on),
            }
    if len(set(existing)) < len(existing):
        yield _("Một cơ quan kế thừa được chọn hai lần.")
    match step.change:
        case Change.MERGE if set(existing) & set(step.agencies):
            yield _("Cơ quan tiếp nhận không thể đồng thời bị sáp nhập.")
        case Change.MERGE if not existing and len(step.agencies) < 2:
            yield _("Sáp nhập thành cơ quan mới cần ít nhất hai cơ quan; một cơ quan thì đổi tên.")
        case Change.SPLIT if len(step.into) < 2:
            yield _("Chia, tách cần ít nhất hai cơ quan sau đó.")
        case Change.ABOLISH if set(existing) & set(step.agencies):
            yield _("Cơ quan kết thúc không thể kế thừa chính mình.")
    if any(_is_root(agency, register) for agency in _numbers(step.agencies) if _ends(step, agency)) and any(
        not _is_root(agency, register) for agency in existing
    ):
        yield _("Tỉnh chỉ có thể sáp nhập vào tỉnh.")


def _about_the_values(step: Step, register: Register) -> Iterator[str]:
    ending = {agency for agency in _numbers(step.agencies) if _ends(step, agency)}
    for new in _new(step):
        yield from _plain_values({"name": new.name, "short_name": new.short_name, "code": new.code})
        yield from _code_taken(new.code, step.on, None, ending, register)
    codes = [new.code for new in _new(step) if new.code]
    if len(set(codes)) < len(codes):
        yield _("Hai cơ quan mới không thể dùng chung một mã.")
    if step.change in (Change.RENAME, Change.TRANSFER):
        yield from _plain_values(step.values)
        if code := str(step.values.get("code", "")):
            yield from _code_taken(code, step.on, None, set(_numbers(step.agencies)), register)
    if step.change is Change.RENAME:
        lasts = [register.history(agency)[-1] for agency in _numbers(step.agencies)]
        if not any(getattr(last, name) != value for last in lasts for name, value in step.values.items()):
            yield _("Chưa có thông tin nào thay đổi.")


def _about_the_parent(step: Step, register: Register) -> Iterator[str]:
    for new in _new(step):
        if new.level is Level.DISTRICT and step.on >= NO_DISTRICTS_SINCE:
            yield _("Từ 01/07/2025 không còn cấp huyện (Luật số 72/2025/QH15).")
        yield from _fits_under(new.level, new.parent, step, register)
    if step.change is not Change.TRANSFER:
        return
    for agency in _numbers(step.agencies):
        last = register.history(agency)[-1]
        yield from _fits_under(last.level, step.parent, step, register)
        if step.parent == last.parent:
            yield _("%(name)s đã trực thuộc cơ quan này.") % {"name": last.short_name}
        if isinstance(step.parent, int) and step.parent in register.subtree(agency, step.on):
            yield _("%(name)s không thể trực thuộc chính mình hoặc cơ quan cấp dưới của mình.") % {
                "name": last.short_name
            }


def _fits_under(level: Level, parent: Ref | None, step: Step, register: Register) -> Iterator[str]:
    if parent is None:
        if level is not Level.PROVINCE:
            yield _("Chọn cơ quan cấp trên.")
        return
    above = register.on(int(parent), step.on)
    last = register.history(int(parent))[-1]
    if above is None or last.until is not None:
        yield _("Cơ quan cấp trên, %(name)s, không hoạt động vào ngày %(day)s hoặc đã có ngày kết thúc.") % {
            "name": last.short_name,
            "day": day_text(step.on),
        }
    elif above.level not in ABOVE[level]:
        yield _("Cơ quan %(level)s không thể trực thuộc cơ quan %(above)s.") % {
            "level": level.label,
            "above": above.level.label,
        }


def _plain_values(values: Mapping[str, str | bool]) -> Iterator[str]:
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    if not texts.get("name", "-").strip() or not texts.get("short_name", "-").strip():
        yield _("Ghi tên đầy đủ và tên gọn của cơ quan.")
    for name, text in texts.items():
        if len(text) > LONGEST.get(name, 300):
            yield _("Thông tin dài quá %(longest)d chữ: %(start)s…") % {
                "longest": LONGEST.get(name, 300),
                "start": text[:30],
            }
    if "kind" in texts and texts["kind"] not in Kind.values:
        yield _("Không có loại cơ quan này.")
    code = texts.get("code", "")
    if code and not CODE.fullmatch(code):
        yield _("Mã %(code)s không đúng dạng H48.115 hoặc 000.00.53.H48.") % {"code": code[:30]}


def _code_taken(code: str, since: date, until: date | None, except_for: set[int], register: Register) -> Iterator[str]:
    for other in register.bearers(code):
        meets = (until is None or other.since < until) and (other.until is None or since < other.until)
        if meets and other.agency not in except_for:
            yield _("Mã %(code)s đang thuộc %(name)s.") % {"code": code, "name": other.short_name}


def _ends(step: Step, agency: int) -> bool:
    return step.change in (Change.MERGE, Change.SPLIT, Change.ABOLISH) and agency not in step.into


def _is_root(agency: int, register: Register) -> bool:
    return register.history(agency)[-1].level is Level.PROVINCE


def _numbers(refs: tuple[Ref | New, ...]) -> list[int]:
    return [one for one in refs if isinstance(one, int)]


def _new(step: Step) -> list[New]:
    return [one for one in step.into if isinstance(one, New)]
