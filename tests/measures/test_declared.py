"""Declared measures: one definition for page, list and documentation; the rows behind a figure add up to it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from motcua.dossiers import actions as dossiers
from motcua.dossiers.terms import Channel, Delivery, PaymentWay
from motcua.measures import actions
from motcua.measures.queries import recount
from motcua.measures.queries.figures import Asked, figures
from motcua.measures.queries.live import Span
from motcua.measures.queries.rows import rows
from motcua.measures.rules.declared import MEASURES, objections
from motcua.measures.rules.documented import as_page
from motcua.measures.terms import Part
from motcua.organisations.terms import Reading
from tests import make
from tests.make import Province
from tests.remembered import remembered

ROOT = Path(__file__).resolve().parents[2]
MONDAY = make.MONDAY
LATER = make.at("2026-12-15 10:00")


def test_the_definitions_hold_together() -> None:
    assert list(objections()) == []


def test_the_page_of_documentation_says_what_the_definitions_say() -> None:
    written = (ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
    assert written == as_page(), "motcua measures docs > docs/measures.md"


def test_nothing_to_take_a_share_of_is_no_figure() -> None:
    share = MEASURES["handled_in_time_share"]
    assert share.value({"early": 0, "on_time": 0, "late": 0}) is None
    assert str(share.value({"early": 1, "on_time": 1, "late": 1})) == "66.67"
    assert str(MEASURES["average_hours"].value({"took_minutes": 90, "early": 1})) == "1.5"


@pytest.fixture
def world(db: None) -> Province:
    return week()


@remembered
def week() -> Province:
    """A week of work in one commune: one of every fate, some of them folded, some not."""
    home = make.province()
    commune = home.ba_to
    make.submitted(home)
    refused = make.submitted(home)
    dossiers.refuse(refused, reason="Không thuộc thẩm quyền", by=commune.clerk, at=MONDAY + timedelta(hours=1))
    make.received(home)
    signed = make.signing(home)
    dossiers.sign(signed, by=commune.leader, at=MONDAY + timedelta(hours=5))
    late = make.signing(home)
    dossiers.sign(late, by=commune.leader, at=MONDAY + timedelta(days=9))
    asked = make.processing(home)
    items = [{"paper": 1, "name": "Đơn", "what": "Ký lại"}]
    dossiers.draft_supplement(asked, reason="Thiếu chữ ký", items=items, by=commune.specialist, at=MONDAY)
    dossiers.sign_supplement(asked, by=commune.leader, at=MONDAY + timedelta(hours=2))
    sorry = make.processing(home)
    dossiers.extend(
        sorry,
        new_due_at=make.at("2026-12-04 10:00"),
        reason="Chờ ý kiến",
        by=commune.leader,
        at=MONDAY + timedelta(days=1),
    )
    gone = make.processing(home)
    dossiers.withdraw(gone, reason="Đổi ý", by=home.citizen, at=MONDAY + timedelta(days=3))
    make.processing(home, when=MONDAY + timedelta(days=2))
    return home


ASKED_AT = [MONDAY - timedelta(days=1), MONDAY + timedelta(hours=3), MONDAY + timedelta(days=1), LATER]


@pytest.mark.parametrize("at", ASKED_AT, ids=str)
@pytest.mark.parametrize("part", [Part.DECIDING, Part.HOLDING])
def test_the_rows_behind_every_figure_add_up_to_it(world: Province, at: object, part: Part) -> None:
    for asked in (
        Asked.now(world.root, at=at, since=MONDAY.date(), part=part),  # type: ignore[arg-type]
        Asked(world.ba_to.authority, Span(at.date()), at.date(), part, Reading.NOW),  # type: ignore[attr-defined]
    ):
        found = figures(asked)
        for code, measure in MEASURES.items():
            behind, after = [], 0
            while True:
                page = rows(measure, asked, after=after, limit=3)
                behind += page.rows
                if page.after is None:
                    break
                after = page.after
            assert sum(one.counts for one in behind) == found.whole[code].numerator, (code, asked)
            assert len({(one.key) for one in behind}) == len(behind)


def test_figures_of_one_week(world: Province) -> None:
    found = figures(Asked.now(world.root, at=LATER, since=date(2026, 11, 1)))
    numbers = {code: one.numerator for code, one in found.whole.items()}
    assert numbers["submitted"] == 9
    assert numbers["received"] == 7
    assert numbers["refused"] == 1
    assert numbers["waiting"] == 1
    assert numbers["handled"] == 2
    assert numbers["handled_late"] == 1
    assert numbers["withdrawn"] == 1
    assert numbers["open"] == 4
    assert numbers["paused"] == 1
    assert numbers["overdue"] == 3
    assert numbers["extended"] == 1
    assert numbers["supplements"] == 1
    assert numbers["ready"] == 2
    assert numbers["held_hours"] > 0
    assert set(found.parts) == {world.ba_to.authority}
    before_the_day_ends = figures(Asked.now(world.root, at=MONDAY + timedelta(hours=3)))
    assert before_the_day_ends.whole["paused"].numerator == 1
    assert before_the_day_ends.whole["handled"].numerator == 0


def test_the_recount_agrees_with_the_rows_of_dossiers(world: Province) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("motcua.measures.actions.folding.BOUND", "true")
        actions.fold_all(at=LATER)
        before = figures(Asked.now(world.root, at=LATER))
        make.received(world, when=LATER)
        actions.rebuild(at=LATER, batch=7)
    assert recount.check() == []
    after = figures(Asked.now(world.root, at=LATER))
    assert after.whole["received"].numerator == before.whole["received"].numerator + 1


def test_paying_rating_and_answering_at_once_are_counted(db: None) -> None:
    home = make.province()
    clerk = home.ba_to.clerk
    copy = make.submitted(home, procedure=make.COPY)
    if copy.payment == "due":
        dossiers.take_payment(copy, way=PaymentWay.CASH, payer="", by=clerk, at=MONDAY)
    dossiers.answer_at_once(copy, by=clerk, at=MONDAY, handed_to="Nguyễn Văn Mẫu", title="Bản sao", body="")
    dossiers.rate(copy, score=2, comment="", by=home.citizen, at=MONDAY + timedelta(hours=1))
    online = make.signing(home, channel=Channel.COUNTER)
    dossiers.sign(online, by=home.ba_to.leader, at=MONDAY)
    dossiers.advance(online, by=home.ba_to.records, at=MONDAY)
    if online.payment == "due":
        dossiers.take_payment(online, way=PaymentWay.CASH, payer="", by=clerk, at=MONDAY)
    dossiers.return_result(online, way=Delivery.COUNTER, handed_to="Nguyễn Văn Mẫu", by=clerk, at=MONDAY)
    found = figures(Asked.now(home.root, at=LATER)).whole
    assert (found["returned"].numerator, found["rated"].numerator, str(found["stars"].value)) == (2, 1, "2.00")
    assert found["fees_vnd"].numerator == (copy.fee_vnd if copy.payment == "paid" else 0) + (
        online.fee_vnd if online.payment == "paid" else 0
    )
    assert found["open"].numerator == found["ready"].numerator == 0
