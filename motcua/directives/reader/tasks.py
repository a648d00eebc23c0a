"""Which paragraphs give a task, to whom, with whom and by when."""

from __future__ import annotations

import re
from dataclasses import replace

from motcua.directives.reader import sections
from motcua.directives.reader.contexts import Context
from motcua.directives.reader.deadlines import absolute, deadline_in
from motcua.directives.reader.drafts import Draft, parted, task_of
from motcua.directives.reader.fields import Fields, bare_label, bracketed, fields_at_start, fields_inside, rows_of
from motcua.directives.reader.headings import is_heading, orders, short
from motcua.directives.reader.leads import (
    Lead,
    helps_only,
    lead_of,
    lead_of_heading,
    lead_of_list,
    names_only,
    partners_in,
    recipients,
    same,
)
from motcua.directives.reader.model import Task
from motcua.directives.reader.names import head_at
from motcua.directives.reader.outline import Unit
from motcua.directives.reader.segments import Segment, by_date, clauses, sentences

_DIRECTS = re.compile(r"\s*,?\s*chỉ đạo\s+")
# A sentence that opens a list and has something to be done of its own.
_OWN_PRODUCT = re.compile(
    r"\S{3,}[^:]{40,}(?:,|;) trong đó(?: (?:chú trọng|chú ý|tập trung|lưu ý|ưu tiên)[^:]{0,60})?:$"
)
_TURNS_TO_ORDERS = re.compile(r"(?:yêu cầu|giao|đề nghị) [^:]*(?:tập trung|thực hiện|triển khai)[^:]*:$")
_ASKS = re.compile(r"(?:yêu cầu|đề nghị|thực hiện|tập trung)[^:]*:$")
_ABOUT_WORK = re.compile(r"nhiệm vụ|giải pháp|nội dung|công việc")
_ENDS = re.compile(r"trước|chậm nhất|xong")
_SPEAKS = re.compile(r"(?:ý kiến|chỉ đạo|yêu cầu|kết luận|chỉ thị)[^:;.]{0,60}:$")


