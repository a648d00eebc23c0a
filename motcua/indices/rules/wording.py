"""A rule as plain settings (for YAML) and as words (for the annex): one table of words, read and written both ways."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final, TypeAlias

from motcua.base.text import squeeze, unaccented
from motcua.indices.rules.definition import Gathering
from motcua.indices.rules.kinds import (
    Counted,
    Deduction,
    Given,
    Info,
    Option,
    Options,
    Ratio,
    Relative,
    Rule,
    Scaled,
    Survey,
    Tier,
    Tiers,
)
from motcua.indices.rules.numbers import NotANumber, as_read, exact_text, points, weight
from motcua.indices.terms import Empty, Goalposts, Kind, Missing, Together, _, as_written

Settings: TypeAlias = dict[str, str]

WORDS: Final[Mapping[str, str]] = {
    "full_at": "đủ điểm từ",
    "floor": "dưới mức này không có điểm",
    "empty": "mẫu số bằng 0",
    "percent": "nhập sẵn phần trăm",
    "each": "mỗi trường hợp",
    "most": "trừ nhiều nhất",
    "goalposts": "hai mốc",
    "low": "mốc dưới",
    "high": "mốc trên",
    "to_low": "quy về từ",
    "to_high": "quy về đến",
    "clamp": "không vượt mốc",
    "factor": "nhân với",
    "missing": "khi thiếu",
    "enough": "cần ít nhất phần có số liệu",
}
_BACK: Final = {unaccented(word): key for key, word in WORDS.items()}
with as_written():
    LABELS: Final[Mapping[Kind | Together, str]] = {each: each.label for each in (*Kind, *Together)}
    _CHOICES: Final[Mapping[str, Mapping[str, str]]] = {
        "empty": {each.value: each.label for each in Empty},
        "goalposts": {each.value: each.label for each in Goalposts},
        "missing": {each.value: each.label for each in Missing},
        "percent": {"true": "có", "false": "không"},
        "clamp": {"true": "có", "false": "không"},
    }
_ALLOWED: Final[Mapping[str, frozenset[str]]] = {
    Kind.GIVEN: frozenset(),
    Kind.INFO: frozenset(),
    Kind.RELATIVE: frozenset(),
    Kind.RATIO: frozenset({"full_at", "floor", "empty", "percent"}),
    Kind.COUNTED: frozenset({"each"}),
    Kind.DEDUCTION: frozenset({"each", "most"}),
    Kind.SCALED: frozenset({"goalposts", "low", "high", "to_low", "to_high", "clamp"}),
    Kind.SURVEY: frozenset({"low", "high"}),
}
_GATHER_ALLOWED: Final = frozenset({"factor", "missing", "enough"})


class BadRule(ValueError):
    """The rule cannot be read; the message says why."""


def settings_of(rule: Rule | Gathering) -> Settings:
    """What differs from the default, as texts; options and tiers are told apart (`options_of`, `tiers_of`)."""
    if isinstance(rule, Gathering):
        default: Rule | Gathering = Gathering(rule.together)
    else:
        default = _plain(rule.kind) or rule
    found: Settings = {}
    for key in _GATHER_ALLOWED if isinstance(rule, Gathering) else _ALLOWED.get(rule.kind, frozenset()):
        value = getattr(rule, key)
        if value == getattr(default, key) and not (key == "each" and isinstance(rule, Deduction)):
            continue
        found[key] = exact_text(value) if isinstance(value, Fraction) else str(value).lower()
    order = list(WORDS)
    return dict(sorted(found.items(), key=lambda pair: order.index(pair[0])))


def rule_from(kind: Kind, settings: Mapping[str, str]) -> Rule:
    """The rule of this kind with these settings; options and tiers are made by `options_from`, `tiers_from`."""
    if unknown := [key for key in settings if key not in _ALLOWED.get(kind, frozenset())]:
        raise BadRule(_("cách tính “%(kind)s” không có mục “%(key)s”") % {"kind": kind.label, "key": unknown[0][:40]})
    values = {key: _value(key, text) for key, text in settings.items()}
    if kind is Kind.DEDUCTION and "each" not in values:
        raise BadRule(_("cách trừ điểm phải nói rõ “mỗi trường hợp” trừ bao nhiêu"))
    plain = _plain(kind)
    if plain is None:
        raise BadRule(_("cách tính “%s” cần danh sách các mức") % kind.label)
    return type(plain)(**values)


def gathering_from(together: Together, settings: Mapping[str, str]) -> Gathering:
    """How a node gathers its children, from settings."""
    if unknown := [key for key in settings if key not in _GATHER_ALLOWED]:
        raise BadRule(_("cách gộp điểm không có mục “%s”") % unknown[0][:40])
    values = {key: _value(key, text) for key, text in settings.items()}
    return Gathering(together, **values)


def options_from(pairs: Mapping[str, str]) -> Options:
    """An option list from names and points."""
    return Options(tuple(Option(squeeze(name), _number(text)) for name, text in pairs.items()))


def tiers_from(pairs: Mapping[str, str]) -> Tiers:
    """Tiers from conditions (`> 90`, `>= 70`, `còn lại`) and points, as they stand."""
    tiers: list[Tier] = []
    otherwise = Fraction(0)
    for condition, text in pairs.items():
        found = condition_of(condition)
        if found is None:
            raise BadRule(_("không đọc được bậc “%s”; viết “> 90”, “>= 70” hoặc “còn lại”") % condition[:40])
        if isinstance(found, str):
            otherwise = _number(text)
        else:
            bound, inclusive = found
            tiers.append(Tier(bound, inclusive, _number(text)))
    return Tiers(tuple(tiers), otherwise)


_CONDITION: Final = re.compile(r"(>=|≥|>|tu|tren)\s*([\d.,/]+)\s*%?\s*(?:tro len)?")
OTHERWISE: Final = "còn lại"


def condition_of(text: str) -> tuple[Fraction, bool] | str | None:
    """The bound of a tier and whether it is included; "otherwise" for the rest; nothing when it is no tier."""
    plain = unaccented(text)
    if plain == unaccented(OTHERWISE):
        return "otherwise"
    found = _CONDITION.fullmatch(plain)
    if found is None:
        return None
    return _number(found[2]), found[1] in (">=", "≥", "tu")


def condition_text(tier: Tier) -> str:
    """`> 90` or `>= 70`."""
    return f"{'>=' if tier.inclusive else '>'} {exact_text(tier.bound)}"


def in_words(rule: Rule | Gathering) -> str:
    """One line for the annex: tỷ lệ; đủ điểm từ: 0,8; mẫu số bằng 0: 0 điểm."""
    shown = [LABELS[rule.together if isinstance(rule, Gathering) else rule.kind]]
    for key, text in settings_of(rule).items():
        choices = _CHOICES.get(key)
        shown.append(f"{WORDS[key]}: {choices[text] if choices else as_read(weight(text))}")
    return "; ".join(shown)


def read_words(text: str) -> tuple[Kind | Together, Settings]:
    """What `in_words` wrote, or a person after it; accents and capitals do not matter."""
    head, *rest = [squeeze(part) for part in text.split(";")]
    labels = {unaccented(label): each for each, label in LABELS.items()}
    kind = labels.get(unaccented(head))
    if kind is None:
        raise BadRule(_("không có cách tính “%s”") % head[:60])
    settings: Settings = {}
    for part in rest:
        if not part:
            continue
        word, colon, value = part.partition(":")
        key = _BACK.get(unaccented(word))
        if not colon or key is None:
            raise BadRule(_("không hiểu “%s” trong cách tính") % part[:60])
        settings[key] = _machine(key, squeeze(value))
    return kind, settings


def _machine(key: str, value: str) -> str:
    choices = _CHOICES.get(key)
    if choices is None:
        return exact_text(_number(value))
    back = {unaccented(label): name for name, label in choices.items()}
    if unaccented(value) not in back:
        raise BadRule(_("“%(value)s” không dùng được cho “%(word)s”") % {"value": value[:40], "word": WORDS[key]})
    return back[unaccented(value)]


def _value(key: str, text: str) -> Any:
    if key in ("percent", "clamp"):
        if text not in ("true", "false"):
            raise BadRule(_("“%(key)s” phải là true hoặc false, đang là “%(text)s”") % {"key": key, "text": text[:40]})
        return text == "true"
    for name, enum in (("empty", Empty), ("goalposts", Goalposts), ("missing", Missing)):
        if key == name:
            if text not in [each.value for each in enum]:
                names = ", ".join(each.value for each in enum)
                raise BadRule(
                    _("“%(key)s” phải là một trong %(names)s, đang là “%(text)s”")
                    % {"key": key, "names": names, "text": text[:40]}
                )
            return enum(text)
    return _number(text)


def _number(text: str) -> Fraction:
    try:
        return points(text)
    except NotANumber as reason:
        raise BadRule(str(reason)) from None


def _plain(kind: Kind) -> Rule | None:
    plain: Mapping[Kind, Rule] = {
        Kind.GIVEN: Given(),
        Kind.INFO: Info(),
        Kind.RELATIVE: Relative(),
        Kind.RATIO: Ratio(),
        Kind.COUNTED: Counted(),
        Kind.DEDUCTION: Deduction(Fraction(0)),
        Kind.SCALED: Scaled(),
        Kind.SURVEY: Survey(),
    }
    return plain.get(kind)
