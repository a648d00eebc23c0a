"""The application form: question groups, and answers checked with sentences."""

import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from motcua.procedures.rules import forms

TODAY = date(2026, 11, 20)
FOLDER = Path(forms.__file__).parents[1] / "fixtures" / "forms"
SCHEMA = {
    "type": "object",
    "x-order": ["child", "rest"],
    "properties": {
        "rest": {"title": "Còn lại", "properties": {"mail": {"type": "string", "format": "email", "title": "Thư"}}},
        "child": {
            "title": "Trẻ",
            "description": "Người được khai sinh",
            "required": ["name", "born", "sex", "marriage"],
            "x-order": ["name", "born", "sex", "phone", "identity", "area", "code", "marriage", "note", "copies"],
            "properties": {
                "name": {"type": "string", "title": "Họ và tên", "maxLength": 100, "minLength": 2},
                "born": {"type": "string", "format": "date", "title": "Ngày sinh", "x-past": True},
                "sex": {"type": "string", "title": "Giới tính", "enum": ["m", "f"], "enumNames": ["Nam", "Nữ"]},
                "phone": {"type": "string", "format": "phone", "title": "Điện thoại"},
                "identity": {"type": "string", "format": "identity", "title": "Số định danh"},
                "area": {"type": "number", "title": "Diện tích", "minimum": 1, "maximum": 500},
                "code": {"type": "string", "title": "Mã", "pattern": r"\d{4}", "x-patternHint": "Mã có 4 chữ số."},
                "marriage": {"type": "string", "title": "Số giấy", "x-when": {"field": "child.sex", "is": ["f"]}},
                "note": {"type": "string", "title": "Ghi chú", "x-rows": 3, "maxLength": 20},
                "copies": {"type": "array", "title": "Bản sao", "items": {"enum": ["a", "b"], "enumNames": ["A", "B"]}},
            },
        },
    },
}  # fmt: skip
GOOD = {"child": {"name": "Đinh Văn Bé", "born": "12/10/2026", "sex": "m"}}


def told(**changes: object) -> list[tuple[str, str]]:
    return forms.objections(SCHEMA, {"child": {**GOOD["child"], **changes}}, today=TODAY)


def test_groups_keep_their_order_and_say_what_they_ask():
    first, second = forms.groups(SCHEMA)

    assert (first.key, second.key) == ("child", "rest")
    assert [one.name for one in first.fields][:3] == ["name", "born", "sex"]
    assert first.fields[2].choices == (("m", "Nam"), ("f", "Nữ"))
    assert first.fields[8].kind is forms.Kind.LONG
    assert first.fields[9].kind is forms.Kind.CHOICES


def test_complete_answers_pass():
    assert told() == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Ghi họ và tên."),
        ({"name": "A" * 1000}, "Họ và tên dài 1.000 chữ cái, nhiều nhất 100: viết gọn lại."),
        ({"born": "21/11/2026"}, "Ngày sinh không thể sau hôm nay, 20/11/2026."),
        ({"born": "31/02/2020"}, "Ngày sinh: không có ngày 31/02/2020. Xem lại ngày, tháng."),
        ({"born": "01/01/0026"}, "Ngày sinh: xem lại năm 26."),
        ({"born": ""}, "Ghi ngày sinh, ví dụ 20/11/1990."),
        ({"sex": "x"}, "Giới tính: chọn một mục trong danh sách."),
        ({"sex": ""}, "Chọn giới tính."),
        ({"sex": "f"}, "Ghi số giấy."),
        ({"phone": "12345"}, "Số điện thoại có 10 chữ số, bắt đầu bằng 0, ví dụ 0905 123 456."),
        ({"identity": "05119"}, "Số định danh có 12 chữ số, mới ghi 5 chữ số."),
        ({"area": "rộng"}, "Diện tích: chỉ ghi chữ số, ví dụ 120,5."),
        ({"area": "0"}, "Diện tích không thể nhỏ hơn 1."),
        ({"area": "501"}, "Diện tích không thể lớn hơn 500."),
        ({"code": "56"}, "Mã có 4 chữ số."),
        ({"copies": ["c"]}, "Bản sao: chọn trong danh sách."),
        ({"note": "x" * 21}, "Ghi chú dài 21 chữ cái, nhiều nhất 20: viết gọn lại."),
    ],
)
def test_a_wrong_answer_says_what_to_do(changes, sentence):
    assert [text for _key, text in told(**changes)] == [sentence]


def test_answers_are_stored_composed_and_only_what_was_asked():
    given = {"child": {"name": " Đinh  Văn Bé ", "born": "12-10-2026", "phone": "0905 123 456", "hack": "x"}}

    assert forms.cleaned(SCHEMA, given) == {
        "child": {"name": "Đinh Văn Bé", "born": "2026-10-12", "phone": "0905123456"}
    }


def test_numbers_are_read_as_written_in_viet_nam():
    assert forms.cleaned(SCHEMA, {"child.area": "1.234,5"}) == {"child": {"area": "1234.5"}}


def test_one_group_alone_may_be_checked():
    answers = {"rest": {"mail": "khong phai thu"}}

    assert [key for key, _text in forms.objections(SCHEMA, answers, today=TODAY, group="rest")] == ["rest.mail"]


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.json")), ids=lambda one: one.stem)
def test_the_six_forms_are_json_schema_with_a_source(file):
    schema = json.loads(file.read_text(encoding="utf-8"))

    Draft202012Validator.check_schema(schema)
    assert forms.schema_objections(schema) == []
    assert schema["x-source"]
    assert schema["x-certainty"]
    assert all(group.fields for group in forms.groups(schema))


def test_all_six_forms_are_there():
    assert len(list(FOLDER.glob("*.json"))) == 6
