"""How many statements a request runs, sign-in and permission included; BEGIN and COMMIT (or ROLLBACK) count too."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

ASKED, TOLD = "X-Count-Statements", "X-Statements"


@dataclass
class Ran:
    """What was run: each statement with its values and whether it stood in a transaction, and the ends of transactions."""

    statements: list[tuple[str, Any, bool]] = field(default_factory=list)
    ends: int = 0

    @property
    def number(self) -> int:
        return len(self.statements) + 2 * self.ends


@contextmanager
def counted() -> Iterator[Ran]:
    """Collect the statements of this thread's connection."""
    ran = Ran()
    connection.ensure_connection()
    commit, rollback = connection._commit, connection._rollback

    def one(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        ran.statements.append((sql, params, connection.in_atomic_block))
        return execute(sql, params, many, context)

    def ended(how: Callable[[], Any]) -> Callable[[], Any]:
        def end() -> Any:
            ran.ends += 1
            return how()

        return end

    connection._commit, connection._rollback = ended(commit), ended(rollback)
    try:
        with connection.execute_wrapper(one):
            yield ran
    finally:
        del connection._commit, connection._rollback


class CountingMiddleware:
    """Answers `X-Statements` to a request with `X-Count-Statements`; all others pass untouched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if ASKED not in request.headers:
            return self.get_response(request)
        with counted() as ran:
            response = self.get_response(request)
        response.headers[TOLD] = str(ran.number)
        return response
