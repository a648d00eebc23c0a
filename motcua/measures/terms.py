"""The words of figures. Stored values are contracts: change them by migration only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Empty(models.TextChoices):
    """What a denominator of 0 gives: no score is not 0, and the decision says which for each component."""

    NO_SCORE = "null", _("không chấm điểm")
    ZERO = "zero", _("0 điểm")
    FULL = "full", _("điểm tối đa")


class Part(models.TextChoices):
    """In which part an agency is counted: it decides, it took the dossier in, or it has it on the desk."""

    DECIDING = "deciding", _("giải quyết")
    RECEIVING = "receiving", _("tiếp nhận")
    HOLDING = "holding", _("đang giữ")
