"""The people and things of the matrix: two communes and the province, each role once, a dossier in each state that matters.

Made once per run, through the real actions. Every person of the first commune's dossiers bears words that nobody else
bears (the canaries), so that a page which shows them to a stranger is found.
"""

from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

import pypdf
from django.conf import settings
from django.test import Client

from motcua.alerts.models import Alert
from motcua.base.actors import SYSTEM
from motcua.directives.models import Directive, Evidence, Proposal, Series, Task, Urging
from motcua.documents.models import Document
from motcua.dossiers import actions as dossiers
from motcua.dossiers.models import Dossier, Draft, IssuedSlip, Scan
from motcua.indices.models import Answer as IndexAnswer
from motcua.indices.models import Evidence as IndexEvidence
from motcua.indices.models import Round
from motcua.indices.models import Target as IndexTarget
from motcua.people import actions as people
from motcua.people.models import Delegation, OneTimeCode, Person, Post
from motcua.people.rules import Registration
from motcua.people.terms import Role
from tests import make

PROJECT = "7900001"
PUBLISHED, ENDED = "2026-01", "2026-02"
"""A month that was published, and one that may be."""
APPLICANT_NAME, APPLICANT_NUMBER, APPLICANT_PHONE = "Võ Thị Chim Yến", "051185000777", "0935777888"

# Every subject of a sentence in expected.txt, as the file calls it.
ALONE = (
    "the visitor",
    "the applicant",
    "another citizen",
    "the delegate",
    "the former delegate",
    "the former clerk",
)
POSTS = ("clerk", "specialist", "unit head", "leader", "records officer", "controller", "administrator")
PLACES = ("of the commune", "of another commune")
OF_PROVINCE = ("clerk", "controller", "administrator")
SUBJECTS = (
    *ALONE,
    *(f"the {post} {place}" for place in PLACES for post in POSTS),
    *(f"the {post} of the province" for post in OF_PROVINCE),
)
ROLE_OF = {
    "clerk": Role.CLERK,
    "specialist": Role.SPECIALIST,
    "unit head": Role.UNIT_HEAD,
    "leader": Role.LEADER,
    "records officer": Role.RECORDS,
    "controller": Role.CONTROLLER,
    "administrator": Role.ADMINISTRATOR,
}
STRANGERS = frozenset(
    {"the visitor", "another citizen", "the former clerk", *(name for name in SUBJECTS if name.endswith(PLACES[1]))}
)
"""To these the applicant of the commune's dossiers is nobody's business."""


@dataclass
class World:
    """The province, its people by the name of the file, its things by theirs."""

    province: make.Province
    when: datetime
    people: dict[str, Person] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    draft: Draft | None = None
    scan: Scan | None = None
    slip: IssuedSlip | None = None
    document: Document | None = None
    code: OneTimeCode | None = None
    delegation: Delegation | None = None
    post: Post | None = None
    directive: Directive | None = None
    proposal: Proposal | None = None
    task: Task | None = None
    evidence: Evidence | None = None
    urging: Urging | None = None
    series: Series | None = None
    alert: Alert | None = None
    round: Round | None = None
    closed_round: Round | None = None
    answer: IndexAnswer | None = None
    proof: IndexEvidence | None = None
    cited: IndexEvidence | None = None
    target: IndexTarget | None = None
    tokens: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    browser: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def client(self, subject: str) -> Client:
        """The browser, with no cookie but the session of the subject (one for all: it takes long to start)."""
        self.browser.cookies.clear()
        if subject in self.sessions:
            self.browser.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[subject]
        return self.browser

    @property
    def canaries(self) -> tuple[str, ...]:
        """What belongs to the applicant of the commune and must not meet a stranger's eye."""
        return (APPLICANT_NAME, APPLICANT_NUMBER, APPLICANT_PHONE, *(one.reference for one in self.dossiers.values()))


def an_official(username: str, agency: int, role: Role) -> Person:
    """One more account in a post."""
    wish = Registration("Cán Bộ Thử", "", "", f"{username}@vidu.vn")
    person = people.register_official(wish, username=username, by=SYSTEM, at=make.SETUP)
    people.appoint(person, agency=agency, role=role, since=make.START, by=SYSTEM, at=make.SETUP)
    return person


def applicant_of(world: World) -> dossiers.Applicant:
    """The applicant, as they fill in their papers."""
    return dossiers.Applicant(
        name=APPLICANT_NAME,
        person=world.people["the applicant"].pk,
        identity_number=APPLICANT_NUMBER,
        phone=APPLICANT_PHONE,
        address="Thôn Ba, xã Ba Tơ",
    )


def a_pdf(pages: int = 1) -> bytes:
    """A small true PDF."""
    writer, out = pypdf.PdfWriter(), BytesIO()
    for _page in range(pages):
        writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return out.getvalue()
