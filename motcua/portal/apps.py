from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The citizens' entrance."""

    name = "motcua.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Cổng người dân"
