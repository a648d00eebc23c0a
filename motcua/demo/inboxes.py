"""What lies on the desks of the printed sign-ins today: late, due today, given back, waiting for a signature."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from motcua.base.clock import VIET_NAM, day_of
from motcua.demo import hours
from motcua.demo.applications import Applications
from motcua.demo.catalogue import Wish
from motcua.demo.hours import Hours
from motcua.demo.lives import Fate, Life
from motcua.demo.province import CULTURE, OFFICE, Cast, Office
from motcua.demo.year import submitter
from motcua.dossiers.actions.bulk import History
from motcua.dossiers.terms import Channel
from motcua.people.models import Person
from motcua.people.terms import Role
from motcua.workdays import rules as clock

LATE, TODAY, SOON, LATER = (-6, -1), (0, 0), (1, 3), (4, 9)
"""Due so many working days from now."""
BACK: Final = 45
"""So many days back at most something on a desk was received."""

SHOP, HOUSE, LAND, USE = Wish("1.001612", 1), Wish("1.013225", 1), Wish("1.013978", 1), Wish("1.013949", 1)
ALLOWANCE, POOR = Wish("1.001776", 1, CULTURE), Wish("1.011607", 1, CULTURE)
SINGLE, BIRTH, AGAIN = Wish("1.004873", 1, OFFICE), Wish("1.001193", 1, OFFICE), Wish("1.004884", 1, OFFICE)
COMPANY, CHANGE = Wish("2.001199", 1, department="H48.009"), Wish("2.002041", 1, department="H48.009")


@dataclass(frozen=True, slots=True)
class Pile:
    """So many dossiers of one kind at one stage."""

    stage: str
    count: int
    wishes: tuple[Wish, ...]
    late: int = 0
    today: int = 0


COMMUNE_PILES: Final = (
    Pile("received", 5, (SHOP, HOUSE, ALLOWANCE, SINGLE), today=1),
    Pile("head", 13, (HOUSE, LAND, USE), late=1, today=1),
    Pile("work", 14, (SHOP, HOUSE, LAND, USE), late=2, today=3),
    Pile("given_back", 3, (SHOP,), today=1),
    Pile("waiting", 4, (HOUSE, SHOP, ALLOWANCE)),
    Pile("check", 6, (HOUSE, LAND, USE), late=1, today=1),
    Pile("work", 9, (ALLOWANCE,), late=1, today=1),
    Pile("head", 5, (ALLOWANCE, POOR), today=1),
    Pile("work", 9, (SINGLE, AGAIN, BIRTH), late=1, today=2),
    Pile("draft", 3, (SHOP, HOUSE, ALLOWANCE), today=1),
    Pile("sign", 16, (SHOP, HOUSE, ALLOWANCE, SINGLE, LAND), late=2, today=3),
    Pile("records", 12, (SHOP, HOUSE, BIRTH, SINGLE)),
    Pile("pickup", 7, (SHOP, BIRTH, HOUSE)),
)
DEPARTMENT_PILES: Final = (
    Pile("received", 3, (COMPANY, CHANGE)),
    Pile("head", 8, (COMPANY, CHANGE), late=1, today=2),
    Pile("work", 9, (COMPANY, CHANGE), late=1, today=2),
    Pile("waiting", 2, (COMPANY,)),
    Pile("check", 4, (CHANGE,), today=1),
    Pile("draft", 2, (COMPANY,)),
    Pile("sign", 9, (COMPANY, CHANGE), late=1, today=2),
    Pile("records", 5, (COMPANY, CHANGE)),
    Pile("pickup", 3, (CHANGE,)),
)


class Desks:
    """Fills the desks of an office."""

    def __init__(self, random: Random, applications: Applications, office_hours: Hours, *, now: datetime) -> None:
        self.random, self.applications, self.hours, self.now = random, applications, office_hours, now
        self._due_days: dict[tuple[str, date], date] = {}
        self.today = day_of(office_hours.opening(now))
        first = self.today - timedelta(days=BACK)
        self.days = [one for one in office_hours.working_days(first, self.today) if one <= day_of(now)]
        self.ahead = office_hours.working_days(first, self.today + timedelta(days=40))

    def piles(self, office: Office, piles: tuple[Pile, ...], *, part: float = 1.0) -> Iterator[History]:
        """All piles of one office; `part` makes them smaller, but leaves at least one of each."""
        for pile in piles:
            count = max(1, round(pile.count * part))
            for number in range(count):
                if number < pile.late:
                    span = LATE
                elif number < pile.late + pile.today:
                    span = TODAY
                else:
                    span = SOON if number % 2 else LATER
                yield self.at_stage(office, self.random.choice(pile.wishes), pile.stage, span)

    def at_stage(
        self, office: Office, wish: Wish, stage: str, span: tuple[int, int], person: Person | None = None
    ) -> History:
        """One dossier that stands there now and is due within that span."""
        channel = self.random.choice((Channel.COUNTER, Channel.COUNTER, Channel.ONLINE))
        offer = self.applications.offer(wish.code, channel, day_of(self.now))
        received = self._received(offer.limit, self._target(span), at_least=900 if stage == "waiting" else 90)
        counter = offer.channel == Channel.COUNTER
        minutes = self.random.randint(3, 12) if counter else self.random.randint(15, 60)
        at = received - timedelta(minutes=minutes)
        at = self.hours.opening(at) if counter else at
        application = self.applications.make(office, wish, Channel(offer.channel), at=at, person=person)
        clerk = office.people(Role.CLERK, office.one_stop)[0]
        life = Life(self.random, self.hours, office, application, clerk, at)
        life.first_hands = True
        elapsed = self.hours.between(received, self.now)
        fate = Fate(stop_before=stage, given_back=stage == "given_back", extended=False)
        life.live(fate, received_after=minutes, finish=int(elapsed * self.random.uniform(0.55, 0.8)))
        by = (
            person.actor()
            if person and application.channel is Channel.ONLINE
            else submitter(clerk, application.channel)
        )
        return life.history(by, until=self.now)

    def new(self, office: Office, wishes: tuple[Wish, ...], count: int, channel: Channel) -> Iterator[History]:
        """Handed in lately and not yet looked at."""
        for number in range(count):
            wish = self.random.choice(wishes)
            at = self.now - timedelta(minutes=17 + 41 * number + self.random.randint(0, 30))
            if channel is Channel.POST:
                at = min(at, self.hours.after(self._received("1wd", self.today, at_least=30), 0))
            application = self.applications.make(office, wish, channel, at=at)
            clerk = office.people(Role.CLERK, office.one_stop)[0]
            yield History(application, submitter(clerk, application.channel), at)

    def _target(self, span: tuple[int, int]) -> date:
        """The working day so many working days from today."""
        here = self.ahead.index(self.today)
        return self.ahead[here + self.random.randint(*span)]

    def _received(self, limit: str, target: date, *, at_least: int) -> datetime:
        """When it must have been received to be due on that day, or as near as may be; some work lies behind it."""
        best: tuple[int, datetime] | None = None
        for day in reversed(self.days):
            moment = self.hours.opening(hours.at_counter(self.random, day))
            if self.hours.between(moment, self.now) < at_least:
                continue
            distance = abs((self._due_day(limit, day) - target).days)
            if best is None or distance < best[0]:
                best = (distance, moment)
            if distance == 0:
                break
        assert best is not None, "the province has worked for some weeks"
        return best[1]

    def _due_day(self, limit: str, day: date) -> date:
        """On which day something received that morning is due."""
        if (limit, day) not in self._due_days:
            morning = datetime(day.year, day.month, day.day, 9, tzinfo=VIET_NAM)
            due = clock.due(morning, clock.Limit.parse(limit), self.hours.calendar)
            self._due_days[limit, day] = day_of(due.original)
        return self._due_days[limit, day]


def of_citizen(desks: Desks, cast: Cast) -> Iterator[History]:
    """What the printed citizen has going on: something at every stage."""
    person, office = cast.citizens[0], cast.communes[0]
    for stage, wish, span in (
        ("waiting", HOUSE, SOON),
        ("work", SHOP, SOON),
        ("sign", ALLOWANCE, LATER),
        ("pickup", BIRTH, SOON),
        ("", SINGLE, LATE),
        ("received", ALLOWANCE, LATER),
    ):
        yield desks.at_stage(office, wish, stage, span, person)
