"""How a task stands, drawn alike on every page."""

from collections.abc import Iterable
from functools import cache
from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from motcua.directives.desk.page import TAGS, chip
from motcua.directives.models import Task
from motcua.directives.queries import PublicRow, Row
from motcua.directives.terms import GivenBy, Status
from motcua.ui.tags.pieces import plain_chip, tag

register = template.Library()
LONGEST_TITLE = 170


@register.simple_tag
def task_rows(rows: Iterable[Row]) -> SafeString:
    """The lines of a list of tasks: drawn here and not by a template, for a page has fifty with a dozen values each."""
    return mark_safe("".join(map(_Lines().line, rows)))


class _Lines:
    """What the lines of one page have in common, looked for once: the address, words in the reader's language."""

    CODE = "CODE"

    def __init__(self) -> None:
        self.address = escape(reverse("directives_desk:task", args=[self.CODE]))
        self.given_by = cache(lambda one: escape(str(GivenBy(one).label)))
        self.tag = cache(lambda status: tag(*TAGS[Status(status)], str(Status(status).label)))
        self.followed, self.asking = escape(_("theo dõi")), escape(_("đang xin gia hạn"))

    def line(self, row: Row) -> str:
        """One task: when, what, who answers for it, how it stands, who works on it."""
        task = row.task
        document = f" · {escape(task.directive.number)}" if task.directive else ""
        title = task.title if len(task.title) <= LONGEST_TITLE else Truncator(task.title).chars(LONGEST_TITLE)
        return (
            f'<tr role="row"><td class="c-due" role="cell">{self._due(row)}</td>'
            f'<td role="cell"><a class="main" href="{self.address.replace(self.CODE, escape(task.code))}">{escape(title)}</a>'
            f"<small>{escape(task.code)}{document} · {self.given_by(task.given_by)}</small></td>"
            f'<td role="cell">{escape(row.lead_name)}</td>'
            f'<td role="cell">{self.tag(task.status)}{self._under_way(task)}</td>'
            f'<td role="cell">{self._who(task)}</td></tr>'
        )

    def _due(self, row: Row) -> str:
        task = row.task
        left = chip(task.status, task.due_on, row.left, row.late)
        drawn = plain_chip(left.kind, left.words)
        if not task.due_on:
            return drawn
        more = f" · {escape(_('gia hạn %(n)s lần') % {'n': task.extensions})}" if task.extensions else ""
        return f'{drawn}<span class="due-sub">{task.due_on:%d/%m/%Y}{more}</span>'

    def _under_way(self, task: Task) -> str:
        if task.asking:
            return f"<small>{self.asking}</small>"
        if task.progress and task.status == Status.DOING:
            return f"<small>{escape(_('tiến độ %(n)s%%') % {'n': task.progress})}</small>"
        return ""

    def _who(self, task: Task) -> str:
        if task.assignee:
            return escape(task.assignee.full_name)
        if task.follower:
            return f"{escape(task.follower.full_name)}<small>{self.followed}</small>"
        return '<span class="mut">–</span>'


@register.simple_tag
def promise_tag(row: PublicRow) -> SafeString:
    """Done, late, or under way: for everybody, in three words."""
    if row.done:
        return tag("la", "circle-check", _("Đã xong, trễ %(n)d ngày") % {"n": row.late} if row.late else _("Đã xong"))
    if row.late:
        return tag("son", "clock-alert", _("Trễ %(n)d ngày") % {"n": row.late})
    return tag("nuoc", "circle-dot", _("Đang làm"))
