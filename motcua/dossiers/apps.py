from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """The work: applications from submission to result."""

    name = "motcua.dossiers"
    label = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Hồ sơ"
