"""The demonstration's yearly rounds: published years, open ones in several stages, chained like real ones."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.test import Client
from pypdf import PdfReader
from pytest_django.plugin import DjangoDbBlocker

from motcua.base.actors import SYSTEM
from motcua.base.clock import VIET_NAM
from motcua.base.verify import verify_journal
from motcua.demo import indices, standings
from motcua.demo.province import MAIN, SECOND, Casting
from motcua.indices import papers, queries
from motcua.indices.models import (
    Answer,
    Evidence,
    LiveFigure,
    OfficialResult,
    PointsObjection,
    PointTask,
    Remark,
    Round,
)
from motcua.indices.queries import published
from motcua.indices.terms import Stage, UnitKind
from motcua.organisations import actions as agencies
from motcua.people.models import Person
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


# --- What everybody sees of it


def test_pages_for_everybody_open_with_few_statements(
    bench: indices.Workbench, client: Client, django_assert_max_num_queries: Any
) -> None:
    round_ = Round.objects.get(stage=Stage.PUBLISHED.value, kind="department", year=2025)
    unit = round_.units.get(agency=bench.finance.authority)
    for path, most in {
        "/chi-so/": 12,
        "/chi-so/pci/": 12,
        "/chi-so/papi/?nam=2021": 12,
        "/chi-so/pci/bang/?nam=2023&tim=quang ngai": 10,
        "/chi-so/pci/bang/?nam=2023&theo=34": 10,
        f"/chi-so/dot/{round_.pk}/": 14,
        f"/chi-so/dot/{round_.pk}/{unit.pk}/": 14,
    }.items():
        client.get(path)
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200, path


def rows_of(client: Client, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).content.decode("utf-8-sig"))))


def test_our_place_among_63_and_then_34_provinces(bench: indices.Workbench, client: Client) -> None:
    page = client.get("/chi-so/pci/?nam=2024").content.decode()
    assert "trong 63" in page and "Quảng Ngãi + Kon Tum" in page and "Chi phí gia nhập thị trường" in page
    assert "cả nước còn 34 tỉnh, tỉnh ta hợp nhất với tỉnh khác" in page
    table = client.get("/chi-so/pci/bang/?nam=2024&tim=quang ngai").content.decode()
    assert table.count("<tr") == 2 and "tỉnh ta" in table
    rows = rows_of(client, "/chi-so/pci/bang.csv?nam=2024")
    assert len(rows) == 63 and rows[0]["rank"] == "1" and {row["source"] for row in rows} == {standings.SOURCE}
    scores = [float(row["score"]) for row in rows]
    assert scores == sorted(scores, reverse=True) and 4 < scores[0] - scores[-1] < 25
    as_34 = rows_of(client, "/chi-so/pci/bang.csv?nam=2024&theo=34")
    assert len(as_34) == 34 and next(one for one in as_34 if one["unit"] == "Quảng Ngãi")["estimated_from"]
    assert len(rows_of(client, "/chi-so/papi/bang.csv")) == len(rows_of(client, "/chi-so/pci/bang.csv?nam=2025")) == 34


def test_results_of_the_provinces_are_the_same_each_time_and_say_that_they_are_made_up(
    bench: indices.Workbench, client: Client
) -> None:
    assert list(standings.tables()) == list(standings.tables())
    assert standings.SOURCE == "Số liệu hư cấu của bản trình diễn, không phải kết quả công bố"
    assert {one.source for one in OfficialResult.objects.all()} == {standings.SOURCE}
    for path in (
        "/chi-so/",
        "/chi-so/pci/",
        "/chi-so/papi/?nam=2021",
        "/chi-so/pci/bang/",
        "/chi-so/pci/bang/?theo=34",
    ):
        assert "Số liệu hư cấu, không phải kết quả công bố." in client.get(path).content.decode(), path
    client.force_login(Person.objects.get(pk=bench.chairman.id))
    assert client.get("/ban-lam-viec/chi-so/ca-nuoc/").content.decode().count("số liệu hư cấu") == 2


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
        "/chi-so/pci/bao-cao.pdf?nam=2024",
        "/chi-so/papi/bao-cao.pdf",
        f"/chi-so/dot/{round_.pk}/bao-cao.pdf",
    ):
        answer = client.get(path)
        assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
        read = PdfReader(io.BytesIO(answer.content))
        text = "".join(page.extract_text() for page in read.pages)
        if "/dot/" not in path:
            assert all(
                "ố liệu hư cấu của bản trình diễn" in " ".join(page.extract_text().split()) for page in read.pages
            )
            assert "Số liệu hư cấu, không phải kết quả công bố." in " ".join(text.split())
        assert 1 <= len(read.pages) <= 4 and "độ chắc chắn" in text and read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    example = Round.objects.get(set_version__code="par-thu")
    pdf = PdfReader(io.BytesIO(papers.round_report(published.outcome(example), public=False, at=NOW)))
    assert "Bộ ví dụ" in "".join(page.extract_text() for page in pdf.pages)


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_have_no_barrier_and_nothing_lies_sideways(
    bench: indices.Workbench, client: Client, width: int
) -> None:
    round_ = Round.objects.get(stage=Stage.PUBLISHED.value, kind="department", year=2025)
    unit = round_.units.get(agency=bench.finance.authority)
    paths = ["/chi-so/", "/chi-so/pci/", "/chi-so/pci/bang/", "/chi-so/pci/bang/?theo=34&nam=2022"]
    paths += [f"/chi-so/dot/{round_.pk}/", f"/chi-so/dot/{round_.pk}/{unit.pk}/"]
    pages = {f"/{number}/": client.get(path).content.decode() for number, path in enumerate(paths)}
    with page_of(pages, viewport={"width": width, "height": 900}) as page:
        for address in pages:
            page.goto(f"{SITE}{address}")
            page.evaluate("document.fonts.ready")
            assert [one["id"] for one in Axe().run(page).response["violations"]] == []
            assert page.evaluate("document.documentElement.scrollWidth") == width
