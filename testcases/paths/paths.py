#!/usr/bin/env python3
"""Walks the path of every finding again, with an interpretation of its own and the solver Z3.

so2check --dump=path says which way the engine went for each finding: edge by edge through the function's graph, and what
calls were taken to return. Here that way is put into bit-vector constraints (symbolic.py) and must be one that a
run can take. If the way itself cannot, because ways were joined before, some way must exist that passes
the steps which the report shows, in their order. docs/soundness.md says what the answers are.

    paths.py build/so2check testcases/drivers                   findings, counted
    paths.py build/so2check --database DB --list drivers.txt    drivers of a compile database
    paths.py build/so2check --verbose FILE...                   and each finding
    paths.py build/so2check --self-check                        paths that are none, on purpose
"""

import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import time

try:
    import z3  # noqa: F401
except ImportError:
    print("paths.py: skipped: Python has no z3 (Debian: python3-z3)")
    sys.exit(77)

from symbolic import Graph
from walk import (ANY_ROUNDS, BROKEN, FEASIBLE, INFEASIBLE, UNDECIDED, Broken, Waypoint, branch_taken, replay, search,
                  steps_at)

sys.setrecursionlimit(20000)  # a path is as deep as it is long
# What is said of a finding, from best to worst; from TOLD_WRONG on it is a disagreement.
WALKED, ANOTHER_WAY, PLACES, NO_PLACE = "walked", "another way", "places", "no place"
TOLD_WRONG = "told wrong"
KINDS = {
    WALKED: "the engine's own way can be walked",
    ANOTHER_WAY: "not the engine's way, but another one through all the steps shown",
    ANY_ROUNDS: "the same, if loops may have gone round any number of times",
    PLACES: "no single path is claimed; each place can be reached",
    NO_PLACE: "about a declaration: nothing to walk",
    UNDECIDED: "not decided within the limits",
    TOLD_WRONG: "only some of the steps shown lie on one path",
    INFEASIBLE: "no path leads there",
    BROKEN: "the path is none of the graph, or does not end at the finding",
}
DISAGREEMENTS = (TOLD_WRONG, INFEASIBLE, BROKEN)


class Judged:
    def __init__(self, finding, kind, reason=""):
        self.finding, self.kind, self.reason = finding, kind, reason

    def text(self):
        finding = self.finding
        return "%s:%d:%d: %s [%s] %s%s" % (finding["file"], finding["line"], finding["column"], self.kind,
                                           finding["finding"], finding["message"],
                                           " (" + self.reason + ")" if self.reason else "")


class Judge:
    """Of the findings of one run."""

    def __init__(self, graphs):
        self.graphs = [Graph(graph) for graph in graphs]

    def graph_around(self, file, line):
        for graph in self.graphs:
            if graph.file == file and graph.line <= line <= graph.end_line:
                return graph
        return None

    def segments(self, finding):
        """[(graph, steps)]: the steps shown, those of one function that follow each other together. Those of the
        function of the path are all one: what lies between was below it."""
        own = self.graphs[finding["path"]["graph"]] if finding["path"] else None
        mine, others, last = [], [], None
        for step in finding["steps"]:
            graph = self.graph_around(step["file"], step["line"])
            if graph is own and graph:
                mine.append(step)
            elif graph and graph is last:
                others[-1][1].append(step)
            elif graph:
                others.append((graph, [step]))
            last = graph
        return others + ([(own, mine)] if own else [])

    @staticmethod
    def waypoints(graph, steps, path):
        results = {item[1]: item[2:] for item in path if item[0] == "result"}
        found = []
        for step in steps:
            where = steps_at(graph, step["line"], step["column"])
            shown = [graph.blocks[b]["steps"][i] for b, i in where if i < len(graph.blocks[b]["steps"])]
            if not where:
                continue  # a declaration
            waypoint = Waypoint(step["line"], step["column"])
            branches = [(b, i) for b, i in where if i < len(graph.blocks[b]["steps"]) and
                        graph.blocks[b]["steps"][i]["kind"] == "branch"]
            if step["kind"] == "branch" and branches:
                b, i = branches[0]
                waypoint.taken = branch_taken(graph.blocks[b]["steps"][i], step["text"])
                where = set(branches) if waypoint.taken is not None else where
            waypoint.steps = where
            for other in shown:
                if other["kind"] == "call" and other["index"] in results:
                    waypoint.result = results[other["index"]]
            found.append(waypoint)
        return found

    def judge(self, finding):
        if not finding["path"]:
            return self.judge_places(finding)
        graph = self.graphs[finding["path"]["graph"]]
        path = finding["path"]["steps"]
        end = steps_at(graph, finding["line"], finding["column"]) if graph.file == finding["file"] else set()
        below = self.judge_below(finding, graph)
        if below:
            return below
        try:
            answer = replay(graph, path, end)
        except Broken as broken:
            answer, reason = BROKEN, str(broken)
        else:
            reason = ""
        if answer == FEASIBLE:
            return Judged(finding, WALKED)
        return self.judge_other_way(finding, graph, path, reason)

    def judge_below(self, finding, own):
        """In functions that the path goes down into; None: nothing is wrong there."""
        for graph, steps in self.segments(finding):
            if graph is own:
                continue
            answer = search(graph, self.waypoints(graph, steps, []))
            if answer in (INFEASIBLE, UNDECIDED):
                return Judged(finding, answer, "inside " + graph.name)
        return None

    def judge_other_way(self, finding, graph, path, reason):
        steps = [steps for other, steps in self.segments(finding) if other is graph][0]
        waypoints = self.waypoints(graph, steps, path)
        if not waypoints:
            return Judged(finding, BROKEN, reason or "no step of the graph is at the place of the finding")
        answer = search(graph, waypoints)
        if answer in (FEASIBLE, ANY_ROUNDS):
            return Judged(finding, ANOTHER_WAY if answer == FEASIBLE else answer, reason)
        events = [waypoint for waypoint in waypoints if waypoint.taken is None]
        if answer == INFEASIBLE and search(graph, events) in (FEASIBLE, ANY_ROUNDS):
            answer = TOLD_WRONG
        return Judged(finding, answer, reason)

    def judge_places(self, finding):
        """Of a finding about several functions, or about a place whatever the path."""
        seen = 0
        for step in finding["steps"]:
            graph = self.graph_around(step["file"], step["line"])
            where = self.waypoints(graph, [step], []) if graph else []
            for waypoint in where:
                waypoint.taken = None
            if not where:
                continue
            seen += 1
            answer = search(graph, where)
            if answer not in (FEASIBLE, ANY_ROUNDS):
                return Judged(finding, answer, "line %d" % step["line"])
        return Judged(finding, PLACES if seen else NO_PLACE)


