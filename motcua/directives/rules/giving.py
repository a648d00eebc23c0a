"""Whether a task may be given as it is worded."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from motcua.directives.terms import Kind, Recurrence

LONGEST_TITLE = 2000


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A task somebody wants to give, as plain values."""

    title: str
    given_on: date
    lead: int | None
    lead_name: str = ""
    lead_stands: bool = True
    partners: Collection[int] = ()
    kind: Kind = Kind.DATED
    due_on: date | None = None
    recurrence: Recurrence = Recurrence.NONE
    parent_due_on: date | None = None
    below_lead: bool = True
    """A part goes to a unit of the lead itself."""


def giving_objections(wish: Wish) -> list[str]:
    """Every reason why this cannot be given."""
    return [*_words(wish), *_agencies(wish), *_days(wish)]


def _words(wish: Wish) -> list[str]:
    if not wish.title.strip():
        return [_("Ghi nội dung nhiệm vụ.")]
    if len(wish.title) > LONGEST_TITLE:
        return [_("Nội dung nhiệm vụ dài quá 2.000 chữ. Viết gọn lại.")]
    return []


def _agencies(wish: Wish) -> list[str]:
    if wish.lead is None:
        return [_("Nhiệm vụ chưa có cơ quan chủ trì.")]
    found = []
    if not wish.lead_stands:
        day = f"{wish.given_on:%d/%m/%Y}"
        found.append(
            _("%(name)s không còn hoạt động ngày %(day)s. Chọn cơ quan đang hoạt động.")
            % {"name": wish.lead_name, "day": day}
        )
    if wish.lead in wish.partners:
        found.append(_("%(name)s vừa chủ trì vừa phối hợp. Chỉ chọn một.") % {"name": wish.lead_name})
    if not wish.below_lead:
        found.append(_("Nhiệm vụ con chỉ giao cho đơn vị thuộc cơ quan chủ trì."))
    return found


def _days(wish: Wish) -> list[str]:
    found = []
    if wish.kind is Kind.DATED and wish.due_on is None:
        found.append(_("Nhiệm vụ có thời hạn phải ghi ngày đến hạn."))
    if wish.kind in (Kind.OPEN_ENDED, Kind.CONSTANT) and wish.due_on is not None:
        found.append(_("Nhiệm vụ “%(kind)s” không ghi ngày đến hạn.") % {"kind": wish.kind.label})
    if (wish.kind is Kind.RECURRING) != (wish.recurrence is not Recurrence.NONE):
        found.append(_("Nhiệm vụ định kỳ phải chọn chu kỳ, nhiệm vụ khác thì không."))
    if wish.due_on is not None and wish.due_on < wish.given_on:
        known = {"due": f"{wish.due_on:%d/%m/%Y}", "given": f"{wish.given_on:%d/%m/%Y}"}
        found.append(_("Hạn %(due)s trước ngày giao %(given)s.") % known)
    if wish.due_on is not None and wish.parent_due_on is not None and wish.due_on > wish.parent_due_on:
        found.append(
            _("Hạn của nhiệm vụ con sau hạn %(day)s của nhiệm vụ chính.") % {"day": f"{wish.parent_due_on:%d/%m/%Y}"}
        )
    return found


def extension_objections(due_on: date | None, wanted_on: date, today: date) -> list[str]:
    """Every reason against the later day that is asked for or granted."""
    if due_on is not None and wanted_on <= due_on:
        return [_("Hạn mới phải sau hạn đang có là ngày %(day)s.") % {"day": f"{due_on:%d/%m/%Y}"}]
    if wanted_on < today:
        return [_("Hạn mới đã qua.")]
    return []
