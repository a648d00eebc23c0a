from django.apps import AppConfig


class IndicesConfig(AppConfig):
    """Judges: index sets, yearly rounds, evidence, ranks, what-if."""

    name = "motcua.indices"
    label = "indices"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Bộ chỉ số"

    def ready(self) -> None:
        """The page of roles shows the table of this app."""
        from motcua.indices.table_of_roles import tables
        from motcua.people.terms import show_tables

        show_tables(self.label, tables)
