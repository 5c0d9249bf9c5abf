"""Walks through graphs: the engine's own path, and a search for any path that passes given places."""

import re
import time

import z3

from symbolic import Machine

ENTRY, EXIT = 0, 1
ROUNDS = (2, 20)  # an edge is on a path so often at most: how far loops are unrolled, one try after the other
CHECK_MILLISECONDS = 2000  # for one question to the solver
SEARCH_SECONDS = 20.0  # of CPU
SEARCH_EDGES = 3000

FEASIBLE, ANY_ROUNDS, INFEASIBLE, UNDECIDED, BROKEN = "feasible", "any rounds", "infeasible", "undecided", "broken"


class Waypoint:
    """A place of the function that a path must pass; `taken`: the value of the branch there, or None."""

    def __init__(self, line, column, taken=None, result=None):
        self.line, self.column, self.taken, self.result = line, column, taken, result
        self.steps = set()  # (block, index in the block)


def begins_at(step, line, column):
    return step["place_at"][:2] == [line, column]


def lies_in(span, line, column):
    return (span[0], span[1]) <= (line, column) <= (span[2], max(span[3], span[1] if span[2] == span[0] else 0))


def steps_at(graph, line, column):
    """The steps that a place of the source names: those that begin there, else those of the smallest range around it."""
    found = [(b, i, step) for b, block in enumerate(graph.blocks) for i, step in enumerate(block["steps"])
             if step["file"] == graph.file]
    exact = {(b, i) for b, i, step in found if begins_at(step, line, column)}
    if exact:
        return exact
    for key in ("place_at", "statement"):
        around = [(span_size(step[key]), b, i) for b, i, step in found if lies_in(step[key], line, column)]
        if around:
            smallest = min(around)[0]
            return {(b, i) for size, b, i in around if size == smallest}
    if line == graph.end_line:  # the closing brace: the function's end
        return {(b, len(block["steps"])) for b, block in enumerate(graph.blocks)
                if any(edge["to"] == EXIT for edge in block["edges"])}
    return set()


def span_size(span):
    return (span[2] - span[0], span[3] - span[1])


def stripped(condition):
    """The condition without `!`, and whether it was turned round."""
    turned = False
    while condition[0] == "unary" and condition[2] == "!":
        condition, turned = condition[3], not turned
    return condition, turned


def branch_taken(step, text):
    """Which way a step of a report says that the branch goes; None: it does not say."""
    if text.startswith("the condition is "):
        return text.endswith("true")
    match = re.search(r" is (true|false|not NULL|NULL|not 0|0)$", text)
    if not match or step["kind"] != "branch":
        return None
    return (match.group(1) in ("true", "not NULL", "not 0")) != stripped(step["value"])[1]


# ---- the engine's own path ---------------------------------------------------------------


class Broken(Exception):
    """The path is none of the graph."""


def leave(machine, block, edge, results):
    """Runs the block's steps and takes the edge."""
    steps = block["steps"]
    decides = edge["kind"] in ("true", "false", "case", "default")
    raises = edge["kind"] == "exception" and steps
    for step in steps[:-1] if decides or raises else steps:
        machine.run(step, results.get(step["index"]))
    if raises:
        machine.abandon(steps[-1])
    condition = machine.edge_condition(block, edge) if decides else None
    if condition is not None:
        machine.add(condition)


def go_on(machine, graph, at, passed, end, results):
    """From the end of the path to the place of the finding, where there is one way only. A finding about something that
    should have been undone is at the place where it was done: the path has passed that."""
    wanted = {block for block, _ in end}
    for _ in graph.blocks:
        if wanted & passed:
            return at, results
        block = graph.blocks[at]
        if len(block["edges"]) != 1:
            break
        leave(machine, block, block["edges"][0], results)
        at, results = block["edges"][0]["to"], {}
        passed.add(at)
    raise Broken("it does not pass the place of the finding")


