"""Changing the application form of a concept: questions as rows of a table, put back into the schema they came from."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from motcua.base.text import squeeze, unaccented
from motcua.procedures.rules.forms import FieldSpec, Kind, groups

_SHAPES: Final[dict[Kind, dict[str, Any]]] = {
    Kind.TEXT: {"type": "string"},
    Kind.LONG: {"type": "string", "x-rows": 4},
    Kind.NUMBER: {"type": "number"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.CHOICE: {"type": "string"},
    Kind.CHOICES: {"type": "array"},
    Kind.YES_NO: {"type": "boolean"},
    Kind.EMAIL: {"type": "string", "format": "email"},
    Kind.PHONE: {"type": "string", "format": "phone"},
    Kind.IDENTITY: {"type": "string", "format": "identity"},
}
_OF_KIND: Final = (
    "type",
    "format",
    "x-rows",
    "enum",
    "enumNames",
    "items",
    "minimum",
    "maximum",
    "pattern",
    "maxLength",
)
"""What a question loses when it becomes one of another kind."""


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One line of the table; `name` is empty for a new question."""

    label: str
    kind: Kind
    name: str = ""
    required: bool = False
    hint: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()

    @classmethod
    def of(cls, one: FieldSpec) -> "QuestionRow":
        """The line of a question as it stands."""
        labels = tuple(label for _key, label in one.choices)
        return cls(one.label, one.kind, one.name, one.required, one.hint, one.example, labels)


def with_group(
    schema: Mapping[str, Any], key: str, *, title: str, hint: str, rows: Sequence[QuestionRow]
) -> dict[str, Any]:
    """The schema with this group's questions in this order; a group without questions falls away, an empty key makes one.

    What the table does not show (conditions, autofill, sentences) stays as it was with the questions that stay.
    """
    properties = dict(schema.get("properties", {}))
    order = [one.key for one in groups(schema)]
    key = key or _free(title, properties)
    before = dict(properties.get(key, {}))
    known = dict(before.get("properties", {}))
    made: dict[str, Any] = {}
    for row in rows:
        name = row.name if row.name in known else _free(row.label, {**known, **made})
        made[name] = _question(known.get(row.name, {}), row)
    required = [name for name, row in zip(made, rows, strict=True) if row.required]
    properties.pop(key, None)
    if made:
        properties[key] = {
            **before,
            "type": "object",
            "title": title,
            "description": hint,
            "properties": made,
            "x-order": list(made),
            "required": required,
        }
    order = [one for one in [*order, *([] if key in order else [key])] if one in properties]
    return {**schema, "type": "object", "properties": properties, "x-order": order} if properties else {}


def _question(before: Mapping[str, Any], row: QuestionRow) -> dict[str, Any]:
    same_kind = bool(before) and _kind_of(before) is row.kind
    kept = dict(before) if same_kind else {name: one for name, one in before.items() if name not in _OF_KIND}
    made = {**kept, **({} if same_kind else _SHAPES[row.kind]), "title": row.label}
    for name, value in (("description", row.hint), ("examples", [row.example] if row.example else [])):
        if value:
            made[name] = value
        else:
            made.pop(name, None)
    if row.kind in (Kind.CHOICE, Kind.CHOICES):
        made = _with_choices(made, row)
    return made


def _with_choices(made: dict[str, Any], row: QuestionRow) -> dict[str, Any]:
    """The choices in their order; one that stays keeps its key, so that drafts and answers keep their meaning."""
    inside = dict(made.get("items", {"type": "string"})) if row.kind is Kind.CHOICES else made
    keys = [str(one) for one in inside.get("enum", ())]
    old = dict(zip([str(one) for one in inside.get("enumNames", keys)], keys, strict=False))
    taken: dict[str, Any] = dict.fromkeys(old[one] for one in row.choices if one in old)
    fresh: list[str] = []
    for one in row.choices:
        fresh.append(old[one] if one in old else _free(one, taken))
        taken[fresh[-1]] = None
    inside |= {"enum": fresh, "enumNames": list(row.choices)}
    return {**made, "items": inside} if row.kind is Kind.CHOICES else inside


def _kind_of(question: Mapping[str, Any]) -> Kind:
    return groups({"properties": {"g": {"properties": {"q": question}}}})[0].fields[0].kind


def _free(label: str, taken: Mapping[str, Any]) -> str:
    """A key from the words of a label that nobody bears yet."""
    words = re.sub(r"[^a-z0-9]+", "_", unaccented(label)).strip("_")[:40] or "muc"
    name, number = words, 2
    while name in taken:
        name, number = f"{words}_{number}", number + 1
    return name


def row_objections(rows: Sequence[QuestionRow]) -> list[str]:
    """Every reason against these questions, by their labels."""
    found = []
    labels = [squeeze(one.label).lower() for one in rows]
    for row in rows:
        if labels.count(squeeze(row.label).lower()) > 1:
            found.append(_("Câu hỏi “%(label)s” ghi hai lần.") % {"label": row.label})
        if row.kind in (Kind.CHOICE, Kind.CHOICES) and len(set(row.choices)) < 2:
            found.append(_("Câu hỏi “%(label)s” cần ít nhất hai mục để chọn.") % {"label": row.label})
        if len(set(row.choices)) < len(row.choices):
            found.append(_("Câu hỏi “%(label)s” có mục ghi hai lần.") % {"label": row.label})
    return list(dict.fromkeys(found))
