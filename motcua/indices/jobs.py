"""What happens to rounds by the clock."""

from datetime import datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.indices import actions
from motcua.indices.models import Round
from motcua.indices.terms import Stage


@app.periodic(cron="40 0 * * *")  # 07:40 in Viet Nam
@app.task(queueing_lock="indices-morning", pass_context=False)
def morning(timestamp: int) -> None:
    """Each morning: remind owners, appraisers and organisers whose last day is near."""
    morning_at(timezone.now())


def morning_at(at: datetime) -> int:
    """The morning as of that moment; a second run of the same day does nothing."""
    waiting = Round.objects.exclude(stage__in=[Stage.PREPARING.value, Stage.PUBLISHED.value]).order_by("pk")
    return sum(actions.remind(round_, at=at) for round_ in waiting)
