"""Proofs that are no files: found when they are named, told to whoever reads the answer, opened by whoever may."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from motcua.base.clock import day_of
from motcua.directives import actions as directives
from motcua.directives.models import Directive
from motcua.indices import actions, queries
from motcua.indices.models import Answer, Evidence
from motcua.indices.terms import Move, Proof
from tests import make
from tests.indices.test_desk import HERE, at_desk
from tests.indices.test_rounds import World, refused
from tests.permissions.world import a_pdf

pytestmark = pytest.mark.django_db
TEXT = """ỦY BAN NHÂN DÂN XÃ BA TƠ
KẾ HOẠCH
Cải cách hành chính năm 2026
1. Giao Văn phòng báo cáo trước ngày 15/12/2026.
"""


@pytest.fixture
def world(db: None) -> World:
    found = World()
    found.go(Move.OPEN)
    return found


def read_in(world: World, number: str, day: date, *, file: bool = False) -> Directive:
    paper = make.scan(name="ke-hoach.pdf", content=a_pdf(), when=make.MONDAY) if file else None
    found = directives.read_in(
        text=TEXT, number=number, issued_on=day, issuer_name="UBND xã Ba Tơ", by=world.ba_to.leader, at=make.MONDAY
    )
    if paper is not None:
        Directive.objects.filter(pk=found.pk).update(file=paper)
    return found


def cite(world: World, kind: Proof, target: str, **more: object) -> Evidence:
    return actions.add_evidence(
        world.answer("KH"), kind=kind, target=target, by=world.ba_to.specialist, at=make.MONDAY, **more
    )


def path_of(proof: Evidence, name: str = "proof") -> str:
    return reverse(f"indices:{name}", args=[proof.answer_id, proof.pk])


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def test_a_document_is_found_by_its_number_and_its_file_opens_for_the_appraiser(world: World):
    kept = read_in(world, "45/KH-UBND", date(2026, 1, 12), file=True)
    proof = cite(world, Proof.DOCUMENT, " 45/kh-ubnd ", note="Ban hành kế hoạch")
    assert proof.target == str(kept.ref)
    judge = at_desk(world.tinh_khe.specialist)
    for path in (path_of(proof), path_of(proof, "file")):
        assert judge.get(path).status_code == 404
    Answer.objects.filter(pk=proof.answer_id).update(appraiser=world.tinh_khe.authority)
    seen = page(judge, f"{HERE}tieu-chi/{proof.answer_id}/")
    assert f'href="{path_of(proof)}">45/KH-UBND ngày 12/01/2026</a>' in seen and "Ban hành kế hoạch" in seen
    told = page(judge, path_of(proof))
    assert "UBND xã Ba Tơ" in told and path_of(proof, "file") in told
    assert judge.get(path_of(proof, "file")).getvalue().startswith(b"%PDF")
    assert judge.get(kept.get_absolute_url()).status_code == 404  # the desk of the document itself stays closed
    assert [one.words for one in queries.story(world.answer("KH"), frozenset(), day=day_of(make.MONDAY))] == [
        "Thêm tài liệu: 45/KH-UBND ngày 12/01/2026"
    ]
    actions.remove_evidence(proof, by=world.ba_to.specialist, at=make.MONDAY)
    for path in (path_of(proof), path_of(proof, "file")):
        assert judge.get(path).status_code == 404


def test_a_document_without_a_file_shows_its_words(world: World):
    read_in(world, "46/KH-UBND", date(2026, 1, 12))
    assert "Giao Văn phòng báo cáo" in page(at_desk(world.judge), path_of(cite(world, Proof.DOCUMENT, "46/KH-UBND")))


def test_a_number_that_several_bear_or_nobody_is_refused_in_words(world: World):
    read_in(world, "45/KH-UBND", date(2026, 1, 12))
    read_in(world, "45/KH-UBND", date(2025, 1, 9))
    found = refused(cite, world, Proof.DOCUMENT, "45/KH-UBND")
    assert "45/KH-UBND ngày 12/01/2026" in found and "45/KH-UBND ngày 09/01/2025" in found
    assert cite(world, Proof.DOCUMENT, "45/KH-UBND ngày 9/1/2025").target.startswith("directives.directive:")
    for words in ("46/KH-UBND", "45/KH-UBND ngày 31/12/2025"):
        assert "hãy tải tệp lên" in refused(cite, world, Proof.DOCUMENT, words)
    assert "không có trên lịch" in refused(cite, world, Proof.DOCUMENT, "45/KH-UBND ngày 31/2/2025")
    stranger = {"kind": Proof.DOCUMENT, "target": "45/KH-UBND ngày 9/1/2025"}
    answer = Answer.objects.select_related("unit").get(
        round=world.round, criterion="KH", unit__agency=world.tinh_khe.authority
    )
    assert "Không thấy văn bản" in refused(
        actions.add_evidence, answer, by=world.tinh_khe.specialist, at=make.MONDAY, **stranger
    )
    assert Evidence.objects.count() == 1


def test_a_dossier_and_its_slip_are_told_without_the_applicant(world: World):
    dossier = make.received(world.province)
    proof = cite(world, Proof.DOSSIER, dossier.reference)
    assert proof.target == dossier.code
    owner, judge = at_desk(world.ba_to.specialist), at_desk(world.judge)
    assert f'href="{dossier.get_absolute_url()}"' in page(owner, f"{HERE}tieu-chi/{proof.answer_id}/")
    told = page(judge, path_of(proof))
    assert dossier.code in told and f"{day_of(dossier.received_at):%d/%m/%Y}" in told
    assert dossier.applicant_name not in told and dossier.get_absolute_url() not in told
    assert path_of(proof) in page(judge, f"{HERE}tieu-chi/{proof.answer_id}/")
    assert "Không thấy hồ sơ" in refused(cite, world, Proof.DOSSIER, "H48.115-000000-0000")


def test_a_task_is_told_to_the_appraiser(world: World):
    (leaf,) = [world.answer("DH")]
    made = actions.propose_task(
        leaf, title="Trả hồ sơ đúng hạn", points_before=4, most=6, due=day_of(make.MONDAY) + timedelta(days=9),
        by=world.chief, at=make.MONDAY,
    ).task  # fmt: skip
    proof = cite(world, Proof.TASK, made.code.lower())
    assert proof.target == made.code
    judge = at_desk(world.judge)
    seen = page(judge, f"{HERE}tieu-chi/{proof.answer_id}/")
    assert made.get_absolute_url() in seen or path_of(proof) in seen
    assert "Trả hồ sơ đúng hạn" in page(judge, path_of(proof))


def test_a_figure_is_a_measure_by_its_name_as_of_a_day(world: World):
    make.received(world.province)
    day = day_of(make.MONDAY)
    for target, as_of, reason in (
        ("Hồ sơ", None, "Ghi ngày của số liệu"),
        ("Hồ sơ", day + timedelta(days=2), "còn ở phía trước"),
        ("Số con bò", day, "Không có số liệu tên"),
        ("hồ sơ", day, "hãy ghi một tên"),
    ):
        assert reason in refused(cite, world, Proof.FIGURE, target, as_of=as_of)
    proof = cite(world, Proof.FIGURE, "received", as_of=day)
    assert proof.target == f"measures.figure:received:{world.ba_to.authority}:{day.year}-01-01:{day}"
    told = page(at_desk(world.judge), path_of(proof))
    assert "1 hồ sơ" in told and f"{day:%d/%m/%Y}" in told


def test_a_wrong_place_keeps_the_file_out_too(world: World):
    """A file and a place sent together come in both or not at all."""
    answer = world.answer("KH")
    sent = {
        "add_evidence-file": SimpleUploadedFile("a.pdf", a_pdf()), "add_evidence-kind": "document",
        "add_evidence-target": "không có",
    }  # fmt: skip
    reply = at_desk(world.ba_to.specialist).post(f"{HERE}tieu-chi/{answer.pk}/viec/add_evidence/", sent)
    assert reply.status_code == 422 and "hãy tải tệp lên" in reply.content.decode()
    assert not Evidence.objects.exists()
