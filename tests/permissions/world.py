"""The people and things of the matrix: two communes and the province, each role once, a dossier in each state that matters.

Made once per run, through the real actions. Every person of the first commune's dossiers bears words that nobody else
bears (the canaries), so that a page which shows them to a stranger is found.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import pypdf
from django.conf import settings
from django.test import Client
from django.utils import timezone

from motcua.alerts import actions as alerts
from motcua.alerts.models import Alert
from motcua.api.actions import issue_token
from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.directives import actions as directives
from motcua.directives.models import Directive, Evidence, Proposal, Series, Task, Urging
from motcua.directives.terms import Kind as TaskKind
from motcua.directives.terms import Recurrence
from motcua.documents.models import Document
from motcua.dossiers import actions as dossiers
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, Draft, IssuedSlip, Scan
from motcua.dossiers.terms import Payment, PaymentWay, Slip
from motcua.indices import actions as indices
from motcua.indices.actions.bulk import Judged, Told, write_told
from motcua.indices.models import Answer as IndexAnswer
from motcua.indices.models import Evidence as IndexEvidence
from motcua.indices.models import Round
from motcua.indices.models import Target as IndexTarget
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
from motcua.organisations.terms import Kind
from motcua.people import actions as people
from motcua.people.models import Delegation, OneTimeCode, Person, Post
from motcua.people.rules import Registration
from motcua.people.terms import Role
from tests import make

PROJECT = "7900001"
PUBLISHED, ENDED = "2026-01", "2026-02"
"""A month that was published, and one that may be."""
APPLICANT_NAME, APPLICANT_NUMBER, APPLICANT_PHONE = "Võ Thị Chim Yến", "051185000777", "0935777888"

# Every subject of a sentence in expected.txt, as the file calls it.
ALONE = (
    "the visitor",
    "the applicant",
    "another citizen",
    "the delegate",
    "the former delegate",
    "the former clerk",
)
POSTS = ("clerk", "specialist", "unit head", "leader", "records officer", "controller", "administrator")
PLACES = ("of the commune", "of another commune")
OF_PROVINCE = ("clerk", "controller", "administrator")
SUBJECTS = (
    *ALONE,
    *(f"the {post} {place}" for place in PLACES for post in POSTS),
    *(f"the {post} of the province" for post in OF_PROVINCE),
)
ROLE_OF = {
    "clerk": Role.CLERK,
    "specialist": Role.SPECIALIST,
    "unit head": Role.UNIT_HEAD,
    "leader": Role.LEADER,
    "records officer": Role.RECORDS,
    "controller": Role.CONTROLLER,
    "administrator": Role.ADMINISTRATOR,
}
STRANGERS = frozenset(
    {"the visitor", "another citizen", "the former clerk", *(name for name in SUBJECTS if name.endswith(PLACES[1]))}
)
"""To these the applicant of the commune's dossiers is nobody's business."""


@dataclass
class World:
    """The province, its people by the name of the file, its things by theirs."""

    province: make.Province
    when: datetime
    people: dict[str, Person] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    draft: Draft | None = None
    scan: Scan | None = None
    slip: IssuedSlip | None = None
    document: Document | None = None
    code: OneTimeCode | None = None
    delegation: Delegation | None = None
    post: Post | None = None
    directive: Directive | None = None
    proposal: Proposal | None = None
    task: Task | None = None
    evidence: Evidence | None = None
    urging: Urging | None = None
    series: Series | None = None
    alert: Alert | None = None
    round: Round | None = None
    closed_round: Round | None = None
    answer: IndexAnswer | None = None
    proof: IndexEvidence | None = None
    target: IndexTarget | None = None
    tokens: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    browser: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def client(self, subject: str) -> Client:
        """The browser, with no cookie but the session of the subject (one for all: it takes long to start)."""
        self.browser.cookies.clear()
        if subject in self.sessions:
            self.browser.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[subject]
        return self.browser

    @property
    def canaries(self) -> tuple[str, ...]:
        """What belongs to the applicant of the commune and must not meet a stranger's eye."""
        return (APPLICANT_NAME, APPLICANT_NUMBER, APPLICANT_PHONE, *(one.reference for one in self.dossiers.values()))


def build() -> World:
    """The whole world, in the transaction that is open."""
    world = World(make.province(), timezone.now() - timedelta(hours=2))
    _people(world)
    _dossiers(world)
    _things(world)
    _tasks(world)
    _project(world)
    _publication(world)
    _index_round(world)
    _alert(world)
    for subject in SUBJECTS[1:]:
        people.set_password(world.people[subject], make.PASSWORD, by=SYSTEM, at=world.when)
        world.sessions[subject] = _signed_in(world, subject)
        key = issue_token(world.people[subject], name="Thử", days=9, by=SYSTEM, at=world.when)
        world.keys[subject] = key.secret
    return world


