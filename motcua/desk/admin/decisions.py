"""The decisions about agencies that may be typed: what each asks for, what it makes of that, what it will do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.actors import Actor
from motcua.desk.admin import scope
from motcua.desk.admin.forms import (
    NEW,
    AbolishForm,
    DecisionForm,
    MergeForm,
    NewAgencyForm,
    RenameForm,
    SplitForm,
    TransferForm,
)
from motcua.organisations import queries, rules
from motcua.organisations.rules import Step, Version
from motcua.organisations.terms import Change, Level
from motcua.people import queries as people

Choices = list[tuple[int, str]]


@dataclass(frozen=True)
class Typed:
    """The forms of one page, read together."""

    main: Any
    new: Sequence[NewAgencyForm]

    @property
    def forms(self) -> list[forms.Form]:
        """All of them, for the summary of mistakes."""
        return [self.main, *self.new]

    @property
    def begun(self) -> list[NewAgencyForm]:
        """Where somebody wrote something."""
        return [one for one in self.new if one.is_begun]

    def decided(self) -> dict[str, Any]:
        """Day, document and note."""
        return {name: self.main.cleaned_data[name] for name in ("on", "decision", "note")}


@dataclass(frozen=True)
class Deed:
    """One kind of decision: its words, its form, the step it asks for."""

    slug: str
    label: Any
    icon: str
    form: type[DecisionForm]
    step: Callable[[Typed, Version], Step]
    choices: Callable[[Version, date], Choices] = lambda version, day: []
    new_forms: int = 0
    new_needed: Callable[[Typed], bool] = lambda typed: True
    final: bool = True
    hard: bool = False
    inside: bool = False
    """Decided inside the agency: its own administrator may."""

    def objections(self, version: Version, by: Actor, day: date) -> list[str]:
        """Why it cannot be decided at all, before anything is typed."""
        found = []
        last = queries.history(version.agency)[-1]
        if last.until is not None:
            found.append(
                _("%(name)s kết thúc hoạt động từ ngày %(day)s.")
                % {"name": last.short_name, "day": f"{last.until:%d/%m/%Y}"}
            )
        check = scope.inside_objections if self.inside else scope.change_objections
        return found + check(version.agency, by, day)


def peers(version: Version, day: date) -> Choices:
    """Those of the same level under the same parent; a merger and a takeover happen among them."""
    found = [one for one in queries.children_on(version.parent, day) if one.level is version.level]
    return [(one.agency, one.short_name) for one in found if one.agency != version.agency]


def peers_and_self(version: Version, day: date) -> Choices:
    """The same, itself first: in a merger it may be the one that stays."""
    return [(version.agency, version.short_name), *peers(version, day)]


def heirs(version: Version, day: date) -> Choices:
    """Who may take over: a unit's office too."""
    above = queries.version_on(version.parent, day) if version.level is Level.UNIT and version.parent else None
    return [*([(above.agency, above.short_name)] if above else []), *peers(version, day)]


def possible_parents(version: Version, day: date) -> Choices:
    """Offices (for a unit), else the provinces."""
    nodes = [node.version for node in queries.tree_on(day)]
    levels = set(Level) - {Level.UNIT} if version.level is Level.UNIT else {Level.PROVINCE, Level.DISTRICT}
    return [(one.agency, one.short_name) for one in nodes if one.level in levels and one.agency != version.agency]


def _opening(typed: Typed, version: Version) -> Step:
    return rules.opening(typed.new[0].new(version.agency), **typed.decided())


def _renaming(typed: Typed, version: Version) -> Step:
    values = typed.main.values()
    changed = {name: value for name, value in values.items() if getattr(version, name) != value}
    return rules.renaming(version.agency, **typed.decided(), **changed)


def _transferring(typed: Typed, version: Version) -> Step:
    code = typed.main.cleaned_data["code"]
    values = {"code": code} if code else {}
    return rules.transferring(version.agency, to=typed.main.cleaned_data["to"], **typed.decided(), **values)


