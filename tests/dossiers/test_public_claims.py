"""Nobody reaches another's dossier or files by naming them: codes given elsewhere, seals of another request."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.models import Dossier, Scan, Supplement
from tests import make
from tests.dossiers.test_public_applying import PNG
from tests.dossiers.test_public_tracking import TUESDAY, asked, url_of


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: TUESDAY)


def test_a_dossier_is_found_by_its_code_whatever_others_were_given_as_theirs(world: make.Province, client: Client):
    dossier = make.received(world)
    for _number in range(5):
        make.submitted(world, outside_code=dossier.code)

    answer = client.post("/ho-so/tra-cuu/", {"code": dossier.code, "digits": dossier.phone[-4:]})

    assert answer.headers["Location"] == url_of(dossier)


def test_files_sealed_for_one_request_open_in_no_other(world: make.Province, client: Client):
    one, other = asked(world), asked(world)
    page = client.post(url_of(one, "bo-sung/"), {"files_0": [SimpleUploadedFile("don.png", PNG)]})
    sealed = re.search(r'name="kept_0" value="([^"]+)"', page.content.decode())
    assert sealed

    refused = client.post(url_of(other, "bo-sung/"), {"kept_0": sealed[1], "words_1": "Không ủy quyền"})

    assert refused.status_code == 422 and "don.png" not in refused.content.decode()
    assert Supplement.objects.get(dossier=other).answered_at is None
    assert not Scan.objects.filter(paper__dossier=other).exists()
    assert client.post(url_of(one, "bo-sung/"), {"kept_0": sealed[1], "words_1": "x"}).status_code == 302
    assert Scan.objects.get().paper.dossier == Dossier.objects.get(pk=one.pk)
