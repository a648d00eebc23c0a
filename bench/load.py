"""Dossiers for the bench, written by the bulk loader of the app that owns them."""

import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from datetime import time as clock_time
from itertools import pairwise
from pathlib import Path
from random import Random

from bench import sketches
from motcua.base.clock import VIET_NAM, day_of
from motcua.demo import catalogue
from motcua.demo.applications import Applications
from motcua.demo.lives import Fate
from motcua.demo.province import ECONOMY, Cast, Office
from motcua.demo.year import Year
from motcua.dossiers.actions import bulk
from motcua.dossiers.actions.bulk import History
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Channel
from motcua.people.terms import Role

BATCH = 2000
LAST, SKETCHED = 2000, 20_000
"""The last dossiers, those that lists show first, are told act by act; fewer than so many are never sketched."""
RESTING, SPARE = 100, 200
"""Dossiers that fill a specialist's inbox whatever is moved, and those on which the raw limit is taken."""


@dataclass
class Load:
    """The province of the bench and the invention of its dossiers."""

    random: Random
    cast: Cast
    applications: Applications
    year: Year
    moving: list[int] = field(default_factory=list)
    """The dossiers that are moved on and back."""
    spare: list[int] = field(default_factory=list)
    written: int = 0
    seconds: float = 0.0
    sketched: list[sketches.Written] = field(default_factory=list)

    @property
    def office(self) -> Office:
        """The commune whose desks are measured."""
        return self.cast.communes[0]

    def up_to(self, number: int, say: Callable[[str], None]) -> None:
        """Dossiers until there are so many: the first and the last told act by act, what lies between sketched."""
        have = Dossier.objects.count()
        if number - have - LAST >= SKETCHED:
            self.sketched.append(sketches.write(self.year, number - have - LAST, say))
        begun, have = time.monotonic(), Dossier.objects.count()
        while have < number:
            part = list(self.year.histories(min(BATCH, number - have), quiet={}))
            bulk.write(part)
            have += len(part)
            self.written += len(part)
            say(f"  {have:,} dossiers")
        self.seconds += time.monotonic() - begun

    def pile(self, moving: int) -> None:
        """So many dossiers to move, some that rest, and some to spare."""
        numbers = self._before_specialists(moving + SPARE + RESTING)
        self.moving, self.spare = numbers[:moving], numbers[moving : moving + SPARE]

    def save(self, path: Path) -> None:
        """Keep what was invented, so that a later run goes on with the data of this one."""
        path.write_bytes(pickle.dumps(self))

    @staticmethod
    def saved(path: Path) -> "Load":
        """What an earlier run kept."""
        load = pickle.loads(path.read_bytes())  # noqa: S301  our own file, beside our own database
        assert isinstance(load, Load)
        kept = load.applications  # what it remembers of the catalogue is of that day
        load.applications = Applications(load.random, load.cast, scans=kept.scans, today=kept.today)
        load.applications.number, load.year.applications = kept.number, load.applications
        return load

    def _before_specialists(self, number: int) -> list[int]:
        """Dossiers that lie before a specialist whose next step is a head's review: one step on, one step back."""
        wish = self._wish()
        numbers: list[int] = []
        while len(numbers) < number:
            found = [one for one in (self._before_specialist(wish) for _n in range(BATCH)) if one]
            numbers += bulk.write(found[: number - len(numbers)])
        return numbers

    def _wish(self) -> catalogue.Wish:
        """The first procedure whose route has a specialist and then a head."""
        for wish in catalogue.COMMUNE_WISHES:
            if wish.unit != ECONOMY:
                continue
            roles = [str(one.role) for one in self.applications.offer(wish.code, Channel.COUNTER, self.year.now).route]
            if (Role.SPECIALIST, Role.UNIT_HEAD) in pairwise(roles):
                return wish
        raise LookupError("no route of the fixture has a review by the head")

    def _before_specialist(self, wish: catalogue.Wish) -> History | None:
        day = self.random.choice(self.year.at_work[-8:-4])
        moment = datetime.combine(day, clock_time(8, self.random.randint(0, 59)), tzinfo=VIET_NAM)
        application = self.applications.make(self.office, wish, Channel.COUNTER, at=moment)
        history = self.year.told(
            self.office, self.office, application, at=moment, fate=Fate(pace=0.3, stop_before="work")
        )
        verbs = [one.verb for one in history.acts]
        ready = "hand_over" in verbs and all(one.at < self.year.now - timedelta(minutes=1) for one in history.acts)
        return history if ready and day_of(history.at) == day else None
