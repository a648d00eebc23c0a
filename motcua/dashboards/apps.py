from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """The pages of figures: for everybody, and for those who lead."""

    name = "motcua.dashboards"
    label = "dashboards"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Số liệu"
