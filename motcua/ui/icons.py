"""Icons: Lucide, drawn into the page on the server, one meaning each (see README)."""

import re
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

_INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@lru_cache(maxsize=512)
def drawing(name: str) -> SafeString:
    """The lines of an icon on the grid of 24; an unknown name is a mistake in a template and stops the page."""
    found = _INNER.search(str(lucide(str(name), size=None)))
    lines = found.group(1) if found else ""
    return mark_safe(re.sub(r"\s*\n\s*", "", lines).replace(" />", "/>"))


def svg(name: str, *, label: str = "") -> SafeString:
    """The icon as inline SVG: silent beside a word, named when it stands alone."""
    if label:
        return format_html(
            '<svg class="i" viewBox="0 0 24 24" width="20" height="20" role="img" aria-label="{}">{}</svg>',
            label,
            drawing(name),
        )
    return _silent(name)


@lru_cache(maxsize=512)
def _silent(name: str) -> SafeString:
    return format_html(
        '<svg class="i" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">{}</svg>', drawing(name)
    )
