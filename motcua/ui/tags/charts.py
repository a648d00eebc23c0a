"""Charts: the finding in words, the drawing, the table."""

from collections.abc import Collection, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.ui import charts, comparing
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


@register.simple_tag
def rank_paths(
    title: str,
    years: Sequence[int],
    lines: Sequence[Sequence[Any]],
    among: Sequence[int],
    breaks: Collection[int] = (),
) -> SafeString:
    """Places over the years, the first on top; lines are (name, places, ours), cut where the rules changed (`breaks`)."""
    return part_of("rank_paths", **comparing.rank_paths(title, years, lines, among, breaks))


@register.simple_tag
def distribution_chart(
    title: str, values: Sequence[float], ours: float | None, name: str = "", unit: str = ""
) -> SafeString:
    """One dot for each unit with ours marked; the table tells quarters."""
    return part_of("distribution", **comparing.distribution(title, values, ours, name, unit))


@register.simple_tag
def waterfall_chart(
    title: str, start: Sequence[Any], steps: Sequence[Sequence[Any]], end: Sequence[Any], unit: str = ""
) -> SafeString:
    """From one sum to another, each (label, change) hanging where the one before ended."""
    return part_of("waterfall", **comparing.waterfall(title, start, steps, end, unit))


@register.simple_tag
def dot_plot(title: str, rows: Sequence[Sequence[Any]], unit: str = "") -> SafeString:
    """Rows of (label, ours, least, middle, most): each part beside all others on one scale."""
    heads = [_("Chúng ta"), _("Thấp nhất"), _("Đứng giữa"), _("Cao nhất")]
    return part_of("dot_plot", heads=heads, **comparing.dot_plot(title, rows, unit))
