from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    """What leaders ask for, followed to its end."""

    name = "motcua.directives"
    label = "directives"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Nhiệm vụ, chỉ đạo"
