"""What the world of the matrix counts: a project, published figures, the rounds of an index, an alert."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from motcua.alerts import actions as alerts
from motcua.alerts.models import Alert
from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.indices import actions as indices
from motcua.indices.actions.bulk import Judged, Told, write_told
from motcua.indices.models import Answer as IndexAnswer
from motcua.indices.terms import Move as IndexMove
from motcua.indices.terms import Proof as IndexProof
from motcua.indices.terms import UnitKind
from motcua.investments import actions as investments
from motcua.investments.rules import FigureWish, PlanWish, ProjectWish
from motcua.investments.terms import Basis, Capital, Decided, Field, Group, Source
from motcua.measures import actions as measures
from motcua.measures.queries.publications import content_of
from motcua.measures.rules.periods import Period
from motcua.measures.rules.publishing import figures_hash
from motcua.organisations import queries as organisations
from motcua.organisations.rules import Version
from motcua.people.terms import Role
from tests import make
from tests.permissions.world import PROJECT, PUBLISHED, World, a_pdf, an_official


def project(world: World) -> None:
    """A project of public investment whose investor is the commune, with a plan and a figure of this month."""
    home, today = world.province.ba_to.authority, day_of(world.when)
    wish = ProjectWish(
        code=PROJECT, name="Đường liên thôn", investor=home, locality=home, group=Group.C, field=Field.TRANSPORT,
        total_vnd=10**10, decision="QĐ 9", decided_on=today, first_year=today.year, last_year=today.year + 1,
    )  # fmt: skip
    project = investments.add_project(wish, by=SYSTEM, at=world.when)
    plan = PlanWish(
        today.year, Source.BALANCE, Capital.YEAR, Basis.COUNCIL, Decided.ASSIGNED, 10**9, today.replace(day=1), "NQ 1"
    )
    investments.decide_plan(project, plan, by=SYSTEM, at=world.when)
    figure = FigureWish(today.year, today.replace(day=1), Source.BALANCE, Capital.YEAR, 10**8, today)
    investments.record(project, [figure], by=SYSTEM, at=world.when)


def publication(world: World) -> None:
    """The figures of a month that has ended, published."""
    top, who = _province(world), world.province.controller
    period = Period.parse(PUBLISHED)
    measures.publish(period, top=top, seen=seen_of(world, PUBLISHED), by=who, at=world.when)


def seen_of(world: World, period: str) -> str:
    """The hash of what is looked at before the figures of a period are published."""
    return figures_hash(content_of(_province(world), Period.parse(period), at=world.when))


def _province(world: World) -> Version:
    found = organisations.version_on(world.province.root, day_of(world.when))
    assert found is not None
    return found


INDEX_SET = """
code: ccch-thu
version: 1
index: PAR INDEX
name: Chỉ số cải cách hành chính cấp xã
years: {from: 2020}
units: [commune]
certainty: V
root: T
criteria:
- {code: T, name: Tổng, gather: {kind: sum, missing: skip}, max: 4, certainty: V}
- {code: KH, number: 1, name: Kế hoạch, parent: T, max: 2, unit: mức, rule: {kind: options, options: {có: 2, không: 0}}}
- {code: DH, number: 2, name: Đúng hạn, parent: T, max: 2, unit: hồ sơ, rule: ratio}
"""


def index_round(world: World) -> None:
    """A round over both communes, run by the province, in which units score themselves; the commune has a proof."""
    province, at, year = world.province, world.when, world.when.year
    kept = indices.import_set(INDEX_SET.encode(), name="bo.yaml", by=SYSTEM, at=at)
    chief = an_official("chutich.tinh", province.root, Role.LEADER)
    runs = chief.actor(agency=province.root, roles=frozenset({Role.LEADER.value}))
    indices.sign_off(kept, by=runs, at=at)
    world.round = indices.prepare(
        kept, year=year, kind=UnitKind.COMMUNE, organiser=province.root,
        units=[province.ba_to.authority, province.tinh_khe.authority],
        deadlines={"self_until": day_of(at) + timedelta(days=20)}, by=SYSTEM, at=at,
    )  # fmt: skip
    indices.move(IndexMove.OPEN, world.round, by=runs, at=at)
    _published_round(world, runs)
    mine = IndexAnswer.objects.select_related("unit").filter(round=world.round, unit__agency=province.ba_to.authority)
    world.answer = mine.get(criterion="KH")
    paper = make.scan(name="ke-hoach.pdf", content=a_pdf(), when=at)
    world.proof = indices.add_evidence(
        world.answer, kind=IndexProof.FILE, file=paper, by=province.ba_to.specialist, at=at
    )

    world.cited = indices.add_evidence(
        world.answer, kind=IndexProof.FIGURE, target="received", as_of=day_of(at), by=province.ba_to.specialist, at=at
    )
    world.target = indices.set_target(
        index="PAR INDEX", year=year, agency=province.root, worst_rank=15, basis="KH 1", by=SYSTEM, at=at
    )


def alert(world: World) -> None:
    """The commune asked for papers more often than the province wants to see without a word."""
    root, at = world.province.root, world.when
    alerts.set_threshold(
        root, "bo-sung", watched=True, limit=Decimal(0), days=30, fewest=1, since=day_of(at), decision="CV 1",
        by=world.province.controller, at=at,
    )  # fmt: skip
    alerts.look(at=at)
    world.alert = Alert.objects.get(agency=world.province.ba_to.authority)


def _published_round(world: World, runs: Actor) -> None:
    """The year before is published, and so is what a publisher said of the province: pages for everybody."""
    province, at, kept = world.province, world.when, world.round.set_version
    closed = indices.prepare(
        kept, year=at.year - 1, kind=UnitKind.COMMUNE, organiser=province.root,
        units=[province.ba_to.authority, province.tinh_khe.authority], by=SYSTEM, at=at,
    )  # fmt: skip
    indices.move(IndexMove.OPEN, closed, by=runs, at=at)
    answers = list(IndexAnswer.objects.select_related("unit").filter(round=closed).order_by("pk"))
    write_told(closed, [Told(one, None, Judged(runs, at, Fraction(1), "Chấm")) for one in answers])
    for step in (IndexMove.END_SELF_SCORING, IndexMove.END_CHECKING, IndexMove.SEND_RESULTS, IndexMove.END_OBJECTIONS):
        indices.move(step, closed, by=runs, at=at)
    indices.publish(closed, by=runs, at=at)
    world.closed_round = closed
    content = "unit,score,rank\nQuảng Ngãi,62.6,1\nKon Tum,58,2\n".encode()
    indices.import_results(content, index="PCI", year=2013, source="VCCI", by=SYSTEM, at=at)
