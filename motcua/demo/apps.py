from django.apps import AppConfig


class DemoConfig(AppConfig):
    """A demonstration province, built by real actions."""

    name = "motcua.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Tỉnh mẫu"
