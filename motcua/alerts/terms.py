"""The words of alerts. Stored values are contracts: change them by migration only."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.people.terms import Role


class Sort(models.TextChoices):
    """How a figure is held against its threshold."""

    ABOVE = "above", _("cao hơn ngưỡng")
    BELOW = "below", _("thấp hơn ngưỡng")
    GROWTH = "growth", _("tăng hơn ngưỡng, tính bằng phần trăm so với nhiều ngày trước")


class Act(models.TextChoices):
    """What a person may do about alerts."""

    ACKNOWLEDGE = "acknowledge", _("Ghi đã xem")
    PROPOSE = "propose", _("Giao việc")
    SET = "set", _("Đặt ngưỡng")


ACTS: Final[Mapping[Act, frozenset[Role]]] = MappingProxyType(
    {
        Act.ACKNOWLEDGE: frozenset({Role.LEADER, Role.CONTROLLER}),
        Act.PROPOSE: frozenset({Role.LEADER, Role.CONTROLLER}),
        Act.SET: frozenset({Role.CONTROLLER}),
    }
)
"""Which roles may do it, each for the offices they answer for."""
