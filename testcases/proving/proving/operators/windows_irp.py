"""Faults of Windows drivers with requests and with memory of user space."""

from __future__ import annotations

import re
from typing import Iterator

from ..flow import dominates
from ..source import Call, Function, Source, Statement, squeeze
from . import Mutation, drop, insert_after, mutation, operator, replace
from .windows import PEER_UAF, SYSTEM, _statements_calling

USE_AFTER = "win-irp-use-after"
PEER_IRP = r"irp|complet|pending"


def _completions(source: Source) -> Iterator[tuple[Function, Statement, Call]]:
    for function, statement, call in _statements_calling(source, ("IoCompleteRequest", "IofCompleteRequest")):
        if re.fullmatch(r"\w+", call.arg(0)) and statement.parent.kind == "block":
            yield function, statement, call


def _dispatch_routines(source: Source) -> set[str]:
    named = re.findall(r"MajorFunction\s*\[[^\]]*\]\s*=\s*&?(\w+)", source.text)
    return {name for name in named if name in source.by_name}


def _returns_status(function: Function) -> bool:
    return re.search(r"\bNTSTATUS\b[^(]*\b" + function.name + r"\s*\(", function.head) is not None


@operator("win-irp-written-after-completion", "memory", system=SYSTEM, rules=USE_AFTER, peers=PEER_UAF, why="""IoCompleteRequest
    changed places with the statement before it, which writes or reads the request: it belongs to the I/O
    manager by then and may be freed.""")
