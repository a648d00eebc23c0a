"""The workbench of the indices: eight rounds of thirty departments with a hundred criteria each, and the year before of each."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from random import Random
from urllib.parse import urlencode

from bench.load import Load
from bench.scenes.ground import HOST, Ground, get
from bench.scenes.scene import Request, Scene, scene
from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import VIET_NAM, day_of
from motcua.demo.province import DEPARTMENT, ECONOMY, Office
from motcua.demo.scores import LOWERED, Skill
from motcua.indices import actions
from motcua.indices.actions.bulk import Judged, Said, Told, write_told
from motcua.indices.models import Answer, JudgedUnit, Round
from motcua.indices.queries import definition_of_round
from motcua.indices.rules.rounds import points_of
from motcua.indices.terms import Move, Proof, UnitKind
from motcua.organisations import actions as agencies
from motcua.organisations import queries as organisations
from motcua.organisations.rules import New
from motcua.organisations.terms import Kind
from motcua.people.models import Person
from motcua.people.terms import Role

SCENES: list[Scene] = []
UNITS, ROUNDS, AREAS, CRITERIA = 30, 8, 8, 100
WEIGHTED = (7, 8)
"""These of the eight weigh their areas and compare departments with each other; the others add points up."""
HOME = "H48.007"
DESK = "/ban-lam-viec/chi-so"
P95 = {1: 200.0}
AT_ONCE = {1: 100.0}
_ENDS = (Move.END_SELF_SCORING, Move.END_CHECKING, Move.SEND_RESULTS, Move.END_OBJECTIONS)
_RULES = (
    "max: 1, unit: mức, rule: {kind: options, options: {đúng hạn: 1, chậm: 0.5, không làm: 0}}",
    "max: 1, unit: phần trăm, rule: {kind: tiers, tiers: {'>= 95': 1, '>= 85': 0.75, '>= 70': 0.5, còn lại: 0}}",
    "max: 1, unit: hồ sơ, rule: ratio",
    "max: 1, unit: báo cáo, rule: {kind: deduction, each: 0.5, most: 1}",
    "max: 1, unit: sáng kiến, rule: {kind: counted, each: 0.5}",
)


def definition(number: int) -> bytes:
    """A set of a hundred criteria in eight areas."""
    weighted = number in WEIGHTED
    gather = "{kind: mean, missing: skip}" if weighted else "{kind: sum, missing: skip}"
    lines = [
        f"code: thu-{number}",
        "version: 1",
        f"index: Bộ chỉ số thử {number}",
        f"name: Bộ chỉ số thử số {number}",
        "legal_basis: Không theo quyết định nào, chỉ để đo tốc độ",
        "owner: UBND tỉnh",
        "lead: Sở Nội vụ",
        "years: {from: 2020}",
        "units: [department]",
        "certainty: V",
        "source: Tự đặt ra để đo tốc độ",
        "ranking: {digits: 4}" if weighted else "ranking: {digits: 2}",
        "root: T",
        "criteria:",
        f"- {{code: T, name: Điểm chung, gather: {gather}{'' if weighted else ', max: 100'}}}",
    ]
    for area in range(AREAS):
        own = [one for one in range(CRITERIA) if one % AREAS == area]
        weight = f", weight: {area + 1}" if weighted else ""
        most = "" if weighted else f", max: {len(own)}"
        lines.append(
            f"- {{code: L{area + 1}, number: '{area + 1}', name: Lĩnh vực {area + 1}, parent: T{weight},"
            f" gather: {gather}{most}}}"
        )
        for place, one in enumerate(own):
            rule = _RULES[one % len(_RULES)]
            lines.append(
                f"- {{code: L{area + 1}.{place + 1}, number: '{area + 1}.{place + 1}',"
                f" name: Tiêu chí thành phần số {one + 1} của bộ thử, parent: L{area + 1}, digits: 2, {rule}}}"
            )
    return "\n".join(lines).encode()


def load(load: Load, say: Callable[[str], None]) -> None:
    """Eight rounds of this year and the eight of the year before, unless they are there."""
    if Round.objects.exists():
        return
    random, now, cast = Random(31), load.year.now, load.cast
    home = cast.of(HOME)
    units = departments(cast.head.authority, at=now)
    skill, doers = Skill(random), {one: _doer(cast.departments, one) for one in units}
    for number in range(1, ROUNDS + 1):
        begun = now - timedelta(days=400)
        kept = actions.import_set(definition(number), name="bo.yaml", by=SYSTEM, at=begun)
        actions.sign_off(kept, by=cast.province_leaders[0], at=begun)
        for year, days_ago in ((now.year - 1, 380), (now.year, 40)):
            at = now - timedelta(days=days_ago)
            leader, clerk = (
                home.people(Role.LEADER, home.authority)[0],
                home.people(Role.SPECIALIST, home.units[ECONOMY])[0],
            )
            round_ = actions.prepare(
                kept,
                year=year,
                kind=UnitKind.DEPARTMENT,
                organiser=home.authority,
                units=units,
                deadlines={"self_until": day_of(at) + timedelta(days=60)},
                by=leader,
                at=at,
            )
            actions.move(Move.OPEN, round_, by=leader, at=at)
            past = year < now.year
            write_told(round_, list(_told(round_, random, skill, doers, clerk, at, past=past, open_=number % 2 == 0)))
            for days, step in enumerate(_ENDS if past else _ENDS[:2] if number % 2 else (), start=20):
                actions.move(step, round_, by=leader, at=at + timedelta(days=days))
            if past:
                actions.publish(round_, by=leader, at=at + timedelta(days=30))
        say(f"  {number} of {ROUNDS} indices")
    _prove(cast.of(DEPARTMENT))


def departments(office: int, *, at: datetime, since: date | None = None) -> list[int]:
    """Thirty departments of the province: those of the fixture, and some more that are opened for the bench."""
    root, day = organisations.root_of(office), day_of(at)
    assert root is not None
    found = [
        one.version.agency for one in organisations.tree_on(day, root) if one.version.level == UnitKind.DEPARTMENT.value
    ]
    while len(found) < UNITS:
        name = f"Sở Thử nghiệm số {len(found) + 1}"
        new = New(name=name, short_name=name, kind=Kind.DEPARTMENT, parent=root, code=f"H48.9{len(found):02}", place="")
        found.append(
            agencies.open_agency(new, by=SYSTEM, at=at, on=since or day - timedelta(days=500), decision="QĐ 1").pk
        )
    return found[:UNITS]


def _doer(offices: list[Office], agency: int) -> Actor:
    """Who speaks for a department: its specialist, or one of its name where nobody works there."""
    there = next((one for one in offices if one.authority == agency), None)
    return SYSTEM if there is None else there.people(Role.SPECIALIST, there.units[ECONOMY])[0]


def _told(
    round_: Round,
    random: Random,
    skill: Skill,
    doers: dict[int, Actor],
    clerk: Actor,
    at: datetime,
    *,
    past: bool,
    open_: bool,
) -> Iterator[Told]:
    """A past round is said and judged; of this year's, half are still being said, half are judged for the greater part."""
    known = definition_of_round(round_)
    for answer in Answer.objects.filter(round=round_).select_related("unit").order_by("unit_id", "place"):
        draw = random.random()
        if not past and open_ and draw < 0.3:
            continue
        criterion = known.by_code[answer.criterion]
        value, below = skill.value(criterion, answer.unit.agency_id, 0)
        said = Said(value, below, doers[answer.unit.agency_id], at + timedelta(days=6))
        judged = None
        if past or (not open_ and draw < 0.8):
            judged = Judged(clerk, at + timedelta(days=21))
            points = points_of(criterion, value, below)
            if points and draw < 0.09:
                judged = Judged(clerk, at + timedelta(days=21), points * Fraction(7, 10), random.choice(LOWERED))
        yield Told(answer, said, judged)


