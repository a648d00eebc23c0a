"""How far an administrator's hand reaches: the agency of the post and what stands under it, the province everything."""

from datetime import date

from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.organisations import queries as organisations
from motcua.organisations.terms import Level


def is_provincial(by: Actor, day: date) -> bool:
    """Whether the post is held at the province itself."""
    own = organisations.version_on(by.agency, day) if by.agency else None
    return own is not None and own.level is Level.PROVINCE


def change_objections(agency: int, by: Actor, day: date) -> list[str]:
    """Why this person may not change the agency itself: a commune does not rename or end itself."""
    if by.agency is not None and is_provincial(by, day):
        if organisations.root_of(agency) == organisations.root_of(by.agency):
            return []
        return [_("Cơ quan này thuộc tỉnh khác.")]
    if by.agency is not None and agency != by.agency and agency in organisations.subtree_ids(by.agency, day):
        return []
    return [_("Chỉ quản trị của cơ quan cấp trên được quyết định thay đổi này.")]


def inside_objections(agency: int | None, by: Actor, day: date) -> list[str]:
    """Why this person may not decide inside the agency: its units, its calendar. None is the whole province."""
    if agency is None:
        return [] if is_provincial(by, day) else [_("Lịch chung của tỉnh do quản trị cấp tỉnh đặt.")]
    return [] if agency == by.agency else change_objections(agency, by, day)
