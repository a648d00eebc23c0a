"""Reads expected.txt: sections name routes, sentences say who gets what; the grammar is below and small on purpose.

    == dossiers_desk:detail, dossiers_desk:control
    The clerk, the specialist and the leader of the commune open it and cannot send it.
    Officials of another commune do not find it.
    The visitor must sign in.
    Everybody else is refused.

A sentence is subjects and what they get. “Everybody else” are those no sentence of the section has spoken of. Each of
subject × (open, send) must be decided exactly once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from tests.permissions.world import ALONE, OF_PROVINCE, PLACES, POSTS, SUBJECTS


class Outcome(StrEnum):
    """What a request may come to."""

    OPENS = "sees the page"
    LED_ON = "is led to another page"
    SIGN_IN = "must sign in"
    REFUSED = "is refused"
    NOT_FOUND = "does not find it"
    CLOSED = "finds no such way (405)"
    TAKEN = "what was sent is looked at"
    DONE = "what was sent is done"
    TOLD = "is told why not"
    NOTHING = "gets a page and changes nothing"


OPEN, SEND = "GET", "POST"
BOTH = (OPEN, SEND)

# Verb phrase → outcome per method. Plural; singular forms are made plural before reading.
VERBS: Final = {
    "open it": {OPEN: Outcome.OPENS},
    "are led on": {OPEN: Outcome.LED_ON},
    "cannot open it": {OPEN: Outcome.CLOSED},
    "may send it": {SEND: Outcome.TAKEN},
    "do it": {SEND: Outcome.DONE},
    "are told why not": {SEND: Outcome.TOLD},
    "cannot send it": {SEND: Outcome.CLOSED},
    "change nothing by sending": {SEND: Outcome.NOTHING},
    "are refused when opening": {OPEN: Outcome.REFUSED},
    "are refused when sending": {SEND: Outcome.REFUSED},
    "are refused": {OPEN: Outcome.REFUSED, SEND: Outcome.REFUSED},
    "do not find it when opening": {OPEN: Outcome.NOT_FOUND},
    "do not find it when sending": {SEND: Outcome.NOT_FOUND},
    "do not find it": {OPEN: Outcome.NOT_FOUND, SEND: Outcome.NOT_FOUND},
    "must sign in when opening": {OPEN: Outcome.SIGN_IN},
    "must sign in when sending": {SEND: Outcome.SIGN_IN},
    "must sign in": {OPEN: Outcome.SIGN_IN, SEND: Outcome.SIGN_IN},
}
SINGULAR: Final = {
    "opens it": "open it",
    "is led on": "are led on",
    "does it": "do it",
    "is told why not": "are told why not",
    "changes nothing": "change nothing",
    "is refused": "are refused",
    "does not find it": "do not find it",
}
CITIZENS = ("the applicant", "another citizen", "the former clerk")


def _officials(place: str, posts: tuple[str, ...] = POSTS) -> tuple[str, ...]:
    return tuple(f"the {post} {place}" for post in posts)


GROUPS: Final = {
    "everybody": SUBJECTS,
    "everybody signed in": SUBJECTS[1:],
    "citizens": CITIZENS,
    "officials of the commune": _officials(PLACES[0]),
    "officials of another commune": _officials(PLACES[1]),
    "officials of the province": _officials("of the province", OF_PROVINCE),
    "officials": (*_officials(PLACES[0]), *_officials(PLACES[1]), *_officials("of the province", OF_PROVINCE)),
    "delegates": ("the delegate", "the former delegate"),
    "the workers of the commune": _officials(PLACES[0], POSTS[:5]),
    "the workers of another commune": _officials(PLACES[1], POSTS[:5]),
    **{f"every {post}": tuple(one for one in SUBJECTS if one.startswith(f"the {post} of ")) for post in POSTS},
}
ELSE = "everybody else"
VERB = re.compile("|".join(sorted(VERBS, key=len, reverse=True)))


@dataclass
class Section:
    """The sentences about one or several routes."""

    routes: tuple[str, ...]
    line: int
    sentences: list[tuple[int, str]] = field(default_factory=list)

    def cells(self) -> dict[tuple[str, str], tuple[Outcome, str]]:
        """(subject, method) → outcome and the sentence that says so."""
        found: dict[tuple[str, str], tuple[Outcome, str]] = {}
        for line, sentence in self.sentences:
            subjects, outcomes = read(sentence, line)
            for method, outcome in outcomes.items():
                chosen = subjects or tuple(one for one in SUBJECTS if (one, method) not in found)
                if not chosen:
                    raise ValueError(f"line {line}: nobody else is left: {sentence}")
                for subject in chosen:
                    if (subject, method) in found:
                        raise ValueError(f"line {line}: {subject} ({method}) was decided before: {sentence}")
                    found[subject, method] = (outcome, sentence)
        missing = [f"{subject} ({method})" for subject in SUBJECTS for method in BOTH if (subject, method) not in found]
        if missing:
            raise ValueError(f"line {self.line}: {', '.join(self.routes)}: nothing is said of {', '.join(missing)}")
        return found


def sections(file: Path) -> list[Section]:
    """The sections of the file, in its order."""
    found: list[Section] = []
    for line, text in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        text = text.split("#")[0].strip()
        if text.startswith("=="):
            found.append(Section(tuple(one.strip() for one in text.strip("= ").split(",")), line))
        elif text:
            for sentence in re.findall(r"[^.]+\.", text):
                found[-1].sentences.append((line, sentence.strip()))
    return found


def read(sentence: str, line: int = 0) -> tuple[tuple[str, ...], dict[str, Outcome]]:
    """The subjects (none: everybody else) and what they get."""
    text = sentence.strip().rstrip(".")
    text = text[0].lower() + text[1:]
    for one, plural in SINGULAR.items():
        text = text.replace(one, plural)
    first = VERB.search(text)
    if first is None:
        raise ValueError(f"line {line}: no known verb in: {sentence}")
    outcomes: dict[str, Outcome] = {}
    rest = text[first.start() :]
    for phrase in VERB.findall(rest):
        outcomes |= VERBS[phrase]
    left = VERB.sub("", rest).replace(" and ", "").replace(" but ", "").replace(",", "").strip()
    if left not in ("", "and", "but"):
        raise ValueError(f"line {line}: cannot read “{left}” in: {sentence}")
    return tuple(_subjects(text[: first.start()].strip(), line)), outcomes


def _subjects(text: str, line: int) -> Iterator[str]:
    """A list of subjects; a place at the end (“of the commune”) belongs to all posts before it that have none."""
    if text == ELSE:
        return
    waiting: list[str] = []
    for phrase in re.split(r", (?:and )?| and ", text):
        if phrase in ALONE or phrase in GROUPS:
            yield from GROUPS.get(phrase, (phrase,))
        elif phrase in SUBJECTS:
            place = phrase[phrase.index(" of ") :]
            for one in [*(f"{bare}{place}" for bare in waiting), phrase]:
                if one not in SUBJECTS:
                    raise ValueError(f"line {line}: who is “{one}”?")
                yield one
            waiting = []
        elif phrase.removeprefix("the ") in POSTS:
            waiting.append(phrase)
        else:
            raise ValueError(f"line {line}: who is “{phrase}”?")
    if waiting:
        raise ValueError(f"line {line}: of which place are {', '.join(waiting)}?")
