"""What is stored of a dossier."""

from motcua.dossiers.models.acts import Extension, FeeReceipt, IssuedSlip, Note, Paper, Rating, Result, Scan, Supplement
from motcua.dossiers.models.dossier import Application, Dossier, DossierQuerySet, KeptReception
from motcua.dossiers.models.keys import CodeCounter, Draft, Submission

__all__ = [
    "Application",
    "CodeCounter",
    "Dossier",
    "DossierQuerySet",
    "Draft",
    "Extension",
    "FeeReceipt",
    "IssuedSlip",
    "KeptReception",
    "Note",
    "Paper",
    "Rating",
    "Result",
    "Scan",
    "Submission",
    "Supplement",
]