class _Reader:
    """Walks through the units of a document and keeps the contexts of its items."""

    def __init__(self, issuer: str, recipients: tuple[str, ...]) -> None:
        self.issuer = issuer
        self.recipients = recipients
        self.contexts: dict[int, Context] = {0: Context()}
        self.drafts: list[Draft] = []
        self.open: list[Draft] = []
        self.fields: Fields | None = None
        self.heading: Draft | None = None
        self.label = ""
        self.rows = 0

    def read(self, units: list[Unit]) -> list[Draft]:
        for at, unit in enumerate(units):
            self._unit(unit, units[at + 1] if at + 1 < len(units) else None)
        return self.drafts

    def _context(self, unit: Unit, *, parent: bool = False) -> Context:
        frames = unit.frames[:-1] if parent else unit.frames
        key = frames[-1].key if frames else 0
        return self.contexts.setdefault(key, Context())

    def _inherited(self, unit: Unit) -> Context | None:
        """The nearest item above (or around) that names an addressee."""
        keys = [0, *(frame.key for frame in (unit.frames[:-1] if unit.marked else unit.frames))]
        for key in reversed(keys):
            context = self.contexts.get(key)
            if context is None:
                continue
            if context.lead is not None:
                return context
            if not unit.marked and context.opener is not None and key == keys[-1]:
                return Context(lead=context.opener)
        return None

    def _is_excluded(self, unit: Unit) -> bool:
        for frame in reversed(unit.frames):
            context = self.contexts.get(frame.key, Context())
            if context.lifted or context.excluded:
                return context.excluded
        return False

    def _may_order(self, unit: Unit) -> bool:
        """Whether the part the unit stands in gives tasks, or the unit itself orders something there."""
        if self._is_excluded(unit):
            money = any(self.contexts.get(frame.key, Context()).money for frame in unit.frames)
            lead = lead_of(unit.text, issuer=self.issuer) if money else None
            return lead is not None and lead.proper and lead.start == 0
        return self._listed(unit) or orders(unit.text, self.recipients) or self._told(unit)

    def _told(self, unit: Unit) -> bool:
        """An unnumbered paragraph below "… có ý kiến chỉ đạo như sau:" that begins with the body it speaks to."""
        if not any(self.contexts.get(frame.key, Context()).orders for frame in unit.frames):
            return False
        lead = lead_of(unit.text, issuer=self.issuer)
        return lead is not None and lead.proper and lead.start == 0

    def _listed(self, unit: Unit) -> bool:
        """Whether the unit stands in a numbered item, or below words that hand down an addressee."""
        return any(frame.kind != "plain" or self.contexts.get(frame.key, Context()).lead for frame in unit.frames)

    def _unit(self, unit: Unit, following: Unit | None) -> None:
        if unit.table is not None:
            self._table(unit)
            return
        if not unit.text:
            return
        if self._field(unit):
            return
        heading = is_heading(unit, following)
        if heading and self._heading(unit, following):
            return
        numbered = any(frame.kind != "plain" for frame in unit.frames)
        if sections.closing(unit.text, marked=unit.marked, listed=numbered):
            self._closing(unit)
            return
        if not self._may_order(unit):
            self._dated_orders(unit)
            return
        self._content(unit)

    def _dated_orders(self, unit: Unit) -> None:
        """What an assessment asks for by a day is a task all the same ("… Yêu cầu các chủ đầu tư báo cáo trước ngày …")."""
        at = 0
        for sentence in sentences(unit.text):
            start = unit.text.index(sentence, at)
            at = start + len(sentence)
            lead = lead_of(sentence, issuer=self.issuer) if re.match(r"(?:Yêu cầu|Giao)\s", sentence) else None
            due = deadline_in(sentence)
            if lead is not None and lead.triggered and due.date:
                partners, words = partners_in(sentence[lead.end :])
                lead = replace(lead, start=lead.start + start, end=lead.end + start)
                self._add(Draft(unit, start, sentence, lead, own=True, partners=partners, partner_words=words, due=due))

    def _field(self, unit: Unit) -> bool:
        label = bare_label(unit.text) if len(unit.text) < 60 else ""
        if label in ("lead", "partner", "time", "product"):
            self.label = label
            return True
        if self.label and unit.marked and (self.label in ("time", "product") or names_only(unit.text)):
            names = recipients(unit.text) if self.label in ("lead", "partner") else ()
            one = Fields(
                names if self.label == "lead" else (),
                names if self.label == "partner" else (),
                unit.text if self.label == "time" else "",
                {self.label: unit.text},
            )
            if self.fields and self.label == "lead" and self.fields.lead:
                one = replace(one, lead=self.fields.lead + names)
            self._apply(one)
            return True
        self.label = ""
        found = fields_at_start(unit.text)
        if found is None:
            return False
        self._apply(found)
        return True

    def _apply(self, fields: Fields) -> None:
        self.fields = fields.united(self.fields) if self.fields else fields
        if not self.open and self.heading is not None and self.fields.lead:
            self.drafts.append(self.heading)
            self.open = [self.heading]
        for draft in self.open:
            draft.fields = self.fields

    def _reset(self) -> None:
        if self.fields is not None:
            self.open, self.fields = [], None

    def _heading(self, unit: Unit, following: Unit | None) -> bool:
        """Takes what a heading or the opening sentence of a list hands down; False when it is a task itself."""
        self.open, self.fields = [], None
        context = self._context(unit)
        if _titles_a_part(unit) and sections.excluded(unit.text):
            context.excluded, context.money = True, sections.about_money(unit.text)
            return True
        context.orders = bool(_SPEAKS.search(unit.text))
        self.heading = Draft(unit, 0, unit.text.rstrip(":"), None, own=False)
        lists = unit.text.endswith(":")
        lead = self._addressed(unit) if lists else lead_of_heading(unit.text)
        if lead is None and not lists and not short(unit.text):
            return False
        if lead is not None and lists:
            if not unit.marked and _ABOUT_WORK.search(unit.text[-160:]):
                context.lifted = True
            if self._is_excluded(unit) and _TURNS_TO_ORDERS.search(unit.text):
                self._lift(unit)
        if lead is None and lists:
            self._widen(unit, context)
        if lead is not None and not self._is_excluded(unit):
            _hand_down(unit, context, lead, lists=lists)
        if _OWN_PRODUCT.search(unit.text):
            self._content(unit)
        return True

    def _addressed(self, unit: Unit) -> Lead | None:
        """Whom the opening sentence of a list speaks to; where it names nobody, those the letter is written to."""
        lead = lead_of_heading(unit.text) or lead_of_list(unit.text)
        if lead is None and self.recipients and _ASKS.search(unit.text):
            return Lead(self.recipients, "Kính gửi: " + "; ".join(self.recipients), 0, 0)
        return lead

    def _lift(self, unit: Unit) -> None:
        """From here on the part gives orders, whatever its title says."""
        for frame in unit.frames:
            context = self.contexts.setdefault(frame.key, Context())
            if context.excluded:
                context.excluded, context.lifted = False, True

    def _widen(self, unit: Unit, context: Context) -> None:
        """An item that names only partners ("b) Chủ trì, phối hợp với …:") hands them down with the lead above it."""
        partners, words = partners_in(unit.text)
        inherited = self._inherited(unit)
        if partners and unit.marked and inherited is not None and inherited.lead is not None:
            context.lead, context.default = inherited.lead, inherited.default
            context.partners, context.partner_words = partners, words

    def _closing(self, unit: Unit) -> None:
        """A closing paragraph may still ask for a report by a day."""
        at = 0
        lead: Lead | None = None
        for sentence in sentences(unit.text):
            start = unit.text.index(sentence, at)
            at = start + len(sentence)
            lead = lead_of(sentence, issuer=self.issuer) or lead
            due = deadline_in(sentence)
            asks = re.search(r"báo cáo|gửi|tổng hợp|hoàn thành", sentence) and not sections.trouble(sentence)
            if asks and lead is not None and (due.date or due.recurrence != "none" or "trước ngày" in due.text):
                self._add(Draft(unit, start, sentence, lead, own=True, due=due))

    def _content(self, unit: Unit) -> None:
        inherited = self._inherited(unit)
        text, inner = unit.text, fields_inside(unit.text) or bracketed(unit.text)
        fields = None
        if inner:
            fields, cut = inner
            text = text[:cut].rstrip(" .;(-+")
        self._reset()
        if sections.permission(text):
            return
        segments = self._segments(text, inherited)
        if not unit.marked and sections.detail(text) and self.drafts and all(one.lead is None for one in segments):
            self._detail(text)
            return
        addressed = inherited is not None and not inherited.default and not sections.granted(text)
        if sections.consent(text) and segments[0].lead is None and not addressed:
            segments = [one for one in segments if one.lead is not None]
        if len(segments) > 1 and (only := segments[0].lead) and sections.carries_out(segments[0].text[only.end :]):
            segments = segments[1:]
        for number, segment in enumerate(segments):
            self._segment(unit, segment, inherited, number, len(segments), fields)
        opener = (
            segments[0].lead
            if segments and segments[0].lead and segments[0].lead.start < 3 and segments[0].start == 0
            else None
        )
        if unit.marked and opener is not None:
            self._context(unit).opener = opener

    def _detail(self, text: str) -> None:
        """The day that a paragraph of details names is that of the task before it."""
        before, due = self.drafts[-1], deadline_in(text)
        if due.text and not before.due.text and re.search(r"trước|chậm nhất|xong|hoàn thành", text):
            before.due = due

    def _segment(
        self, unit: Unit, segment: Segment, inherited: Context | None, number: int, total: int, fields: Fields | None
    ) -> None:
        own = segment.lead is not None
        lead = segment.lead or (inherited.lead if inherited else None)
        after = max(0, segment.lead.end - segment.start) if segment.lead and segment.lead.start >= 0 else 0
        partners, words = partners_in(segment.text[after:])
        if not own and inherited is not None and inherited.below:
            partners, words = (), ""  # partners of those whom the lead directs
        if not own and inherited is not None and not partners:
            partners, words = inherited.partners, inherited.partner_words
        due = deadline_in(segment.text)
        if not due.text and inherited is not None and inherited.due is not None and not own:
            due = inherited.due
        draft = Draft(
            unit, segment.start, segment.text, lead, own, partners, words, due, number + 1 if total > 1 else 0, fields
        )
        self._add(draft)

    def _add(self, draft: Draft) -> None:
        self.drafts.append(draft)
        self.open.append(draft)

    def _segments(self, text: str, inherited: Context | None) -> list[Segment]:
        found = [Segment(0, text, None)]
        strong = inherited is not None and not inherited.default
        at = 0
        for sentence in sentences(text):
            start = text.index(sentence, at)
            at = start + len(sentence)
            for offset, clause in clauses(sentence):
                place = start + offset
                first = place == 0
                lead = self._clause_lead(
                    clause, first=first, opening=offset == 0, has_lead=found[-1].lead is not None or strong
                )
                if lead is None:
                    continue
                current = found[-1].lead
                if current is None and (first or not strong):
                    found[-1].lead = replace(lead, start=lead.start + place, end=lead.end + place)
                elif (current is not None and same(current.names, lead.names)) or (
                    current is None and inherited and inherited.lead and same(inherited.lead.names, lead.names)
                ):
                    continue
                else:
                    found.append(Segment(place, "", replace(lead, start=lead.start + place, end=lead.end + place)))
        for one, after in zip(found, [*found[1:], None], strict=True):
            one.text = text[one.start : after.start if after else len(text)].rstrip(" ;")
        return [part for one in found for part in by_date(one)]

    def _clause_lead(self, clause: str, *, first: bool, opening: bool, has_lead: bool) -> Lead | None:
        if not first and has_lead and re.match(r"(?:Cụ thể|Trường hợp|Nếu|Khi)(?!\w)", clause):
            return None
        lead = lead_of(clause, issuer=self.issuer, inner=not first)
        if lead is None:
            return None
        if not first and helps_only(clause, lead.end):
            return None
        if not first and not opening:
            if not (lead.start <= 2 and (lead.proper or lead.triggered)):
                return None
            if (
                lead.triggered
                and not clause[0].isupper()
                and not re.match(r"giao|đồng thời", clause)
                and not lead.proper
            ):
                return None
        return lead

    def _table(self, unit: Unit) -> None:
        if unit.table is None:
            return
        for row in rows_of(unit.table):
            self.rows += 1
            cell = replace(unit, text=row.text, line=row.line)
            draft = Draft(cell, 0, row.text, None, own=True, number=self.rows, fields=row.fields)
            self.drafts.append(draft)
        self.open, self.fields = [], None


