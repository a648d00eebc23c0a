"""What the slips say of a real dossier: deadlines, numbers and people, each from where it stands."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from motcua.desk.excel import register_of
from motcua.documents.slips import ControlSheet
from motcua.dossiers import actions, queries
from motcua.dossiers.models import Application, Dossier, IssuedSlip
from motcua.dossiers.queries.control import partners_of
from motcua.dossiers.terms import Delivery, PaymentWay, Slip
from tests import make
from tests.dossiers.test_counters import asked
from tests.make import at

pytestmark = pytest.mark.django_db
ITEMS = [{"paper": 1, "name": "Giấy đề nghị", "what": "Thiếu chữ ký"}]


def words_of(dossier: Dossier, kind: Slip) -> dict[str, Any]:
    """What was frozen when the slip was issued."""
    return IssuedSlip.objects.filter(dossier=dossier, kind=kind).latest("pk").words["values"]


def test_an_m02_names_the_last_day_and_what_the_clock_does(world: make.Province) -> None:
    told = words_of(asked(world), Slip.M02)
    assert told["answer_until"]["full"] == "ngày 08 tháng 12 năm 2026", "all of that day counts, not until five o'clock"
    assert "không tính vào hạn trả kết quả" in told["clock"] and told["contact_phone"]

    early = make.submitted(world)
    actions.ask_before_receipt(early, reason="Thiếu", items=ITEMS, by=world.ba_to.clerk, at=make.MONDAY)
    assert words_of(early, Slip.M02)["clock"] == "Thời hạn giải quyết tính từ lúc hồ sơ được tiếp nhận."

    again = make.processing(world)
    Application.objects.filter(pk=again.pk).update(after_supplement="restart")
    actions.draft_supplement(again, reason="Thiếu", items=ITEMS, by=world.ba_to.specialist, at=at("2026-11-16 14:00"))
    actions.sign_supplement(again, by=world.ba_to.leader, at=at("2026-11-16 15:00"))
    assert "tính lại từ đầu" in words_of(again, Slip.M02)["clock"]


def test_the_control_slip_runs_under_the_number_of_m01_and_names_who_takes_part(world: make.Province) -> None:
    make.received(world)
    dossier = make.processing(world)
    sheet = queries.control_sheet(dossier, at=at("2026-11-17 08:00"))
    assert isinstance(sheet, ControlSheet) and sheet.partners == []
    assert partners_of("Công an xã\n\n Chi cục Thuế ") == ["Công an xã", "Chi cục Thuế"]
    running = words_of(dossier, Slip.M01)["head"]["number"].split("/")[0]
    assert sheet.head.number == f"{running}/PKS-TTPVHCC" and int(running) == 2


def test_m01_names_the_proxy_with_address_and_mail(world: make.Province, client: Client) -> None:
    client.force_login(make.person_of(world.ba_to.clerk))
    place = reverse("dossiers_desk:reception")
    typed = {"name": "Trần Thị Bình", "phone": "0905 123 456", "procedure": make.BUSINESS, "delivery": "counter"}
    proxy = {"name": "Lê Văn Thay", "paper": "Giấy ủy quyền 5", "email": "thay@vidu.vn", "address": "Thôn 2, xã Ba Tơ"}
    typed |= {f"proxy_{name}": value for name, value in proxy.items()}
    assert client.post(place, {**typed, "act": "receive", "key": "k"}).status_code == 302
    told = words_of(Dossier.objects.get(), Slip.M01)["proxy"]
    assert {name: told[name] for name in proxy} == proxy


def test_the_book_says_who_took_the_result_and_what_the_days_do_not(world: make.Province) -> None:
    home, gone = world.ba_to, make.received(world)
    actions.withdraw(gone, reason="không cần nữa", by=world.citizen, at=at("2026-11-16 15:00"))
    signed = make.signing(world)
    actions.sign(signed, by=home.leader, at=at("2026-11-18 09:00"))
    if signed.turn != "clerk":
        actions.advance(signed, by=home.records, at=at("2026-11-18 09:30"))
    actions.take_payment(signed, way=PaymentWay.CASH, payer="", by=home.clerk, at=at("2026-11-18 09:50"))
    handed = {"way": Delivery.COUNTER, "handed_to": "Phạm Văn Nhận"}
    actions.return_result(signed, **handed, by=home.clerk, at=at("2026-11-18 10:00"))
    rows = list(queries.with_names(Dossier.objects.order_by("pk")))
    book = register_of(rows, home.clerk, at("2026-11-30 08:00"), (date(2026, 11, 1), date(2026, 11, 30)))
    assert [(one.received_by, one.note) for one in book.rows] == [("", "Đã rút"), ("Phạm Văn Nhận", "")]
