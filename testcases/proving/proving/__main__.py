"""Command line of the proving ground; see README.md."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from . import gate, ledger, tables
from .corpus import HERE, PROJECT, CorpusError, Places, all_units
from .ledger import LedgerError
from .operators import OPERATORS, load_all
from .run import measure, say
from .tools import Outcome, So2check, all_tools


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="prove", description="Recall and precision of so2check beside other checkers.")
    commands = top.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="make mutants, run the checkers, write the tables")
    run.add_argument("--seed", type=int, default=1)
    run.add_argument("--per-operator", type=int, default=12, help="mutants an operator (12)")
    run.add_argument("--peers-per-operator", type=int, default=6, help="of these, how many the other checkers see (6)")
    run.add_argument("--most-lines", type=int, default=2000, help="no mutants of longer files (2000)")
    run.add_argument("--tools", default="", help="by commas; default: all")
    run.add_argument("--operators", default="", help="by commas, beginnings of names; default: all")
    run.add_argument("--results", type=Path, help="folder for table.md, table.tsv, misses.tsv")
    triage = commands.add_parser("triage", help="findings on the untouched drivers that the ledger lacks, or has as false")
    check = commands.add_parser("gate", help="the fixed slice: recall did not drop, nothing false came back")
    check.add_argument("--record", action="store_true", help="choose the slice anew and record what is found")
    for command in (run, triage, check):
        command.add_argument("--sources", type=Path, required=True, help="folder that corpus/fetch.sh filled")
        command.add_argument("--work", type=Path, required=True, help="folder for mutants and interim results")
        command.add_argument("--so2check", type=Path, default=PROJECT / "build" / "so2check")
        command.add_argument("--jobs", type=int, default=2)
    publish = commands.add_parser("publish", help="check the tables of a run in: results/, docs and README")
    publish.add_argument("results", type=Path, help="folder of the run's tables")
    commands.add_parser("operators", help="list the operators and why each makes a bug")
    return top


def list_operators() -> int:
    for operator in load_all().values():
        print(f"{operator.id} ({operator.group}, {operator.system})\n    {operator.why}\n    rules: {' '.join(sorted(operator.rules))}")
    return 0


def chosen(args: argparse.Namespace) -> dict:
    load_all()
    starts = tuple(args.operators.split(",")) if args.operators else ("",)
    return {name: op for name, op in OPERATORS.items() if name.startswith(starts)}


def run(args: argparse.Namespace) -> int:
    places = Places.below(args.sources)
    tools = all_tools(args.so2check.resolve(), places.linux / "scripts" / "coccinelle")
    if args.tools:
        tools = [tool for tool in tools if tool.name in args.tools.split(",")]
    results = measure(all_units(places), chosen(args), tools, args.work.resolve(), seed=args.seed,
                      per_operator=args.per_operator, peers_per_operator=args.peers_per_operator,
                      most_lines=args.most_lines, jobs=args.jobs)
    seen = ledger.match(results.originals.get("so2check", {}), ledger.read_all(HERE / "ledger"))
    tables.write(args.results or args.work / "results", results, seen)
    print(tables.markdown(results, seen))
    say(f"{results.wall / 60:.0f} minutes, {results.reused} results of an earlier run reused")
    return report_untriaged(seen)


def publish(folder: Path) -> int:
    for name in ("table.md", "table.tsv"):
        (HERE / "results" / name).write_text((folder / name).read_text(encoding="utf-8"), encoding="utf-8")
    tables.splice(PROJECT / "docs" / "proving-ground.md", (folder / "table.md").read_text(encoding="utf-8"))
    tables.splice(PROJECT / "README.md", (folder / "short.md").read_text(encoding="utf-8"))
    return 0


def report_untriaged(seen: list[ledger.Seen]) -> int:
    for item in seen:
        if item.verdict is None:
            print(f"untriaged: {item.unit}:{item.line}: {item.severity}: {item.message} [{item.rule}] in {item.function}, {item.fingerprint}")
    return 1 if any(item.verdict is None for item in seen) else 0


def report_failed(outcomes: dict[str, Outcome]) -> None:
    """Of a driver that was not analysed nothing is known: neither that it has no finding, nor that it brought no sanitizer to speak."""
    failed = {key: outcome.failed for key, outcome in outcomes.items() if outcome.failed}
    for key, why in sorted(failed.items()):
        print(f"failed: {key}: {why}")
    print(f"{len(outcomes)} drivers, {len(failed)} failed")


def triage(args: argparse.Namespace) -> int:
    units = [unit for unit in all_units(Places.below(args.sources)) if not unit.key.startswith("own/")]
    outcomes = So2check(args.so2check.resolve()).run(units, args.work.resolve() / "triage", args.jobs)
    report_failed(outcomes)
    seen = ledger.match(outcomes, ledger.read_all(HERE / "ledger"))
    for item in seen:
        if item.verdict and item.verdict.verdict in ("false", "mended"):
            print(f"false: {item.unit}:{item.line}: {item.severity}: {item.message} [{item.rule}]: {item.verdict.reason}")
    for severity in ("error", "warning", "note"):
        print(severity, dict(ledger.precision(seen, severity)))
    return report_untriaged(seen)


def main() -> int:
    args = parser().parse_args()
    try:
        if args.command == "operators":
            return list_operators()
        if args.command == "publish":
            return publish(args.results)
        os.environ["XDG_CACHE_HOME"] = str(args.work.resolve() / "cache")  # not the user's own
        if args.command == "gate":
            return gate.main(args)
        return run(args) if args.command == "run" else triage(args)
    except (CorpusError, LedgerError) as error:
        print(f"prove: {error}", file=sys.stderr)
        return 2


sys.exit(main())
