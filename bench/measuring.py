"""The order of a bench: load, start, measure each scene at each number of clients, wait for the worker, the raw limit."""

import re
import sys
from collections.abc import Callable
from itertools import cycle, islice

from django.db import connection

from bench import folding, indices, raw, stage, wrk
from bench.load import Load
from bench.plan import Plan
from bench.report import Results
from bench.scenes import Ground, Request, Scene, Turn
from bench.wire import call
from motcua.base.errors import Refused
from motcua.dossiers.models import Dossier

WARM_SECONDS = 2
REBUILT_UP_TO = 100_000
"""With more dossiers what was loaded is folded once; to fold it all a second time would tell nothing new."""
WARM_CALLS = 32
"""So many before statements are counted, so that every process and thread of the web has read what it keeps in memory."""
COUNTED = 9
"""So many requests of a scene are looked at for their statements; the middle one is told."""
DOSSIER = re.compile(rb'href="/ban-lam-viec/ho-so/([0-9A-Z]{16})/')


def measure(plan: Plan, each: Callable[[Results], None]) -> Results:
    """Everything, on one server; `each` is told what there is after every size, so that a run broken off is not lost."""
    with stage.server(reuse=plan.reuse, keep=plan.keep) as url:
        results = Results(plan, server=stage.demand_promises(), machine=stage.machine())
        load = Load.saved(stage.SAVED) if plan.reuse else _loaded(plan)
        for size in plan.sizes:
            say(f"{size:,} dossiers …")
            before = len(load.sketched)
            load.up_to(size, say)
            for needed in dict.fromkeys(one.needs for one in plan.scenes if one.needs):
                needed(load, say)
            if plan.keep:
                load.save(stage.SAVED)
            folded = results.at(size).folded = folding.Folded()
            results.at(size).loaded = load.sketched[-1] if len(load.sketched) > before else None
            folding.loaded(folded, stage.now())
            say(f"  {folded.folded_entries:,} entries folded, {folded.folded_per_second:,} a second")
            stage.analyse()
            if plan.folding and (size <= REBUILT_UP_TO or not folded.folded_entries):
                say("  the rebuild …")
                folding.rebuilt(folded, stage.now())
            ground = Ground(load)  # its people sign in now: a session of before ten million dossiers is over
            with stage.programs(url) as address, stage.caught_up(), stage.alone(plan.lock):
                results.at(size).load_average = stage.load_average()
                results.at(size).seconds = plan.seconds
                results.at(size).commit = stage.commit()
                results.at(size).measured_at = stage.now().astimezone().isoformat(timespec="seconds")
                results.at(size).dossiers = Dossier.objects.count()
                folded.counted_ms = folding.counted(plan.scenes)
                _scenes(plan, ground, address, size, results)
                if plan.folding:
                    say("  the fold beside what is written …")
                    folded.next_request = folding.in_the_next_request(ground, address)
                    folding.keeps_up(ground, address, folded)
                say("  waiting for the worker …")
                results.at(size).worker_seconds = stage.seconds_until_worker_is_done()
                say("  the raw limit …")
                for one in plan.scenes:
                    if one.raw:
                        results.at(size).raw[one.name] = raw.limit(one, ground, seconds=plan.seconds)
            each(results)
        results.indices = indices.figures()
        results.loaded_per_second = round(load.written / max(0.001, load.seconds), 1)
    return results


def _loaded(plan: Plan) -> Load:
    say("the province …")
    load = stage.province(stage.now())
    load.pile(plan.pile)
    return load


def _scenes(plan: Plan, ground: Ground, address: str, size: int, results: Results) -> None:
    """Every scene at every number of clients: what reads before what writes, so that each reads the same rows."""
    here = results.at(size)
    for writes in (False, True):
        made = {one.name: (one, one.requests(ground)) for one in plan.scenes if one.writes is writes}
        for name, (scene, requests) in made.items():
            here.statements[name] = _count(scene, requests, address)
        for clients in plan.clients:
            for name, (scene, requests) in made.items():
                if writes:
                    requests = scene.requests(ground)  # what was written changed what can be asked
                connection.close()
                if not writes:  # every process and thread of the web has seen the scene before it is measured
                    wrk.run(address, requests, clients=max(8, clients), seconds=WARM_SECONDS)
                figure = wrk.run(address, requests, clients=clients, seconds=plan.seconds)
                here.figures.setdefault(clients, {})[name] = figure
                say(f"  {name:<12}{clients:>3} clients: {figure}")
                wrk.settle(0.5)


def _count(scene: Scene, requests: list[Request], address: str) -> int:
    """The statements of a usual request, once what lies in memory has been read; and whether it answers as it should."""
    step = max(1, len(requests) // COUNTED)
    chosen = requests[::step][:COUNTED]
    if scene.writes:
        call(address, chosen[0])
        if isinstance(chosen[0], Turn):
            chosen = chosen[1:]  # the first has moved
    else:
        chosen = list(islice(cycle(chosen), COUNTED))
        for one in islice(cycle(chosen), WARM_CALLS):
            call(address, one)
    found = []
    for one in chosen:
        number, text = call(address, one)
        shown = len(set(DOSSIER.findall(text)))
        if shown < scene.shows:
            raise Refused(f"{scene.name}: {shown} dossiers on the page, {scene.shows} expected")
        found.append(number)
    return sorted(found)[len(found) // 2]


def say(text: str) -> None:
    """To whoever waits."""
    print(text, file=sys.stderr, flush=True)
