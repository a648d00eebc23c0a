"""From points tried to a task that is followed: what-if, the lost point, the task among directives, the next measure.

Each class of page of this door is looked at in both widths: axe finds nothing, nothing lies sideways.
"""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from motcua.base.verify import verify_journal
from motcua.directives.models import Task
from motcua.indices import actions
from motcua.indices.models import JudgedUnit
from tests.indices.test_desk_next_point import World
from tests.journeys.driving import press, says
from tests.journeys.test_accessible import Eyes
from tests.journeys.test_directives import come_in

ROUND_TRIP = """() => new Promise((done) => {
  const field = document.querySelector('[name="d.DH"]');
  document.body.addEventListener("htmx:beforeRequest", () => { window.begun = performance.now(); }, { once: true });
  document.body.addEventListener("htmx:afterSettle", () => done(performance.now() - window.begun), { once: true });
  field.value = field.value === "6" ? "5,9" : "6";
  field.dispatchEvent(new Event("input", { bubbles: true }));
})"""


@pytest.fixture
def index(db: None) -> World:
    return World()


def test_from_a_tried_point_to_a_task_and_its_effect(index: World, new_page: Any, site: str, accessible: Any):
    chief = come_in(new_page(), index.chief, site)
    eyes = Eyes(chief, accessible)
    unit = JudgedUnit.objects.get(round=index.round, agency=index.ba_to.authority)
    chief.goto(f"{reverse('indices:try_points', args=[index.round.pk])}?dv={unit.pk}")
    try_a_point(chief)
    eyes.look("points tried")
    press(chief, "Điểm mất")
    says(chief, "mất 2,50 điểm ở 2 tiêu chí")
    eyes.look("lost points")
    chief.get_by_role("link", name="Giao việc: Đúng hạn").click()
    chief.get_by_label("Nội dung nhiệm vụ").fill("")
    eyes.press("task, in error", "Giao việc")
    chief.get_by_label("Nội dung nhiệm vụ").fill("Trả 15 hồ sơ quá hạn, rà lại quy trình")
    press(chief, "Giao việc", within=chief.locator("main form"))
    task = Task.objects.get()
    says(chief, f"Đã giao nhiệm vụ {task.code}", "chưa đo lại")

    owner = come_in(new_page(), index.ba_to.leader, site)
    owner.goto(reverse("directives_desk:tasks"))
    press(owner, "Trả 15 hồ sơ quá hạn")
    press(owner, "Tiếp nhận")
    press(owner, "Tiếp nhận", within=owner.locator("main form"))
    says(owner, "Đang thực hiện")
    dh, by = index.answer("DH", index.ba_to), index.ba_to.specialist
    actions.self_score(dh, by=by, at=timezone.now(), numerator="60", denominator="60")
    chief.goto(reverse("indices:answer", args=[dh.pk]))
    says(chief, task.code, "đã giúp", "(+1,50)")
    assert chief.problems == []  # type: ignore[attr-defined]
    assert not eyes.found, "\n".join(eyes.found)
    assert verify_journal().ok


def try_a_point(page: Page) -> None:
    """Typing moves score and rank at once, the part alone; the same without scripts is another test."""
    page.locator('[name="d.DH"]').fill("6")
    expect(page.locator("#ket-qua")).to_contain_text("9,00")
    expect(page.locator(".tree")).to_contain_text("+1,50")
    expect(page.locator('[name="d.DH"]')).to_be_focused()
    took = sorted(page.evaluate(ROUND_TRIP) for _again in range(5))
    assert took[0] < 100, took


def test_each_class_of_page(index: World, new_page: Any, site: str, accessible: Any):
    """Filled, empty, in error."""
    target = actions.set_target(
        index="CCHC XÃ",
        year=index.year,
        agency=index.province.root,
        worst_rank=15,
        basis="KH 45/KH-UBND",
        by=index.chief,
        at=index.now,
    )
    actions.check_quarter(target, quarter=1, rank=17, note="Đã rà soát", by=index.chief, at=index.now)
    eyes = Eyes(come_in(new_page(), index.chief, site), accessible)
    eyes.go("sets", "indices:sets")
    for key in ("par-camau-2013", "dti-922"):
        eyes.go(f"set {key}", "indices:set", key)
    eyes.go("difference", "indices:set_difference", "papi-2021")
    eyes.go("sign", "indices:set_sign", index.round.set_version_id)
    eyes.page.goto(reverse("indices:set_look"))
    eyes.press("look, in error", "Xem thử")
    eyes.go("road", "indices:road", index.round.pk, query="?hang=1")
    eyes.go("years, none", "indices:years", index.round.pk)
    eyes.go("targets", "indices:targets")
    eyes.go("target", "indices:target", target.pk)
    eyes.page.goto(reverse("indices:set_target"))
    eyes.press("target, in error", "Ghi mục tiêu")
    assert not eyes.found, "\n".join(eyes.found)


def test_points_are_tried_without_scripts(index: World, new_page: Any, site: str):
    page = come_in(new_page(scripts=False, narrow=True), index.ba_to.leader, site)
    page.goto(reverse("indices:try_points", args=[index.round.pk]))
    page.locator('[name="d.DH"]').fill("6")
    press(page, "Tính")
    says(page, "9,00", "+1,50")
