"""English by a switch: every sentence has its translation, figures are written the English way, the switch works."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from motcua.config.messages import Key, used_in
from motcua.ui import words
from motcua.workdays import rules as clock
from tests import make
from tests.ui.english import KEPT, PLACE, TRANSLATED, VIETNAMESE, Shown, entries, said

pytestmark = pytest.mark.usefixtures("english_catalogues")


@pytest.mark.parametrize("app", TRANSLATED)
def test_every_sentence_of_the_pages_is_translated(app: str) -> None:
    known = entries(app)
    missing = [
        f"{one.places[0]}: {one.text}"
        for key, one in used_in(app).items()
        if key not in known or not known[key].translated() or bool(known[key].msgid_plural) != bool(one.plural)
    ]
    assert not missing, "run `make messages` and translate:\n" + "\n".join(missing)


@pytest.mark.parametrize("app", TRANSLATED)
def test_a_translation_keeps_the_places_to_fill(app: str) -> None:
    wrong = [
        f"{entry.msgid} → {text}"
        for entry in entries(app).values()
        for text in said(entry)
        if sorted(PLACE.findall(text)) != sorted(PLACE.findall(entry.msgid))
        or text[:1].isspace() != entry.msgid[:1].isspace()
        or text[-1:].isspace() != entry.msgid[-1:].isspace()
        or text.count("\n") != entry.msgid.count("\n")
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("app", TRANSLATED)
def test_a_translation_is_english(app: str) -> None:
    wrong = []
    for entry in entries(app).values():
        for text in said(entry):
            rest = text
            for name in KEPT:
                rest = rest.replace(name, "")
            if VIETNAMESE.search(rest):
                wrong.append(f"{entry.msgid} → {text}")
    assert not wrong, "\n".join(wrong)


def test_a_sentence_is_told_alike_in_every_part() -> None:
    told: dict[Key, tuple[str, list[str]]] = {}
    for app in TRANSLATED:
        for key, entry in entries(app).items():
            other, before = told.setdefault(key, (app, said(entry)))
            assert before == said(entry), f"{key[1]}: {other} says {before}, {app} says {said(entry)}"


def test_figures_and_moments_are_written_the_english_way() -> None:
    moment = datetime(2026, 11, 26, 2, 42, tzinfo=UTC)
    with translation.override("en"):
        assert words.money(50000) == "50,000 dong"
        assert words.whole(48902) == "48,902"
        assert words.decimal_words(Decimal("1284.50")) == "1,284.5"
        assert [words.hours(one) for one in (1, Decimal("6.40"))] == ["1 hour", "6.4 hours"]
        assert words.moment(moment) == "09:42, Thursday 26/11/2026"
        assert words.day(date(2026, 11, 29)) == "Sunday 29/11/2026"
        assert [clock.Limit.parse(one).in_words() for one in ("1wd", "5wd", "0.5wd", "2mo", "1wd 4wh")] == [
            "1 working day",
            "5 working days",
            "0.5 working days",
            "2 months",
            "1 working day + 4 working hours",
        ]
    assert words.money(50000) == "50.000 đồng"
    assert words.moment(moment) == "09:42, thứ Năm 26/11/2026"


def test_the_switch_keeps_the_page_and_works_without_scripts(db: None) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en-GB,en;q=0.9"})
    path = reverse("documents:verify") + "?tu=giay"
    first = client.get(path).content.decode()
    assert Shown(first).language == "vi", "a browser that prefers English has not chosen it"
    for choice, language in (("en", "en"), ("vi", "vi")):
        form = re.search(
            rf'<form action="{reverse("ui:language")}".*?</form>', client.get(path).content.decode(), re.DOTALL
        )
        assert form is not None and f'name="language" value="{choice}"' in form[0]
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
        answer = client.post(reverse("ui:language"), {**hidden, "language": choice})
        assert (answer.status_code, answer.headers["Location"]) == (302, path)
        assert Shown(client.get(path).content.decode()).language == language


def test_the_switch_leads_nowhere_else(db: None, client: Client) -> None:
    away = client.post(reverse("ui:language"), {"language": "en", "next": "https://vidu.example/"})
    assert away.headers["Location"] == "/"
    assert client.get(reverse("ui:language")).status_code == 405
    assert client.post(reverse("ui:language"), {"language": "fr", "next": "/"}).status_code == 400
    assert client.cookies["ngon_ngu"].value == "en"


def test_who_preferred_english_finds_it_on_another_machine(world: make.Province, client: Client) -> None:
    person = make.person_of(world.ba_to.clerk)
    client.force_login(person)
    client.post(reverse("people:preferences"), {"language": "en"})
    assert client.cookies["ngon_ngu"].value == "en"
    elsewhere = Client()
    elsewhere.force_login(person)
    elsewhere.get(reverse("people:start"))
    assert Shown(elsewhere.get(reverse("people:me")).content.decode()).language == "en"
    elsewhere.cookies["ngon_ngu"] = "vi"
    elsewhere.get(reverse("people:start"))
    assert Shown(elsewhere.get(reverse("people:me")).content.decode()).language == "vi"
