"""The application form (tờ khai) as JSON Schema: read into question groups, answers checked with sentences that help.

The part of JSON Schema draft 2020-12 that we use: one object whose properties are the question groups (objects), their
properties the questions. `x-order` keeps the order (the database does not). Words of our own: `x-autofill` names the
fact the state holds already, `x-past` a day that cannot lie ahead, `x-when` the answer that makes a question needed,
`x-missing` the sentence shown when it stays empty, `x-rows` the lines of a long answer, `x-affix` a unit behind it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final

from django.utils.translation import gettext as _

from motcua.base.text import nfc, squeeze
from motcua.ui.words import whole

Schema = Mapping[str, Any]
LONGEST_LINE: Final = 300
LONGEST_TEXT: Final = 4000
EARLIEST: Final = date(1850, 1, 1)
_PHONE: Final = re.compile(r"(?:0|\+84)\d{8,10}")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})")
_YEAR_FIRST: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class Kind(StrEnum):
    """How a question is asked and its answer read."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    EMAIL = "email"
    PHONE = "phone"
    IDENTITY = "identity"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One question; `key` is the path of its answer, such as `child.name`."""

    key: str
    label: str
    hint: str
    kind: Kind
    choices: tuple[tuple[str, str], ...]
    required: bool
    max_length: int
    min_length: int
    pattern: str
    pattern_hint: str
    example: str
    autofill: str
    affix: str
    rows: int
    past: bool
    minimum: Decimal | None
    maximum: Decimal | None
    when: tuple[str, tuple[str, ...]] | None
    missing: str

    @property
    def name(self) -> str:
        """The last part of the key: unique within its group."""
        return self.key.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Group:
    """One question group: one page of the application."""

    key: str
    title: str
    hint: str
    fields: tuple[FieldSpec, ...]


def groups(schema: Schema) -> tuple[Group, ...]:
    """The question groups in their order; none for a procedure without an electronic form.

    A published form never changes and is kept in memory, so it is read once.
    """
    kept, found = _read.get(id(schema), (None, ()))
    if kept is not schema:
        found = tuple(_group(key, schema["properties"][key]) for key in _order(schema))
        if len(_read) >= _MOST_READ:
            _read.clear()
        _read[id(schema)] = (schema, found)
    return found


_MOST_READ: Final = 300
_read: Final[dict[int, tuple[Schema, tuple[Group, ...]]]] = {}
"""By the identity of the schema, which is held here so that no other can take its number."""


def _order(schema: Schema) -> list[str]:
    known = list(schema.get("properties", {}))
    first = [key for key in schema.get("x-order", ()) if key in known]
    return first + [key for key in known if key not in first]


def _group(key: str, schema: Schema) -> Group:
    required = set(schema.get("required", ()))
    fields = tuple(_field(f"{key}.{one}", schema["properties"][one], one in required) for one in _order(schema))
    return Group(key, str(schema.get("title", key)), str(schema.get("description", "")), fields)


def _field(key: str, schema: Schema, required: bool) -> FieldSpec:
    items = schema.get("items", schema)
    values = [str(one) for one in items.get("enum", ())]
    labels = [str(one) for one in items.get("enumNames", values)]
    kind = _kind(schema)
    when = schema.get("x-when")
    examples = schema.get("examples", ())
    return FieldSpec(
        key=key,
        label=str(schema.get("title", key)),
        hint=str(schema.get("description", "")),
        kind=kind,
        choices=tuple(zip(values, labels, strict=True)),
        required=required,
        max_length=int(schema.get("maxLength", LONGEST_TEXT if kind is Kind.LONG else LONGEST_LINE)),
        min_length=int(schema.get("minLength", 0)),
        pattern=str(schema.get("pattern", "")),
        pattern_hint=str(schema.get("x-patternHint", "")),
        example=str(examples[0]) if examples else "",
        autofill=str(schema.get("x-autofill", "")),
        affix=str(schema.get("x-affix", "")),
        rows=int(schema.get("x-rows", 3 if kind is Kind.LONG else 1)),
        past=bool(schema.get("x-past", False)),
        minimum=_decimal(schema.get("minimum")),
        maximum=_decimal(schema.get("maximum")),
        when=(str(when["field"]), tuple(str(one) for one in when["is"])) if when else None,
        missing=str(schema.get("x-missing", "")),
    )


def _kind(schema: Schema) -> Kind:
    match schema.get("type"), schema.get("format"):
        case "array", _:
            return Kind.CHOICES
        case "boolean", _:
            return Kind.YES_NO
        case (("integer" | "number"), _):
            return Kind.NUMBER
        case _, ("date" | "email" | "phone" | "identity") as format_name:
            return Kind(format_name)
    if "enum" in schema:
        return Kind.CHOICE
    return Kind.LONG if int(schema.get("x-rows", 1)) > 1 else Kind.TEXT


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def cleaned(schema: Schema, answers: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The answers as they are stored: composed Unicode, days as 2026-11-20, only what the form asks, nothing empty."""
    found: dict[str, dict[str, Any]] = {}
    for group in groups(schema):
        for one in group.fields:
            value = _clean(one, answer(answers, one.key))
            if value not in ("", None, []):
                found.setdefault(group.key, {})[one.name] = value
    return found


