"""A criterion from the owner's score to publication: a paper and a live figure, a lower mark with its reason, an objection, the council.

Each class of page is looked at in both widths: axe finds nothing, nothing lies sideways.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.base.verify import verify_journal
from motcua.indices import actions
from motcua.indices.models import Answer, Round
from motcua.indices.terms import Stage, UnitKind
from motcua.people.terms import Role
from tests import make
from tests.indices.test_rounds import SET
from tests.journeys.driving import press, says
from tests.journeys.test_accessible import Eyes
from tests.journeys.test_directives import come_in
from tests.permissions.world import a_pdf


class Workbench:
    """A round over two communes, run by the province, still being prepared."""

    def __init__(self) -> None:
        self.province, at = make.province(), timezone.now()
        self.chief = make.official("Trần Chủ Tịch", "chutich", self.province.root, Role.LEADER)
        self.judge = make.official("Ngô Thẩm Định", "thamdinh", self.province.root, Role.SPECIALIST)
        year = day_of(at).year
        kept = actions.import_set(
            SET.replace("from: 2025", "from: 2020").replace(", rule: relative", ", rule: counted").encode(),
            name="bo.yaml",
            by=self.chief,
            at=at,
        )
        actions.sign_off(kept, by=self.chief, at=at)
        last = day_of(at) + timedelta(days=9)
        days = dict.fromkeys(("self_until", "check_until", "appraise_until", "object_until"), last)
        self.round = actions.prepare(
            kept,
            year=year,
            kind=UnitKind.COMMUNE,
            organiser=self.province.root,
            units=[self.province.ba_to.authority, self.province.tinh_khe.authority],
            deadlines=days,
            by=self.chief,
            at=at,
        )

    def answer(self, criterion: str, agency: int | None = None) -> Answer:
        return Answer.objects.select_related("unit").get(
            round=self.round, criterion=criterion, unit__agency=agency or self.province.ba_to.authority
        )


@pytest.fixture
def bench(db: None) -> Workbench:
    return Workbench()


def test_from_a_score_to_publication(
    bench: Workbench, new_page: Any, site: str, accessible: Any, tmp_path: Path
) -> None:
    owner_page = come_in(new_page(), bench.province.ba_to.specialist, site)
    chief_page, judge_page = come_in(new_page(), bench.chief, site), come_in(new_page(), bench.judge, site)
    owner, chief, judge = Eyes(owner_page, accessible), Eyes(chief_page, accessible), Eyes(judge_page, accessible)
    step(chief, bench, "Mở đợt, cho các đơn vị tự chấm", "Đã mở đợt")
    chief.go("extend", "indices:step", bench.round.pk, "extend")
    actions.propose_figure(
        bench.answer("DH"),
        measure="on_time",
        numerator="95",
        denominator="96",
        as_of=date(2026, 1, 1),
        by=SYSTEM,
        at=timezone.now(),
    )
    say_how_it_stands(owner, bench, tmp_path)
    by_the_other(bench)
    for words in ("Kết thúc tự chấm", "Kết thúc kiểm tra"):
        step(chief, bench, words, "")
    lower_with_a_reason(judge, bench)
    step(chief, bench, "Gửi kết quả thẩm định cho các đơn vị", "")
    object_and_hear(owner, judge, bench)
    step(chief, bench, "Kết thúc tiếp nhận ý kiến", "")
    decide_and_publish(chief, bench)
    owner.go("ranking", "indices:ranking", bench.round.pk)
    says(owner_page, "Ủy ban nhân dân xã Ba Tơ", "9,94")
    found = owner.found + chief.found + judge.found
    assert not found, "\n".join(found)
    assert [one.problems for one in (owner_page, chief_page, judge_page)] == [[], [], []]  # type: ignore[attr-defined]
    assert verify_journal().ok


def step(eyes: Eyes, bench: Workbench, words: str, told: str) -> None:
    """One step of the round: the button on its page, then the page that says what follows."""
    eyes.page.goto(reverse("indices:round", args=[bench.round.pk]))
    eyes.look(f"round before “{words}”")
    press(eyes.page, words)
    press(eyes.page, words, within=eyes.page.locator("main form"))
    says(eyes.page, *([told] if told else []))


def say_how_it_stands(eyes: Eyes, bench: Workbench, tmp_path: Path) -> None:
    """The owner: from what waits to the sheet, an option with a paper, then a figure taken over."""
    page = eyes.page
    eyes.go("mine", "indices:mine")
    press(page, "Làm tiếp")
    eyes.look("sheet")
    press(page, "Kế hoạch")
    press(page, "Ghi điểm tự chấm")
    eyes.look("answer, in error")
    page.get_by_label("kịp thời", exact=False).first.check()
    expect(page.get_by_role("status").filter(has_text="được 2 trong 2 điểm")).to_be_visible()
    press(page, "Ghi điểm tự chấm")
    says(page, "Đã ghi điểm tự chấm")
    paper = tmp_path / "ke-hoach.pdf"
    paper.write_bytes(a_pdf())
    page.get_by_text("Thêm tài liệu").first.click()
    page.set_input_files("input[type=file]", paper)
    press(page, "Thêm tài liệu", within=page.locator("#tai-lieu form"))
    says(page, "ke-hoach.pdf")
    eyes.look("answer with a proof")
    page.goto(reverse("indices:answer", args=[bench.answer("DH").pk]))
    eyes.look("answer with a proposed figure")
    press(page, "Lấy số liệu này làm điểm tự chấm")
    says(page, "95 / 96 = 98,96%, được 5,94 trong 6 điểm")
    page.goto(reverse("indices:answer", args=[bench.answer("SK").pk]))
    page.get_by_label("Giá trị đạt được").fill("2")
    press(page, "Ghi điểm tự chấm")
    assert bench.answer("DH").self_points is not None and bench.answer("SK").self_points == 2


def by_the_other(bench: Workbench) -> None:
    """The other commune says how it stands; its pages are the same."""
    who: Actor = bench.province.tinh_khe.specialist
    for criterion, said in (
        ("KH", {"value": "không"}),
        ("DH", {"numerator": "1", "denominator": "2"}),
        ("SK", {"value": "1"}),
    ):
        answer = bench.answer(criterion, bench.province.tinh_khe.authority)
        actions.self_score(answer, by=who, at=timezone.now(), **said)


def lower_with_a_reason(eyes: Eyes, bench: Workbench) -> None:
    """The judge lowers one, is asked why, and confirms all others of a sheet at once."""
    page, answer = eyes.page, bench.answer("KH")
    eyes.go("answer to appraise", "indices:answer", answer.pk)
    page.get_by_role("textbox", name="Điểm", exact=True).fill("1")
    press(page, "Ghi điểm thẩm định")
    eyes.look("appraisal, in error")
    says(page, "Hãy ghi lý do khi điểm khác với điểm trước đó")
    expect(page.get_by_role("textbox", name="Điểm", exact=True)).to_have_value("1")
    page.get_by_label("Lý do").fill("Kế hoạch ký sau ngày 31/01")
    press(page, "Ghi điểm thẩm định")
    says(page, "hạ điểm", "Kế hoạch ký sau ngày 31/01")
    for unit in bench.round.units.order_by("pk"):
        page.goto(reverse("indices:sheet", args=[bench.round.pk, unit.pk]) + "?loc=chua-tham-dinh")
        for box in page.locator("input[name=chon]").all():
            box.check()
        eyes.look("sheet to confirm")
        press(page, "Xác nhận điểm các tiêu chí đã chọn")
        says(page, "Đã xác nhận")


def object_and_hear(owner: Eyes, judge: Eyes, bench: Workbench) -> None:
    """The owner objects once; the answer stands beside it."""
    answer = bench.answer("KH")
    owner.go("answer to object to", "indices:answer", answer.pk)
    says(owner.page, "Kế hoạch ký sau ngày 31/01")
    owner.page.get_by_label("Vì sao điểm thẩm định chưa đúng").fill("Kế hoạch ký ngày 28/01, số 12/KH-UBND")
    press(owner.page, "Gửi ý kiến")
    says(owner.page, "chờ trả lời")
    judge.page.goto(reverse("indices:mine"))
    press(judge.page, "Làm tiếp")
    judge.page.get_by_label("Đồng ý", exact=False).first.check()
    judge.page.locator("#reply textarea").fill("Đúng ngày 28/01, đã xem lại văn bản")
    press(judge.page, "Gửi trả lời")
    judge.look("answer with a reply")
    says(judge.page, "được đồng ý")


def decide_and_publish(eyes: Eyes, bench: Workbench) -> None:
    """The council's word is the last; publication freezes the ranking under its hash."""
    page = eyes.page
    eyes.go("answer to decide", "indices:answer", bench.answer("KH").pk)
    page.get_by_role("textbox", name="Điểm", exact=True).fill("2")
    page.get_by_label("Lý do").fill("Theo văn bản số 12/KH-UBND")
    press(page, "Ghi quyết định")
    says(page, "Hội đồng quyết định: từ 1 thành 2 điểm")
    page.goto(reverse("indices:round", args=[bench.round.pk]))
    press(page, "Công bố kết quả")
    eyes.look("publication")
    press(page, "Công bố và khóa kết quả")
    kept = Round.objects.get(pk=bench.round.pk)
    assert kept.stage == Stage.PUBLISHED
    says(page, "Kết quả đã khóa", kept.results_sha256)
    eyes.look("published round")
    eyes.go("overview", "indices:rounds")
    eyes.go("printed sheet", "indices:print", bench.round.pk, bench.answer("KH").unit_id)
