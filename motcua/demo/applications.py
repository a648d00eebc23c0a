"""Applications that could have been handed in: applicant, papers, answers to the questions of the form."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from random import Random
from typing import Any

from stdnum.vn import mst

from motcua.base.errors import Refused
from motcua.demo import names
from motcua.demo.catalogue import BUSINESSES, Wish
from motcua.demo.province import ECONOMY, Cast, Office
from motcua.dossiers import queries as dossiers
from motcua.dossiers.actions import Applicant, ApplicationIn, PaperIn
from motcua.dossiers.terms import Channel, Delivery
from motcua.people.models import Person
from motcua.procedures import queries as catalogue
from motcua.procedures.queries import Offer
from motcua.procedures.rules import forms
from motcua.procedures.terms import OnlineFiling


class Applications:
    """Makes them, each with an applicant of its own."""

    def __init__(self, random: Random, cast: Cast, *, scans: Sequence[int], today: date) -> None:
        self.random, self.cast, self.scans, self.today = random, cast, scans, today
        self.number = 1000
        self._offers: dict[tuple[str, str, str, date], Offer] = {}
        self._cases: dict[int, list[str]] = {}
        self._questions: dict[int, list[forms.FieldSpec]] = {}

    def offer(self, code: str, channel: Channel, day: date) -> Offer:
        """What the procedure offers in that half of the year, in one of its cases; at the counter where the channel is not open."""
        first = date(day.year, 1 if day.month < 7 else 7, 1)
        try:
            base = self._offer(code, "", channel, first)
        except Refused:
            return self.offer(code, Channel.COUNTER, day)
        if channel is Channel.ONLINE and base.online_filing != OnlineFiling.OWN:
            return self.offer(code, Channel.COUNTER, day)
        if base.version_id not in self._cases:
            self._cases[base.version_id] = [one for one, _name in dossiers.cases_of(base.version_id)]
        cases = self._cases[base.version_id]
        return self._offer(code, self.random.choice(cases), channel, first) if len(cases) > 1 else base

    def _offer(self, code: str, case: str, channel: Channel, day: date) -> Offer:
        key = (code, case, str(channel), day)
        if key not in self._offers:
            self._offers[key] = catalogue.offer(code, case=case or None, channel=str(channel), day=day)
        return self._offers[key]

    def make(
        self,
        office: Office,
        wish: Wish,
        channel: Channel,
        *,
        at: datetime,
        receiving: int | None = None,
        person: Person | None = None,
        lacking: bool = False,
    ) -> ApplicationIn:
        """One application to that office; where it is `lacking`, one required paper is missing."""
        offer = self.offer(wish.code, channel, at.date())
        unit = office.units.get(ECONOMY if wish.department else wish.unit) or office.authority
        self.number += 1
        who = names.invented(
            self.random, self.number, place=office.place, highland=office.highland, year=self.today.year
        )
        online = offer.channel == Channel.ONLINE
        delivery = Delivery.COUNTER
        if online or offer.channel == Channel.POST:
            delivery = Delivery.ONLINE if online and self.random.random() < 0.7 else Delivery.POST
        applicant = self._applicant(who, wish, person)
        return ApplicationIn(
            offer=offer,
            channel=Channel(offer.channel),
            receiving=receiving or office.one_stop,
            deciding=office.authority,
            unit=unit,
            applicant=applicant,
            subject=offer.name,
            answers=self._answers(offer, who, applicant) if offer.form_schema else {},
            papers=self._papers(offer, lacking=lacking and not offer.answered_at_once),
            delivery=delivery,
            delivery_address=applicant.address if delivery is Delivery.POST else "",
            outside_code=self._outside_code(at) if not online and self.random.random() < 0.12 else "",
        )

    def _applicant(self, who: names.Invented, wish: Wish, person: Person | None) -> Applicant:
        if person is not None:
            return Applicant(
                name=person.full_name,
                person=person.pk,
                identity_number=person.identity_number,
                phone=person.phone,
                address=person.address,
            )
        made = Applicant(name=who.name, identity_number=who.identity, phone=who.phone, address=who.address)
        if wish.code in BUSINESSES:
            given = who.name.rsplit(" ", 1)[-1]
            name = f"Công ty TNHH {self.random.choice(names.SHOPS)} {given} Mẫu"
            return replace(made, business_name=name, tax_code=self._tax_code())
        if self.random.random() < 0.04:
            other = names.full_name(self.random, woman=not who.woman, highland=False)
            return replace(made, proxy_name=other, proxy_paper="Giấy ủy quyền có chứng thực")
        return made

    def _tax_code(self) -> str:
        """Ten digits with the right check digit, of a block that begins with 999."""
        for number in range(self.number * 7, self.number * 7 + 11):
            front = f"999{number % 1_000_000:06d}"
            try:
                return front + str(mst.calc_check_digit(front))
            except (ValueError, KeyError):
                continue
        return ""

    def _outside_code(self, at: datetime) -> str:
        """As the national portal writes it."""
        return f"G22.99.99-{at:%y%m%d}-{self.number % 10_000:04d}"

    def _papers(self, offer: Offer, *, lacking: bool) -> tuple[PaperIn, ...]:
        online = offer.channel == Channel.ONLINE
        required = [one.no for one in offer.papers if one.required]
        away = self.random.choice(required) if required and lacking else None
        found = []
        for one in offer.papers:
            there = one.no != away and (one.required or self.random.random() < 0.25)
            scanned = there and (online or self.random.random() < 0.6)
            found.append(
                PaperIn(
                    no=one.no,
                    name=one.name,
                    need=one.id,
                    required=one.required,
                    handed_in=there and not online,
                    originals=one.originals if there and not online else 0,
                    copies=(one.copies or int(not one.originals)) if there and not online else 0,
                    files=(self.random.choice(self.scans),) if scanned and self.scans else (),
                )
            )
        return tuple(found)

    def _answers(self, offer: Offer, who: names.Invented, applicant: Applicant) -> dict[str, Any]:
        """Every question that must be answered, and what is known of the person."""
        known = {
            "name": applicant.name,
            "identity_number": applicant.identity_number,
            "phone": applicant.phone,
            "address": applicant.address,
            "sex": "female" if who.woman else "male",
            "birth_date": f"{self.today.year - who.age}-{self.random.randint(1, 12):02d}-{self.random.randint(1, 28):02d}",
        }
        answers: dict[str, Any] = {}
        if offer.version_id not in self._questions:
            self._questions[offer.version_id] = [
                one for group in forms.groups(offer.form_schema) for one in group.fields
            ]
        for one in self._questions[offer.version_id]:
            if (one.required or one.autofill) and forms.asked(one, answers):
                answers[one.key] = self._answer(one, known)
        found: dict[str, Any] = {}
        for key, value in answers.items():
            group, _dot, name = key.partition(".")
            found.setdefault(group, {})[name] = value
        return found

    def _answer(self, one: forms.FieldSpec, known: dict[str, str]) -> Any:
        fact = known.get(one.autofill.removeprefix("person."))
        if fact:
            return fact
        match one.kind:
            case forms.Kind.CHOICE:
                return one.choices[0][0]
            case forms.Kind.CHOICES:
                return [one.choices[0][0]]
            case forms.Kind.YES_NO:
                return True
            case forms.Kind.NUMBER:
                return one.example or str(one.minimum or 1)
            case forms.Kind.DATE:
                return f"{self.today.year - self.random.randint(1, 30)}-{self.random.randint(1, 12):02d}-15"
            case forms.Kind.IDENTITY:
                return names.identity_number(self.number + 500_000, woman=True, born=1990)
            case forms.Kind.PHONE:
                return known["phone"]
            case forms.Kind.EMAIL:
                return "mau@vidu.vn"
            case _:
                return one.example or self._words(one, known)

    def _words(self, one: forms.FieldSpec, known: dict[str, str]) -> str:
        """A plain answer to a question that names no example."""
        if "name" in one.name:
            return known["name"]
        return "Kinh" if one.name == "ethnic" else "Việt Nam" if one.name == "nationality" else "Theo giấy tờ kèm theo"
