"""Text from citizens' pages into values; nothing here knows the database."""

from motcua.dossiers.public.forms.applying import (
    ApplyForm,
    ContactForm,
    DeclareForm,
    PapersForm,
    typed_contact,
)
from motcua.dossiers.public.forms.questions import GroupForm, typed_group
from motcua.dossiers.public.forms.tracking import AnswerForm, RateForm, TrackForm, WithdrawForm

__all__ = [
    "AnswerForm",
    "ApplyForm",
    "ContactForm",
    "DeclareForm",
    "GroupForm",
    "PapersForm",
    "RateForm",
    "TrackForm",
    "WithdrawForm",
    "typed_contact",
    "typed_group",
]
