"""Sign-in by allauth; who has signed in already is asked on every page, so that question is prepared."""

from typing import Any, Final

from allauth.account.auth_backends import AuthenticationBackend

from motcua.base import prepared
from motcua.base.prepared import Prepared
from motcua.people.models import Person


class Backend(AuthenticationBackend):
    """Name or e-mail address and password."""

    def get_user(self, user_id: Any) -> Person | None:
        """The person of a session, while the account is open."""
        person = _PERSON.first(pk=user_id)
        return person if person is not None and self.user_can_authenticate(person) else None


_PERSON: Final = Prepared(lambda: Person.objects.filter(pk=prepared.number("pk")))
