"""Targets beside figures; what is missed is printed with its reason."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.results import AtSize, Results
from bench.scenes import Scene
from bench.wrk import Figure

LATEST = Path(__file__).with_name("latest.json")
WORKER_SECONDS = 10.0
A_SECOND, LARGE = 50_000, 50_000
"""Entries a second of the load, the fold and the rebuild; fewer entries than so many tell nothing of it."""
WRITTEN, MOST_MIB = 475.0, 512
"""Entries a second that must really have been written for the fold to have kept up with 500; memory of the fold."""
FULL = 0.9
"""From here on the cores, not the disk or locks, are what a scene waits for."""


@dataclass(frozen=True)
class Line:
    """One target."""

    what: str
    target: str
    figure: str
    met: bool
    near: str = ""
    why: str = ""


def lines(results: Results) -> list[Line]:
    """Every target, by number of dossiers and scene."""
    found = []
    for size, here in results.sizes.items():
        for one in results.plan.scenes:
            found += [*_rate(one, size, here), *_pages(one, size, here), *_statements(one, size, here)]
        rest = here.worker_seconds
        figure = f"{rest:g} s" if rest is not None else "not within 60 s"
        what = f"the worker has nothing left to do, {size:,} dossiers"
        found.append(Line(what, f"≤ {WORKER_SECONDS:g} s", figure, rest is not None and rest <= WORKER_SECONDS))
        found += [*_loaded(size, here), *_folded(size, here)]
    for one in results.plan.scenes:
        found += _growth(one, results)
    for index in results.indices:
        if index.target is not None:
            found.append(Line(f"index: {index.name}", f"≤ {index.target:g} ms", f"{index.took:.2f} ms", index.met))
    return found


def _loaded(size: int, here: AtSize) -> Iterator[Line]:
    if here.loaded is None or here.loaded.entries < LARGE:
        return
    one = here.loaded
    bare = one.entries / max(0.1, one.seconds - one.indexes_seconds)
    near = f"{one.entries:,} entries; {bare:,.0f}/s before the indexes were made in {one.indexes_seconds:g} s"
    yield Line(
        f"load, up to {size:,} dossiers", f"≥ {A_SECOND:,}/s", f"{one.per_second:,}/s", one.per_second >= A_SECOND, near
    )


def _folded(size: int, here: AtSize) -> Iterator[Line]:
    one = here.folded
    if one is None:
        return
    at = f"{size:,} dossiers"
    for what, entries, rate in (
        ("fold of what was loaded", one.folded_entries, one.folded_per_second),
        ("rebuild", one.rebuilt_entries, one.rebuilt_per_second),
    ):
        if entries >= LARGE:
            near = f"{entries:,} entries, at most {one.peak_mib} MiB of memory of its own"
            yield Line(f"{what}, {at}", f"≥ {A_SECOND:,}/s", f"{rate:,.0f}/s", rate >= A_SECOND, near)
    if one.peak_mib:
        yield Line(f"memory of the fold, {at}", f"≤ {MOST_MIB} MiB", f"{one.peak_mib} MiB", one.peak_mib <= MOST_MIB)
    if one.next_request is not None:
        shown = "yes" if one.next_request else "no"
        yield Line(f"a dossier is in the next request, {at}", "20 of 20", shown, one.next_request)
        rest = one.settled_seconds
        told = f"{rest:g} s" if rest is not None else "not within 60 s"
        near = f"at {one.written_per_second:g} entries/s, at most {one.most_unfolded:,} not folded; slowest page {one.page_ms:g} ms"
        met = rest is not None and rest <= WORKER_SECONDS and one.written_per_second >= WRITTEN
        yield Line(f"the fold keeps up, {at}", f"≤ {WORKER_SECONDS:g} s", told, met, near)


def _rate(scene: Scene, size: int, here: AtSize) -> Iterator[Line]:
    if scene.rate is None:
        return
    (must, aim), clients = scene.rate, max(here.figures)
    figure, bare = here.figures[clients][scene.name], here.raw.get(scene.name)
    near = f"{figure.per_second / aim:.0%} of the aim of {aim:g}/s"
    if bare and bare.per_second:
        near += f", {figure.per_second / bare.per_second:.0%} of the raw {bare.per_second:g}/s"
    met = figure.per_second >= must and figure.sound
    what = f"{scene.name}, {size:,} dossiers, {clients} clients"
    yield Line(what, f"≥ {must:g}/s", f"{figure.per_second:g}/s", met, near, "" if met else why(figure))


def _pages(scene: Scene, size: int, here: AtSize) -> Iterator[Line]:
    for clients, most in scene.p95.items():
        if clients not in here.figures:
            continue
        figure = here.figures[clients][scene.name]
        met = figure.p95_ms <= most and figure.sound
        near = f"aim {most / 2:g} ms {'met' if figure.p95_ms <= most / 2 else 'not met'}"
        if here.folded and (plain := here.folded.counted_ms.get(scene.name)):
            near += f"; plain SQL over raw rows {plain:g} ms"
        what = f"{scene.name}, {size:,} dossiers, {clients} client{'s' * (clients > 1)}: p95"
        yield Line(what, f"≤ {most:g} ms", f"{figure.p95_ms:g} ms", met, near, "" if met else why(figure))


def _statements(scene: Scene, size: int, here: AtSize) -> Iterator[Line]:
    if scene.statements is not None:
        number = here.statements[scene.name]
        what = f"{scene.name}, {size:,} dossiers: statements"
        yield Line(what, f"≤ {scene.statements}", str(number), number <= scene.statements)


def _growth(scene: Scene, results: Results) -> Iterator[Line]:
    small, large = min(results.sizes), max(results.sizes)
    if scene.growth is None or small == large:
        return
    both = results.at(small).figures.keys() & results.at(large).figures.keys()
    for clients in sorted(both):
        before, after = (results.at(size).figures[clients][scene.name] for size in (small, large))
        ratio = after.p50_ms / before.p50_ms if before.p50_ms else 0.0
        met = ratio <= scene.growth
        reason = "" if met else f"p50 {before.p50_ms:g} → {after.p50_ms:g} ms"
        what = f"{scene.name}, {small:,} → {large:,}, {clients} client{'s' * (clients > 1)}"
        yield Line(what, f"≤ {scene.growth:g} ×", f"{ratio:.2f} ×", met, "", reason)


def why(figure: Figure) -> str:
    """What the figures themselves say about a miss."""
    if not figure.sound:
        return f"{figure.refused} refused and {figure.broken} broken of {figure.requests} requests"
    each = figure.cores_busy * figure.cores * 1000 / max(figure.per_second, 0.1)
    if figure.cores_busy >= FULL:
        return f"all cores are full: {each:.1f} ms of a core for each request, wrk and PostgreSQL included"
    return f"cores {figure.cores_busy:.0%} busy, {each:.1f} ms of a core a request: it waits for the disk or for locks"


def show(results: Results) -> bool:
    """Print all figures and the targets; whether every target is met."""
    heads = ("dossiers", "clients", "req/s", "p50 ms", "p95 ms", "cores", "statements", "raw/s")
    print(f"\n{'scene':<12}" + "".join(f"{one:>11}" for one in heads))
    for size, here in results.sizes.items():
        for clients, figures in here.figures.items():
            for name, one in figures.items():
                bare = here.raw.get(name)
                cells = (f"{size:,}", clients, f"{one.per_second:g}", f"{one.p50_ms:g}", f"{one.p95_ms:g}")
                more = (f"{one.cores_busy:.0%}", here.statements[name], f"{bare.per_second:g}" if bare else "")
                print(f"{name:<12}" + "".join(f"{cell:>11}" for cell in (*cells, *more)))
    judged = lines(results)
    print(f"\n{'target':<58}{'must':>10}{'figure':>14}  met")
    for line in judged:
        print(f"{line.what:<58}{line.target:>10}{line.figure:>14}  {'yes' if line.met else 'NO '}  {line.near}")
        if line.why:
            print(f"{'':<58}because {line.why}")
    for size, here in results.sizes.items():
        for name, bare in here.raw.items():
            if bare.why_not:
                print(f"The raw limit of {name} at {size:,} was not measured: {bare.why_not}")
        if here.load_average > 0.5:
            print(
                f"With {size:,} dossiers the machine was not quiet before the run: load average {here.load_average:g}."
            )
    missed = [one for one in judged if not one.met]
    print(f"\n{len(judged) - len(missed)} of {len(judged)} targets met.")
    return not missed


def write(results: Results, path: Path) -> None:
    """`bench/latest.json`: the same figures for programs, with commit, machine and moment."""
    answer = {
        "machine": results.machine,
        "server": results.server,
        "loaded_per_second": results.loaded_per_second,
        "scenes": {one.name: one.note for one in results.plan.scenes},
        "sizes": {str(size): asdict(here) for size, here in results.sizes.items()},
        "indices": [one._asdict() for one in results.indices],
        "targets": [asdict(one) for one in lines(results)],
    }
    path.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
