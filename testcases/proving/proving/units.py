"""The units that the checkers are run on, and where their compile flags come from.

A unit is one source file with the flags of its build. The flags are kept without compiler, output and
source, so that a mutant of the file is checked with the flags of its original.
"""

from __future__ import annotations

import json
import os
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable


@dataclass(frozen=True)
class Unit:
    """A source file to check. `home` is the folder of the original when `path` is a mutant."""

    key: str
    path: Path
    directory: Path
    arguments: tuple[str, ...]
    system: str = "linux"
    home: Path | None = None


_WITH_VALUE = ("-o", "-MF", "-MT", "-MQ")
_ALONE = ("-c", "-MD", "-MMD", "-MP", "-M", "-MM")


def compile_flags(command: Iterable[str], source: str) -> tuple[str, ...]:
    """The flags of a compiler's command line: without compiler, outputs, dependency files and source."""
    flags: list[str] = []
    words = iter(list(command)[1:])
    for word in words:
        if word in _WITH_VALUE:
            next(words, None)
        elif word not in _ALONE and word != source and not word.startswith("-Wp,-M"):
            flags.append(word)
    return tuple(flags)


def _absolute(directory: Path, name: str) -> str:
    return os.path.normpath(directory / name)


def from_database(database: Path | str) -> dict[str, Unit]:
    """The units of a compile database (the file or its folder), by absolute source path."""
    file = Path(database)
    if file.is_dir():
        file = file / "compile_commands.json"
    units: dict[str, Unit] = {}
    for entry in json.loads(file.read_text(encoding="utf-8")):
        directory = Path(entry["directory"])
        command = entry.get("arguments") or shlex.split(entry["command"])
        path = _absolute(directory, entry["file"])
        units[path] = Unit(path, Path(path), directory, compile_flags(command, entry["file"]))
    return units
