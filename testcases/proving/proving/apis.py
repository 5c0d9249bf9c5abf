"""What the operators know of the kernel's functions: pairs that belong together.

Written from the kernel's headers and documents on its own, not from so2check's rule packs: a fault in a pair
that the packs lack must be missed, and show.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Lock:
    acquire: str
    release: str
    spins: bool  # the holder must not sleep
    flags: bool = False  # saves the interrupt state in its second argument
    taken: int = 0  # argument of acquire that is the lock; -1: there is one in the system
    given: int = 0  # argument of release that is the lock


def _locks() -> list[Lock]:
    result = []
    for base, undo in (("spin_lock", "spin_unlock"), ("read_lock", "read_unlock"), ("write_lock", "write_unlock")):
        result += [Lock(base, undo, True), Lock(base + "_bh", undo + "_bh", True),
                   Lock(base + "_irq", undo + "_irq", True),
                   Lock(base + "_irqsave", undo + "_irqrestore", True, True)]
    result += [Lock("mutex_lock", "mutex_unlock", False), Lock("mutex_lock_interruptible", "mutex_unlock", False),
               Lock("mutex_lock_killable", "mutex_unlock", False), Lock("down", "up", False),
               Lock("down_interruptible", "up", False), Lock("down_read", "up_read", False),
               Lock("down_write", "up_write", False)]
    return result


LOCKS = {lock.acquire: lock for lock in _locks()}
UNLOCKS = frozenset(lock.release for lock in LOCKS.values())
MAY_FAIL = frozenset({"mutex_lock_interruptible", "mutex_lock_killable", "down_interruptible"})

RESULT = -1  # the object is what the function returns


@dataclass(frozen=True)
class Pair:
    acquire: str
    release: tuple[str, ...]
    taken: int  # argument of acquire that is the object, or RESULT
    given: int  # argument of release that is the object
    failure: str  # how acquire fails: null, errptr, errno (not 0), status (NTSTATUS), raises, never
    memory: bool = False
    stored: bool = False  # acquire gets the address of the variable that release gets: &x and x


def _pairs() -> list[Pair]:
    kfree = ("kfree", "kvfree", "kfree_sensitive")
    result = [Pair(name, kfree, RESULT, 0, "null", True) for name in (
        "kmalloc", "kzalloc", "kcalloc", "kmalloc_array", "kstrdup", "kstrndup", "kasprintf", "kmemdup",
        "kzalloc_node", "kmalloc_node", "kvmalloc", "kvzalloc", "kvcalloc", "kvmalloc_array")]
    result += [Pair(name, ("vfree", "kvfree"), RESULT, 0, "null", True) for name in ("vmalloc", "vzalloc")]
    result += [Pair("memdup_user", kfree, RESULT, 0, "errptr", True),
               Pair("memdup_user_nul", kfree, RESULT, 0, "errptr", True)]
    result += [Pair(name, ("free_page", "free_pages"), RESULT, 0, "null", True)
               for name in ("__get_free_page", "__get_free_pages", "get_zeroed_page")]
    result += [Pair(name, ("__free_page", "__free_pages"), RESULT, 0, "null", True) for name in ("alloc_page", "alloc_pages")]
    plain = [
        # acquire, release, taken, given, failure
        ("kmem_cache_create", "kmem_cache_destroy", RESULT, 0, "null"),
        ("dma_alloc_coherent", "dma_free_coherent", RESULT, 2, "null"),
        ("dma_pool_create", "dma_pool_destroy", RESULT, 0, "null"),
        ("mempool_create_kmalloc_pool", "mempool_destroy", RESULT, 0, "null"),
        ("ioremap", "iounmap", RESULT, 0, "null"),
        ("of_iomap", "iounmap", RESULT, 0, "null"),
        ("pci_iomap", "pci_iounmap", RESULT, 1, "null"),
        ("pci_ioremap_bar", "iounmap", RESULT, 0, "null"),
        ("ioport_map", "ioport_unmap", RESULT, 0, "null"),
        ("request_region", "release_region", 0, 0, "null"),
        ("request_mem_region", "release_mem_region", 0, 0, "null"),
        ("request_irq", "free_irq", 0, 0, "errno"),
        ("request_threaded_irq", "free_irq", 0, 0, "errno"),
        ("pci_enable_device", "pci_disable_device", 0, 0, "errno"),
        ("pci_request_regions", "pci_release_regions", 0, 0, "errno"),
        ("clk_prepare_enable", "clk_disable_unprepare", 0, 0, "errno"),
        ("clk_get", "clk_put", RESULT, 0, "errptr"),
        ("regulator_enable", "regulator_disable", 0, 0, "errno"),
        ("gpio_request", "gpio_free", 0, 0, "errno"),
        ("alloc_etherdev", "free_netdev", RESULT, 0, "null"),
        ("alloc_netdev", "free_netdev", RESULT, 0, "null"),
        ("usb_alloc_urb", "usb_free_urb", RESULT, 0, "null"),
        ("usb_alloc_coherent", "usb_free_coherent", RESULT, 2, "null"),
        ("input_allocate_device", "input_free_device", RESULT, 0, "null"),
        ("platform_device_alloc", "platform_device_put", RESULT, 0, "null"),
        ("alloc_workqueue", "destroy_workqueue", RESULT, 0, "null"),
        ("alloc_ordered_workqueue", "destroy_workqueue", RESULT, 0, "null"),
        ("create_singlethread_workqueue", "destroy_workqueue", RESULT, 0, "null"),
        ("create_workqueue", "destroy_workqueue", RESULT, 0, "null"),
        ("class_create", "class_destroy", RESULT, 0, "errptr"),
        ("alloc_chrdev_region", "unregister_chrdev_region", 0, 0, "errno"),
        ("register_chrdev_region", "unregister_chrdev_region", 0, 0, "errno"),
        ("register_chrdev", "unregister_chrdev", 0, 0, "errno"),
        ("cdev_add", "cdev_del", 0, 0, "errno"),
        ("misc_register", "misc_deregister", 0, 0, "errno"),
        ("register_netdev", "unregister_netdev", 0, 0, "errno"),
        ("register_blkdev", "unregister_blkdev", 0, 0, "errno"),
        ("scsi_host_alloc", "scsi_host_put", RESULT, 0, "null"),
        ("request_firmware", "release_firmware", 0, 0, "errno"),
        ("sysfs_create_group", "sysfs_remove_group", 0, 0, "errno"),
        ("kthread_run", "kthread_stop", RESULT, 0, "errptr"),
        ("kthread_create", "kthread_stop", RESULT, 0, "errptr"),
        ("pci_register_driver", "pci_unregister_driver", 0, 0, "errno"),
        ("platform_driver_register", "platform_driver_unregister", 0, 0, "errno"),
        ("usb_register", "usb_deregister", 0, 0, "errno"),
        ("i2c_add_driver", "i2c_del_driver", 0, 0, "errno"),
        ("proc_create", "remove_proc_entry", RESULT, 0, "null"),
    ]
    result += [Pair(acquire, (release,), taken, given, failure) for acquire, release, taken, given, failure in plain]
    return result


PAIRS = {pair.acquire: pair for pair in _pairs()}
RELEASES: dict[str, int] = {}  # release -> argument that is the object
for _pair in PAIRS.values():
    for _name in _pair.release:
        RELEASES.setdefault(_name, _pair.given)
MEMORY_RELEASES = frozenset(name for pair in PAIRS.values() if pair.memory for name in pair.release)

# Calls that allocate by a gfp flag and may sleep for it.
GFP_CALLS = frozenset("""kmalloc kzalloc kcalloc kmalloc_array kmemdup kstrdup kzalloc_node kmalloc_node kmem_cache_alloc
    kmem_cache_zalloc alloc_skb dev_alloc_skb usb_alloc_urb usb_submit_urb usb_alloc_coherent dma_alloc_coherent
    dma_pool_alloc dma_pool_zalloc mempool_alloc alloc_page alloc_pages __get_free_page __get_free_pages get_zeroed_page
    __netdev_alloc_skb skb_clone skb_copy alloc_etherdev bio_alloc""".split())

# Stops of callbacks: afterwards none of them runs. name -> argument that names the object
STOPS = {"del_timer_sync": 0, "timer_delete_sync": 0, "cancel_work_sync": 0, "cancel_delayed_work_sync": 0,
         "tasklet_kill": 0, "free_irq": 1, "kthread_stop": 0, "hrtimer_cancel": 0}
