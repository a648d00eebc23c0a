from django.apps import AppConfig


class WorkdaysConfig(AppConfig):
    """When: calendars, office hours, deadlines."""

    name = "motcua.workdays"
    label = "workdays"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Lịch làm việc"
