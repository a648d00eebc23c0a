"""The typed input of a load: who asked for what, and every act of a dossier's life with its moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.base.actors import Actor
from motcua.dossiers.actions.inputs import ApplicationIn


@dataclass(frozen=True, slots=True)
class Act:
    """One act: `verb` is the name of the action (`receive`, `hand_over`, `sign` …), `words` what it is told besides."""

    verb: str
    by: Actor
    at: datetime
    words: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class History:
    """A dossier as it was handed in, and what was done with it, in the order of time.

    Played through the actions of the same names it gives the same rows and the same journal; a test does both.
    """

    application: ApplicationIn
    by: Actor
    at: datetime
    acts: tuple[Act, ...] = ()
