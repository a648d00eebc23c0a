"""The demonstration's yearly rounds: published years, open ones in several stages, chained like real ones."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pypdf import PdfReader
from pytest_django.plugin import DjangoDbBlocker

from motcua.base.actors import SYSTEM
from motcua.base.clock import VIET_NAM
from motcua.base.verify import verify_journal
from motcua.demo import indices
from motcua.demo.province import MAIN, SECOND, Casting
from motcua.indices import papers, queries
from motcua.indices.models import Answer, Evidence, LiveFigure, PointsObjection, PointTask, Remark, Round
from motcua.indices.queries import published
from motcua.indices.terms import Stage, UnitKind
from motcua.organisations import actions as agencies
from motcua.workdays import actions as workdays
from tests.ui.browser import SITE, page_of

NOW = datetime(2026, 11, 19, 9, 30, tzinfo=VIET_NAM)


@pytest.fixture(scope="module")
def bench(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[indices.Workbench]:
    """One load for all questions of this module, taken back at the end."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        begin = NOW - timedelta(days=400)
        agencies.load_fixture(by=SYSTEM, at=begin)
        workdays.seed_holidays(by=SYSTEM, at=begin)
        cast = Casting(Random(1), today=NOW.date(), at=begin).everybody([MAIN, SECOND])
        made = indices.load(cast, now=NOW)
        made.lay_figures()
        yield made
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


def test_two_years_are_published_and_this_one_is_under_way(bench: indices.Workbench) -> None:
    found = sorted((one.year, one.kind, one.stage, one.set_version.code) for one in Round.objects.all())
    open_, closed = Stage.SELF_SCORING.value, Stage.PUBLISHED.value
    assert found == [
        (2024, "department", closed, "cchc-so"),
        (2024, "province", closed, "qd766-province"),
        (2025, "commune", closed, "cchc-xa"),
        (2025, "department", Stage.OBJECTING.value, "ddci-departments"),
        (2025, "department", closed, "cchc-so"),
        (2025, "province", closed, "qd766-province"),
        (2026, "commune", open_, "cchc-xa"),
        (2026, "department", open_, "cchc-so"),
        (2026, "province", open_, "par-thu"),
        (2026, "province", open_, "qd766-province"),
    ]
    for one in Round.objects.filter(stage=closed):
        assert one.results is not None and one.results_sha256
        assert all(row["score"] is not None for row in one.results["rows"])
        scores = queries.results(one)
        assert all(50 < total < 100 for total in scores.totals if total is not None)


def test_today_s_desks_are_filled_by_the_actions(bench: indices.Workbench) -> None:
    assert bench.open_departments is not None
    mine = Answer.objects.filter(round=bench.open_departments, unit__agency=bench.finance.authority)
    said = mine.filter(self_at__isnull=False).count()
    assert 11 <= said < mine.count() == 21
    assert Evidence.objects.filter(answer__in=mine).count() >= 2
    assert Remark.objects.filter(answer__in=mine).count() == 2
    [objection] = PointsObjection.objects.all()
    assert objection.replied_at is None and objection.answer.round.kind == UnitKind.DEPARTMENT
    assert LiveFigure.objects.filter(answer__round=bench.open_766).exists()
    example = Round.objects.get(set_version__code="par-thu").set_version
    assert example.example


def test_every_entry_is_chained(bench: indices.Workbench) -> None:
    assert verify_journal().ok


# --- What everybody sees of it ------------------------------------------------------------------------------------------


def test_pages_for_everybody_open_with_few_statements(
    bench: indices.Workbench, client: Client, django_assert_max_num_queries: Any
) -> None:
    round_ = Round.objects.get(stage=Stage.PUBLISHED.value, kind="department", year=2025)
    unit = round_.units.get(agency=bench.finance.authority)
    for path, most in {
        "/chi-so/": 12,
        "/chi-so/pci/": 12,
        "/chi-so/papi/?nam=2018": 12,
        "/chi-so/pci/bang/?nam=2015&tim=quang ngai": 10,
        "/chi-so/pci/bang/?nam=2015&theo=34": 10,
        f"/chi-so/dot/{round_.pk}/": 14,
        f"/chi-so/dot/{round_.pk}/{unit.pk}/": 14,
    }.items():
        client.get(path)
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200, path


