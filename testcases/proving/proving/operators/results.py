"""Results that nobody looks at."""

from __future__ import annotations

import re
from typing import Iterator

from ..apis import PAIRS
from ..flow import guarded_exit
from ..source import Call, Function, Source, Statement, squeeze
from . import Mutation, drop, mutation, operator

PEER_NULL = r"null|dereference|possible"
MAY_BE_NULL = frozenset(name for name, pair in PAIRS.items() if pair.failure == "null") | frozenset(
    """devm_kzalloc devm_kcalloc devm_kmalloc devm_kmalloc_array devm_kstrdup devm_kasprintf devm_ioremap kmem_cache_alloc
    kmem_cache_zalloc dev_alloc_skb alloc_skb netdev_alloc_skb devm_iio_device_alloc""".split())
ERR_POINTERS = frozenset(name for name, pair in PAIRS.items() if pair.failure == "errptr") | frozenset(
    """devm_ioremap_resource devm_clk_get devm_regulator_get devm_gpiod_get filp_open device_create
    devm_platform_ioremap_resource platform_device_register_simple devm_reset_control_get class_create""".split())


def _checked(source: Source, names: frozenset[str]) -> Iterator[tuple[Function, Statement, str, Call]]:
    """(function, the test, target, call) for `target = name(...); if (<test of target>) leave`."""
    for function in source.functions:
        for statement in function.statements:
            if not statement.assignment or statement.assignment[1].name not in names:
                continue
            target, call = statement.assignment
            test = statement.next
            if test and guarded_exit(test):
                yield function, test, target, call


def _dereferenced_next(test: Statement, target: str) -> bool:
    """Is the pointer dereferenced, on every way, before it is tested or set again?"""
    for later in test.siblings[test.siblings.index(test) + 1 :]:
        text = squeeze(later.text if later.kind in ("simple", "return") else later.head)
        if re.search(rf"(?<![\w.>&]){re.escape(target)}(?:->(?!\w+\[?\w*\]?[,)])|\[)", text) and "sizeof" not in text:
            return True
        if later.kind != "simple" or re.search(rf"(?<![\w.>]){re.escape(target)}(?!\w)", text):
            return False
    return False


@operator("result-null-check-dropped", "result-check", rules="lin-null-unchecked", peers=PEER_NULL, why="""The test of an
    allocation for NULL is taken out, and the next statements dereference the pointer: when memory is short the
    kernel oopses.""")
def null_check(source: Source) -> Iterator[Mutation]:
    for function, test, target, call in _checked(source, MAY_BE_NULL):
        if squeeze(test.head) in (f"(!{target})", f"({target}==NULL)") and _dereferenced_next(test, target):
            yield mutation(function, [drop(test)], test, f"{target} = {call.name}() not tested")


@operator("result-is-err-check-dropped", "result-check", rules="lin-null-unchecked lin-errno-unchecked lin-errptr-check",
          peers=PEER_NULL + "|IS_ERR|ERR_PTR", why="""The IS_ERR test of a pointer is taken out, and the pointer is used
    afterwards: on failure the driver dereferences, or hands on, an error code as an address. Not those of GPIO lines:
    the gpiod functions refuse error pointers themselves (validate_desc in gpiolib), so nothing goes wrong.""")
def iserr_check(source: Source) -> Iterator[Mutation]:
    for function, test, target, call in _checked(source, ERR_POINTERS):
        if "gpiod_get" in call.name:
            continue
        rest = source.text[test.end : function.end]
        if squeeze(test.head) == f"(IS_ERR({target}))" and re.search(rf"\b{re.escape(target.split('->')[-1])}\b", rest) \
                and "IS_ERR" not in rest and "OR_NULL" not in function.body.text:
            yield mutation(function, [drop(test)], test, f"{target} = {call.name}() not tested")


ERRNO_CALLS = frozenset(name for name, pair in PAIRS.items() if pair.failure == "errno") | frozenset(
    """devm_request_irq devm_request_threaded_irq pcim_enable_device pcim_iomap_regions dma_set_mask_and_coherent
    input_register_device device_register platform_device_add usb_submit_urb kstrtoul kstrtoint kstrtouint
    wait_event_interruptible down_interruptible mutex_lock_interruptible""".split())


@operator("result-errno-check-dropped", "result-check", rules="lin-errno-unchecked lin-registration-unchecked lin-wait-intr-unchecked lin-unwind-failed",
          peers=r"unused|never used|dead|ignor|result|return value|uninit", why="""`ret = acquire(...); if (ret) leave` lost its test, and ret is
    set anew before anybody reads it: the driver goes on as if it had the interrupt, region or device.""")
def errno_check(source: Source) -> Iterator[Mutation]:
    for function, test, target, call in _checked(source, ERRNO_CALLS):
        if squeeze(test.head) not in (f"({target})", f"({target}<0)", f"({target}!=0)") or not re.fullmatch(r"\w+", target):
            continue
        for later in test.siblings[test.siblings.index(test) + 1 :]:
            if later.assignment and later.assignment[0] == target and not re.search(
                    rf"\b{target}\b", later.text.split("=", 1)[1]):
                yield mutation(function, [drop(test)], test, f"{target} = {call.name}() not tested")
                break
            if later.kind != "simple" or re.search(rf"\b{target}\b", later.text):
                break
