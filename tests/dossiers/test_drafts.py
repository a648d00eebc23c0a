"""Drafts nobody goes on with: told in time, then gone with their files; whoever comes back in time keeps everything."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from motcua.base import files
from motcua.base.models import StoredFile
from motcua.dossiers import actions, rules
from motcua.dossiers.models import Draft, Paper, Scan
from motcua.notifications.models import Message
from tests import make

BEGUN = make.MONDAY
LAST = rules.draft_ends_on(BEGUN.date())
NIGHT = BEGUN + timedelta(days=76)
LATER = BEGUN + timedelta(days=91)


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def a_file(words: bytes = b"%PDF-1.7 mau") -> StoredFile:
    return files.keep(words, name="giay.pdf", media_type="application/pdf", at=BEGUN)


def a_draft(world: make.Province, *kept: StoredFile, draft: Draft | None = None) -> Draft:
    return actions.save_draft(
        draft,
        person=world.citizen.id or 0,
        procedure_code=make.BUSINESS,
        case_code="TH1",
        agency=None,
        at=BEGUN,
        answers={"a": {"b": "đang gõ"}},
        files={"1": [one.pk for one in kept]},
    )


def aged(file: StoredFile) -> Path:
    path = files.path_of(file.sha256)
    os.utime(path, (0, 0))
    return path


def nights(first: Any, last: Any) -> None:
    while first <= last:
        actions.warn_owners(at=first)
        actions.sweep_drafts(at=first)
        first += timedelta(days=1)


def test_the_owner_is_told_once_and_then_draft_and_files_go(
    world: make.Province, django_capture_on_commit_callbacks: Any
) -> None:
    mine, shared = a_file(), a_file(b"%PDF-1.7 chung")
    paths = [aged(mine), aged(shared)]
    draft = a_draft(world, mine, shared)
    paper = Paper.objects.filter(dossier=make.submitted(world)).order_by("no").first()
    Scan.objects.create(paper=paper, file=shared, added_at=BEGUN)
    nights(BEGUN, NIGHT - timedelta(days=1))
    assert not Message.objects.filter(about=f"dossiers.draft:{draft.reference}").exists()
    nights(NIGHT, NIGHT + timedelta(days=5))
    letters = Message.objects.filter(about=f"dossiers.draft:{draft.reference}")
    assert {one.channel for one in letters} == {"in_app", "mail"} and letters.count() == 2
    assert all(f"{LAST:%d/%m/%Y}" in one.subject for one in letters), "the day that the list of drafts shows"
    assert Draft.objects.filter(pk=draft.pk).exists()
    with django_capture_on_commit_callbacks(execute=True):
        nights(NIGHT + timedelta(days=6), LATER)
    assert not Draft.objects.filter(pk=draft.pk).exists()
    assert list(StoredFile.objects.filter(pk__in=[mine.pk, shared.pk])) == [shared], "what a dossier refers to stays"
    assert [one.exists() for one in paths] == [False, True]


def test_whoever_saves_again_starts_anew(world: make.Province) -> None:
    draft = a_draft(world)
    nights(NIGHT, NIGHT)
    actions.save_draft(
        draft,
        person=world.citizen.id or 0,
        procedure_code=make.BUSINESS,
        case_code="",
        agency=None,
        at=NIGHT,
        answers={},
    )
    nights(LATER, LATER)
    assert Draft.objects.filter(pk=draft.pk).exists()
    assert Message.objects.filter(template="dossiers.draft_ending").count() == 2, "told for the first time only"


def test_nothing_goes_without_a_word_even_when_the_nights_were_missed(world: make.Province) -> None:
    draft = a_draft(world)
    much_later = BEGUN + timedelta(days=400)
    nights(much_later, much_later + timedelta(days=14))
    assert Draft.objects.filter(pk=draft.pk).exists()
    nights(much_later + timedelta(days=15), much_later + timedelta(days=15))
    assert not Draft.objects.filter(pk=draft.pk).exists()


def test_a_file_of_another_draft_stays_and_fresh_bytes_are_not_taken_away(
    world: make.Province, django_capture_on_commit_callbacks: Any
) -> None:
    both, alone = a_file(), a_file(b"%PDF-1.7 moi")
    path = files.path_of(alone.sha256)
    a_draft(world, both, alone)
    kept = a_draft(world, both)
    nights(NIGHT, NIGHT)
    Draft.objects.filter(pk=kept.pk).update(changed_at=LATER)
    with django_capture_on_commit_callbacks(execute=True):
        nights(LATER, LATER)
    assert list(StoredFile.objects.all()) == [both] and list(Draft.objects.all()) == [kept]
    assert path.exists(), "bytes of this hour may belong to a row that is only about to be written"


def test_the_copy_of_what_was_handed_in_goes_without_a_letter(world: make.Province) -> None:
    draft = a_draft(world)
    Draft.objects.filter(pk=draft.pk).update(dossier=make.submitted(world))
    nights(LATER, LATER)
    assert not Draft.objects.exists() and not Message.objects.filter(template="dossiers.draft_ending").exists()
