"""Questions about the catalogue: what is offered on a day, what it is called, where it is found."""

from motcua.procedures.queries.catalogue import (
    Detail,
    Found,
    detail,
    fields_in_force,
    published,
    search,
    version_in_force,
)
from motcua.procedures.queries.guides import Guide, guide
from motcua.procedures.queries.offers import Offer, PaperNeed, StepPlan, forget_offers, offer

__all__ = [
    "Detail",
    "Found",
    "Guide",
    "Offer",
    "PaperNeed",
    "StepPlan",
    "detail",
    "fields_in_force",
    "forget_offers",
    "guide",
    "offer",
    "published",
    "search",
    "version_in_force",
]
