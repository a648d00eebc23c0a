"""QĐ 766 on the pages: units by groups, what is not measured, from the province to the dossier in three clicks."""

import html
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from motcua.dashboards import boards, index766
from motcua.measures.queries import publications
from motcua.measures.queries.figures import Asked, figures
from motcua.measures.queries.set766 import sets_below
from motcua.measures.rules.periods import Period
from motcua.measures.terms import Part
from motcua.organisations import queries as organisations
from motcua.people.terms import Role
from motcua.procedures.models import ProcedureVersion
from tests import make
from tests.ui.english import VIETNAMESE, Shown


class World:
    """Four dossiers of this year's morning at one commune; a leader of the province."""

    def __init__(self) -> None:
        cache.clear()
        self.made = make.province()
        self.chief = make.official("Trần Chủ Tịch", "chutich", self.made.root, Role.LEADER)
        self.now = timezone.now() - timedelta(minutes=5)
        for _each in range(3):
            make.received(self.made, when=self.now)
        self.dossier = make.received(self.made, when=self.now)


@pytest.fixture
def world(db: None) -> World:
    return World()


def opened(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return html.unescape(answer.content.decode())


def link(page: str, words: str) -> str:
    found = re.search(f'href="([^"]+)"[^>]*>[^<]*{words}', page)
    assert found, words
    return found[1]


def test_from_the_province_to_the_dossier_in_three_clicks(client: Client, world: World) -> None:
    client.force_login(make.person_of(world.chief))
    home = opened(client, f"{reverse('dashboards_desk:home')}?ky={timezone.localtime():%Y-%m}")
    assert "phần trăm điểm đạt" in home and "chưa đo" in home, "a group without any count is neither 0 nor full"
    cell = re.search(
        rf'href="([^"]+don-vi={world.made.ba_to.authority}[^"]*#TDGQ)" title="20 trên 20 điểm đo được">100<', home
    )
    assert cell, "the share of the measurable maximum, with the points behind it"
    of_unit = opened(client, cell[1])
    assert 'id="TDGQ"' in of_unit and "Chỉ số thành phần" in of_unit
    rows = opened(client, link(of_unit, "4 / 4"))
    assert "Cộng vào 4" in rows and "Chưa được tính: 0" in rows
    opened(client, link(rows, world.dossier.code or ""))
    shares = opened(client, link(home, "Theo sáu tỷ lệ"))
    assert "phần trăm điểm đạt" not in shares and "Nộp trên mạng" in shares


def test_a_leader_of_a_commune_sees_the_rooms_by_what_lies_with_them(client: Client, world: World) -> None:
    home, lying = world.made.ba_to, make.processing(world.made, when=world.now)
    client.force_login(make.person_of(home.leader))
    page = opened(client, f"{reverse('dashboards_desk:home')}?ky={timezone.localtime():%Y-%m}")
    assert "Phòng, bộ phận: hồ sơ nằm ở đâu" in page
    rows = re.search(rf'href="([^"]+/open/[^"]*don-vi={home.division}[^"]*)">1<', page)
    assert rows and (lying.code or "") in opened(client, rows[1])


def test_what_lies_with_the_authority_itself_is_a_row_beside_its_rooms(client: Client, world: World) -> None:
    home, waiting = world.made.ba_to, make.signing(world.made, when=world.now)
    client.force_login(make.person_of(home.leader))
    page = opened(client, f"{reverse('dashboards_desk:home')}?ky={timezone.localtime():%Y-%m}")
    assert "(trực tiếp)" in page
    rows = re.search(r'href="([^"]+/open/[^"]*truc-tiep=1)">(\d+)<', page)
    assert rows
    behind = opened(client, rows[1].replace("&amp;", "&"))
    assert (waiting.code or "") in behind
    assert behind.count("/ban-lam-viec/ho-so/") >= int(rows[2])
    asked = Asked.now(home.authority, at=timezone.now(), part=Part.HOLDING)
    whole, own = figures(asked, ["open"]), figures(replace(asked, own=True), ["open"])
    inside = sum(one["open"].numerator for one in whole.parts.values())
    assert own.whole["open"].numerator == int(rows[2]) == whole.whole["open"].numerator - inside > 0


def test_units_with_the_most_dossiers_come_first_and_the_others_when_asked_for(world: World, monkeypatch) -> None:
    monkeypatch.setattr(index766, "FIRST_ROWS", 1)
    now, root = timezone.now(), world.made.root
    period, asked = Period.parse(f"{now:%Y-%m}"), Asked.now(root, at=now, since=now.date().replace(day=1))
    leagues = boards.leagues(figures(asked), now, period)
    top = organisations.version_on(root, now.date())
    assert top is not None
    sets = sets_below(top, period, at=now)
    (few,) = [one for one in index766.heat_maps(sets, leagues, now.date(), every=False) if one.level == "commune"]
    (every,) = [one for one in index766.heat_maps(sets, leagues, now.date(), every=True) if one.level == "commune"]
    assert [one.agency for one in few.rows] == [world.made.ba_to.authority] and few.hidden == len(every.rows) - 1 > 0
    assert every.rows[0].received == 4 and not every.hidden
    assert few.rows[0].total.text and any(cell.text == "chưa đo" for _code, cell in few.rows[0].cells)


def test_everybody_sees_the_units_and_the_procedures_behind_a_count(client: Client, world: World) -> None:
    page = opened(client, f"{reverse('dashboards:set766')}?ky={timezone.localtime():%Y-%m}")
    assert "Điểm theo nhóm" in page
    rows = opened(client, link(page, "4 / 4"))
    assert "Xã Ba Tơ" in rows and "Cộng" in rows and "H48.115-" not in rows
    where = reverse("dashboards:set766_rows", args=["PUBLIC_CONTENT_FULL"])
    for lost in ("", "&thieu=1"):
        assert "thủ tục" in opened(client, f"{where}?ky={timezone.localtime():%Y-%m}{lost}")
    average = client.get(reverse("dashboards:set766_rows", args=["AVG_TIME"]), {"ky": f"{timezone.localtime():%Y-%m}"})
    assert average["Location"].startswith(reverse("dashboards:procedures")), "the minutes of a unit are not told"
    assert client.get(reverse("dashboards:set766_rows", args=["PAID_ONLINE"])).status_code == 404
    assert client.get(reverse("dashboards:set766_rows", args=["khong-co"])).status_code == 404


def test_an_incomplete_procedure_says_which_parts_it_lacks(client: Client, world: World) -> None:
    where = reverse("dashboards:set766_rows", args=["PUBLIC_CONTENT_FULL"])
    day = timezone.localdate()
    asked = f"?ky={day:%Y-%m}"
    lost = opened(client, f"{where}{asked}&thieu=1")
    told = dict(re.findall(r'<span class="s14 mut">([^<]+)</span><br><span class="s14">Thiếu: ([^<]*)<', lost))
    assert (
        set(told) == set(re.findall(r'<li><span lang="vi">[^<]*</span> <span class="s14 mut">([^<]+)<', lost)) != set()
    )
    for code, words in told.items():
        (version,) = ProcedureVersion.objects.filter(
            procedure__code=code, state="published", in_force_during__contains=day
        )
        parts = {
            "trình tự thực hiện": bool(version.steps_text),
            "thành phần hồ sơ": version.cases.filter(papers__isnull=False).exists(),
            "thời hạn giải quyết": version.terms.exists(),
            "căn cứ pháp lý": version.bases.exists(),
        }
        for name, there in parts.items():
            assert (name in words) is not there, (code, name)
    assert "Thiếu: " not in opened(client, f"{where}{asked}"), "what counts lacks nothing"


@pytest.mark.usefixtures("english_catalogues")
def test_the_index_set_is_read_in_english_and_signed_in_vietnamese(client: Client, world: World) -> None:
    client.cookies["ngon_ngu"] = "en"
    page = opened(client, f"{reverse('dashboards:set766')}?ky={timezone.localtime():%Y-%m}")
    texts = Shown(page).texts
    assert any("Openness and transparency" in one for one in texts)
    assert any("Not measured: there is no online payment yet." in one for one in texts)
    main = page.split("<main", 1)[1].split("</main", 1)[0]
    told = [
        one for one in Shown(f'<html lang="en"><body><main{main}</main></body></html>').texts if VIETNAMESE.search(one)
    ]
    assert all("QĐ-TTg" in one or "Quảng Ngãi" in one for one in told), told
    top = organisations.version_on(world.made.root, timezone.localdate())
    assert top is not None
    with translation.override("en"):
        content = publications.content_of(top, Period.parse("2026-09"), at=timezone.now())
    said = [one["why"] for group in content["set766"]["groups"] for one in group["components"]]
    assert "Chưa đo: chưa có thanh toán trực tuyến." in said, "what is signed does not hang on who presses the button"
