"""The frame of a page: places, province, what the last act did."""

from django import template
from django.conf import settings
from django.utils.safestring import SafeString

from motcua.ui import navigation
from motcua.ui.tags.part import part_of, seal

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_places(context: template.Context) -> list[navigation.Place]:
    """The places of the desk that exist, the current one marked; `place_counts` in the context gives figures."""
    return navigation.places(navigation.DESK, context.get("request"), context.get("place_counts"))


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
