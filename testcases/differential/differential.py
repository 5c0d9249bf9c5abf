#!/usr/bin/env python3
"""Generated functions, run in user space and read by so2check: do both see the same faults?

    differential.py SO2CHECK [--functions N] [--seed S] [--work FOLDER] [--cc CC] [--jobs N] [--show CLASS]

Each unit of 80 functions (generate.py) is compiled with the counting API of user/ and run over all its inputs, and is
given to so2check as a driver. A disagreement is explained by a class of classes.py, or the test fails; so it does if a class has more than
it may. A fault that a run shows only behind another one need not be found."""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import classes
import generate

HERE = Path(__file__).resolve().parent
UNIT_SIZE = 80
RULES = {
    "lin-lock-double": "lock", "lin-unlock-not-held": "lock", "lin-lock-held-on-exit": "lock", "lin-sem-imbalance": "lock",
    "lin-irqsave-flags": "lock", "lin-lock-variant-mismatch": "lock",
    "lin-mem-leak": "leak", "lin-use-after-free": "freed", "lin-null-unchecked": "null", "lin-sleep-in-atomic": "sleep",
    "lin-gfp-atomic": "sleep", "lin-user-atomic": "sleep", "lin-irq-leak": "irq", "lin-resource-leak": "clock", "lin-copy-user-unchecked": "copy",
    "lin-errno-unchecked": "unchecked",
}
# A call before each access to memory: user/runner.c looks at the address.
SANITIZER = {
    "gcc": "--param asan-instrumentation-with-call-threshold=0 --param asan-stack=0 --param asan-globals=0",
    "clang": "-mllvm -asan-instrumentation-with-call-threshold=0 -mllvm -asan-stack=0 -mllvm -asan-globals=0",
}
LEAKS = {"leak-of-round": "of an earlier round", "leak-published": "overwritten"}
KINDS = set(RULES.values())


class Fault:
    """kind: as in RULES; subject: a lock, the line of an allocation, or -."""

    def __init__(self, kind, subject="-", is_first=True, detail=""):
        self.kind, self.subject, self.is_first, self.detail = kind, subject, is_first, detail

    def __repr__(self):
        return f"{self.kind} {self.subject}{' ' + self.detail if self.detail else ''}{'' if self.is_first else ' (later)'}"


def lock_name(text):
    """The generator's, without the number of the group."""
    return re.sub(r"^([a-z])\d+$", r"\1", text)


class Truth:
    """What the runs of a function showed."""

    def __init__(self, lines):
        self.faults, self.lock_ends, self.returns, self.is_endless = [], {}, [], False
        for text in lines:
            word, *rest = text.split()
            if word == "E" and rest[0] == "endless":
                self.is_endless = True
            elif word == "E" and rest[0] in LEAKS:
                self.faults.append(Fault("leak", rest[1], rest[2] == "first", LEAKS[rest[0]]))
            elif word == "E":
                self.faults.append(Fault(rest[0], lock_name(rest[1]), rest[2] == "first"))
            elif word == "L":
                self.lock_ends.setdefault(lock_name(rest[0]), []).append(tuple(rest[1:]))
            elif word == "R":
                self.returns.append((rest[0], [lock_name(lock) for lock in rest[1:]]))
        never_set = {fault.subject for fault in self.faults if fault.kind == "never-set"}
        self.faults = [fault for fault in self.faults if fault.kind != "null" or fault.subject not in never_set]
        for lock in sorted(self.lock_ends):
            if not self.is_consistent(lock):
                self.faults.append(Fault("lock", lock, detail="at the return"))
            elif not self.is_balanced(lock):
                self.faults.append(Fault("lock", lock, False, "by contract"))

    def ends(self, lock, entered):
        """(is it held, result) of all returns, if it was held (or not) on entry; None if some run rules that out."""
        ends = set()
        for was, now, result in self.lock_ends[lock]:
            if was != entered:
                return None
            ends.add((now == "held", result))
        for result, touched in self.returns:
            if lock not in touched:
                ends.add((entered == "entered-held", result))
        return ends

    def is_consistent(self, lock):
        """Is there a state on entry with which each return leaves it as the result tells?"""
        return any(ends is not None and is_contract(ends)
                   for ends in (self.ends(lock, "entered-free"), self.ends(lock, "entered-held")))

    def is_balanced(self, lock):
        """Is it always as it was on entry?"""
        free, held = self.ends(lock, "entered-free"), self.ends(lock, "entered-held")
        return (free is not None and not any(is_held for is_held, _ in free)) or \
               (held is not None and all(is_held for is_held, _ in held))

    def is_entered_held(self, lock):
        """Does some run release it without having taken it?"""
        return any(was == "entered-held" for was, _, _ in self.lock_ends.get(lock, []))

    def crashes(self):
        return any(fault.kind in ("null", "never-set") for fault in self.faults)


