from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Slips and signed results."""

    name = "motcua.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Văn bản"
