"""The one family of errors a user can mend."""

from collections.abc import Iterable
from typing import Any


class Refused(Exception):
    """The act is refused; `objections` are the sentences shown to the user, all of them, as they are."""

    def __init__(self, objections: Iterable[str] | str) -> None:
        # A sentence still to be translated is one, too; it is known by its name, for the clock's command starts no Django.
        one_sentence = isinstance(objections, str) or type(objections).__name__ == "__proxy__"
        self.objections: list[str] = [str(one) for one in ([objections] if one_sentence else objections)]
        super().__init__(" ".join(self.objections))

    def onto(self, form: Any) -> None:
        """Every objection above a form, so that it stands beside what was typed."""
        for sentence in self.objections:
            form.add_error(None, sentence)


class Conflict(Refused):
    """Somebody else was quicker: the sentence names who did what and when."""
