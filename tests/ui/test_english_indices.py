"""The indices in English at every step; the words of a definition stay Vietnamese."""

from collections.abc import Iterable
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from motcua.base.actors import SYSTEM, Actor
from motcua.indices import actions as indices
from motcua.indices.actions.bulk import Judged, Told, write_told
from motcua.indices.models import Answer, SetVersion
from motcua.indices.queries.rounds import definition_of_round
from motcua.indices.rules.annex import from_annex, to_annex
from motcua.indices.rules.definition import IndexSet
from motcua.indices.rules.kinds import Options
from motcua.indices.rules.shipped import codes, shipped
from motcua.indices.terms import Move
from motcua.notifications.models import Message
from motcua.people.terms import Role
from tests import make
from tests.indices.test_desk_next_point import World as Indices
from tests.indices.test_desk_next_point import signed_in
from tests.indices.test_news import hear
from tests.ui.english import Shown, untranslated

pytestmark = pytest.mark.usefixtures("english_catalogues")


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
    judge = make.official("Ngô Thẩm Định", "thamdinh", judged.province.root, Role.SPECIALIST)
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
    hear()
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
