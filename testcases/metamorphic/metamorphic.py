#!/usr/bin/env python3
"""Drivers under edits that change nothing: does so2check say the same?

    metamorphic.py SO2CHECK FILE...                                      drivers of one file, with the installed headers
    metamorphic.py SO2CHECK --database FOLDER --list FILE [--most N]     files of a compile database, by the ends of their names

Each edit of transform.py is made at all its places in a driver at once. Findings are compared by rule, function and message, without
line numbers and with new names taken back. A variant that does not parse as well as the original does not count. Differences that
differences.tsv lists (file, edit, rule, function, reason) are known; any other one makes the exit status 1."""
import argparse
import csv
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "proving")]
import transform  # noqa: E402


def plain(text):
    """A message without what an edit may change in it."""
    text = re.sub(r"_part" + transform.MARK, "", text)
    return re.sub(r"\b(?:lines?) \d+", "line N", text.replace(transform.MARK, ""))


def key_of(item):
    return item["rule"], plain(item["function"]), plain(item["message"])


class Driver:
    """command: (folder, arguments) of a compile database, or None."""

    def __init__(self, path, name, command=None):
        self.path, self.name, self.command = path, name, command

    def write(self, folder, text):
        """The text as a driver of its own; what so2check is to be called with."""
        folder.mkdir(parents=True)
        source = folder / self.path.name
        source.write_text(text)
        if not self.command:
            for header in self.path.parent.glob("*.h"):
                (folder / header.name).write_bytes(header.read_bytes())
            return [source]
        directory, arguments = self.command
        arguments = [str(source) if (Path(directory) / argument).resolve() == self.path.resolve() else argument for argument in arguments]
        entry = {"directory": directory, "file": str(source),
                 "arguments": [arguments[0], *arguments[1:-1], "-I", str(self.path.parent), arguments[-1]]}
        (folder / "compile_commands.json").write_text(json.dumps([entry]))
        return ["-p", folder, "--trust", self.path.parent, source]

    def findings(self, options, folder, text):
        """What is said of the text, counted; None if it could not be read whole."""
        report = folder / "report.json"
        result = subprocess.run([str(argument) for argument in [options.so2check, "--no-policy", "--target=linux", "--jobs=1",
                                 "--format=json", "-o", report, *self.write(folder, text)]], capture_output=True, text=True)
        if result.returncode not in (0, 1):
            return None
        document = json.loads(report.read_text())
        if document["notAnalysed"]:
            return None
        return Counter(key_of(item) for item in document["findings"])


def check(options, driver):
    """(edits that were tried, findings of the original, differences) or None."""
    text = driver.path.read_text(errors="surrogateescape")
    with tempfile.TemporaryDirectory(dir=options.work) as work:
        variants = transform.variants(driver.path, text)
        said = driver.findings(options, Path(work) / "original", text)
        if said is None or not variants:
            return None
        tried, differences = [], []
        for name, new in variants:
            now = driver.findings(options, Path(work) / name, new)
            if now is None:
                continue
            tried.append(name)
            # Where an edit makes two places of one, only that it is said counts.
            differences += [(driver.name, name, "new", *key) for key in now.keys() - said.keys()]
            differences += [(driver.name, name, "gone", *key) for key in said.keys() - now.keys()]
    return tried, sum(said.values()), differences


def drivers_of(options):
    if not options.database:
        return [Driver(Path(path).resolve(), "/".join(Path(path).resolve().parts[-2:])) for path in options.files]
    wanted = [name for name in options.list.read_text().split() if name.endswith(".c")]
    commands = {}
    for entry in json.loads((options.database / "compile_commands.json").read_text()):
        commands[entry["file"]] = (entry["directory"], entry.get("arguments") or shlex.split(entry["command"]))
    found = []
    for name in wanted:
        path = next((path for path in commands if path.endswith("/" + name)), None)
        if path and Path(path).exists():
            found.append(Driver(Path(path), name, commands[path]))
    return found[:options.most]


def known_differences():
    with (HERE / "differences.tsv").open(newline="") as table:
        return {(row["file"], row["edit"], row["rule"], row["function"]): row["reason"] for row in csv.DictReader(table, delimiter="\t")}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("so2check", type=Path)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--database", type=Path)
    parser.add_argument("--list", type=Path, default=HERE.parent / "proving/corpus/linux-6.1.txt")
    parser.add_argument("--most", type=int)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    options.so2check = options.so2check.resolve()
    options.work.mkdir(parents=True, exist_ok=True)
    known, unknown, listed = known_differences(), [], 0
    checked = with_findings = variants = findings = skipped = 0
    edits = Counter()
    with ThreadPoolExecutor(options.jobs) as pool:
        for result in pool.map(lambda driver: check(options, driver), drivers_of(options)):
            if result is None:
                skipped += 1
                continue
            tried, said, differences = result
            checked, variants, findings, with_findings = checked + 1, variants + len(tried), findings + said, with_findings + bool(said)
            edits.update(tried)
            for name, edit, change, rule, function, message in differences:
                if (name, edit, rule, function) in known:
                    listed += 1
                    continue
                unknown.append(name)
                print(f"{name}\t{edit}\t{change}\t{rule}\t{function}\t{message}", flush=True)
    print(f"{checked} drivers, {with_findings} with findings ({findings}), {variants} variants, {skipped} drivers left out; "
          f"{listed} differences that are listed, {len(unknown)} others")
    print("edits: " + ", ".join(f"{name} {count}" for name, count in edits.most_common()))
    if not checked:
        print("no driver could be checked")
    return 1 if unknown or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
