"""Each Windows operator mutates a source that it must, and leaves one alone that it must not."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from proving.operators import apply, load_all  # noqa: E402
from proving.source import Source  # noqa: E402

OPERATORS = load_all()


def function(body: str, head: str = "static NTSTATUS Do(PEXT ext, PIRP Irp)") -> str:
    return f"{head}\n{{\n{body}\n}}\n"


LOCKED = """KIRQL irql;
    KeAcquireSpinLock(&ext->Lock, &irql);
    if (ext->Busy) {
        KeReleaseSpinLock(&ext->Lock, irql);
        return STATUS_DEVICE_BUSY;
    }
    ext->Busy = TRUE;
    KeReleaseSpinLock(&ext->Lock, irql);
    return STATUS_SUCCESS;"""
HANDED_OVER = """KIRQL irql;
    KeAcquireSpinLock(&ext->Lock, &irql);
    for (;;) {
        KeReleaseSpinLock(&ext->Lock, irql);
        KeAcquireSpinLock(&ext->Lock, &irql);
    }"""
NESTED = """KIRQL outer, inner;
    KeAcquireSpinLock(&ext->A, &outer);
    KeAcquireSpinLock(&ext->B, &inner);
    ext->Count++;
    KeReleaseSpinLock(&ext->B, inner);
    KeReleaseSpinLock(&ext->A, outer);
    return STATUS_SUCCESS;"""
LADDER_LOCK = """NTSTATUS status = STATUS_SUCCESS;
    ExAcquireFastMutex(&ext->Mutex);
    if (ext->Busy) {
        status = STATUS_DEVICE_BUSY;
        goto unlock;
    }
    ext->Busy = TRUE;
unlock:
    ExReleaseFastMutex(&ext->Mutex);
    return status;"""
POOL = """PULONG copy;
    copy = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, 'x');
    if (!copy)
        return STATUS_INSUFFICIENT_RESOURCES;
    RtlCopyMemory(copy, ext->Table, 64);
    RtlCopyMemory(ext->Other, copy, 64);
    ExFreePoolWithTag(copy, 'x');
    return STATUS_SUCCESS;"""
POOL_KEPT = """PULONG copy;
    copy = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, 'x');
    if (copy)
        ext->Copy = copy;
    return STATUS_SUCCESS;"""
LADDER = """NTSTATUS status;
    PVOID copy;
    PMDL mdl;
    copy = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, 'x');
    if (!copy)
        return STATUS_INSUFFICIENT_RESOURCES;
    mdl = IoAllocateMdl(copy, 64, FALSE, FALSE, NULL);
    if (!mdl) {
        status = STATUS_INSUFFICIENT_RESOURCES;
        goto free_copy;
    }
    MmBuildMdlForNonPagedPool(mdl);
    status = Use(mdl);
    if (!NT_SUCCESS(status))
        goto free_mdl;
    status = UseAgain(mdl);
free_mdl:
    IoFreeMdl(mdl);
