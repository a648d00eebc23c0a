from django.apps import AppConfig


class IndicesConfig(AppConfig):
    """Judges: index sets, yearly rounds, evidence, ranks, what-if."""

    name = "motcua.indices"
    label = "indices"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Bộ chỉ số"