def read_tasks(
    units: list[Unit], *, issuer: str = "", addressees: tuple[str, ...] = (), annex: bool = False
) -> list[Task]:
    """The proposed tasks of the units of a document, in order."""
    drafts = _Reader(issuer, addressees).read(units)
    found = [task_of(one, annex=annex) for draft in drafts for one in parted(draft)]
    return [task for task in found if task is not None]


def _titles_a_part(unit: Unit) -> bool:
    """Whether the heading may say of what follows that it is no task: a short one, that opens no list of its own."""
    return unit.kind not in ("dash", "plus") and len(unit.text) < 160 and (unit.marked or unit.text[-1] != ":")


def _hand_down(unit: Unit, context: Context, lead: Lead, *, lists: bool) -> None:
    """The addressee, the partners and the day that hold for all that stands below."""
    context.lead = lead
    directs = _DIRECTS.search(unit.text, lead.end)
    context.below = lists and directs is not None and bool(head_at(unit.text, directs.end()))
    context.default = not unit.marked and head_at(lead.names[0], 0) != "proper" and len(unit.frames) <= 2
    if lists:
        context.default = context.default or (not unit.marked and len(unit.text) > 300)
    partners, context.partner_words = partners_in(unit.text)
    context.partners = tuple(name for name in partners if name not in lead.names)
    dated = absolute(unit.text) if lists and not context.default else []
    context.due = dated[-1] if dated and _ENDS.search(dated[-1].text.lower()) else None
