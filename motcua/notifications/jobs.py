"""The worker that carries messages out of the house, and the timers that wake it."""

import smtplib
from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from motcua.base.files import read_stored
from motcua.notifications import actions
from motcua.notifications.models import Message
from motcua.notifications.rules import Verdict
from motcua.notifications.terms import Channel

BATCH = 50
Answer = tuple[Verdict, str]


def deliver(batch: int = BATCH, *, clock: Callable[[], datetime] = timezone.now) -> int:
    """Send one batch of due messages; how many were taken in hand. Safe to run in many processes at once."""
    held = actions.lease(most=batch, at=clock())
    line = _Line()
    try:
        for one in held:
            if not actions.renew(one, at=clock()):
                continue
            verdict, error = line.send(one.message)
            actions.settle(one, verdict, at=clock(), error=error)
    finally:
        line.close()
    return len(held)


class _Line:
    """One connection to the mail server for a batch, opened when the first letter needs it."""

    def __init__(self) -> None:
        self.connection: BaseEmailBackend | None = None

    def send(self, message: Message) -> Answer:
        """Hand one message over, and what the world said."""
        if message.channel == Channel.SMS:
            return _send_sms(message)
        return self._send_mail(message)

    def _send_mail(self, message: Message) -> Answer:
        try:
            if self.connection is None:
                self.connection = get_connection(fail_silently=False)
                self.connection.open()
        except (OSError, smtplib.SMTPException) as error:
            self.connection = None
            return Verdict.LATER, str(error)
        try:
            self.connection.send_messages([letter(message)])
        except smtplib.SMTPServerDisconnected as error:
            self.connection = None
            return Verdict.UNKNOWN, str(error)
        except smtplib.SMTPRecipientsRefused as error:
            return _of_code(max(code for code, _text in error.recipients.values()), str(error))
        except smtplib.SMTPResponseException as error:
            return _of_code(error.smtp_code, str(error))
        except TimeoutError as error:
            self.connection = None
            return Verdict.UNKNOWN, str(error)
        except (OSError, smtplib.SMTPException) as error:
            self.connection = None
            return Verdict.LATER, str(error)
        except ValueError as error:
            return Verdict.NEVER, str(error)
        return Verdict.TAKEN, ""

    def close(self) -> None:
        """Say goodbye; a line that is already dead needs none."""
        if self.connection is not None:
            try:
                self.connection.close()
            except (OSError, smtplib.SMTPException):
                self.connection = None


def letter(message: Message) -> EmailMessage:
    """The letter with our own id as its Message-ID: a repeat is recognised by every mail server on the way."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{message.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    subject = " ".join(message.subject.split())
    made = EmailMessage(subject, message.body, settings.DEFAULT_FROM_EMAIL, [message.address], headers=headers)
    if message.file is not None:
        made.attach(message.file.name, read_stored(message.file), message.file.media_type)
    return made


def _of_code(code: int, text: str) -> Answer:
    return (Verdict.NEVER if 500 <= code < 600 else Verdict.LATER), text


def _send_sms(message: Message) -> Answer:
    if not settings.SMS_GATEWAY:
        return Verdict.NEVER, "Chưa cấu hình nơi gửi tin nhắn (SMS_GATEWAY)."
    gateway: Callable[[str, str, str], None] = import_string(settings.SMS_GATEWAY)
    try:
        gateway(str(message.pk), message.address, message.body)
    except TimeoutError as error:
        return Verdict.UNKNOWN, str(error)
    except OSError as error:
        return Verdict.LATER, str(error)
    return Verdict.TAKEN, ""


@app.periodic(cron="* * * * * */5")  # the sixth field is the second
@app.task(queue="messages", queueing_lock="notifications.deliver_due", pass_context=False)
def deliver_due(timestamp: int) -> None:
    """Every five seconds: send what is due, batch after batch, until nothing is left."""
    while deliver() == BATCH:
        pass