def answer(answers: Mapping[str, Any], key: str) -> Any:
    """The answer at a path, from nested answers (`{"child": {"name": …}}`) or flat ones (`{"child.name": …}`)."""
    if key in answers:
        return answers[key]
    group, _dot, name = key.partition(".")
    inside = answers.get(group)
    return inside.get(name) if isinstance(inside, Mapping) else None


def _clean(one: FieldSpec, value: Any) -> Any:
    if value is None:
        return None
    match one.kind:
        case Kind.CHOICES:
            listed = value if isinstance(value, list | tuple) else [value]
            return [squeeze(str(each)) for each in listed if str(each).strip()]
        case Kind.YES_NO:
            return (
                value
                if isinstance(value, bool)
                else {"1": True, "true": True, "on": True, "0": False, "false": False}.get(
                    str(value).strip().lower(), value
                )
            )
        case Kind.LONG:
            return "\n".join(squeeze(line) for line in nfc(str(value)).splitlines()).strip()
        case Kind.DATE:
            day = read_day(str(value))
            return day.isoformat() if day else squeeze(str(value))
        case Kind.NUMBER:
            return _number_text(str(value))
        case Kind.PHONE | Kind.IDENTITY:
            return re.sub(r"[\s.\-]", "", squeeze(str(value)))
        case _:
            return squeeze(str(value))


def _number_text(text: str) -> str:
    """ "1.234,5" as written in Viet Nam, and "1234.5": both 1234.5."""
    text = squeeze(text).replace(" ", "")
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", ".") if re.fullmatch(r"-?\d+,\d+", text) else text


def read_day(text: str) -> date | None:
    """A day as people type it (20/11/2026) or as browsers send it (2026-11-20); None if there is no such day."""
    text = squeeze(text)
    try:
        if match := _DAY_FIRST.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _YEAR_FIRST.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return None


def _looks_like_a_day(text: str) -> bool:
    return bool(_DAY_FIRST.fullmatch(text) or _YEAR_FIRST.fullmatch(text))


def objections(
    schema: Schema, answers: Mapping[str, Any], *, today: date, group: str | None = None
) -> list[tuple[str, str]]:
    """Every answer that has to be mended: (path, sentence that says what to do); of one group or of the whole form."""
    values = cleaned(schema, answers)
    found: list[tuple[str, str]] = []
    for one_group in groups(schema):
        if group is not None and one_group.key != group:
            continue
        for one in one_group.fields:
            sentence = _objection(one, answer(values, one.key), values, today)
            if sentence:
                found.append((one.key, sentence))
    return found


def asked(one: FieldSpec, values: Mapping[str, Any]) -> bool:
    """Whether the question concerns this applicant: its condition, if any, holds for the answers so far."""
    if one.when is None:
        return True
    other = answer(values, one.when[0])
    others = other if isinstance(other, list) else [str(other).lower() if isinstance(other, bool) else other]
    return any(each in one.when[1] for each in others)


def _objection(one: FieldSpec, value: Any, values: Mapping[str, Any], today: date) -> str:
    if value in (None, "", []):
        return _missing(one) if one.required and asked(one, values) else ""
    match one.kind:
        case Kind.TEXT | Kind.LONG:
            return _about_text(one, str(value))
        case Kind.DATE:
            return _about_day(one, str(value), today)
        case Kind.NUMBER:
            return _about_number(one, str(value))
        case Kind.CHOICE:
            known = {key for key, _label in one.choices}
            return "" if value in known else _("%(label)s: chọn một mục trong danh sách.") % {"label": one.label}
        case Kind.CHOICES:
            known = {key for key, _label in one.choices}
            wrong = [each for each in value if each not in known]
            return _("%(label)s: chọn trong danh sách.") % {"label": one.label} if wrong else ""
        case Kind.YES_NO:
            return "" if isinstance(value, bool) else _("%(label)s: chọn có hoặc không.") % {"label": one.label}
        case Kind.EMAIL:
            ok = len(str(value)) <= one.max_length and _EMAIL.fullmatch(str(value))
            return "" if ok else _("Thư điện tử viết như ten@vidu.vn, xem lại chữ @ và phần sau nó.")
        case Kind.PHONE:
            ok = _PHONE.fullmatch(str(value))
            return "" if ok else _("Số điện thoại có 10 chữ số, bắt đầu bằng 0, ví dụ 0905 123 456.")
        case Kind.IDENTITY:
            return _about_identity(str(value))


