"""The statement parser: what it splits, and what it leaves alone."""

import unittest
from pathlib import Path

from proving.flow import dominates, held_at, leaves
from proving.source import Source, Unreadable


def source(text: str) -> Source:
    return Source(Path("x.c"), text)


class Functions(unittest.TestCase):
    def test_finds_functions_only(self):
        found = source(
            "struct a { int x; };\nstatic const struct ops o = { .f = g };\n"
            "static int __init f(int a)\n{\n\treturn a;\n}\nvoid g(void) __acquires(x) { h(); }\n"
        )
        self.assertEqual(["f", "g"], [function.name for function in found.functions])

    def test_leaves_out_functions_with_directives(self):
        found = source("int f(void)\n{\n#ifdef A\n\tx();\n#endif\n\treturn 0;\n}\nint g(void) { return 1; }\n")
        self.assertEqual(["g"], [function.name for function in found.functions])

    def test_uneven_brackets_are_refused(self):
        with self.assertRaises(Unreadable):
            source("int f(void) {\n#if A\n\tif (a) {\n#else\n\tif (b) {\n#endif\n\t}\n}\n")

    def test_strings_and_comments_are_no_code(self):
        found = source('int f(void)\n{\n\tlog("a); {", \'{\'); /* kfree(x); { */\n\treturn 0; // }\n}\n')
        self.assertEqual(["log"], [call.name for call in found.functions[0].calls])


class Statements(unittest.TestCase):
    def test_kinds(self):
        function = source(
            "int f(void)\n{\n\tint a = g(1);\n\tif (a)\n\t\tgoto out;\n\telse\n\t\ta = 2;\n\tlist_for_each_entry(p, &h, m) {\n"
            "\t\tuse(p);\n\t}\n\tdo {\n\t\ta--;\n\t} while (a);\n\tswitch (a) {\n\tcase 1:\n\t\tbreak;\n\tdefault:\n\t\treturn 1;\n\t}\n"
            "out:\n\treturn 0;\n}\n"
        ).functions[0]
        self.assertEqual(
            ["simple", "if", "loop", "do", "switch", "label", "return"], [child.kind for child in function.body.children]
        )
        self.assertEqual(["out"], list(function.labels))

    def test_call_arguments(self):
        call = source("void f(void)\n{\n\tcopy(&a->b, (x, y), c[1, 2]);\n}\n").functions[0].calls[0]
        self.assertEqual(["&a->b", "(x, y)", "c[1, 2]"], call.args)

    def test_assignment(self):
        statements = source("void f(void)\n{\n\tp->q = kzalloc(4, G);\n\tint r = g();\n\ts = g() + 1;\n}\n").functions[0].body.children
        self.assertEqual(["p->q", "r", None], [s.assignment[0] if s.assignment else None for s in statements])


class Flow(unittest.TestCase):
    def test_held_on_every_way_only(self):
        function = source(
            "int f(int a)\n{\n\tif (a)\n\t\tmutex_lock(&n);\n\tmutex_lock(&m);\n\tif (a) {\n\t\tmutex_unlock(&m);\n\t\treturn 1;\n\t}\n"
            "\tuse();\n\tmutex_unlock(&m);\n\tlate();\n\treturn 0;\n}\n"
        ).functions[0]
        places = {call.name: call.statement for call in function.calls}
        self.assertEqual(["&m"], [held.target for held in held_at(function, places["use"])])
        self.assertEqual([], held_at(function, places["late"]))

    def test_not_held_where_the_acquisition_failed(self):
        function = source("int f(void)\n{\n\tp = kmalloc(1, G);\n\tif (!p)\n\t\tgoto out;\n\tuse(p);\nout:\n\treturn 0;\n}\n").functions[0]
        jump = next(s for s in function.statements if s.kind == "goto")
        self.assertEqual([], held_at(function, jump))

    def test_a_label_between_ends_dominance(self):
        body = source("void f(void)\n{\n\ta();\nagain:\n\tb();\n}\n").functions[0].body.children
        self.assertFalse(dominates(body[0], body[2]))
        self.assertTrue(leaves(source("void f(void) { x(); return; }").functions[0].body))


if __name__ == "__main__":
    unittest.main()
