"""What happens to alerts by the clock."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.alerts import actions


@app.periodic(cron="5 0 * * *")  # 07:05 in Viet Nam
@app.task(queueing_lock="alerts-look", pass_context=False)
def look(timestamp: int) -> None:
    """Each morning: hold every watched figure against its threshold."""
    actions.look(at=timezone.now())
