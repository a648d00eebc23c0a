"""English by a switch: every sentence has its translation, pages show it, and what an office writes down stays Vietnamese."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser
from io import BytesIO

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real
from openpyxl import load_workbook

from motcua.base.actors import SYSTEM, Actor
from motcua.base.text import unaccented
from motcua.config.install import compile_messages
from motcua.config.messages import Key, catalogue_of, key_of, used_in
from motcua.dossiers import actions
from motcua.dossiers.models import IssuedSlip, Paper
from motcua.dossiers.queries.slips import track_token
from motcua.indices import actions as indices
from motcua.indices.actions.bulk import Judged, Told, write_told
from motcua.indices.models import Answer, SetVersion
from motcua.indices.queries.rounds import definition_of_round
from motcua.indices.rules.annex import from_annex, to_annex
from motcua.indices.rules.definition import IndexSet
from motcua.indices.rules.kinds import Options
from motcua.indices.rules.shipped import codes, shipped
from motcua.indices.terms import Move
from motcua.investments.actions.workbook.template import template
from motcua.investments.actions.workbook.wording import SOURCES
from motcua.notifications.models import Message
from motcua.people.terms import Role
from motcua.procedures.models import RouteStep
from motcua.ui import words
from motcua.workdays import rules as clock
from tests import make
from tests.indices.test_desk_next_point import World as Indices
from tests.indices.test_desk_next_point import signed_in

TRANSLATED = (
    "alerts", "api", "base", "config", "dashboards", "desk", "directives", "documents", "dossiers",
    "indices", "investments", "measures", "notifications", "organisations", "people", "portal", "procedures", "ui", "workdays",
)  # fmt: skip
VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
# Names and examples that an English sentence keeps as they are.
KEPT = (
    "Sở Tài chính; các xã, phường, đặc khu",
    "Một Cửa", "Tết", "Tỉnh Quảng Ngãi", "NĐ-CP", "QĐ-UBND", "TB-BNV", "Thông báo", "Nghỉ lễ Quốc khánh", "Ba Tơ", "xã",
    "phường Quang Trung", "khai sinh, xây nhà", "mở quán", "khai sinh", "Tiếng Việt",
    # the headings of an annex and of a score sheet, which are read in Vietnamese
    "STT, Lĩnh vực/Tiêu chí/Tiêu chí thành phần, Điểm tối đa", "STT, Tiêu chí, Điểm tối đa", "“Bộ chỉ số”", "“còn lại”",
    "Giá trị, Tử số, Mẫu số, Giải trình", "Lý do thay đổi điểm", "“Lần sửa”", "(Mã)", "(Đơn vị)", "(Điểm)", "(Hạng)",
)  # fmt: skip
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|%%|<[^>]+>")


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    """The catalogues as they stand in the sources, whatever `make setup` compiled earlier."""
    compile_messages()
    trans_real._translations.clear()  # type: ignore[attr-defined]
    trans_real._default = None  # type: ignore[attr-defined]


def entries(app: str) -> dict[Key, polib.POEntry]:
    return {key_of(one): one for one in polib.pofile(str(catalogue_of(app)))}


def said(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


# --- The catalogues ---------------------------------------------------------------------------------------------------


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


# --- Words ------------------------------------------------------------------------------------------------------------


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
            "1 working day", "5 working days", "0.5 working days", "2 months", "1 working day + 4 working hours",
        ]  # fmt: skip
    assert words.money(50000) == "50.000 đồng"
    assert words.moment(moment) == "09:42, thứ Năm 26/11/2026"


# --- Pages ------------------------------------------------------------------------------------------------------------


class Shown(HTMLParser):
    """What a page says: text and labels, without the parts marked as Vietnamese."""

    SILENT = ("script", "style")
    SAYS = ("aria-label", "placeholder", "title", "alt", "data-busy")
    VOID = ("meta", "link", "input", "br", "img", "hr", "path", "rect", "circle", "use", "line")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.language = ""
        self._open: list[bool] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "html":
            self.language = found.get("lang") or ""
        quiet = any(self._open) or tag in self.SILENT or (tag != "html" and found.get("lang") == "vi")
        if not quiet:
            self.texts += [value for name, value in attrs if name in self.SAYS and value]
        if tag not in self.VOID:
            self._open.append(quiet)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not any(self._open):
            self.texts += [value for name, value in attrs if name in self.SAYS and value]

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(self._open):
            self.texts.append(" ".join(data.split()))


def leaks(html: str) -> list[str]:
    """Vietnamese on an English page, besides names."""
    found = []
    for text in Shown(html).texts:
        rest = text
        for name in KEPT:
            rest = rest.replace(name, "")
        if VIETNAMESE.search(rest):
            found.append(text)
    return found


@cache
def ours() -> frozenset[str]:
    """Every Vietnamese sentence of ours that has no place to fill."""
    return frozenset(
        " ".join(text.split())
        for app in TRANSLATED
        for (_context, text), entry in entries(app).items()
        if not PLACE.search(text) and said(entry)[0] != text
    )


def untranslated(html: str) -> list[str]:
    """Sentences of ours that stand on an English page in Vietnamese, on pages that are full of names and papers."""
    return [text for text in Shown(html).texts if text in ours()]


@pytest.fixture
def english(client: Client) -> Client:
    client.cookies["ngon_ngu"] = "en"
    return client


@pytest.fixture
def world(db: None) -> make.Province:
    return make.province()


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


# --- The indices ------------------------------------------------------------------------------------------------------


@pytest.fixture
def judged(db: None) -> Indices:
    """Two communes score themselves; the year before is published, and so are results of the country; a target is set."""
    found = Indices()
    before = found.open(found.year - 1)
    answers = Answer.objects.select_related("unit").filter(round=before).order_by("pk")
    write_told(before, [Told(one, None, Judged(found.chief, found.now, Fraction(1), "Chấm")) for one in answers])
    for step in (Move.END_SELF_SCORING, Move.END_CHECKING, Move.SEND_RESULTS, Move.END_OBJECTIONS):
        indices.move(step, before, by=found.chief, at=found.now)
    indices.publish(before, by=found.chief, at=found.now)
    for year, score in ((2012, "57.9"), (2013, "62.6")):
        content = f"unit,score,rank\nQuảng Ngãi,{score},1\nKon Tum,55,2\n".encode()
        indices.import_results(content, index="PCI", year=year, source="VCCI", by=SYSTEM, at=found.now)
    target = indices.set_target(
        index="PCI", year=found.year, agency=found.province.root, worst_rank=15, basis="KH 1", by=SYSTEM, at=found.now
    )
    found.published, found.target = before, target  # type: ignore[attr-defined]
    return found


def facts_of(definition: IndexSet) -> set[str]:
    """Words of a definition: data, Vietnamese in every language."""
    rules = [one.rule for one in definition.criteria]
    levels = {each.name for rule in rules if isinstance(rule, Options) for each in rule.options}
    said_of = ((one.name, one.unit, one.owner, one.appraiser, one.evidence) for one in definition.criteria)
    return levels | {definition.name} | {word for words_of_one in said_of for word in words_of_one}


def in_english(who: Actor | None) -> Client:
    client = signed_in(who) if who else Client()
    client.cookies["ngon_ngu"] = "en"
    return client


def all_in_english(who: Actor | None, paths: Iterable[str], data: set[str]) -> int:
    """Open pages, whichever of them this person may; how many opened."""
    client, seen = in_english(who), 0
    for path in paths:
        page = client.get(path)
        html = page.content.decode()
        told = [one for one in untranslated(html) if one not in data]
        assert page.status_code in (200, 403, 404) and not told, f"{path}: {page.status_code} {told}"
        assert Shown(html).language == "en" or "<html" not in html
        seen += page.status_code == 200
    return seen


def desk_of_the_round(judged: Indices) -> list[str]:
    """Every page of the round as it stands now."""
    pk, unit, answer = judged.round.pk, judged.unit(judged.ba_to).pk, judged.answer("SK", judged.ba_to).pk
    whole = ("round", "assign", "ranking", "try_points", "lost", "road", "years")
    return [
        *(reverse(f"indices:{name}") for name in ("rounds", "mine", "prepare", "results", "targets", "set_target")),
        *(f"{reverse(f'indices:{name}', args=[pk])}?dv={unit}" for name in whole),
        *(reverse(f"indices:{name}", args=[pk, unit]) for name in ("sheet", "print", "take_in")),
        *(reverse("indices:step", args=[pk, move.value]) for move in (Move.END_SELF_SCORING, Move.SEND_RESULTS)),
        *(reverse(f"indices:{name}", args=[answer]) for name in ("answer", "point_tasks")),
        reverse("indices:propose_task", args=[pk, answer]),
        reverse("indices:target", args=[judged.target.pk]),  # type: ignore[attr-defined]
    ]


def test_a_round_in_english_at_every_step(judged: Indices) -> None:
    data = facts_of(definition_of_round(judged.round))
    chief, owner, at = judged.chief, judged.ba_to.leader, judged.now
    judge = make._official("Ngô Thẩm Định", "thamdinh", judged.province.root, Role.SPECIALIST)
    answer = judged.answer("SK", judged.ba_to)
    for steps in ((), (Move.END_SELF_SCORING, Move.END_CHECKING), (Move.SEND_RESULTS,)):
        if Move.SEND_RESULTS in steps:
            for one in Answer.objects.select_related("unit").filter(round=judged.round):
                indices.appraise(one, points="1", reason="Chấm lại theo hồ sơ", by=judge, at=at)
        for step in steps:
            indices.move(step, judged.round, by=chief, at=at)
        if Move.SEND_RESULTS in steps:
            client = in_english(owner)
            act = reverse("indices:act", args=[answer.pk, "object"])
            version = Answer.objects.get(pk=answer.pk).version
            assert client.post(act, {"object-text": "Đã có sáng kiến", "version": version}).status_code == 302
        pages = desk_of_the_round(judged)
        assert all_in_english(chief, pages, data) >= 16
        mine = [one for one in pages if "/phieu/" in one or "/tieu-chi/" in one or "/viec-cua-toi/" in one]
        assert all_in_english(owner, mine, data) >= 4
    told = {one.subject for one in Message.objects.filter(about=f"indices.answer:{answer.pk}")}
    assert told == {f"Ý kiến về điểm thẩm định: tiêu chí SK, {answer.unit.name}"}


def test_definitions_in_english(judged: Indices) -> None:
    data = {word for code in codes() for word in facts_of(shipped(code))}
    mine = SetVersion.objects.get(pk=judged.round.set_version_id)
    data |= facts_of(definition_of_round(judged.round))
    keys = ["dti-922", "par-2022", "qd766-province", "pci-2013", str(mine.pk)]
    pages = [reverse(f"indices:{name}") for name in ("sets", "set_look")]
    pages += [reverse(f"indices:{name}", args=[key]) for key in keys for name in ("set", "set_difference")]
    assert all_in_english(judged.chief, pages, data) == len(pages)
    for content in (b"code: x", to_annex(shipped("par-2022"))):
        sent = {"file": SimpleUploadedFile("bo.xlsx" if content[:2] == b"PK" else "bo.yaml", content)}
        html = in_english(judged.chief).post(reverse("indices:set_look"), sent).content.decode()
        assert not [one for one in untranslated(html) if one not in data]


def test_where_the_province_stands_in_english(judged: Indices) -> None:
    before = judged.published  # type: ignore[attr-defined]
    data = facts_of(definition_of_round(before))
    pages = [reverse("standing:home"), reverse("standing:round", args=[before.pk])]
    pages += [reverse("standing:unit", args=[before.pk, one.pk]) for one in before.units.all()]
    pages += [reverse(f"standing:{name}", args=["pci"]) for name in ("index", "table")]
    assert all_in_english(None, pages, data) == len(pages)


def test_what_is_taken_from_an_annex_does_not_depend_on_the_reader(db: None, speaking_english: None) -> None:
    annex = to_annex(shipped("par-2022"))
    english = from_annex(annex)
    with translation.override("vi"):
        assert from_annex(annex) == english


# --- The switch -------------------------------------------------------------------------------------------------------


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


# --- What is written down ---------------------------------------------------------------------------------------------


@pytest.fixture
def speaking_english() -> Iterator[None]:
    with translation.override("en"):
        yield


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
