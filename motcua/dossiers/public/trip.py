"""The way of an application from the first question to handing in: its pages, what is on them, what is still missing."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

from django import forms
from django.core import signing
from django.utils.translation import gettext as _

from motcua.base.clock import day_of
from motcua.base.masking import mask_identity
from motcua.base.models import StoredFile
from motcua.base.text import unaccented
from motcua.dossiers.actions import Applicant, ApplicationIn, PaperIn
from motcua.dossiers.models import Draft
from motcua.dossiers.public.forms import ContactForm, GroupForm, PapersForm
from motcua.dossiers.queries import counter
from motcua.dossiers.queries.showing import answer_in_words
from motcua.dossiers.terms import Channel, Delivery
from motcua.organisations import queries as organisations
from motcua.people.models import Person
from motcua.procedures import queries as procedures
from motcua.procedures.queries import Offer, PaperNeed
from motcua.procedures.rules import forms as questions
from motcua.workdays import rules as clock

CONTACT: Final = "_nop"
"""The key in a draft's answers under which applicant, contact and delivery stand; no question group begins so."""
_LOCKED: Final = ("person.name", "person.identity_number", "person.birth_date", "person.sex")
_FILLED_HERE: Final = "dien tren mang"
_SEAL: Final = "motcua.dossiers.hand-in"


@dataclass(frozen=True)
class Step:
    """One page of the application."""

    number: int
    kind: str
    title: str
    hint: str = ""
    group: questions.Group | None = None


@dataclass(frozen=True)
class PaperLine:
    """One paper to attach, with what is attached already."""

    no: int
    name: str
    required: bool
    condition: str
    originals: int
    copies: int
    files: tuple[StoredFile, ...]


