from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Who: agencies over time."""

    name = "motcua.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Cơ quan"
