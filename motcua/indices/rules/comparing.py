"""What changed between two versions of a definition: rows that came, rows that went, and each changed word of the rest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from motcua.indices.rules.annex.layout import COLUMNS, HEAD_WORDS
from motcua.indices.rules.definition import Criterion, IndexSet
from motcua.indices.rules.kinds import Options, Tiers
from motcua.indices.rules.numbers import NotANumber, as_read, weight
from motcua.indices.rules.wording import in_words
from motcua.indices.rules.writing import plain_of
from motcua.indices.terms import _

_NUMBERS: Final = ("max", "min", "weight")
_TITLES: Final[Mapping[str, str]] = {
    **{key: title for key, (title, _width) in COLUMNS.items()},
    "rule": COLUMNS["how"][0],
    "gather": COLUMNS["how"][0],
    "parent": COLUMNS["parents"][0],
}


@dataclass(frozen=True)
class Difference:
    """One line: where, which column, what it was, what it is. No column: the whole row came or went."""

    code: str
    name: str
    column: str = ""
    before: str = ""
    after: str = ""
    came: bool = False
    went: bool = False


def compare(before: IndexSet, after: IndexSet) -> list[Difference]:
    """The set itself first, then the criteria in the order of the newer annex, last those that are no more there."""
    return [*_heads(before, after), *_rows(before, after)]


def _heads(before: IndexSet, after: IndexSet) -> Iterator[Difference]:
    old, new = _flat(plain_of(before)), _flat(plain_of(after))
    for key in dict.fromkeys([*old, *new]):
        if key != "criteria" and old.get(key) != new.get(key):
            yield Difference("", after.name, _(HEAD_WORDS.get(key, key)), old.get(key, ""), new.get(key, ""))


def _rows(before: IndexSet, after: IndexSet) -> Iterator[Difference]:
    old = {row["code"]: row for row in plain_of(before)["criteria"]}
    new = {row["code"]: row for row in plain_of(after)["criteria"]}
    for one in after.criteria:
        if one.code not in old:
            yield Difference(one.code, one.name, after=_short(one), came=True)
            continue
        was = before.by_code[one.code]
        yield from _changed(was, old[one.code], one, new[one.code])
    for one in before.criteria:
        if one.code not in new:
            yield Difference(one.code, one.name, before=_short(one), went=True)


def _changed(was: Criterion, old: Mapping[str, Any], one: Criterion, new: Mapping[str, Any]) -> Iterator[Difference]:
    if rule_words(was) != rule_words(one):
        yield Difference(one.code, one.name, _(_TITLES["how"]), rule_words(was), rule_words(one))
    for key in dict.fromkeys([*old, *new]):
        if key in ("rule", "gather") or old.get(key) == new.get(key):
            continue
        yield Difference(
            one.code, one.name, _(_TITLES.get(key, key)), _said(key, old.get(key)), _said(key, new.get(key))
        )


def rule_words(one: Criterion) -> str:
    """How a criterion gets its points, in one line: with its levels, where it has some."""
    rule = one.rule
    if isinstance(rule, Options):
        return "; ".join(f"{each.name}: {as_read(each.points)}" for each in rule.options)
    if isinstance(rule, Tiers):
        shown = [
            (_("từ %s") if each.inclusive else _("trên %s")) % as_read(each.bound) + f": {as_read(each.points)}"
            for each in rule.tiers
        ]
        return "; ".join([*shown, f"{_('còn lại')}: {as_read(rule.otherwise)}"])
    return in_words(rule)


def _short(one: Criterion) -> str:
    return rule_words(one) if one.most is None else _("%s điểm") % as_read(one.most)


def _said(key: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {each}" for name, each in value.items())
    if isinstance(value, list):
        return "; ".join(str(each) for each in value)
    try:
        return as_read(weight(str(value))) if key in _NUMBERS else str(value)
    except NotANumber:
        return str(value)


def _flat(plain: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in plain.items():
        if key == "criteria":
            continue
        if isinstance(value, Mapping) and key in ("years", "ranking"):
            found |= {f"{key}.{inner}": str(each) for inner, each in value.items()}
        else:
            found[key] = _said(key, value)
    return found
