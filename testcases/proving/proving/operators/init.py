"""Initialisers that are missing."""

from __future__ import annotations

import re
from typing import Iterator

from ..flow import whole_module
from ..source import Call, Function, Source, squeeze
from . import Mutation, drop, mutation, operator

# initialiser -> calls that need it: at least one must stand in the file, on the same member
NEEDED = {
    "spin_lock_init": r"spin_(?:try)?lock\w*",
    "mutex_init": r"mutex_(?:try)?lock\w*",
    "sema_init": r"down\w*",
    "init_rwsem": r"down_(?:read|write)\w*",
    "rwlock_init": r"(?:read|write)_lock\w*",
    "init_waitqueue_head": r"wait_event\w*|wake_up\w*|add_wait_queue|poll_wait|prepare_to_wait\w*",
    "init_completion": r"wait_for_completion\w*|complete(?:_all)?",
    "INIT_LIST_HEAD": r"list_(?:add\w*|for_each\w*|empty|first_entry\w*|splice\w*)",
    "INIT_WORK": r"schedule_work|queue_work|cancel_work_sync",
    "INIT_DELAYED_WORK": r"schedule_delayed_work|queue_delayed_work|mod_delayed_work|cancel_delayed_work_sync",
    "timer_setup": r"mod_timer|add_timer",
    "tasklet_setup": r"tasklet_schedule|tasklet_hi_schedule",
}


def _of_framework(source: Source, target: str) -> bool:
    """A member of a record inside the driver's own (udc->gadget.ep_list) that no record of the file declares: it is the
    kernel's, which may initialise it when the driver registers that record."""
    member = re.search(r"(?:->|\.)\w+\.(\w+)$", target)
    return member is not None and re.search(rf"\bstruct\s+\w+\s+{member.group(1)}\s*;|\b\w+_t\s+{member.group(1)}\s*;", source.text) is None


def _declared(source: Source, record: str) -> bool:
    """Does the file, or a header of its own folder, say what the record is made of?"""
    texts = [source.text]
    for name in re.findall(r'^\s*#\s*include\s*"([^"]+)"', source.text, re.M):
        header = source.path.parent / name
        texts += [header.read_text(encoding="latin-1")] if header.exists() else []
    return any(re.search(rf"\bstruct\s+{record}\s*\{{", text) for text in texts)


def _of_others(source: Source, function: Function, target: str) -> bool:
    """A member of a record that the kernel's headers declare (ddev->channels, ddev a struct dma_device *): who registers it
    or shares it may initialise it, and that is to be seen in no file of the driver's."""
    base = re.match(r"&(\w+)->\w+$", target)
    typed = base and re.search(rf"\bstruct\s+(\w+)\s*\*\s*{base.group(1)}\b", source.text[function.start : function.end])
    return bool(typed) and not _declared(source, typed.group(1))


def _uses(call: Call, member: str) -> bool:
    """Does the call need the member initialised? What is put on a list needs not: that makes it an entry."""
    args = call.args[1:] if call.name.startswith("list_add") else call.args
    return any(_member(a) == member for a in args)


def _member(text: str) -> str:
    match = re.search(r"(?:->|\.)(\w+)$", squeeze(text))
    return match.group(1) if match else ""


@operator("init-dropped", "init", rules="lin-init-missing lin-live-before-init", peers=r"uninit|garbage|init", why="""The one initialiser of a lock,
    queue, list head, work, timer or completion inside an allocated structure is taken out; the file is
    the whole module and uses the object: a list head of zeros crashes at the first use, a lock or work that was never set up
    misbehaves or trips the kernel's checks.""")
def init_dropped(source: Source) -> Iterator[Mutation]:
    for function in source.functions if whole_module(source) else ():
        for call in function.calls:
            member = _member(call.args[0]) if call.name in NEEDED and call.args else ""
            if not member or call.statement.only_call is not call or not call.arg(0).startswith("&"):
                continue
            if _of_framework(source, call.arg(0)) or _of_others(source, function, call.arg(0)):
                continue
            setups = [c for name in NEEDED for _, c in source.calls_by_name.get(name, []) if c.args and _member(c.args[0]) == member]
            users = [c for name in source.calls_by_name if name != call.name and re.fullmatch(NEEDED[call.name], name)
                     for _, c in source.calls_by_name[name] if _uses(c, member)]
            if len(setups) == 1 and users:
                yield mutation(function, [drop(call.statement)], call.statement, f"{squeeze(call.statement.text)} dropped")
