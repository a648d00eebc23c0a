"""How the world of the matrix comes about: through the real actions, in the transaction that is open."""

from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from motcua.api.actions import issue_token
from motcua.base.actors import SYSTEM
from motcua.base.clock import day_of
from motcua.directives import actions as directives
from motcua.directives.models import Evidence
from motcua.directives.terms import Kind as TaskKind
from motcua.directives.terms import Recurrence
from motcua.documents.models import Document
from motcua.dossiers import actions as dossiers
from motcua.dossiers import queries
from motcua.dossiers.models import IssuedSlip, Scan
from motcua.dossiers.terms import Payment, PaymentWay, Slip
from motcua.organisations.terms import Kind
from motcua.people import actions as people
from motcua.people.models import OneTimeCode, Post
from motcua.people.terms import Role
from tests import make
from tests.permissions import figures
from tests.permissions.world import (
    APPLICANT_NAME,
    APPLICANT_NUMBER,
    APPLICANT_PHONE,
    PLACES,
    POSTS,
    ROLE_OF,
    SUBJECTS,
    World,
    a_pdf,
    an_official,
    applicant_of,
)


def build() -> World:
    """The whole world, in the transaction that is open."""
    world = World(make.province(), timezone.now() - timedelta(hours=2))
    _people(world)
    _dossiers(world)
    _things(world)
    _tasks(world)
    figures.project(world)
    figures.publication(world)
    figures.index_round(world)
    figures.alert(world)
    for subject in SUBJECTS[1:]:
        people.set_password(world.people[subject], make.PASSWORD, by=SYSTEM, at=world.when)
        world.sessions[subject] = _signed_in(world, subject)
        key = issue_token(world.people[subject], name="Thử", days=9, by=SYSTEM, at=world.when)
        world.keys[subject] = key.secret
    return world


def _people(world: World) -> None:
    province, at = world.province, world.when
    for place, commune in zip(PLACES, (province.ba_to, province.tinh_khe), strict=True):
        made = (commune.clerk, commune.specialist, commune.unit_head, commune.leader, commune.records)
        for post, actor in zip(POSTS, made, strict=False):
            world.people[f"the {post} {place}"] = make.person_of(actor)
        for post in POSTS[5:]:
            name = f"{'ks' if post == 'controller' else 'qt'}.{commune.authority}"
            world.people[f"the {post} {place}"] = an_official(name, commune.authority, ROLE_OF[post])
    world.people["the controller of the province"] = make.person_of(province.controller)
    world.people["the administrator of the province"] = make.person_of(province.administrator)
    centre = make.unit(Kind.SERVICE_CENTRE, "Trung tâm Phục vụ hành chính công tỉnh", province.root)
    world.people["the clerk of the province"] = an_official("mc.tinh", centre, Role.CLERK)
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
        person = an_official(f"thay.{len(world.people)}", home.division, Role.SPECIALIST)
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
    former = an_official("cu.bt", home.one_stop, Role.CLERK)
    people.end_post(Post.objects.get(person=former), last_day=today - timedelta(days=1), by=SYSTEM, at=at)
    world.people["the former clerk"] = former


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
