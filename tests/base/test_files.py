"""Uploads that belong to nothing go after a week; what anything names stays."""

from datetime import timedelta

import pytest
from django.db import transaction

from motcua.base import files
from motcua.base.models import StoredFile
from motcua.dossiers.models import Draft, Scan
from tests import make

pytestmark = pytest.mark.django_db


def test_uploads_that_nobody_names_are_swept_after_a_week(django_capture_on_commit_callbacks) -> None:
    world = make.province()
    dossier = make.submitted(world)
    attached = make.scan()
    Scan.objects.create(paper=dossier.paper_set.first(), file=attached, added_at=make.MONDAY)
    in_draft, lost = (
        make.scan(),
        files.keep(b"%PDF-1.7 lost", name="quên.pdf", media_type="application/pdf", at=make.MONDAY),
    )
    person = make.person_of(world.citizen)
    Draft.objects.create(
        reference="D1", person=person, procedure_code=make.BIRTH, files={"1": [in_draft.pk]}, changed_at=make.MONDAY
    )
    StoredFile.objects.update(kept_at=make.MONDAY)
    assert files.sweep(at=make.MONDAY + timedelta(days=6)) == 0
    before = set(StoredFile.objects.values_list("pk", flat=True))
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        gone = files.sweep(at=make.MONDAY + timedelta(days=8))
    left = set(StoredFile.objects.values_list("pk", flat=True))
    assert gone == len(before - left) and lost.pk not in left
    assert {attached.pk, in_draft.pk} <= left
    assert files.sweep(at=make.MONDAY + timedelta(days=8)) == 0
