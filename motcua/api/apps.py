from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The machines' entrance."""

    name = "motcua.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Giao diện lập trình"
