from django.apps import AppConfig


class UiConfig(AppConfig):
    """The look: one design language for every page."""

    name = "motcua.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Giao diện"
