"""The places of the two doors. An entry is shown only when some app has defined its address."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, get_script_prefix, get_urlconf, resolve, reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Place(NamedTuple):
    """One entry of a menu."""

    name: str
    label: "StrOrPromise"
    key: str = ""
    waiting: int = 0
    url: str = ""
    current: bool = False
    also: tuple[str, ...] = ()
    """Places outside its address that belong to it, by their names."""


DESK = (
    Place("desk:inbox", _("Việc của tôi"), key="v"),
    Place("dossiers_desk:reception", _("Tiếp nhận"), key="t", also=("people_desk:citizen",)),
    Place("desk:dossiers", _("Hồ sơ"), key="h"),
    Place("desk:signing", _("Chờ ký"), key="k"),
    Place("directives_desk:tasks", _("Nhiệm vụ"), key="c"),
    Place("desk:book", _("Sổ hồ sơ")),
    Place("desk:team", _("Phòng")),
    Place("dashboards_desk:home", _("Số liệu"), key="s"),
    Place("investments_desk:projects", _("Đầu tư công")),
    Place("indices:rounds", _("Chỉ số"), key="i"),
    Place("desk:admin", _("Quản trị"), also=("procedures_desk:list", "people_desk:officials")),
)
PUBLIC = (
    Place("procedures:list", _("Thủ tục")),
    Place("dossiers:track", _("Tra cứu hồ sơ")),
    Place("documents:verify", _("Kiểm tra giấy tờ")),
    Place("directives:promises", _("Việc đã hẹn")),
    Place("dashboards:glance", _("Số liệu")),
)


def address(name: str) -> str:
    """The URL of a place, or nothing when no app has it."""
    return _address(name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=512)
def _address(name: str, urls: str, _prefix: str) -> str:
    try:
        return reverse(name, urls)
    except NoReverseMatch:
        return ""


def places(
    entries: Sequence[Place], request: HttpRequest | None, counts: Mapping[str, int] | None = None
) -> list[Place]:
    """The entries that exist, with the one we stand in marked: the longest address that begins our path."""
    path = request.path if request else ""
    found = [entry._replace(url=url) for entry in entries if (url := address(entry.name)) and _may_open(url, request)]
    if counts:
        found = [entry._replace(waiting=counts.get(entry.name, 0)) for entry in found]
    within = {
        url: entry for entry in found for url in (entry.url, *map(address, entry.also)) if url and path.startswith(url)
    }
    here = within[max(within, key=len)] if within else None
    return [entry._replace(current=entry is here) for entry in found]


def _may_open(url: str, request: HttpRequest | None) -> bool:
    """A view that names its roles is shown to these only; all others to everybody."""
    allowed = getattr(_behind(url, get_urlconf() or settings.ROOT_URLCONF), "allowed_roles", None)
    if allowed is None:
        return True
    actor = getattr(request, "actor", None)
    return actor is not None and not frozenset(allowed).isdisjoint(actor.roles)


@lru_cache(maxsize=512)
def _behind(url: str, urls: str) -> object:
    """The view of an address; looked for once, for every page asks for all its places."""
    try:
        return resolve(url, urls).func
    except Resolver404:
        return None
