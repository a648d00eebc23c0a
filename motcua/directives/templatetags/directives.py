"""How a task stands, drawn alike on every page."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.directives.desk.page import TAGS, chip
from motcua.directives.models import Task
from motcua.directives.queries import PublicRow, Row
from motcua.directives.terms import Status
from motcua.ui.tags.pieces import due_chip, tag

register = template.Library()


@register.simple_tag
def task_chip(row: Row) -> SafeString:
    """The due chip of a line of a list."""
    return due_chip(chip(row.task.status, row.task.due_on, row.left, row.late))


@register.simple_tag
def task_tag(task: Task) -> SafeString:
    """The status of a task: icon and word."""
    kind, icon = TAGS[Status(task.status)]
    return tag(kind, icon, str(Status(task.status).label))


@register.simple_tag
def promise_tag(row: PublicRow) -> SafeString:
    """Done, late, or under way: for everybody, in three words."""
    if row.done:
        return tag("la", "circle-check", _("Đã xong, trễ %(n)d ngày") % {"n": row.late} if row.late else _("Đã xong"))
    if row.late:
        return tag("son", "clock-alert", _("Trễ %(n)d ngày") % {"n": row.late})
    return tag("nuoc", "circle-dot", _("Đang làm"))
