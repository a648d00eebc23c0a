"""Acts at the same moment, as people and programs make them: each in a thread and on a connection of its own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import close_old_connections, connection

from motcua.base.errors import Refused


def together(*acts: Callable[[], object], within: float = 120) -> list[Any]:
    """What each act answered, or the refusal it got; whatever else goes wrong in one of them is the test's to hear."""
    begun = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        close_old_connections()
        try:
            begun.wait(30)
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result(within) for each in [pool.submit(run, act) for act in acts]]
