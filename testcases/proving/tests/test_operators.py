"""Each Linux operator on a small driver: what it must change, and what it must leave alone."""

import tempfile
import unittest
from pathlib import Path

from proving.operators import CORE_GROUPS, apply, load_all
from proving.source import Source

OPERATORS = load_all()
LOCKED = "int f(struct d *d)\n{\n\tspin_lock_irqsave(&d->l, flags);\n%s\tspin_unlock_irqrestore(&d->l, flags);\n\treturn 0;\n}\n"
LADDER = (
    "int f(struct d *d)\n{\n\tp = kzalloc(4, GFP_KERNEL);\n\tif (!p)\n\t\treturn -ENOMEM;\n\tret = setup(d);\n\tif (ret)\n"
    "\t\tgoto free;\n\treturn 0;\nfree:\n\tkfree(p);\n\treturn ret;\n}\n"
)
MEMBER_LADDER = LADDER.replace("p = k", "d->p = k").replace("!p", "!d->p").replace("kfree(p)", "kfree(d->p)")
HANDLER = "static irqreturn_t isr(int irq, void *d)\n{\n%s\treturn IRQ_HANDLED;\n}\nint p(struct d *d)\n{\n\treturn request_irq(d->irq, isr, 0, n, d);\n}\n"
RECORD_HANDLER = (HANDLER % "\tstruct d *d = p;\n\n\tspin_lock(&d->l);\n\tspin_unlock(&d->l);\n").replace("void *d", "void *p")
REMOVE = "static struct platform_driver drv = { .remove = rm };\nmodule_platform_driver(drv);\n"
RECORD = "struct d {\n\tint x;\n};\n"
PROBE = "int pr(struct d *d)\n{\n%s\treturn 0;\n}\n"

