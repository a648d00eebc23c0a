"""Pages that only read: the official's list, search and dossier, the citizen's track page."""

from urllib.parse import quote_plus, urlsplit

from bench.scenes.ground import Ground, get
from bench.scenes.scene import Request, Scene, scene
from motcua.base.text import unaccented
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import track_url

SCENES: list[Scene] = []
P95 = {1: 60.0, 8: 150.0}
GROWTH = 1.5
PAGE = 50


@scene(SCENES, "worklist", p95=P95, growth=GROWTH, statements=8, shows=PAGE)
def worklist(ground: Ground) -> list[Request]:
    """A specialist's inbox, a full page of 50."""
    return [get("/ban-lam-viec/", ground.cookie(ground.specialist))]


@scene(SCENES, "search", p95=P95, growth=GROWTH, statements=8, shows=1)
def search(ground: Ground) -> list[Request]:
    """A clerk looks for 40 % full names, 20 % family names, 20 % beginnings of codes, 20 % names without accents."""
    offices = [ground.office.authority, ground.office.one_stop]
    known = Dossier.objects.filter(deciding__in=offices, code__isnull=False).order_by("-pk")
    rows = list(known.values_list("applicant_name", "code")[:2000])
    found: list[Request] = []
    for number in range(200):
        name, code = ground.random.choice(rows)
        match number % 5:
            case 0 | 1:
                words = name
            case 2:
                words = name.split(" ")[0]
            case 3:
                words = code[:-2]
            case _:
                words = unaccented(name)
        found.append(get(f"/ban-lam-viec/tim/?q={quote_plus(words)}", ground.cookie(ground.clerk)))
    return found


@scene(SCENES, "dossier", p95=P95, statements=14)
def dossier(ground: Ground) -> list[Request]:
    """An official's page of one dossier: papers, history, the due date explained, the moves; 300 dossiers in turn."""
    rows = Dossier.objects.filter(deciding=ground.office.authority, code__isnull=False).order_by("-pk")
    references = list(rows.values_list("reference", flat=True)[:2000])
    chosen = ground.random.sample(references, min(300, len(references)))
    return [get(f"/ban-lam-viec/ho-so/{one}/", ground.cookie(ground.specialist)) for one in chosen]


@scene(SCENES, "track", p95=P95)
def track(ground: Ground) -> list[Request]:
    """The page behind a slip's QR code, with the due date explained; 300 dossiers in turn."""
    rows = Dossier.objects.filter(deciding=ground.office.authority, code__isnull=False).order_by("-pk")
    return [get(urlsplit(track_url(one)).path) for one in rows[:300]]
