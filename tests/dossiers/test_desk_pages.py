"""The officials' pages of one dossier: every open button leads somewhere, closed ones say why, and what is read is noted."""

import html
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from motcua.base.actors import Actor
from motcua.base.models import PersonalRead
from motcua.dossiers import actions, queries
from motcua.dossiers.desk.forms import ReceptionForm
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Move
from motcua.people.models import Person
from tests import make

pytestmark = pytest.mark.django_db


@dataclass
class Stage:
    """A dossier at a turn of its life, and whose turn it is."""

    dossier: Dossier
    by: Actor


def asked(world: make.Province) -> Dossier:
    dossier = make.processing(world)
    items = [{"paper": 1, "name": "Giấy đề nghị", "what": "Thiếu chữ ký"}]
    actions.draft_supplement(
        dossier, reason="Thiếu chữ ký", items=items, by=world.ba_to.specialist, at=make.at("2026-11-16 14:00")
    )
    actions.sign_supplement(dossier, by=world.ba_to.leader, at=make.at("2026-11-16 15:00"))
    return dossier


def stages(world: make.Province) -> list[Stage]:
    here = world.ba_to
    return [
        Stage(make.submitted(world), here.clerk),
        Stage(make.received(world), here.clerk),
        Stage(make.processing(world), here.specialist),
        Stage(asked(world), here.clerk),
        Stage(make.signing(world), here.leader),
    ]


def signed_in(by: Actor) -> Client:
    client = Client()
    client.force_login(make.person_of(by))
    return client


def page_of(client: Client, name: str, *args: str, status: int = 200) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


def test_every_open_button_leads_to_a_page(world: make.Province) -> None:
    for stage in stages(world):
        client = signed_in(stage.by)
        page = client.get(stage.dossier.get_absolute_url())
        opened = [one for one in page.context["buttons"] if not one.objections]
        assert opened, stage.dossier.status
        for one in opened:
            name, args = "dossiers_desk:move", [stage.dossier.reference, str(one.move)]
            if one.move is Move.ANSWER_SUPPLEMENT:
                name, args = "dossiers_desk:answer", [stage.dossier.reference]
            address = reverse(name, args=args)
            assert f'href="{address}"' in page.content.decode(), one.move
            assert client.get(address).status_code == 200, one.move


def test_the_papers_asked_for_have_one_button_and_it_leads_on(world: make.Province) -> None:
    dossier = asked(world)
    page = signed_in(world.ba_to.clerk).get(dossier.get_absolute_url())
    (main,) = [one for one in page.context["buttons"] if one.main]
    assert main.move is Move.ANSWER_SUPPLEMENT
    assert page.content.decode().count(reverse("dossiers_desk:answer", args=[dossier.reference])) == 1


def test_a_move_that_is_closed_says_why_instead_of_asking(world: make.Province) -> None:
    dossier = make.submitted(world)
    page = page_of(signed_in(world.ba_to.clerk), "dossiers_desk:move", dossier.reference, Move.HAND_OVER)
    (why, *_others) = queries.objections_to(Move.HAND_OVER, dossier, by=world.ba_to.clerk, at=make.MONDAY)
    assert why in page
    assert 'aria-disabled="true"' in page
    assert 'class="btn btn--main"' not in page
    assert "chỗ cần sửa" not in page


def test_whoever_came_second_is_told_and_not_asked_to_mend_a_field(world: make.Province) -> None:
    dossier = make.received(world)
    clerk, address = (
        signed_in(world.ba_to.clerk),
        reverse("dossiers_desk:move", args=[dossier.reference, Move.HAND_OVER]),
    )
    typed = {"version": str(dossier.version), "unit": str(world.ba_to.division)}
    assert clerk.post(address, typed).status_code == 302
    second = clerk.post(address, typed)
    assert second.status_code == 409
    page = html.unescape(second.content.decode())
    assert "vừa chuyển hồ sơ này" in page and "Chưa làm được việc này" in page and "chỗ cần sửa" not in page


@pytest.mark.parametrize(
    ("where", "noted"),
    [
        ("", []),
        ("?phan=phieu", []),
        ("?phan=to-khai", ["thụ lý hồ sơ, xem tờ khai"]),
        ("?phan=to-khai&xem=du", ["thụ lý hồ sơ, xem đủ"]),
        ("viec/correct/", ["sửa tiếp nhận"]),
        ("viec/hand_over/", []),
    ],
)
def test_pages_with_personal_data_are_noted_once(world: make.Province, where: str, noted: list[str]) -> None:
    dossier = make.received(world)
    assert signed_in(world.ba_to.clerk).get(f"{dossier.get_absolute_url()}{where}").status_code == 200
    notes = list(PersonalRead.objects.values_list("purpose", "by", "subject", "ids"))
    assert notes == [(one, world.ba_to.clerk.id, "dossiers.dossier", [dossier.pk]) for one in noted]


