"""Ends of devices and modules."""

from __future__ import annotations

import re
from typing import Iterator

from ..apis import MEMORY_RELEASES, PAIRS, RELEASES, STOPS
from ..flow import callbacks, exit_functions, whole_module
from ..source import Call, Function, Source, Statement, squeeze
from . import Edit, Mutation, drop, mutation, operator
from .memory import LEAK
from .resources import LOST, PEER_LOST

STOPPED = "lin-timer-not-deleted lin-work-not-cancelled lin-tasklet-not-killed lin-irq-leak lin-kthread-not-stopped lin-module-exit-missing lin-use-after-free"


def _ends(source: Source) -> Iterator[tuple[Function, Statement, Call]]:
    """Calls that are statements of their own in functions that end a device or the module, of files that are a whole module."""
    for name in sorted(exit_functions(source)) if whole_module(source) else ():
        function = source.by_name[name]
        for call in function.calls:
            if call.statement.only_call is call:
                yield function, call.statement, call


def _drained_later(function: Function, statement: Statement) -> bool:
    """Does the function end or flush a queue of work after the statement? Its queued and running work is then waited for."""
    drains = ("destroy_workqueue", "flush_workqueue", "drain_workqueue", "flush_scheduled_work")
    return any(c.start > statement.end for c in function.calls if c.name in drains)


def _acquired_in_file(source: Source, release: str, target: str) -> bool:
    """Does the file acquire an object of this name (the last member) by the partner of `release`?"""
    last = re.split(r"->|\.", target)[-1].lstrip("&")
    for pair in PAIRS.values():
        for _, call in source.calls_by_name.get(pair.acquire, []) if release in pair.release else []:
            taken = call.arg(pair.taken) if pair.taken >= 0 else (call.statement.assignment or ("", call))[0]
            if re.split(r"->|\.", taken)[-1].lstrip("&") == last:
                return True
    return False


def _hidden_calls(source: Source, name: str) -> bool:
    """Does the function's name stand before a bracket in code that is not read (#if around half a statement)?"""
    tokens = source.tokens
    written = sum(1 for one, after in zip(tokens, tokens[1:]) if one.text == name and after.text == "(")
    return written > len(source.calls_by_name.get(name, []))


@operator("teardown-release-dropped", "teardown", rules=LOST + " " + LEAK + " lin-remove-missing", peers=PEER_LOST, why="""A release in the function that ends
    the device or the module is taken out; the file acquires the object by the matching call and releases it
    nowhere else but on error ways: it is lost with every unbind or unload.""")
def release_dropped(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _ends(source):
        if call.name not in RELEASES or call.name in STOPS or _hidden_calls(source, call.name):
            continue
        target = call.arg(RELEASES[call.name])
        elsewhere = [f for f, c in source.calls_by_name[call.name]
                     if c is not call and re.split(r"->|\.", c.arg(RELEASES[call.name]))[-1] == re.split(r"->|\.", target)[-1]
                     and (f is function or not re.search(r"probe|init|setup|attach|create|alloc|open|add", f.name))]
        if _acquired_in_file(source, call.name, target) and not elsewhere:
            yield mutation(function, [drop(statement)], statement, f"{squeeze(statement.text)} dropped")


@operator("teardown-stop-dropped", "teardown", rules=STOPPED, peers=r"leak|missing|timer|work|irq|after.free", why="""The call that
    stops a timer, work, tasklet, thread or interrupt in the function that ends the device is taken out; it is
    the file's only one for the object, so the callback can run when its code or data is gone.""")
def stop_dropped(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _ends(source):
        if call.name not in STOPS:
            continue
        member = re.split(r"->|\.", call.arg(STOPS[call.name]))[-1]
        others = [f for name in (*STOPS, "del_timer", "cancel_work", "cancel_delayed_work", "flush_work")
                  for f, c in source.calls_by_name.get(name, [])
                  if c is not call and any(re.split(r"->|\.", squeeze(a))[-1] == member for a in c.args)]
        started = call.name != "free_irq" or source.calls_by_name.get("request_irq") or source.calls_by_name.get("request_threaded_irq")
        if call.name == "cancel_work_sync" and _drained_later(function, statement):
            continue  # nothing is lost: the queue waits for its work
        if started and not [f for f in others if not re.search(r"probe|init", f.name)]:
            yield mutation(function, [drop(statement)], statement, f"{squeeze(statement.text)} dropped")


@operator("teardown-stop-nosync", "teardown", rules="lin-timer-del-nosync lin-work-cancel-nosync lin-use-after-free lin-timer-not-deleted lin-work-not-cancelled", peers=r"sync|timer|work", why="""del_timer_sync or
    cancel_work_sync in the function that ends the device became the form that does not wait: a callback
    that runs just then goes on in freed data.""")
def stop_nosync(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _ends(source):
        if call.name in ("del_timer_sync", "cancel_work_sync", "cancel_delayed_work_sync"):
            name = call.name.removesuffix("_sync")
            if "work" in name and _drained_later(function, statement):
                continue  # taken off the queue or waited for with it
            yield mutation(function, [Edit(call.start, call.start + len(call.name), name)], statement, f"{call.name} became {name}")


@operator("teardown-order-swapped", "teardown", rules="lin-teardown-order lin-use-after-free lin-gendisk-teardown", peers=r"after.free|order|freed", why="""In the
    function that ends the device a release moved before the stop of a callback that may still use what it
    releases: memory freed before its timer, work or interrupt is stopped, or registers unmapped before
    free_irq.""")
def order_swapped(source: Source) -> Iterator[Mutation]:
    for function, statement, call in _ends(source):
        if call.name not in STOPS or statement.parent.kind != "block":
            continue
        owner = re.split(r"->|\.", call.arg(STOPS[call.name]).lstrip("&"))[0]
        for later in statement.siblings[statement.siblings.index(statement) + 1 :]:
            release = later.only_call
            if later.kind != "simple":
                break
            if release is None or release.name not in RELEASES:
                continue
            target = release.arg(RELEASES[release.name])
            freed = release.name in MEMORY_RELEASES and target == owner
            unmapped = release.name in ("iounmap", "pci_iounmap") and call.name == "free_irq"
            if freed or (unmapped and callbacks(source, {"request_irq": 1, "request_threaded_irq": 1})):
                yield mutation(function, [drop(statement), Edit(later.end, later.end, "\n\t" + statement.text)], later,
                               f"{squeeze(later.text)} before {squeeze(statement.text)}")
                break