free_copy:
    ExFreePoolWithTag(copy, 'x');
    return status;"""
GUARDED = """PMDL mdl;
    PVOID user = stack->Parameters.DeviceIoControl.Type3InputBuffer;
    __try {
        ProbeForRead(user, 4, 4);
        RtlCopyMemory(&value, user, 4);
    } __except (EXCEPTION_EXECUTE_HANDLER) {
        return GetExceptionCode();
    }
    return STATUS_SUCCESS;"""
TERMINATED = """PMDL mdl = IoAllocateMdl(ext->Va, 64, FALSE, FALSE, NULL);
    __try {
        MmProbeAndLockPages(mdl, UserMode, IoReadAccess);
    } __finally {
        IoFreeMdl(mdl);
    }
    return STATUS_SUCCESS;"""
COMPLETE = """Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;"""
PENDING = """if (ext->Ready)
        return Finish(Irp, STATUS_SUCCESS);
    IoMarkIrpPending(Irp);
    InsertTailList(&ext->Queue, &Irp->Tail.Overlay.ListEntry);
    return STATUS_PENDING;"""
PENDING_OTHER = """if (ext->Late)
        IoMarkIrpPending(Irp);
    return ext->Late ? STATUS_PENDING : STATUS_SUCCESS;"""
ROUTE = "VOID Set(PDRIVER_OBJECT d)\n{\n    d->MajorFunction[IRP_MJ_READ] = Do;\n}\n"
ENTRY = """VOID Unload(PDRIVER_OBJECT d)
{
    KeCancelTimer(&ext->Timer);
    IoDeleteSymbolicLink(&Link);
    ExDeleteNPagedLookasideList(&ext->List);
    IoDeleteDevice(d->DeviceObject);
}
NTSTATUS DriverEntry(PDRIVER_OBJECT d, PUNICODE_STRING r)
{
    KeInitializeDpc(&ext->Dpc, Tick, ext);
    d->DriverUnload = Unload;
    return STATUS_SUCCESS;
}
"""
NO_UNLOAD = ENTRY.replace("d->DriverUnload = Unload;", "")
DPC = "VOID Tick(PKDPC dpc, PVOID context)\n{\n    Count(context);\n}\n" + function("KeInitializeDpc(&ext->Dpc, Tick, ext);\n    return 0;")
NO_DPC = DPC.replace("KeInitializeDpc(&ext->Dpc, Tick, ext)", "Call(Tick)")
LOCKED_POOL = LOCKED.replace("ext->Busy = TRUE;", "record = ExAllocatePoolWithTag(NonPagedPoolNx, 8, 'x');")

# operator -> (source that it must mutate, source that it must leave alone)
CASES = {
    "win-unlock-dropped-on-error": (function(LOCKED), function(HANDED_OVER)),
    "win-unlock-dropped-at-end": (function(LOCKED), function(HANDED_OVER)),
    "win-unlock-doubled": (function(LOCKED), function("KeReleaseSpinLock(&ext->Lock, irql);\n return 0;")),
    "win-unlock-of-other-lock": (function(NESTED), function(LOCKED)),
    "win-return-past-unlock": (function(LADDER_LOCK), function(LADDER)),
    "win-irql-uninitialised": (function(LOCKED), function("KeReleaseSpinLock(&ext->Lock, ext->Irql);\n return 0;")),
    "win-irql-of-other-lock": (function(NESTED), function(LOCKED)),
    "win-irql-not-given-back": (function(LOCKED), function("KeReleaseSpinLock(&ext->Lock, ext->Irql);\n return 0;")),
    "win-paged-pool-at-dispatch": (function(LOCKED_POOL), function(POOL)),
    "win-wait-under-lock": (function(LOCKED), function(LADDER_LOCK)),
    "win-wait-in-dpc": (DPC, NO_DPC),
    "win-wait-under-lock-by-helper": (function(LOCKED), function(LADDER_LOCK)),
    "win-wait-in-dpc-by-helper": (DPC, NO_DPC),
    "win-pool-free-dropped": (function(POOL), function(POOL_KEPT)),
    "win-pool-free-doubled": (function(POOL), function(POOL_KEPT)),
    "win-pool-use-after-free": (function(POOL), function(POOL.replace("RtlCopyMemory(ext->Other, copy, 64)", "ext->Count++"))),
    "win-return-past-free": (function(LADDER), function(LADDER_LOCK)),
    "win-return-past-release": (function(LADDER), function(LADDER_LOCK)),
    "win-mdl-release-dropped": (function(LADDER), function("IoFreeMdl(ext->Mdl);\n return 0;")),
    "win-reference-dropped": (
        function("HANDLE key;\n NTSTATUS status;\n status = ZwOpenKey(&key, KEY_READ, &attributes);\n"
                 " if (!NT_SUCCESS(status))\n  return status;\n ZwClose(key);\n return status;"),
        function("ZwClose(ext->Key);\n return 0;")),
    "win-request-free-dropped": (
        function("PIO_WORKITEM item;\n item = IoAllocateWorkItem(d);\n if (!item)\n  return STATUS_NO_MEMORY;\n if (ext->Busy) {\n  IoFreeWorkItem(item);\n"
                 "  return STATUS_DEVICE_BUSY;\n }\n IoQueueWorkItem(item, Work, DelayedWorkQueue, ext);\n return 0;"),
        function("IoFreeWorkItem(ext->Item);\n return 0;")),
    "win-null-check-dropped": (function(POOL), function(POOL_KEPT)),
    "win-status-check-dropped": (
        function("NTSTATUS status;\n status = IoCreateSymbolicLink(&Link, &Name);\n if (!NT_SUCCESS(status))\n  return status;\n"
                 " status = Start(ext);\n return status;"),
        function("NTSTATUS status;\n status = IoCreateSymbolicLink(&Link, &Name);\n if (!NT_SUCCESS(status))\n  return status;\n"
                 " return status;")),
    "win-link-delete-dropped": (ENTRY, NO_UNLOAD),
    "win-device-delete-dropped": (ENTRY, NO_UNLOAD),
    "win-lookaside-delete-dropped": (ENTRY, NO_UNLOAD),
    "win-stop-dropped": (ENTRY, NO_UNLOAD),
    "win-init-dropped": (
        function("KeInitializeSpinLock(&ext->Lock);\n return 0;", "NTSTATUS DriverEntry(PEXT ext)") + function(LOCKED),
        function("KeInitializeSpinLock(&ext->Lock);\n return 0;", "static NTSTATUS Init(PEXT ext)") + function(LOCKED)),
    "win-irp-written-after-completion": (function(COMPLETE), function("IoCompleteRequest(Irp, IO_NO_INCREMENT);\n return 0;")),
    "win-irp-read-after-completion": (function(COMPLETE), function(COMPLETE, "static VOID Do(PIRP Irp)")),
    "win-irp-completed-twice": (function(COMPLETE), function(PENDING_OTHER)),
    "win-irp-completion-dropped": (function(COMPLETE) + ROUTE, function(COMPLETE)),
    "win-pending-mark-dropped": (function(PENDING) + ROUTE, function(PENDING)),
    "win-pending-status-lost": (function(PENDING) + ROUTE, function(PENDING)),
    "win-try-dropped": (function(GUARDED), function(TERMINATED)),
    "win-probe-dropped": (function(GUARDED), function(GUARDED.replace("ProbeForRead(user, 4, 4);", ""))),
}


class WindowsOperators(unittest.TestCase):
    def test_each_operator_has_a_case(self):
        self.assertEqual({name for name, operator in OPERATORS.items() if operator.system == "windows"}, CASES.keys())

    def test_what_must_be_mutated(self):
        for name, (wanted, _) in CASES.items():
            with self.subTest(name):
                source = Source(Path("made.c"), wanted)
                mutations = list(OPERATORS[name].find(source))
                self.assertTrue(mutations)
                for mutation in mutations:
                    self.assertIn(mutation.function, source.by_name)
                    mutant = apply(wanted, mutation)
                    self.assertNotEqual(mutant, wanted)
                    Source(Path("mutant.c"), mutant)

    def test_what_must_not(self):
        for name, (_, unwanted) in CASES.items():
            with self.subTest(name):
                self.assertEqual([], [m.detail for m in OPERATORS[name].find(Source(Path("made.c"), unwanted))])


class NoFaults(unittest.TestCase):
    """Places of the right shape at which nothing goes wrong."""

    def assert_left_alone(self, name: str, text: str) -> None:
        self.assertEqual([], [m.detail for m in OPERATORS[name].find(Source(Path("made.c"), text))])

    def test_a_branch_that_cannot_be_taken(self):
        body = ("ext->Words = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, 'x');\n if (!ext->Words)\n  return STATUS_NO_MEMORY;\n"
                " MmBuildMdlForNonPagedPool(mdl);\n va = MmGetSystemAddressForMdlSafe(mdl, NormalPagePriority);\n if (!va) {\n"
                "  ExFreePool(ext->Words);\n  return STATUS_NO_MEMORY;\n }\n return STATUS_SUCCESS;")
        self.assert_left_alone("win-pool-free-dropped", function(body))
        self.assertTrue(list(OPERATORS["win-pool-free-dropped"].find(
            Source(Path("made.c"), function(body.replace("MmBuildMdlForNonPagedPool(mdl);", ""))))))

    def test_a_level_that_another_lock_raised(self):
        body = ("KIRQL outer, irql;\n IoAcquireCancelSpinLock(&outer);\n KeAcquireSpinLock(&ext->Lock, &irql);\n ext->Count++;\n"
                " KeReleaseSpinLock(&ext->Lock, irql);\n IoReleaseCancelSpinLock(outer);\n return 0;")
        self.assert_left_alone("win-irql-not-given-back", function(body))

    def test_a_link_that_becomes_valid_on_a_list(self):
        setup = function("InitializeListHead(&ext->Link);\n return 0;", "NTSTATUS DriverEntry(PEXT ext)")
        self.assert_left_alone("win-init-dropped", setup + function("InsertTailList(&ext->Head, &ext->Link);\n return 0;"))


class TerminationHandlers(unittest.TestCase):
    def test_statements(self):
        function_ = Source(Path("made.c"), function(GUARDED + "\n    __try { if (x) __leave; } __finally { y(); }")).functions[0]
        self.assertEqual(["try", "try"], [s.kind for s in function_.body.children if s.kind == "try"])
        self.assertEqual({"except", "finally"}, {s.kind for s in function_.statements} & {"except", "finally"})
        self.assertIn("leave", {s.kind for s in function_.statements})

    def test_a_plain_name_is_no_keyword(self):
        source = Source(Path("made.c"), "int f(void)\n{\n    int try = 0, leave;\n    leave = try;\n    return leave;\n}\n")
        self.assertEqual({"block", "simple", "return"}, {s.kind for s in source.functions[0].statements})


if __name__ == "__main__":
    unittest.main()
