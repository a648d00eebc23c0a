"""Charts: the finding in words, the drawing, the table."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.ui import charts
from motcua.ui.tags.part import part_of

register = template.Library()


@register.simple_tag
def bar_chart(title: str, rows: Sequence[Sequence[Any]], unit: str = "") -> SafeString:
    """Rows of (label, value[, url]); bars start at 0; the table stands behind one link."""
    return part_of("bar_chart", **charts.bars(title, rows, unit))


@register.simple_tag
def line_chart(
    title: str, points: Sequence[Sequence[Any]], unit: str = "", forecast: Sequence[Any] = (), table: bool = True
) -> SafeString:
    """Points of (label, value[, url]) over time; `forecast` is (label, value, low, high), drawn dashed in its band."""
    return part_of("line_chart", **charts.line(title, points, unit, forecast), with_table=table)


@register.simple_tag
def heat_table(label: str, heads: Sequence[str], rows: Sequence[Any], unit: str = "") -> SafeString:
    """Rows of (name, url, [(value, url), …]), shares of 100; darker needs a look; every figure is printed."""
    return part_of("heat_table", label=label, heads=heads, rows=charts.heat(rows), unit=unit or _("Đơn vị"))
