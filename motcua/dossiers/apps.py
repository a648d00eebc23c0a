from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """The work: applications from submission to result."""

    name = "motcua.dossiers"
    label = "dossiers"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Hồ sơ"

    def ready(self) -> None:
        """A citizen is shown who opened their dossiers, on the page of people."""
        from motcua.base.reads import tell_owners
        from motcua.dossiers.queries.citizens import latest_of

        tell_owners("dossiers.dossier", latest_of)
