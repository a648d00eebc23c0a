from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """What those who lead are told without asking: alerts by declared thresholds, and a letter each Monday."""

    name = "motcua.alerts"
    label = "alerts"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Cảnh báo"

    def ready(self) -> None:
        """The page of roles shows the table of this app."""
        from motcua.alerts.table_of_roles import tables
        from motcua.people.terms import show_tables

        show_tables(self.label, tables)
