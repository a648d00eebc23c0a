"""Sentences and clauses of a paragraph, and the parts of it that are tasks of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from motcua.directives.reader.agencies import phrase_at
from motcua.directives.reader.deadlines import absolute, recurrence_of
from motcua.directives.reader.leads import Lead
from motcua.directives.reader.names import head_at, verb_at
from motcua.directives.reader.words import TRIGGER, rx

_SENTENCE = rx(r"(?<=[.!?])(?<!\.\.)\s+(?=[{A}“\"])")
_ABBREVIATED = re.compile(r"(?:\bTP|\bTp|\bTT|\bPCT|\bCT|\bĐ/c|\bThS|\bTS|\bSt|\b[A-ZĐ])\.$")


@dataclass
class Segment:
    """A part of a paragraph that may be a task: where it starts, its words, and the lead it names."""

    start: int
    text: str
    lead: Lead | None


def by_date(segment: Segment) -> list[Segment]:
    """A segment parts where a later sentence sets another deadline for another product."""
    whole, parts = segment.text, [segment]
    at = 0
    seen: str | None = None
    for sentence in _dated_parts(whole):
        start = whole.index(sentence, at)
        at = start + len(sentence)
        dated = absolute(sentence)
        repeated = recurrence_of(sentence)
        mark = (
            dated[0].date
            if dated
            else (f"each {repeated.recurrence}" if repeated and repeated.recurrence != "none" else None)
        )
        if mark is None:
            continue
        if seen is not None and mark != seen and not re.match(r"(?:Gửi|Báo cáo (?:gửi|về)|Văn bản)", sentence):
            lead = replace(segment.lead, start=-1) if segment.lead else None
            before = parts[-1].start - segment.start
            parts[-1].text = whole[before:start].rstrip()
            parts.append(Segment(segment.start + start, whole[start:], lead))
        seen = mark
    return parts


_NEXT_PRODUCT = re.compile(r";\s+(?=\S)|,\s+(?=(?:và )?tổng kết )")


def _dated_parts(text: str) -> list[str]:
    """Sentences; and their clauses where each sets a day for something else ("bàn giao trước …; cử hai người đến hết …")."""
    found: list[str] = []
    for sentence in sentences(text):
        cuts = [match.end() for match in _NEXT_PRODUCT.finditer(sentence) if verb_at(sentence, match.end())]
        parts = [sentence[one:two] for one, two in zip([0, *cuts], [*cuts, len(sentence)], strict=True)]
        found.extend(parts if sum(bool(absolute(part)) for part in parts) > 1 else [sentence])
    return found


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; abbreviations do not end one."""
    found: list[str] = []
    for part in _SENTENCE.split(text):
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] = text[
                text.index(found[-1]) : text.index(part, text.index(found[-1]) + len(found[-1])) + len(part)
            ]
        else:
            found.append(part)
    return [part for part in found if part.strip()]


def clauses(sentence: str) -> list[tuple[int, str]]:
    """The clauses between semicolons; "Về …; …: X làm …" stays whole up to its colon."""
    if re.match(r"(?:Về|Đối với|Liên quan)\b", sentence):
        colon = sentence.find(": ")
        if colon > 0:
            head = (
                [(0, sentence)]
                if ";" not in sentence[colon:]
                else [(0, sentence[: colon + 2 + sentence[colon + 2 :].index(";")])]
            )
            rest = sentence[len(head[0][1]) :]
            return head + [(offset + len(head[0][1]), clause) for offset, clause in clauses(rest)] if rest else head
    found, at = [], 0
    for match in re.finditer(r";\s+", sentence):
        following = sentence[match.end() :]
        if head_at(following, 0) and _names_before(sentence[at : match.start()]):
            continue
        found.append((at, sentence[at : match.start()]))
        at = match.end()
    found.append((at, sentence[at:]))
    return [
        (offset, clause.strip())
        if not clause.startswith(" ")
        else (offset + len(clause) - len(clause.lstrip()), clause.strip())
        for offset, clause in found
        if clause.strip()
    ]


def _names_before(text: str) -> bool:
    """Whether the text so far is only a list of names (after "Giao", "Yêu cầu")."""
    bare = re.sub(rf"^(?:.{{0,60}}?\s)?{TRIGGER}", "", text)
    phrase = phrase_at(bare, 0) if head_at(bare, 0) else None
    return phrase is not None and not bare[phrase.end :].strip(" .,;:")
