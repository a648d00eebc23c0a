"""Numbers have no gaps, also when two clerks press at once; a signed result is kept, told and checkable."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from pytest_django.plugin import DjangoDbBlocker

from motcua.base import files
from motcua.base.actors import SYSTEM
from motcua.base.errors import Refused
from motcua.base.models import Entry
from motcua.base.refs import Ref
from motcua.documents import actions, queries
from motcua.documents.models import Counter, Document, LocalForm, Signature
from motcua.documents.terms import Finding, Kind
from motcua.organisations.models import Agency

from . import samples
from .conftest import NOW, Office
from .test_signing import flip

ABOUT = Ref("dossiers.dossier", "H48.115-261119-0031")


def draft() -> actions.ResultPaper:
    return replace(samples.RESULT, head=replace(samples.COMMUNE, number=""))


def test_numbers_follow_one_another_per_kind_and_year(office: Office) -> None:
    def number(kind: Kind, **more: object) -> str:
        return actions.next_number(office.agency, kind, at=NOW, **more)  # type: ignore[arg-type]

    assert [number(Kind.SUPPLEMENT_REQUEST) for _ in range(3)] == ["01/PBS-TTPVHCC", "02/PBS-TTPVHCC", "03/PBS-TTPVHCC"]
    assert number(Kind.REFUSAL) == "01/PTC-TTPVHCC"
    assert number(Kind.APOLOGY) == "01/PXL"
    assert number(Kind.RESULT, type_name="QUYẾT ĐỊNH") == "01/QĐ-UBND"
    assert number(Kind.RESULT, type_name="THÔNG BÁO") == "01/TB-UBND"
    assert number(Kind.RESULT, type_name="Quyết định") == "02/QĐ-UBND"
    assert actions.next_number(office.agency, Kind.APOLOGY, at=samples.at("2027-01-01 00:00")) == "01/PXL"
    assert (
        actions.next_number(office.agency, Kind.SUPPLEMENT_REQUEST, at=samples.at("2025-09-14 08:00"))
        == "01/PBS-BPTNTKQ"
    )


def test_a_rollback_gives_the_number_back(office: Office) -> None:
    with transaction.atomic():
        assert actions.next_in_year(office.agency, "apology", 2026) == 1
        transaction.set_rollback(True)
    assert actions.next_in_year(office.agency, "apology", 2026) == 1


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    """An agency that other connections see, whatever transaction this one stands in; taken away again afterwards."""

    def elsewhere(do: Callable[[], object]) -> None:
        with ThreadPoolExecutor(1) as others:
            others.submit(do).result()

    def come() -> None:
        Agency.objects.create(pk=990_001, root_id=990_001, created_at=NOW)
        connection.close()

    def go() -> None:
        Counter.objects.filter(agency=990_001).delete()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM organisations_agency WHERE id = 990001")
        connection.close()

    with django_db_blocker.unblock():
        elsewhere(come)
        yield 990_001
        connection.close()
        elsewhere(go)


@pytest.mark.slow
def test_two_at_once_get_numbers_without_gap_or_double(committed: int) -> None:
    together = Barrier(2)

    def take(_: int) -> list[int]:
        together.wait()
        taken = []
        for n in range(15):
            try:
                with transaction.atomic():
                    number = actions.next_in_year(committed, "refusal", 2026)
                    if n % 5 == 4:
                        raise ZeroDivisionError
                    taken.append(number)
            except ZeroDivisionError:
                pass
        connection.close()
        return taken

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(take, range(2))
    assert sorted(first + second) == list(range(1, 25))
    assert Counter.objects.get(agency=committed, kind="refusal").last == 24


def test_a_number_outside_a_transaction_is_a_bug(committed: int) -> None:
    with pytest.raises(RuntimeError, match="gap"):
        actions.next_in_year(committed, "apology", 2026)


def test_an_office_may_have_its_own_form_for_a_time(office: Office) -> None:
    own = {
        "agency_id": office.agency,
        "kind": Kind.CONTROL_SHEET,
        "form": "Mẫu 05",
        "title": "Phiếu kiểm soát",
        "numbering": "{n}/KS",
        "decision": "2904/QĐ-UBND",
    }
    LocalForm.objects.create(**own, in_force_during=DateRange(date(2025, 9, 15), date(2026, 11, 20)))
    assert queries.form_for(office.agency, Kind.CONTROL_SHEET, date(2026, 11, 19)).form == "Mẫu 05"
    assert queries.form_for(office.agency, Kind.CONTROL_SHEET, date(2026, 11, 20)).form == "Mẫu số 06"
    assert actions.next_number(office.agency, Kind.CONTROL_SHEET, at=NOW - timedelta(days=1)) == "01/KS"
    with pytest.raises(IntegrityError), transaction.atomic():
        LocalForm.objects.create(**own, in_force_during=DateRange(date(2026, 1, 1), None))


def test_a_result_is_numbered_signed_and_checkable(office: Office) -> None:
    document = actions.issue_signed(
        draft(), title="Cấp giấy phép", agency=office.agency, about=ABOUT, by=office.leader, at=NOW
    )
    document.refresh_from_db()
    assert document.number == "01/QĐ-UBND"
    assert document.signed_at == NOW
    assert len(document.verify_token) >= 22
    verdict = queries.verify_document(document, at=NOW)
    assert (verdict.finding, verdict.signatures[0].signer) == (Finding.VALID, "Võ Thị Kim Ngân")
    assert queries.documents_about(ABOUT) == [document]
    signature = Signature.objects.get(document=document)
    assert (signature.person_id, signature.certificate) == (office.leader.id, verdict.signatures[0].certificate)
    entries = Entry.objects.filter(stream=f"documents.document:{document.pk}").order_by("seq")
    assert [one.name for one in entries] == ["documents.DocumentIssued", "documents.DocumentSigned"]
    assert "Nguyệt" not in str([one.facts for one in entries]), "the journal keeps no personal value"


def test_a_brought_file_is_recognised_as_ours(office: Office) -> None:
    document = actions.issue_signed(
        draft(), title="Cấp giấy phép", agency=office.agency, about=ABOUT, by=office.leader, at=NOW
    )
    pdf = queries.true_copy(document)
    assert queries.verify(pdf, at=NOW).document == document
    stranger = queries.verify(flip(pdf), at=NOW)
    assert stranger.document is None
    assert stranger.verdict.finding is Finding.CHANGED
    later = queries.verify(pdf, at=NOW + timedelta(days=365 * 20))
    assert later.verdict.finding is Finding.VALID, "our journal vouches for the moment of signing"


def test_without_a_key_the_paper_is_issued_to_be_signed_by_hand(office: Office) -> None:
    document = actions.issue_signed(
        draft(), title="Cấp giấy phép", agency=office.agency, about=ABOUT, by=office.other, at=NOW
    )
    assert document.signed_at is None
    assert queries.verify_document(document, at=NOW).finding is Finding.UNSIGNED
    with pytest.raises(Refused, match="chưa có chứng thư số"):
        actions.sign(document, by=office.other, at=NOW)
    with pytest.raises(Refused, match="Chỉ người có chứng thư số"):
        actions.sign(document, by=SYSTEM, at=NOW)
    document.refresh_from_db()
    assert (document.signed_at, Signature.objects.count()) == (None, 0)


def test_nobody_signs_twice_nor_what_was_withdrawn(office: Office) -> None:
    document = actions.issue_signed(
        draft(), title="Cấp giấy phép", agency=office.agency, about=ABOUT, by=office.leader, at=NOW
    )
    with pytest.raises(Refused, match="đã ký văn bản này"):
        actions.sign(document, by=office.leader, at=NOW)
    with pytest.raises(Refused, match="Ghi lý do"):
        actions.withdraw(document, why=" ", by=office.leader, at=NOW)
    actions.withdraw(document, why="Cấp nhầm thửa đất", by=office.leader, at=NOW)
    for refused in (
        lambda: actions.sign(document, by=office.leader, at=NOW),
        lambda: actions.withdraw(document, why="x", by=office.leader, at=NOW),
    ):
        with pytest.raises(Refused, match="thu hồi"):
            refused()
    document.refresh_from_db()
    assert (document.valid, document.withdrawn_why) == (False, "Cấp nhầm thửa đất")


def test_a_stored_copy_that_was_exchanged_is_found(office: Office) -> None:
    document = actions.issue_signed(
        draft(), title="Cấp giấy phép", agency=office.agency, about=ABOUT, by=office.leader, at=NOW
    )
    path = files.path_of(document.sha256)
    path.write_bytes(b"%PDF-1.7 something else")
    assert queries.verify_document(document, at=NOW).finding is Finding.CHANGED
    path.unlink()
    assert queries.verify_document(document, at=NOW).finding is Finding.UNREADABLE


@pytest.mark.parametrize("wrong", [
    {"kind": "letter"}, {"verify_token": "short"}, {"sign_page": 0, "sign_box": None}, {"valid": False, "withdrawn_why": ""},
])  # fmt: skip
def test_the_database_refuses_what_must_not_be(office: Office, wrong: dict[str, object]) -> None:
    document = actions.issue(
        Kind.APOLOGY,
        pdf=b"%PDF-1.7",
        number="01/PXL",
        title="Xin lỗi",
        agency=office.agency,
        about=ABOUT,
        by=office.leader,
        at=NOW,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**wrong)


def test_signing_takes_few_statements(office: Office, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        actions.issue_signed(
            draft(), title="Cấp giấy phép", agency=office.agency, about=ABOUT, by=office.leader, at=NOW
        )
