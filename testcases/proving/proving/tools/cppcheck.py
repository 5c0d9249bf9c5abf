"""Cppcheck, as one sets it for kernel sources: warnings and portability, few configurations.

Without the kernel's folders: its preprocessor can not expand the kernel's own macros (IS_ENABLED), and
gives up on the first. Headers beside the source are found. Macros that it asks to have configured, since
they are no expressions, are in cppcheck_kernel.h.
"""

from __future__ import annotations

import re
from pathlib import Path

from ..units import Unit
from .base import Report, UnitTool, is_own
from .flags import include_folders, split_flags, windows_folders
from .process import Result

_FIELDS = ("{file}", "{line}", "{severity}", "{id}", "{message}", "{callstack}")
_CHECK = (
    "cppcheck",
    "--quiet",
    "--enable=warning,portability",
    "--template=" + "\t".join(_FIELDS),
    "--template-location=",
)
_LINUX = (
    "--max-configs=4 --platform=unix64 -D__KERNEL__ -DMODULE -D__x86_64__ -DCONFIG_X86_64 -DCONFIG_64BIT "
    "-DBITS_PER_LONG=64 -D__LITTLE_ENDIAN=1234 -D__LITTLE_ENDIAN_BITFIELD"
).split()
_MACROS = Path(__file__).with_name("cppcheck_kernel.h")
_WINDOWS = (
    "--max-configs=1 --platform=win64 -D__x86_64__ -D_AMD64_ -D__GNUC__=12 -D__GNUC_MINOR__=2 -D_WIN32 -D_WIN64 "
    "-D__MINGW32__ -D_UCRT"
).split()
_FAILURES = {"syntaxError", "internalAstError", "internalError", "unknownMacro", "preprocessorErrorDirective", "cppcheckError"}
_STEP = re.compile(r"\[(?P<file>[^\]]*):(?P<line>\d+)\]")


class Cppcheck(UnitTool):
    name = "cppcheck"
    systems = ("linux", "windows")
    version_command = ("cppcheck", "--version")

    def command(self, unit: Unit, folder: Path) -> list[str]:
        home = [f"-I{unit.home}"] if unit.home else []
        if unit.system == "linux":
            return [*_CHECK, *_LINUX, f"--include={_MACROS}", *home, str(unit.path)]
        folders = [*include_folders(unit), *windows_folders(unit)]
        defines = ["".join(group) for group in split_flags(unit.arguments) if group[0].startswith(("-D", "-U"))]
        return [*_CHECK, *_WINDOWS, *defines, *home, *(f"-I{folder}" for folder in folders), str(unit.path)]

    def read(self, unit: Unit, result: Result) -> tuple[list[Report], str | None]:
        reports: list[Report] = []
        failed = None if result.status in (0, 1) else f"exit status {result.status}"
        for line in result.stderr.splitlines():
            fields = line.split("\t")
            if len(fields) != len(_FIELDS) or not fields[1].isdigit():
                continue
            file, number, severity, kind, message, steps = fields
            if kind in _FAILURES:
                failed = failed or f"{kind}: {Path(file).name}:{number}: {message}"
            elif is_own(file, unit) and severity != "information":
                reports.append(Report(self.name, int(number), kind, severity, message, _trail(steps, unit)))
        return reports, failed


def _trail(steps: str, unit: Unit) -> tuple[int, ...]:
    return tuple(sorted({int(step["line"]) for step in _STEP.finditer(steps) if is_own(step["file"], unit)}))
