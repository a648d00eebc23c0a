"""What every page knows of the place it serves."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """The province, its telephone for help, and whether this is the demonstration."""
    return {
        "province": settings.MOTCUA_PROVINCE,
        "hotline": settings.MOTCUA_HOTLINE,
        "is_demo": settings.MOTCUA_DEMO,
    }
