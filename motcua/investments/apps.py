from django.apps import AppConfig


class InvestmentsConfig(AppConfig):
    """Disbursement of public investment: projects, capital plans, what was paid out by when."""

    name = "motcua.investments"
    label = "investments"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Giải ngân vốn đầu tư công"
