"""What is forgotten at night: codes and sessions that are over, with the names and words in them."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.people import actions


@app.periodic(cron="17 20 * * *")  # 03:17 in Viet Nam
@app.task(queueing_lock="people.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Nightly: one-time codes a day after their end, sessions whose cookie has run out."""
    now = timezone.now()
    actions.sweep_codes(at=now)
    actions.sweep_sessions(at=now)
