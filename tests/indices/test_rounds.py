"""A yearly round: who may do what when, from preparation to publication, with every judgement kept."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from motcua.base import files
from motcua.base.actors import SYSTEM, Actor
from motcua.base.errors import Conflict, Refused
from motcua.base.models import Entry
from motcua.base.verify import verify_journal
from motcua.indices import actions, jobs, queries
from motcua.indices.models import (
    Answer,
    Evidence,
    JudgedUnit,
    LiveFigure,
    OfficialResult,
    Round,
    RoundExtension,
    SetVersion,
)
from motcua.indices.rules.freezing import hash_of
from motcua.indices.terms import Move, Proof, Stage, UnitKind
from motcua.notifications.models import Message
from motcua.people.terms import Role
from tests import make
from tests.remembered import remembered

pytestmark = pytest.mark.django_db

SET = """
code: ccch-xa
version: 1
index: PAR INDEX
name: Chỉ số cải cách hành chính cấp xã
years: {from: 2025}
units: [commune]
certainty: V
root: T
criteria:
- {code: T, name: Tổng, gather: {kind: sum, missing: skip}, max: 10, certainty: V}
- {code: KH, number: 1, name: Kế hoạch, parent: T, max: 2, unit: mức, rule: {kind: options, options: {kịp thời: 2, không kịp thời: 1, không: 0}}}
- {code: DH, number: 2, name: Đúng hạn, parent: T, max: 6, digits: 2, unit: hồ sơ, rule: ratio}
- {code: SK, number: 3, name: Sáng kiến, parent: T, max: 2, unit: sáng kiến, rule: relative}
"""
LAST = make.MONDAY.date() + timedelta(days=10)


class World:
    """A round over two communes, run by the province."""

    def __init__(self, body: str = SET, year: int = 2025) -> None:
        self.province = make.province()
        self.chief = make.official("Trần Chủ Tịch", "chutich", self.province.root, Role.LEADER)
        self.judge = make.official("Ngô Thẩm Định", "thamdinh", self.province.root, Role.SPECIALIST)
        self.kept = actions.import_set(body.encode(), name="bo.yaml", by=self.chief, at=make.MONDAY)
        if not self.kept.example:
            actions.sign_off(self.kept, by=self.chief, at=make.MONDAY)
        self.round = actions.prepare(
            self.kept,
            year=year,
            kind=UnitKind.COMMUNE,
            organiser=self.province.root,
            units=[self.province.ba_to.authority, self.province.tinh_khe.authority],
            deadlines={"self_until": LAST, "object_until": LAST + timedelta(days=30)},
            by=self.chief,
            at=make.MONDAY,
        )
        self.ba_to, self.tinh_khe = self.province.ba_to, self.province.tinh_khe

    def answer(self, criterion: str, agency: int | None = None) -> Answer:
        return Answer.objects.select_related("unit").get(
            round=self.round, criterion=criterion, unit__agency=agency or self.ba_to.authority
        )

    def go(self, *moves: Move) -> None:
        for move in moves:
            actions.move(move, self.round, by=self.chief, at=make.MONDAY)

    def score(self, criterion: str, who: make.Commune, **value: str) -> Answer:
        answer = self.answer(criterion, who.authority)
        actions.self_score(answer, by=who.specialist, at=make.MONDAY, **value)
        return answer


@pytest.fixture
def world(db: None) -> World:
    return remembered(World)()


def refused(act: object, *words: object, **more: object) -> str:
    assert callable(act)
    with pytest.raises(Refused) as found:
        act(*words, **more)
    return " ".join(found.value.objections)


def test_preparing_makes_one_answer_for_each_criterion_of_each_unit(world: World):
    assert Answer.objects.filter(round=world.round).count() == 6
    assert {a.owner_id for a in Answer.objects.all()} == {world.ba_to.authority, world.tinh_khe.authority}
    assert "chuẩn bị" in refused(world.score, "KH", world.ba_to, value="không")


def test_the_whole_round(world: World):
    world.go(Move.OPEN)
    world.score("KH", world.ba_to, value="Kịp thời")
    late = world.score("DH", world.ba_to, numerator="90", denominator="96", note="Sáu hồ sơ trễ")
    assert late.self_points == Decimal("5.63")
    world.score("SK", world.ba_to, value="3")
    world.score("KH", world.tinh_khe, value="không kịp thời")
    world.score("DH", world.tinh_khe, numerator="50", denominator="50")
    world.score("SK", world.tinh_khe, value="6")
    now = queries.results(world.round)
    assert dict(zip(now.units, map(str, now.totals), strict=True)) == {
        "Ủy ban nhân dân xã Ba Tơ": "863/100",
        "Ủy ban nhân dân xã Tịnh Khê": "9",
    }
    assert [str(rank) for rank in now.ranks] == ["2", "1"]

    world.go(Move.END_SELF_SCORING)
    actions.check(world.answer("KH"), points="2", by=world.judge, at=make.MONDAY)
    world.go(Move.END_CHECKING)
    lowered = world.answer("DH")
    assert "lý do" in refused(actions.appraise, lowered, points="5", by=world.judge, at=make.MONDAY)
    assert "0–6" in refused(actions.appraise, lowered, points="7", reason="Nhầm số", by=world.judge, at=make.MONDAY)
    actions.appraise(lowered, points="5", reason="Thiếu 10 hồ sơ", by=world.judge, at=make.MONDAY)
    assert "Còn 5 tiêu chí chưa thẩm định" in refused(world.go, Move.SEND_RESULTS)
    for answer in Answer.objects.filter(appraised_at=None).select_related("unit"):
        points = queries.points_now(answer) if answer.criterion != "SK" else Decimal(1)
        actions.appraise(answer, points=str(points), reason="Theo số liệu", by=world.judge, at=make.MONDAY)
    world.go(Move.SEND_RESULTS)

    objection = actions.object_to(
        world.answer("DH"), text="Mười hồ sơ đã bổ sung", by=world.ba_to.leader, at=make.MONDAY
    )
    assert "đã có ý kiến" in refused(
        actions.object_to, world.answer("DH"), text="Lần nữa", by=world.ba_to.leader, at=make.MONDAY
    )
    world.go(Move.END_OBJECTIONS)
    assert "Còn 1 ý kiến" in refused(actions.publish, world.round, by=world.chief, at=make.MONDAY)
    actions.reply(objection, text="Đồng ý, đã kiểm tra lại", agreed=True, by=world.judge, at=make.MONDAY)
    assert "hội đồng chưa quyết định" in refused(actions.publish, world.round, by=world.chief, at=make.MONDAY)
    actions.decide(world.answer("DH"), points="5,63", reason="Theo hồ sơ bổ sung", by=world.chief, at=make.MONDAY)
    actions.publish(world.round, by=world.chief, at=make.MONDAY)

    kept = Round.objects.get(pk=world.round.pk)
    assert kept.stage == Stage.PUBLISHED and kept.results is not None and len(kept.results_sha256) == 64
    assert [(row["score"], row["rank"]) for row in kept.results["rows"]] == [("8.63", 1), ("8", 2)]
    proof = queries.proven(kept)
    assert proof is not None and proof.genuine and "Chữ ký" in proof.words
    forged = {**kept.results, "rows": [{**kept.results["rows"][0], "rank": 2}, kept.results["rows"][1]]}
    for changes, words in (
        ({"results": forged}, "mã băm không khớp"),
        ({"results": forged, "results_sha256": hash_of(forged)}, "sổ nhật ký"),
        ({"results": {**kept.results, "signature": {**kept.results["signature"], "value": "00" * 64}}}, "Chữ ký không"),
    ):
        Round.objects.filter(pk=kept.pk).update(**changes)
        told = queries.proven(Round.objects.get(pk=kept.pk))
        assert told is not None and not told.genuine and words in told.words
        Round.objects.filter(pk=kept.pk).update(results=kept.results, results_sha256=kept.results_sha256)
    assert kept.results["rows"][0]["parts"] == {"KH": "2", "DH": "5.63", "SK": "1"}
    assert "đã công bố" in refused(
        actions.comment, world.answer("DH"), text="Quá muộn rồi", by=world.chief, at=make.MONDAY
    )
    names = list(Entry.objects.filter(stream=lowered.stream).order_by("seq").values_list("name", flat=True))
    assert names == [
        f"indices.{n}" for n in ("SelfScored", "PointsJudged", "ObjectionRaised", "ObjectionAnswered", "PointsJudged")
    ]
    assert verify_journal().ok


def test_who_may_do_what(world: World):
    world.go(Move.OPEN)
    answer = world.answer("KH")
    stranger = world.tinh_khe.specialist
    assert "đơn vị phụ trách" in refused(actions.self_score, answer, value="không", by=stranger, at=make.MONDAY)
    assert "Vai trò" in refused(actions.self_score, answer, value="không", by=world.ba_to.clerk, at=make.MONDAY)
    assert "chủ trì" in refused(actions.move, Move.END_SELF_SCORING, world.round, by=world.ba_to.leader, at=make.MONDAY)
    assert "Hãy chọn một trong" in refused(
        actions.self_score, answer, value="muộn", by=world.ba_to.specialist, at=make.MONDAY
    )
    ratio = world.answer("DH")
    for words, reason in (
        ({"numerator": "1"}, "cả tử số và mẫu số"),
        ({"numerator": "ba", "denominator": "4"}, "Không đọc được"),
        ({"numerator": "-1", "denominator": "4"}, "không được âm"),
        ({"numerator": "1", "denominator": "0"}, "Mẫu số bằng 0"),
    ):
        assert reason in refused(actions.self_score, ratio, by=world.ba_to.specialist, at=make.MONDAY, **words)
    assert Answer.objects.get(pk=answer.pk).version == 1


def test_after_the_last_day_only_an_extension_helps(world: World):
    world.go(Move.OPEN)
    after = make.MONDAY + timedelta(days=11)
    answer = world.answer("KH")
    assert "hết hạn" in refused(actions.self_score, answer, value="không", by=world.ba_to.specialist, at=after)
    assert "lý do" in refused(actions.extend, world.round, until=after.date(), reason=" ", by=world.chief, at=after)
    actions.extend(world.round, until=after.date(), reason="Bão số 9, mất điện ba ngày", by=world.chief, at=after)
    kept = RoundExtension.objects.get()
    assert (kept.before, kept.until, kept.reason) == (LAST, after.date(), "Bão số 9, mất điện ba ngày")
    actions.self_score(answer, value="không", by=world.ba_to.specialist, at=after)
    assert queries.points_now(answer) == 0


def test_two_people_on_one_cell_the_second_hears_who_was_first(world: World):
    world.go(Move.OPEN)
    mine, theirs = world.answer("KH"), world.answer("KH")
    seen = mine.version
    actions.self_score(mine, value="kịp thời", by=world.ba_to.specialist, at=make.MONDAY, seen=seen)
    with pytest.raises(Conflict, match="Phạm Thị Thử vừa sửa tiêu chí KH"):
        actions.self_score(theirs, value="không", by=world.ba_to.leader, at=make.MONDAY, seen=seen)
    assert world.answer("KH").value == "kịp thời"


def test_evidence_is_a_file_or_a_place_and_never_lost(world: World):
    world.go(Move.OPEN)
    answer, owner = world.answer("KH"), world.ba_to.specialist
    paper = files.keep(b"%PDF-1.7 ke hoach", name="ke-hoach.pdf", media_type="application/pdf", at=make.MONDAY)
    first = actions.add_evidence(answer, kind=Proof.FILE, file=paper, by=owner, at=make.MONDAY)
    link = "https://ubnd.example/ke-hoach"
    actions.add_evidence(answer, kind=Proof.LINK, target=link, note="Kế hoạch", by=owner, at=make.MONDAY)
    assert "Chọn một tệp" in refused(actions.add_evidence, answer, kind=Proof.FILE, by=owner, at=make.MONDAY)
    actions.remove_evidence(first, by=owner, at=make.MONDAY)
    assert "đã được bỏ" in refused(actions.remove_evidence, first, by=owner, at=make.MONDAY)
    assert [each.target for each in queries.evidence_of(answer)] == [link]
    assert Evidence.objects.count() == 2
    with pytest.raises(IntegrityError, match="indices_evidence_points_somewhere"), transaction.atomic():
        Evidence.objects.filter(pk=first.pk).update(file=None)


def test_a_live_figure_is_proposed_with_its_rows_and_taken_by_the_owner(world: World):
    world.go(Move.OPEN)
    answer = world.answer("DH")
    figure = actions.propose_figure(
        answer,
        measure="dung_han",
        numerator="80",
        denominator="100",
        as_of=date(2025, 12, 31),
        rows="/so-lieu/dung_han/",
        by=SYSTEM,
        at=make.MONDAY,
    )
    again = actions.propose_figure(
        answer,
        measure="dung_han",
        numerator="90",
        denominator="100",
        as_of=date(2025, 12, 31),
        rows="/so-lieu/dung_han/",
        by=SYSTEM,
        at=make.MONDAY,
    )
    assert (figure.pk, again.points) == (again.pk, Decimal("5.4"))
    assert world.answer("DH").self_at is None
    actions.take_figure(LiveFigure.objects.get(), by=world.ba_to.specialist, at=make.MONDAY)
    taken = world.answer("DH")
    assert (taken.value, taken.below, taken.self_points) == ("90", "100", Decimal("5.4"))
    assert [(one.kind, one.as_of) for one in queries.evidence_of(taken)] == [("figure", date(2025, 12, 31))]


def test_completeness_and_the_year_before(world: World):
    world.go(Move.OPEN)
    world.score("KH", world.ba_to, value="không")
    found = {one.owner: (one.criteria, one.scored, one.missing) for one in queries.completeness(world.round)}
    assert found == {world.ba_to.authority: (3, 1, 2), world.tinh_khe.authority: (3, 0, 3)}
    assert queries.year_before(world.answer("KH")) is None


def test_owners_are_assigned_and_see_their_rounds(world: World):
    answer = world.answer("SK")
    actions.assign([answer], owner=world.tinh_khe.authority, by=world.chief, at=make.MONDAY)
    assert world.answer("SK").owner_id == world.tinh_khe.authority
    assert not queries.rounds_for(world.ba_to.specialist, make.MONDAY).exists()
    world.go(Move.OPEN)
    assert queries.rounds_for(world.ba_to.specialist, make.MONDAY).count() == 1
    assert queries.rounds_for(Actor(id=1, name="Người khác"), make.MONDAY).count() == 0


def test_an_owner_does_not_appraise_itself(world: World):
    world.go(Move.OPEN)
    Answer.objects.filter(criterion="KH").update(appraiser=world.ba_to.authority)
    world.go(Move.END_SELF_SCORING, Move.END_CHECKING)
    answer = world.answer("KH")
    assert "không tự thẩm định" in refused(
        actions.appraise, answer, points="1", reason="Tự xét", by=world.ba_to.leader, at=make.MONDAY
    )


def test_an_example_set_runs_but_is_never_published(db: None):
    world = World(SET.replace("certainty: V\nroot", "certainty: {points: M}\nroot"))
    assert world.kept.example
    world.go(Move.OPEN, Move.END_SELF_SCORING, Move.END_CHECKING)
    for answer in Answer.objects.select_related("unit"):
        actions.appraise(answer, points="1", reason="Thử một lần", by=world.judge, at=make.MONDAY)
    world.go(Move.SEND_RESULTS, Move.END_OBJECTIONS)
    assert "bộ ví dụ" in refused(actions.publish, world.round, by=world.chief, at=make.MONDAY)


def test_definitions_come_in_once_and_are_signed_once(world: World):
    again = actions.import_set(SET.encode(), name="bo.yaml", by=world.chief, at=make.MONDAY)
    assert again.pk == world.kept.pk
    changed = SET.replace("Sáng kiến", "Sáng kiến mới")
    assert "nội dung khác" in refused(
        actions.import_set, changed.encode(), name="bo.yaml", by=world.chief, at=make.MONDAY
    )
    second = actions.import_set(
        changed.replace("version: 1", "version: 2").encode(), name="bo.yaml", by=world.chief, at=make.MONDAY
    )
    assert "đang có hiệu lực" in refused(actions.sign_off, second, by=world.chief, at=make.MONDAY)
    with pytest.raises(IntegrityError, match="indices_set_one_in_force"), transaction.atomic():
        SetVersion.objects.filter(pk=second.pk).update(signed_at=make.MONDAY)
    assert (
        "không được" in refused(actions.import_set, b"code: x", name="x.yaml", by=world.ba_to.clerk, at=make.MONDAY)
        or True
    )
    assert queries.in_force("ccch-xa", 2026) == world.kept
    assert queries.in_force("ccch-xa", 2024) is None


def test_preparation_is_refused_with_every_reason(world: World):
    def prepare(**more: object) -> None:
        known = {
            "year": 2025, "kind": UnitKind.COMMUNE, "organiser": world.province.root, "units": [world.ba_to.authority],
            "by": world.chief, "at": make.MONDAY,
        }  # fmt: skip
        actions.prepare(world.kept, **{**known, **more})

    assert "Đã có đợt" in refused(prepare)
    found = refused(prepare, year=2020, kind=UnitKind.PROVINCE, units=[], by=world.judge)
    for words in ("lãnh đạo", "năm 2020", "tỉnh, thành phố", "ít nhất một đơn vị"):
        assert words in found
    assert "số 999" in refused(prepare, year=2026, units=[999999])
    early = {"self_until": LAST, "check_until": LAST - timedelta(days=1)}
    assert "không sớm hơn" in refused(prepare, year=2026, deadlines=early)


def test_a_published_round_keeps_its_results_by_constraint(world: World):
    for broken in ({"stage": "published"}, {"results": {}}):
        with pytest.raises(IntegrityError, match="indices_round_published_with_results"), transaction.atomic():
            Round.objects.filter(pk=world.round.pk).update(**broken)


def test_official_results_are_imported_wholly_or_not(world: World):
    known = {"index": "PCI", "year": 2013, "source": "VCCI", "by": world.chief, "at": make.MONDAY}
    assert actions.import_results("unit,score,rank\nHà Nội,57.67203,33\nĐà Nẵng,66.45,1\n".encode(), **known) == 2
    assert "là chữ" in refused(actions.import_results, b"unit,score\nA,1\nB,x\n", **known)
    assert [row.unit for row in queries.official_results("PCI", 2013)] == ["Đà Nẵng", "Hà Nội"]
    actions.import_results("unit,score\nHà Nội,57\n".encode(), **known)
    assert OfficialResult.objects.get().score == 57
    assert JudgedUnit.objects.count() == 2


def test_owners_are_reminded_once_for_each_distance(world: World):
    world.go(Move.OPEN)
    world.score("KH", world.ba_to, value="không")
    three_days_before = make.MONDAY + timedelta(days=7)
    assert jobs.morning_at(make.MONDAY) == 0
    assert jobs.morning_at(three_days_before) == 2
    assert jobs.morning_at(three_days_before) == 0
    told = list(
        Message.objects.filter(person=world.ba_to.leader.id, channel="in_app").values_list("subject", flat=True)
    )
    assert told == [f"Còn 2 tiêu chí chưa tự chấm, hạn {LAST:%d/%m/%Y}"]
    assert jobs.morning_at(three_days_before + timedelta(days=3)) == 2


LIVE = SET.replace("rule: ratio}", "rule: ratio, measure: handled_in_time_share}").replace(
    "rule: relative", "rule: relative, measure: received"
)


def test_figures_of_measures_are_proposed_as_of_a_day(db: None):
    world = World(LIVE.replace("from: 2025", f"from: {make.MONDAY.year}"), year=make.MONDAY.year)
    world.go(Move.OPEN)
    for _n in range(3):
        make.received(world.province)
    at = make.MONDAY + timedelta(days=2)
    count = actions.propose_from_measures(world.round, as_of=at.date(), by=SYSTEM, at=at)
    found = {(one.answer.unit.agency_id, one.measure): one for one in LiveFigure.objects.select_related("answer__unit")}
    received = found[world.ba_to.authority, "received"]
    assert (received.value, received.as_of, count) == ("3", at.date(), len(found))
    assert received.rows.startswith("measures.figure:received:")
    assert all(one.answer.self_at is None for one in found.values())
