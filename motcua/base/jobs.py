"""What the ground does by the clock: sign the journal, answer what happened, remove what belongs to nothing."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.base import attempts, checkpoints, dispatch, files


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="journal-checkpoint", pass_context=False)
def sign_checkpoint(timestamp: int) -> None:
    """Sign the heads of all streams that moved in the last minute."""
    checkpoints.take_checkpoint(at=timezone.now())


@app.periodic(cron="* * * * * */2")  # the sixth field is the second
@app.task(queueing_lock="journal-dispatch", pass_context=False)
def answer_events(timestamp: int) -> None:
    """Run the reactions to everything committed since the last time."""
    now = timezone.now()
    while dispatch.dispatch(at=now):
        pass
    dispatch.retry_failed(at=now)


@app.periodic(cron="40 19 * * *")  # 02:40 in Viet Nam
@app.task(queueing_lock="base-sweep-files", pass_context=False)
def sweep_files(timestamp: int) -> None:
    """Each night: uploads that nobody came to refer to."""
    files.sweep(at=timezone.now())


@app.periodic(cron="45 19 * * *")  # 02:45 in Viet Nam
@app.task(queueing_lock="base-sweep-attempts", pass_context=False)
def sweep_attempts(timestamp: int) -> None:
    """Each night: who tried which door, as soon as it counts no more."""
    attempts.sweep_attempts(at=timezone.now())
