"""Yearly rounds of the demonstration: two published years, rounds of this year in every stage; results of all provinces.

Sets, figures and judgements are invented; what was said long ago is written in bulk, what lies on today's desks by the
actions themselves. Days follow the day of loading.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any, Final

from motcua.base import files
from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.demo import names, sheets, standings
from motcua.demo.province import ECONOMY, MAIN, SECOND, SINCE, Cast, Office
from motcua.demo.scores import COMMUNES_SAY, FINANCE_SAYS, LOWERED, Skill
from motcua.directives import actions as tasks
from motcua.directives import queries as directives
from motcua.directives.models import Task
from motcua.directives.terms import Status
from motcua.indices import actions
from motcua.indices.actions.bulk import Judged, Said, Told, write_told
from motcua.indices.models import Answer, LiveFigure, Round, SetVersion
from motcua.indices.queries import definition_of_round
from motcua.indices.rules.kinds import Value
from motcua.indices.rules.numbers import exact_text, half_up
from motcua.indices.rules.rounds import points_of
from motcua.indices.terms import Move, Proof, UnitKind
from motcua.organisations import queries as agencies
from motcua.people import actions as people
from motcua.people.rules import Registration
from motcua.people.terms import Role

SEED: Final = 20260404
SETS: Final = Path(__file__).parent / "fixtures"
HOME, FINANCE = "H48.007", "H48.009"
"""Sở Nội vụ runs the rounds of departments and communes, Sở Tài chính the DDCI."""
JUDGED: Final = tuple(f"H48.{number:03}" for number in range(2, 15))
OWNERS: Final = {
    "Sở Nội vụ": HOME,
    "Sở Tư pháp": "H48.010",
    "Văn phòng UBND tỉnh": "H48.001",
    "Sở Tài chính": FINANCE,
    "Sở Khoa học và Công nghệ": "H48.005",
}
_END: Final = (
    Move.END_SELF_SCORING,
    Move.END_CHECKING,
    Move.SEND_RESULTS,
    Move.END_OBJECTIONS,
)


@dataclass
class Workbench:
    """The rounds that were made and the people who work in them."""

    cast: Cast
    now: datetime
    random: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311  nothing secret is drawn
    speakers: dict[int, Actor] = field(default_factory=dict)
    open_departments: Round | None = None
    open_communes: Round | None = None
    open_766: Round | None = None

    def __post_init__(self) -> None:
        self.skill = Skill(self.random)
        self.today = day_of(self.now)
        self.year = self.today.year
        self.chairman = self.cast.province_leaders[0]
        self.home, self.finance = self.cast.of(HOME), self.cast.of(FINANCE)
        self.home_leader = self.home.people(Role.LEADER, self.home.authority)[0]
        self.home_clerk = _doer(self.home)

    # Loading ----------------------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Everything but the live figures, which can be asked when the year has been counted."""
        self._speakers()
        standings.load(at=self.now - timedelta(days=398))
        department = self._set((SETS / "cchc-so.yaml").read_bytes())
        commune = self._set((SETS / "cchc-xa.yaml").read_bytes())
        judged = self._judged()
        wards = [one.authority for one in self.cast.communes]
        self._past(department, self.year - 2, UnitKind.DEPARTMENT, judged, days_ago=376, better=-0.05)
        self._past(department, self.year - 1, UnitKind.DEPARTMENT, judged, days_ago=290, better=-0.02)
        self._past(commune, self.year - 1, UnitKind.COMMUNE, wards, days_ago=285, better=-0.03)
        self._past_766()
        self.open_departments = self._open(department, UnitKind.DEPARTMENT, judged)
        self.open_communes = self._open(commune, UnitKind.COMMUNE, wards)
        self._said_so_far(self.open_departments, quiet={self.finance.authority, self.home.authority})
        self._said_so_far(self.open_communes, quiet={self.cast.of(MAIN).authority, self.cast.of(SECOND).authority})
        self._of_finance()
        self._of_ba_to()
        self._par()
        self._ddci(judged)
        self._next_steps()

    def lay_figures(self) -> None:
        """Live figures beside the open rounds, one of them taken over by its owner."""
        at = self.now - timedelta(minutes=40)
        assert self.open_departments and self.open_communes and self.open_766, "loaded before"
        for one in (self.open_departments, self.open_communes, self.open_766):
            actions.propose_from_measures(one, as_of=self.today, by=SYSTEM, at=at)
        taken = LiveFigure.objects.filter(
            answer__round=self.open_departments,
            answer__criterion="SO3",
            answer__unit__agency=self.finance.authority,
            points__isnull=False,
        ).first()
        if taken is not None:
            actions.take_figure(taken, by=_doer(self.finance), at=at + timedelta(minutes=11))

    # People -----------------------------------------------------------------------------------------------------------

    def _speakers(self) -> None:
        """Who speaks for each judged agency: its leader, or one specialist where the demonstration has nobody yet."""
        for office in (*self.cast.offices, self.cast.head):
            self.speakers[office.authority] = office.people(Role.LEADER, office.authority)[0]
        for code in JUDGED:
            version = agencies.by_code(code, self.today)
            if version is None or version.agency in self.speakers:
                continue
            woman = self.random.random() < 0.5
            name = names.full_name(self.random, woman=woman, highland=False)
            username = f"cchc.{code[-3:]}"
            at = self.now - timedelta(days=399)
            wish = Registration(name, email=f"{username}@vidu.vn")
            person = people.register_official(wish, username=username, by=SYSTEM, at=at)
            role, title = Role.SPECIALIST, "Chuyên viên cải cách hành chính"
            people.appoint(person, agency=version.agency, role=role, since=SINCE, title=title, by=SYSTEM, at=at)
            self.speakers[version.agency] = person.actor(agency=version.agency, roles=frozenset({role.value}))

    def _judged(self) -> list[int]:
        found = (agencies.by_code(code, self.today) for code in JUDGED)
        return [one.agency for one in found if one is not None]

    # Rounds -----------------------------------------------------------------------------------------------------------

    def _set(self, content: bytes) -> SetVersion:
        at = self.now - timedelta(days=395)
        kept = actions.import_set(content, name="bo.yaml", by=SYSTEM, at=at)
        if not kept.example:
            actions.sign_off(kept, by=self.chairman, at=at + timedelta(hours=1))
        return kept

    def _prepare(
        self,
        version: SetVersion,
        year: int,
        kind: UnitKind,
        organiser: Office,
        units: Sequence[int],
        last_days: Sequence[int],
        at: datetime,
        title: str = "",
    ) -> Round:
        stages = ("self_until", "check_until", "appraise_until", "object_until", "decide_until")
        deadlines = {stage: day_of(at) + timedelta(days=days) for stage, days in zip(stages, last_days, strict=True)}
        leader = organiser.people(Role.LEADER, organiser.authority)[0]
        return actions.prepare(
            version,
            year=year,
            kind=kind,
            organiser=organiser.authority,
            units=units,
            deadlines=deadlines,
            title=title,
            by=leader,
            at=at,
        )

    def _past(
        self, version: SetVersion, year: int, kind: UnitKind, units: Sequence[int], *, days_ago: int, better: float
    ) -> None:
        """A year from its preparation to its publication, in seven weeks."""
        at = self.now - timedelta(days=days_ago)
        round_ = self._prepare(version, year, kind, self.home, units, (15, 22, 34, 40, 48), at)
        actions.move(Move.OPEN, round_, by=self.home_leader, at=at + timedelta(hours=2))
        judged_at = at + timedelta(days=25)
        write_told(round_, list(self._whole(round_, at + timedelta(days=9), judged_at, better, judge=self.home_clerk)))
        for days, step in zip((16, 23, 35, 41), _END, strict=True):
            actions.move(step, round_, by=self.home_leader, at=at + timedelta(days=days))
        actions.publish(round_, by=self.home_leader, at=at + timedelta(days=47))

    def _whole(
        self, round_: Round, said_at: datetime, judged_at: datetime, better: float, *, judge: Actor
    ) -> Iterator[Told]:
        definition = definition_of_round(round_)
        for answer in _answers(round_):
            criterion = definition.by_code[answer.criterion]
            value, below = self.skill.value(criterion, answer.unit.agency_id, better)
            said = Said(value, below, self.speakers[answer.unit.agency_id], said_at)
            points = points_of(criterion, value, below)
            judged = Judged(judge, judged_at)
            if points and self.random.random() < 0.09:
                less = half_up(points * Fraction(self.random.choice((5, 7, 8)), 10), 2)
                judged = Judged(judge, judged_at, less, self.random.choice(LOWERED))
            yield Told(answer, said, judged)

    def _past_766(self) -> None:
        """QĐ 766 of the whole province, run by the province's office: two years, and this one with live figures."""
        version = actions.import_shipped("qd766-province", by=SYSTEM, at=self.now - timedelta(days=395))
        actions.sign_off(version, by=self.chairman, at=self.now - timedelta(days=394))
        head, root = self.cast.head, agencies.by_code("H48", self.today)
        assert root is not None, "the fixture of agencies is loaded"
        leader = head.people(Role.LEADER, head.authority)[0]
        self.skill.of[root.agency] = 0.8
        self.speakers[root.agency] = leader
        for year, days_ago, better in ((self.year - 2, 370, -0.12), (self.year - 1, 280, -0.04), (self.year, 55, 0)):
            at = self.now - timedelta(days=days_ago)
            round_ = self._prepare(version, year, UnitKind.PROVINCE, head, [root.agency], (75, 80, 90, 95, 100), at)
            if year == self.year:
                actions.assign(_answers(round_), owner=head.authority, by=leader, at=at + timedelta(hours=1))
            actions.move(Move.OPEN, round_, by=leader, at=at + timedelta(hours=2))
            if year == self.year:
                self.open_766 = round_
                return
            said_at, judged_at = at + timedelta(days=9), at + timedelta(days=30)
            write_told(round_, list(self._whole(round_, said_at, judged_at, better, judge=leader)))
            for days, step in zip((16, 23, 35, 41), _END, strict=True):
                actions.move(step, round_, by=leader, at=at + timedelta(days=days))
            actions.publish(round_, by=leader, at=at + timedelta(days=47))

    def _open(self, version: SetVersion, kind: UnitKind, units: Sequence[int]) -> Round:
        at = self.now - timedelta(days=18)
        round_ = self._prepare(version, self.year, kind, self.home, units, (30, 37, 50, 56, 64), at)
        actions.move(Move.OPEN, round_, by=self.home_leader, at=at + timedelta(hours=3))
        return round_

    def _said_so_far(self, round_: Round, *, quiet: set[int]) -> None:
        """What the other agencies have said until now: some are done, some have not begun."""
        definition = definition_of_round(round_)
        share: dict[int, float] = {}
        told = []
        for answer in _answers(round_):
            unit = answer.unit.agency_id
            if unit in quiet:
                continue
            part = share.setdefault(unit, self.random.choice((0, 0.35, 0.6, 0.85, 1)))
            if self.random.random() < part:
                value, below = self.skill.value(definition.by_code[answer.criterion], unit, 0.02)
                told.append(Told(answer, Said(value, below, self.speakers[unit], self._lately())))
        write_told(round_, told)

    def _lately(self) -> datetime:
        return self.now - timedelta(days=self.random.randint(2, 12), minutes=self.random.randint(0, 300))

    # Today's desks, by the actions ------------------------------------------------------------------------------------

    def _of_finance(self) -> None:
        """Sở Tài chính is in the middle of it: eleven criteria said, three proved, a question asked and answered."""
        assert self.open_departments is not None, "made before"
        doer, at = _doer(self.finance), self.now - timedelta(days=3)
        own = {one.criterion: one for one in _answers(self.open_departments, self.finance.authority)}
        for number, (code, words) in enumerate(FINANCE_SAYS.items()):
            actions.self_score(own[code], **words, by=doer, at=at + timedelta(minutes=7 * number))
        name, pdf = next(iter(sheets.scans()))
        scan = files.keep(pdf, name=f"ke-hoach-cchc-{name}", media_type="application/pdf", at=at)
        later = at + timedelta(hours=2)
        note = f"Kế hoạch cải cách hành chính năm {self.year}"
        actions.add_evidence(own["CD1"], kind=Proof.FILE, file=scan, note=note, by=doer, at=later)
        done = Task.objects.filter(lead_id=self.finance.authority, status=Status.DONE.value).order_by("pk")
        task = next((one for one in done[:50] if directives.task_for(one.code, by=doer, at=later)), None)
        if task is not None:
            more = {"note": task.title[:300], "by": doer, "at": later}
            actions.add_evidence(own["CD4"], kind=Proof.TASK, target=task.code, **more)
        link = "https://quangngai.gov.vn"
        actions.add_evidence(
            own["TT1"], kind=Proof.LINK, target=link, note="Trang công khai thủ tục của tỉnh", by=doer, at=later
        )
        asked, answered = "Sáng kiến của phòng có được tính không?", "Tính, nếu có quyết định công nhận của Sở."
        actions.comment(own["CD5"], text=asked, by=doer, at=later)
        actions.comment(own["CD5"], text=answered, by=self.home_clerk, at=later + timedelta(hours=20))

    def _of_ba_to(self) -> None:
        """Xã Ba Tơ and phường Kon Tum have begun."""
        assert self.open_communes is not None, "made before"
        for code, count in ((MAIN, 6), (SECOND, 4)):
            office = self.cast.of(code)
            doer = _doer(office)
            own = {one.criterion: one for one in _answers(self.open_communes, office.authority)}
            for number, (criterion, words) in enumerate(list(COMMUNES_SAY.items())[:count]):
                at = self.now - timedelta(days=4) + timedelta(minutes=9 * number)
                actions.self_score(own[criterion], **words, by=doer, at=at)

    def _par(self) -> None:
        """PAR INDEX tried out by an example set: each area with its department, partly said; it cannot be published."""
        version = self._set((SETS / "par-thu.yaml").read_bytes())
        root = agencies.by_code("H48", self.today)
        assert root is not None, "the fixture of agencies is loaded"
        at = self.now - timedelta(days=26)
        round_ = self._prepare(
            version, self.year, UnitKind.PROVINCE, self.home, [root.agency], (45, 52, 60, 66, 74), at
        )
        definition = definition_of_round(round_)
        answers = _answers(round_)
        for name, code in OWNERS.items():
            owner = agencies.by_code(code, self.today)
            assert owner is not None, f"no agency {code}"
            own = [one for one in answers if definition.by_code[one.criterion].owner == name]
            actions.assign(own, owner=owner.agency, by=self.home_leader, at=at + timedelta(hours=1))
        actions.move(Move.OPEN, round_, by=self.home_leader, at=at + timedelta(hours=2))
        for answer in _answers(round_):
            assert answer.owner_id is not None, "assigned above"
            if self.random.random() < 0.55:
                value, below = self.skill.value(definition.by_code[answer.criterion], answer.owner_id, 0.0)
                speaker = self.speakers[answer.owner_id]
                self._say(answer, value, below, speaker)

    def _next_steps(self) -> None:
        """Lost points of last year that became tasks, one of them for everybody to see; what is aimed at this year."""
        last = Round.objects.get(set_version__code="cchc-so", year=self.year - 1)
        definition = definition_of_round(last)
        lost = [
            (definition.by_code[one.criterion], one)
            for one in _answers(last)
            if one.unit.agency_id in self.speakers and one.criterion in ("TT2", "SO1", "TI1")
        ]
        short = [(leaf, one) for leaf, one in lost if one.appraised_points is not None and leaf.most is not None]
        at = self.now - timedelta(days=45)
        for leaf, one in sorted(short, key=lambda pair: pair[1].appraised_points or 0)[:5]:
            assert leaf.most is not None and one.appraised_points is not None
            if one.appraised_points >= leaf.most:
                continue
            kept = actions.propose_task(
                one,
                title=f"Nâng điểm “{leaf.name}” trong bộ chỉ số cải cách hành chính năm {self.year}",
                points_before=one.appraised_points,
                most=Decimal(exact_text(leaf.most)),
                due=self.today + timedelta(days=30),
                by=self.home_leader,
                at=at,
            )
            tasks.publish(kept.task, public=True, by=self.home_leader, at=at + timedelta(minutes=5))
        root = agencies.by_code("H48", self.today)
        assert root is not None, "the fixture of agencies is loaded"
        basis = "Kế hoạch cải cách hành chính, văn bản mẫu của bản trình diễn"
        for index, best, worst in (("PCI", 20, 25), ("PAPI", 18, 22)):
            words: dict[str, Any] = {"best_rank": best, "worst_rank": worst, "basis": basis}
            actions.set_target(index=index, year=self.year, agency=root.agency, **words, by=self.chairman, at=at)

    def _say(self, answer: Answer, value: Value, below: Value, by: Actor) -> None:
        words: dict[str, Any] = (
            {"value": _words(value)} if below is None else {"numerator": _words(value), "denominator": _words(below)}
        )
        actions.self_score(answer, **words, by=by, at=self._lately())

    def _ddci(self, judged: Sequence[int]) -> None:
        """DDCI of last year, run by Sở Tài chính: results are with the departments, one of them objects."""
        version = actions.import_shipped("ddci-departments", by=SYSTEM, at=self.now - timedelta(days=390))
        at = self.now - timedelta(days=60)
        units = [one for one in judged if one != self.finance.authority]
        leader, clerk = self.finance.people(Role.LEADER, self.finance.authority)[0], _doer(self.finance)
        round_ = self._prepare(
            version, self.year - 1, UnitKind.DEPARTMENT, self.finance, units, (20, 30, 50, 72, 80), at
        )
        actions.move(Move.OPEN, round_, by=leader, at=at + timedelta(hours=2))
        told = []
        for answer in _answers(round_):
            points = Fraction(self.random.randint(520, 910), 100)
            reason = "Kết quả khảo sát doanh nghiệp (số của bản trình diễn)."
            told.append(Told(answer, None, Judged(clerk, at + timedelta(days=40), points, reason)))
        write_told(round_, told)
        for days, step in zip((21, 31, 51), _END[:3], strict=True):
            actions.move(step, round_, by=leader, at=at + timedelta(days=days))
        own = next(one for one in _answers(round_, self.home.authority) if one.criterion == "DDCI3")
        text = "Mẫu khảo sát chỉ có 6 doanh nghiệp từng làm thủ tục với Sở trong năm; đề nghị xem lại điểm chi phí thời gian."
        actions.object_to(own, text=text, by=self.home_leader, at=self.now - timedelta(days=2))


def _answers(round_: Round, unit: int | None = None) -> list[Answer]:
    found = Answer.objects.filter(round=round_).select_related("unit").order_by("unit_id", "place")
    return list(found if unit is None else found.filter(unit__agency=unit))


def _doer(office: Office) -> Actor:
    return office.people(Role.SPECIALIST, office.units[ECONOMY])[0]


def _words(value: Value) -> str:
    return "" if value is None else value if isinstance(value, str) else exact_text(value).replace(".", ",")


def load(cast: Cast, *, now: datetime, say: Callable[[str], None] = lambda _text: None) -> Workbench:
    """Make the rounds; figures are laid beside them by `lay_figures` when the year has been counted."""
    say("Đợt đánh giá bộ chỉ số của ba năm …")
    made = Workbench(cast, now)
    made.load()
    return made
