"""Public investment of the demonstration: invented projects of real agencies, two plan years up to the day of loading."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import VIET_NAM, day_of
from motcua.demo.names import HAMLETS
from motcua.demo.province import DEPARTMENT, ECONOMY, SINCE, Cast
from motcua.investments import actions
from motcua.investments.models import Project
from motcua.investments.rules import FigureWish, PlanWish, ProjectWish, end_of, months_of
from motcua.investments.terms import Basis, Capital, Decided, Field, Group, Source, Standing
from motcua.organisations import queries as agencies
from motcua.people.terms import Role

PROJECTS: Final = 60
SEED: Final = 20260101
BILLION: Final = 10**9
STEP: Final = 100_000
RED_SHARE: Final = Decimal(80)
INVESTORS: Final = {
    "H48.012": (Field.TRANSPORT, Field.URBAN),
    "H48.008": (Field.AGRICULTURE, Field.ENVIRONMENT),
    "H48.004": (Field.EDUCATION,),
    "H48.013": (Field.HEALTH,),
    "H48.011": (Field.CULTURE,),
    "H48.005": (Field.DIGITAL,),
    "H48.015": (Field.URBAN, Field.TRANSPORT),
    "H48.001": (Field.OFFICES,),
}
NAMES: Final = {
    Field.TRANSPORT: ("Đường {a} – {b}", "Cầu {a}", "Nâng cấp tuyến đường {a} – {b}", "Cầu và đường vào {a}"),
    Field.AGRICULTURE: ("Hồ chứa nước {a}", "Kiên cố hóa kênh mương {a}", "Kè chống sạt lở bờ sông đoạn {a}"),
    Field.EDUCATION: ("Trường Tiểu học {a}", "Trường THCS {a}, khối phòng học", "Trường Mầm non {a}"),
    Field.HEALTH: ("Trạm Y tế {a}", "Nâng cấp phòng khám đa khoa khu vực {a}", "Nhà điều trị nội trú {a}"),
    Field.CULTURE: ("Nhà văn hóa {a}", "Sân vận động {a}", "Trùng tu di tích {a}"),
    Field.ENVIRONMENT: ("Cấp nước sinh hoạt {a}", "Khu xử lý chất thải {a}"),
    Field.URBAN: ("Hạ tầng khu tái định cư {a}", "Hạ tầng cụm công nghiệp {a}"),
    Field.DIGITAL: ("Trung tâm dữ liệu {a}", "Hạ tầng số các thôn {a} và {b}"),
    Field.OFFICES: ("Trụ sở làm việc {a}", "Cải tạo trụ sở {a}"),
    Field.OTHER: ("Công trình công cộng {a}",),
}
OF_COMMUNES: Final = (Field.TRANSPORT, Field.AGRICULTURE, Field.EDUCATION, Field.CULTURE, Field.ENVIRONMENT)
LOCAL: Final = (Source.BALANCE, Source.LAND, Source.LOTTERY)
DOCUMENT: Final = "văn bản mẫu của bản trình diễn"


@dataclass
class _Plan:
    """One capital of a project in a year: what was decided when, and how it goes."""

    year: int
    source: Source
    capital: Capital
    entries: list[tuple[Basis, date, int]] = field(default_factory=list)
    final: float = 1.0

    def limit(self, day: date) -> int:
        """What may be paid by that day."""
        return max(sum(vnd for of, on, vnd in self.entries if of is basis and on <= day) for basis in Basis)


def load(cast: Cast, *, now: datetime, many: int = PROJECTS) -> int:
    """Projects, plans, months' figures as of that moment; says how many projects."""
    return _Loading(cast, now=now).load(many)


