"""The life of one dossier, invented act by act: whatever it tells could have happened, and is checked by playing it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from motcua.base.actors import ANONYMOUS, SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.demo import catalogue, hours
from motcua.demo.hours import Hours
from motcua.demo.province import Office
from motcua.dossiers.actions import ApplicationIn
from motcua.dossiers.actions.bulk import Act, History
from motcua.dossiers.rules import days_to_answer
from motcua.dossiers.terms import Channel, Delivery, PaymentWay
from motcua.people.terms import Role
from motcua.workdays import rules as clock


@dataclass(frozen=True, slots=True)
class Fate:
    """What is to befall a dossier on its way."""

    pace: float = 0.6
    """The share of the limit that the way to the signature takes; above 1 it is late."""
    before: str = ""
    """At the one-stop: `asked` (and answered), `unanswered`, `refused`."""
    supplement: str = ""
    """In processing: `answered`, `unanswered`, `dropped` (the leader did not sign the request)."""
    ending: str = ""
    """`withdrawn` or `stopped` on the way."""
    extended: bool = False
    given_back: bool = False
    sent_back: bool = False
    favourable: bool = True
    fetched: bool = True
    stop_before: str = ""
    """Where it lies today: before `received`, `head`, `work`, `draft`, `waiting`, `check`, `sign`, `given_back`, `records`, `pickup`."""


@dataclass
class Life:
    """Acts one after the other, with the moment reached so far."""

    random: Random
    office_hours: Hours
    office: Office
    application: ApplicationIn
    clerk: Actor
    moment: datetime
    first_hands: bool = False
    """Only the first of each role acts: those whose sign-ins are printed."""
    acts: list[Act] = field(default_factory=list)

    def history(self, by: Actor, *, until: datetime) -> History:
        """What has happened of it until that moment."""
        begin = self.begin
        return History(self.application, by, begin, tuple(one for one in self.acts if one.at <= until))

    def __post_init__(self) -> None:
        self.begin = self.moment
        self.roles = [str(one.role) for one in self.application.offer.route]
        self.shares = [float(one.hours) or 0.25 for one in self.application.offer.route]
        self.unit = self.application.unit
        self.per_hour = 0.0
        self.specialist = self.clerk

    # The one-stop

    def live(self, fate: Fate, *, received_after: int, finish: int | None = None) -> None:
        """From reception to the rating, or to where the fate ends it. `finish` gives the minutes of the way itself."""
        if self.application.offer.limit == "" or self.roles == []:
            return
        if not self._begin(fate, received_after):
            return
        received = self.moment
        budget = self.office_hours.minutes_of(self.application.offer.limit, received)
        self._pay(early=True)
        if fate.stop_before == "received":
            return
        self._along(fate, minutes=finish if finish is not None else int(budget * fate.pace))
        if fate.extended:
            limit = clock.Limit.parse(self.application.offer.limit)
            self._extend(clock.due(received, limit, self.office_hours.calendar).original)

    def at_once(self, *, minutes: int) -> None:
        """Answered while the person waits."""
        self._later(minutes)
        self._pay(early=True, always=True)
        self._later(2)
        name = self.application.offer.result_name
        words = {"handed_to": self.application.applicant.name, "title": name[:200], "body": f"{name}."}
        self._add("answer_at_once", self.clerk, words)

    def _begin(self, fate: Fate, minutes: int) -> bool:
        """The one-stop looks at it; False when it goes no further."""
        self._later(minutes)
        if fate.before == "refused":
            self._add("refuse", self.clerk, {"reason": self.random.choice(catalogue.REFUSALS)})
            return False
        if fate.before:
            self._add("ask_before_receipt", self.clerk, self._request())
            if fate.before == "unanswered":
                self._close()
                return False
            self._answered()
            self._later(self.random.randint(5, 90))
        self._add("receive", self.clerk)
        return True

    def _request(self) -> dict[str, Any]:
        """What is asked for: the papers that are not there, else one that must be mended."""
        papers = self.application.papers
        lacking = [one for one in papers if one.required and not one.handed_in and not one.files]
        chosen = lacking or [self.random.choice(papers)] if papers else []
        what = self.random.choice(catalogue.MISSING)
        items = [{"paper": one.no, "name": one.name, "what": what} for one in chosen]
        items = items or [{"paper": None, "name": "Giấy tờ kèm theo", "what": what}]
        return {"reason": self.random.choice(catalogue.NEEDS), "items": items}

    def _answered(self) -> None:
        """The applicant comes back after some days with the papers."""
        asked = self.acts[-1].words.get("items") or next(
            act.words["items"] for act in reversed(self.acts) if "items" in act.words
        )
        self._come_back(self.random.randint(1, 9))
        papers = {one["paper"]: (1, 0) for one in asked if one["paper"] is not None}
        self._add("answer_supplement", self.clerk, {"channel": Channel.COUNTER, "on_paper": papers})

    def _close(self) -> None:
        """Nobody came: in the night after the last day the program closes it."""
        asked_on = day_of(self.moment)
        last = clock.add_working_days(asked_on, days_to_answer(asked_on), self.office_hours.calendar)
        night = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=self.moment.tzinfo)
        self.moment = night + timedelta(minutes=15)
        self.acts.append(Act("close_unanswered", SYSTEM, self.moment))

    def _pay(self, *, early: bool, always: bool = False) -> None:
        """The fee: nearly everybody pays when handing in at the counter, the others when they fetch the result."""
        if not self.application.offer.fee_vnd or any(one.verb == "take_payment" for one in self.acts):
            return
        counter = self.application.channel is Channel.COUNTER
        if early and not always and (not counter or self.random.random() < 0.1):
            return
        way = PaymentWay.CASH if counter and self.random.random() < 0.6 else PaymentWay.TRANSFER
        self._later(1)
        self._add("take_payment", self.clerk, {"way": way, "payer": ""})

    # Along the route

    def _along(self, fate: Fate, *, minutes: int) -> None:
        """Through the steps; the minutes are shared out as the route shares its hours, with a little luck."""
        self.per_hour = minutes / max(0.25, sum(self.shares[:-1]))
        self._spend(self.shares[0])
        self._add("hand_over", self.clerk)
        self.specialist = self._one_of(Role.SPECIALIST, self.unit)
        place: int | None = next(number for number, role in enumerate(self.roles) if role != Role.CLERK)
        while place is not None and not self._stands_at(fate.stop_before, self.roles[place], place):
            self._spend(self.shares[place])
            place, fate = self._step(place, fate)

    def _step(self, place: int, fate: Fate) -> tuple[int | None, Fate]:
        """What happens at one step: where the dossier lies then (None: nowhere on this route), and what is still to come."""
        role, following = self.roles[place], self.roles[place + 1] if place + 1 < len(self.roles) else ""
        if fate.ending and role in (Role.SPECIALIST, Role.LEADER):
            self._end_on_the_way(fate.ending)
            return None, fate
        match role:
            case Role.SPECIALIST:
                return self._work(place, fate, following)
            case Role.LEADER:
                return self._before_the_leader(place, fate)
            case Role.RECORDS:
                self._add("advance", self._records())
                if fate.stop_before != "pickup":
                    self._return(fate)
                return None, fate
            case _:
                return self._check(place, fate, following)

    def _work(self, place: int, fate: Fate, following: str) -> tuple[int | None, Fate]:
        """The specialist: perhaps asks for more papers, then drafts the result or passes it on."""
        if fate.supplement or fate.stop_before in ("draft", "waiting"):
            if not self._supplement(fate, self.specialist):
                return None, fate
            fate = replace(fate, supplement="")
            self._spend(self.shares[place] / 2)
        if following == Role.LEADER:
            self._add("submit_result", self.specialist, self._decision(fate))
        else:
            self._add("advance", self.specialist)
        return place + 1, fate

    def _check(self, place: int, fate: Fate, following: str) -> tuple[int | None, Fate]:
        """The head of the unit: assigns it; later looks through what was drafted."""
        if following == Role.SPECIALIST:
            self._add("assign", self._head(), {"to": self.specialist.id})
        elif fate.sent_back and self.roles[place - 1] == Role.SPECIALIST:
            self._add("send_back", self._head(), {"reason": self.random.choice(catalogue.STEPS_BACK)})
            return place - 1, replace(fate, sent_back=False)
        elif following == Role.LEADER:
            self._add("submit_result", self._head(), self._decision(fate))
        else:
            self._add("advance", self._head())
        return place + 1, fate

    def _before_the_leader(self, place: int, fate: Fate) -> tuple[int | None, Fate]:
        """Signed, or given back with an opinion."""
        if not fate.given_back:
            self._add("sign", self._leader())
            return place + 1, fate
        self._add("give_back", self._leader(), {"reason": self.random.choice(catalogue.OPINIONS)})
        if fate.stop_before == "given_back":
            return None, fate
        return max(n for n in range(place) if self.roles[n] == Role.SPECIALIST), replace(fate, given_back=False)

    def _stands_at(self, stage: str, role: str, place: int) -> bool:
        """Whether the life is told to stop here."""
        match stage:
            case "head":
                return role == Role.UNIT_HEAD
            case "work":
                return role == Role.SPECIALIST
            case "check":
                return role == Role.UNIT_HEAD and Role.SPECIALIST in self.roles[:place]
            case "sign":
                return role == Role.LEADER
            case "records":
                return role == Role.RECORDS
            case _:
                return False

    def _supplement(self, fate: Fate, specialist: Actor) -> bool:
        """More papers are asked for; False when the life ends or stops there."""
        self._add("draft_supplement", specialist, self._request())
        if fate.stop_before == "draft":
            return False
        self._later(self.random.randint(20, 300))
        if fate.supplement == "dropped":
            self._add(
                "drop_supplement", self._leader(), {"reason": "Giấy tờ này cơ quan tự tra cứu được, không yêu cầu."}
            )
            return True
        self._add("sign_supplement", self._leader())
        if fate.stop_before == "waiting":
            return False
        if fate.supplement == "unanswered":
            self._close()
            return False
        self._answered()
        return True

    def _end_on_the_way(self, ending: str) -> None:
        if ending == "withdrawn":
            self._add("withdraw", self.clerk, {"reason": self.random.choice(catalogue.WITHDRAWALS)})
        else:
            reason, basis = self.random.choice(catalogue.STOPS)
            self._add("stop", self._leader(), {"reason": reason, "legal_basis": basis})

    def _decision(self, fate: Fate) -> dict[str, object]:
        offer, applicant = self.application.offer, self.application.applicant
        name = applicant.business_name or applicant.name
        reason = self.random.choice(catalogue.TURNED_DOWN)
        return catalogue.decision(fate.favourable, offer.result_name, name, reason)

    def _return(self, fate: Fate) -> None:
        """The result goes to the applicant: fetched some days later, posted, or sent as a file the same day."""
        delivery = self.application.delivery
        if not fate.fetched and delivery is Delivery.COUNTER:
            return
        if delivery is Delivery.COUNTER:
            self._come_back(self.random.choice((0, 1, 1, 2, 3, 6)))
        else:
            self._later(self.random.randint(10, 240))
        self._pay(early=False)
        self._later(1)
        to = {
            Delivery.COUNTER: self.application.applicant.name,
            Delivery.POST: f"EB{self.random.randint(10**8, 10**9 - 1)}VN",
            Delivery.ONLINE: "",
        }[delivery]
        self._add("return_result", self.clerk, {"way": delivery, "handed_to": to})
        if self.random.random() < 0.3:
            self._rate(late=fate.pace > 1)

    def _rate(self, *, late: bool) -> None:
        self.moment += timedelta(minutes=self.random.randint(5, 2000))
        score = self.random.choices((1, 2, 3, 4, 5), (4, 8, 10, 6, 3) if late else (1, 1, 6, 34, 58))[0]
        comment = self.random.choice(catalogue.PRAISE if score > 3 else catalogue.COMPLAINTS)
        self.acts.append(Act("rate", ANONYMOUS, self.moment, {"score": score, "comment": comment, "by_link": True}))

    def _extend(self, due: datetime) -> None:
        """Apologise the day before the due day, if it still lies in the unit then."""
        day_before = self.office_hours.after(due, 0) - timedelta(days=1)
        moment = self.office_hours.opening(day_before.replace(hour=9, minute=self.random.randint(0, 59)))
        handed = next((one.at for one in self.acts if one.verb == "hand_over"), None)
        signed = next((one.at for one in self.acts if one.verb == "sign"), None)
        if handed is None or signed is None or not handed < moment < signed or moment >= due:
            return
        new_due = self.office_hours.after(max(due, signed), 480)
        words = {"new_due_at": new_due, "reason": self.random.choice(catalogue.APOLOGIES)}
        self.acts = sorted([*self.acts, Act("extend", self._leader(), moment, words)], key=lambda one: one.at)

    # Moments and people

    def _add(self, verb: str, by: Actor, words: dict[str, Any] | None = None) -> None:
        self.acts.append(Act(verb, by, self.moment, words or {}))

    def _later(self, minutes: int) -> None:
        self.moment = self.office_hours.after(self.moment, max(1, minutes))

    def _spend(self, share: float) -> None:
        self._later(int(share * self.per_hour * self.random.uniform(0.7, 1.15)))

    def _come_back(self, days: int) -> None:
        """The person comes to the counter some working days later."""
        later = self.office_hours.after(self.moment, days * 480 + 30)
        wanted = self.office_hours.opening(hours.at_counter(self.random, day_of(later)))
        self.moment = wanted if wanted > later else self.office_hours.after(later, self.random.randint(1, 40))

    def _head(self) -> Actor:
        return self._one_of(Role.UNIT_HEAD, self.unit)

    def _leader(self) -> Actor:
        return self._one_of(Role.LEADER, self.office.authority)

    def _records(self) -> Actor:
        return self._one_of(Role.RECORDS, self.office.authority)

    def _one_of(self, role: Role, office: int) -> Actor:
        people = self.office.people(role, office)
        return people[0] if self.first_hands else self.random.choice(people)


def clerk_of(random: Random, office: Office) -> Actor:
    """Who stands at the counter that day."""
    return random.choice(office.people(Role.CLERK, office.one_stop))
