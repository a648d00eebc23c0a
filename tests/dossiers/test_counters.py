"""What the one-stop sees before it presses, and what any counter of the province takes in."""

import html

import pytest
from django.test import Client
from django.urls import reverse

from motcua.base.models import Entry
from motcua.documents.terms import Outcome
from motcua.dossiers import actions, queries
from motcua.dossiers.desk.page import paper_lines
from motcua.dossiers.models import Application, Dossier
from motcua.dossiers.queries.results import result_paper
from motcua.dossiers.terms import Channel, Status
from tests import make

pytestmark = pytest.mark.django_db


def asked(world: make.Province) -> Dossier:
    """A dossier of the one commune that waits for a paper."""
    dossier = make.processing(world)
    items = [{"paper": 1, "name": "Giấy đề nghị", "what": "Thiếu chữ ký"}]
    said = {"reason": "Thiếu chữ ký", "items": items}
    actions.draft_supplement(dossier, **said, by=world.ba_to.specialist, at=make.at("2026-11-16 14:00"))
    actions.sign_supplement(dossier, by=world.ba_to.leader, at=make.at("2026-11-16 15:00"))
    return dossier


@pytest.fixture
def elsewhere(client: Client, world: make.Province) -> Client:
    """The clerk of another commune."""
    client.force_login(make.person_of(world.tinh_khe.clerk))
    return client


def test_any_counter_takes_the_papers_an_m02_asked_for(elsewhere: Client, world: make.Province) -> None:
    dossier = asked(world)
    found = elsewhere.get(reverse("desk:search"), {"q": dossier.code})
    page = reverse("dossiers_desk:answer", args=[dossier.reference])
    assert f'href="{page}"' in found.content.decode() and dossier.applicant_name not in html.unescape(
        found.content.decode()
    )
    scanned = elsewhere.get(reverse("desk:search"), {"q": queries.track_url(dossier)})
    assert scanned.context["asked"] == dossier

    shown = html.unescape(elsewhere.get(page).content.decode())
    assert "Quầy này nhận giấy tờ thay" in shown and dossier.applicant_name not in shown, "the name is masked"
    sent = elsewhere.post(page, {"originals_1": "1", "copies_1": "0", "version": str(dossier.version)})
    assert sent.status_code == 302 and sent["Location"] == reverse("desk:inbox")

    dossier.refresh_from_db()
    assert dossier.status == Status.PROCESSING and dossier.due_at is not None
    last = Entry.objects.filter(stream=dossier.stream).order_by("-seq")[0]
    assert (last.name, last.by) == ("dossiers.SupplementAnswered", world.tinh_khe.clerk.id)
    told = queries.public_history(dossier)[0].text
    assert told.startswith("Nộp tại ") and "Tịnh Khê" in told


def test_another_counter_sees_nothing_of_what_does_not_wait_for_papers(elsewhere: Client, world: make.Province) -> None:
    dossier = make.processing(world)
    assert elsewhere.get(reverse("desk:search"), {"q": dossier.code}).context["asked"] is None
    for name in ("answer", "detail", "payment"):
        assert elsewhere.get(reverse(f"dossiers_desk:{name}", args=[dossier.reference])).status_code == 404
    specialist = Client()
    specialist.force_login(make.person_of(world.tinh_khe.specialist))
    waiting = asked(world)
    assert specialist.get(reverse("desk:search"), {"q": waiting.code}).context["asked"] is None


def test_who_confirms_an_online_dossier_sees_the_date_and_its_lines_first(client: Client, world: make.Province) -> None:
    dossier = make.submitted(world, channel=Channel.COUNTER)
    client.force_login(make.person_of(world.ba_to.clerk))
    page = client.get(reverse("dossiers_desk:move", args=[dossier.reference, "receive"]))
    due, words = page.context["preview"]["due"], html.unescape(page.content.decode())
    assert due.due == queries.due_of(dossier, dossier.application, received_at=page.wsgi_request.now, pauses=[]).due
    assert page.context["preview"]["sentence"] in words and f"{due.due:%d/%m/%Y}" in words
    assert all(step.why in words for step in due.steps) and dossier.due_at is None
    actions.receive(dossier, by=world.ba_to.clerk, at=make.MONDAY)
    closed = client.get(reverse("dossiers_desk:move", args=[dossier.reference, "receive"]))
    assert closed.context["preview"] is None


def test_the_time_of_the_applicant_is_counted_at_no_step(world: make.Province) -> None:
    dossier = asked(world)
    make.answered(dossier, by=world.citizen, when=make.at("2026-11-18 15:00"))
    done, by = make.at("2026-11-18 16:00"), world.ba_to.specialist
    actions.submit_result(dossier, favourable=True, title="Giấy chứng nhận", body="Chứng nhận.", by=by, at=done)
    lain = [one for one in queries.stays(queries.history(dossier)) if one.begin >= make.MONDAY and one.end]
    hours = [str(queries.hours_in(one, dossier, done)) for one in lain]
    assert hours[-3:] == ["3", "1", "1"], (
        "09:00–14:00 at the unit, to 15:00 at the leader, 15:00–16:00 after the answer"
    )
    outcomes = {one.outcome for one in queries.control_sheet(dossier, at=done).handovers}
    assert Outcome.LATE not in outcomes


def test_m01_names_the_end_of_each_stage_of_a_limit(world: make.Province) -> None:
    dossier = make.submitted(world)
    Application.objects.filter(pk=dossier.pk).update(limit="1wd 2cd")
    actions.receive(Dossier.objects.get(pk=dossier.pk), by=world.ba_to.clerk, at=make.MONDAY)
    words = dossier.slips.get().words["values"]
    ends = [(one["name"], one["limit"], one["due_at"]["full"]) for one in words["stages"]]
    assert [one[:2] for one in ends] == [("Giai đoạn 1", "1 ngày làm việc"), ("Giai đoạn 2", "2 ngày")]
    assert "17 tháng 11" in ends[0][2] and "19 tháng 11" in ends[1][2]
    assert make.received(world).slips.get().words["values"]["stages"] == []


def test_only_what_lies_in_both_sets_matches(world: make.Province) -> None:
    dossier = make.received(world)
    paper = dossier.paper_set.order_by("no")[0]
    told = {}
    for handed_in, required in ((True, True), (False, True), (False, False)):
        dossier.paper_set.filter(pk=paper.pk).update(handed_in=handed_in, required=required)
        if not paper.scans.exists():
            actions.attach(paper, make.scan(), by=world.ba_to.clerk, at=make.MONDAY)
        told[handed_in, required] = next(one.words for one in paper_lines(dossier) if one.no == paper.no)
    assert list(told.values()) == ["Khớp", "Bản điện tử", "Bản điện tử"]


def test_a_certificate_is_headed_by_its_own_name(world: make.Province) -> None:
    told = {}
    for title in ("Giấy chứng nhận đăng ký hộ kinh doanh", "Quyết định trợ cấp", "Bản sao"):
        dossier = make.processing(world)
        said = {"favourable": True, "title": title, "body": "Chứng nhận."}
        actions.submit_result(dossier, **said, by=world.ba_to.specialist, at=make.MONDAY)
        paper = result_paper(dossier, dossier.result, by=world.ba_to.leader, at=make.MONDAY)
        told[paper.type_name] = paper.subject
    assert told == {
        "GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH": dossier.application.subject,
        "QUYẾT ĐỊNH": "Bản sao",
    }
