"""so2check itself, one process for each unit, read from its JSON report.

A Linux unit gets a compile database of one entry, so that a mutant is checked with the flags of its
original; a source for Windows gets its flags on the command line. The cache is the run's own, empty at
its start: the first run over a file parses its headers, its mutants find them, as for somebody who edits it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..units import Unit
from .base import Report, UnitTool, is_own
from .flags import home_flags
from .process import Result


class So2check(UnitTool):
    name = "so2check"
    systems = ("linux", "windows")

    def __init__(self, program: Path | str = "so2check") -> None:
        self.program = str(program)
        self.version_command = (self.program, "--version")

    def command(self, unit: Unit, folder: Path) -> list[str]:
        flags = [*unit.arguments, *home_flags(unit)]
        start = [self.program, "check", "--format", "json"]
        if unit.system == "windows":
            return [*start, "--target", "windows", str(unit.path), *(["--", *flags] if flags else [])]
        entry = {
            "directory": str(unit.directory),
            "file": str(unit.path),
            "arguments": ["clang", *flags, "-c", str(unit.path)],
        }
        (folder / "compile_commands.json").write_text(json.dumps([entry]), encoding="utf-8")
        return [*start, "--target", "linux", "-p", str(folder), str(unit.path)]

    def read(self, unit: Unit, result: Result) -> tuple[list[Report], str | None]:
        try:
            document = json.loads(result.stdout)
        except ValueError:
            return [], f"exit status {result.status}: {result.stderr.strip()[:200]}"
        findings = [item for item in document["findings"] if is_own(item["file"], unit)]
        reports = [self._report(item, unit) for item in findings]
        missing = document.get("notAnalysed") or []
        if result.status == 3 or missing:
            return reports, f"not analysed: {json.dumps(missing)[:300]}"
        return reports, None

    def _report(self, item: dict[str, Any], unit: Unit) -> Report:
        steps = [step for step in item.get("steps", ()) if is_own(step["file"], unit)]
        return Report(
            self.name,
            item["line"],
            item["rule"],
            item["severity"],
            item["message"],
            tuple(sorted({step["line"] for step in steps})),
            item.get("function"),
            item.get("fingerprint"),
        )