@dataclass(frozen=True)
class Trip:
    """A draft with what the procedure asks of it today."""

    draft: Draft
    person: Person
    offer: Offer
    at: datetime

    @property
    def today(self) -> date:
        """The day in Viet Nam."""
        return day_of(self.at)

    @property
    def contact(self) -> dict[str, str]:
        """What was typed about applicant, contact and delivery."""
        return dict(self.draft.answers.get(CONTACT) or {})

    @property
    def on_behalf(self) -> str:
        """`self`, `other` or `business`."""
        return self.contact.get("on_behalf", "self")

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The pages: one per question group, the papers if any are asked, contact and delivery."""
        groups = questions.groups(self.offer.form_schema) if self.offer.form_schema else ()
        found = [Step(number, "group", one.title, one.hint, one) for number, one in enumerate(groups, start=1)]
        if self.asked_papers:
            found.append(Step(len(found) + 1, "papers", _("Giấy tờ kèm theo")))
        found.append(Step(len(found) + 1, "contact", _("Người nộp và nhận kết quả")))
        return tuple(found)

    @property
    def total(self) -> int:
        """Pages with the last one, where everything is looked over."""
        return len(self.steps) + 1

    def step(self, number: int) -> Step | None:
        """The page of that number."""
        return self.steps[number - 1] if 0 < number <= len(self.steps) else None

    @cached_property
    def known(self) -> dict[str, str]:
        """Answers that the state holds already, in words, by question: only where the person's identity was checked."""
        if self.person.identity_checked_at is None or self.on_behalf != "self":
            return {}
        held = facts_of(self.person)
        found = {}
        for spec in self._specs:
            if spec.autofill in _LOCKED and held.get(spec.autofill):
                raw = held[spec.autofill]
                masked = mask_identity(raw) if spec.kind is questions.Kind.IDENTITY else raw
                found[spec.key] = masked if masked != raw else answer_in_words(spec, {spec.key: raw})
        return found

    @property
    def _specs(self) -> list[questions.FieldSpec]:
        schema = self.offer.form_schema
        return [spec for group in questions.groups(schema) for spec in group.fields] if schema else []

    @cached_property
    def answers(self) -> dict[str, Any]:
        """The typed answers, with the facts of the state over them."""
        held = facts_of(self.person)
        found = {key: dict(value) for key, value in self.draft.answers.items() if key != CONTACT}
        for spec in self._specs:
            if spec.key in self.known:
                group, _dot, name = spec.key.partition(".")
                found.setdefault(group, {})[name] = held[spec.autofill]
        return found

    # Papers

    @cached_property
    def asked_papers(self) -> tuple[PaperNeed, ...]:
        """Papers to attach: not those only shown at the counter, not the form that these pages are."""
        return tuple(one for one in self.offer.papers if (one.originals or one.copies) and not self._is_this_form(one))

    @property
    def saved_papers(self) -> tuple[PaperNeed, ...]:
        """Papers that need not be handed in, because these pages take their place."""
        return tuple(one for one in self.offer.papers if self._is_this_form(one))

    def _is_this_form(self, need: PaperNeed) -> bool:
        filled = unaccented(need.condition).startswith(_FILLED_HERE)
        return not need.required and bool(self.offer.form_schema) and filled

    @cached_property
    def papers(self) -> tuple[PaperLine, ...]:
        """The lines of the page of papers; one statement for all files."""
        attached = self.draft.files
        rows = StoredFile.objects.in_bulk({one for ids in attached.values() for one in ids})
        return tuple(
            PaperLine(
                one.no,
                one.name,
                one.required,
                one.condition,
                one.originals,
                one.copies,
                tuple(rows[each] for each in attached.get(str(one.no), []) if each in rows),
            )
            for one in self.asked_papers
        )

    # Forms and what they object to

    def form(self, step: Step, *, check: bool) -> forms.Form:
        """The form of a page from what is saved; with `check`, with its mistakes."""
        match step.kind:
            case "group":
                assert step.group is not None
                schema = self.offer.form_schema
                return GroupForm(
                    step.group, schema, self.answers, today=self.today, check=check, known=self.known
                )  # fmt: skip
            case "papers":
                return self._papers_form(check=check)
            case _:
                return self._contact_form(check=check)

    def _papers_form(self, *, check: bool) -> PapersForm:
        form = PapersForm(self.papers, data={} if check else None)
        if check and form.is_valid():
            for one in self.papers:
                if one.required and not one.files:
                    form.add_error(f"files_{one.no}", _("Chụp hoặc quét giấy này rồi chọn tệp."))
        return form

    def _contact_form(self, *, check: bool) -> ContactForm:
        first = {
            "phone": self.person.phone,
            "email": self.person.email,
            "delivery": Delivery.ONLINE,
            "delivery_address": self.person.address,
        }
        typed = {**first, **self.contact}
        shape = {"on_behalf": self.on_behalf, "with_subject": not self.offer.form_schema}
        return ContactForm(typed, **shape) if check else ContactForm(initial=typed, **shape)

    def checked(self) -> list[tuple[Step, forms.Form]]:
        """Every page with its form and its mistakes."""
        found = [(step, self.form(step, check=True)) for step in self.steps]
        for _step, form in found:
            form.is_valid()
        return found

    # The end

    @cached_property
    def promise(self) -> clock.Due | None:
        """When the result would be due if it were received at this moment."""
        if self.draft.agency_id is None or not self.offer.limit or self.offer.answered_at_once:
            return None
        return counter.promise(self.offer, deciding=self.draft.agency_id, at=self.at)

    @property
    def promise_words(self) -> str:
        """Why that date, in two sentences."""
        return clock.sentence(self.promise) if self.promise else ""

    @property
    def office_name(self) -> str:
        """The authority that decides."""
        return organisations.name_on(self.draft.agency_id, self.today, short=True) if self.draft.agency_id else ""

    def seal(self) -> str:
        """The key of handing in, sealed with what was shown: what one saw is what one hands in."""
        return signing.dumps([self.draft.reference, self._digest()], salt=_SEAL)

    def is_sealed(self, key: str) -> bool:
        """Whether the key belongs to this draft as it stands now."""
        try:
            return bool(signing.loads(key, salt=_SEAL) == [self.draft.reference, self._digest()])
        except signing.BadSignature:
            return False

    def _digest(self) -> str:
        draft = self.draft
        shown = [draft.case_code, draft.agency_id, draft.answers, draft.files, self.offer.version_id]
        return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()

    def application(self, contact: Mapping[str, Any]) -> ApplicationIn:
        """The application as it is handed in."""
        assert self.draft.agency_id is not None
        receiving = counter.one_stop_of(self.draft.agency_id, self.today)
        offices = counter.offices_for(self.offer, receiving=receiving, day=self.today, deciding=self.draft.agency_id)
        assert offices.deciding is not None and offices.unit is not None
        schema = self.offer.form_schema
        return ApplicationIn(
            offer=self.offer,
            channel=Channel.ONLINE,
            receiving=receiving,
            deciding=offices.deciding,
            unit=offices.unit,
            applicant=self._applicant(contact),
            subject=contact.get("subject", ""),
            answers=questions.cleaned(schema, self.answers) if schema else {},
            papers=tuple(self._paper_in(one) for one in self.offer.papers if not self._is_this_form(one)),
            delivery=Delivery(contact["delivery"]),
            delivery_address=contact.get("delivery_address", ""),
        )

    def _paper_in(self, need: PaperNeed) -> PaperIn:
        files = tuple(self.draft.files.get(str(need.no), ()))
        asked = bool(need.originals or need.copies)
        return PaperIn(
            no=need.no, need=need.id, name=need.name, required=need.required and asked, handed_in=False, files=files
        )

    def _applicant(self, contact: Mapping[str, Any]) -> Applicant:
        me = self.person
        common = {"person": me.pk, "phone": contact["phone"], "email": contact["email"]}
        if self.on_behalf == "other":
            return Applicant(
                name=contact["owner_name"],
                identity_number=contact["owner_identity"],
                proxy_name=me.full_name,
                proxy_identity=me.identity_number,
                proxy_phone=contact["phone"],
                proxy_email=contact["email"],
                proxy_address=me.address,
                proxy_paper=contact["proxy_paper"],
                **common,
            )
        return Applicant(
            name=me.full_name,
            identity_number=me.identity_number,
            birth_on=me.birth_on,
            address=me.address,
            business_name=contact.get("business_name", ""),
            tax_code=contact.get("tax_code", ""),
            **common,
        )


