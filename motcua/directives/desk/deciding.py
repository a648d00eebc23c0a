"""Each decision about a proposal: the form it needs, and the one action it makes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from motcua.base.actors import Actor
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.directives import actions
from motcua.directives.actions import ProposalIn
from motcua.directives.desk.forms.reading import MergeForm, PartForm, ProposalForm, RejectForm
from motcua.directives.desk.loading import sent
from motcua.directives.desk.parties import agencies_in, as_text
from motcua.directives.desk.reader_page import accept_form
from motcua.directives.models import Directive, Proposal
from motcua.directives.rules.locating import find_words
from motcua.directives.terms import UNDECIDED, Field, Recurrence, Urgency
from motcua.organisations import queries as organisations
from motcua.people.http import PersonRequest

PARTS: Final = 3
"""Rows offered for splitting; two must be filled."""

PARTS_SET: Final = forms.formset_factory(PartForm, extra=0, max_num=PARTS)

Told = tuple[str, Proposal | None]
"""What to say, and the card to open; None: the next that waits."""


@dataclass(frozen=True)
class Way:
    """One decision."""

    form: Callable[[PersonRequest, Directive, Proposal], Any]
    make: Callable[..., Told]

    @staticmethod
    def is_valid(form: Any) -> bool:
        """A form, or a set of forms."""
        return bool(form.is_valid())


def _accept_form(request: PersonRequest, one: Directive, proposal: Proposal) -> forms.Form:
    return accept_form(one, proposal, by=request.actor, at=request.now, data=sent(request)[0])


def _accept(proposal: Proposal, form: forms.Form, *, by: Actor, at: datetime) -> Told:
    values = dict(form.cleaned_data)
    values["field"], values["urgency"] = Field(values["field"]), Urgency(values["urgency"])
    made = actions.accept_proposal(proposal, **values, by=by, at=at)
    names = organisations.names_on([one.lead_id for one in made], day_of(at), short=True)
    if len(made) == 1:
        return _("Đã giao %(code)s cho %(lead)s.") % {"code": made[0].code, "lead": names[made[0].lead_id]}, None
    return _("Đã giao %(n)d nhiệm vụ, mỗi cơ quan một nhiệm vụ.") % {"n": len(made)}, None


def _edit_form(request: PersonRequest, one: Directive, proposal: Proposal) -> forms.Form:
    day = one.issued_on or day_of(request.now)
    initial = {
        "title": proposal.title,
        "lead": as_text(proposal.lead, day, suggest=True),
        "partners": as_text(proposal.partners, day),
        "due_on": proposal.due_on,
        "recurrence": proposal.recurrence,
        "target": proposal.target,
    }
    return ProposalForm(sent(request)[0], initial=initial)


def _edit(proposal: Proposal, form: forms.Form, *, by: Actor, at: datetime) -> Told:
    actions.edit_proposal(proposal, _change(proposal, form, at), by=by, at=at)
    return _("Đã sửa, chờ xác nhận."), proposal


def _change(proposal: Proposal, form: forms.Form, at: datetime) -> ProposalIn:
    """What the person changed; names they left alone keep what they were resolved to."""
    values, one = form.cleaned_data, proposal.directive
    day = one.issued_on or day_of(at)
    lead = _agencies(one, values["lead"], at) if values["lead"].strip() != as_text(proposal.lead, day) else None
    typed = squeeze(values["partners"])
    partners = _agencies(one, typed, at) if typed != as_text(proposal.partners, day) else None
    return ProposalIn(
        title=values["title"],
        lead=lead,
        partners=partners,
        due_on=values["due_on"],
        no_due=values["due_on"] is None and proposal.due_on is not None,
        recurrence=Recurrence(values["recurrence"]),
        target=values["target"],
    )


def _agencies(one: Directive, text: str, at: datetime) -> tuple[int, ...]:
    """The agencies typed, by the day of the document, else by today; `Refused` with a sentence for each unknown name."""
    today = day_of(at)
    found, unknown = agencies_in(text, root=one.root_id, days=(one.issued_on or today, today))
    if unknown:
        raise Refused(unknown)
    return found


def _split_form(request: PersonRequest, one: Directive, proposal: Proposal) -> Any:
    halves = [*_halves(proposal.title), "", ""][:PARTS]
    initial = [{"title": half, "due_on": proposal.due_on if half else None} for half in halves]
    return PARTS_SET(sent(request)[0], initial=initial, prefix="p")


def _halves(title: str) -> list[str]:
    """Where a sentence of two tasks is most likely cut: at a semicolon, a full stop, or a comma near its middle."""
    for sign in ("; ", ". ", ", đồng thời ", ", "):
        cuts = [place for place in range(len(title)) if title.startswith(sign, place)]
        if cuts:
            cut = min(cuts, key=lambda place: abs(place - len(title) // 2))
            rest = title[cut + len(sign) :].strip()
            return [title[:cut].strip(), rest[:1].upper() + rest[1:]]
    return [title]


def _split(proposal: Proposal, form: Any, *, by: Actor, at: datetime) -> Told:
    filled = [one.cleaned_data for one in form.forms if one.cleaned_data["title"].strip()]
    parts = [
        ProposalIn(
            title=one["title"],
            lead=_agencies(proposal.directive, one["lead"], at) if one["lead"].strip() else None,
            due_on=one["due_on"],
            no_due=one["due_on"] is None,
        )
        for one in filled
    ]
    made = actions.split_proposal(proposal, parts, by=by, at=at)
    return _("Đã tách thành %(n)d nhiệm vụ đề xuất.") % {"n": len(made)}, made[0]


def _merge_form(request: PersonRequest, one: Directive, proposal: Proposal) -> forms.Form:
    rows = (
        Proposal.objects.filter(directive=one, state__in=UNDECIDED)
        .exclude(pk=proposal.pk)
        .order_by("start", "no", "pk")
    )
    near = sorted(rows, key=lambda row: abs(row.start - proposal.start))[:8]
    choices = [(row.pk, row.title) for row in sorted(near, key=lambda row: (row.start, row.no, row.pk))]
    return MergeForm(sent(request)[0], others=choices)


def _merge(proposal: Proposal, form: forms.Form, *, by: Actor, at: datetime) -> Told:
    others = list(Proposal.objects.filter(directive=proposal.directive_id, pk__in=form.cleaned_data["others"]))
    made = actions.merge_proposals([proposal, *others], title=form.cleaned_data["title"], by=by, at=at)
    return _("Đã gộp %(n)d nhiệm vụ đề xuất thành một.") % {"n": len(others) + 1}, made


def _reject_form(request: PersonRequest, one: Directive, proposal: Proposal) -> forms.Form:
    return RejectForm(sent(request)[0])


def _reject(proposal: Proposal, form: forms.Form, *, by: Actor, at: datetime) -> Told:
    actions.reject_proposal(proposal, reason=form.cleaned_data["words"], by=by, at=at)
    return _("Đã bỏ một nhiệm vụ đề xuất."), None


WAYS: Final = {
    "nhan": Way(_accept_form, _accept),
    "sua": Way(_edit_form, _edit),
    "tach": Way(_split_form, _split),
    "gop": Way(_merge_form, _merge),
    "bo": Way(_reject_form, _reject),
}


def add(one: Directive, values: dict[str, Any], *, by: Actor, at: datetime) -> Proposal:
    """A proposal that a person found: its stretch is where the text spells the words they copied."""
    place = find_words(one.text, values["quote"])
    if place is None:
        raise Refused(_("Không thấy đoạn này trong văn bản. Chép nguyên văn một đoạn liền nhau."))
    change = ProposalIn(
        title=values["title"].strip() or None,
        lead=_agencies(one, values["lead"], at),
        partners=_agencies(one, values["partners"], at),
        due_on=values["due_on"],
        recurrence=Recurrence(values["recurrence"]),
        target=values["target"],
        start=place.start,
        end=place.end,
    )
    return actions.add_proposal(one, change, by=by, at=at)