def replay(graph, path, end):
    """(answer, where) of the engine's path. `end`: the steps that the finding may be at, {(block, index)}."""
    solver = z3.Solver()
    solver.set("timeout", CHECK_MILLISECONDS * 5)
    machine = Machine(graph, solver.add)
    at, results, passed = ENTRY, {}, {ENTRY}
    for item in path:
        if item[0] == "result":
            results[item[1]] = item[2:]
            continue
        source, target, number = item
        edges = graph.blocks[at]["edges"]
        if source != at or number >= len(edges) or edges[number]["to"] != target:
            raise Broken("b%d -> b%d is no edge of the path's block b%d" % (source, target, at))
        leave(machine, graph.blocks[at], edges[number], results)
        at, results = target, {}
        passed.add(at)
    at, results = go_on(machine, graph, at, passed, end, results)
    last = [index for block, index in end if block == at]
    steps = graph.blocks[at]["steps"]
    for step in steps[:min(last)] if last else steps[:-1]:
        machine.run(step, results.get(step["index"]))
    return {"sat": FEASIBLE, "unsat": INFEASIBLE}.get(str(solver.check()), UNDECIDED)


# ---- some path --------------------------------------------------------------------------------


def search(graph, waypoints):
    """Is there a path that passes the waypoints in their order? ANY_ROUNDS: one after enough rounds of its loops."""
    if any(not waypoint.steps for waypoint in waypoints):
        return INFEASIBLE
    attempt = Search(graph, waypoints, ROUNDS[0])
    if attempt.run():
        return FEASIBLE
    if not attempt.was_cut:
        return UNDECIDED if attempt.is_open else INFEASIBLE
    attempt = Search(graph, waypoints, ROUNDS[0], any_rounds=True)
    if not attempt.run():
        return UNDECIDED if attempt.is_open else INFEASIBLE
    return FEASIBLE if any(Search(graph, waypoints, rounds).run() for rounds in ROUNDS[1:]) else ANY_ROUNDS


