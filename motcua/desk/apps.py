from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The officials' entrance."""

    name = "motcua.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Bàn làm việc"