def is_contract(ends):
    """All returns alike, or what failed is told from what succeeded."""
    states = {}
    for is_held, result in ends:
        states.setdefault(result, set()).add(is_held)
    return all(len(held) == 1 for held in states.values())


class Finding:
    def __init__(self, item):
        self.rule, self.line, self.message = item["rule"], item["line"], item["message"]
        self.certainty, self.function = item["certainty"], item["function"]
        self.kind = RULES[self.rule]
        self.lines = {step["line"] for step in item["steps"]} | {item["line"]}
        self.lock = re.match(r"(?:.*>)?([a-z]+)\d* is ", self.message) if self.kind == "lock" else None

    def shows(self, fault):
        """Is this what it says? An error that nobody looks at is the cause of others."""
        if self.kind == "unchecked":
            return fault.kind in ("lock", "irq", "clock") or (fault.kind == "copy" and "copy" in self.rule)
        if self.kind != fault.kind:
            return False
        if fault.kind == "lock":
            return self.lock is None or self.lock.group(1) == fault.subject
        if fault.kind == "leak":
            return int(fault.subject) in self.lines
        return True

    def is_shown_by(self, truths):
        return any(self.shows(fault) for truth in truths for fault in truth.faults)

    def __repr__(self):
        return f"{self.rule} line {self.line} ({self.certainty}): {self.message}"


class Case:
    """One function: what is true, what is said."""

    def __init__(self, group, truth, helpers, findings, first_line):
        self.group, self.truth, self.helpers, self.findings = group, truth, helpers, findings
        self.first_line, self.text = first_line, group.text

        self.disagreements = []	 # (what, finding or fault, class or None)

    def explain(self, options):
        if self.truth.is_endless:
            return
        for what, subject in self.compare():
            further = self.loosened if what == "untrue" else self.in_doubt
            self.disagreements.append((what, subject, classes.explain(self, what, subject) or further(options, subject)))

    def compare(self):
        for finding in self.findings:
            if not finding.is_shown_by((self.truth, *self.helpers)):
                yield "untrue", finding
        for fault in self.truth.faults:
            if fault.is_first and fault.kind in KINDS and not any(finding.shows(fault) for finding in self.findings):
                yield "missed", fault

    def loosened(self, options, finding):
        """The mildest loss of what conditions say with which the finding is right."""
        for level, (name, _, _) in enumerate(classes.LOOSE):
            for is_constant in (False, True):
                if finding.is_shown_by(loosened_truth(options, self, level + 1, is_constant)):
                    return name
        return None

    def in_doubt(self, options, fault):
        """so2check itself says that it cannot tell what a helper does to the lock, or to one that forbids to sleep."""
        if fault.kind not in ("lock", "sleep") or not self.helpers:
            return None
        unit = options.work / f"doubt{self.group.number}.c"
        unit.write_text(generate.PREAMBLE + self.text)
        dump = must(run([options.so2check, "--no-policy", "--target=linux", "--dump=summary", unit]), f"so2check {unit}", (0, 1)).stdout
        unit.unlink()
        summaries = re.split(r"^summary of ", dump, flags=re.M)[1:]
        lock = fault.subject if fault.kind == "lock" else "[abr]"
        return classes.IN_DOUBT[0] if any(re.search(rf"^  unsure: .*->{lock}{self.group.number}$", text, re.M) for text in summaries
                                          if text.startswith("help")) else None


