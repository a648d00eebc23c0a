"""A small scorer of our own, written from the definitions of the annotation guide.

Two tasks are the same when the beginnings of their wordings cover the same place of the text; then lead, partners and
date are compared as sets and values. Names are compared without case, spacing and the two ways to write "Ủy ban nhân dân".
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

HEADER = ("kind", "number", "date", "place", "issuer", "signer", "subject")
SHARED = 0.6
ALIKE = 0.8


def folded(value: object) -> str:
    """One case and one spacing, without marks of Markdown."""
    text = unicodedata.normalize("NFC", str(value or ""))
    return re.sub(r"\s+", " ", re.sub(r"[*_#|`]", " ", text)).strip(" .,;:-").casefold()


def names(values: list[str]) -> frozenset[str]:
    return frozenset(re.sub(r"\bubnd\b", "ủy ban nhân dân", folded(value)) for value in values)


def letters(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFC", text).casefold() if letter.isalnum())


@dataclass
class Score:
    """Counts over one or more documents, and the figures they give."""

    gold: int = 0
    found: int = 0
    matched: int = 0
    leads: int = 0
    dates: int = 0
    recurrences: int = 0
    partners_right: int = 0
    partners_gold: int = 0
    partners_found: int = 0
    header_right: int = 0
    header_all: int = 0
    differences: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def task_f1(self) -> float:
        return 2 * self.matched / (self.gold + self.found) if self.gold + self.found else 1.0

    @property
    def lead(self) -> float:
        return self.leads / self.matched if self.matched else 0.0

    @property
    def partner_f1(self) -> float:
        both = self.partners_gold + self.partners_found
        return 2 * self.partners_right / both if both else 1.0

    @property
    def deadline(self) -> float:
        return self.dates / self.matched if self.matched else 0.0

    @property
    def recurrence(self) -> float:
        return self.recurrences / self.matched if self.matched else 0.0

    @property
    def header(self) -> float:
        return self.header_right / self.header_all if self.header_all else 0.0

    def __str__(self) -> str:
        return (
            f"nhiệm vụ {self.gold} (đọc ra {self.found}, khớp {self.matched}) F1 {self.task_f1:.3f}; chủ trì {self.lead:.3f}; "
            f"phối hợp F1 {self.partner_f1:.3f}; hạn {self.deadline:.3f}; định kỳ {self.recurrence:.3f}; thể thức {self.header:.3f}"
        )


def spans(tasks: list[dict[str, Any]], text: str) -> list[tuple[int, int] | None]:
    """Where the anchors stand in the letters of the text; equal anchors in document order."""
    flat, found, used, before = letters(text), [], set(), 0
    for task in tasks:
        if "letters" in task:
            begin, end = task["letters"]
            found.append((begin, end))
            continue
        key = letters(task["anchor"])
        places = [match.start() for match in re.finditer(f"(?={re.escape(key)})", flat)] if key else []
        free = [place for place in places if place not in used] or places
        place = next((one for one in free if one >= before), free[0] if free else None)
        if place is None:
            found.append(None)
            continue
        used.add(place)
        before = place
        found.append((place, place + len(key)))
    return found


def told_of(labels: dict[str, Any], text: str) -> dict[str, Any]:
    """Labels that say where a task stands instead of copying its words; the text must be the one that was labelled."""
    flat = letters(text)
    if hashlib.sha256(flat.encode()).hexdigest() != labels["letters_sha256"]:
        raise ValueError(labels["text"])
    tasks = [{**task, "anchor": flat[slice(*task["letters"])]} for task in labels["tasks"]]
    return {**labels, "tasks": tasks}


def pairs(gold: list[dict[str, Any]], read: list[dict[str, Any]], text: str) -> list[tuple[int, int]]:
    """Best overlap first, one to one."""
    wanted, given = spans(gold, text), spans(read, text)
    candidates = []
    for at, one in enumerate(wanted):
        for other, two in enumerate(given):
            if one is None or two is None:
                continue
            common = min(one[1], two[1]) - max(one[0], two[0])
            share = common / max(1, min(one[1] - one[0], two[1] - two[0]))
            if share >= SHARED:
                candidates.append((-share, abs(at - other), at, other))
    left, right, found = set(), set(), []
    for _, _, at, other in sorted(candidates):
        if at not in left and other not in right:
            left.add(at)
            right.add(other)
            found.append((at, other))
    return sorted(found)


def score(gold: dict[str, Any], read: dict[str, Any], text: str) -> Score:
    """One document against its labels."""
    result = Score(gold=len(gold["tasks"]), found=len(read["tasks"]), header_all=len(HEADER))
    matched = pairs(gold["tasks"], read["tasks"], text)
    result.matched = len(matched)
    for at, other in matched:
        _compare(result, gold["tasks"][at], read["tasks"][other])
    for name in HEADER:
        wanted, given = gold["document"].get(name), read["document"].get(name)
        if _same_fact(name, wanted, given):
            result.header_right += 1
        else:
            result.differences.append(f"{name}: {wanted!r} / {given!r}")
    missed = set(range(len(gold["tasks"]))) - {at for at, _ in matched}
    extra = set(range(len(read["tasks"]))) - {other for _, other in matched}
    result.differences += [f"thiếu {gold['tasks'][at]['id']}: {gold['tasks'][at]['anchor']}" for at in sorted(missed)]
    result.differences += [f"thừa {read['tasks'][at]['id']}: {read['tasks'][at]['anchor']}" for at in sorted(extra)]
    return result


def _compare(result: Score, wanted: dict[str, Any], given: dict[str, Any]) -> None:
    lead = names(wanted["lead"]) == names(given["lead"])
    result.leads += lead
    partners, found = names(wanted["coordinate"]), names(given["coordinate"])
    result.partners_right += len(partners & found)
    result.partners_gold += len(partners)
    result.partners_found += len(found)
    result.dates += wanted["deadline"] == given["deadline"]
    result.recurrences += wanted["recurrence"] == given["recurrence"]
    for name in ("lead", "coordinate", "deadline", "recurrence"):
        if wanted[name] != given[name] and not (
            name in ("lead", "coordinate") and names(wanted[name]) == names(given[name])
        ):
            result.differences.append(f"{wanted['id']} {name}: {wanted[name]} / {given[name]}")


def _same_fact(name: str, wanted: str | None, given: str | None) -> bool:
    if not wanted or not given:
        return not wanted and not given
    if name == "subject":
        drop = r"^(?:v/v|về việc|về)\s*:?\s*"
        one, two = re.sub(drop, "", folded(wanted)), re.sub(drop, "", folded(given))
        return SequenceMatcher(None, one, two, autojunk=False).ratio() >= ALIKE
    if name == "number":
        return re.sub(r"\s", "", folded(wanted)) == re.sub(r"\s", "", folded(given))
    return names([wanted]) == names([given])
