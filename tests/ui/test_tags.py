"""The tags draw what the language says."""

import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any
from zlib import crc32

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.test import RequestFactory
from lucide import IconDoesNotExist

from motcua.ui import charts, samples
from motcua.ui.navigation import Place, places
from motcua.workdays.rules.showing import DayCell, Segment
from motcua.workdays.terms import DayLook, SegmentKind


def draw(text: str, **values: Any) -> str:
    return Template("{% load ui %}" + text).render(Context(values))


def test_an_icon_is_silent_beside_a_word_and_named_alone() -> None:
    assert 'aria-hidden="true"' in draw('{% icon "clock" %}')
    alone = draw('{% icon "search" label="Tìm" %}')
    assert 'role="img"' in alone
    assert 'aria-label="Tìm"' in alone


def test_an_unknown_icon_is_a_mistake() -> None:
    with pytest.raises(IconDoesNotExist):
        draw('{% icon "khong-co" %}')


def test_a_status_has_icon_and_word_and_escapes_what_it_is_given() -> None:
    drawn = draw('{% tag "nuoc" "inbox" word %}', word="<b>Mới nộp</b>")
    assert 'class="tag tag--nuoc"' in drawn
    assert "<svg" in drawn
    assert "&lt;b&gt;Mới nộp" in drawn


@pytest.mark.parametrize("kind", ["in", "near", "late", "paused", "done"])
def test_a_due_chip_says_its_state_in_form_and_words(kind: str) -> None:
    left = samples.REMAINING[kind]
    drawn = draw("{% due_chip left %}", left=left)
    assert f"due--{kind}" in drawn
    assert left.words in drawn
    assert "<svg" in drawn


def test_a_due_chip_opens_its_reason_without_scripts() -> None:
    drawn = draw(
        '{% due_chip left title="Hẹn 11:15" why=why url="/vi-sao/" %}', left=samples.REMAINING["in"], why=["một", "hai"]
    )
    assert drawn.startswith("<details")
    assert drawn.index("Hẹn 11:15") < drawn.index("một") < drawn.index("hai") < drawn.index('href="/vi-sao/"')


def test_the_calendar_draws_used_paused_and_left_hours_with_attributes_only() -> None:
    drawn = draw("{% day_calendar cells %}", cells=samples.cells(29))
    assert drawn.count('<li class="day') == 21
    assert '<rect class="none" x="0.0" width="28.0"' in drawn
    assert '<rect class="wait" fill="url(#wait)" x="38.0" width="62.0"' in drawn
    assert 'class="day day--today"' in drawn
    assert 'class="day day--due"' in drawn
    assert "hẹn trả" in drawn
    assert "lễ" in drawn
    assert "style" not in drawn


def test_a_long_row_of_days_says_only_the_words_that_matter() -> None:
    start = date(2026, 10, 12)
    cells = [
        DayCell(day, "", DayLook.OFF, "nghỉ") if day.weekday() >= 5 else DayCell(day, "", DayLook.WORK)
        for day in (date.fromordinal(start.toordinal() + n) for n in range(30))
    ]
    cells[-1] = replace(cells[-1], is_today=True)
    drawn = draw("{% day_calendar cells strip=True %}", cells=cells)
    assert "nghỉ" not in drawn and "<small>tháng 11</small>" in drawn and "1/11" not in drawn
    assert "<small>hôm nay</small>" in drawn
    assert "nghỉ" in draw("{% day_calendar cells strip=True %}", cells=cells[:14])


def test_the_calendar_draws_what_the_rules_of_working_time_hand_over() -> None:
    cells = [
        DayCell(date(2026, 9, 1), "T3", DayLook.HOLIDAY, "lễ"),
        DayCell(
            date(2026, 9, 2),
            "T4",
            DayLook.WORK,
            "",
            (Segment(SegmentKind.USED, 0, 60), Segment(SegmentKind.REST, 60, 40)),
        ),
        DayCell(date(2026, 9, 5), "T7", DayLook.EXTRA, "", (Segment(SegmentKind.WAIT, 0, 100),), "làm bù", is_due=True),
        DayCell(date(2026, 9, 6), "CN", DayLook.OUT),
    ]
    drawn = draw("{% day_calendar cells strip=True %}", cells=cells)
    assert (
        '<li class="day day--off"><span class="wd" aria-hidden="true">T3</span><span class="n">1/9</span><small>lễ'
        in drawn
    )
    assert '<rect class="rest" x="60.0" width="40.0"' in drawn
    assert "<small>làm bù</small>" in drawn
    assert 'class="day day--out"' in drawn


