"""Soft references between apps that may not know each other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ref:
    """A typed pointer such as `dossiers.dossier:H48.115-261121-0001`; resolved to a page by URL name, never by a join."""

    kind: str
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """Read what `str()` wrote; a text without a colon is a `ValueError`."""
        kind, colon, key = text.partition(":")
        if not (kind and colon and key):
            raise ValueError(f"not a reference: {text!r}")
        return cls(kind, key)
