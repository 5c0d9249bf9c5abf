#!/usr/bin/env python3
"""Drivers under edits that change nothing: does so2check say the same?

    metamorphic.py SO2CHECK FILE...                                      drivers of one file, with the installed headers
    metamorphic.py SO2CHECK --database FOLDER --list FILE [--most N]     files of a compile database, by the ends of their names

Each edit of transform.py is made at all its places in a driver at once. Findings are compared by rule, function and message, without
line numbers and with new names taken back. A variant that does not parse as well as the original does not count. Differences that
differences.tsv lists (file, edit, rule, function, reason) are known; any other one makes the exit status 1.

The shortest drivers come first. With --results a driver's result is kept in that folder, and taken from it while driver, program and edits
are the same: a run that was ended goes on. --edits N makes N kinds of edit at each driver, chosen by --seed and the driver's name."""
import argparse
import csv
import hashlib
import json
import os
import random
import re
import shlex
import subprocess
import sys
import tempfile
import time
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
        """What is said of the text, counted, and how many names the parser lacked; None if it could not be read whole."""
        report = folder / "report.json"
        result = subprocess.run([str(argument) for argument in [options.so2check, "--no-policy", "--jobs=1", "--format=json", "-o", report,
                                                                *self.write(folder, text)]], capture_output=True, text=True)
        if result.returncode not in (0, 1):
            return None
        document = json.loads(report.read_text())
        if document["notAnalysed"]:
            return None
        lacking = sum(note["partial"] for note in document["notes"])
        return Counter(key_of(item) for item in document["findings"]), lacking


def compare(options, driver, text):
    """A result: {edits: those tried, findings: how many of the original, differences}, or {left_out: why}."""
    variants = transform.variants(driver.path, text)
    if options.edits and len(variants) > options.edits:
        variants = random.Random(f"{options.seed} {driver.name}").sample(variants, options.edits)
    if not variants:
        return {"left_out": "no place for an edit"}
    with tempfile.TemporaryDirectory(dir=options.work) as work:
        said = driver.findings(options, Path(work) / "original", text)
        if said is None:
            return {"left_out": "not analysed whole"}
        said, lacking = said
        tried, unread, differences = [], [], []
        for edit, new in variants:
            now = driver.findings(options, Path(work) / edit, new)
            is_read = now is not None and now[1] <= lacking
            (tried if is_read else unread).append(edit)
            if not is_read:
                continue
            now, _ = now
            # Where an edit makes two places of one, only that it is said counts.
            differences += [(edit, "new", *key) for key in sorted(now.keys() - said.keys())]
            differences += [(edit, "gone", *key) for key in sorted(said.keys() - now.keys())]
    return {"edits": tried, "unread": unread, "findings": sum(said.values()), "differences": differences}


def check(options, driver):
    """compare(), or the kept result of the same driver, program and edits."""
    text = driver.path.read_text(errors="surrogateescape")
    if not options.results:
        return compare(options, driver, text)
    kept = options.results / (driver.name.replace("/", "_") + ".json")
    made_of = [options.stamp, hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()]
    try:
        result = json.loads(kept.read_text())
        if result["made_of"] == made_of:
            return result
    except (OSError, ValueError, KeyError):
        pass
    begin = time.monotonic()
    result = compare(options, driver, text) | {"driver": driver.name, "made_of": made_of}
    result["seconds"] = round(time.monotonic() - begin, 1)
    written = kept.with_suffix(".new")
    written.write_text(json.dumps(result, indent=1) + "\n")
    written.rename(kept)
    return result


def stamp(options):
    """Of all that a driver's result is made of but the driver. A report names libclang and a hash of all rules and facts."""
    with tempfile.TemporaryDirectory(dir=options.work) as work:
        source, report = Path(work) / "empty.c", Path(work) / "report.json"
        source.write_text("int unused;\n")
        subprocess.run([options.so2check, "--no-policy", "--target=linux", "--format=json", "-o", report, source], check=True)
        tool = json.loads(report.read_text())["tool"]
    digest = hashlib.sha256(f"{options.edits} {options.seed} {json.dumps(tool, sort_keys=True)}".encode())
    for file in (options.so2check, Path(transform.__file__), Path(__file__)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def drivers_of(options):
    if not options.database:
        return [Driver(Path(path).resolve(), "/".join(Path(path).resolve().parts[-2:])) for path in options.files]
    wanted = [name for name in options.list.read_text().split() if name.endswith(".c")]
    entries = {entry["file"]: entry for entry in json.loads((options.database / "compile_commands.json").read_text())}
    found = []
    for name in wanted:
        path = next((path for path in entries if path.endswith("/" + name)), None)
        if path and Path(path).exists():
            entry = entries[path]
            found.append(Driver(Path(path), name, (entry["directory"], entry.get("arguments") or shlex.split(entry["command"]))))
        else:
            print(f"{name}\tnot in the database", flush=True)
    return sorted(found[:options.most], key=lambda driver: driver.path.stat().st_size)


def known_differences():
    with (HERE / "differences.tsv").open(newline="") as table:
        return {(row["file"], row["edit"], row["rule"], row["function"]): row["reason"] for row in csv.DictReader(table, delimiter="\t")}


class Sum:
    """Of all results."""

    def __init__(self):
        self.known, self.drivers, self.with_findings, self.findings = known_differences(), 0, 0, 0
        self.listed, self.others, self.edits, self.left_out = 0, 0, Counter(), Counter()

    def add(self, name, result):
        if "left_out" in result:
            self.left_out[result["left_out"]] += 1
            print(f"{name}\tleft out: {result['left_out']}", flush=True)
            return
        self.drivers += 1
        self.findings += result["findings"]
        self.with_findings += result["findings"] > 0
        self.edits.update(result["edits"])
        for edit, change, rule, function, message in result["differences"]:
            if (name, edit, rule, function) in self.known:
                self.listed += 1
            else:
                self.others += 1
                print(f"{name}\t{edit}\t{change}\t{rule}\t{function}\t{message}", flush=True)

    def print(self):
        print(f"{self.drivers} drivers, {self.with_findings} with findings ({self.findings}), {self.edits.total()} variants, "
              f"{self.left_out.total()} drivers left out; {self.listed} differences that are listed, {self.others} others")
        print("edits: " + ", ".join(f"{name} {count}" for name, count in self.edits.most_common()))


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("so2check", type=Path)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--database", type=Path)
    parser.add_argument("--list", type=Path, default=HERE / "linux-6.1.txt")
    parser.add_argument("--most", type=int)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="drivers at a time")
    parser.add_argument("--results", type=Path, metavar="FOLDER", help="keep results there, and use those that are")
    parser.add_argument("--edits", type=int, metavar="N", help="kinds of edit for each driver, at most; all by default")
    parser.add_argument("--seed", type=int, default=1, help="which edits, with --edits")
    return parser.parse_args()


def main():
    options = arguments()
    options.so2check = options.so2check.resolve()
    options.work.mkdir(parents=True, exist_ok=True)
    if options.results:
        options.results.mkdir(parents=True, exist_ok=True)
        options.stamp = stamp(options)
    drivers, all_results = drivers_of(options), Sum()
    with ThreadPoolExecutor(options.jobs) as pool:
        for driver, result in zip(drivers, pool.map(lambda driver: check(options, driver), drivers)):
            all_results.add(driver.name, result)
    all_results.print()
    if not all_results.drivers:
        print("no driver could be checked")
    return 1 if all_results.others or not all_results.drivers else 0


if __name__ == "__main__":
    sys.exit(main())
