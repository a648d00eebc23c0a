from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """What the state offers."""

    name = "motcua.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Thủ tục"
