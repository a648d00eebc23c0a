"""The frame of a page: the bar of the desk, places, province, what the last act did."""

from functools import lru_cache
from html import escape
from typing import Any, Final, NamedTuple

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix, get_urlconf
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from motcua.ui import navigation
from motcua.ui.tags.part import part_of, seal

register = template.Library()

_SEAL: Final = "seal-of-this-page"
_PATH: Final = "/path-of-this-page"


class _User(NamedTuple):
    name: str
    is_authenticated: bool

    def __str__(self) -> str:
        return self.name


class _Asking(NamedTuple):
    """All that the bar says of who asks, and where they stand. What only one page has is put in afterwards."""

    user: _User
    place: Any
    entries: tuple[tuple[str, str, bool, int], ...]
    """Name, address, whether it is here, what waits there."""
    language: str
    urls: str
    begins: str

    @staticmethod
    def get_full_path() -> str:
        return _PATH


@register.simple_tag(takes_context=True)
def desk_bar(context: template.Context) -> SafeString:
    """The bar of the desk: the places that exist, the current one marked; `place_counts` in the context gives figures.

    It is the same on every page of one person, so it is drawn once: only the token of its forms and the way back are the page's.
    """
    request: Any = context.get("request")
    user = getattr(request, "user", None)
    found = navigation.places(navigation.DESK, request, context.get("place_counts"))
    asking = _Asking(
        _User(str(user or ""), bool(user and user.is_authenticated)),
        getattr(request, "place", None) or None,
        tuple((one.name, one.url, one.current, one.waiting) for one in found),
        get_language() or "",
        get_urlconf() or settings.ROOT_URLCONF,
        get_script_prefix(),
    )
    path = request.get_full_path() if request else "/"
    return mark_safe(_drawn(asking).replace(_SEAL, escape(seal(context))).replace(_PATH, escape(path)))


@lru_cache(maxsize=512)
def _drawn(asking: _Asking) -> str:
    labels = {one.name: one for one in navigation.DESK}
    entries = [
        labels[name]._replace(url=url, current=here, waiting=waiting) for name, url, here, waiting in asking.entries
    ]
    return render_to_string(
        "ui/parts/desk_bar.html", {"request": asking, "entries": entries, "csrf_token": mark_safe(_SEAL)}
    )


@register.simple_tag(takes_context=True)
def public_places(context: template.Context) -> list[navigation.Place]:
    """The places of the public door that exist."""
    return navigation.places(navigation.PUBLIC, context.get("request"))


@register.simple_tag
def address(name: str) -> str:
    """The URL of a name, or nothing when no app has defined it."""
    return navigation.address(name)


@register.simple_tag
def province() -> str:
    """The province this installation serves; known also on a page without context (500)."""
    return str(settings.MOTCUA_PROVINCE)


@register.simple_tag
def hotline() -> str:
    """The telephone for help."""
    return str(settings.MOTCUA_HOTLINE)


@register.simple_tag(takes_context=True)
def told(context: template.Context) -> SafeString:
    """What the last act did. An `undo:<url>` among the extra tags of a message offers "Lấy lại"."""
    said = []
    for message in context.get("messages") or ():
        undo = next((one[5:] for one in str(message.extra_tags or "").split() if one.startswith("undo:")), "")
        said.append({"text": str(message), "level": message.level_tag, "undo": undo})
    if not said:
        return SafeString("")
    return part_of("told", said=said, token=seal(context))
