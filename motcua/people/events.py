"""What people announces. Numbers of rows only: no names, no papers, no addresses."""

from dataclasses import dataclass
from datetime import date

from motcua.base.events import Event


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(Event):
    """A person became known: `way` is online, code, counter, import, provider or office."""

    person: int
    way: str


@dataclass(frozen=True, kw_only=True)
class IdentityChecked(Event):
    """An official held the identity paper in hand, or a provider vouched for it."""

    person: int


@dataclass(frozen=True, kw_only=True)
class AccountTakenBack(Event):
    """An account that somebody had opened under another's number lost its password, keys, telephone and mail."""

    person: int


@dataclass(frozen=True, kw_only=True)
class PersonCorrected(Event):
    """Facts of a person were changed; `fields` names which, not to what."""

    person: int
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PersonLocked(Event):
    """The account of a person was closed, or opened again."""

    person: int
    locked: bool


@dataclass(frozen=True, kw_only=True)
class PasswordSet(Event):
    """A password was set by `way`: invitation, administrator or import."""

    person: int
    way: str


@dataclass(frozen=True, kw_only=True)
class BusinessRegistered(Event):
    """A business became known."""

    business: int


@dataclass(frozen=True, kw_only=True)
class PersonAppointed(Event):
    """A person took a post in an agency."""

    post: int
    person: int
    agency: int
    role: str
    since: date


@dataclass(frozen=True, kw_only=True)
class PostEnded(Event):
    """A post has a last day."""

    post: int
    person: int
    agency: int
    role: str
    until: date


@dataclass(frozen=True, kw_only=True)
class PostMoved(Event):
    """The agency of a post ended, and the post goes on in the one that took over; `post` is the new one, if one was needed."""

    was_post: int
    was_agency: int
    post: int | None
    person: int
    agency: int
    role: str
    on: date
    decision: str


@dataclass(frozen=True, kw_only=True)
class RoleDelegated(Event):
    """An official lets a colleague act in one role."""

    delegation: int
    giver: int
    receiver: int
    agency: int
    role: str
    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class DelegationRevoked(Event):
    """A delegation ended before its last day."""

    delegation: int
    giver: int
    receiver: int


@dataclass(frozen=True, kw_only=True)
class PersonInvited(Event):
    """A letter with a link for the first password was queued."""

    person: int
