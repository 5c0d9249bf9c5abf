"""Initialisers that are missing."""

from __future__ import annotations

import re
from typing import Iterator

from ..flow import whole_module
from ..source import Source, squeeze
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
            if not member or call.statement.only_call is not call or not call.arg(0).startswith("&") or _of_framework(source, call.arg(0)):
                continue
            setups = [c for name in NEEDED for _, c in source.calls_by_name.get(name, []) if c.args and _member(c.args[0]) == member]
            users = [c for name in source.calls_by_name if re.fullmatch(NEEDED[call.name], name)
                     for _, c in source.calls_by_name[name] if any(_member(a) == member for a in c.args)]
            if len(setups) == 1 and users:
                yield mutation(function, [drop(call.statement)], call.statement, f"{squeeze(call.statement.text)} dropped")