# operator: (text that must be changed, what the mutant must have or, with "-" before, must not have)
CHANGED = {
    "lock-unlock-dropped-on-error": (LOCKED % "\tif (bad) {\n\t\tspin_unlock_irqrestore(&d->l, flags);\n\t\treturn -EIO;\n\t}\n",
                                     "if (bad) {\n\t\t\n\t\treturn -EIO;"),
    "lock-unlock-dropped-at-end": (LOCKED % "", "-spin_unlock_irqrestore"),
    "lock-unlock-doubled": (LOCKED % "", "spin_unlock_irqrestore(&d->l, flags);\n\tspin_unlock_irqrestore(&d->l, flags);"),
    "lock-unlock-became-lock": (LOCKED % "", "-spin_unlock_irqrestore"),
    "lock-unlock-of-other-lock": ("int f(void)\n{\n\tmutex_lock(&a);\n\tmutex_lock(&b);\n\tmutex_unlock(&b);\n\tmutex_unlock(&a);\n\treturn 0;\n}\n",
                                  "mutex_unlock(&b);\n\tmutex_unlock(&b);"),
    "lock-irqrestore-lost": (LOCKED % "", "spin_unlock(&d->l);"),
    "lock-irqsave-lost": (RECORD_HANDLER + "static " + LOCKED % "" + "static struct ops o = {\n\t.start = f,\n};\n",
                          "\tspin_lock(&d->l);\n\tspin_unlock(&d->l);\n\treturn 0;"),
    "lock-return-past-unlock": ("int f(void)\n{\n\tmutex_lock(&m);\n\tret = g();\n\tif (ret)\n\t\tgoto out;\n\th();\nout:\n\tmutex_unlock(&m);\n\treturn ret;\n}\n",
                                "if (ret)\n\t\treturn ret;"),
    "context-gfp-kernel-under-lock": (LOCKED % "\tp = kmalloc(4, GFP_ATOMIC);\n", "GFP_KERNEL"),
    "context-gfp-kernel-in-handler": (HANDLER % "\tp = kmalloc(4, GFP_ATOMIC);\n", "GFP_KERNEL"),
    "context-gfp-kernel-in-helper": ("static int h(void)\n{\n\tp = kmalloc(4, GFP_ATOMIC);\n\treturn 0;\n}\n" + LOCKED % "\th();\n", "GFP_KERNEL"),
    "context-sleep-under-lock": (LOCKED % "\tuse(d);\n", "use(d);\n\t"),
    "context-sleep-in-handler": (HANDLER % "\tuse(d);\n", "use(d);\n\t"),
    "context-sleep-under-lock-by-helper": (LOCKED % "\tuse(d);\n", "settle_twice();\n\tspin_unlock"),
    "context-sleep-in-handler-by-helper": (HANDLER % "\tuse(d);\n", "use(d);\n\tsettle_twice();"),
    "memory-free-dropped-on-error": (LADDER.replace("int f(struct d *d)\n{", "int f(struct d *d)\n{\n\tvoid *p;\n"), "-kfree"),
    "memory-free-dropped-member": ("static " + MEMBER_LADDER, "-kfree"),
    "memory-free-doubled": (LADDER, "kfree(p);\n\tkfree(p);"),
    "memory-use-after-free": ("void f(struct d *d)\n{\n\tput(d->x);\n\tkfree(d);\n}\n", "kfree(d);\n\tput(d->x);"),
    "memory-return-past-free": (LADDER, "if (ret)\n\t\treturn ret;"),
    "resource-undo-dropped-on-error": (LADDER.replace("kzalloc(4, GFP_KERNEL)", "ioremap(a, 4)").replace("kfree", "iounmap"), "-iounmap"),
    "resource-return-past-undo": (LADDER.replace("kzalloc(4, GFP_KERNEL)", "ioremap(a, 4)").replace("kfree", "iounmap"), "if (ret)\n\t\treturn ret;"),
    "resource-goto-wrong-label": ("int f(void)\n{\n\tp = ioremap(a, 4);\n\tif (!p)\n\t\treturn -1;\n\tq = g();\n\tif (!q)\n\t\tgoto one;\n\treturn 0;\none:\n\tiounmap(p);\ntwo:\n\tundo();\n\treturn -1;\n}\n",
                                  "goto two;"),
    "result-null-check-dropped": ("int f(void)\n{\n\tp = kzalloc(4, G);\n\tif (!p)\n\t\treturn -ENOMEM;\n\tp->x = 1;\n\treturn 0;\n}\n", "-ENOMEM"),
    "result-is-err-check-dropped": ("int f(void)\n{\n\tc = clk_get(d, n);\n\tif (IS_ERR(c))\n\t\treturn PTR_ERR(c);\n\tclk_enable(c);\n\treturn 0;\n}\n", "-IS_ERR"),
    "result-errno-check-dropped": ("int f(void)\n{\n\tret = request_irq(i, h, 0, n, d);\n\tif (ret)\n\t\treturn ret;\n\tret = g();\n\treturn ret;\n}\n", "-if (ret)"),
    "user-copy-unchecked": ("long f(void)\n{\n\tif (copy_from_user(&a, p, 4))\n\t\treturn -EFAULT;\n\treturn 0;\n}\n", "-if"),
    "user-move-unchecked": ("long f(void)\n{\n\tif (get_user(a, p))\n\t\treturn -EFAULT;\n\treturn 0;\n}\n", "\tget_user(a, p);"),
    "user-copy-became-memcpy": ("long f(void)\n{\n\tif (copy_to_user(p, &a, 4))\n\t\treturn -EFAULT;\n\treturn 0;\n}\n", "memcpy("),
    "user-move-became-dereference": ("long f(void)\n{\n\tif (put_user(a, p))\n\t\treturn -EFAULT;\n\treturn 0;\n}\n", "*(p) = a;"),
    "user-remainder-returned": ("long f(void)\n{\n\tif (copy_to_user(p, &a, 4))\n\t\treturn -EFAULT;\n\treturn 0;\n}\n", "return left;"),
    "list-safe-iterator-lost": ("void f(void)\n{\n\tlist_for_each_entry_safe(a, n, &h, m) {\n\t\tlist_del(&a->m);\n\t\tkfree(a);\n\t}\n}\n",
                                "list_for_each_entry(a, &h, m)"),
    "init-dropped": (RECORD + REMOVE + PROBE % "\tmutex_init(&d->m);\n" + "void u(struct d *d)\n{\n\tmutex_lock(&d->m);\n}\n", "-mutex_init"),
    "teardown-release-dropped": (REMOVE + PROBE % "\td->b = ioremap(a, 4);\n" + "int rm(struct d *d)\n{\n\tiounmap(d->b);\n\treturn 0;\n}\n", "-iounmap"),
    "teardown-stop-dropped": (REMOVE + PROBE % "\tschedule_work(&d->w);\n" + "int rm(struct d *d)\n{\n\tcancel_work_sync(&d->w);\n\treturn 0;\n}\n", "-cancel_work_sync"),
    "teardown-stop-nosync": (REMOVE + PROBE % "\tschedule_work(&d->w);\n" + "int rm(struct d *d)\n{\n\tcancel_work_sync(&d->w);\n\treturn 0;\n}\n", "cancel_work(&d->w)"),
    "teardown-order-swapped": (REMOVE + "int rm(struct d *d)\n{\n\tdel_timer_sync(&d->t);\n\tkfree(d);\n\treturn 0;\n}\n", "kfree(d);\n\tdel_timer_sync(&d->t);"),
}

