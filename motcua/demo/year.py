"""A year of a province: on which days people come, where they go, what they ask for and what becomes of it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from motcua.base.actors import ANONYMOUS, Actor
from motcua.base.clock import day_of
from motcua.demo import catalogue, hours
from motcua.demo.applications import Applications
from motcua.demo.catalogue import Wish
from motcua.demo.hours import Hours
from motcua.demo.lives import Fate, Life, clerk_of
from motcua.demo.province import MAIN, SECOND, SINCE, Cast, Office
from motcua.dossiers.actions import ApplicationIn
from motcua.dossiers.actions.bulk import History
from motcua.dossiers.terms import Channel

YEAR: Final = timedelta(days=365)
DEPARTMENT_SHARE: Final = 0.14
ELSEWHERE_SHARE: Final = 0.25
"""Of what departments decide, so much is handed in at a commune: reception does not depend on boundaries."""
WEIGHTS: Final = {MAIN: 5.0, SECOND: 4.0}
BEFORE_TET, AFTER_TET = 10, 8
"""Days around Tết on which hardly anybody comes to an office."""


class Year:
    """Invents what ordinary people asked for between the first day and now."""

    def __init__(self, random: Random, cast: Cast, applications: Applications, office_hours: Hours, *, now: datetime):
        self.random, self.cast, self.applications, self.hours, self.now = random, cast, applications, office_hours, now
        self.first = max(day_of(now) - YEAR, SINCE)
        last = day_of(now)
        days = [self.first + timedelta(days=n) for n in range((last - self.first).days + 1)]
        self.at_work = [one for one in days if office_hours.calendar.is_working_day(one)]
        self.weights = [self._weight(one) for one in self.at_work]
        self.offices = cast.communes
        self.office_weights = [WEIGHTS.get(one.code, 2.0 if not one.highland else 1.0) for one in self.offices]

    def _weight(self, day: date) -> float:
        """More on Mondays, a little more each month, hardly anybody around Tết."""
        grown = 0.85 + 0.3 * (day - self.first).days / max(1, YEAR.days)
        return hours.WEEKDAYS[min(day.weekday(), 4)] * grown * self._around_tet(day)

    def _around_tet(self, day: date) -> float:
        for distance in range(1, max(BEFORE_TET, AFTER_TET) + 1):
            if distance <= BEFORE_TET and self.is_tet(day + timedelta(days=distance)):
                return 0.35
            if distance <= AFTER_TET and self.is_tet(day - timedelta(days=distance)):
                return 0.3
        return 1.0

    def is_tet(self, day: date) -> bool:
        """Whether the calendar says so."""
        special = self.hours.calendar.days_off.get(day)
        return special is not None and "Tết Nguyên đán" in special.name

    def histories(self, count: int, *, quiet: dict[int, datetime]) -> Iterator[History]:
        """So many dossiers; `quiet` names authorities to which nothing comes from a moment on, as others tell of it."""
        while count:
            history = self._one(quiet)
            if history is not None:
                count -= 1
                yield history

    def lately(self, offices: list[Office], count: int, *, since: datetime) -> Iterator[History]:
        """Ordinary dossiers of these offices since that moment."""
        days = [one for one in self.at_work if one >= day_of(since)]
        while count:
            office = self.random.choice(offices)
            wish = self._wish(catalogue.COMMUNE_WISHES if office in self.offices else catalogue.DEPARTMENT_WISHES)
            if wish.department and wish.department != office.code:
                continue
            receiving = office if office in self.offices else self.cast.centre
            history = self._history(office, wish, receiving, self.random.choice(days))
            if history is not None and history.at >= since:
                count -= 1
                yield history

    def _one(self, quiet: dict[int, datetime]) -> History | None:
        """One dossier of the year; None where chance put it into a time that is told otherwise, or is yet to come."""
        day = self.random.choices(self.at_work, self.weights)[0]
        office, wish, receiving = self._where()
        history = self._history(office, wish, receiving, day)
        return None if history is None or history.at >= quiet.get(office.authority, self.now) else history

    def _history(self, office: Office, wish: Wish, receiving: Office, day: date) -> History | None:
        channel = self.random.choices((Channel.COUNTER, Channel.ONLINE, Channel.POST), (0.6, 0.34, 0.06))[0]
        channel = Channel(self.applications.offer(wish.code, channel, day).channel)
        at = self._moment(channel, day)
        if at >= self.now:
            return None
        fate = self.fate(at)
        lacking = fate.before in ("asked", "unanswered") and channel is Channel.COUNTER
        application = self.applications.make(
            office, wish, channel, at=at, receiving=receiving.one_stop, lacking=lacking
        )
        return self.told(office, receiving, application, at=at, fate=fate)

    def told(
        self, office: Office, receiving: Office, application: ApplicationIn, *, at: datetime, fate: Fate
    ) -> History:
        """The life of one application, up to now."""
        clerk = clerk_of(self.random, receiving)
        life = Life(self.random, self.hours, office, application, clerk, at)
        counter = application.channel is Channel.COUNTER
        if application.offer.answered_at_once:
            life.at_once(minutes=self.random.randint(4, 25))
        else:
            life.live(fate, received_after=self.random.randint(3, 14) if counter else self.random.randint(25, 420))
        return life.history(submitter(clerk, application.channel), until=self.now)

    def _moment(self, channel: Channel, day: date) -> datetime:
        """At the counter in office hours; from home at any hour, sometimes on the weekend after."""
        if channel is not Channel.ONLINE:
            return hours.at_counter(self.random, day)
        if day.weekday() == 4 and self.random.random() < 0.3:
            day += timedelta(days=self.random.randint(1, 2))
        return hours.online(self.random, day)

    def _where(self) -> tuple[Office, Wish, Office]:
        """Who decides, on what, and where it is handed in."""
        commune = self.random.choices(self.offices, self.office_weights)[0]
        if self.random.random() >= DEPARTMENT_SHARE:
            wish = self._wish(catalogue.COMMUNE_WISHES)
            return commune, wish, commune
        wish = self._wish(catalogue.DEPARTMENT_WISHES)
        receiving = commune if self.random.random() < ELSEWHERE_SHARE else self.cast.centre
        return self.cast.of(wish.department), wish, receiving

    def _wish(self, wishes: tuple[Wish, ...]) -> Wish:
        return self.random.choices(wishes, [one.weight for one in wishes])[0]

    def fate(self, at: datetime) -> Fate:
        """Most things go well; some do not."""
        draw = self.random.random
        pace = self.random.triangular(0.25, 0.97, 0.62)
        if draw() < 0.055:
            pace = self.random.triangular(1.15, 2.4, 1.3)
        before = ""
        if (luck := draw()) < 0.03:
            before = "refused"
        elif luck < 0.10:
            before = "unanswered" if draw() < 0.13 else "asked"
        supplement = ""
        if draw() < 0.08:
            supplement = self.random.choices(("answered", "unanswered", "dropped"), (80, 12, 8))[0]
        ending = self.random.choices(("", "withdrawn", "stopped"), (972, 18, 10))[0]
        extended = not supplement and draw() < 0.03
        return Fate(
            pace=self.random.uniform(1.1, 1.8) if extended else pace,
            before=before,
            supplement=supplement,
            ending=ending,
            extended=extended,
            given_back=draw() < 0.06,
            sent_back=draw() < 0.03,
            favourable=draw() > 0.03,
            fetched=draw() > 0.02 or day_of(at) < day_of(self.now) - timedelta(days=60),
        )


def submitter(clerk: Actor, channel: Channel) -> Actor:
    """Online the applicant hands in; at the counter and by post the clerk enters it."""
    return ANONYMOUS if channel is Channel.ONLINE else clerk