def _project(world: World) -> None:
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


def _publication(world: World) -> None:
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


def _index_round(world: World) -> None:
    """A round over both communes, run by the province, in which units score themselves; the commune has a proof."""
    province, at, year = world.province, world.when, world.when.year
    kept = indices.import_set(INDEX_SET.encode(), name="bo.yaml", by=SYSTEM, at=at)
    chief = _official("chutich.tinh", province.root, Role.LEADER)
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

    world.target = indices.set_target(
        index="PAR INDEX", year=year, agency=province.root, worst_rank=15, basis="KH 1", by=SYSTEM, at=at
    )


def _alert(world: World) -> None:
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


def _people(world: World) -> None:
    province, at = world.province, world.when
    for place, commune in zip(PLACES, (province.ba_to, province.tinh_khe), strict=True):
        made = (commune.clerk, commune.specialist, commune.unit_head, commune.leader, commune.records)
        for post, actor in zip(POSTS, made, strict=False):
            world.people[f"the {post} {place}"] = make.person_of(actor)
        for post in POSTS[5:]:
            name = f"{'ks' if post == 'controller' else 'qt'}.{commune.authority}"
            world.people[f"the {post} {place}"] = _official(name, commune.authority, ROLE_OF[post])
    world.people["the controller of the province"] = make.person_of(province.controller)
    world.people["the administrator of the province"] = make.person_of(province.administrator)
    centre = make._unit(Kind.SERVICE_CENTRE, "Trung tâm Phục vụ hành chính công tỉnh", province.root)
    world.people["the clerk of the province"] = _official("mc.tinh", centre, Role.CLERK)
    for subject, name, number, phone in (
        ("the applicant", APPLICANT_NAME, APPLICANT_NUMBER, APPLICANT_PHONE),
        ("another citizen", "Trần Thị Khác", "051190000223", "0914555666"),
    ):
        world.people[subject] = people.find_or_register(
            full_name=name,
            identity_number=number,
            phone=phone,
            email="",
            born_on=date(1900 + int(number[4:6]), 2, 3),
            address="Thôn Ba, xã Ba Tơ",
            by=SYSTEM,
            at=at,
        )
    _delegates(world)


def _delegates(world: World) -> None:
    """One acts for the leader today, of another the delegation was revoked; a former clerk has only the past."""
    home, at = world.province.ba_to, world.when
    leader, today = make.person_of(home.leader), day_of(world.when)
    for subject in ("the delegate", "the former delegate"):
        person = _official(f"thay.{len(world.people)}", home.division, Role.SPECIALIST)
        world.people[subject] = person
        given = people.delegate(
            leader,
            receiver=person,
            agency=home.authority,
            role=Role.LEADER,
            starts_on=today,
            ends_on=today + timedelta(days=9),
            decision="QĐ 2",
            by=home.leader,
            at=at,
        )
        if subject == "the former delegate":
            people.revoke_delegation(given, by=home.leader, at=at)
        else:
            world.delegation = given
        world.tokens[f"place of {subject}"] = f"d{given.pk}"
    former = _official("cu.bt", home.one_stop, Role.CLERK)
    people.end_post(Post.objects.get(person=former), last_day=today - timedelta(days=1), by=SYSTEM, at=at)
    world.people["the former clerk"] = former


def _official(username: str, agency: int, role: Role) -> Person:
    wish = Registration("Cán Bộ Thử", "", "", f"{username}@vidu.vn")
    person = people.register_official(wish, username=username, by=SYSTEM, at=make.SETUP)
    people.appoint(person, agency=agency, role=role, since=make.START, by=SYSTEM, at=make.SETUP)
    return person


def _dossiers(world: World) -> None:
    """One dossier for each thing that can be done next; all of the applicant, all at the commune."""
    province, at = world.province, world.when
    home, more = province.ba_to, {"when": at, "applicant": applicant_of(world)}
    made = {
        "submitted": make.submitted(province, **more),
        "at once": make.submitted(province, procedure=make.COPY, **more),
        "received": make.received(province, **more),
        "processing": make.processing(province, **more),
        "second step": make.processing(province, procedure=make.HOUSE, **more),
        "signing": make.signing(province, **more),
    }
    items = [{"paper": 1, "name": "Giấy đề nghị", "what": "thiếu chữ ký"}]
    for name in ("drafted", "asked"):
        made[name] = make.processing(province, **more)
        dossiers.draft_supplement(made[name], reason="Thiếu", items=items, by=home.specialist, at=at)
    dossiers.sign_supplement(made["asked"], by=home.leader, at=at)
    for name in ("signed", "done"):
        made[name] = make.signing(province, **more)
        dossiers.sign(made[name], by=home.leader, at=at)
    dossiers.advance(made["done"], by=home.records, at=at)
    for name in ("at once", "done"):
        if made[name].payment == Payment.DUE:
            dossiers.take_payment(made[name], way=PaymentWay.CASH, payer="", by=home.clerk, at=at)
    by_turn = {"specialist": home.specialist, "unit_head": home.unit_head}
    dossiers.advance(made["second step"], by=by_turn[made["second step"].turn], at=at)
    world.dossiers = made