def written_after(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _completions(source):
        before = statement.previous
        if before and before.kind == "simple" and re.search(rf"(?<![\w.>&]){call.arg(0)}->", squeeze(before.text)):
            yield mutation(function, [replace(before, statement.text), replace(statement, before.text)], statement,
                           f"IoCompleteRequest before {squeeze(before.text)[:60]}")


@operator("win-irp-read-after-completion", "memory", system=SYSTEM, rules=USE_AFTER, peers=PEER_UAF, why="""The function returns
    Irp->IoStatus.Status behind IoCompleteRequest(Irp) instead of its own copy of the status.""")
def read_after(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _completions(source):
        after = statement.next
        if after and after.kind == "return" and _returns_status(function) and "->" not in after.text:
            yield mutation(function, [replace(after, f"return {call.arg(0)}->IoStatus.Status;")], after,
                           f"{call.arg(0)}->IoStatus.Status returned after completion")


@operator("win-irp-completed-twice", "memory", system=SYSTEM, rules=USE_AFTER, peers=PEER_UAF, why="""IoCompleteRequest is written
    twice: the second call completes a request that is gone, which stops the system.""")
def completed_twice(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _completions(source):
        yield mutation(function, [insert_after(statement, statement.text)], statement, f"{squeeze(statement.text)} doubled")


def _helpers(source: Source) -> dict[str, tuple[int, int]]:
    """Functions that complete their request and return the status they got: name -> (request, status) arguments."""
    found = {}
    for function, statement, call in _completions(source):
        last = function.body.children[-1]
        params = function.head[function.head.index(function.name) :]
        names = re.findall(r"(\w+)\s*(?=[,)])", params)
        status = re.fullmatch(r"return\s+(\w+)\s*;", last.text) if last.kind == "return" else None
        if status and status.group(1) in names and call.arg(0) in names and statement.parent is function.body:
            found[function.name] = (names.index(call.arg(0)), names.index(status.group(1)))
    return found


@operator("win-irp-completion-dropped", "resource", system=SYSTEM, rules="win-irp-not-completed win-irp-pending", peers=PEER_IRP, why="""A
    dispatch routine returns without completing its request: IoCompleteRequest, or the call of the driver's own helper that
    does it, is taken out. Who sent the request waits for ever.""")
def completion_dropped(source: Source) -> Iterator[Mutation]:
    routines = _dispatch_routines(source)
    for function, statement, call in _completions(source):
        count = sum(c.arg(0) == call.arg(0) for c in function.calls if c.name == call.name)
        if function.name in routines and statement.next is not None and statement.next.kind == "return" and (
                statement.parent is not function.body or count == 1):
            yield mutation(function, [drop(statement)], statement, f"{squeeze(statement.text)} dropped")
    helpers = _helpers(source)
    for name in sorted(routines):
        function = source.by_name[name]
        for statement in function.statements:
            call = statement.calls[0] if statement.kind == "return" and statement.calls else None
            if call and call.name in helpers and squeeze(statement.text) == f"return{squeeze(source.text[call.start:call.end])};":
                status = call.args[helpers[call.name][1]]
                if re.fullmatch(r"\w+", status) and re.search(rf"\b{re.escape(call.arg(helpers[call.name][0]))}\b", function.head):
                    yield mutation(function, [replace(statement, f"return {status};")], statement,
                                   f"{squeeze(statement.text)} became return {status}")


def _pending_ways(source: Source) -> Iterator[tuple[Function, Statement, Statement]]:
    """(function, IoMarkIrpPending, return STATUS_PENDING) where the mark is on every way to the return.

    The function is a dispatch routine of this file or leads to one alone, and the request is its own parameter: of
    requests in records nobody can tell whose they are, nor what a routine of another file does with the status.
    """
    for function, mark, call in _statements_calling(source, ("IoMarkIrpPending",)):
        if _dispatcher(source, function).name not in _dispatch_routines(source) or not re.search(
                rf"\b{call.arg(0)}\s*[,)]", function.head):
            continue
        marks = [c for c in function.calls if c.name == call.name and c.arg(0) == call.arg(0)]
        for statement in function.statements:
            if len(marks) == 1 and squeeze(statement.text) == "returnSTATUS_PENDING;" and dominates(mark, statement):
                yield function, mark, statement
                break


def _dispatcher(source: Source, function: Function) -> Function:
    """The routine that hands the status of `function` to the system, as far as that is plain: where a report belongs."""
    routines, seen = _dispatch_routines(source), {function.name}
    while function.name not in routines:
        callers = {caller.name for caller, _ in source.calls_by_name.get(function.name, [])}
        if len(callers) != 1 or callers & seen:
            break
        function = source.by_name[callers.pop()]
        seen.add(function.name)
    return function


@operator("win-pending-mark-dropped", "resource", system=SYSTEM, rules="win-irp-pending", peers=PEER_IRP, why="""IoMarkIrpPending is taken
    out of a way that returns STATUS_PENDING: the I/O manager does not finish the request for the thread that waits.""")
def mark_dropped(source: Source) -> Iterator[Mutation]:
    for function, mark, _ in _pending_ways(source):
        yield mutation(_dispatcher(source, function), [drop(mark)], mark, f"{squeeze(mark.text)} dropped")


@operator("win-pending-status-lost", "resource", system=SYSTEM, rules="win-irp-pending", peers=PEER_IRP, why="""A way that marked the
    request pending returns STATUS_SUCCESS instead of STATUS_PENDING: the request is finished twice.""")
def status_lost(source: Source) -> Iterator[Mutation]:
    for function, _, statement in _pending_ways(source):
        if _returns_status(function):
            yield mutation(_dispatcher(source, function), [replace(statement, "return STATUS_SUCCESS;")], statement, "STATUS_PENDING became STATUS_SUCCESS")


# Memory of user space


RAISES = {"MmProbeAndLockPages": 1, "ProbeForRead": 0, "ProbeForWrite": 0, "MmMapLockedPagesSpecifyCache": 1}


def _guards(source: Source) -> Iterator[tuple[Function, Statement, Call]]:
    """(function, __try, call in it that raises) with an __except, where no other __try is around or in it."""
    inside = {call.name for function in source.functions for s in function.statements if s.kind == "try"
              for inner in s.walk() for call in inner.calls}
    for function in source.functions:
        for statement in function.statements:
            if statement.kind != "try" or statement.children[1].kind != "except" or function.name in inside:
                continue
            if any(s.kind == "try" for s in statement.ancestors()) or any(s.kind == "leave" for s in statement.walk()):
                continue
            calls = [c for s in statement.children[0].walk() for c in s.calls if c.name in RAISES]
            raising = [c for c in calls if c.name != "MmMapLockedPagesSpecifyCache" or c.arg(1) == "UserMode"]
            if raising:
                yield function, statement, raising[0]


@operator("win-try-dropped", "user-copy", system=SYSTEM, peers=r"user|exception|seh", rules="""win-mdl-lock-no-seh win-mdl-map-user-no-seh
    win-user-no-seh""", why="""The __try and __except around MmProbeAndLockPages, ProbeForRead, ProbeForWrite or a user mapping are
    taken away and their body stays: a bad address of the caller raises an exception that nobody handles.""")
def try_dropped(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _guards(source):
        yield mutation(function, [replace(statement, statement.children[0].text)], statement, f"__try around {call.name} dropped")


@operator("win-probe-dropped", "user-copy", system=SYSTEM, rules="win-user-unprobed", peers=r"user|probe|taint", why="""ProbeForRead or
    ProbeForWrite of a raw user address is taken out and the address is used afterwards: the caller can name
    any address of the kernel.""")
def probe_dropped(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _statements_calling(source, ("ProbeForRead", "ProbeForWrite")):
        probes = [c for c in function.calls if c.name in ("ProbeForRead", "ProbeForWrite") and c.arg(0) == call.arg(0)]
        used = re.search(rf"\b{re.escape(call.arg(0))}\b", source.text[statement.end : function.end])
        if len(probes) == 1 and used and re.fullmatch(r"\w+", call.arg(0)):
            yield mutation(function, [drop(statement)], statement, f"{squeeze(statement.text)} dropped")
