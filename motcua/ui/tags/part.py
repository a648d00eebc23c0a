"""How a component draws itself: its own small template, with exactly the values it was given."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe


def part_of(component: str, /, **values: Any) -> SafeString:
    """The drawn component; its template escapes what it is given."""
    return mark_safe(render_to_string(f"ui/components/{component}.html", values))


def seal(context: Any) -> str:
    """The seal for a form that posts, or nothing where no request is at hand."""
    token = str(context.get("csrf_token", "") or "")
    return "" if token == "NOTPROVIDED" else token  # noqa: S105  a word of Django, no secret