def test_the_key_explains_only_what_is_drawn() -> None:
    later = [cell for cell in samples.cells(27) if cell.date.day > 20]
    drawn = draw("{% day_calendar cells %}", cells=later)
    assert "còn lại" in drawn
    assert "đồng hồ dừng" not in drawn


def test_weeks_begin_on_monday() -> None:
    drawn = draw("{% day_calendar cells %}", cells=samples.cells(29)[2:])
    assert drawn.count('<li aria-hidden="true"></li>') == 2


def test_the_lines_of_the_count_end_with_their_sum() -> None:
    by_clock = [SimpleNamespace(from_words="", to_words="", counted_hours=240, why="10 ngày", kind="calendar")]
    assert "giờ theo lịch" in draw("{% due_lines steps %}", steps=by_clock)
    drawn = draw("{% due_lines steps %}", steps=samples.STEPS)
    assert "Chờ bổ sung, phiếu 12/PBS-TTPVHCC" in drawn
    assert '<td class="r">80</td>' in drawn


def test_a_field_is_label_hint_error_control_in_this_order() -> None:
    form = samples.SampleForm({**samples.TYPED, "name": ""})
    drawn = draw("{% field form.name %}", form=form)
    order = [drawn.index(part) for part in ("<label", 'class="hint"', 'class="error"', "<input")]
    assert order == sorted(order)
    assert 'aria-describedby="id_name_hint id_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_only_optional_fields_are_marked() -> None:
    form = samples.SampleForm()
    assert "(không bắt buộc)" in draw("{% field form.sign %}", form=form)
    assert "(không bắt buộc)" not in draw("{% field form.name %}", form=form)


def test_choices_are_rows_with_their_consequence() -> None:
    drawn = draw("{% field form.place %}", form=samples.SampleForm(samples.TYPED))
    assert drawn.startswith("<fieldset")
    assert "<small>Không phải nộp thêm giấy</small>" in drawn
    assert drawn.count('class="pick') == 2
    assert drawn.count("checked") == 1


def test_typed_text_is_escaped_and_kept() -> None:
    drawn = draw("{% field form.name %}", form=samples.SampleForm({**samples.TYPED, "name": '"><script>'}))
    assert "&quot;&gt;&lt;script&gt;" in drawn
    assert "<script>" not in drawn


def test_the_summary_links_to_each_mistake() -> None:
    drawn = draw("{% error_summary form %}", form=samples.SampleForm({**samples.TYPED, "place": "", "name": ""}))
    assert "Còn 3 chỗ cần sửa" in drawn
    assert 'href="#id_name"' in drawn
    assert 'href="#id_place_0"' in drawn
    assert draw("{% error_title form %}", form=samples.SampleForm({})) == "Lỗi: "


def test_no_mistakes_no_summary() -> None:
    good = samples.SampleForm({**samples.TYPED, "issued_on": "20/11/2020"})
    assert draw("{% error_summary form %}{% error_title form %}", form=good).strip() == ""


def test_a_closed_act_stays_in_its_place_and_tells_all_its_reasons() -> None:
    drawn = draw('{% move_button "Trả kết quả" reasons action="/tra/" %}', reasons=["chưa ký.", "chưa thu lệ phí."])
    assert 'aria-disabled="true"' in drawn
    assert " disabled" not in drawn.replace('aria-disabled="true"', "")
    assert "<form" not in drawn
    assert "chưa ký." in drawn
    assert "chưa thu lệ phí." in drawn
    described = re.search(r'aria-describedby="([^"]+)"', drawn)
    assert described
    assert f'id="{described[1]}"' in drawn


