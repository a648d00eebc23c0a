"""What the ground does every minute and in between: sign the journal, answer what happened."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.base import checkpoints, dispatch


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="journal-checkpoint", pass_context=False)
def sign_checkpoint(timestamp: int) -> None:
    """Sign the heads of all streams that moved in the last minute."""
    checkpoints.take_checkpoint(at=timezone.now())


@app.periodic(cron="*/2 * * * * *")
@app.task(queueing_lock="journal-dispatch", pass_context=False)
def answer_events(timestamp: int) -> None:
    """Run the reactions to everything committed since the last time."""
    now = timezone.now()
    while dispatch.dispatch(at=now):
        pass
    dispatch.retry_failed(at=now)
