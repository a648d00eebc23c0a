"""What the names in a document mean on its day: one agency, an old name, a group, or nobody we know."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.language import in_vietnamese
from motcua.directives.rules.naming import group_of, in_full, without_title
from motcua.organisations import queries as organisations
from motcua.organisations.rules.naming import NAMES_APART, accented_words, words
from motcua.organisations.rules.register import Version
from motcua.organisations.terms import Level


@dataclass(frozen=True)
class Resolved:
    """One printed name: the agencies it means (several for a group), or a sentence that says why it means none."""

    printed: str
    agencies: tuple[int, ...] = ()
    group: str = ""
    sentence: str = ""
    suggested: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """How a proposal keeps it."""
        return {
            "printed": self.printed,
            "agencies": list(self.agencies),
            "group": self.group,
            "sentence": self.sentence,
            "suggested": list(self.suggested),
        }


@in_vietnamese()
def resolve(printed: str, *, day: date, root: int) -> Resolved:
    """The agencies of the province that a name meant on that day.

    An agency that ended before the day is not taken in silence: the sentence says who followed it.
    """
    name = in_full(without_title(printed))
    day = max(day, _recorded_from(root))
    group = group_of(name)
    if group is not None:
        members = [node.version for node in organisations.tree_on(day, root)]
        found = tuple(one.agency for one in members if one.kind in group.kinds and one.level is not Level.UNIT)
        if found:
            return Resolved(printed, found, group=group.name)
        return Resolved(
            printed, group=group.name, sentence=_("Ngày %(day)s không có %(group)s nào.") % _known(day, group.name)
        )
    candidates = _named(name, day, root)
    standing = _with_marks(name, [one for one in candidates if one.holds_on(day)])
    if len({one.agency for one in standing}) == 1:
        return Resolved(printed, (standing[0].agency,))
    if standing:
        agencies = tuple(dict.fromkeys(one.agency for one in standing))
        return Resolved(
            printed, sentence=_("“%(name)s” có thể là nhiều cơ quan. Chọn một.") % {"name": printed}, suggested=agencies
        )
    if candidates:
        return _of_another_day(printed, candidates[-1], day)
    return Resolved(
        printed,
        sentence=_("Không thấy “%(name)s” trong danh sách cơ quan ngày %(day)s.")
        % {"name": printed, "day": f"{day:%d/%m/%Y}"},
    )


def _recorded_from(root: int) -> date:
    """The first day of which the register knows the province; older documents are read by the agencies of that day."""
    history = organisations.history(root)
    return history[0].since if history else date.min


def _known(day: date, group: str) -> dict[str, str]:
    return {"day": f"{day:%d/%m/%Y}", "group": group}


def _named(name: str, day: date, root: int) -> list[Version]:
    """Versions of the province whose name is exactly this one, oldest first."""
    wanted = {words(name)}
    bare = words(name)
    register = organisations.register()
    if bare in ("uy ban nhan dan tinh", "ubnd tinh", "tinh", "uy ban nhan dan"):
        own = register.on(root, day)
        return [own] if own else []
    province = register.nearest(root, day)
    if province is not None and province.place:
        # "Sở Tài chính tỉnh Quảng Ngãi", "UBND xã Ba Tơ, tỉnh Quảng Ngãi": the province's own name adds nothing
        tail = f" {words(province.place)}"
        wanted |= {one.removesuffix(tail) for one in tuple(wanted)}
    wanted |= {f"uy ban nhan dan {one}" for one in tuple(wanted) if one.startswith(("xa ", "phuong ", "dac khu "))}
    wanted |= {f"{one} tinh" for one in tuple(wanted) if one == "van phong uy ban nhan dan"}
    found = [
        one
        for one in register.versions.values()
        if one.level is not Level.UNIT
        and register.roots.get(one.agency) == root
        and not wanted.isdisjoint(one.search.split(NAMES_APART))
    ]
    in_line = [one for one in found if one.agency == root or _under(one, root, day)]
    return sorted(in_line or found, key=lambda one: (one.since, one.agency))


def _with_marks(name: str, found: list[Version]) -> list[Version]:
    """Ba Tơ and Ba Tô are two communes: of several the one that is written with the same marks."""
    if len(found) < 2:
        return found
    marked = accented_words(name)
    same = [
        one
        for one in found
        for each in (one.name, one.short_name, one.place)
        if f"{marked} ".startswith(f"{accented_words(each)} ")
    ]
    return same or found


def _under(version: Version, root: int, day: date) -> bool:
    """Whether the agency stood under this very province, not under one that merged into it later."""
    when = day if version.holds_on(day) else version.since
    return any(one.agency == root for one in organisations.ancestors(version.agency, when))


def _of_another_day(printed: str, version: Version, day: date) -> Resolved:
    told = f"{day:%d/%m/%Y}"
    if version.since > day:
        sentence = _("%(name)s chưa thành lập ngày %(day)s.") % {"name": printed, "day": told}
        return Resolved(printed, sentence=sentence, suggested=(version.agency,))
    heirs = organisations.as_now([version.agency], day)[version.agency]
    names = ", ".join(organisations.names_on(heirs, day).values())
    ended = f"{version.until:%d/%m/%Y}" if version.until else ""
    if names:
        sentence = _("%(name)s không còn từ ngày %(ended)s, trước ngày văn bản; nay là %(heirs)s. Chọn cơ quan.") % {
            "name": printed,
            "ended": ended,
            "heirs": names,
        }
    else:
        sentence = _("%(name)s không còn từ ngày %(ended)s, trước ngày văn bản, không có cơ quan kế thừa.") % {
            "name": printed,
            "ended": ended,
        }
    return Resolved(printed, sentence=sentence, suggested=heirs)
