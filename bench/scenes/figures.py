"""What leaders look at: the province by QĐ 766, their home; beside each the plain SQL that counts the same from the raw rows."""

from bench.scenes.ground import Ground, get
from bench.scenes.scene import Request, Scene, scene
from motcua.people.models import Person

SCENES: list[Scene] = []
P95 = {1: 60.0, 8: 150.0}
GROWTH = 1.5

OF_THE_MONTH = """
SELECT deciding_id, count(*), count(*) FILTER (WHERE channel = 'online'), count(*) FILTER (WHERE digitised >= papers AND papers > 0),
       count(*) FILTER (WHERE finished_at IS NOT NULL),
       count(*) FILTER (WHERE coalesce(finished_at, now()) > due_at AND status <> 'need_more' OR supplements > 1)
  FROM dossiers_dossier WHERE received_at >= date_trunc('month', now()) GROUP BY deciding_id"""
OF_THE_HOME = """
SELECT deciding_id, date_trunc('month', received_at), count(*), count(*) FILTER (WHERE finished_at IS NOT NULL),
       count(*) FILTER (WHERE finished_at::date > due_at::date),
       count(*) FILTER (WHERE status IN ('received', 'processing', 'signing', 'need_more')),
       count(*) FILTER (WHERE status IN ('received', 'processing', 'signing') AND due_at < now())
  FROM dossiers_dossier WHERE received_at >= date_trunc('month', now()) - interval '13 months' GROUP BY 1, 2"""


def _chairman(ground: Ground) -> str:
    return ground.cookie(Person.objects.get(pk=ground.load.cast.province_leaders[0].id))


@scene(SCENES, "board766", p95=P95, growth=GROWTH, counted=OF_THE_MONTH)
def board766(ground: Ground) -> list[Request]:
    """The province by QĐ 766 in this month, as the chairman sees it."""
    return [get("/ban-lam-viec/so-lieu/766/", _chairman(ground))]


@scene(SCENES, "leaders", p95=P95, growth=GROWTH, counted=OF_THE_HOME)
def leaders(ground: Ground) -> list[Request]:
    """The chairman's home of figures: tiles beside the month before, thirteen months, the days ahead, every unit."""
    return [get("/ban-lam-viec/so-lieu/", _chairman(ground))]
