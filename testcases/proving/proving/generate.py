"""Mutants: drawn by seed from all places that the operators find, kept when they compile and the fault is in code that this
configuration compiles.

Deterministic: the order of the draw hangs on the seed, the operator, the file and the number of the place in
it, never on time, hash order or the machine.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Iterable

from .flow import guarded_exit
from .operators import Mutation, Operator, apply
from .source import Source, Unreadable
from .tools.flags import clang_flags
from .units import Unit

PER_FILE = 2  # at most so many mutants of one operator from one file, so that no driver decides a figure
BATCH = 8


@dataclass(frozen=True)
class Place:
    """Where an operator can make a mutant."""

    operator: str
    unit: str
    number: int  # among the operator's places in this file
    mutation: Mutation

    def rank(self, seed: int) -> str:
        return hashlib.sha1(f"{seed} {self.operator} {self.unit} {self.number}".encode()).hexdigest()


@dataclass(frozen=True)
class Mutant:
    id: str
    operator: str
    original: Unit
    unit: Unit
    function: str
    line: int  # of the fault in the original
    detail: str


def find_places(units: Iterable[Unit], operators: dict[str, Operator], most_lines: int) -> dict[str, list[Place]]:
    """All places by operator. Files longer than `most_lines` are left out: the slow tools can not take them."""
    places: dict[str, list[Place]] = {name: [] for name in operators}
    for unit in units:
        text = unit.path.read_text(encoding="latin-1")
        if text.count("\n") > most_lines:
            continue
        try:
            source = Source(unit.path, text)
        except Unreadable:
            continue
        for operator in operators.values():
            if operator.system == unit.system:
                found = [m for m in operator.find(source)
                         if _one_function(source, m.function) and not _has_fault(source, m.function)
                         and not _configured_away(source, m)]
                places[operator.id] += [Place(operator.id, unit.key, n, m) for n, m in enumerate(found)]
    return places


def _one_function(source: Source, name: str) -> bool:
    """#if makes two functions of one name; a finding could not be told to be in the faulty one."""
    return sum(function.name == name for function in source.functions) == 1


def _has_fault(source: Source, name: str) -> bool:
    """A marked one, in a driver of this project: the mutant would have two, and a finding might be of either."""
    function = source.by_name[name]
    return "expect:" in source.text[function.start : function.end]


def _configured_away(source: Source, mutation: Mutation) -> bool:
    """Behind `if (IS_ENABLED(...)) return`: a test of the configuration may make all the rest dead."""
    function = source.by_name[mutation.function]
    return any(guarded_exit(s) and "IS_ENABLED" in s.head and s.end <= mutation.offset for s in function.statements)


def draw(places: list[Place], seed: int) -> list[Place]:
    """The order in which places are tried: by seed, one per file first, then the second ones."""
    ordered = sorted(places, key=lambda place: place.rank(seed))
    seen: dict[str, int] = {}
    rounds: list[list[Place]] = [[] for _ in range(PER_FILE)]
    for place in ordered:
        turn = seen.get(place.unit, 0)
        seen[place.unit] = turn + 1
        if turn < PER_FILE:
            rounds[turn].append(place)
    return [place for turn in rounds for place in turn]


def write_mutant(place: Place, original: Unit, folder: Path) -> Mutant:
    """Writes the faulty file, under its own name, below a folder of the mutant's."""
    text = original.path.read_text(encoding="latin-1")
    name = f"{place.operator}/{original.key.replace('/', '--')}--{place.number}"
    path = folder / name / original.path.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(apply(text, place.mutation), encoding="latin-1")
    _link_headers(original.path.parent, path.parent)
    unit = replace(original, key=name, path=path, home=original.path.parent)
    line = text.count("\n", 0, place.mutation.offset) + 1
    return Mutant(name, place.operator, original, unit, place.mutation.function, line, place.mutation.detail)


def _link_headers(home: Path, folder: Path) -> None:
    """A driver's own headers lie beside it: a checker may take those elsewhere for the system's."""
    for header in home.glob("*.h"):
        link = folder / header.name
        if not link.is_symlink():
            link.symlink_to(header)


@lru_cache(maxsize=None)
def compiled_lines(unit: Unit) -> frozenset[int]:
    """The lines of the file that #if and #ifdef leave something of, in this configuration."""
    command = ["clang-19", *clang_flags(unit), "-E", "-w", str(unit.path)]
    lines: set[int] = set()
    number, is_own = 0, False
    for text in subprocess.run(command, cwd=unit.directory, capture_output=True).stdout.decode("latin-1").split("\n"):
        marker = re.match(r'# (\d+) "([^"]*)"', text)
        if marker:
            number, is_own = int(marker.group(1)), Path(marker.group(2)).name == unit.path.name
            continue
        if is_own and text.strip():
            lines.add(number)
        number += 1
    return frozenset(lines)


def compiles(unit: Unit) -> bool:
    """Only errors count; a mutant may have new warnings, as the drivers of beginners do."""
    command = ["clang-19", *clang_flags(unit), "-fsyntax-only", "-w", str(unit.path)]
    return subprocess.run(command, cwd=unit.directory, capture_output=True).returncode == 0


def _is_compiled(mutant: Mutant) -> bool:
    return compiles(mutant.unit) and mutant.line in compiled_lines(mutant.original)


def generate(units: list[Unit], operators: dict[str, Operator], folder: Path, *, seed: int, per_operator: int,
             most_lines: int, jobs: int) -> tuple[list[Mutant], dict[str, int]]:
    """(mutants, number of places by operator); up to `per_operator` compiling mutants each."""
    by_key = {unit.key: unit for unit in units}
    places = find_places(units, operators, most_lines)
    kept: list[Mutant] = []
    with ThreadPoolExecutor(jobs) as pool:
        for name in operators:
            kept += _first_compiling(draw(places[name], seed), by_key, folder, per_operator, pool)
    return kept, {name: len(found) for name, found in places.items()}


def _first_compiling(order: list[Place], by_key: dict[str, Unit], folder: Path, wanted: int,
                     pool: ThreadPoolExecutor) -> list[Mutant]:
    kept: list[Mutant] = []
    while order and len(kept) < wanted:
        batch, order = order[: min(BATCH, wanted - len(kept))], order[min(BATCH, wanted - len(kept)) :]
        mutants = [write_mutant(place, by_key[place.unit], folder) for place in batch]
        kept += [m for m, good in zip(mutants, pool.map(_is_compiled, mutants)) if good]
    return kept
