from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The postman: the only outbox."""

    name = "motcua.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Tin gửi"
