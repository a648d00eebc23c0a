"""The words of figures. Stored values are contracts: change them by migration only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Empty(models.TextChoices):
    """What a denominator of 0 gives: no score is not 0, and the decision says which for each component."""

    NO_SCORE = "null", _("không chấm điểm")
    ZERO = "zero", _("0 điểm")
    FULL = "full", _("điểm tối đa")