def test_an_open_act_posts_with_its_seal() -> None:
    drawn = draw('{% move_button "Trình ký" none action="/trinh/" main=True key="T" %}', none=[], csrf_token="dấu")
    assert '<form action="/trinh/" method="post">' in drawn
    assert 'value="dấu"' in drawn
    assert "btn--main" in drawn
    assert "<kbd>T</kbd>" in drawn


def test_the_same_act_has_the_same_anchor_in_every_process() -> None:
    drawn = draw('{% move_button "Rút" reasons %}', reasons=["đã trả."])
    assert f'id="vi-sao-{crc32("Rút||||".encode()):08x}"' in drawn


def test_a_part_of_an_absent_app_leaves_no_trace() -> None:
    assert draw('{% panel "surveys:about_dossier" 5 %}') == ""
    assert 'data-remote="/phan/"' in draw('{% panel "/phan/" title="Phản hồi" %}')


def test_boxes_keep_their_content_and_escape_their_title() -> None:
    drawn = draw("{% card title %}<p>{{ word }}</p>{% endcard %}", title="A & B", word="<i>")
    assert "A &amp; B" in drawn
    assert "<p>&lt;i&gt;</p>" in drawn


def test_good_news_is_a_toast_and_a_failure_a_note() -> None:
    said = [
        Message(constants.SUCCESS, "Đã chuyển.", extra_tags="undo:/lay-lai/5/"),
        Message(constants.ERROR, "Chưa trả được."),
    ]
    drawn = draw("{% told %}", messages=said, csrf_token="dấu")
    assert 'class="toast"' in drawn
    assert 'action="/lay-lai/5/"' in drawn
    assert 'role="alert"' in drawn


def test_a_menu_shows_what_exists_and_marks_where_we_are() -> None:
    entries = (Place("ui:gallery", "Thư viện"), Place("ui:fragment", "Phần"), Place("khong:co", "Không có"))
    found = places(entries, RequestFactory().get("/ui/phan-tai-sau/x"))
    assert [(entry.label, entry.current) for entry in found] == [("Thư viện", False), ("Phần", True)]


def test_a_menu_hides_what_a_role_could_never_open(monkeypatch: pytest.MonkeyPatch) -> None:
    from motcua.ui import views

    monkeypatch.setattr(views.gallery, "allowed_roles", frozenset({"leader"}), raising=False)
    request = RequestFactory().get("/")
    request.actor = SimpleNamespace(roles=frozenset({"clerk"}))  # type: ignore[attr-defined]
    assert places((Place("ui:gallery", "Thư viện"),), request) == []
    request.actor.roles = frozenset({"leader"})  # type: ignore[attr-defined]
    assert len(places((Place("ui:gallery", "Thư viện"),), request)) == 1


def test_bars_start_at_nothing_and_the_longest_is_full() -> None:
    drawn = charts.bars("x", [("a", 50), ("b", 100), ("c", 0)], "%")
    assert [row["width"] for row in drawn["rows"]][2] == 0
    assert drawn["rows"][1]["width"] == 2 * drawn["rows"][0]["width"]
    assert drawn["rows"][0]["text"] == "50%"


def test_a_bar_leaves_room_for_its_figure_and_its_name_stands_above_it() -> None:
    [row] = charts.bars("x", [("Trung tâm Phục vụ hành chính công tỉnh Quảng Ngãi", 97_500)], "hồ sơ")["rows"]
    assert row["end"] + 9.5 * len(row["text"]) <= charts.WIDTH  # as wide as bold letters are on a phone
    assert row["name_y"] < row["y"] and row["name"].startswith("Trung tâm Phục vụ hành chính công tỉnh")


@pytest.mark.parametrize(("low", "high"), [(4.9, 6.8), (0, 3), (94, 95), (0, 48902), (5, 5), (0, 0)])
def test_an_axis_has_round_steps_around_its_values(low: float, high: float) -> None:
    bottom, top, step = charts.scale(low, high)
    assert bottom <= low <= high <= top
    assert 1 <= round((top - bottom) / step) <= 6


@pytest.mark.parametrize(("share", "shade"), [(97, "h0"), (90, "h0"), (89.9, "h1"), (65, "h2"), (50, "h3"), (12, "h4")])
def test_more_lost_is_more_ink(share: float, shade: str) -> None:
    assert charts.heat_class(share) == shade
