"""The words of the outbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """The way a message takes. Telephone messages need a gateway that the province configures."""

    MAIL = "mail", _("Thư điện tử")
    IN_APP = "in_app", _("Trên trang này")
    SMS = "sms", _("Tin nhắn")


class State(models.TextChoices):
    """Where a message stands; nothing is ever dropped."""

    WAITING = "waiting", _("chờ gửi")
    LEASED = "leased", _("đang gửi")
    SENT = "sent", _("đã gửi")
    UNKNOWN = "unknown", _("chưa rõ đã tới chưa")
    PARKED = "parked", _("chưa gửi được, chờ người xem")