class _Loading:
    """The same provinces' projects each time; only the days follow the day of loading."""

    def __init__(self, cast: Cast, *, now: datetime) -> None:
        self.random = Random(SEED)  # noqa: S311  the same projects each time; nothing secret is drawn
        self.cast, self.now, self.today = cast, now, day_of(now)
        self.begin = now - timedelta(days=400)
        self.years = (self.today.year - 1, self.today.year)
        self.keeper = cast.of(DEPARTMENT).people(Role.LEADER, cast.of(DEPARTMENT).authority)[0]
        self.totals: dict[tuple[int, Source, Basis], int] = {}

    def load(self, many: int) -> int:
        """In the order in which a province works: who keeps the plans, projects, plans, figures, the red line."""
        steward = self.cast.of(DEPARTMENT).authority
        actions.name_steward(steward, since=SINCE, decision=f"Quyết định, {DOCUMENT}", by=SYSTEM, at=self.begin)
        actions.declare_red_line(
            SINCE,
            basis=Basis.PRIME_MINISTER,
            share_of_mean=RED_SHARE,
            floor=None,
            decision=f"Công văn, {DOCUMENT}",
            by=self.keeper,
            at=self.begin,
        )
        for number, (investor, locality, kind) in enumerate(self._investors(many)):
            project = self._project(number, investor, locality, kind)
            plans = [plan for year in self.years for plan in self._plans(project, year, kind)]
            self._pay(project, plans, number)
        for (year, source, basis), vnd in self.totals.items():
            whole = -(-vnd * 104 // 100 // BILLION) * BILLION
            self._decide(None, year, source, Capital.YEAR, basis, _assigned(year, basis), whole)
        return many

    def _investors(self, many: int) -> Iterator[tuple[str, str | None, Field]]:
        """Two of five projects are a commune's own; the others a department's, in a commune or across several."""
        communes = [one.code for one in self.cast.communes]
        departments = list(INVESTORS)
        for number in range(many):
            if number % 5 in (1, 3):
                code = communes[(number * 3) % min(len(communes), 18)]
                yield code, code, OF_COMMUNES[number % len(OF_COMMUNES)]
            else:
                code = departments[number % len(departments)]
                place = None if self.random.random() < 0.25 else self.random.choice(communes)
                yield code, place, self.random.choice(INVESTORS[code])

    def _project(self, number: int, investor: str, locality: str | None, kind: Field) -> Project:
        first, second = self.random.sample(HAMLETS, 2)
        name = self.random.choice(NAMES[kind]).format(a=first, b=second)
        of_commune = investor == locality
        total = self.random.randint(8, 45) if of_commune else self.random.randint(40, 900)
        group = Group.C if total < 120 else Group.B if total < 800 else Group.A
        wish = ProjectWish(
            code=f"79{number + 1:05}",
            name=name,
            investor=self._agency(investor),
            locality=self._agency(locality) if locality else None,
            group=group,
            field=kind,
            total_vnd=total * BILLION,
            decision=f"{100 + number}/QĐ-UBND",
            decided_on=date(self.years[0] - 1, 3 + number % 7, 5 + number % 20),
            first_year=self.years[0],
            last_year=self.years[1] + number % 3,
        )
        return actions.add_project(wish, by=self.keeper, at=self.begin)

    def _agency(self, code: str) -> int:
        version = agencies.by_code(code, self.today)
        assert version is not None, f"no agency {code}"
        return version.agency

    # Plans

    def _plans(self, project: Project, year: int, kind: Field) -> list[_Plan]:
        """One or two sources; some capital is carried over, some plans are adjusted in the year."""
        sources = [self.random.choice((Source.CENTRAL, *LOCAL, *LOCAL))]
        if project.investor_id == project.locality_id and self.random.random() < 0.5:
            sources = [Source.PROGRAMME]
        elif kind is Field.ENVIRONMENT and self.random.random() < 0.4:
            sources = [Source.FOREIGN]
        if self.random.random() < 0.35:
            sources.append(next(one for one in LOCAL if one not in sources))
        ours = self.random.random() < 0.08 and sources[0] in LOCAL  # the province's own addition, on no other plan
        plans = [self._plan(project, year, source, ours=ours) for source in sources]
        if self.random.random() < 0.25:
            plans.append(self._carried(project, year, sources[0]))
        return plans

    def _plan(self, project: Project, year: int, source: Source, *, ours: bool) -> _Plan:
        share = self.random.uniform(0.15, 0.4)
        council = int(project.total_vnd * share) // 10**7 * 10**7
        local = source in LOCAL
        plan = _Plan(year, source, Capital.YEAR, final=self._final())
        self._entry(project, plan, Basis.COUNCIL, _assigned(year, Basis.COUNCIL), council)
        if not ours:
            part = self.random.uniform(0.82, 0.97) if local else 1.0
            own = int(council * part) // 10**7 * 10**7
            self._entry(project, plan, Basis.PRIME_MINISTER, _assigned(year, Basis.PRIME_MINISTER), own)
        adjusted_on = date(year, self.random.choice((7, 9, 10)), 10)
        if self.random.random() < 0.2 and adjusted_on <= self.today:
            change = int(council * self.random.choice((-0.15, 0.1, 0.2))) // 10**7 * 10**7
            plan.final = min(plan.final, 0.8) if change < 0 else plan.final
            self._entry(project, plan, Basis.COUNCIL, adjusted_on, change)
        return plan

    def _carried(self, project: Project, year: int, source: Source) -> _Plan:
        plan = _Plan(year, source, Capital.CARRIED, final=self.random.uniform(0.7, 1.0))
        day = date(year, 3, 15)
        if day <= self.today:
            amount = int(project.total_vnd * self.random.uniform(0.02, 0.08)) // 10**7 * 10**7
            self._entry(project, plan, Basis.COUNCIL, day, max(amount, 10**8))
        return plan

    def _final(self) -> float:
        """Most reach nearly all of their plan by the end of January; some stand still."""
        return self.random.uniform(0.25, 0.5) if self.random.random() < 0.18 else self.random.uniform(0.82, 1.0)

    def _entry(self, project: Project, plan: _Plan, basis: Basis, day: date, vnd: int) -> None:
        self._decide(project, plan.year, plan.source, plan.capital, basis, day, vnd)
        plan.entries.append((basis, day, vnd))
        if plan.capital is Capital.YEAR:
            key = plan.year, plan.source, basis
            self.totals[key] = self.totals.get(key, 0) + max(vnd, 0)

    def _decide(
        self, project: Project | None, year: int, source: Source, capital: Capital, basis: Basis, day: date, vnd: int
    ) -> None:
        first = day.year < year or capital is Capital.CARRIED
        number = f"{day:%d%m}/{'QĐ-TTg' if basis is Basis.PRIME_MINISTER else 'NQ-HĐND'}"
        wish = PlanWish(
            year=year,
            source=source,
            capital=capital,
            basis=basis,
            kind=Decided.ASSIGNED if first else Decided.ADJUSTED,
            change_vnd=vnd,
            decided_on=day,
            decision=f"{number}, {DOCUMENT}",
        )
        actions.decide_plan(project, wish, by=self.keeper, at=self._moment(day))

    # Figures

    def _pay(self, project: Project, plans: list[_Plan], number: int) -> None:
        """Month by month; what lies before the program came is handed in together. A few are silent or corrected."""
        by = self._writer(project)
        told: dict[datetime, list[FigureWish]] = {}
        last: dict[tuple[int, Source, Capital], int] = {}
        for year, month in sorted({(plan.year, month) for plan in plans for month in months_of(plan.year)}):
            as_of = end_of(month)
            if as_of >= self.today or (number % 12 == 7 and as_of > self.today - timedelta(days=40)):
                continue
            for plan in plans:
                if plan.year == year and (limit := plan.limit(as_of)):
                    key = plan.year, plan.source, plan.capital
                    last[key] = max(last.get(key, 0), self._paid(plan, months_of(year).index(month) + 1, limit))
                    wish = self._figure(plan, month, as_of, last[key], number)
                    told.setdefault(self._handed_in(as_of), []).append(wish)
        for moment in sorted(told):
            actions.record(project, told[moment], by=by, at=moment)
        if number % 15 == 4 and told:
            self._correct(project, by)

    def _paid(self, plan: _Plan, month: int, limit: int) -> int:
        """Slow in spring, fast at the end of the year."""
        share = plan.final * (month / 13) ** 1.45 * self.random.uniform(0.93, 1.05)
        return min(int(limit * min(share, plan.final)) // STEP * STEP, limit)

    def _figure(self, plan: _Plan, month: date, as_of: date, paid: int, number: int) -> FigureWish:
        recent = as_of > self.today - timedelta(days=40)
        return FigureWish(
            year=plan.year,
            month=month,
            source=plan.source,
            capital=plan.capital,
            disbursed_vnd=paid,
            as_of_on=as_of,
            advance_vnd=paid // 5 // STEP * STEP,
            volume_vnd=int(paid * 1.06) // STEP * STEP,
            standing=Standing.ESTIMATED if recent and number % 9 == 2 else Standing.CONFIRMED,
        )

    def _correct(self, project: Project, by: Actor) -> None:
        newest = project.disbursements.filter(replaced_at=None).order_by("-month", "pk").first()
        if newest is not None and newest.disbursed_vnd > BILLION:
            less = newest.disbursed_vnd - newest.disbursed_vnd // 50 // STEP * STEP
            reason = "Kho bạc Nhà nước đối chiếu lại số tạm ứng"
            actions.correct(newest, disbursed_vnd=less, reason=reason, by=by, at=self.now - timedelta(hours=20))

    def _writer(self, project: Project) -> Actor:
        """Somebody of the investor where its people are known, else the one who keeps the plans."""
        for office in self.cast.offices:
            if office.authority == project.investor_id and ECONOMY in office.units:
                return office.people(Role.SPECIALIST, office.units[ECONOMY])[0]
        return self.keeper

    def _handed_in(self, as_of: date) -> datetime:
        """Some days after the month; what is older than three months came in together."""
        old = self.today - timedelta(days=100)
        return self._moment(max(as_of, old) + timedelta(days=4))

    def _moment(self, day: date) -> datetime:
        """In the afternoon of that day; what is older than the program was entered when it began."""
        moment = datetime.combine(day, time(15, 10), tzinfo=VIET_NAM)
        return min(max(moment, self.begin), self.now)


def _assigned(year: int, basis: Basis) -> date:
    """The Prime Minister decides in the first days of December, the council a week later."""
    return date(year - 1, 12, 4 if basis is Basis.PRIME_MINISTER else 11)
