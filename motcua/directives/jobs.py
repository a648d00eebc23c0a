"""What happens to tasks by the clock."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.directives import actions


@app.periodic(cron="30 0 * * *")  # 07:30 in Viet Nam
@app.task(queueing_lock="directives-morning", pass_context=False)
def morning(timestamp: int) -> None:
    """Each morning: open the periods of recurring tasks, send what the ladder says, on Mondays the weekly lists."""
    actions.morning(at=timezone.now())
