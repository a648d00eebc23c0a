"""From rows to the plain facts that the rules speak of."""

from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef

from motcua.base import prepared
from motcua.base.actors import SYSTEM, Actor
from motcua.base.clock import day_of
from motcua.base.prepared import Prepared
from motcua.dossiers import rules
from motcua.dossiers.models import Dossier, Paper, Rating, Result, Scan, Supplement
from motcua.dossiers.queries.offices import authority_of, offices_of
from motcua.dossiers.terms import Move, Payment, Status, Turn
from motcua.people.models import Person
from motcua.people.terms import Role
from motcua.procedures.models import Case, ProcedureVersion


class Option(NamedTuple):
    """A move with all reasons against it: an open or a closed button."""

    move: Move
    objections: list[str]

    @property
    def open(self) -> bool:
        return not self.objections


@lru_cache(maxsize=20_000)
def words_of_version(version: int) -> tuple[str, int, bool]:
    """Code and number of a published version, and whether it is answered at once; published versions never change."""
    row = ProcedureVersion.objects.values_list("procedure__code", "number", "answered_at_once").get(pk=version)
    return (row[0], row[1], row[2])


@lru_cache(maxsize=20_000)
def words_of_case(case: int | None) -> str:
    """The code of a case; `""` for a procedure without cases."""
    return "" if case is None else str(Case.objects.values_list("code", flat=True).get(pk=case))


def step_role(dossier: Dossier, step: int) -> str:
    """The role of a step of the route in force at reception; `""` beyond its ends."""
    route = dossier.application.route
    return str(route[step - 1]["role"]) if 0 < step <= len(route) else ""


def situation(dossier: Dossier, *, by: Actor, at: datetime, move: Move | None = None) -> rules.Situation:
    """What the rules need to know; facts that only one move asks for are fetched when that move, or none, is named."""
    day = day_of(at)
    offices = offices_of(by, day)
    asked = _asked(dossier) if move in _ASKS or move is None else None
    return rules.Situation(
        status=dossier.state,
        roles=frozenset({rules.SYSTEM_ROLE}) if by is SYSTEM else by.roles,
        turn=dossier.turn,
        own_office=bool(offices & {dossier.receiving_id, dossier.deciding_id, dossier.holding_id}),
        own_turn_office=by.agency is not None and dossier.holding_id in (by.agency, authority_of(by.agency, day)),
        assignee_name=_other_assignee(dossier, by),
        is_applicant=by.id is not None and by.id == dossier.applicant_id,
        at=at,
        missing_papers=missing_papers(dossier)
        if move in _RECEIVES or (move is None and dossier.status == Status.SUBMITTED)
        else (),
        answered_at_once=words_of_version(dossier.procedure_version_id)[2],
        supplements=dossier.supplements if asked is None else int(not asked.before_receipt),
        supplement_drafted=dossier.supplement_drafted,
        supplement_number=asked.number if asked else "",
        answer_until=asked.answer_by if asked else None,
        extended=dossier.extended,
        fee_due_vnd=dossier.fee_vnd if dossier.payment == Payment.DUE else 0,
        next_role=step_role(dossier, dossier.step + 1),
        first_step=dossier.step <= first_office_step(dossier),
        result_file=move is not Move.SIGN or Result.objects.filter(dossier=dossier).exists(),
        rated=move in (Move.RATE, None)
        and dossier.status in _RATED
        and Rating.objects.filter(dossier=dossier).exists(),
    )


_RECEIVES = (Move.RECEIVE, Move.ANSWER_AT_ONCE)
_ASKS = (Move.DRAFT_SUPPLEMENT, Move.CLOSE_UNANSWERED)
_RATED = (Status.DONE, Status.RETURNED, Status.REFUSED)


def first_office_step(dossier: Dossier) -> int:
    """The first step that is not the one-stop's: a step back never leads to the counter."""
    for number, one in enumerate(dossier.application.route, start=1):
        if one["role"] != Role.CLERK:
            return number
    return 1


def _asked(dossier: Dossier) -> Supplement | None:
    """The last signed request, if any: fetched only when there is one."""
    if not dossier.supplements:
        return None
    return Supplement.objects.filter(dossier=dossier, signed_at__isnull=False).order_by("-signed_at", "-pk").first()


def _other_assignee(dossier: Dossier, by: Actor) -> str:
    if dossier.assignee_id is None or dossier.assignee_id in (by.id, by.acting_for):
        return ""
    ((name,),) = _NAME.all(pk=dossier.assignee_id)
    return str(name)


_NAME: Final = Prepared(lambda: Person.objects.filter(pk=prepared.number("pk")).values_list("full_name"))


def missing_papers(dossier: Dossier) -> tuple[str, ...]:
    """The required papers that were neither handed in on paper nor attached."""
    rows = papers_read(dossier)
    return tuple(one.name for one in rows if one.required and not one.handed_in and not one.scanned)


def papers_read(dossier: Dossier) -> list[Any]:
    """The papers in their order, each with `scanned`; read once for one act, and anew under the next lock."""
    if "_papers_read" not in dossier.__dict__:
        rows = Paper.objects.filter(dossier=dossier).order_by("no", "pk")
        scans = Scan.objects.filter(paper=OuterRef("pk"))
        dossier.__dict__["_papers_read"] = list(rows.annotate(scanned=Exists(scans)))
    found: list[Any] = dossier.__dict__["_papers_read"]
    return found


def forget_papers(dossier: Dossier) -> None:
    """Read the papers anew at the next question."""
    dossier.__dict__.pop("_papers_read", None)


def options(dossier: Dossier, *, by: Actor, at: datetime) -> list[Option]:
    """The moves a person of these roles could ever make, open ones and closed ones with all reasons.

    A move whose role the person never holds is left out: what they could never do is no button (language of design, §4).
    """
    now = situation(dossier, by=by, at=at)
    found = []
    for move, path in rules.PATHS.items():
        mine = path.roles & set(by.roles) - {rules.APPLICANT}
        if not mine or move in (Move.SUBMIT, Move.RATE):
            continue
        found.append(Option(move, rules.objections(move, now)))
    return sorted(found, key=lambda one: (not one.open, list(rules.PATHS).index(one.move)))


def relevant_options(dossier: Dossier, *, by: Actor, at: datetime) -> list[Option]:
    """`options` without the closed moves that belong to another time of the dossier's life."""
    return [one for one in options(dossier, by=by, at=at) if one.open or dossier.state in rules.PATHS[one.move].sources]


def place(dossier: Dossier, role: str) -> int:
    """The office where a step of that role is done: the one-stop, the unit, or the authority itself."""
    match role:
        case Turn.CLERK:
            return dossier.receiving_id
        case Turn.LEADER | Turn.RECORDS:
            return dossier.deciding_id
        case _:
            return dossier.unit_id
