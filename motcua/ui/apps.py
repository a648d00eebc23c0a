from django.apps import AppConfig
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """The look: one design language for every page."""

    name = "motcua.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Giao diện"

    def ready(self) -> None:
        """What is too long is told in our words on every form: how much fits, how much there is, what to do."""
        too_long = _("Nhiều nhất %(limit_value)s chữ cái, đang có %(show_value)s: viết gọn lại.")
        MaxLengthValidator.message = too_long