class Search:
    """Depth first from the entry; a path is left as soon as it cannot be.

    `any_rounds`: where a loop begins, all that its rounds may change has any value, as if they had been many. What
    cannot be reached so cannot be reached at all."""

    def __init__(self, graph, waypoints, rounds, any_rounds=False):
        self.graph, self.waypoints, self.rounds = graph, waypoints, rounds
        self.solver = z3.Solver()
        self.solver.set("timeout", CHECK_MILLISECONDS)
        self.reach = reachable(graph)
        self.any_rounds = any_rounds
        self.loops = natural_loops(graph) if any_rounds else {}
        self.deadline = time.process_time() + SEARCH_SECONDS
        self.left = SEARCH_EDGES
        self.was_cut = False  # a loop could have gone on
        self.has_given_up = self.has_doubt = False

    @property
    def is_open(self):
        return self.has_given_up or self.has_doubt

    def run(self):
        """The blocks of the path, or None."""
        return self.visit(Machine(self.graph, self.solver.add), ENTRY, 0, {}, ())

    def begin_loop(self, machine, at, before):
        loop = self.loops.get(at, ())
        if before not in loop:
            for block in loop:
                for step in self.graph.blocks[block]["steps"]:
                    machine.abandon(step)

    def visit(self, machine, at, passed, used, way):
        """The blocks of a path on from there that passes what is left; None: none was found."""
        block = self.graph.blocks[at]
        if self.any_rounds:
            self.begin_loop(machine, at, way[-1] if way else None)
        way = way + (at,)
        for index, step in enumerate(block["steps"]):
            passed, result = self.pass_step(at, index, passed)
            if passed == len(self.waypoints):
                return self.judge(way)
            if index + 1 < len(block["steps"]) or not self.is_last(step):
                machine.run(step, result)
        passed, _ = self.pass_step(at, len(block["steps"]), passed)
        if passed == len(self.waypoints):
            return self.judge(way)
        for number, edge in enumerate(block["edges"]):
            found = self.follow(machine, at, number, edge, passed, used, way)
            if found or self.has_given_up:
                return found
        return None

    @staticmethod
    def is_last(step):
        return step["kind"] in ("branch", "switch")

    def pass_step(self, block, index, passed):
        """Waypoints met there but for branches, which are met by their edges."""
        result = None
        while passed < len(self.waypoints) and self.waypoints[passed].taken is None and \
                (block, index) in self.waypoints[passed].steps:
            result = self.waypoints[passed].result or result
            passed += 1
        return passed, result

    def pass_edge(self, block, edge, passed):
        last = len(self.graph.blocks[block]["steps"]) - 1
        while passed < len(self.waypoints) and (block, last) in self.waypoints[passed].steps and \
                self.waypoints[passed].taken == (edge["kind"] == "true"):
            passed += 1
        return passed

    def follow(self, machine, at, number, edge, passed, used, way):
        uses = used.get((at, number), 0)
        after = self.pass_edge(at, edge, passed)
        if not self.can_reach(edge["to"], after):
            return None
        if uses == self.rounds:
            self.was_cut = True
            return None
        self.left -= 1
        if self.left < 0 or time.process_time() > self.deadline:
            self.has_given_up = True
            return None
        block = self.graph.blocks[at]
        self.solver.push()
        found = None
        branch = machine.copy()
        if edge["kind"] == "exception" and block["steps"]:
            branch.abandon(block["steps"][-1])
        if self.may_be(branch.edge_condition(block, edge)):
            if after == len(self.waypoints):
                found = self.judge(way + (edge["to"],))
            else:
                found = self.visit(branch, edge["to"], after, used | {(at, number): uses + 1}, way)
        self.solver.pop()
        return found

    def may_be(self, condition):
        """Adds the condition; is there a path yet?"""
        condition = z3.simplify(condition) if condition is not None else None
        if condition is None or z3.is_true(condition):
            return True
        if z3.is_false(condition):
            return False
        self.solver.add(condition)
        return self.solver.check() != z3.unsat

    def can_reach(self, block, passed):
        if passed == len(self.waypoints):
            return True
        wanted = {b for b, _ in self.waypoints[passed].steps}
        return bool(wanted & self.reach[block])

    def judge(self, way):
        answer = self.solver.check()
        self.has_doubt = self.has_doubt or answer == z3.unknown
        return way if answer == z3.sat else None


def reachable(graph):
    """By block, the blocks that some way leads to, itself among them."""
    reach = []
    for start in range(len(graph.blocks)):
        seen, todo = {start}, [start]
        while todo:
            for edge in graph.blocks[todo.pop()]["edges"]:
                if edge["to"] not in seen:
                    seen.add(edge["to"])
                    todo.append(edge["to"])
        reach.append(seen)
    return reach


def back_edges(graph):
    """(from, to) of edges that lead back to a block on the way there, depth first."""
    found, done, on_way, todo = set(), set(), set(), [(ENTRY, False)]
    while todo:
        block, is_left = todo.pop()
        if is_left:
            on_way.discard(block)
            continue
        if block in done:
            continue
        done.add(block)
        on_way.add(block)
        todo.append((block, True))
        for edge in graph.blocks[block]["edges"]:
            if edge["to"] in on_way:
                found.add((block, edge["to"]))
            elif edge["to"] not in done:
                todo.append((edge["to"], False))
    return found


def natural_loops(graph):
    """By head, the blocks of its loops: those that reach an edge back to it without passing it."""
    before, loops = {}, {}
    for number, block in enumerate(graph.blocks):
        for edge in block["edges"]:
            before.setdefault(edge["to"], set()).add(number)
    for source, head in back_edges(graph):
        loop = loops.setdefault(head, {head})
        todo = [source]
        while todo:
            block = todo.pop()
            if block not in loop:
                loop.add(block)
                todo += before.get(block, ())
    return loops
