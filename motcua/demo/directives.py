"""A year of conclusion notices and of what became of their tasks: older ones written in bulk, the last weeks by the actions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

from motcua.base.actors import Actor
from motcua.base.clock import VIET_NAM, day_of
from motcua.demo import instructions
from motcua.demo.instructions import Instruction
from motcua.demo.province import ECONOMY, Cast, Office
from motcua.directives import actions, queries
from motcua.directives.actions import TaskIn, bulk
from motcua.directives.actions.bulk import Act, History
from motcua.directives.actions.proposing import wishes_of
from motcua.directives.models import Directive, Proposal, Series, Task
from motcua.directives.terms import Field, GivenBy, Move
from motcua.people.terms import Role
from motcua.workdays import queries as calendars

SEED: Final = 20260101
NOTICES: Final = 24
EVERY: Final = 15
"""Days between two notices."""
LATELY: Final = 40
"""What was given in the last days is told by the actions themselves."""
FIGURE: Final = "doanh-nghiep-moi"


@dataclass
class Year:
    """Invents the notices and the fates of their tasks; the same year each time, ending now."""

    cast: Cast
    now: datetime
    random: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311  nothing secret is drawn

    def __post_init__(self) -> None:
        self.calendar = calendars.calendar_of(None, day_of(self.now))
        head = self.cast.head
        self.reader = head.people(Role.SPECIALIST, head.units[ECONOMY])[0]
        self.helper = head.people(Role.SPECIALIST, head.units[ECONOMY])[1]
        self.office_head = head.people(Role.UNIT_HEAD, head.units[ECONOMY])[0]
        self.chairman, self.deputy = self.cast.province_leaders
        offices = [*self.cast.departments, *self.cast.communes, head]
        self.offices: dict[int, Office] = {one.authority: one for one in offices}

    # Days

    def at_work(self, day: date) -> date:
        """That day, or the next on which offices are open."""
        while not self.calendar.is_working_day(day):
            day += timedelta(days=1)
        return day

    def moment(self, day: date) -> datetime:
        """Some minute of the working day."""
        minutes = self.random.choice((range(7 * 60 + 40, 11 * 60 + 20), range(13 * 60 + 40, 16 * 60 + 40)))
        chosen = self.random.choice(minutes)
        return datetime.combine(self.at_work(day), time(chosen // 60, chosen % 60), tzinfo=VIET_NAM)

    # Notices

    def letters(self, many: int) -> Iterator[tuple[date, str, list[Instruction]]]:
        """The notices of the year: day, text, what each numbered item asks."""
        per_notice = max(3, many // NOTICES)
        pool: list[Instruction] = []
        for number in range(NOTICES):
            day = self.at_work(day_of(self.now) - timedelta(days=EVERY * (NOTICES - number) - 8))
            if len(pool) < per_notice:
                pool = self.random.sample(instructions.POOL, len(instructions.POOL))
            items, pool = pool[:per_notice], pool[per_notice:]
            if number == 1:
                items = [*items, *instructions.ROUND]
            yield day, self._text(number, day, items), items

    def _text(self, number: int, day: date, items: Sequence[Instruction]) -> str:
        lines = [self._item(no, one, day) for no, one in enumerate(items, start=1)]
        return self.letter(100 + 17 * number, day, "\n\n".join(lines), number)

    def letter(self, number: int, day: date, items: str, turn: int) -> str:
        """The whole notice around its items."""
        subject = instructions.SUBJECTS[turn % len(instructions.SUBJECTS)]
        return instructions.LETTER.format(
            number=number,
            day=day.day,
            month=day.month,
            year=day.year,
            giver="Chủ tịch" if turn % 3 == 0 else "Phó Chủ tịch",
            subject=subject.format(month=day.month, year=day.year),
            items=items,
            signer="Trần Văn Mẫu",
        )

    def _item(self, no: int, one: Instruction, day: date) -> str:
        if one in instructions.ROUND:
            return f"{no}. {one.lead} {one.words}."
        due = day + timedelta(days=self.random.choice((14, 20, 30, 30, 45, 60, 90)))
        if one.partners:
            return (
                f"{no}. Giao {one.lead} chủ trì, phối hợp với {', '.join(one.partners)} {one.words}; "
                f"báo cáo UBND tỉnh trước ngày {due:%d/%m/%Y}."
            )
        return f"{no}. Yêu cầu {one.lead} {one.words}, hoàn thành trước ngày {due:%d/%m/%Y}."

    # Fates

    def fate(self, wish: TaskIn, given_at: datetime) -> tuple[Act, ...]:
        """What becomes of a task, as far as now has come."""
        assert wish.lead is not None, "resolved before"
        told = _Story(self, self.offices[wish.lead], day_of(given_at), wish.due_on)
        told.tell()
        return tuple(one for one in told.acts if given_at < one.at < self.now)

    def details(self, one: Instruction) -> dict[str, Any]:
        """What the officer adds to a proposed task before the yes."""
        return {
            "follower": self.random.choice((self.reader, self.helper)).id,
            "field": one.field,
            "product": one.product,
            "giver_person": self.deputy.id,
            "public": self.random.random() < 0.35,
        }


class _Story:
    """The acts of one task in the order of time."""

    def __init__(self, year: Year, office: Office, day: date, due_on: date | None) -> None:
        self.year, self.random, self.office = year, year.random, office
        self.day = day
        self.due = due_on or day + timedelta(days=60)
        self.acts: list[Act] = []

    def tell(self) -> None:
        chance = self.random.random()
        if chance < 0.03 and self.office.code != self.year.cast.head.code:
            self._refused()
        elif chance < 0.05:
            self._act("cancel", self.year.chairman, self._later(6), reason="Đã giao tại văn bản khác.")
            return
        if self.year.now.date() - self.day <= timedelta(days=9) and self.random.random() < 0.75:
            return  # not taken yet
        self._act("accept", self._leader, self._later(self.random.randint(1, 3)), assignee=self._doer.id)
        if chance > 0.985:
            self._act("suspend", self.year.chairman, self._later(5), reason="Chờ hướng dẫn của Trung ương.")
            return
        self._work()

    @property
    def _leader(self) -> Actor:
        return self.office.people(Role.LEADER, self.office.authority)[0]

    @property
    def _doer(self) -> Actor:
        """Another than the one who follows, where the office itself must do it."""
        people = self.office.people(Role.SPECIALIST, self.office.units[ECONOMY])
        return people[-1]

    def _refused(self) -> None:
        reason = self.random.choice(instructions.NOT_OURS)
        self._act("refuse", self._leader, self._later(1), reason=reason)
        others = [one for one in self.year.cast.departments if one.authority != self.office.authority]
        self.office = self.random.choice(others)
        self._act(
            "reassign",
            self.year.reader,
            self._later(2),
            lead=self.office.authority,
            reason="Giao đúng cơ quan có thẩm quyền.",
        )

    def _work(self) -> None:
        left = max(2, (self.due - self.day).days)
        for part, share in ((0.3, 30), (0.6, 70)):
            if self.random.random() < 0.5:
                text = self.random.choice(instructions.UNDER_WAY)
                self._act(
                    "update_progress",
                    self._doer,
                    self.day + timedelta(days=int(left * part)),
                    progress=share,
                    text=text,
                )
        if self.random.random() < 0.1:
            self._extend()
        chance = self.random.random()
        if chance < 0.05:
            return  # nobody has done anything about it yet
        early = self.random.randint(0, max(1, (self.due - self._last()).days // 3))
        done = (
            self.due - timedelta(days=early) if chance < 0.82 else self.due + timedelta(days=self.random.randint(1, 21))
        )
        self._report(max(done, self._last()))

    def _extend(self) -> None:
        asked = self.due - timedelta(days=self.random.randint(2, 4))
        if self.year.at_work(asked) > self.due or asked <= self._last():
            return
        wanted = self.due + timedelta(days=self.random.choice((10, 15, 20)))
        reason = self.random.choice(instructions.LATER)
        self._act("ask_extension", self._leader, asked, wanted_on=wanted, reason=reason)
        answered = self._last() + timedelta(days=1)
        if self.random.random() < 0.8:
            self._act("grant_extension", self.year.chairman, answered, opinion="Đồng ý.")
            self.due = wanted
        else:
            self._act("deny_extension", self.year.chairman, answered, reason="Việc cấp bách, giữ thời hạn.")

    def _report(self, day: date) -> None:
        self._done(day)
        if self.random.random() < 0.08:
            reason = self.random.choice(instructions.NOT_YET)
            self._act("send_back", self._closer, self._last() + timedelta(days=1), reason=reason)
            self._done(self._last() + timedelta(days=self.random.randint(2, 4)))
        if self.random.random() < 0.96:
            self._act(
                "confirm",
                self._closer,
                self._last() + timedelta(days=self.random.randint(1, 5)),
                opinion="Đạt yêu cầu.",
            )

    def _done(self, day: date) -> None:
        number = f"{self.random.randint(20, 990)}/BC"
        self._act("report", self._doer, day, text=self.random.choice(instructions.DONE), result_number=number)

    @property
    def _closer(self) -> Actor:
        return self.year.chairman if self.office.code == self.year.cast.head.code else self.year.office_head

    def _later(self, days: int) -> date:
        return self._last() + timedelta(days=days)

    def _last(self) -> date:
        return day_of(self.acts[-1].at) if self.acts else self.day

    def _act(self, verb: str, by: Actor, day: date, **values: Any) -> None:
        at = self.year.moment(max(day, self._last()))
        if self.acts and at <= self.acts[-1].at:
            at = self.acts[-1].at + timedelta(minutes=7)
        self.acts.append(Act(verb, by, at, values))


# Loading


def load(cast: Cast, *, now: datetime, many: int) -> int:
    """Load the year; how many tasks there are then."""
    year = Year(cast, now)
    pending: list[tuple[Task, tuple[Act, ...]]] = []
    for day, text, items in year.letters(many):
        read_at = year.moment(day + timedelta(days=1))
        if read_at >= now:
            break
        directive = actions.read_in(text=text, by=year.reader, at=read_at)
        accepted_at = read_at + timedelta(minutes=25)
        if (day_of(now) - day).days > LATELY:
            _in_bulk(year, directive, items, accepted_at)
        else:
            pending += _by_actions(year, directive, items, accepted_at)
        for series in Series.objects.filter(directive=directive).order_by("pk"):
            pending += _rounds(year, series)
    pending += _by_hand(year)
    _play(pending)
    _unread(year)
    return Task.objects.count()


def _pairs(directive: Directive, items: Sequence[Instruction]) -> list[tuple[Proposal, Instruction]]:
    """Each proposal with the instruction it was read from, by its number in the notice."""
    rows = Proposal.objects.filter(directive=directive).select_related("directive").order_by("no")
    by_number = {str(number): one for number, one in enumerate(items, start=1)}
    return [(one, by_number[one.anchor.split(".")[0]]) for one in rows]


def _in_bulk(year: Year, directive: Directive, items: Sequence[Instruction], at: datetime) -> None:
    accepted = []
    for proposal, one in _pairs(directive, items):
        if one in instructions.ROUND:
            actions.accept_proposal(proposal, due_day=25, **year.details(one), by=year.reader, at=at)
            continue
        wishes = wishes_of(
            proposal, directive, day=day_of(at), given_by=GivenBy(directive.given_by), **year.details(one)
        )
        histories = [History(directive.holder_id, wish, year.reader, at, year.fate(wish, at)) for wish in wishes]
        accepted.append((proposal, histories))
    bulk.write_accepted(directive, accepted, by=year.reader, at=at)


def _by_actions(
    year: Year, directive: Directive, items: Sequence[Instruction], at: datetime
) -> list[tuple[Task, tuple[Act, ...]]]:
    found = []
    for proposal, one in _pairs(directive, items):
        for task in actions.accept_proposal(proposal, **year.details(one), by=year.reader, at=at):
            found.append((task, year.fate(_wish_of(task), at)))
    return found


def _wish_of(task: Task) -> TaskIn:
    return TaskIn(title=task.title, lead=task.lead_id, due_on=task.due_on)


def _rounds(year: Year, series: Series) -> list[tuple[Task, tuple[Act, ...]]]:
    """The task of each period since, opened on the first working days as the timer does."""
    first = Task.objects.get(series=series)
    found = [(first, year.fate(_wish_of(first), datetime.combine(first.given_on, time(17), tzinfo=VIET_NAM)))]
    assert series.opened_until is not None, "its first period was given"
    at = datetime.combine(series.opened_until + timedelta(days=1), time(7, 30), tzinfo=VIET_NAM)
    while at < year.now:
        task = actions.open_next_period(series, at=at)
        if task is None:
            break
        found.append((task, year.fate(_wish_of(task), at)))
        series.refresh_from_db()
        at = datetime.combine(series.opened_until + timedelta(days=1), time(7, 30), tzinfo=VIET_NAM)
    return found


def _by_hand(year: Year) -> list[tuple[Task, tuple[Act, ...]]]:
    """A task given without a document, that names a declared figure: two hundred new enterprises by the end of the year."""
    finance = next(one for one in year.cast.departments if one.code == "H48.009")
    at = year.moment(day_of(year.now) - timedelta(days=70))
    due = date(year.now.year + (year.now.month == 12), 12, 31)
    task = actions.give(
        TaskIn(
            title="Phát triển 200 doanh nghiệp mới từ hộ kinh doanh",
            lead=finance.authority,
            due_on=due,
            given_by=GivenBy.COMMITTEE,
            field=Field.BUSINESS,
            follower=year.reader.id,
            target="200 doanh nghiệp thành lập mới",
            figure_code=FIGURE,
            figure_target=Decimal(200),
            public=True,
        ),
        by=year.reader,
        at=at,
    )
    for days_ago, value in ((60, 96), (32, 141), (3, 168)):
        when = year.now - timedelta(days=days_ago)
        actions.record_figure(
            FIGURE, value=Decimal(value), as_of=day_of(when), agency=finance.authority, by=year.helper, at=when
        )
    leader = finance.people(Role.LEADER, finance.authority)[0]
    doer = finance.people(Role.SPECIALIST, finance.units[ECONOMY])[0]
    acts = (
        Act("accept", leader, at + timedelta(days=1), {"assignee": doer.id}),
        Act(
            "update_progress", doer, at + timedelta(days=30), {"progress": 60, "text": "Đã vận động 141 hộ chuyển đổi."}
        ),
    )
    return [(task, acts)]


def _play(pending: Sequence[tuple[Task, tuple[Act, ...]]]) -> None:
    """Every act by the action of its name, in the order of time over all tasks."""
    steps = [(act.at, index, place) for index, (_task, acts) in enumerate(pending) for place, act in enumerate(acts)]
    for at, index, place in sorted(steps):
        task, acts = pending[index]
        act = acts[place]
        if not queries.objections_to(
            Move(act.verb if act.verb != "update_progress" else "update"), task, by=act.by, at=at
        ):
            getattr(actions, act.verb)(task, by=act.by, at=at, **act.values)


def _unread(year: Year) -> None:
    """The notice of this week: read in, and nobody has decided about its proposals yet."""
    day = day_of(year.now) - timedelta(days=1)
    soon, later = day + timedelta(days=20), day + timedelta(days=45)
    text = year.letter(990, day, instructions.UNREAD.format(soon=soon, later=later), NOTICES)
    actions.read_in(text=text, by=year.reader, at=year.now - timedelta(hours=1))
