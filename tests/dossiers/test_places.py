"""Where an application goes: places are found by what people write."""

import json
import unicodedata
from pathlib import Path

from motcua import organisations
from motcua.dossiers.public.places import only_place


def communes_of_today() -> dict[int, str]:
    """The province's own communes: Ba Tơ and Ba Tô are two of them."""
    file = Path(organisations.__file__ or "").parent / "fixtures" / "quang_ngai.json"
    kinds = {"ward": "Phường", "commune": "Xã", "special_zone": "Đặc khu"}
    rows = json.loads(file.read_text(encoding="utf-8"))["communes"]
    return {no: f"{kinds[one['kind']]} {one['name']}" for no, one in enumerate(rows)}


def test_every_commune_is_found_by_its_own_name() -> None:
    known = communes_of_today()
    assert len(known) == 96
    for no, name in known.items():
        for typed in (
            name,
            name.upper(),
            f"  {name.lower()} ",
            unicodedata.normalize("NFD", name),
            name.removeprefix("Xã ").removeprefix("Phường ").removeprefix("Đặc khu "),
        ):
            assert only_place(typed, known) == no, typed
        assert only_place(f"Tổ 3, {name}, tỉnh Quảng Ngãi", known, within=True) == no, name


def test_names_that_differ_by_marks_alone_are_told_apart_by_them() -> None:
    known = communes_of_today()
    assert known[only_place("xã ba tơ", known) or 0] == "Xã Ba Tơ"
    assert known[only_place("Ba Tô", known) or 0] == "Xã Ba Tô"
    assert only_place("xa ba to", known) is None
    assert known[only_place("xa ba vi", known) or 0] == "Xã Ba Vì"
