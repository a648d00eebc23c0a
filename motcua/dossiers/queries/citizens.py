"""What citizens ask about their own: drafts, dossiers by signed link or by code and phone, what is asked of them."""

from typing import Final

from django.db.models import Case, Q, QuerySet, When
from django.utils.crypto import constant_time_compare

from motcua.base import prepared
from motcua.base.prepared import Prepared
from motcua.base.text import squeeze
from motcua.dossiers.models import Dossier, Draft, IssuedSlip, Rating, Result, Supplement
from motcua.dossiers.terms import Slip

MOST_DRAFTS: Final = 50
PUBLIC_SLIPS: Final = (Slip.M01, Slip.M02, Slip.M03, Slip.M04, Slip.M05, Slip.RECEIPT)
"""Slips that are the applicant's own; the control slip M06 stays in the house."""


def drafts_of(person: int) -> QuerySet[Draft]:
    """What a person began and has not handed in, the latest first."""
    return Draft.objects.filter(person=person, dossier__isnull=True).order_by("-changed_at", "-pk")[:MOST_DRAFTS]


def draft_of(reference: str, person: int) -> Draft | None:
    """A draft of this person; somebody else's does not exist for them."""
    return Draft.objects.filter(reference=reference, person=person).select_related("dossier", "agency").first()


def tracked(reference: str) -> Dossier | None:
    """The dossier behind a signed link, with what its page needs."""
    return _TRACKED.first(reference=reference)


def own_dossier(reference: str, person: int) -> Dossier | None:
    """A dossier that this person handed in."""
    return _with_all().filter(reference=reference, applicant=person).first()


def latest_of(person: int) -> list[int | str]:
    """The keys of what a person handed in last: of these they are told who opened them."""
    return list(Dossier.objects.filter(applicant=person).order_by("-pk").values_list("pk", flat=True)[:MOST_DRAFTS])


def by_code_and_phone(code: str, last_digits: str) -> Dossier | None:
    """The dossier whose code (ours, its reference, or the national portal's) and last four digits of the phone fit.

    A wrong pair and an unknown code give the same answer; a dossier without a phone opens by its signed link only.
    """
    found = None
    for one in _called(code):
        if constant_time_compare(one.phone[-4:], last_digits) and len(one.phone) >= 8:
            found = found or one
    return found


def one_name_of(code: str) -> str:
    """By what tries for this code are counted: all names of one dossier are one; what nobody knows goes by itself."""
    return next((one.reference for one in _called(code)), squeeze(code).replace(" ", "").upper()[:60])


def _called(code: str) -> list[Dossier]:
    """At most five that the code may mean."""
    wanted = squeeze(code).replace(" ", "")[:60]
    if not wanted:
        return []
    upper = wanted.upper()
    same = Q(code=upper) | Q(reference=upper) | Q(outside_code=wanted) | Q(outside_code=upper)
    own = Q(code=upper) | Q(reference=upper)  # its own name goes before a code that another dossier was given elsewhere
    rows = Dossier.objects.filter(same).order_by(Case(When(own, then=0), default=1), "-pk")
    return list(rows.only("pk", "reference", "phone")[:5])


def public_slips(dossier: Dossier) -> list[IssuedSlip]:
    """The slips issued to the applicant, oldest first."""
    return _PUBLIC_SLIPS.all(dossier=dossier.pk)


def requests_of(dossier: Dossier) -> list[Supplement]:
    """The signed requests for more papers, oldest first; there are two at most."""
    return list(Supplement.objects.filter(dossier=dossier, signed_at__isnull=False).order_by("signed_at", "pk"))


def asked_now(dossier: Dossier) -> Supplement | None:
    """The signed request for more papers that still waits for its answer."""
    return next((one for one in requests_of(dossier) if one.answered_at is None), None)


def result_of(dossier: Dossier) -> Result | None:
    """The signed decision; None before the signature."""
    return _SIGNED_RESULT.first(dossier=dossier.pk)


def rating_of(dossier: Dossier) -> Rating | None:
    """What the applicant thought of it, if they have said."""
    return _RATING.first(dossier=dossier.pk)


def _with_all() -> QuerySet[Dossier]:
    return Dossier.objects.select_related("application", "procedure", "procedure_version", "case").defer(
        *("procedure_version__source", "procedure_version__steps_text", "procedure_version__search_text"),
        *("procedure_version__form_schema", "procedure_version__conditions", "application__answers"),
    )


_THIS: Final = prepared.number("dossier")
_TRACKED: Final = Prepared(lambda: _with_all().filter(reference=prepared.text("reference")))
_PUBLIC_SLIPS: Final = Prepared(
    lambda: IssuedSlip.objects.filter(dossier=_THIS, kind__in=PUBLIC_SLIPS).select_related("file").order_by("pk")[:50]
)
_SIGNED_RESULT: Final = Prepared(
    lambda: Result.objects.filter(dossier=_THIS, signed_at__isnull=False).select_related("document")
)
_RATING: Final = Prepared(lambda: Rating.objects.filter(dossier=_THIS))
