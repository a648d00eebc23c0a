"""The command line of the bench: what is measured, and where the figures go."""

import argparse
import sys
from pathlib import Path

from bench import measuring, report, told, wrk
from bench.plan import Plan
from bench.results import earlier
from bench.scenes import ALL
from motcua.base.errors import Refused


def main() -> int:
    """Measure, print, write; 1 when a target is missed, 2 when nothing could be measured."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--dossiers", default="10000,100000,1000000", help="sizes, parted by commas")
    parser.add_argument("--clients", default="1,8", help="connections, parted by commas (1,8)")
    parser.add_argument("--seconds", type=float, default=10, help="how long each scene is measured (10)")
    parser.add_argument("--pile", type=int, default=1000, help="dossiers that the moves go round (1000)")
    parser.add_argument("--output", type=Path, default=report.LATEST, help="where the figures are written")
    parser.add_argument("--scenes", default="", help="only these, parted by commas (all)")
    parser.add_argument("--keep", action="store_true", help="keep the data afterwards")
    parser.add_argument(
        "--reuse", action="store_true", help="go on with the data that an earlier run kept (implies --keep)"
    )
    parser.add_argument("--no-folding", action="store_true", help="leave the fold and the rebuild out")
    parser.add_argument("--add", action="store_true", help="beside the other sizes that the output already holds")
    parser.add_argument("--lock", type=Path, help="measure only while holding the lock on this file (a shared machine)")
    args = parser.parse_args()
    if not wrk.found():
        print("wrk is not installed (Debian: apt install wrk).", file=sys.stderr)
        return 2
    plan = Plan(
        sizes=sorted(int(one) for one in args.dossiers.split(",")),
        clients=sorted(int(one) for one in args.clients.split(",")),
        scenes=[one for one in ALL if not args.scenes or one.name in args.scenes.split(",")],
        seconds=args.seconds,
        pile=args.pile,
        keep=args.keep or args.reuse,
        reuse=args.reuse,
        lock=args.lock,
        folding=not args.no_folding,
    )
    try:
        results = measuring.measure(plan, lambda results: report.write(results, args.output) if not args.add else None)
    except Refused as refused:
        print(*refused.objections, sep="\n", file=sys.stderr)
        return 2
    if args.add and args.output.exists():
        results.sizes = dict(sorted({**earlier(args.output), **results.sizes}.items()))
    report.write(results, args.output)
    if args.output.resolve().parent == told.HERE:
        told.write()
    return 0 if report.show(results) else 1
