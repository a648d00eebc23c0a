from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    """What leaders ask for, followed to its end."""

    name = "motcua.directives"
    label = "directives"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Nhiệm vụ, chỉ đạo"

    def ready(self) -> None:
        """The page of roles shows the tables of this app."""
        from motcua.directives.table_of_roles import tables
        from motcua.people.terms import show_tables

        show_tables(self.label, tables)
