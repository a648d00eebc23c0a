"""The one family of errors a user can mend."""

from collections.abc import Iterable


class Refused(Exception):
    """The act is refused; `objections` are the sentences shown to the user, all of them, as they are."""

    def __init__(self, objections: Iterable[str] | str) -> None:
        self.objections: list[str] = [objections] if isinstance(objections, str) else [str(one) for one in objections]
        super().__init__(" ".join(self.objections))


class Conflict(Refused):
    """Somebody else was quicker: the sentence names who did what and when."""
