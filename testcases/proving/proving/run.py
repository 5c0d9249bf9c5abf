"""The whole measurement: mutants, every checker on mutants and originals, scores, tables."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .corpus import CorpusError
from .generate import Mutant, generate
from .operators import Operator
from .score import FunctionLines, Score, function_lines, score
from .tools import Outcome, Report, Tool
from .units import Unit


@dataclass
class Results:
    """What a run measured."""

    seed: int
    per_operator: int
    operators: dict[str, Operator]
    places: dict[str, int]
    mutants: list[Mutant]
    shared: set[str]  # ids of the mutants that every checker was run on
    scores: list[Score]
    versions: dict[str, str]
    originals: dict[str, dict[str, Outcome]]  # tool -> unit -> outcome
    mutated: dict[str, dict[str, Outcome]]
    lines: dict[str, int]  # unit -> lines, of originals
    wall: float = 0.0
    reused: int = field(default=0)


def say(text: str) -> None:
    print(time.strftime("%H:%M:%S"), text, file=sys.stderr, flush=True)


class Store:
    """Outcomes of an interrupted run: of the same tool, flags and text the result is the same.

    so2check's own are never kept: its version does not tell two builds apart.
    """

    def __init__(self, folder: Path):
        self._folder = folder
        self.reused = 0

    def _path(self, tool: Tool, version: str, unit: Unit) -> Path:
        state = "\0".join([tool.name, version, *unit.arguments, str(unit.home), unit.key])
        digest = hashlib.sha256(state.encode() + unit.path.read_bytes()).hexdigest()
        return self._folder / tool.name / f"{digest}.json"

    def run(self, tool: Tool, version: str, units: list[Unit], workdir: Path, jobs: int) -> dict[str, Outcome]:
        able = [unit for unit in units if unit.system in tool.systems]
        paths = {unit.key: self._path(tool, version, unit) for unit in able}
        known = {} if tool.name == "so2check" else {k: _load(p) for k, p in paths.items() if p.exists()}
        self.reused += len(known)
        missing = [unit for unit in able if unit.key not in known]
        found = tool.run(missing, workdir, jobs) if missing else {}
        for key, outcome in found.items():
            paths[key].parent.mkdir(parents=True, exist_ok=True)
            partial = paths[key].with_suffix(".part")
            partial.write_text(json.dumps(asdict(outcome)), encoding="utf-8")
            partial.replace(paths[key])
        return {**known, **found}


def _load(path: Path) -> Outcome:
    data = json.loads(path.read_text(encoding="utf-8"))
    reports = [Report(**{**report, "trail": tuple(report["trail"])}) for report in data["reports"]]
    return Outcome(reports, data["cpu"], data["failed"])


def measure(units: list[Unit], operators: dict[str, Operator], tools: list[Tool], work: Path, *, seed: int,
            per_operator: int, peers_per_operator: int, most_lines: int, jobs: int) -> Results:
    """so2check sees every original and mutant; the others, which cost more, the first `peers_per_operator` mutants of
    each operator and their originals."""
    started = time.monotonic()
    mutants, places = generate(units, operators, work / "mutants", seed=seed, per_operator=per_operator,
                               most_lines=most_lines, jobs=jobs)
    say(f"{len(mutants)} mutants by {len(operators)} operators")
    common = _first(mutants, peers_per_operator)
    used = {mutant.original.key for mutant in common}
    common_originals = [unit for unit in units if unit.key in used]
    store = Store(work / "store")
    results = Results(seed, per_operator, operators, places, mutants, {m.id for m in common}, [], {}, {}, {}, {})
    for tool in tools:
        version = results.versions[tool.name] = tool.version()
        is_peer = tool.name != "so2check"
        originals = store.run(tool, version, common_originals if is_peer else units, work / "runs" / "originals", jobs)
        chosen = [m.unit for m in (common if is_peer else mutants)]
        mutated = store.run(tool, version, chosen, work / "runs" / "mutants", jobs)
        _check_works(tool, originals)
        results.originals[tool.name], results.mutated[tool.name] = originals, mutated
        say(f"{tool.name}: {len(originals)} originals, {len(mutated)} mutants")
    results.lines = {unit.key: _count_lines(unit.path) for unit in units}
    results.scores = _scores(mutants, operators, tools, results)
    results.wall, results.reused = time.monotonic() - started, store.reused
    return results


def _first(mutants: list[Mutant], count: int) -> list[Mutant]:
    """The first `count` mutants of each operator, in their order."""
    seen: dict[str, int] = {}
    kept = []
    for mutant in mutants:
        seen[mutant.operator] = seen.get(mutant.operator, 0) + 1
        if seen[mutant.operator] <= count:
            kept.append(mutant)
    return kept


def _check_works(tool: Tool, originals: dict[str, Outcome]) -> None:
    """A tool that fails on everything is set up wrongly; that must not pass for a tool that finds nothing."""
    if originals and all(outcome.failed for outcome in originals.values()):
        raise CorpusError(f"{tool.name} could analyse none of {len(originals)} drivers: {next(iter(originals.values())).failed}")


def _count_lines(path: Path) -> int:
    return path.read_bytes().count(b"\n")


def _scores(mutants: list[Mutant], operators: dict[str, Operator], tools: list[Tool], results: Results) -> list[Score]:
    old: dict[str, FunctionLines | None] = {}
    scores = []
    for mutant in mutants:
        if mutant.original.key not in old:
            old[mutant.original.key] = function_lines(mutant.original.path)
        before_lines, after_lines = old[mutant.original.key], function_lines(mutant.unit.path)
        for tool in tools:
            after = results.mutated[tool.name].get(mutant.unit.key)
            before = results.originals[tool.name].get(mutant.original.key)
            if after is None or before is None or before_lines is None or after_lines is None:
                continue  # this tool can not read sources of this system
            scores.append(score(mutant, operators[mutant.operator], tool.name, before, after, before_lines, after_lines))
    return scores
