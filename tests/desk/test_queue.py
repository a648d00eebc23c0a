"""The clerk's queue and the sheet of reception: what is offered next, where the cursor stands, what is called missing."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from motcua.desk.rows import next_act
from motcua.dossiers.terms import Move, Status, Turn
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> make.Province:
    return make.province()


@pytest.fixture
def clerk(client: Client, world: make.Province) -> Client:
    client.force_login(make.person_of(world.ba_to.clerk))
    return client


def sent(clerk: Client, **typed: str) -> str:
    answer = clerk.post(reverse("dossiers_desk:reception"), {"name": "Nguyễn Văn Mẫu", **typed})
    return html.unescape(answer.content.decode())


def test_a_head_is_offered_to_assign_only_what_goes_to_a_specialist(world: make.Province) -> None:
    dossier = make.processing(world)
    dossier.status, dossier.turn = Status.PROCESSING, Turn.UNIT_HEAD
    dossier.application.route = [{"role": "unit_head"}, {"role": "specialist"}, {"role": "unit_head"}]
    dossier.step = 1
    assert next_act(dossier)[1] == Move.ASSIGN
    for step in (2, 3):
        dossier.step = step
        assert next_act(dossier) == ("Xem và quyết", "")


def test_of_several_procedures_the_first_waits_for_enter(clerk: Client) -> None:
    page = sent(clerk, act="look", procedure="dang ky")
    choices = re.findall(r'<button class="pick pick--button"[^>]*>', page)
    assert len(choices) > 1
    assert ["autofocus" in one for one in choices] == [True] + [False] * (len(choices) - 1)
    assert page.count("autofocus") == 1


def test_without_a_procedure_only_the_procedure_is_missing(clerk: Client) -> None:
    page = sent(clerk, act="receive", procedure="dang ky")
    assert "Chọn một thủ tục trong danh sách." in page and "Nhận kết quả:" not in page
    assert "Còn 1 chỗ cần sửa" in page


def test_the_book_takes_days_as_people_write_them(clerk: Client) -> None:
    page = clerk.get(reverse("desk:book"), {"tu": "05/11/2026", "den": "2026-11-06"}).content.decode()
    assert 'value="05/11/2026"' in page and 'value="06/11/2026"' in page
