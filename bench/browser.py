"""`python -P -m bench browser`: how long one what-if takes in a real browser, from the key to the drawn answer."""

import argparse
import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.db import connection
from playwright.sync_api import Page, sync_playwright

from bench import stage
from bench.measuring import say
from bench.scenes import Ground
from bench.scenes import indices as scenes
from motcua.base.errors import Refused
from motcua.indices.models import Round

LATEST: Final = Path(__file__).parent / "latest-browser.json"
PAGE: Final = Path(__file__).parent.parent / "docs" / "bench.md"
PLACE: Final = re.compile(r"(<!-- trips of latest-browser\.json -->\n).*?(<!-- end of trips -->)", re.S)
CHROMIUM: Final = os.environ.get("CHROMIUM", "/usr/bin/chromium")
MUST: Final = 100.0
"""Milliseconds that one trip may take."""
WARM: Final = 3
"""Trips that do not count on each page."""
TRIED: Final = 12
"""So many criteria are tried before the page is opened anew."""
PARTS: Final = ("waited", "answered", "drawn", "whole")
WATCH: Final = """() => {
  window.trips = [];
  let key = 0, asked = 0, came = 0;
  addEventListener("input", (event) => { key = event.timeStamp; }, true);
  document.body.addEventListener("htmx:beforeRequest", () => { asked = performance.now(); });
  document.body.addEventListener("htmx:beforeSwap", () => { came = performance.now(); });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "ket-qua") return;
    requestAnimationFrame(() => setTimeout(() => {
      const now = performance.now();
      window.trips.push({waited: asked - key, answered: came - asked, drawn: now - came, whole: now - key});
    }));
  });
}"""
"""From the event of the key to the moment after the frame in which the answer was drawn."""


class Spread(NamedTuple):
    """How long something took in milliseconds."""

    p50: float
    p90: float
    p95: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """The spread of these values."""
        ordered = sorted(values)

        def at(share: float) -> float:
            return round(ordered[min(int(share * len(ordered)), len(ordered) - 1)], 1)

        return cls(at(0.5), at(0.9), at(0.95), at(1))


def main(words: Sequence[str]) -> int:
    """Measure, print, write; 1 when a trip took longer than it may."""
    parser = argparse.ArgumentParser(prog="bench browser", description=__doc__)
    parser.add_argument("--trips", type=int, default=24, help="keys pressed on the page of each round (24)")
    parser.add_argument("--lock", type=Path, help="measure only while holding the lock on this file (a shared machine)")
    parser.add_argument("--output", type=Path, default=LATEST, help="where the figures are written")
    args = parser.parse_args(words)
    if not Path(CHROMIUM).exists():
        print(f"No browser at {CHROMIUM} (CHROMIUM names another place).", file=sys.stderr)
        return 2
    try:
        measured = measure(args.trips, args.lock)
    except Refused as refused:
        print(*refused.objections, sep="\n", file=sys.stderr)
        return 2
    args.output.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    print("\n".join(told(measured)))
    if args.output.resolve() == LATEST:
        PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return int(measured["within"] < measured["trips"])


def measure(many: int, lock: Path | None) -> dict[str, Any]:
    """Eight rounds of thirty departments by a hundred criteria; so many keys on the page of one department in each."""
    with stage.server(reuse=False, keep=False) as url:
        server = stage.demand_promises()
        load = stage.province(stage.now())
        scenes.load(load, say)
        stage.analyse()
        ground = Ground(load)
        cookie = scenes.owner(ground)
        pages = [f"{scenes.DESK}/dot/{one.pk}/thu-diem/" for one in scenes.open_rounds(ground)]
        kinds = [one.set_version.code for one in Round.objects.select_related("set_version").order_by("pk")]
        with stage.programs(url, jobs=False) as address, stage.alone(lock):  # nothing is written, no job waits
            connection.close()
            busy = stage.load_average()
            trips = _trips(address, cookie, pages, many)
    whole = [one["whole"] for one in trips]
    return {
        "commit": stage.commit(),
        "measured_at": stage.now().astimezone().isoformat(timespec="seconds"),
        "machine": stage.machine(),
        "postgresql": server["server_version"],
        "load_average": busy,
        "rounds": len(pages),
        "sets": len(set(kinds)),
        "trips": len(trips),
        "within": sum(one <= MUST for one in whole),
        "ms": {part: Spread.of([one[part] for one in trips])._asdict() for part in PARTS},
    }


def _trips(address: str, cookie: str, pages: Sequence[str], many: int) -> list[dict[str, float]]:
    found: list[dict[str, float]] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN")
        for pair in cookie.split("; "):
            name, _sign, value = pair.partition("=")
            context.add_cookies([{"name": name, "value": value, "url": address}])
        page = context.new_page()
        for path in pages:
            for begin in range(0, many, TRIED):  # one to twelve criteria are tried, as in `index_try`
                page.goto(address + path)
                page.evaluate(WATCH)
                fields = page.locator("#thu input.in").count()
                for turn in range(TRIED):
                    _press(page, (begin + turn) * 7 % fields, turn)
                found += page.evaluate("window.trips")[0 if begin else WARM :]
            say(f"  {path}: {fields} criteria")
        browser.close()
    return found


def _press(page: Page, place: int, turn: int) -> None:
    """One digit into one field, as a person types it, and the answer waited for."""
    field = page.locator("#thu input.in").nth(place)
    field.evaluate("one => { one.focus(); one.select(); }")
    page.keyboard.press("1" if field.input_value() == "0" else "0")
    page.wait_for_function("many => window.trips.length > many", arg=turn, timeout=10_000, polling=20)
    page.wait_for_timeout(60)


def filled(page: str) -> str:
    """The page of the bench with the table of what was measured last."""
    lines = "\n".join(told(json.loads(LATEST.read_text(encoding="utf-8"))))
    return PLACE.sub(lambda found: f"{found[1]}{lines}\n{found[2]}", page)


def told(measured: dict[str, Any]) -> list[str]:
    """The table of docs/bench.md."""
    machine = measured["machine"]
    names = {
        "waited": "key to request",
        "answered": "request to answer: web, database, wire",
        "drawn": "answer to picture: swap, layout, paint",
        "whole": "**key to picture**",
    }
    return [
        f"{machine['processor']}, {machine['cores']} cores; PostgreSQL {measured['postgresql']}; commit"
        f" `{measured['commit']}`, {measured['measured_at'][:16].replace('T', ' ')}, load average before"
        f" {measured['load_average']:g}.",
        "",
        "| One what-if, milliseconds | p50 | p90 | p95 | longest |",
        "|---|--:|--:|--:|--:|",
        *(
            f"| {names[part]} | {one['p50']:g} | {one['p90']:g} | {one['p95']:g} | {one['most']:g} |"
            for part, one in measured["ms"].items()
        ),
        "",
        f"{measured['within']} of {measured['trips']} trips within {MUST:g} ms.",
    ]
