"""The one family of errors a user can mend."""

from collections.abc import Iterable

from django.utils.functional import Promise


class Refused(Exception):
    """The act is refused; `objections` are the sentences shown to the user, all of them, as they are."""

    def __init__(self, objections: Iterable[str] | str) -> None:
        one_sentence = isinstance(objections, str | Promise)  # a sentence still to be translated is one, too
        self.objections: list[str] = [str(one) for one in ([objections] if one_sentence else objections)]
        super().__init__(" ".join(self.objections))


class Conflict(Refused):
    """Somebody else was quicker: the sentence names who did what and when."""
