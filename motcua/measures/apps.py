from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Counts: live figures folded from the journal, declared once, each of them open into its rows."""

    name = "motcua.measures"
    label = "measures"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Số liệu"
