"""One decision at a time: what it changes, what it tells the journal, what it refuses without a trace."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.base.actors import Actor
from motcua.base.errors import Refused
from motcua.base.models import Entry
from motcua.organisations import actions, queries
from motcua.organisations.models import AgencyVersion, ChangeEvent
from motcua.organisations.rules import New
from motcua.organisations.terms import Kind
from tests.organisations import made
from tests.organisations.made import AT, CHANGE, DECIDED, TODAY

pytestmark = pytest.mark.django_db
CLERK = Actor(id=7, name="Nguyễn Thị Mẫu")


def told(agency: int) -> list[str]:
    return list(
        Entry.objects.filter(stream=f"organisations.agency:{agency}").order_by("seq").values_list("name", flat=True)
    )


def test_opening_tells_the_journal_who_decided_what() -> None:
    province = actions.open_agency(
        made.territory(Kind.PROVINCE, "Mẫu", code="H48"), by=CLERK, at=AT, on=CHANGE, decision="QĐ 1"
    )
    entry = Entry.objects.get(stream=f"organisations.agency:{province.pk}")

    assert (entry.name, entry.by, entry.at) == ("organisations.AgencyOpened", 7, AT)
    assert entry.facts["code"] == "H48"
    assert province.root_id == province.pk


def test_names_are_stored_in_one_spelling() -> None:
    province = made.opened(New(name="Ủy  ban tỉnh Ba To\u031b ", short_name="Ba To\u031b", kind=Kind.PROVINCE))

    assert queries.name_on(province.pk, TODAY) == "Ủy ban tỉnh Ba Tơ"


def test_merging_closes_the_old_and_opens_the_new() -> None:
    province = made.province()
    one, two = made.commune("Một", province), made.commune("Hai", province)

    new = actions.merge([one, two], into=made.territory(Kind.COMMUNE, "Ba", province), **DECIDED)

    assert queries.version_on(one.pk, CHANGE) is None
    assert queries.name_on(one.pk, date(2025, 6, 30), short=True) == "UBND xã Một"
    assert queries.as_now([one.pk, two.pk, new.pk], TODAY) == {one.pk: (new.pk,), two.pk: (new.pk,), new.pk: (new.pk,)}
    assert queries.predecessors(new.pk) == (one.pk, two.pk)
    assert told(one.pk) == ["organisations.AgencyOpened", "organisations.AgencyEnded"]
    assert told(new.pk) == ["organisations.AgencyOpened"]
    assert queries.events_of(new.pk)[0].predecessors == (one.pk, two.pk)


def test_splitting_divides_or_takes_a_part_away() -> None:
    province = made.province()
    one = made.commune("Một", province)

    kept, new = actions.split(
        one,
        into=[made.territory(Kind.COMMUNE, "Hai", province), made.territory(Kind.COMMUNE, "Ba", province)],
        **DECIDED,
    )
    (part,) = actions.split(
        kept,
        into=[kept, made.territory(Kind.COMMUNE, "Bốn", province)],
        by=CLERK,
        at=AT,
        on=date(2026, 1, 1),
        decision="QĐ 2",
    )

    assert queries.successors(one.pk, TODAY) == (kept.pk, new.pk)
    assert queries.version_on(kept.pk, TODAY) is not None
    assert queries.predecessors(part.pk, TODAY) == (kept.pk, one.pk)
    assert told(kept.pk)[-1] == "organisations.AgencyDivided"


def test_renaming_keeps_the_agency_and_the_old_name_for_its_time() -> None:
    province = made.province(code="000.00.00.H48")

    actions.rename(province, code="H48", name="Ủy ban nhân dân tỉnh Mới", short_name="UBND tỉnh Mới", **DECIDED)

    assert queries.names_on([province.pk], date(2025, 6, 30), short=True) == {province.pk: "UBND tỉnh Mẫu"}
    assert queries.names_on([province.pk], CHANGE, short=True) == {province.pk: "UBND tỉnh Mới"}
    assert queries.by_code("000.00.00.H48", CHANGE) is None
    assert queries.by_code("000.00.00.H48").agency == queries.by_code("H48", CHANGE).agency == province.pk


def test_abolishing_ends_the_units_inside_too() -> None:
    province = made.province()
    one, two = made.commune("Một", province), made.commune("Hai", province)
    division = made.division("Phòng Kinh tế", one)

    actions.abolish(one, successors=(two,), **DECIDED)

    assert queries.subtree_ids(province.pk, CHANGE) == [province.pk, two.pk]
    assert queries.as_now([division.pk], TODAY) == {division.pk: (two.pk,)}
    assert told(division.pk)[-1] == "organisations.AgencyEnded"


def test_a_transfer_takes_the_subtree_and_its_files_along() -> None:
    old, new = made.province("Một"), made.province("Hai")
    one = made.commune("Xã", old)
    division = made.division("Phòng Kinh tế", one)

    actions.transfer(one, to=new, **DECIDED)

    assert [above.agency for above in queries.ancestors(division.pk, CHANGE)] == [one.pk, new.pk]
    assert [above.agency for above in queries.ancestors(division.pk, date(2025, 6, 30))] == [one.pk, old.pk]
    assert queries.root_of(division.pk) == queries.root_of(one.pk) == new.pk
    assert queries.full_names_on([division.pk], CHANGE) == {division.pk: "Phòng Kinh tế, UBND xã Xã"}


def test_a_correction_needs_a_reason_and_keeps_what_stood_there() -> None:
    province = made.province(phone="0255 1")
    with pytest.raises(Refused, match="Ghi lý do đính chính"):
        actions.correct(province, day=TODAY, reason=" ", by=CLERK, at=AT, phone="0255 2")

    actions.correct(province, day=TODAY, reason="Gõ nhầm số", by=CLERK, at=AT, phone="0255 2", kind="province")

    assert queries.version_on(province.pk, TODAY).phone == "0255 2"
    entry = Entry.objects.get(stream=f"organisations.agency:{province.pk}", seq=2)
    assert (entry.facts["field"], entry.facts["was"], entry.facts["now"]) == ("phone", "0255 1", "0255 2")


def test_a_refused_decision_leaves_no_trace() -> None:
    province = made.province()
    made.commune("Một", province)
    before = (ChangeEvent.objects.count(), AgencyVersion.objects.count(), Entry.objects.count())

    with pytest.raises(Refused, match="Còn 1 cơ quan trực thuộc"):
        actions.abolish(province, **DECIDED)

    assert (ChangeEvent.objects.count(), AgencyVersion.objects.count(), Entry.objects.count()) == before


def test_a_page_that_asks_many_things_pays_for_one_look() -> None:
    province = made.province()
    commune = made.commune("Một", province)
    queries.forget()

    with CaptureQueriesContext(
        connection,
    ) as statements:
        queries.names_on([province.pk, commune.pk], TODAY)
        queries.tree_on(TODAY)
        queries.subtree_ids(province.pk, TODAY)
        queries.find("xã một", TODAY)
    with CaptureQueriesContext(connection) as again:
        queries.ancestors(commune.pk, TODAY)

    assert len([one for one in statements if "organisations_revision" in one["sql"]]) == 1
    assert len(statements) <= 4  # the look, and once after a change the three tables of the register
    assert len(again) == 0