# What an operator must not take for a place: the edit would be no fault, or nobody could tell.
UNCHANGED = {
    "lock-unlock-dropped-on-error": [LOCKED.replace("spin_lock_irqsave(&d->l, flags);", "other();") % "\tif (bad) {\n\t\tspin_unlock_irqrestore(&d->l, flags);\n\t\treturn -EIO;\n\t}\n"],
    "lock-unlock-dropped-at-end": ["void f(void)\n{\n\tmutex_unlock(&m);\n\twork();\n\tmutex_lock(&m);\n}\n"],
    "lock-irqsave-lost": [RECORD_HANDLER + "static " + LOCKED % "" + "void g(struct d *d)\n{\n\tf(d);\n}\n"],
    # Who owns the record is to be seen in another file.
    "memory-free-dropped-member": [MEMBER_LADDER, "static " + MEMBER_LADDER + "int g(struct d *d)\n{\n\treturn f(d);\n}\n"],
    # One is a mutex, the other is given to a function that lets go of it.
    "context-sleep-under-lock": ["void f(void)\n{\n\tmutex_lock(&m);\n\tuse();\n\tmutex_unlock(&m);\n}\n", LOCKED % "\twait_and_drop(q, &d->l, flags);\n\tuse(d);\n"],
    # The function that would fail never does.
    "lock-return-past-unlock": ["static int g(void)\n{\n\tuse();\n\treturn 0;\n}\nint f(void)\n{\n\tmutex_lock(&m);\n\tret = g();\n\tif (ret)\n\t\tgoto out;\n\th();\nout:\n\tmutex_unlock(&m);\n\treturn ret;\n}\n"],
    "context-gfp-kernel-in-helper": ["static int h(void)\n{\n\tp = kmalloc(4, GFP_ATOMIC);\n\treturn 0;\n}\n" + LOCKED % "\th();\n" + "void g(void)\n{\n\th();\n}\n"],
    "memory-free-dropped-on-error": [LADDER, LADDER.replace("int f(struct d *d)\n{", "int f(struct d *d)\n{\n\tvoid *p;\n").replace("ret = setup", "d->kept = p;\n\tret = setup")],
    "memory-use-after-free": ["void f(struct d *d)\n{\n\tput(&d->x);\n\tkfree(d);\n}\n", "void f(struct d *d)\n{\n\tother();\n\tkfree(d);\n}\n",
                              # Used after the free in the original.
                              "void f(struct d *d)\n{\n\tput(d->x);\n\tkfree(d);\n\tput(&d->y->z);\n}\n"],
    # The pointer is not used any more; a name that ends like its own is another's.
    "result-is-err-check-dropped": ["int f(void)\n{\n\tdev = device_create(c, NULL, n, NULL, \"x\");\n\tif (IS_ERR(dev))\n\t\treturn PTR_ERR(dev);\n\tcdev_setup(&my_cdev);\n\treturn 0;\n}\n"],
    "memory-return-past-free": [
        LADDER.replace("if (ret)", "kfree(p);\n\tif (ret)"),
        LADDER.replace("free:\n", "put:\n\tput(d);\n\tgoto out;\nfree:\n").replace("goto free", "goto put").replace("\treturn ret", "out:\n\treturn ret"),
        "static int setup(struct d *d)\n{\n\tif (d->x)\n\t\td->y = 1;\n\treturn 0;\n}\n" + LADDER],
    "result-null-check-dropped": ["int f(void)\n{\n\tp = kzalloc(4, G);\n\tif (!p)\n\t\treturn -ENOMEM;\n\tkeep(p);\n\treturn 0;\n}\n"],
    "result-errno-check-dropped": ["int f(void)\n{\n\tret = request_irq(i, h, 0, n, d);\n\tif (ret)\n\t\tgoto out;\nout:\n\treturn ret;\n}\n"],
    "list-safe-iterator-lost": ["void f(void)\n{\n\tlist_for_each_entry_safe(a, n, &h, m) {\n\t\tif (a->x) {\n\t\t\tkfree(a);\n\t\t\tbreak;\n\t\t}\n\t}\n}\n"],
    "init-dropped": [RECORD + REMOVE + PROBE % "\tmutex_init(&d->m);\n",
                     RECORD + REMOVE + PROBE % "\tINIT_LIST_HEAD(&d->gadget.eps);\n\tlist_add(&e->l, &d->gadget.eps);\n",
                     # The initialiser is no use of its own.
                     RECORD + REMOVE + PROBE % "\tspin_lock_init(&d->l);\n",
                     # An entry is made by being put on a list.
                     RECORD + REMOVE + PROBE % "\tINIT_LIST_HEAD(&d->l);\n\tlist_add(&d->l, &all);\n",
                     # A record of the kernel's.
                     RECORD + REMOVE + PROBE % "\tstruct dma_device *dma = &d->dma;\n\n\tINIT_LIST_HEAD(&dma->channels);\n\tlist_add(&c->l, &dma->channels);\n"],
    # Released in a function whose text #if cuts up as well.
    "teardown-release-dropped": [REMOVE + PROBE % "\td->b = ioremap(a, 4);\n" + "int rm(struct d *d)\n{\n\tiounmap(d->b);\n\treturn 0;\n}\n"
                                 + "void e(void)\n{\n#ifdef X\n\tif (on)\n\t\toff();\n\telse\n#endif\n\tiounmap(d->b);\n}\n"],
    "resource-undo-dropped-on-error": ["int f(void)\n{\n\tp = ioremap(a, 4);\n\tif (!p)\n\t\treturn -ENOMEM;\n\tif (g())\n\t\tgoto one;\n"
                                       "\treturn -ENODEV;\none:\n\tiounmap(p);\n\treturn -ENODEV;\n}\n"],
    "resource-return-past-undo": ["#ifdef CONFIG_OF\nint setup(struct d *d)\n{\n\treturn g(d);\n}\n#else\nint setup(struct d *d)\n{\n\treturn 0;\n}\n#endif\n"
                                  + LADDER.replace("kzalloc(4, GFP_KERNEL)", "ioremap(a, 4)").replace("kfree", "iounmap")],
    "resource-goto-wrong-label": ["int f(void)\n{\n\tp = ioremap(a, 4);\n\tif (!p)\n\t\treturn -1;\n\tq = g();\n\tif (!q)\n\t\tgoto one;\n\treturn -ENODEV;\n"
                                  "one:\n\tiounmap(p);\ntwo:\n\tundo();\n\treturn -ENODEV;\n}\n".replace("return -1", "return -EIO")],
    "teardown-stop-dropped": [REMOVE + "void off(struct d *d)\n{\n\tcancel_work_sync(&d->w);\n}\nint rm(struct d *d)\n{\n\tcancel_work_sync(&d->w);\n\treturn 0;\n}\n"],
}


