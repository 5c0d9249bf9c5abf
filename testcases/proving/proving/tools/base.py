"""What every checker shares: reports and outcomes, and one process for each unit."""

from __future__ import annotations

import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Iterable, Protocol, Sequence

from ..units import Unit
from .process import Result, run, version_of


@dataclass(frozen=True)
class Report:
    """What a checker said about one place. `trail`: other lines of the same file that it names."""

    tool: str
    line: int
    kind: str
    severity: str
    message: str
    trail: tuple[int, ...] = ()
    function: str | None = None
    fingerprint: str | None = None


@dataclass
class Outcome:
    """What one checker made of one unit. A failed unit may still have reports: those before the failure."""

    reports: list[Report] = field(default_factory=list)
    cpu: float = 0.0
    failed: str | None = None


class Tool(Protocol):
    """The interface of a checker."""

    name: str
    systems: tuple[str, ...]

    def version(self) -> str: ...

    def run(
        self, units: Sequence[Unit], workdir: Path, jobs: int = 2, timeout: int = 60
    ) -> dict[str, Outcome]: ...


class UnitTool:
    """A checker that is run once for each unit; subclasses give its command and read its output."""

    name = ""
    systems: tuple[str, ...] = ("linux",)
    version_command: tuple[str, ...] = ()

    def version(self) -> str:
        return version_of(self.version_command)

    def command(self, unit: Unit, folder: Path) -> list[str]:
        """The command line for `unit`; `folder` is empty and its own."""
        raise NotImplementedError

    def read(self, unit: Unit, result: Result) -> tuple[list[Report], str | None]:
        """The reports in the unit's own file, and why it could not be analysed."""
        raise NotImplementedError

    def run(
        self, units: Sequence[Unit], workdir: Path, jobs: int = 2, timeout: int = 60
    ) -> dict[str, Outcome]:
        able = [unit for unit in units if unit.system in self.systems]
        with ThreadPoolExecutor(max_workers=jobs) as pool:
            outcomes = pool.map(
                lambda pair: self._one(pair[1], workdir / self.name / str(pair[0]), timeout), enumerate(able)
            )
            return {unit.key: outcome for unit, outcome in zip(able, outcomes)}

    def _one(self, unit: Unit, folder: Path, timeout: int) -> Outcome:
        folder.mkdir(parents=True, exist_ok=True)
        result = run(self.command(unit, folder), unit.directory, folder, timeout)
        if result.timed_out:
            return Outcome([], result.cpu, "time out")
        reports, failed = self.read(unit, result)
        return Outcome(unique(reports), result.cpu, failed)


def unique(reports: Iterable[Report]) -> list[Report]:
    """Without repetitions, in order; of reports that differ in their trail only, one with all the lines."""
    merged: dict[Report, set[int]] = {}
    for report in reports:
        merged.setdefault(replace(report, trail=()), set()).update(report.trail)
    return [replace(report, trail=tuple(sorted(trail))) for report, trail in merged.items()]


def is_own(name: str, unit: Unit) -> bool:
    """Is `name`, as a checker printed it, the unit's own file and not a header?"""
    if os.path.basename(name) != unit.path.name:
        return False
    return os.path.realpath(unit.directory / name) == os.path.realpath(unit.path)


@dataclass(frozen=True)
class Diagnostic:
    """A line of a compiler's text output."""

    file: str
    line: int
    severity: str
    message: str


_DIAGNOSTIC = re.compile(
    r"^(?P<file>[^\s:][^:\n]*):(?P<line>\d+):(?:\d+:)? "
    r"(?:(?P<severity>fatal error|error|warning|note|info): )?(?P<message>.*)$"
)


def diagnostics(text: str) -> list[Diagnostic]:
    """The lines FILE:LINE:COLUMN: SEVERITY: MESSAGE; others (source excerpts, carets) are skipped."""
    found = []
    for line in text.splitlines():
        match = _DIAGNOSTIC.match(line)
        if match:
            severity = match["severity"] or "continued"
            found.append(Diagnostic(match["file"], int(match["line"]), severity, match["message"]))
    return found


def first_error(found: Iterable[Diagnostic]) -> str | None:
    """Why the source could not be parsed."""
    for item in found:
        if item.severity.endswith("error"):
            return f"parse error: {os.path.basename(item.file)}:{item.line}: {item.message}"
    return None
