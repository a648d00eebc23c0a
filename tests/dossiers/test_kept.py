"""Scans are chosen once: what else must be mended on the page, a double click, another paper of the same name."""

import html
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier, Scan
from tests import make
from tests.base.test_filetypes import pdf
from tests.dossiers.test_counters import asked

pytestmark = pytest.mark.django_db
PAGES = pdf()
SHEET = {"name": "Trần Thị Bình", "phone": "0905 123 456", "delivery": "counter", "act": "receive"}
SHEET |= {f"in_{no}": "on" for no in range(1, 9)}


@pytest.fixture
def clerk(client: Client, world: make.Province) -> Client:
    client.force_login(make.person_of(world.ba_to.clerk))
    return client


def a_scan(name: str = "don.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PAGES)


def sheet(clerk: Client, **typed: Any) -> HttpResponse:
    """The sheet with its list of papers, as the page of the chosen procedure carries it."""
    place = reverse("dossiers_desk:reception")
    chosen = clerk.post(place, {"procedure": make.BUSINESS, "act": "look"}).content.decode()
    mark = re.search(r'name="papers_of" value="([^"]+)"', chosen)
    assert mark
    return clerk.post(place, {**SHEET, "procedure": make.BUSINESS, "papers_of": mark[1], **typed})


def words_of(page: HttpResponse) -> str:
    return html.unescape(page.content.decode())


def seal_in(page: HttpResponse) -> str:
    found = re.search(r'name="kept_1" value="([^"]+)"', words_of(page))
    assert found and "don.pdf · đã nhận, còn giữ" in words_of(page)
    return found[1]


def test_a_mistake_elsewhere_on_the_sheet_loses_no_scan(clerk: Client) -> None:
    wrong = sheet(clerk, phone="12", files_1=[a_scan()], key="k1")
    assert wrong.status_code == 422 and not Dossier.objects.exists()

    assert sheet(clerk, kept_1=seal_in(wrong), key="k1").status_code == 302
    assert [one.file.name for one in Scan.objects.filter(paper__no=1)] == ["don.pdf"]


def test_a_double_click_with_a_scan_makes_one_dossier(clerk: Client) -> None:
    first, second = (sheet(clerk, files_1=[a_scan()], key="k2") for _click in range(2))
    assert first.status_code == second.status_code == 302 and first.url == second.url
    assert Dossier.objects.count() == 1 and Scan.objects.count() == 1


def test_the_seal_of_a_colleague_brings_nothing(clerk: Client, world: make.Province) -> None:
    seal = seal_in(sheet(clerk, phone="12", files_1=[a_scan()]))
    clerk.force_login(make.person_of(world.tinh_khe.clerk))
    assert sheet(clerk, kept_1=seal, key="k3").status_code == 302
    assert not Scan.objects.exists()


def test_a_scan_for_an_m02_stays_when_the_counts_are_wrong(clerk: Client, world: make.Province) -> None:
    dossier = asked(world)
    place = reverse("dossiers_desk:answer", args=[dossier.reference])
    typed = {"files_1": [a_scan()], "originals_1": "hai", "copies_1": "0"}
    wrong = clerk.post(place, typed)
    assert wrong.status_code == 422 and "“hai” không phải số bản" in words_of(wrong)

    right = {"kept_1": seal_in(wrong), "originals_1": "0", "copies_1": "0"}
    assert clerk.post(place, right).status_code == 302
    assert Scan.objects.get(paper__dossier=dossier).file.name == "don.pdf"


def test_a_counter_takes_nothing_for_an_answer_only_with_a_word_why(clerk: Client, world: make.Province) -> None:
    dossier = asked(world)
    place = reverse("dossiers_desk:answer", args=[dossier.reference])
    page = clerk.post(place, {"originals_1": "0", "copies_1": "0"})
    assert page.status_code == 422 and "Chưa có gì cho: Giấy đề nghị." in words_of(page)
    assert clerk.post(place, {"note": "Người nộp ký ngay trên đơn đã nộp."}).status_code == 302


def test_the_same_scan_is_attached_once(world: make.Province) -> None:
    dossier = make.received(world)
    paper = dossier.paper_set.order_by("no").first()
    for _click in range(2):
        actions.attach(paper, make.scan(), by=world.ba_to.clerk, at=make.at("2026-11-16 10:00"))
    assert paper.scans.count() == 1
