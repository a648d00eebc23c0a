"""The small tools of the ground: text, masks, references, attempts, files."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base import attempts, files
from motcua.base.errors import Refused
from motcua.base.masking import mask_identity, mask_name, mask_phone
from motcua.base.models import Attempt, StoredFile
from motcua.base.refs import Ref
from motcua.base.text import nfc, sort_key, squeeze, unaccented, whole_number

AT = datetime(2026, 11, 21, 2, 3, tzinfo=UTC)


def test_a_vietnamese_list_is_in_vietnamese_order() -> None:
    names = ["Ơn", "Đào", "Dũng", "An", "Ân", "Ăn", "Ánh", "Anh", "Á", "Bà Tơ", "Ba Tơ", "Ô", "O"]
    ordered = ["An", "Anh", "Ánh", "Ăn", "Ân", "Ba Tơ", "Bà Tơ", "Dũng", "Đào"]
    assert [one for one in sorted(names, key=sort_key) if one in ordered] == sorted(ordered, key=sort_key)
    assert sorted(["Đào", "Dũng", "Ân", "Ăn", "An"], key=sort_key) == ["An", "Ăn", "Ân", "Dũng", "Đào"]
    assert sort_key("Ba") < sort_key("Bà") < sort_key("Bá")


@pytest.mark.parametrize(
    ("text", "found"),
    [("Đặng Thị HƯỜNG", "dang thi huong"), ("  Ba\u00a0 Tơ ", "ba to"), ("Nguye\u0302\u0303n", "nguyen")],
)
def test_search_knows_no_accents(text: str, found: str) -> None:
    assert unaccented(text) == found


@given(st.text(max_size=200))
def test_text_is_cleaned_once_and_for_all(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)
    assert squeeze(squeeze(text)) == squeeze(text)
    assert "\x00" not in nfc(text)


@pytest.mark.parametrize(
    ("text", "number"), [("12", 12), ("0", 0), ("²", None), ("٣", None), ("-1", None), ("", None), ("9" * 40, None)]
)
def test_a_number_in_an_address_is_western_digits(text: str, number: int | None) -> None:
    assert whole_number(text) == number


def test_lists_show_masks() -> None:
    assert mask_identity("051085000114") == "051 ••• ••• 114"
    assert mask_phone("0905123456") == "0905 ••• 456"
    assert mask_name("Nguyễn Văn Mẫu") == "N••• V•• Mẫu"
    assert mask_identity("12") == "••"


def test_a_reference_reads_back_what_it_wrote() -> None:
    ref = Ref("dossiers.dossier", "H48.115-261121-0001")
    assert Ref.parse(str(ref)) == ref
    with pytest.raises(ValueError, match="not a reference"):
        Ref.parse("nothing")


@pytest.mark.django_db
def test_attempts_are_counted_in_a_running_window() -> None:
    assert [attempts.count_attempt("door:1", limit=2, minutes=15, at=AT) for _n in range(3)] == [True, True, False]
    assert attempts.count_attempt("door:2", limit=2, minutes=15, at=AT)
    assert attempts.count_attempt("door:1", limit=2, minutes=15, at=AT + timedelta(minutes=15))
    with pytest.raises(Refused, match="quá 0 lần"):
        attempts.demand_attempt("door:3", limit=0, minutes=15, at=AT)
    assert Attempt.objects.count() == 4


@pytest.mark.django_db
def test_a_file_is_kept_under_its_sum(settings: object, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path  # type: ignore[attr-defined]
    kept = files.keep(b"giay to", name="Giấy.pdf", media_type="application/pdf", at=AT)
    again = files.keep(b"giay to", name="Khác.pdf", media_type="application/pdf", at=AT)
    assert kept.sha256 == again.sha256
    assert files.read_stored(kept) == b"giay to"
    assert not list(tmp_path.glob("staging-*"))


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "sentence"), [(b"", "rỗng"), (b"x" * 11, "lớn hơn")])
def test_an_empty_or_huge_file_is_refused_and_leaves_nothing(
    settings: object, tmp_path: Path, content: bytes, sentence: str
) -> None:
    settings.FILES_ROOT, settings.UPLOAD_MAX_BYTES = tmp_path, 10  # type: ignore[attr-defined]
    with pytest.raises(Refused, match=sentence):
        files.keep(content, name="a.pdf", media_type="application/pdf", at=AT)
    assert list(tmp_path.iterdir()) == []
    assert StoredFile.objects.count() == 0
