"""What holds at a place of a function, as far as the shape of the code shows it.

Dominance is read off the nesting: A dominates B when A comes first and the block of A encloses B, with
no label or case between (a jump could pass A there). It errs towards "does not dominate".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterator

from . import apis_windows
from .apis import LOCKS, MAY_FAIL, PAIRS, RESULT, Lock, Pair
from .source import Call, Function, Source, Statement, squeeze

_LOCKS = LOCKS | apis_windows.LOCKS
_PAIRS = PAIRS | apis_windows.PAIRS


def _out_of_try(first: Statement, later: Statement) -> Statement:
    """The outermost try that `first` is sure to have run in when control gets past it; else `first`."""
    block = first.parent
    while block is not None and block.parent is not None and block.parent.kind == "try" and later.start >= block.parent.end:
        guard = block.parent
        handler = guard.children[1]
        before = block.children[: block.children.index(first)]
        if block is not guard.children[0] or any(s.kind == "leave" for part in before for s in part.walk()) or (
                handler.kind == "except" and not leaves(handler.children[0])):
            break
        first, block = guard, guard.parent
    return first


def dominates(first: Statement, later: Statement) -> bool:
    first = _out_of_try(first, later)
    if first.start >= later.start or first.parent is None or first.parent.kind != "block":
        return False
    inside = later
    while inside.parent is not None and inside.parent is not first.parent:
        inside = inside.parent
    if inside.parent is None:
        return False
    siblings = first.parent.children
    between = siblings[siblings.index(first) + 1 : siblings.index(inside)]
    return inside is not first and not any(s.kind in ("label", "case") for part in between for s in part.walk())


def leaves(statement: Statement) -> bool:
    """Does control never get past this statement to the next one? (return or goto at its end)"""
    if statement.kind == "block":
        return bool(statement.children) and leaves(statement.children[-1])
    return statement.kind in ("return", "goto")


def guarded_exit(statement: Statement) -> bool:
    """if (...) { ...; return or goto } without an else."""
    return statement.kind == "if" and len(statement.children) == 1 and leaves(statement.children[0])


@dataclass(frozen=True)
class Held:
    """A lock or resource that is held at some place."""

    target: str  # squeezed text of the object
    call: Call
    statement: Statement
    lock: Lock | None = None
    pair: Pair | None = None


def acquired_by(statement: Statement) -> Held | None:
    """The lock or resource that is held once control is past this statement (not inside its branches)."""
    for call in statement.calls:
        lock, pair = _LOCKS.get(call.name), _PAIRS.get(call.name)
        if lock and (lock.acquire not in MAY_FAIL and (statement.only_call or statement.assignment)
                     or lock.acquire in MAY_FAIL and guarded_exit(statement)):
            return Held(call.arg(lock.taken), call, statement, lock=lock)
        if pair and (statement.kind == "simple" or guarded_exit(statement)):
            return _resource(statement, call, pair)
    return None


def _resource(statement: Statement, call: Call, pair: Pair) -> Held | None:
    if pair.taken != RESULT:
        target = call.arg(pair.taken)
        return Held(target.removeprefix("&") if pair.stored else target, call, statement, pair=pair)
    if statement.assignment and statement.assignment[1] is call:
        return Held(statement.assignment[0], call, statement, pair=pair)
    return None


def releases(call: Call, held: Held) -> bool:
    if held.lock:
        return call.name == held.lock.release and call.arg(held.lock.given) == held.target
    assert held.pair
    return call.name in held.pair.release and call.arg(held.pair.given) == held.target


def held_at(function: Function, place: Statement) -> list[Held]:
    """What is held just before `place` on every way to it."""
    result: list[Held] = []
    for statement in function.statements:
        if statement.start >= place.start:
            break
        held = acquired_by(statement)
        if held and dominates(statement, place) and not _failed_here(held, place):
            result.append(held)
        for call in statement.calls:
            # A release on any way that gets here ends it; one in a branch that leaves the function does not.
            if not _in_leaving_branch(statement, place):
                result = [h for h in result if not releases(call, h) and not may_drop(call, h)]
    return result


def may_drop(call: Call, held: Held) -> bool:
    """Is the lock given to a function that may let go of it, as one that waits does?"""
    return held.lock is not None and call is not held.call and held.target in [squeeze(a) for a in call.args]


def _in_leaving_branch(statement: Statement, place: Statement) -> bool:
    enclosing = [statement, *statement.ancestors()]
    return any(leaves(node) and place.start >= node.end for node in enclosing)


def _failed_here(held: Held, place: Statement) -> bool:
    """Is `place` in the branch in which the acquisition is known to have failed?"""
    if held.call.name in apis_windows.NEVER_FAIL:
        return False
    if held.statement.kind == "if":
        return held.statement.start < place.start < held.statement.end
    if held.lock:
        return False
    following = held.statement.next
    while following is not None and following.kind != "if" and following.start < place.start:
        following = following.next if following.kind == "simple" and not following.calls else None
    return following is not None and following.kind == "if" and following.start < place.start < following.end


def after_label(function: Function, name: str) -> list[Statement]:
    """The statements from a label to the end of the function, nested ones too; [] for an unknown label."""
    label = function.labels.get(name)
    return [s for s in function.statements if label and s.start >= label.start]


def run_after(function: Function, name: str) -> list[Statement]:
    """The statements that a jump to a label of the ladder runs: up to the return, through jumps further down; those that
    a jump passes are not among them."""
    found: list[Statement] = []
    label, place = function.labels.get(name), -1
    while label is not None and label.start > place:
        place = label.start
        behind = [s for s in function.body.children if s.start >= place]
        end = next((s for s in behind if s.kind in ("goto", "return")), None)
        found += [s for s in function.statements if s.start >= place and (end is None or s.start <= end.start)]
        label = function.labels.get(end.name) if end is not None and end.kind == "goto" else None
    return found


def cleanup_label(function: Function, name: str) -> bool:
    """Is this a label of the error ladder: at the top level, with only straight code to the return behind it?"""
    label = function.labels.get(name)
    if label is None or label.parent is not function.body:
        return False
    return all(s.kind not in ("loop", "do", "switch", "case") and not (s.kind == "goto" and s.start < label.start)
               for s in after_label(function, name)) and function.body.children[-1].kind == "return"


def fails_never(source: Source, place: Statement) -> bool:
    """Does `place` stand in the branch for a failure of a function that never returns anything but 0, or has a second
    form, for another configuration, which does not? Where that one is built no error way begins here."""
    guard = next((s for s in place.ancestors() if s.kind == "if"), None)
    if guard is None:
        return False
    tested = [guard, *([guard.previous] if guard.previous else [])]
    names = {call.name for statement in tested for call in statement.calls}
    return any(f.name in names and _returns_zero(f) for f in source.functions)


def _returns_zero(function: Function) -> bool:
    returns = [squeeze(s.text) for s in function.statements if s.kind == "return"]
    return bool(returns) and set(returns) == {"return0;"}


def always_fails(function: Function) -> bool:
    """Is every return one of an error code? Such a probe only looks at the device and leaves it to other drivers: which
    of its returns is the failure can not be told."""
    returns = [s for s in function.statements if s.kind == "return"]
    return len(returns) > 1 and all(re.fullmatch(r"return\s+-E\w+\s*;", s.text) for s in returns)


def returned_variable(function: Function) -> str | None:
    """ERR when the function ends in `return ERR;`."""
    last = function.body.children[-1] if function.body.children else None
    match = re.fullmatch(r"return\s+([A-Za-z_]\w*)\s*;", last.text) if last and last.kind == "return" else None
    return match.group(1) if match else None


def callbacks(source: Source, calls: dict[str, int]) -> set[str]:
    """Functions of the file that are handed to one of `calls` (name -> argument)."""
    found = set()
    for name, position in calls.items():
        for _, call in source.calls_by_name.get(name, []):
            target = call.arg(position).lstrip("&")
            if target in source.by_name:
                found.add(target)
    return found


HARD_IRQ = {"request_irq": 1, "devm_request_irq": 2}
SOFT_IRQ = {"timer_setup": 1, "tasklet_setup": 1, "tasklet_init": 1}


# Callbacks that the kernel calls with interrupts off, or when the device's interrupt is not asked for (record -> fields,
# * stands for all).
IRQS_OFF = {"console": "write", "irq_chip": "*", "snd_pcm_ops": "trigger pointer ack", "videobuf_queue_ops": "buf_queue",
            "clk_ops": "enable disable is_enabled", "input_dev": "event", "tty_operations": "stop start",
            "net_device_ops": "ndo_poll_controller", "clocksource": "*", "clock_event_device": "*",
            "mbox_chan_ops": "send_data last_tx_done", "syscore_ops": "*", "ata_port_operations": "*", "hrtimer": "*",
            "uart_ops": "start_tx stop_tx stop_rx set_mctrl get_mctrl enable_ms send_xchar "
                        "poll_get_char poll_put_char poll_init config_port request_port release_port", "irq_domain_ops": "*"}


def _ops_slots(source: Source, name: str) -> Iterator[tuple[str, str]]:
    """(record, field) of the initialisers of the file that name the function; record "" when it is not seen."""
    for match in re.finditer(rf"\.(\w+)\s*=\s*&?{name}\b", source.text):
        record = None
        for record in re.finditer(r"\bstruct\s+(\w+)\s+\w+\s*(?:\[\w*\]\s*)?=\s*\{", source.text[: match.start()]):
            pass
        yield record.group(1) if record else "", match.group(1)


def called_with_irqs_on(source: Source, name: str) -> bool:
    """Is this a static function that only tables of callbacks name, none of which is for calls with interrupts off?"""
    slots = list(_ops_slots(source, name))
    spelled = len(re.findall(rf"\b{name}\b", source.text))
    off = any(IRQS_OFF.get(record, "") == "*" or field in IRQS_OFF.get(record, "").split() or field.endswith("_noirq")
              for record, field in slots)
    return bool(slots) and spelled == len(slots) + 1 and "static" in source.by_name[name].head and not off


def atomic_callbacks(source: Source) -> set[str]:
    """Interrupt handlers, timers and tasklets of the file: they never may sleep."""
    return callbacks(source, HARD_IRQ) | callbacks(source, SOFT_IRQ)


def exit_functions(source: Source) -> set[str]:
    """Functions that end a device or the module."""
    names = set(re.findall(r"\.(?:remove|disconnect|remove_new)\s*=\s*([A-Za-z_]\w*)", source.text))
    names |= set(re.findall(r"\bmodule_exit\s*\(\s*(\w+)\s*\)", source.text))
    return names & source.by_name.keys()


def whole_module(source: Source) -> bool:
    """Is the file a kernel module of its own? Its folder's Makefile says so; nobody else can then do what it does not."""
    makefile = source.path.parent / "Makefile"
    if not makefile.exists():
        makefile = source.path.parent / "Kbuild"
    rules = makefile.read_text(encoding="latin-1") if makefile.exists() else ""
    stem = re.escape(source.path.stem)
    return re.search(rf"^obj-.*(?<![\w/-]){stem}\.o", rules.replace("\\\n", " "), re.M) is not None and re.search(
        rf"^{stem}-(?:y|objs)", rules, re.M) is None and re.search(r"\bmodule_\w*(?:init|driver)\s*\(", source.text) is not None