def _merging(typed: Typed, version: Version) -> Step:
    chosen = (version.agency, *typed.main.chosen(*MergeForm.WITH))
    into: int = typed.main.cleaned_data["into"]
    if into == NEW:
        return rules.merging(chosen, into=typed.new[0].new(version.parent), **typed.decided())
    return rules.merging(tuple(one for one in chosen if one != into), into=into, **typed.decided())


def _splitting(typed: Typed, version: Version) -> Step:
    stays = (version.agency,) if typed.main.cleaned_data["stays"] else ()
    new = tuple(one.new(version.parent) for one in typed.begun)
    return rules.splitting(version.agency, into=(*stays, *new), **typed.decided())


def _abolishing(typed: Typed, version: Version) -> Step:
    return rules.abolishing(version.agency, successors=typed.main.chosen(*AbolishForm.HEIRS), **typed.decided())


_ALL: Final = (
    Deed("doi-ten", gettext_lazy("Đổi tên, mã, địa chỉ"), "pen-line", RenameForm, _renaming, final=False),
    Deed("mo-don-vi", gettext_lazy("Lập cơ quan, đơn vị bên trong"), "plus", DecisionForm, _opening, new_forms=1, inside=True),
    Deed("chuyen", gettext_lazy("Chuyển cơ quan quản lý"), "arrow-right", TransferForm, _transferring, possible_parents),
    Deed(
        "sap-nhap", gettext_lazy("Sáp nhập"), "merge", MergeForm, _merging, peers_and_self, new_forms=1, hard=True,
        new_needed=lambda typed: typed.main.cleaned_data.get("into") == NEW,
    ),
    Deed("chia-tach", gettext_lazy("Chia, tách"), "split", SplitForm, _splitting, new_forms=3, hard=True),
    Deed("ket-thuc", gettext_lazy("Kết thúc hoạt động"), "circle-x", AbolishForm, _abolishing, heirs, hard=True),
)  # fmt: skip
DEEDS: Final = {one.slug: one for one in _ALL}


def consequences(step: Step, version: Version) -> list[str]:
    """What the decision will do, line by line, for the page before it is made."""
    named, day = queries.full_names_on(_ids(step), step.on, short=True), f"{step.on:%d/%m/%Y}"
    heirs_named = [named[one] if isinstance(one, int) else one.short_name for one in step.into]  # type: ignore[union-attr,index]
    lines = []
    match step.change:
        case Change.OPEN:
            lines.append(_("%(name)s bắt đầu hoạt động.") % {"name": heirs_named[0]})
        case Change.TRANSFER:
            to = named[int(step.parent or 0)]
            lines.append(
                _("%(name)s và mọi đơn vị bên trong trực thuộc %(to)s.") % {"name": version.short_name, "to": to}
            )
        case _:
            ending = [one for one in step.agencies if one not in step.into]
            lines += [_("%(name)s kết thúc hoạt động.") % {"name": named[int(one)]} for one in ending]
            lines += _left_behind([int(one) for one in ending], step.on)
            who = _("%(names)s kế thừa hồ sơ và việc đang dở.") % {"names": ", ".join(heirs_named)}
            lines.append(who if heirs_named else _("Không cơ quan nào kế thừa."))
    return [_("Từ ngày %(day)s:") % {"day": day}, *lines]


def _left_behind(ending: list[int], day: date) -> list[str]:
    inside = [queries.subtree_ids(one, day) for one in ending]
    units = sum(max(0, len(one) - 1) for one in inside)
    posts = people.officials(day=day, agencies=[one for each in inside for one in each]).count()
    lines = []
    if units:
        lines.append(_("%(n)d phòng, bộ phận bên trong kết thúc theo.") % {"n": units})
    if posts:
        lines.append(
            _("%(n)d cán bộ ở đó chuyển sang nơi kế thừa; ai chưa rõ làm tiếp ở đâu thì chờ chọn ở trang Cán bộ.")
            % {"n": posts}
        )
    return lines


def _ids(step: Step) -> list[int]:
    return [one for one in (*step.agencies, *step.into, step.parent) if isinstance(one, int)]
