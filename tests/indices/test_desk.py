"""Pages of the yearly round: who sees what of it, and what happens when two people type at once."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from motcua.indices import actions, queries
from motcua.indices.models import Answer, Evidence
from motcua.indices.terms import Move, UnitKind
from tests import make
from tests.indices.test_rounds import World

pytestmark = pytest.mark.django_db
HERE = "/ban-lam-viec/chi-so/"


@pytest.fixture
def world(db: None, settings: object) -> World:
    found = World()
    found.go(Move.OPEN)
    return found


def at_desk(actor: object) -> Client:
    client = Client()
    client.force_login(make.person_of(actor))
    return client


def test_the_pages_open(world: World):
    client = at_desk(world.chief)
    answer = world.answer("KH")
    for path in (
        "",
        "viec-cua-toi/",
        "lap-dot/",
        f"dot/{world.round.pk}/",
        f"dot/{world.round.pk}/giao/",
        f"dot/{world.round.pk}/xep-hang/",
        f"dot/{world.round.pk}/buoc/extend/",
        f"dot/{world.round.pk}/phieu/{answer.unit_id}/",
        f"dot/{world.round.pk}/phieu/{answer.unit_id}/in/",
        f"dot/{world.round.pk}/phieu/{answer.unit_id}/nhap/",
        f"tieu-chi/{answer.pk}/",
    ):
        assert client.get(HERE + path).status_code == 200, path


def test_the_second_editor_hears_the_name_of_the_first_and_loses_nothing(world: World):
    answer = world.answer("DH")
    mine, theirs = at_desk(world.ba_to.specialist), at_desk(world.ba_to.leader)
    path = f"{HERE}tieu-chi/{answer.pk}/viec/self_score/"
    sent = {"self_score-numerator": "9", "self_score-denominator": "10", "version": answer.version}
    assert mine.post(path, sent).status_code == 302
    late = theirs.post(path, {**sent, "self_score-numerator": "8", "self_score-note": "Chữ tôi vừa gõ"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "Phạm Thị Thử vừa sửa tiêu chí DH" in page and "Chữ tôi vừa gõ" in page and 'value="8"' in page
    assert world.answer("DH").value == "9"
    assert f'name="version" value="{world.answer("DH").version}"' in page
    again = theirs.post(path, {**sent, "self_score-numerator": "8", "version": world.answer("DH").version})
    assert again.status_code == 302 and world.answer("DH").value == "8"
    story = queries.answer_view(world.answer("DH"), world.ba_to.leader, make.MONDAY).story
    assert [one.words for one in story] == ["Tự chấm 4,8 điểm (8 / 10)", "Tự chấm 5,4 điểm (9 / 10)"]


def test_each_proof_is_looked_at(world: World):
    answer = world.answer("KH")
    client = at_desk(world.ba_to.specialist)
    path = f"{HERE}tieu-chi/{answer.pk}/viec/add_evidence/"
    for sent, reason in (
        ({}, "Chọn một tệp"),
        ({"add_evidence-kind": "link", "add_evidence-target": "javascript:alert(1)"}, "https://"),
        ({"add_evidence-kind": "task", "add_evidence-target": "NV-0"}, "Không thấy nhiệm vụ"),
        ({"add_evidence-kind": "figure", "add_evidence-target": "Hồ sơ đúng hạn"}, "Ghi ngày của số liệu"),
        ({"add_evidence-file": SimpleUploadedFile("a.pdf", b"MZ khong phai")}, "a.pdf"),
    ):
        refused = client.post(path, sent)
        assert refused.status_code == 422 and reason in refused.content.decode(), reason
    done = client.post(path, {"add_evidence-kind": "link", "add_evidence-target": "https://ubnd.example/ke-hoach"})
    assert done.status_code == 302
    proof = Evidence.objects.get()
    assert 'href="https://ubnd.example/ke-hoach"' in client.get(f"{HERE}tieu-chi/{answer.pk}/").content.decode()
    client.post(f"{HERE}tieu-chi/{answer.pk}/viec/remove_evidence/", {"remove_evidence-evidence": proof.pk})
    assert not queries.evidence_of(answer).exists()


def test_points_are_reckoned_while_typing_and_nothing_is_written(world: World):
    answer = world.answer("DH")
    client = at_desk(world.ba_to.specialist)
    path = f"{HERE}tieu-chi/{answer.pk}/tinh/?self_score-numerator=90&self_score-denominator="
    assert "90 / 96 = 93,75%, được 5,63 trong 6 điểm" in client.get(path + "96").content.decode()
    assert "Mẫu số bằng 0" in client.get(path + "0").content.decode()
    assert world.answer("DH").self_at is None


def test_owners_do_not_read_judgements_before_they_are_sent(world: World):
    world.score("KH", world.ba_to, value="kịp thời")
    world.go(Move.END_SELF_SCORING, Move.END_CHECKING)
    answer = world.answer("KH")
    actions.appraise(answer, points="1", reason="Kế hoạch ký muộn hai tháng", by=world.judge, at=make.MONDAY)
    sheet = f"{HERE}dot/{world.round.pk}/phieu/{answer.unit_id}/"
    for path in (f"{HERE}tieu-chi/{answer.pk}/", sheet, sheet + "in/"):
        assert "Kế hoạch ký muộn" not in at_desk(world.ba_to.leader).get(path).content.decode()
    assert "Kế hoạch ký muộn" in at_desk(world.chief).get(f"{HERE}tieu-chi/{answer.pk}/").content.decode()
    (cell,) = [
        c for t in queries.tables([world.round], world.ba_to.leader, make.MONDAY) for _n, cs in t.rows for c in cs
    ]
    assert cell is not None and cell.points == 2
    assert at_desk(world.ba_to.leader).get(f"{HERE}dot/{world.round.pk}/xep-hang/").status_code == 404


def test_many_answers_are_confirmed_at_once_or_none(world: World):
    world.score("KH", world.ba_to, value="kịp thời")
    world.score("DH", world.ba_to, numerator="1", denominator="2")
    world.go(Move.END_SELF_SCORING, Move.END_CHECKING)
    answers = [world.answer(code) for code in ("KH", "DH", "SK")]
    client = at_desk(world.judge)
    path = f"{HERE}dot/{world.round.pk}/phieu/{answers[0].unit_id}/xac-nhan/"
    told = client.post(path, {"chon": [f"{one.pk}:{one.version}" for one in answers]}, follow=True)
    assert "SK chưa có điểm" in told.content.decode()
    assert not Answer.objects.filter(appraised_at__isnull=False).exists()
    client.post(path, {"chon": [f"{one.pk}:{one.version}" for one in answers[:2]]})
    assert [
        str(one.appraised_points.normalize())
        for one in Answer.objects.filter(appraised_at__isnull=False).order_by("place")
    ] == ["2", "3"]


def test_a_sheet_goes_out_and_comes_in_with_its_faults_told(world: World):
    unit = world.answer("KH").unit
    by, at = world.ba_to.specialist, make.MONDAY
    out = actions.export_sheet(unit, world.round, by=by, at=at)

    def filled(**cells: object) -> bytes:
        book = load_workbook(BytesIO(out))
        page = book.active
        heads = [cell.value for cell in page[3]]
        rows = {page.cell(row, 1).value: row for row in range(4, page.max_row + 1)}
        for place, value in cells.items():
            code, _line, head = place.partition("_")
            names = {"gt": "Giá trị", "ts": "Tử số", "ms": "Mẫu số"}
            page.cell(rows[code], heads.index(names[head]) + 1).value = value
        kept = BytesIO()
        book.save(kept)
        return kept.getvalue()

    def take(content: bytes, *, dry_run: bool = False) -> actions.SheetReport:
        return actions.import_sheet(content, unit, world.round, by=by, at=at, dry_run=dry_run)

    wrong = take(filled(KH_gt="muộn", DH_ts=3, DH_ms=0, SK_gt="hai"))
    assert [(one.row, one.reason.split(":")[0]) for one in wrong.errors] == [
        (4, "Hãy chọn một trong các mức"),
        (5, "Mẫu số bằng 0 mà tử số lớn hơn 0."),
        (6, "Không đọc được"),
    ]
    assert not wrong.written and not Answer.objects.filter(self_at__isnull=False).exists()
    good = filled(KH_gt="Kịp thời", DH_ts="90", DH_ms=96)
    assert (take(good, dry_run=True).changed, take(good, dry_run=True).written) == (["KH", "DH"], False)
    assert take(good).written and str(world.answer("DH").self_points.normalize()) == "5.63"
    stale = take(filled(KH_gt="không"))
    assert "vừa sửa tiêu chí KH" in stale.errors[0].reason and world.answer("KH").value == "kịp thời"
    out = actions.export_sheet(unit, world.round, by=by, at=at)
    assert (take(out).same, take(out).changed) == (3, [])


def test_a_round_is_prepared_at_the_desk(world: World):
    client = at_desk(world.chief)
    sent = {
        "version": world.kept.pk,
        "year": 2026,
        "kind": UnitKind.COMMUNE.value,
        "self_until": "01/12/2026",
        "don-vi": [world.ba_to.authority, world.tinh_khe.authority],
    }
    refused = client.post(HERE + "lap-dot/", {**sent, "kind": "province"})
    assert refused.status_code == 422 and "tỉnh, thành phố" in refused.content.decode()
    made = client.post(HERE + "lap-dot/", sent)
    assert made.status_code == 302 and client.get(made.url).status_code == 200
    assigned = Answer.objects.filter(round__year=2026)
    mine = assigned.filter(owner=world.ba_to.authority)
    client.post(made.url + "giao/", {"chon": [one.pk for one in mine[:2]], "agency": world.tinh_khe.authority})
    assert assigned.filter(owner=world.tinh_khe.authority).count() == 5


def test_pages_of_thirty_units_ask_few_statements(world: World, django_assert_max_num_queries: object):
    """The overview and a sheet take as many statements for one unit as for many."""
    client = at_desk(world.chief)
    sheet = f"{HERE}dot/{world.round.pk}/phieu/{world.answer('KH').unit_id}/"
    for path in (HERE, sheet):
        client.get(path)
        with django_assert_max_num_queries(40):  # type: ignore[operator]
            assert client.get(path).status_code == 200
