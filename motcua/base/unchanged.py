"""What was drawn a moment ago is shown again while nothing has happened since: never an old figure, and no work done twice."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final

MOST: Final = 64
"""So many pages are kept in each process, the oldest go first: some ten megabytes."""


class Unchanged:
    """Pages that rest on the journal: whatever changes them writes an entry in its own transaction.

    So the mark of the journal, the minute, and who asks for what in which language are the key.
    """

    def __init__(self, mark: Callable[[], Hashable | None]) -> None:
        self._mark = mark
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def kept(self, request: Any, name: str, make: Callable[[], Any], *asked: Hashable) -> Any:
        """What `make` gives, made anew once an entry was written, another minute has begun, or somebody else asks."""
        now = self._mark()
        if now is None:
            return make()
        actor = request.actor
        who = (actor.id, actor.acting_for, actor.agency, actor.roles, request.LANGUAGE_CODE)
        key = (name, now, f"{request.now:%Y%m%d%H%M}", who, asked)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return made

    def forget(self) -> None:
        """Forget all of it: for another database."""
        with self._lock:
            self._kept.clear()