def test_numbers_are_shown_whole_only_to_the_roles_of_the_table(world: make.Province) -> None:
    dossier = make.received(world)
    number, url = dossier.application.identity_number, f"{dossier.get_absolute_url()}?phan=to-khai&xem=du"
    for who, whole in ((world.ba_to.clerk, True), (world.ba_to.records, False), (world.controller, False)):
        page = signed_in(who).get(url)
        assert page.status_code == 200
        assert ((number in page.content.decode()), ("Xem đủ" in page.content.decode())) == (whole, False)
        masked = signed_in(who).get(url.removesuffix("&xem=du")).content.decode()
        assert number not in masked and ("Xem đủ" in masked) is whole


def test_the_draft_the_book_and_the_sheet_of_reception_are_noted(world: make.Province) -> None:
    dossier = make.signing(world)
    page_of(signed_in(world.ba_to.leader), "desk:sign_one", dossier.reference)
    clerk = signed_in(world.ba_to.clerk)
    clerk.get(reverse("desk:book_pdf") + "?tu=2026-11-01&den=2026-11-30")
    citizen = make.person_of(world.citizen)
    clerk.post(reverse("dossiers_desk:reception"), {"act": "look", "scan": citizen.identity_number})
    clerk.post(reverse("dossiers_desk:reception"), {"act": "look", "scan": "000000000000"})
    assert list(PersonalRead.objects.order_by("pk").values_list("purpose", "subject", "ids")) == [
        ("đọc dự thảo để ký", "dossiers.dossier", [dossier.pk]),
        ("in sổ theo dõi M07", "dossiers.dossier", [dossier.pk]),
        ("tiếp nhận hồ sơ", "people.person", [citizen.pk]),
    ]


def test_citizens_see_who_opened_their_dossiers_and_nobody_elses(world: make.Province) -> None:
    mine, other = make.received(world), make.received(world)
    Dossier.objects.filter(pk=mine.pk).update(applicant=make.person_of(world.citizen))
    Dossier.objects.filter(pk=other.pk).update(applicant=None)
    clerk = signed_in(world.ba_to.clerk)
    for one in (mine, other):
        clerk.get(f"{one.get_absolute_url()}?phan=to-khai&xem=du")
    page = page_of(signed_in(world.citizen), "people:reads")
    name = Person.objects.get(pk=world.ba_to.clerk.id).full_name
    assert page.count("thụ lý hồ sơ, xem đủ") == page.count(f"<b>{name}</b>") == 1


def test_the_book_goes_on_past_its_first_page(world: make.Province, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries.lists, "PAGE", 2)
    codes = [make.received(world).code for _n in range(5)]
    clerk, address, seen = signed_in(world.ba_to.clerk), "?tu=2026-11-01&den=2026-11-30", []
    for _page in range(3):
        answer = clerk.get(reverse("desk:book") + address)
        seen += [row.dossier.code for row in answer.context["rows"]]
        address = f"?tu=2026-11-01&den=2026-11-30&sau={answer.context['page'].older}"
    assert seen == codes


def test_leaders_heads_and_controllers_read_the_book_of_their_one_stop(world: make.Province) -> None:
    codes = [make.received(world).code for _n in range(2)]
    for reader in (world.ba_to.clerk, world.ba_to.leader, world.ba_to.unit_head):
        answer = signed_in(reader).get(reverse("desk:book") + "?tu=2026-11-01&den=2026-11-30")
        assert [row.dossier.code for row in answer.context["rows"]] == codes
    assert (
        signed_in(world.ba_to.leader).get(reverse("desk:book_pdf") + "?tu=2026-11-01&den=2026-11-30").status_code == 200
    )
    neighbour = signed_in(world.tinh_khe.leader).get(reverse("desk:book") + "?tu=2026-11-01&den=2026-11-30")
    assert not neighbour.context["rows"]


def test_the_number_of_whoever_applies_for_another_is_checked_as_the_applicants_is() -> None:
    typed = {"name": "Nguyễn Văn Mẫu", "procedure": make.BUSINESS, "proxy_name": "Lê Văn Thay", "proxy_paper": "GUQ 12"}
    asked = ReceptionForm({**typed, "proxy_identity": "12"})
    assert list(asked.errors) == ["proxy_identity"]
    asked = ReceptionForm({**typed, "proxy_identity": "051 190 000 114", "proxy_paper": ""})
    assert list(asked.errors) == ["proxy_paper"] and asked.cleaned_data["proxy_identity"] == "051190000114"