# ---- one unit --------------------------------------------------------------------------------------

def run(arguments, **more):
    return subprocess.run([str(argument) for argument in arguments], capture_output=True, text=True, **more)


def must(result, what, statuses=(0,)):
    if result.returncode not in statuses:
        raise SystemExit(f"differential.py: {what}: exit status {result.returncode}\n{result.stdout[-500:]}{result.stderr[-2000:]}")
    return result


def truths_of(options, unit, groups):
    """Runs the functions of a unit. By name: how many runs, and what they showed."""
    program, source = unit.with_suffix(""), unit.with_name(f"run_{unit.name}")
    source.write_text(generate.run_text(unit.name, groups))
    must(run([*options.cc.split(), "-std=gnu17", "-O0", "-w", *options.sanitizer, "-I", options.work / "include", "-I", HERE / "user",
              source, options.runner, "-o", program]), f"compiling {unit}")
    output = must(run([program], timeout=600), f"running {unit}").stdout
    truths = {}
    for part in re.split(r"^F ", output, flags=re.M)[1:]:
        head, *lines = part.splitlines()
        name, runs = head.split()
        truths[name] = int(runs), Truth(lines)
    if not options.keep:
        program.unlink()
        source.unlink()
    return truths


def loosened_truth(options, case, level, is_constant):
    """What the function shows if conditions of these kinds may go either way."""
    unit = options.work / f"loose{case.group.number}.c"
    loose = generate.Loosened(case.group, level, is_constant)
    unit.write_text(generate.PREAMBLE + f"#line {case.first_line}\n" + loose.text)
    truths = truths_of(options, unit, [loose])
    unit.unlink()
    return [truths[name][1] for name in case.group.names()]


def findings_of(options, unit):
    report = unit.with_suffix(".json")
    report.unlink(missing_ok=True)
    must(run([options.so2check, "--no-policy", "--target=linux", "--only", ",".join(RULES), "--format=json", "-o", report, unit],
             timeout=600), f"so2check {unit}", (0, 1))
    document = json.loads(report.read_text())
    if document["notAnalysed"]:
        raise SystemExit(f"differential.py: {unit}: not analysed: {document['notAnalysed'][:3]}")
    return [Finding(item) for item in document["findings"]]


def check_unit(options, number):
    first = number * UNIT_SIZE
    groups = [generate.Group(options.seed, index) for index in range(first, min(first + UNIT_SIZE, options.functions))]
    unit = options.work / f"unit{number}.c"
    unit.write_text(generate.unit_text(groups))
    truths = truths_of(options, unit, groups)
    by_number = {}
    for finding in findings_of(options, unit):
        owner = int(re.search(r"\d+", finding.function).group())
        by_number.setdefault(owner, []).append(finding)
    cases, runs = [], 0
    line = generate.PREAMBLE.count("\n") + 1
    for group in groups:
        names = group.names()
        runs += sum(truths[name][0] for name in names)
        truth, *helpers = [truths[name][1] for name in names]
        cases.append(Case(group, truth, helpers, by_number.get(group.number, []), line))
        line += group.text.count("\n")
    for case in cases:
        case.explain(options)
    return cases, runs


