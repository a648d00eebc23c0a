"""What is written: an application handed in, a dossier moved one step along its route."""

from bench.scenes.ground import Ground, post
from bench.scenes.scene import Request, Scene, Turn, scene
from motcua.demo import catalogue
from motcua.demo.sheets import scans
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Channel, Status
from motcua.people.terms import Role
from motcua.procedures.queries import Offer, PaperNeed
from motcua.procedures.terms import OnlineFiling

SCENES: list[Scene] = []
ANSWERS, FILES = 12, 2
CITIZENS, EACH = 8, 25


@scene(SCENES, "submit", writes=True, rate=(130, 400), raw=True)
def submit(ground: Ground) -> list[Request]:
    """Citizens hand in online: 12 answers validated, two files already uploaded, an idempotency key each."""
    wish, offer = _filed_online(ground)
    numbers = [one.no for one in _of_paper(offer)][:FILES]
    found: list[Request] = []
    for person in ground.load.cast.citizens[:CITIZENS]:
        secret = ground.secret(person.pk)
        sent = [ground.send(secret, name, pdf) for name, pdf in list(scans())[:FILES]]
        papers = [{"no": no, "files": [file]} for no, file in zip(numbers, sent, strict=True)]
        for _n in range(EACH):
            made = ground.load.applications.make(ground.office, wish, Channel.ONLINE, at=ground.load.year.now)
            body = {
                "procedure": wish.code,
                "case": offer.case_code,
                "agency": ground.office.code,
                "applicant": {
                    "name": made.applicant.name,
                    "phone": made.applicant.phone,
                    "identity_number": made.applicant.identity_number,
                    "address": made.applicant.address,
                },
                "answers": made.answers,
                "papers": papers,
                "delivery": "online",
            }
            found.append(post("/api/v1/dossiers", body, secret))
    return found


def _filed_online(ground: Ground) -> tuple[catalogue.Wish, Offer]:
    """The first procedure that is filed here and asks at least so many questions and no more papers than are sent."""
    applications, now = ground.load.applications, ground.load.year.now
    for wish in catalogue.COMMUNE_WISHES:
        offer = applications.offer(wish.code, Channel.ONLINE, now)
        if offer.channel != Channel.ONLINE or offer.online_filing != OnlineFiling.OWN or not offer.form_schema:
            continue
        made = applications.make(ground.office, wish, Channel.ONLINE, at=now)
        answers = sum(len(group) for group in made.answers.values())
        needed, known = [one for one in _of_paper(offer) if one.required], _of_paper(offer)
        if answers >= ANSWERS and len(needed) <= FILES <= len(known):
            return wish, offer
    raise LookupError("no procedure of the fixture is filed here with twelve questions and two papers")


def _of_paper(offer: Offer) -> list[PaperNeed]:
    """What the applicant sends as files, what is required first."""
    return sorted((one for one in offer.papers if one.originals or one.copies), key=lambda one: not one.required)


@scene(SCENES, "move", writes=True, rate=(150, 400), statements=14, raw=True)
def move(ground: Ground) -> list[Request]:
    """One step of the route with a key and the version seen: on where the specialist has it, back where the head has it."""
    found: list[Request] = []
    lying = Dossier.objects.filter(pk__in=ground.load.moving, status=Status.PROCESSING)
    for one in lying.order_by("pk"):
        path, version = f"/api/v1/dossiers/{one.reference}/moves/", 'If-Match: "@V@"'
        on = post(path + "advance", {}, ground.secret(one.assignee_id or ground.specialist.pk), version)
        later = post(path + "advance", {}, ground.secret(ground.specialist.pk), version)
        back = post(path + "send_back", {"reason": "Xem lại bản vẽ."}, ground.secret(ground.head.pk), version)
        if one.turn == Role.SPECIALIST:
            found.append(Turn(one.version, on, back))
        elif one.turn == Role.UNIT_HEAD:
            found.append(Turn(one.version, back, later))
    return found