def trip_of(draft: Draft, person: Person, at: datetime) -> Trip:
    """The draft with the procedure as it is offered today; `Refused` if it is not offered any more."""
    offer = procedures.offer(
        draft.procedure_code, case=draft.case_code or None, channel=Channel.ONLINE, agency=draft.agency_id, day=day_of(at)
    )  # fmt: skip
    return Trip(draft, person, offer, at)


def facts_of(person: Person) -> dict[str, str]:
    """What the state knows of a person, by the words of `x-autofill`."""
    return {
        "person.name": person.full_name,
        "person.identity_number": person.identity_number,
        "person.birth_date": person.birth_on.isoformat() if person.birth_on else "",
        "person.sex": person.gender,
        "person.address": person.address,
        "person.phone": person.phone,
    }


def first_answers(schema: Mapping[str, Any], person: Person, on_behalf: str) -> dict[str, Any]:
    """The answers a new draft begins with: what is known of the person, where they apply for themself."""
    found: dict[str, Any] = {CONTACT: {"on_behalf": on_behalf}}
    if not schema or on_behalf == "other":
        return found
    held = facts_of(person)
    for group in questions.groups(schema):
        for spec in group.fields:
            if value := held.get(spec.autofill, ""):
                day = questions.read_day(value) if spec.kind is questions.Kind.DATE else None
                found.setdefault(group.key, {})[spec.name] = f"{day:%d/%m/%Y}" if day else value
    return found
