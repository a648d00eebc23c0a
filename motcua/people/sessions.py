"""Sessions in the database, as Django keeps them; the question that every page begins with is prepared."""

from typing import Any, Final

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.utils import timezone

from motcua.base import prepared
from motcua.base.prepared import Prepared


class SessionStore(DatabaseSessions):
    """The session behind a cookie."""

    def _get_session_from_db(self) -> Any:
        found = _SESSION.first(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
        return found


_SESSION: Final = Prepared(
    lambda: Session.objects.filter(session_key=prepared.text("key"), expire_date__gt=prepared.moment("now"))
)
