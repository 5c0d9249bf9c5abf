"""The report-mode scripts of the kernel's scripts/coccinelle, one spatch process for each script.

A process goes through a batch of files, each a group of its own, because starting spatch costs more than
a script that does not match. The CPU time of a batch is shared evenly over its units. Scripts that need
headers (--all-includes) are left out; so are those without a report mode. A script that ran out of time
or failed on a batch is no failure of its units: `notes` says so.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Sequence

from ..units import Unit
from .base import Outcome, Report, unique
from .process import Result, run, version_of

_SPATCH = "-D report --no-includes --very-quiet --no-show-diff".split()
_MISSING = ("--all-includes", "--recursive-includes")
_KEPT = ("--no-loops",)
_BATCH = 48
_FILE_SECONDS = 15
_REPORT = re.compile(r"^(?P<file>/[^:\n]*):(?P<line>\d+):(?P<columns>[\d-]+): (?P<message>.*)$")
_SEVERITY = re.compile(r"^\s*(ERROR|WARNING|ATTENTION)\b", re.I)
_LINES = re.compile(r"\blines? (\d+)")


class Coccinelle:
    name = "coccinelle"
    systems: tuple[str, ...] = ("linux",)

    def __init__(self, scripts: Path | str, program: str = "spatch") -> None:
        self.folder = Path(scripts)
        self.program = program
        self.notes: list[str] = []

    def version(self) -> str:
        return version_of((self.program, "--version"))

    def scripts(self) -> list[tuple[Path, list[str]]]:
        """The scripts that are run, with their options."""
        found = []
        for path in sorted(self.folder.rglob("*.cocci")):
            text = path.read_text(encoding="utf-8", errors="replace")
            options = script_options(text)
            if not has_report_mode(text):
                self.notes.append(f"{path.name}: no report mode")
            elif any(option in _MISSING for option in options):
                self.notes.append(f"{path.name}: needs {' '.join(options)}")
            else:
                found.append((path, [option for option in options if option in _KEPT]))
        return found

    def run(
        self, units: Sequence[Unit], workdir: Path, jobs: int = 2, timeout: int = 60
    ) -> dict[str, Outcome]:
        self.notes = []
        scripts = self.scripts()
        able = [unit for unit in units if unit.system in self.systems]
        outcomes = {unit.key: Outcome() for unit in able}
        with ThreadPoolExecutor(max_workers=jobs) as pool:
            for start in range(0, len(able), _BATCH):
                batch = able[start : start + _BATCH]
                groups = self._groups(batch, workdir / self.name / str(start))
                work = [(script, options, groups, timeout) for script, options in scripts]
                results = list(pool.map(lambda item: self._spatch(*item), work))
                self._collect(batch, [script for script, _ in scripts], results, outcomes)
        for outcome in outcomes.values():
            outcome.reports = unique(outcome.reports)
        return outcomes

    def _groups(self, batch: Sequence[Unit], folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        groups = folder / "groups"
        groups.write_text("\n\n".join(sorted({str(unit.path) for unit in batch})) + "\n", encoding="utf-8")
        return groups

    def _spatch(self, script: Path, options: list[str], groups: Path, timeout: int) -> Result:
        folder = groups.parent / script.stem
        folder.mkdir(exist_ok=True)
        limit = ["--timeout", str(min(timeout, _FILE_SECONDS))]
        command = [self.program, *_SPATCH, *options, *limit, "--cocci-file", str(script)]
        return run([*command, "--file-groups", str(groups)], groups.parent, folder, timeout * 4)

    def _collect(
        self, batch: Sequence[Unit], scripts: list[Path], results: list[Result], outcomes: dict[str, Outcome]
    ) -> None:
        by_path: dict[str, list[Unit]] = {}
        for unit in batch:
            by_path.setdefault(str(unit.path), []).append(unit)
        for script, result in zip(scripts, results):
            self._note(script, result)
            for path, report in parse(result.stdout, script.stem):
                for unit in by_path.get(path, ()):
                    outcomes[unit.key].reports.append(report)
        share = sum(result.cpu for result in results) / max(1, len(batch))
        is_dead = bool(results) and all(result.status != 0 for result in results)
        for unit in batch:
            outcomes[unit.key].cpu = share
            outcomes[unit.key].failed = "every script failed" if is_dead else None

    def _note(self, script: Path, result: Result) -> None:
        if result.timed_out:
            self.notes.append(f"{script.name}: time out on a batch")
        elif result.status != 0:
            self.notes.append(f"{script.name}: exit status {result.status}: {result.stderr.strip()[-160:]}")


def has_report_mode(text: str) -> bool:
    return re.search(r"^virtual\b[^;\n]*\breport\b", text, re.M) is not None


def script_options(text: str) -> list[str]:
    match = re.search(r"^//+\s*Options:(.*)$", text, re.M)
    return match[1].split() if match else []


def parse(text: str, kind: str) -> list[tuple[str, Report]]:
    """The reports of one script, each with the path of its file."""
    found = []
    for line in text.splitlines():
        match = _REPORT.match(line)
        if not match:
            continue
        severity = _SEVERITY.match(match["message"])
        trail = tuple(sorted({int(number) for number in _LINES.findall(match["message"])}))
        name = severity[1].lower() if severity else "warning"
        report = Report("coccinelle", int(match["line"]), kind, name, match["message"], trail)
        found.append((match["file"], report))
    return found
