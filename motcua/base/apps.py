from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class BaseConfig(AppConfig):
    """The ground: journal, errors, periods, files, references."""

    name = "motcua.base"
    label = "base"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Nền"

    def ready(self) -> None:
        """Load every app's reactions, so that the dispatcher knows who answers which event."""
        for config in apps.get_app_configs():
            if config.name.startswith("motcua.") and find_spec(f"{config.name}.reactions"):
                import_module(f"{config.name}.reactions")
