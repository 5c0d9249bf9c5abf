"""The regression gate: a fixed slice of mutants, quick enough for every change.

slice.tsv holds one line a mutant with what so2check made of it when the slice was recorded: found (strictly) or
missed. The gate fails when a mutant that was found no longer is, when a place of the slice can not be made any
more, or when a finding that the ledger judges false is back on one of the slice's drivers. A mutant that was missed and
is found now is only named: record the slice again.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from . import ledger
from .corpus import HERE, PROJECT, CorpusError, Places, linux_units, own_units
from .generate import Mutant, Place, compiles, draw, find_places, write_mutant
from .operators import Operator, load_all
from .score import function_lines, score
from .tools import Outcome, So2check
from .units import Unit

SLICE = HERE / "slice.tsv"
HEADER = ("operator", "unit", "function", "detail", "result")
SEED = 1
MOST_LINES = 900  # short drivers: the slice is for speed


@dataclass(frozen=True)
class Entry:
    operator: str
    unit: str
    function: str
    detail: str
    result: str


def read_slice() -> list[Entry]:
    if not SLICE.exists():
        raise CorpusError(f"{SLICE} does not exist: run `prove gate --record`")
    entries = []
    for number, line in enumerate(SLICE.read_text(encoding="utf-8").splitlines(), 1):
        fields = line.split("\t")
        if len(fields) != len(HEADER):
            raise CorpusError(f"{SLICE}:{number}: {len(fields)} fields, expected {len(HEADER)}")
        if number > 1:
            entries.append(Entry(*fields))
    return entries


def slice_units(places: Places, wanted: set[str]) -> list[Unit]:
    """Units of the slice. Wine is left out: its source would have to be fetched for a few mutants."""
    linux = linux_units(places, {key.removeprefix("linux/") for key in wanted if key.startswith("linux/")} or None)
    return [unit for unit in [*linux, *own_units(linux)] if not wanted or unit.key in wanted]


def mended_units() -> set[str]:
    """Drivers on which something was reported falsely once."""
    return {unit for (unit, _), verdict in ledger.read_all(HERE / "ledger").items()
            if verdict.verdict == "mended" and unit.startswith("linux/")}


def choose(units: list[Unit], operators: dict[str, Operator], folder: Path) -> list[Mutant]:
    """One compiling mutant an operator, from as few folders as the draw allows."""
    places = find_places(units, operators, MOST_LINES)
    by_key = {unit.key: unit for unit in units}
    used: set[str] = set()
    chosen = []
    for name in operators:
        order = draw(places[name], SEED)
        order.sort(key=lambda place: _folder(place.unit) not in used)  # stable: the draw decides among equals
        for place in order:
            mutant = write_mutant(place, by_key[place.unit], folder)
            if compiles(mutant.unit):
                chosen.append(mutant)
                used.add(_folder(place.unit))
                break
    return chosen


def _folder(key: str) -> str:
    return "/".join(key.split("/")[:3])


def remake(entries: list[Entry], units: list[Unit], operators: dict[str, Operator], folder: Path) -> tuple[list[Mutant], list[str]]:
    """The mutants of the slice, and what can not be made any more."""
    by_key = {unit.key: unit for unit in units}
    wanted = {entry.operator: operators[entry.operator] for entry in entries if entry.operator in operators}
    places = find_places(units, wanted, MOST_LINES)
    mutants, lost = [], []
    for entry in entries:
        found = [p for p in places.get(entry.operator, []) if _is(p, entry)]
        if found:
            mutants.append(write_mutant(found[0], by_key[entry.unit], folder))
        else:
            lost.append(f"{entry.operator} has no place any more in {entry.unit}, {entry.function}: {entry.detail}")
    return mutants, lost


def _is(place: Place, entry: Entry) -> bool:
    return (place.unit, place.mutation.function, place.mutation.detail) == (entry.unit, entry.function, entry.detail)


def judge(mutants: list[Mutant], originals: dict[str, Outcome], mutated: dict[str, Outcome],
          operators: dict[str, Operator]) -> dict[str, bool]:
    """Mutant -> found strictly."""
    result = {}
    for mutant in mutants:
        before, after = function_lines(mutant.original.path), function_lines(mutant.unit.path)
        assert before and after  # the generator has split both
        result[mutant.id] = score(mutant, operators[mutant.operator], "so2check", originals[mutant.original.key],
                                  mutated[mutant.unit.key], before, after).strict
    return result


def main(args: argparse.Namespace) -> int:
    operators, work = load_all(), args.work.resolve()
    entries = [] if args.record else read_slice()
    wanted = {entry.unit for entry in entries} | (mended_units() if entries else set())
    units = slice_units(Places.below(args.sources), wanted)
    if args.record:
        mutants, problems = choose(units, operators, work / "slice"), []
        units = [unit for unit in units if unit.key in {m.original.key for m in mutants}]
    else:
        mutants, problems = remake(entries, units, operators, work / "slice")
    tool = So2check(args.so2check.resolve())
    originals = tool.run(units, work / "slice-originals", args.jobs)
    mutated = tool.run([m.unit for m in mutants], work / "slice-mutants", args.jobs)
    found = judge(mutants, originals, mutated, operators)
    if args.record:
        return record(mutants, found)
    return compare(entries, mutants, found, problems, originals)


def record(mutants: list[Mutant], found: dict[str, bool]) -> int:
    lines = ["\t".join(HEADER)]
    lines += ["\t".join([m.operator, m.original.key, m.function, m.detail, "found" if found[m.id] else "missed"]) for m in mutants]
    SLICE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{SLICE.relative_to(PROJECT)}: {len(mutants)} mutants, {sum(found.values())} found")
    return 0


def compare(entries: list[Entry], mutants: list[Mutant], found: dict[str, bool], problems: list[str],
            originals: dict[str, Outcome]) -> int:
    expected = {(e.operator, e.unit, e.function, e.detail): e.result for e in entries}
    for mutant in mutants:
        before = expected[mutant.operator, mutant.original.key, mutant.function, mutant.detail]
        if before == "found" and not found[mutant.id]:
            problems.append(f"no longer found: {mutant.operator} in {mutant.original.key}:{mutant.line}, {mutant.function}: {mutant.detail}")
        elif before == "missed" and found[mutant.id]:
            print(f"found now (record the slice again): {mutant.operator} in {mutant.original.key}")
    for item in ledger.match(originals, ledger.read_all(HERE / "ledger")):
        if item.verdict and item.verdict.verdict == "mended":
            problems.append(f"false again: {item.unit}:{item.line}: {item.message} [{item.rule}]: {item.verdict.reason}")
    for problem in problems:
        print(problem)
    print(f"{sum(found.values())} of {len(entries)} mutants found, {len(originals)} drivers, {len(problems)} problems")
    return 1 if problems else 0