def _prove(office: Office) -> None:
    """A link behind every second answer of one department that is still being said."""
    doer = office.people(Role.SPECIALIST, office.units[ECONOMY])[0]
    answers = Answer.objects.filter(unit__agency=office.authority, round__stage="self_scoring").select_related("unit")
    for answer in answers.order_by("pk")[::2]:
        at = datetime.now(VIET_NAM)
        actions.add_evidence(answer, kind=Proof.LINK, target="https://vidu.vn/van-ban", note="Văn bản", by=doer, at=at)


def _organiser(ground: Ground) -> str:
    home = ground.load.cast.of(HOME)
    return ground.cookie(Person.objects.get(pk=home.people(Role.LEADER, home.authority)[0].id))


def owner(ground: Ground) -> str:
    """The session of a specialist of the department that is looked at."""
    office = ground.load.cast.of(DEPARTMENT)
    return ground.cookie(Person.objects.get(pk=office.people(Role.SPECIALIST, office.units[ECONOMY])[0].id))


def open_rounds(ground: Ground) -> list[Round]:
    """The rounds of this year."""
    return list(Round.objects.filter(year=ground.load.year.now.year).order_by("pk"))


@scene(SCENES, "index_rounds", p95=P95, needs=load)
def index_rounds(ground: Ground) -> list[Request]:
    """Thirty departments by eight indices, each with what is answered, its points and the year before, as who runs them sees it."""
    return [get(f"{DESK}/", _organiser(ground))]


@scene(SCENES, "index_sheet", p95=P95, needs=load)
def index_sheet(ground: Ground) -> list[Request]:
    """The hundred rows of one department in each of the eight rounds, as the department sees them."""
    own = JudgedUnit.objects.filter(agency=ground.load.cast.of(DEPARTMENT).authority, round__in=open_rounds(ground))
    return [get(f"{DESK}/dot/{one.round_id}/phieu/{one.pk}/", owner(ground)) for one in own.order_by("pk")]


@scene(SCENES, "index_ranking", p95=P95, needs=load)
def index_ranking(ground: Ground) -> list[Request]:
    """Thirty departments ranked before publication, each of the eight rounds in turn."""
    return [get(f"{DESK}/dot/{one.pk}/xep-hang/", _organiser(ground)) for one in open_rounds(ground)]


@scene(SCENES, "index_lost", p95=P95, needs=load)
def index_lost(ground: Ground) -> list[Request]:
    """What a department lost, by owner and criterion, in each of the eight rounds."""
    return [get(f"{DESK}/dot/{one.pk}/diem-mat/", owner(ground)) for one in open_rounds(ground)]


@scene(SCENES, "index_try", p95=AT_ONCE, needs=load)
def index_try(ground: Ground) -> list[Request]:
    """One more criterion is tried and score, rank and sums come back: what the browser asks for while somebody types."""
    found: list[Request] = []
    for round_ in open_rounds(ground):
        codes = [one.code for one in definition_of_round(round_).leaves]
        for many in range(1, 13):
            tried = dict.fromkeys((f"d.{code}" for code in codes[:: CRITERIA // many][:many]), "0,5")
            page = get(f"{DESK}/dot/{round_.pk}/thu-diem/?{urlencode(tried)}", owner(ground))
            found.append(page.replace(HOST, f"{HOST}HX-Request: true\r\n", 1))
    return found