# ---- running so2check -----------------------------------------------------------------------


def dump(program, operands):
    """(graphs, findings) of one run, each finding once. The number of a graph is counted anew in each module."""
    command = [program, "--no-policy", "--dump=path"] + operands
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode not in (0, 3):
        raise RuntimeError("%s: %s" % (" ".join(command), done.stderr.strip()))
    modules, last = [], "finding"
    for line in done.stdout.splitlines():
        item = json.loads(line)
        if "graph" in item:
            if last == "finding":
                modules.append(([], []))
            modules[-1][0].append(item["graph"])
        else:
            if not modules:
                modules.append(([], []))
            modules[-1][1].append(item)
        last = "graph" if "graph" in item else "finding"
    return modules


def decide(judge, finding):
    try:
        return judge.judge(finding)
    except RecursionError:
        return Judged(finding, UNDECIDED, "expressions too deep")


def judge_run(program, operands):
    judged, seen = [], set()
    for graphs, findings in dump(program, operands):
        judge = Judge(graphs)
        for finding in findings:
            key = tuple(finding[name] for name in ("finding", "file", "line", "column", "message"))
            if key not in seen:
                seen.add(key)
                judged.append(decide(judge, finding))
    return judged


def read_list(path, database):
    folder = {pathlib.Path(entry["file"]).as_posix() for entry in json.loads(pathlib.Path(database).read_text())}
    names = [line.split("\t")[0].strip() for line in pathlib.Path(path).read_text().splitlines()]
    wanted = [name for name in names if name and not name.startswith("#")]
    return [file for name in wanted for file in sorted(folder) if file.endswith("/" + name)]


def report(judged, seconds, verbose):
    counts = collections.Counter(item.kind for item in judged)
    for item in judged:
        if verbose or item.kind in DISAGREEMENTS or item.kind == UNDECIDED:
            print(item.text())
    print("%d findings, %.1f s" % (len(judged), seconds))
    for kind, meaning in KINDS.items():
        if counts[kind]:
            print("  %5d %s: %s" % (counts[kind], kind, meaning))
    return 1 if any(counts[kind] for kind in DISAGREEMENTS) else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("operands", nargs="*")
    parser.add_argument("--database", help="compile_commands.json of the sources")
    parser.add_argument("--list", help="a file with a source of the database on each line")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_intermixed_args()
    start = time.monotonic()
    files = list(options.operands)
    if options.list:
        files += read_list(options.list, options.database)
    base = ["-p", options.database] if options.database else []
    judged = []
    with concurrent.futures.ProcessPoolExecutor(os.cpu_count()) as pool:
        runs = [pool.submit(judge_run, options.program, base + [file]) for file in files]
        for file, run in zip(files, runs):
            judged += run.result()
            if options.verbose:
                print("%s: %d findings" % (file, len(run.result())), file=sys.stderr, flush=True)
    return report(judged, time.monotonic() - start, options.verbose)


if __name__ == "__main__":
    sys.exit(main())
