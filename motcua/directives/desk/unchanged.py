"""What was drawn a moment ago is shown again while nothing has happened since: never an old figure, and no work done twice.

Tasks, agencies, posts and documents change with an entry of the journal in the same transaction. So its mark
(`queries.mark`), the minute and who asks for what are the key.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final

from motcua.directives.queries.mark import mark
from motcua.people.http import PersonRequest

MOST: Final = 64
"""So many pages are kept in each process, the oldest go first: some five megabytes."""

_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def kept(request: PersonRequest, name: str, make: Callable[[], Any], *asked: Hashable) -> Any:
    """What `make` draws, drawn anew once an entry was written, another minute has begun, or somebody else asks."""
    now = mark()
    if now is None:
        return make()
    actor = request.actor
    who = (actor.id, actor.acting_for, actor.agency, actor.roles, request.LANGUAGE_CODE)
    key = (name, now, f"{request.now:%Y%m%d%H%M}", who, asked)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = make()
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made


def forget() -> None:
    """Forget all of it: for another database."""
    with _lock:
        _kept.clear()
