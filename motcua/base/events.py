"""What happened: plain values in the past tense, written into the journal and answered by apps above."""

from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime, time
from decimal import Decimal
from types import UnionType
from typing import Any, ClassVar, get_args, get_origin, get_type_hints

type_of_name: dict[str, type["Event"]] = {}
"""Every event class by its journal name, so that an entry can be read back as an event."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of all events. Fields are ids and plain values: no rows, no floats, no personal values."""

    journal_name: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        app = cls.__module__.removeprefix("motcua.").split(".")[0]
        cls.journal_name = f"{app}.{cls.__name__}"
        type_of_name[cls.journal_name] = cls

    def values(self) -> dict[str, Any]:
        """The fields as JSON knows them; what is empty is left out."""
        found = {name: plain(getattr(self, name)) for name in _names_of(type(self))}
        return {name: value for name, value in found.items() if value is not None}


_names: dict[str, tuple[str, ...]] = {}


def _names_of(event: type[Event]) -> tuple[str, ...]:
    """The names of its fields, looked up once per class."""
    if event.journal_name not in _names:
        _names[event.journal_name] = tuple(one.name for one in fields(event))
    return _names[event.journal_name]


def plain(value: Any) -> Any:
    """A value as the journal keeps it: moments and days as ISO text, decimals as text; a float is refused."""
    match value:
        case None | bool() | int() | str():
            return str(value) if isinstance(value, str) else value
        case datetime() | date() | time():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case list() | tuple():
            return [plain(one) for one in value]
        case dict():
            return {str(key): plain(one) for key, one in value.items()}
        case _:
            raise TypeError(f"the journal keeps no {type(value).__name__}: {value!r}")


def read_back(name: str, values: dict[str, Any]) -> Event | None:
    """The event that an entry holds, each value of the kind its field names; None if no living class bears that name."""
    cls = type_of_name.get(name)
    if cls is None:
        return None
    known = {}
    for one in fields(cls):
        if one.name in values:
            known[one.name] = _revive(_kinds_of(cls)[one.name], values[one.name])
        elif one.default is MISSING:
            known[one.name] = None  # the journal leaves out what is None
    return cls(**known)


_kinds: dict[str, dict[str, frozenset[Any]]] = {}


def _kinds_of(cls: type[Event]) -> dict[str, frozenset[Any]]:
    """For each field the types its values may have: of `date | None` a date or nothing. Looked up once per class."""
    if cls.journal_name in _kinds:
        return _kinds[cls.journal_name]
    each = {
        name: get_args(hint) if isinstance(hint, UnionType) else (hint,) for name, hint in get_type_hints(cls).items()
    }
    _kinds[cls.journal_name] = {
        name: frozenset(get_origin(one) or one for one in kinds) for name, kinds in each.items()
    }
    return _kinds[cls.journal_name]


def _revive(kinds: frozenset[Any], value: Any) -> Any:
    if isinstance(value, str) and str not in kinds:
        if datetime in kinds:
            return datetime.fromisoformat(value)
        if date in kinds:
            return date.fromisoformat(value)
        if Decimal in kinds:
            return Decimal(value)
    return tuple(value) if isinstance(value, list) and tuple in kinds else value
