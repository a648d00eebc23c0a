"""The record of a run: what is needed to repeat it to the last digit, and every default that was used, in words."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from motcua.indices.rules.choices import FILLS, OUTLIERS, SCALES, WEIGHTINGS, Choices
from motcua.indices.rules.definition import Gathering, IndexSet
from motcua.indices.rules.numbers import as_read, decimal_text
from motcua.indices.rules.shipped import fingerprint
from motcua.indices.rules.validating import publication_objections
from motcua.indices.terms import Missing, _

ENGINE = "1"


@dataclass(frozen=True)
class Record:
    """Inputs by their hash, the definition by its version and hash, the seed, the choices."""

    definition: IndexSet
    inputs: Mapping[str, str]
    seed: int | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    posts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    options: Choices = field(default_factory=Choices)
    groups: str = ""
    """The column of groups, where gaps were filled by group."""
    done: tuple[str, ...] = ()
    """What was filled, treated, scaled and weighed, where it was asked for."""

    def as_json(self) -> dict[str, Any]:
        """The record as stored."""
        one = self.definition
        return {
            "engine": ENGINE,
            "set": one.code,
            "set_version": one.version,
            "set_sha256": fingerprint(one),
            "example": one.is_example,
            "inputs": dict(self.inputs),
            "seed": self.seed,
            "choices": dict(self.choices),
            "options": self.options.as_json(),
            "groups": self.groups,
            "goalposts": {code: list(ends) for code, ends in self.posts.items()},
            "defaults": defaults_in_words(one, self.options),
            "done": list(self.done),
            "remarks": list(self.remarks),
        }

    def in_words(self) -> list[str]:
        """The record as lines for a person."""
        one = self.definition
        lines = []
        if one.is_example:
            lines.append(_("BỘ VÍ DỤ, không dùng để công bố."))
            lines += publication_objections(one)
        lines.append(
            _("Bộ chỉ số: %(name)s (%(code)s, bản %(version)s, mã băm %(hash)s).")
            % {
                "name": one.name,
                "code": one.code,
                "version": one.version,
                "hash": fingerprint(one)[:16],
            }
        )
        lines += [
            _("Số liệu %(name)s: mã băm %(hash)s.") % {"name": name, "hash": sha[:16]}
            for name, sha in self.inputs.items()
        ]
        if self.seed is not None:
            lines.append(_("Số gieo (seed): %d.") % self.seed)
        lines += [f"{name}: {value}." for name, value in self.choices.items()]
        lines += [
            _("Mốc của %(code)s: %(low)s – %(high)s.") % {"code": code, "low": low, "high": high}
            for code, (low, high) in self.posts.items()
        ]
        return [*lines, *defaults_in_words(one, self.options), *self.done, *self.remarks]


def sha256(content: bytes) -> str:
    """The hash of one input."""
    return hashlib.sha256(content).hexdigest()


def defaults_in_words(definition: IndexSet, options: Choices | None = None) -> list[str]:
    """Everything the definition decides that a reader might assume otherwise."""
    one, ranking = definition, definition.ranking
    lines = [
        _("Xếp hạng: %(ties)s; %(first)s đứng đầu; theo điểm %(basis)s.")
        % {
            "ties": ranking.ties.label,
            "first": _("điểm cao") if ranking.high_first else _("điểm thấp"),
            "basis": _("không làm tròn") if ranking.digits is None else _("làm tròn %d chữ số") % ranking.digits,
        }
    ]
    gathering: dict[str, list[str]] = {}
    for each in one.criteria:
        if isinstance(each.rule, Gathering):
            words = f"{each.rule.together.label}; {each.rule.missing.label}"
            if each.rule.factor != 1:
                words += "; " + _("nhân với %s") % as_read(each.rule.factor)
            if each.rule.missing is not Missing.NONE and each.rule.enough:
                words += "; " + _("cần ít nhất %s phần có số liệu") % as_read(each.rule.enough)
            gathering.setdefault(words, []).append(each.code)
    lines += [
        _("Gộp điểm ở %(codes)s: %(how)s.") % {"codes": ", ".join(codes), "how": how}
        for how, codes in gathering.items()
    ]
    digits = sorted({each.digits for each in one.criteria if each.digits is not None})
    if digits:
        lines.append(_("Làm tròn nửa lên từng tiêu chí: %s chữ số thập phân.") % ", ".join(map(str, digits)))
    else:
        lines.append(_("Không làm tròn ở bước nào."))
    if one.tolerance:
        lines.append(_("Sai số cho phép khi so với số công bố: %s.") % decimal_text(one.tolerance))
    return lines + _left_alone(options or Choices())


def _left_alone(options: Choices) -> list[str]:
    """What was not asked for is not done, and that is said too."""
    found = []
    if options.fill == FILLS[0]:
        found.append(_("Không tự điền số liệu thiếu."))
    if options.outliers == OUTLIERS[0]:
        found.append(_("Không xử lý giá trị ngoại lai."))
    if options.scale == SCALES[0]:
        found.append(_("Thang điểm như định nghĩa."))
    if options.weighting == WEIGHTINGS[0]:
        found.append(_("Trọng số như định nghĩa."))
    return found