class Drivers(unittest.TestCase):
    """Sources lie in a folder whose Makefile makes them a module of their own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "x.c"
        (Path(folder.name) / "Makefile").write_text("obj-m += x.o\n")

    def mutants(self, name: str, text: str) -> list[str]:
        return [apply(text, mutation) for mutation in OPERATORS[name].find(Source(self.path, text))]

    def test_every_linux_operator_is_tested(self):
        self.assertEqual({name for name, op in OPERATORS.items() if op.system == "linux"}, set(CHANGED))

    def test_changes(self):
        for name, (text, expected) in CHANGED.items():
            with self.subTest(name):
                mutants = self.mutants(name, text)
                self.assertTrue(mutants)
                for mutant in mutants:
                    self.assertNotEqual(text, mutant)
                wanted = expected.removeprefix("-")
                self.assertTrue(any((wanted in m) != expected.startswith("-") or wanted.startswith("ENOMEM") and wanted not in m
                                    for m in mutants), mutants)

    def test_leaves_alone(self):
        for name, texts in UNCHANGED.items():
            for text in texts:
                with self.subTest(name, text=text):
                    self.assertEqual([], self.mutants(name, text))

    def test_operators_explain_themselves(self):
        for operator in OPERATORS.values():
            with self.subTest(operator.id):
                self.assertGreater(len(operator.why), 40)
                self.assertTrue(operator.rules)
        self.assertGreaterEqual(len(OPERATORS), 25)
        self.assertTrue(CORE_GROUPS)


if __name__ == "__main__":
    unittest.main()
