"""The small helps: keys, closed acts, one sending per press, typed text that comes back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from tests.ui.browser import SITE, page_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

HEAD = '<!doctype html><html lang="vi"><head><script src="/static/ui/desk.js" defer></script></head>'
FORM = """<body class="public-door"><main><form method="post" action="/xong/"%s>
<input name="a" type="text"><textarea name="b"></textarea>
<input type="radio" name="r" value="1"><input type="radio" name="r" value="2">
<button class="btn" data-busy="Đang lưu…">Lưu</button></form></main></body></html>"""
DONE = HEAD + "<body><main>xong</main></body></html>"
TYPED = (
    "[...document.forms[0].elements].filter(one => one.name).map(one => one.type == 'radio' ? one.checked : one.value)"
)
EMPTY = ["", "", False, False]


@pytest.fixture
def desk(client: Client) -> Iterator[Any]:
    with page_of({"/ui/": client.get("/ui/").content.decode()}) as page:
        page.goto(f"{SITE}/ui/")
        yield page


@pytest.fixture
def form() -> Iterator[Any]:
    with page_of({"/don/": HEAD + FORM % "", "/nhap/": HEAD + FORM % ' data-draft="H48-1"', "/xong/": DONE}) as page:
        yield page


def test_j_and_k_walk_the_rows_and_stop_at_the_ends(desk: Any) -> None:
    focus = "document.activeElement.textContent"
    desk.keyboard.press("j")
    assert desk.evaluate(focus) == "Cấp giấy phép kinh doanh bán lẻ rượu"
    desk.keyboard.press("j")
    assert desk.evaluate(focus) == "Cấp giấy phép kinh doanh bán lẻ rượu"
    desk.keyboard.press("k")
    desk.keyboard.press("k")
    assert desk.evaluate(focus) == "Cấp giấy phép xây dựng nhà ở riêng lẻ"
    assert desk.locator("tr.sel").count() == 1


def test_letters_sleep_while_one_types_and_can_be_switched_off(desk: Any) -> None:
    desk.focus("#id_name")
    desk.keyboard.press("?")
    assert desk.locator("#moi-phim").count() == 0
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.press("?")
    desk.check("#moi-phim input")
    desk.keyboard.press("Escape")
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.press("?")
    assert not desk.evaluate("document.querySelector('#moi-phim').open")


def test_a_closed_act_leads_to_its_reason(desk: Any) -> None:
    desk.click("button[aria-disabled=true] >> nth=0", force=True)
    assert "kết quả chưa có chữ ký số" in desk.evaluate("document.activeElement.innerText")


def test_a_dialog_opens_and_lets_go(desk: Any) -> None:
    desk.click("[data-dialog=tu-choi]")
    assert desk.evaluate("document.querySelector('#tu-choi').open")
    desk.click("#tu-choi [data-close]")
    assert not desk.evaluate("document.querySelector('#tu-choi').open")


def test_a_part_of_another_app_comes_by_its_address(desk: Any) -> None:
    desk.wait_for_selector("section.panel:text('phần')")
    assert desk.locator("[data-remote]").count() == 0


def test_without_a_network_nothing_is_sent_and_nothing_lost(form: Any) -> None:
    form.goto(f"{SITE}/don/")
    form.fill("[name=a]", "Võ Thị")
    form.context.set_offline(True)
    form.click("button.btn")
    assert form.url == f"{SITE}/don/"
    assert "Mất kết nối" in form.inner_text("#mat-mang")
    assert form.evaluate(TYPED)[0] == "Võ Thị"


def test_typed_text_comes_back_on_reload_but_not_for_the_next_person(form: Any) -> None:
    form.goto(f"{SITE}/don/")
    form.fill("[name=a]", "Võ Thị")
    form.fill("[name=b]", "chữ dài")
    form.check("[value='2']")
    form.reload()
    assert form.evaluate(TYPED) == ["Võ Thị", "chữ dài", False, True]
    form.goto(f"{SITE}/xong/")
    form.goto(f"{SITE}/don/")
    assert form.evaluate(TYPED) == EMPTY


def test_a_named_draft_survives_a_failed_sending_and_ends_with_a_good_one(form: Any) -> None:
    form.goto(f"{SITE}/nhap/")
    form.fill("[name=b]", "ý kiến")
    form.route("**/xong/", lambda route: route.abort(), times=1)
    form.click("button.btn")
    form.wait_for_url("chrome-error://**")
    form.goto(f"{SITE}/nhap/")
    assert form.evaluate(TYPED)[1] == "ý kiến"
    form.click("button.btn")
    form.wait_for_url("**/xong/")
    form.goto(f"{SITE}/nhap/")
    assert form.evaluate(TYPED) == EMPTY


def test_two_presses_send_once(form: Any) -> None:
    sent: list[str] = []
    form.on("request", lambda request: sent.append(request.method) if request.method == "POST" else None)
    form.goto(f"{SITE}/don/")
    form.evaluate("document.querySelector('button').click(); document.querySelector('button').click()")
    form.wait_for_url("**/xong/")
    assert sent == ["POST"]