def prepare(options):
    options.work.mkdir(parents=True, exist_ok=True)
    (options.work / "include/linux").mkdir(parents=True, exist_ok=True)
    for header in generate.HEADERS:
        (options.work / f"include/linux/{header}.h").write_text('#include "kernel.h"\n')
    version = must(run([*options.cc.split(), "--version"]), "asking the compiler's version").stdout
    options.sanitizer = ["-fsanitize=kernel-address", *SANITIZER["clang" if "clang" in version else "gcc"].split()]
    options.runner = options.work / "runner.o"
    must(run([*options.cc.split(), "-std=gnu17", "-D_GNU_SOURCE", "-O2", "-c", HERE / "user/runner.c", "-o", options.runner]), "compiling the runner")


# ---- all of them -----------------------------------------------------------------------------------------

def tell(case, what, subject, explanation):
    print(f"--- {what}: {subject}   [{explanation}] seed group {case.group.number}, planted: {', '.join(case.group.edits) or 'nothing'}")
    for index, text in enumerate(case.text.splitlines()):
        print(f"{case.first_line + index:6} {text}")
    for truth in (case.truth, *case.helpers):
        for fault in truth.faults:
            print("  true:" if truth is case.truth else "  true of a helper alone:", fault)
    for finding in case.findings:
        print("  said:", finding)


class Tally:
    def __init__(self):
        self.functions = self.endless = self.runs = self.faults = self.found = self.faulty = self.said = 0
        self.classes, self.shown = Counter(), Counter()

    def add(self, case, options):
        self.functions += 1
        if case.truth.is_endless:
            self.endless += 1
            return
        first = [fault for fault in case.truth.faults if fault.is_first and fault.kind in KINDS]
        self.faulty += bool(first)
        self.faults += len(first)
        self.found += len(first) - sum(what == "missed" for what, _, _ in case.disagreements)
        self.said += len(case.findings)
        for what, subject, name in case.disagreements:
            self.classes[what, name or ""] += 1
            self.shown[name] += 1
            if (not name or options.show == name) and self.shown[name] <= options.most:
                tell(case, what, subject, name or "no class explains it")

    def problems(self):
        """What is in no class, and classes that have more than they may."""
        if self.classes["untrue", ""] + self.classes["missed", ""]:
            yield f"{self.classes['untrue', '']} untrue and {self.classes['missed', '']} missed are in no class"
        for (_, name), count in self.classes.items():
            # A small run may have a few more by chance.
            limit = classes.most_of(name) * self.functions / 1000 if name else count
            if count > limit + 3 * limit ** 0.5 + 1:
                yield f"{name}: {count}, more than {classes.most_of(name)} of 1000 functions"

    def text(self):
        lines = [f"{self.functions} functions, {self.runs} runs; {self.endless} that do not end left out",
                 f"{self.faulty} faulty functions, {self.faults} faults, {self.found} of them found; {self.said} findings"]
        for (what, name), count in sorted(self.classes.items(), key=lambda item: -item[1]):
            lines.append(f"{count:6} {what:6} {name or 'UNEXPLAINED'}")
        return "\n".join(lines + [f"problem: {problem}" for problem in self.problems()])


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("so2check")
    parser.add_argument("--functions", type=int, default=400)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--work", type=Path)
    parser.add_argument("--cc", default="cc")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--most", type=int, default=10, help="print so many of them")
    parser.add_argument("--show", help="print those of a class, too")
    parser.add_argument("--keep", action="store_true")
    return parser.parse_args()


def compare(options):
    prepare(options)
    tally = Tally()
    with ThreadPoolExecutor(options.jobs) as pool:
        for cases, runs in pool.map(lambda number: check_unit(options, number), range((options.functions + UNIT_SIZE - 1) // UNIT_SIZE)):
            tally.runs += runs
            for case in cases:
                tally.add(case, options)
    print(tally.text())
    return 1 if list(tally.problems()) else 0


def main():
    options = parse()
    if options.work:
        return compare(options)
    with tempfile.TemporaryDirectory() as folder:
        options.work = Path(folder)
        return compare(options)


if __name__ == "__main__":
    sys.exit(main())
