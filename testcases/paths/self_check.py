#!/usr/bin/env python3
"""Does the interpretation tell what can be walked from what cannot? self_check.py build/so2check

exact.c says of lines whether a path leads there; the one path of contradiction.c is falsified in each way, and each of
them must be noticed."""

import copy
import pathlib
import re
import sys

import paths
from walk import ANY_ROUNDS, BROKEN, FEASIBLE, INFEASIBLE, Waypoint, search, steps_at

HERE = pathlib.Path(__file__).resolve().parent
failures = []


def expect(what, got, wanted):
    if got != wanted:
        failures.append("%s: %s, should be %s" % (what, got, wanted))


def one_module(program, name):
    modules = paths.dump(program, [str(HERE / name)])
    assert len(modules) == 1, "%s: %d modules" % (name, len(modules))
    return modules[0]


def check_marks(program):
    judge = paths.Judge(one_module(program, "exact.c")[0])
    count = 0
    for number, line in enumerate((HERE / "exact.c").read_text().splitlines(), 1):
        mark = re.search(r"/\* (reach|never) \*/", line)
        graph = judge.graph_around(str(HERE / "exact.c"), number) if mark else None
        if not mark:
            continue
        count += 1
        waypoint = Waypoint(number, len(line) - len(line.lstrip()) + 1)
        waypoint.steps = steps_at(graph, number, waypoint.column) if graph else set()
        expect("exact.c:%d" % number, bool(waypoint.steps), True)
        answer = search(graph, [waypoint]) if graph else None
        expect("exact.c:%d" % number, "reach" if answer in (FEASIBLE, ANY_ROUNDS) else "never" if
               answer == INFEASIBLE else answer, mark.group(1))
    return count


def branch_edges(judge, finding):
    """Positions in the path of the edges that a condition decides."""
    blocks = judge.graphs[finding["path"]["graph"]].blocks
    return [i for i, step in enumerate(finding["path"]["steps"]) if step[0] != "result" and
            blocks[step[0]]["edges"][step[2]]["kind"] in ("true", "false")]


def check_falsified(program):
    graphs, findings = one_module(program, "contradiction.c")
    judge = paths.Judge(graphs)
    expect("findings of contradiction.c", len(findings), 1)
    true = findings[0]
    expect("the path as it is", judge.judge(true).kind, paths.WALKED)
    expect("branches of the path", len(branch_edges(judge, true)), 3)

    def falsified(change):
        finding = copy.deepcopy(true)
        change(finding)
        return judge.judge(finding).kind

    def turn_first(finding):  # `force` is true first and false then; what leads on from there is spliced in
        steps = finding["path"]["steps"]
        blocks = judge.graphs[finding["path"]["graph"]].blocks
        first = branch_edges(judge, finding)[0]
        source, joined, number = steps[first]
        other = blocks[source]["edges"][1 - number]["to"]
        steps[first:first + 1] = [[source, other, 1 - number], [other, joined, 0]]

    def tell(texts):
        def change(finding):
            turn_first(finding)
            finding["steps"] = [dict(finding["steps"][-1], kind="branch", line=line, column=6, text=text)
                                for line, text in texts] + finding["steps"][-1:]
        return change

    lines = [n for n, line in enumerate((HERE / "contradiction.c").read_text().splitlines(), 1) if "if (force)" in line]
    expect("the engine's way turned round, the steps shown left alone", falsified(turn_first), paths.ANOTHER_WAY)
    expect("steps that contradict each other",
           falsified(tell([(lines[0], "`force` is not 0"), (lines[1], "`force` is 0")])), paths.TOLD_WRONG)
    expect("steps that do not", falsified(tell([(lines[0], "`force` is 0"), (lines[1], "`force` is 0")])),
           paths.ANOTHER_WAY)
    expect("a step left out", falsified(lambda finding: finding["path"]["steps"].pop(0) and
                                        finding.update(steps=[])), BROKEN)
    expect("a path to somewhere else", falsified(lambda finding: finding.update(line=lines[0] + 1, steps=[])), BROKEN)
    no_way = Waypoint(0, 0)
    graph = judge.graphs[true["path"]["graph"]]
    no_way.steps = {(b, i) for b, block in enumerate(graph.blocks) for i, step in enumerate(block["steps"])
                    if step["kind"] == "return"}
    turned = Waypoint(0, 0, taken=True)
    turned.steps = steps_at(graph, lines[1], 6)
    held = Waypoint(0, 0)
    held.steps = steps_at(graph, true["line"], true["column"])
    expect("some return", search(graph, [no_way]), FEASIBLE)
    expect("the finding's return where `force` is true", search(graph, [turned, held]), INFEASIBLE)


def main():
    count = check_marks(sys.argv[1])
    check_falsified(sys.argv[1])
    for failure in failures:
        print(failure)
    print("%d lines of exact.c, contradiction.c: %d failures" % (count, len(failures)))
    return 1 if failures or not count else 0


if __name__ == "__main__":
    sys.exit(main())
