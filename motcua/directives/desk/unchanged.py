"""Boards and lists of tasks are drawn again only after something happened: tasks, agencies, posts and documents write the journal."""

from motcua.base.unchanged import Unchanged
from motcua.directives.queries.mark import mark

_pages = Unchanged(mark)
kept, forget = _pages.kept, _pages.forget