def applicant_of(world: World) -> dossiers.Applicant:
    """The applicant, as they fill in their papers."""
    return dossiers.Applicant(
        name=APPLICANT_NAME,
        person=world.people["the applicant"].pk,
        identity_number=APPLICANT_NUMBER,
        phone=APPLICANT_PHONE,
        address="Thôn Ba, xã Ba Tơ",
    )


def _things(world: World) -> None:
    province, at = world.province, world.when
    home = province.ba_to
    received = world.dossiers["received"]
    file = make.scan(content=a_pdf(), when=at)
    paper = received.paper_set.order_by("no").first()
    dossiers.attach(paper, file, by=home.clerk, at=at)
    world.scan = Scan.objects.get(file=file)
    world.slip = IssuedSlip.objects.get(dossier=received, kind=Slip.M01)
    dossiers.pdf_of(world.slip, at=at)
    world.document = _result(world)
    world.draft = dossiers.save_draft(
        None,
        person=world.people["the applicant"].pk,
        procedure_code=make.BUSINESS,
        case_code="",
        agency=home.authority,
        at=at,
        files={"1": [file.pk]},
    )
    asked = people.ask_code(
        full_name="Lê Thị Mới", identity_number="051190000331", address="moi@vidu.vn", at=timezone.now()
    )
    world.code = OneTimeCode.objects.get(pk=asked.id)
    world.post = Post.objects.get(person=world.people["the records officer of the commune"])
    for name, dossier in world.dossiers.items():
        world.tokens[name] = queries.track_token(dossier)


def _tasks(world: World) -> None:
    """A notice read in at the commune with a proposal that waits; a task of its own division, urged, reported with a file."""
    home, at = world.province.ba_to, world.when
    text = f"Số: 7/TB-UBND\nBa Tơ, ngày {day_of(at):%d/%m/%Y}\nTHÔNG BÁO\n1. Giao Phòng Kinh tế rà soát hồ sơ quá hạn."
    file = make.scan(name="van-ban.txt", content=text.encode(), when=at)
    world.directive = directives.read_in(file=file, by=home.leader, at=at)
    start, end = text.index("Giao Phòng"), len(text)
    marked = directives.ProposalIn(start=start, end=end, lead=(home.division,))
    world.proposal = directives.add_proposal(world.directive, marked, by=home.leader, at=at)
    wish = directives.TaskIn(
        title="Rà soát hồ sơ quá hạn", lead=home.division, due_on=day_of(at) + timedelta(days=20), public=True
    )
    world.task = directives.give(wish, by=home.leader, at=at)
    world.urging = directives.urge(world.task, text="Làm ngay.", by=home.leader, at=at)
    directives.accept(world.task, by=home.unit_head, at=at)
    proof = make.scan(name="ket-qua.pdf", content=a_pdf(2), when=at)
    directives.report(world.task, text="Đã xong.", files=[proof], by=home.specialist, at=at)
    world.evidence = Evidence.objects.get(report__task=world.task)
    monthly = directives.TaskIn(
        title="Báo cáo tháng", lead=home.division, kind=TaskKind.RECURRING, recurrence=Recurrence.MONTHLY
    )
    world.series = directives.give(monthly, by=home.leader, at=at).series


def _result(world: World) -> Document:
    world.dossiers["done"].refresh_from_db()
    document = Document.objects.get(pk=world.dossiers["done"].result.document_id)
    assert document.verify_token
    return document


def _signed_in(world: World, subject: str) -> str:
    client = Client()
    client.force_login(world.people[subject])
    session = client.session
    if place := world.tokens.get(f"place of {subject}"):
        session["place"] = place
    session["begun_at"] = session["seen_at"] = int(timezone.now().timestamp())
    session["desk"] = False
    session.save()
    return str(session.session_key)


def a_pdf(pages: int = 1) -> bytes:
    """A small true PDF."""
    writer, out = pypdf.PdfWriter(), BytesIO()
    for _page in range(pages):
        writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return out.getvalue()
