"""Questions about the catalogue: what is offered on a day, what it is called, where it is found."""

from motcua.procedures.queries.catalogue import (
    Detail,
    Found,
    administered,
    contents,
    detail,
    fields_in_force,
    published,
    search,
    version_in_force,
)
from motcua.procedures.queries.differences import Difference, differences, version_before, versions_of
from motcua.procedures.queries.guides import Guide, guide
from motcua.procedures.queries.offers import Offer, PaperNeed, forget_offers, offer, steps_of
from motcua.procedures.rules.routes import StepPlan

__all__ = [
    "Detail",
    "Difference",
    "Found",
    "Guide",
    "Offer",
    "PaperNeed",
    "StepPlan",
    "administered",
    "contents",
    "detail",
    "differences",
    "fields_in_force",
    "forget_offers",
    "guide",
    "offer",
    "published",
    "search",
    "steps_of",
    "version_before",
    "version_in_force",
    "versions_of",
]
