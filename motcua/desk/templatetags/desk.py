"""The lines of the officials' lists of dossiers, drawn alike on every page."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motcua.desk.rows import Row
from motcua.ui.tags.pieces import plain_chip

register = template.Library()


@register.simple_tag
def dossier_rows(rows: Iterable[Row]) -> SafeString:
    """Rows of the table whose head is `desk/_head.html`; drawn here, for a page has fifty of them with nine values each."""
    handed_in = escape(_("nộp"))
    return mark_safe("".join(_line(one, handed_in) for one in rows))


def _line(row: Row, handed_in: str) -> str:
    left = row.remaining
    if left:
        due = plain_chip(left.kind, left.words, row.url, row.when)
    else:
        due = f'<span class="s14 mut">{handed_in} {escape(row.when)}</span>'
    return (
        f'<tr role="row"><td role="cell" class="c-due">{due}</td>'
        f'<td role="cell"><a class="main" href="{escape(row.url)}">{escape(row.procedure)}</a><small>{escape(row.label)}</small></td>'
        f'<td role="cell">{escape(row.applicant)}</td>'
        f'<td role="cell">{escape(row.step)}<small>{escape(row.office)}</small></td>'
        f'<td role="cell" class="c-act right"><a class="btn" href="{escape(row.act_url)}">{escape(row.act)}</a></td></tr>'
    )