def test_our_place_is_said_as_published(bench: indices.Workbench, client: Client) -> None:
    page = client.get("/chi-so/pci/?nam=2013").content.decode()
    assert "Hạng 7 trong 63, thuộc một phần tư cao nhất" in page and "62,6" in page
    assert "ước tính, không phải kết quả công bố" in page and "Quảng Ngãi + Kon Tum" in page
    table = client.get("/chi-so/pci/bang/?nam=2013&tim=quang ngai").content.decode()
    assert table.count("<tr") == 2 and "tỉnh ta" in table
    rows = list(csv.DictReader(io.StringIO(client.get("/chi-so/pci/bang.csv?nam=2013").content.decode("utf-8-sig"))))
    assert (
        len(rows) == 63 and rows[6]["unit"] == "Quảng Ngãi" and rows[0]["rank"] == "1" and "VCCI" in rows[0]["source"]
    )
    as_34 = list(
        csv.DictReader(io.StringIO(client.get("/chi-so/pci/bang.csv?nam=2013&theo=34").content.decode("utf-8-sig")))
    )
    assert len(as_34) == 34 and next(one for one in as_34 if one["unit"] == "Quảng Ngãi")["estimated_from"]


def test_a_round_shows_what_was_lost_and_open_ones_are_not_found(bench: indices.Workbench, client: Client) -> None:
    for one in Round.objects.all():
        answer = client.get(f"/chi-so/dot/{one.pk}/")
        assert answer.status_code == (
            404 if one.stage != Stage.PUBLISHED.value else 302 if one.kind == "province" else 200
        )
    round_ = Round.objects.get(stage=Stage.PUBLISHED.value, kind="department", year=2025)
    best = min((row for row in round_.results["rows"]), key=lambda row: row["rank"])
    unit = round_.units.get(name=best["unit"])
    page = client.get(f"/chi-so/dot/{round_.pk}/{unit.pk}/").content.decode()
    assert "Từ điểm tối đa xuống điểm đạt được" in page and "Hạng 1 trong 13" in page
    whole = client.get(f"/chi-so/dot/{round_.pk}/").content.decode()
    assert PointTask.objects.count() >= 3 and "Nâng điểm “" in whole and 'href="/nhiem-vu/' in whole


def test_the_papers_of_the_conference_are_tagged_pdfs(bench: indices.Workbench, client: Client) -> None:
    round_ = Round.objects.get(stage=Stage.PUBLISHED.value, kind="department", year=2025)
    for path in (
        "/chi-so/pci/bao-cao.pdf?nam=2015",
        "/chi-so/papi/bao-cao.pdf",
        f"/chi-so/dot/{round_.pk}/bao-cao.pdf",
    ):
        answer = client.get(path)
        assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
        read = PdfReader(io.BytesIO(answer.content))
        text = "".join(page.extract_text() for page in read.pages)
        assert 1 <= len(read.pages) <= 4 and "độ chắc chắn" in text and read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    example = Round.objects.get(set_version__code="par-thu")
    pdf = PdfReader(io.BytesIO(papers.round_report(published.outcome(example), public=False, at=NOW)))
    assert "Bộ ví dụ" in "".join(page.extract_text() for page in pdf.pages)


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_have_no_barrier_and_nothing_lies_sideways(
    bench: indices.Workbench, client: Client, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    round_ = Round.objects.get(stage=Stage.PUBLISHED.value, kind="department", year=2025)
    unit = round_.units.get(agency=bench.finance.authority)
    paths = ["/chi-so/", "/chi-so/pci/", "/chi-so/pci/bang/", "/chi-so/pci/bang/?theo=34&nam=2016"]
    paths += [f"/chi-so/dot/{round_.pk}/", f"/chi-so/dot/{round_.pk}/{unit.pk}/"]
    pages = {f"/{number}/": client.get(path).content.decode() for number, path in enumerate(paths)}
    with page_of(pages, viewport={"width": width, "height": 900}) as page:
        for address in pages:
            page.goto(f"{SITE}{address}")
            page.evaluate("document.fonts.ready")
            assert [one["id"] for one in axe.Axe().run(page).response["violations"]] == []
            assert page.evaluate("document.documentElement.scrollWidth") == width
