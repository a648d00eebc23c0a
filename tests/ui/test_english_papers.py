"""What an office writes down stays Vietnamese, whoever reads it."""

import json
import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from motcua.base.text import unaccented
from motcua.dossiers import actions
from motcua.dossiers.models import IssuedSlip
from motcua.dossiers.queries.slips import track_token
from motcua.investments.actions.workbook.template import template
from motcua.investments.actions.workbook.wording import SOURCES
from motcua.notifications.models import Message
from tests import make

pytestmark = pytest.mark.usefixtures("english_catalogues")


def everything_in(slip: IssuedSlip) -> str:
    return json.dumps(slip.words, ensure_ascii=False)


def test_slips_and_letters_are_vietnamese_whoever_makes_them(world: make.Province, speaking_english: None) -> None:
    taken = make.processing(world)
    actions.withdraw(taken, reason="Đổi ý", by=world.ba_to.clerk, at=make.at("2026-11-17 09:00"))
    slips = {one.kind: everything_in(one) for one in IssuedSlip.objects.filter(dossier=taken)}
    assert "ngày làm việc" in slips["M01"] and "thứ Hai" in slips["M01"] and "tại quầy" in slips["M01"]
    assert "Người nộp rút hồ sơ: Đổi ý" in slips["M05"]
    english = re.compile(r"working|Monday|counter|Received|Withdrawn|Procedure")
    assert not [kind for kind, text in slips.items() if english.search(text)]
    letters = [f"{one.subject} {one.body}" for one in Message.objects.all()]
    assert letters and not [one for one in letters if english.search(one)]


def test_a_citizen_who_reads_english_gets_vietnamese_papers(world: make.Province, english: Client) -> None:
    sent = make.received(world)
    link = track_token(sent)
    answer = english.post(reverse("dossiers:withdraw", args=[link]), {"reason": "Đổi ý", "digits": sent.phone[-4:]})
    assert answer.status_code == 302
    assert "Withdrawn at the applicant" in english.get(reverse("dossiers:tracked", args=[link])).content.decode()
    [stop] = IssuedSlip.objects.filter(dossier=sent, kind="M05")
    assert "Người nộp rút hồ sơ: Đổi ý" in everything_in(stop)
    letters = [f"{one.subject} {one.body}" for one in Message.objects.filter(template="dossiers.withdrawn")]
    assert letters and all("được rút theo đề nghị" in one or "Đã rút hồ sơ" in one for one in letters)


def test_the_sample_table_of_investments_stays_vietnamese_and_is_understood(db: None) -> None:
    with translation.override("en"):
        book = load_workbook(BytesIO(template(at=datetime(2026, 11, 20, 2, tzinfo=UTC))))
        told = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    assert "Ngân sách trung ương, vốn trong nước" in told and not any("budget" in one for one in told)
    assert SOURCES[unaccented("Ngân sách trung ương, vốn trong nước")] == "central"
