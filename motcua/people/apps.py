from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, posts held over time, roles, delegation, sign-in."""

    name = "motcua.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Con người"
