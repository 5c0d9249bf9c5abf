#!/usr/bin/env python3
"""A class of generated submissions, graded, and the table compared with what is true by construction.

    grade_class.py SO2CHECK [--count 60] [--seed 1] [--limit SECONDS] [--keep FOLDER]

The submissions are the project's own Linux drivers (testcases/drivers): as they are, with one fault that an operator of the
proving ground makes (of the groups that a course is about), with changed build files, without a module, with a syntax error, with comments and a policy that should
switch findings off, under names that are meant to break tables. Graded twice, the second time with a warm cache; that
must not take longer than the limit.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import html.parser
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

TESTCASES = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTCASES / "proving"))

from proving.generate import draw, find_places  # noqa: E402
from proving.operators import CORE_GROUPS, apply, load_all  # noqa: E402
from proving.units import Unit  # noqa: E402

MAKEFILE = "obj-m := driver.o\n\nall:\n\t$(MAKE) -C $(KDIR) M=$(CURDIR) modules\n"
POLICY = "gate:\n  errors: 0\n  warnings: 0\n"
HOSTILE = [b"=HYPERLINK(\"mailto:a\")", b"+1+cmd|' C calc'!A0", b"@SUM(1)", b"-rf", b"<script>alert(1)",
           b"a,b;\"c\"", b"new\nline", b"not \xff utf-8", "Ștefan Țăran".encode(), b"&amp;'quote'", b"tab\there", b"summary.csv"]


@dataclass
class Submission:
    name: bytes
    verdict: str
    rules: frozenset[str] = frozenset()  # one of them is what the report has to name
    remarks: list[str] = field(default_factory=list)  # each is a part of one
    suppressions: int = 0


@dataclass
class Fault:
    driver: Path
    text: str
    rules: frozenset[str]
    line: int


def drivers() -> list[Path]:
    return sorted((TESTCASES / "drivers" / "linux").glob("*/clean.c"))


def faults(seed: int) -> list[Fault]:
    """One after the other of each operator, so that a small class has many kinds."""
    units = [Unit(str(path.relative_to(TESTCASES)), path, path.parent, (), "linux") for path in drivers()]
    operators = {name: o for name, o in load_all().items() if o.system == "linux" and o.group in CORE_GROUPS}
    by_key = {unit.key: unit for unit in units}
    queues = [draw(places, seed) for places in find_places(units, operators, 2000).values() if places]
    queues.sort(key=lambda queue: queue[0].rank(seed))
    made = []
    for turn in range(max(len(queue) for queue in queues)):
        for queue in queues:
            if turn >= len(queue):
                continue
            place = queue[turn]
            path = by_key[place.unit].path
            text = path.read_text()
            line = text.count("\n", 0, place.mutation.offset)
            made.append(Fault(path, apply(text, place.mutation), operators[place.operator].rules, line))
    return made


class Builder:
    """Writes submissions into a folder; what is written last decides nothing about what was before."""

    def __init__(self, folder: Path, seed: int):
        self.folder = folder
        self.faults = iter(faults(seed))
        self.number = 0
        self.hostile = iter(HOSTILE)

    def create(self, driver: Path, text: str, makefile: str | None = MAKEFILE, is_hostile: bool = False) -> tuple[bytes, Path]:
        self.number += 1
        name = (next(self.hostile, None) if is_hostile else None) or f"student{self.number:02}".encode()
        path = Path(os.fsdecode(os.fsencode(self.folder) + b"/" + name))
        path.mkdir()
        (path / "driver.c").write_text(text)
        for header in driver.parent.glob("*.h"):
            shutil.copy(header, path)
        if makefile is not None:
            (path / "Makefile").write_text(makefile)
        return name, path

    def clean(self, number: int, is_hostile: bool = False) -> tuple[bytes, Path]:
        driver = drivers()[number % len(drivers())]
        return self.create(driver, driver.read_text(), is_hostile=is_hostile)

    def faulty(self, is_hostile: bool = False) -> tuple[bytes, Path, Fault]:
        fault = next(self.faults)
        name, path = self.create(fault.driver, fault.text, is_hostile=is_hostile)
        return name, path, fault


def kind_passed(builder: Builder, number: int) -> Submission:
    name, path = builder.clean(number, is_hostile=number % 3 == 0)
    if number % 2:  # another system's ends of lines change nothing
        (path / "Makefile").write_bytes(MAKEFILE.replace("\n", "\r\n").encode())
    return Submission(name, "passed")


def kind_failed(builder: Builder, number: int) -> Submission:
    name, _, fault = builder.faulty(is_hostile=number % 4 == 0)
    return Submission(name, "failed", fault.rules, ["too many"])


def kind_suppressed(builder: Builder, number: int) -> Submission:
    """The student allows everything, in comments and in a policy of their own."""
    name, path, fault = builder.faulty()
    rules = ", ".join(sorted(fault.rules))
    lines = fault.text.split("\n")
    comment = f"/* so2check: allow({rules}) it is fine */"
    text = "\n".join(f"{line} {comment}" if line.startswith("\treturn") and line.endswith(";") or n == fault.line else line
                     for n, line in enumerate(lines))
    count = text.count("so2check:")
    (path / "driver.c").write_text(text)
    (path / ".so2check.yaml").write_text("rules:\n  disable: ['*']\ngate:\n  errors: any\n")
    return Submission(name, "failed", fault.rules, ["comment not counted: driver.c:", ".so2check.yaml is not obeyed"], count)


def kind_build_changed(builder: Builder, number: int) -> Submission:
    name, path = builder.clean(number)
    if number % 3 == 0:
        (path / "Makefile").write_text(MAKEFILE + "ccflags-y := -DDEBUG\n")
        return Submission(name, "build files changed", remarks=["Makefile has changed"])
    if number % 3 == 1:
        (path / "Kbuild").write_text("obj-m := driver.o\n")
        return Submission(name, "build files changed", remarks=["Kbuild was added"])
    (path / "Makefile").unlink()
    return Submission(name, "build files changed", remarks=["Makefile is missing"])


def kind_not_buildable(builder: Builder, number: int) -> Submission:
    name, path = builder.clean(number)
    missing = "driver.c` is a part of `driver` and is not here"
    if number % 2:
        (path / "driver.c").unlink()
        return Submission(name, "not buildable", remarks=["there is no source", missing])
    (path / "driver.c").rename(path / "main.c")
    return Submission(name, "not buildable", remarks=[missing])


def kind_not_analysed(builder: Builder, number: int) -> Submission:
    name, path = builder.clean(number)
    if number % 2:
        (path / "driver.c").unlink()
        (path / "driver.c").symlink_to("../" + os.fsdecode(builder.first) + "/driver.c")
        return Submission(name, "not buildable", remarks=["leads outside of what is checked"])
    text = (path / "driver.c").read_text()
    (path / "driver.c").write_text(text + "\nint broken(void) { return (; }\n")
    return Submission(name, "not analysed", remarks=["syntax errors"])


KINDS = [kind_passed] * 3 + [kind_failed] * 9 + [kind_suppressed, kind_build_changed, kind_not_buildable, kind_not_analysed]


def build(folder: Path, count: int, seed: int) -> list[Submission]:
    """Kinds in turn, by seed."""
    builder = Builder(folder, seed)
    order = sorted(KINDS, key=lambda kind: hashlib.sha1(f"{seed} {kind.__name__}".encode()).hexdigest())
    seen: dict[str, int] = {}
    made = [kind_passed(builder, 1)]
    builder.first = made[0].name
    for i in range(count - 1):
        kind = order[(i * 7) % len(order)]  # 7 and 16 have no common divisor: all kinds come
        number = seen.get(kind.__name__, 0)
        seen[kind.__name__] = number + 1
        made.append(kind(builder, number))
    return made


# ---- comparing -----------------------------------------------------------------------


def shown(name: bytes) -> str:
    """As the tables show it: printable, and no formula."""
    text = name.decode("utf-8", "replace")
    text = "".join("\ufffd" if ord(c) < 32 and c != "\t" else c for c in text)
    return "'" + text if text[0] in "=+-@\t\r" else text


class Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows, self.links, self.scripts = 0, [], 0

    def handle_starttag(self, tag: str, attributes: list) -> None:
        self.rows += tag == "tr"
        self.scripts += tag == "script"
        if tag == "a":
            self.links.append(dict(attributes)["href"])


def compare_row(submission: Submission, row: dict[str, str], output: Path) -> list[str]:
    problems = []
    if row["verdict"] != submission.verdict:
        problems.append(f"verdict {row['verdict']}, not {submission.verdict}: {row['remarks']}")
    problems += [f"no remark has `{part}`: {row['remarks']}" for part in submission.remarks if part not in row["remarks"]]
    if int(row["suppressions"]) != submission.suppressions:
        problems.append(f"{row['suppressions']} suppressions, not {submission.suppressions}")
    if submission.verdict == "passed" and int(row["errors"]) + int(row["warnings"]):
        problems.append("passed with findings")
    report = output / row["report"]
    if not report.is_file():
        return problems + [f"there is no report {row['report']}"]
    text = report.read_text(errors="replace")
    if submission.rules and not any(rule in text for rule in submission.rules):
        problems.append(f"the report names none of {sorted(submission.rules)}")
    if submission.verdict not in text:
        problems.append("the report does not tell the verdict")
    return problems


def compare(submissions: list[Submission], output: Path) -> list[str]:
    with open(output / "summary.csv", newline="", encoding="utf-8") as file:
        rows = {row["submission"]: row for row in csv.DictReader(file)}
    problems = []
    for submission in submissions:
        row = rows.pop(shown(submission.name), None)
        found = compare_row(submission, row, output) if row else ["no row in the table"]
        problems += [f"{shown(submission.name)}: {problem}" for problem in found]
    problems += [f"{name}: nobody has this name" for name in rows]
    tags = Tags()
    tags.feed((output / "summary.html").read_text())
    if tags.rows != len(submissions) + 1 or tags.scripts or len(tags.links) != len(submissions):
        problems.append(f"the page has {tags.rows} rows, {len(tags.links)} links, {tags.scripts} scripts")
    return problems


def grade(so2check: str, work: Path) -> float:
    start = time.monotonic()
    done = subprocess.run([so2check, "grade", "class", "--policy", "policy.yaml", "--reference", "assignment", "-o", "grades"],
                          cwd=work, capture_output=True, text=True)
    seconds = time.monotonic() - start
    if done.returncode not in (0, 1, 3):
        sys.exit(f"so2check grade gave {done.returncode}:\n{done.stdout}{done.stderr}")
    print(f"{done.stdout.strip()}\n{done.stderr.strip()}".strip())
    return seconds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("so2check", type=os.path.abspath)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=60, help="seconds that a warm run may take")
    parser.add_argument("--keep", type=Path, help="work in this folder, which must not be there, and leave it")
    arguments = parser.parse_args()
    work = arguments.keep or Path(tempfile.mkdtemp(prefix="so2check-grade."))
    work.mkdir(exist_ok=not arguments.keep)
    os.environ["XDG_CACHE_HOME"] = str(work / "cache")
    try:
        (work / "class").mkdir()
        (work / "assignment").mkdir()
        (work / "assignment" / "Makefile").write_text(MAKEFILE)
        (work / "policy.yaml").write_text(POLICY)
        submissions = build(work / "class", arguments.count, arguments.seed)
        time.sleep(2.1)  # files younger than that are not trusted to stay as they are
        cold = grade(arguments.so2check, work)
        problems = compare(submissions, work / "grades")
        first = (work / "grades" / "summary.csv").read_bytes()
        warm = grade(arguments.so2check, work)
        if (work / "grades" / "summary.csv").read_bytes() != first:
            problems.append("the second table differs from the first")
        print(f"{len(submissions)} submissions: {cold:.1f} s with an empty cache, {warm:.1f} s with a warm one")
        if warm > arguments.limit:
            problems.append(f"{warm:.1f} s with a warm cache, limit {arguments.limit:.0f}")
        for problem in problems:
            print(f"FAILED: {problem}")
        return 1 if problems else 0
    finally:
        if not arguments.keep:
            shutil.rmtree(work)


if __name__ == "__main__":
    sys.exit(main())
