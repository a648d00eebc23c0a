"""Publishing a period: its figures are frozen word for word, hashed, signed; a correction stands beside, never over it."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.base import journal
from motcua.base.actors import Actor
from motcua.base.checkpoints import public_bytes, signing_key
from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.base.text import squeeze
from motcua.measures.events import PeriodPublished
from motcua.measures.models import Publication
from motcua.measures.queries import publications
from motcua.measures.rules import publishing as rules
from motcua.measures.rules.periods import Period
from motcua.organisations.rules import Version


@transaction.atomic
def publish(
    period: Period, *, top: Version, seen: str, title: str = "", reason: str = "", by: Actor, at: datetime
) -> Publication:
    """Freeze the figures of an ended period. `seen` is the hash of what the person looked at before: nothing else is signed.

    Where the period was published before, this is a correction: it needs a name, a reason and a difference.
    """
    if by.id is None:
        raise Refused(_("Chỉ người có tài khoản mới công bố được."))
    with connection.cursor() as cursor:  # two who publish the same period stand in line
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [publications.stream_of(period.text)])
    before = Publication.objects.filter(period=period.text).order_by("-revision").first()
    content = publications.content_of(top, period, at=at)
    moved = before is None or rules.figures_hash(rules.content_in(before.content)) != rules.figures_hash(content)
    revision = rules.FIRST if before is None else before.revision + 1
    title, reason = squeeze(title)[:200], reason.strip()[:2000]
    if found := rules.objections(
        ended=period.last < day_of(at), revision=revision, title=title, reason=reason, moved=moved
    ):
        raise Refused(found)
    if seen != rules.figures_hash(content):
        raise Refused(_("Số liệu vừa thay đổi so với lúc xem trước. Xem lại rồi công bố."))
    words = {"title": title, "reason": reason} if before else {"title": "", "reason": ""}
    head = {"revision": revision, **words, "before_sha256": before.sha256 if before else ""}
    return _signed(rules.text_of({**head, **content}), period, revision, words, by=by, at=at)


def _signed(text: str, period: Period, revision: int, words: dict[str, str], *, by: Actor, at: datetime) -> Publication:
    key = signing_key()
    assert by.id is not None
    kept = Publication.objects.create(
        period=period.text,
        revision=revision,
        content=text,
        sha256=rules.hash_of(text),
        signature=key.sign(text.encode()),
        public_key=public_bytes(key.public_key()).hex(),
        by=by.id,
        at=at,
        **words,
    )
    event = PeriodPublished(period=period.text, revision=revision, sha256=kept.sha256, public_key=kept.public_key)
    journal.record(event, stream=publications.stream_of(period.text), by=by, at=at)
    return kept
