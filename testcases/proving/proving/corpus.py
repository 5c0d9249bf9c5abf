"""The drivers to measure on, as units with flags.

Linux: the files of corpus/linux-6.1.txt with the flags of a configured kernel build. Wine: those of
corpus/wine.txt with Wine's headers. Own: testcases/drivers/, the Linux ones with a kernel driver's flags, the
Windows ones without any: so2check and the adapters of the others find the headers of mingw-w64.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from .units import Unit, from_database

HERE = Path(__file__).resolve().parent.parent
PROJECT = HERE.parent.parent
LIBWINE = Path("/usr/include/wine/wine/windows")


class CorpusError(Exception):
    """Something of a corpus is missing; the message says what to do."""


@dataclass(frozen=True)
class Places:
    """Where corpus/fetch.sh put the sources."""

    linux: Path  # source tree
    database: Path  # its compile_commands.json
    wine: Path  # source tree

    @staticmethod
    def below(folder: Path) -> "Places":
        return Places(folder / "linux-source", folder / "database" / "compile_commands.json", folder / "wine-source")


def read_list(name: str) -> list[str]:
    """The lines of a file of corpus/, without comments."""
    lines = (HERE / "corpus" / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def linux_units(places: Places, only: set[str] | None = None) -> list[Unit]:
    """The units of linux-6.1.txt, or those of them that are in `only`."""
    if not places.database.exists():
        raise CorpusError(f"{places.database} does not exist: run corpus/fetch.sh first")
    built = from_database(places.database)
    units = []
    for name in read_list("linux-6.1.txt"):
        if only is not None and name not in only:
            continue
        path = os.path.normpath(places.linux.resolve() / name)
        if path not in built:
            raise CorpusError(f"{name}: no compile command in {places.database}")
        units.append(replace(built[path], key=f"linux/{name}"))
    return units


def wine_units(places: Places) -> list[Unit]:
    if not (places.wine / "include").is_dir():
        raise CorpusError(f"{places.wine} does not exist: run corpus/fetch.sh first")
    root = places.wine.resolve()
    # Headers made from .idl files are libwine-dev's. What else a compiler needs the tools add.
    flags = (f"-I{root / 'include'}", f"-I{LIBWINE}", "-D__WINESRC__")
    return [Unit(f"wine/{name}", root / name, root, flags, "windows") for name in read_list("wine.txt")]


def own_units(linux: list[Unit]) -> list[Unit]:
    """The project's own drivers; Linux ones take the flags of the first unit of the kernel build."""
    drivers = PROJECT / "testcases" / "drivers"
    units = []
    for path in sorted(drivers.glob("linux/**/*.c")):
        if linux:
            flags = (*linux[0].arguments, f"-I{path.parent}")
            units.append(Unit(f"own/{path.relative_to(drivers)}", path, linux[0].directory, flags, "linux"))
    for path in sorted(drivers.glob("windows/**/*.c")):
        units.append(Unit(f"own/{path.relative_to(drivers)}", path, path.parent, (), "windows"))
    return units


def all_units(places: Places) -> list[Unit]:
    linux = linux_units(places)
    return [*linux, *wine_units(places), *own_units(linux)]
