"""Pages in English: no Vietnamese of ours is left on them."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Paper
from motcua.dossiers.queries.slips import track_token
from motcua.procedures.models import RouteStep
from tests import make
from tests.ui.english import Shown, leaks, untranslated

pytestmark = pytest.mark.usefixtures("english_catalogues")


PLAIN = (
    "portal:help", "portal:about", "portal:privacy", "portal:accessibility", "dossiers:track", "documents:verify",
    "account_login", "account_signup", "account_reset_password", "people:ask_code", "people:roles",
)  # fmt: skip


def test_pages_without_names_have_no_vietnamese_word(db: None, english: Client) -> None:
    for name in PLAIN:
        page = english.get(reverse(name))
        html = page.content.decode()
        assert page.status_code == 200
        assert Shown(html).language == page.headers["Content-Language"] == "en"
        assert not leaks(html), f"{name}: {leaks(html)}"


def test_what_went_wrong_is_told_in_english(db: None, english: Client) -> None:
    lost = english.get("/khong-co/").content.decode()
    assert "Page not found" in lost and not leaks(lost)
    wrong = english.post(reverse("account_login"), {"login": "", "password": ""}).content.decode()
    assert "Type the password." in wrong and not leaks(wrong)
    unknown = english.post(reverse("dossiers:track"), {"code": "H48.115-261116-0001", "digits": "1234"})
    assert not leaks(unknown.content.decode())


def test_pages_full_of_names_keep_only_the_names(world: make.Province, english: Client) -> None:
    taken = make.processing(world)
    units = {step.unit for step in RouteStep.objects.all()}
    pages = ["/", reverse("portal:places"), reverse("procedures:list"), reverse("procedures:detail", args=[make.BIRTH])]
    pages += [reverse("dossiers:tracked", args=[track_token(taken)])]
    for path in pages:
        html = english.get(path).content.decode()
        assert Shown(html).language == "en"
        told = [one for one in untranslated(html) if one not in units]
        assert not told, f"{path}: {told}"


@pytest.mark.parametrize("role", ["clerk", "specialist", "leader"])
def test_the_desk_in_english(world: make.Province, english: Client, role: str) -> None:
    make.submitted(world)
    taken, ready = make.processing(world), make.signing(world)
    names = {one["name"] for dossier in (taken, ready) for one in dossier.application.route}
    names |= {one.name for one in Paper.objects.all()}
    english.force_login(make.person_of(getattr(world.ba_to, role)))
    paths = [reverse(name) for name in ("desk:inbox", "desk:dossiers", "desk:book", "desk:team", "desk:messages")]
    paths += [
        reverse("dossiers_desk:reception"),
        reverse("desk:signing"),
        reverse("desk:sign_one", args=[ready.reference]),
    ]
    paths += [reverse("dossiers_desk:detail", args=[one.reference]) for one in (taken, ready)]
    seen = 0
    for path in paths:
        page = english.get(path)
        if page.status_code == 403:
            assert not untranslated(page.content.decode())
            continue
        seen += 1
        told = [one for one in untranslated(page.content.decode()) if one not in names]
        assert page.status_code == 200
        assert not told, f"{path}: {told}"
    assert seen >= 5


def test_administration_in_english(world: make.Province, english: Client) -> None:
    english.force_login(make.person_of(world.administrator))
    for name in (
        "desk:admin",
        "desk:calendar",
        "desk:agencies",
        "people_desk:officials",
        "people_desk:delegations",
        "people:me",
    ):
        html = english.get(reverse(name)).content.decode()
        assert Shown(html).language == "en"
        assert not untranslated(html), f"{name}: {untranslated(html)}"
