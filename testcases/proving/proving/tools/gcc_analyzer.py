"""gcc -fanalyzer on units whose flags and configuration are clang's.

Flags that only clang knows, and all -W, are left out; -w would silence the analyzer too, so the
compiler's other warnings are skipped when the output (JSON, with the events of each path) is read. -O1 and
not -O0, because the kernel's inline assembly needs constants folded; not inlined, so that functions are
analysed as they are written. It knows no __try: drivers that use it fail.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from ..units import Unit
from .base import Report, UnitTool, is_own
from .flags import home_flags, wdk_flags, windows_folders, without
from .process import Result, version_of

_UNKNOWN = (
    "--target -target -Q -W -O -fintegrated-as -fno-integrated-as -Xclang -mllvm -mretpoline -mstack-alignment "
    "-mharden-sls -ftrivial-auto-var-init -frandomize-layout -fsanitize -fzero-call-used-regs -fprofile "
    "-fcoverage -fexperimental -fdebug-info -fno-sanitize -ffile-prefix -fmacro-prefix -gdwarf -g"
).split()
_ANALYZE = "-O1 -fno-inline -fanalyzer -fdiagnostics-format=json -c -o /dev/null".split()
_WINDOWS = (
    "-m64 -fms-extensions -fshort-wchar -nostdinc -U__linux__ -U__unix__ -Ulinux -Uunix -D_WIN32 -D_WIN64 "
    "-D__MINGW32__ -D__MINGW64__ -D__cdecl= -D__stdcall= -D__fastcall= -D__declspec(x)= -D_UCRT"
).split() + ["-D__int64=long long", "-D__INTRIN_H_"]
_PREFIX = "-Wanalyzer-"


class GccAnalyzer(UnitTool):
    name = "gcc-analyzer"
    systems = ("linux", "windows")

    def __init__(self, program: str = "gcc-12") -> None:
        self.program = program
        self.version_command = (program, "--version")
        self.headers = version_of((program, "-print-file-name=include"))

    def command(self, unit: Unit, folder: Path) -> list[str]:
        system = self._windows(unit) if unit.system == "windows" else []
        flags = without(unit.arguments, _UNKNOWN)
        return [self.program, *flags, *system, *home_flags(unit), *_ANALYZE, str(unit.path)]

    def read(self, unit: Unit, result: Result) -> tuple[list[Report], str | None]:
        items = parse(result.stderr)
        errors = [item for item in items if item["kind"] in ("error", "fatal error")]
        reports = [report for item in items for report in self._report(item, unit)]
        if errors:
            place = _place(errors[0])
            return reports, f"parse error: {os.path.basename(place[0])}:{place[1]}: {errors[0]['message']}"
        if result.status != 0:
            return reports, f"exit status {result.status}: {result.stderr.strip()[-200:]}"
        return reports, None

    def _report(self, item: dict[str, Any], unit: Unit) -> list[Report]:
        file, line = _place(item)
        option = item.get("option", "")
        if not option.startswith(_PREFIX) or not is_own(file, unit):
            return []
        path = item.get("path", [])
        places = [event["location"] for event in path if "location" in event]
        trail = {place["line"] for place in places if is_own(place.get("file", ""), unit)}
        function = path[-1].get("function") if path else None
        return [Report(self.name, line, option, item["kind"], item["message"], tuple(sorted(trail)), function)]

    def _windows(self, unit: Unit) -> list[str]:
        flags = [*_WINDOWS, *wdk_flags(unit)]
        for folder in [*windows_folders(unit), self.headers]:
            flags += ["-isystem", str(folder)]
        return flags


def parse(text: str) -> list[dict[str, Any]]:
    """The diagnostics: one JSON array for each translation unit, among other lines."""
    for line in text.splitlines():
        if line.startswith("["):
            try:
                return json.loads(line)
            except ValueError:
                continue
    return []


def _place(item: dict[str, Any]) -> tuple[str, int]:
    locations = item.get("locations") or [{}]
    caret = locations[0].get("caret", {})
    return caret.get("file", ""), caret.get("line", 0)