def _missing(one: FieldSpec) -> str:
    if one.missing:
        return one.missing
    label = f"{one.label[:1].lower()}{one.label[1:]}"
    match one.kind:
        case Kind.CHOICE | Kind.CHOICES | Kind.YES_NO:
            return _("Chọn %(label)s.") % {"label": label}
        case Kind.DATE:
            return _("Ghi %(label)s, ví dụ %(example)s.") % {"label": label, "example": one.example or "20/11/1990"}
    if one.example:
        return _("Ghi %(label)s, ví dụ %(example)s.") % {"label": label, "example": one.example}
    return _("Ghi %(label)s.") % {"label": label}


def _about_text(one: FieldSpec, value: str) -> str:
    if len(value) > one.max_length:
        told = {"label": one.label, "length": whole(len(value)), "most": whole(one.max_length)}
        return _("%(label)s dài %(length)s chữ cái, nhiều nhất %(most)s: viết gọn lại.") % told
    if len(value) < one.min_length:
        return _("%(label)s cần ít nhất %(least)s chữ cái.") % {"label": one.label, "least": one.min_length}
    if one.pattern and not re.fullmatch(one.pattern, value):
        example = _(" Ví dụ: %(example)s.") % {"example": one.example} if one.example else ""
        return one.pattern_hint or _("%(label)s chưa đúng cách viết.") % {"label": one.label} + example
    return ""


def _about_day(one: FieldSpec, value: str, today: date) -> str:
    day = read_day(value)
    if day is None and _looks_like_a_day(value):
        return _("%(label)s: không có ngày %(day)s. Xem lại ngày, tháng.") % {"label": one.label, "day": value}
    if day is None:
        return _("%(label)s: ghi ngày, tháng, năm, ví dụ 20/11/1990.") % {"label": one.label}
    if one.past and day > today:
        return _("%(label)s không thể sau hôm nay, %(today)s.") % {"label": one.label, "today": f"{today:%d/%m/%Y}"}
    if day < EARLIEST or day.year > today.year + 120:
        return _("%(label)s: xem lại năm %(year)s.") % {"label": one.label, "year": day.year}
    return ""


def _about_number(one: FieldSpec, value: str) -> str:
    try:
        number = Decimal(value) if re.fullmatch(r"-?\d{1,15}(?:\.\d{1,6})?", value) else None
    except InvalidOperation:
        number = None
    if number is None:
        return _("%(label)s: chỉ ghi chữ số, ví dụ %(example)s.") % {
            "label": one.label,
            "example": one.example or "120,5",
        }
    if one.minimum is not None and number < one.minimum:
        return _("%(label)s không thể nhỏ hơn %(least)s.") % {"label": one.label, "least": one.minimum}
    if one.maximum is not None and number > one.maximum:
        return _("%(label)s không thể lớn hơn %(most)s.") % {"label": one.label, "most": one.maximum}
    return ""


def _about_identity(value: str) -> str:
    if re.fullmatch(r"\d{12}|\d{9}", value) or re.fullmatch(r"[A-Z]\d{7,8}", value):
        return ""
    if value.isdigit():
        return _("Số định danh có 12 chữ số, mới ghi %(length)s chữ số.") % {"length": len(value)}
    return _("Ghi 12 chữ số của số định danh cá nhân, hoặc số hộ chiếu.")


def schema_objections(schema: Schema) -> list[str]:
    """Why a form cannot be published: an unknown type, a condition on a question that does not exist, doubled words."""
    found = []
    known = {one.key: one for group in groups(schema) for one in group.fields}
    for key, one in known.items():
        if one.when is not None and one.when[0] not in known:
            found.append(
                _("Câu hỏi %(key)s phụ thuộc câu %(other)s không có trong mẫu.") % {"key": key, "other": one.when[0]}
            )
        if one.kind in (Kind.CHOICE, Kind.CHOICES) and not one.choices:
            found.append(_("Câu hỏi %(key)s chưa có mục để chọn.") % {"key": key})
    return found
