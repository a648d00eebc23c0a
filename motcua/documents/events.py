"""What documents announce."""

from dataclasses import dataclass

from motcua.base.events import Event


@dataclass(frozen=True, kw_only=True)
class DocumentIssued(Event):
    """A paper was given its number and kept."""

    document: int
    kind: str
    number: str
    agency: int
    about: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class DocumentSigned(Event):
    """Somebody signed it electronically; `sha256` is that of the signed copy."""

    document: int
    person: int
    certificate: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class DocumentWithdrawn(Event):
    """The issuing agency took it back; the file stays, the check says so."""

    document: int
