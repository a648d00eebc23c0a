"""A possible task while the document is read, and the proposal it becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from motcua.directives.reader.deadlines import Deadline, deadline_of_field
from motcua.directives.reader.fields import Fields
from motcua.directives.reader.leads import Lead
from motcua.directives.reader.model import Task, Why
from motcua.directives.reader.outline import Unit

_TARGET = re.compile(
    r"\d[\d.,]*\s*%[^,.;:]{0,90}|(?:đạt|ít nhất|tối thiểu|trên|vượt|thành lập mới|giảm|hạng|thứ hạng)(?: trong khoảng)?\s+(?P<n>\d[\d.,/\-– ]*\s+[^,.;:]{2,60})"
)
_BEFORE_LEAD = re.compile(r"[\s,;]*(?:đồng thời )?(?:giao(?: cho)?|yêu cầu|đề nghị|do)?\s*$")
_PASSIVE = re.compile(r"(?:Việc|Công tác|Phần việc|Nội dung) (?=\S)")
_ABOUT = re.compile(r"(?:Riêng )?(?:[Đđ]ối với|[Vv]ề|[Ll]iên quan) \S")
LONGEST_OPENING = 100
FURTHEST_PARTNERS = 40
SHORTEST_ACTION = 25
SHORTEST_ANCHOR = 4
LONGEST_ACTION = 160


@dataclass
class Draft:
    """A possible task: a segment of one unit."""

    unit: Unit
    start: int
    text: str
    lead: Lead | None
    own: bool
    partners: tuple[str, ...] = ()
    partner_words: str = ""
    due: Deadline = field(default_factory=lambda: Deadline(None, ""))
    number: int = 0
    fields: Fields | None = None
    part: str = ""
    """What the lead does of it, where a field gives different parts to different bodies."""
    label: str = ""


def parted(draft: Draft) -> list[Draft]:
    """One draft for each part that its field gives to somebody else; the draft itself where the field gives none."""
    fields = draft.fields
    if fields is None or not fields.parts:
        return [draft]
    before = f"{draft.number}." if draft.number else ""
    return [
        replace(
            draft,
            part=part.work,
            label=f"{before}{number}",
            fields=replace(fields, lead=part.lead, parts=(), words={**fields.words, "lead": part.words}),
        )
        for number, part in enumerate(fields.parts, 1)
    ]


def task_of(draft: Draft, *, annex: bool) -> Task | None:
    """The proposal a draft becomes; nothing without a lead."""
    fields = draft.fields or Fields()
    leads = fields.lead or (draft.lead.names if draft.lead else ())
    anchor = anchor_of(draft.text)
    if not leads or len(anchor) < SHORTEST_ANCHOR:
        return None
    known = {name.casefold() for name in leads}
    partners = dict.fromkeys((*fields.partner, *draft.partners))
    due = deadline_of_field(fields.time) if fields.time else draft.due
    target = _TARGET.search(draft.text, _behind_lead(draft))
    return Task(
        id=_label(draft, annex=annex),
        anchor=anchor,
        action=_action(draft),
        lead=leads,
        coordinate=tuple(name for name in partners if name.casefold() not in known),
        deadline=due.date,
        deadline_text=due.text or None,
        recurrence=due.recurrence,
        target=(target["n"] or target[0]).strip() if target else None,
        why=_why(draft, fields, due),
        line=draft.unit.line,
        text=draft.text,
    )


def _why(draft: Draft, fields: Fields, due: Deadline) -> Why:
    words = fields.words
    lead = words.get("lead", "") if fields.lead else (draft.lead.words if draft.lead else "")
    return Why(lead, words.get("partner", "") or draft.partner_words, words.get("time", "") or due.text)


def _label(draft: Draft, *, annex: bool) -> str:
    """The printed numbers, joined by dots: II.6.a.3, PL.2 for a row of an annex, 0.1 before the first number."""
    number = draft.label or (str(draft.number) if draft.number else "")
    before = "PL" if annex and draft.unit.table is not None else draft.unit.path or "0"
    return ".".join(part for part in (before, number) if part)


def anchor_of(text: str) -> str:
    """The first 60 to 95 characters, cut at a word."""
    if len(text) <= 95:
        return text.strip()
    cut = text[:96].rsplit(" ", 1)[0]
    return cut if len(cut) >= 40 else text[:95]


def _behind_lead(draft: Draft) -> int:
    """Where the words behind the lead begin; 0 where the lead stands somewhere else."""
    lead = draft.lead
    if not draft.own or lead is None or draft.start > lead.start or lead.end - draft.start >= len(draft.text):
        return 0
    return lead.end - draft.start


def _action(draft: Draft) -> str:
    """One line for people to recognise the task by: what is to be done, and about what where the opening says so."""
    text = draft.text[_behind_lead(draft) :]
    before = _before_lead(draft)
    at = text.find(draft.partner_words, 0, FURTHEST_PARTNERS + len(draft.partner_words)) if draft.partner_words else -1
    if at >= 0:
        text = text[at + len(draft.partner_words) :]
    about = bool(_ABOUT.match(before)) and len(before) <= LONGEST_OPENING
    bare = len(before) > SHORTEST_ACTION and len(text.strip(" .")) < SHORTEST_ACTION and not about
    if _PASSIVE.match(before) or bare:
        text = _PASSIVE.sub("", before)  # "… giao Sở X thực hiện", "Việc … do X thực hiện": what is done stands before
    text = re.sub(r"^(?:[\s,:;.\-–]+|được giao (?=\S))+", "", text)
    text = re.split(r"[.;](?:\s|$)", text, maxsplit=1)[0].strip() or draft.text
    if about:
        text = f"{before.rstrip(' ,:')}: {text[:1].lower() + text[1:] if text[1:2].islower() else text}"
    if draft.part:
        text = f"{text}: {draft.part}"
    short = text if len(text) <= LONGEST_ACTION else text[:LONGEST_ACTION].rsplit(" ", 1)[0] + "…"
    return short[:1].upper() + short[1:]


def _before_lead(draft: Draft) -> str:
    """The words before the lead, without those that hand the task to it."""
    lead = draft.lead
    if lead is None or not _behind_lead(draft):
        return ""
    return _BEFORE_LEAD.sub("", draft.text[: lead.start - draft.start])
