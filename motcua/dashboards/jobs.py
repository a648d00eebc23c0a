"""What these pages send by the clock."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.dashboards import weekly


@app.periodic(cron="20 0 * * 1")  # Mondays, 07:20 in Viet Nam, after the look at the thresholds
@app.task(queueing_lock="dashboards-letters", pass_context=False)
def letters(timestamp: int) -> None:
    """Each Monday: the letter to those who lead."""
    weekly.write_letters(at=timezone.now())
