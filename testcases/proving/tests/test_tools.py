"""The checkers' flags and the reading of their output, on short samples; no checker need be installed."""

from __future__ import annotations

import json
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from proving.tools import ClangAnalyzer, Coccinelle, Cppcheck, GccAnalyzer, So2check, Sparse, Unit  # noqa: E402
from proving.tools import base, coccinelle, flags, process, sparse  # noqa: E402
from proving.units import compile_flags, from_database  # noqa: E402

FOLDER = Path("/k/drivers/x")
UNIT = Unit("u", FOLDER / "a.c", Path("/k"), ("-I/k/include", "-DMODULE", "-O2"), "linux")
MUTANT = Unit("m", Path("/m/1/a.c"), Path("/k"), UNIT.arguments, "linux", FOLDER)


def ended(stderr: str = "", stdout: str = "", status: int = 0) -> process.Result:
    return process.Result(status, stdout, stderr, 0.1)


class Units(unittest.TestCase):
    def test_command_is_reduced_to_flags(self) -> None:
        command = "clang -Wp,-MMD,x/.a.o.d -nostdinc -I ./x -DA='\"a\"' -c -o x/a.o x/a.c".replace("'", "").split()
        self.assertEqual(compile_flags(command, "x/a.c"), ("-nostdinc", "-I", "./x", '-DA="a"'))

    def test_database_in_both_forms(self) -> None:
        entries = [
            {"directory": "/k", "file": "/s/a.c", "command": "clang -DN='\"n\"' -c -o a.o /s/a.c"},
            {"directory": "/k", "file": "x/../b.c", "arguments": ["clang", "-DB", "-c", "x/../b.c"]},
        ]
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "compile_commands.json").write_text(json.dumps(entries))
            units = from_database(folder)
        self.assertEqual(units["/s/a.c"].arguments, ('-DN="n"',))
        self.assertEqual(units["/k/b.c"].arguments, ("-DB",))
        self.assertEqual(units["/k/b.c"].directory, Path("/k"))


class Flags(unittest.TestCase):
    def test_values_go_with_their_flags(self) -> None:
        words = ["-include", "-Wx.h", "-Wall", "-I", "./x", "-O2"]
        self.assertEqual(flags.without(words, ("-W", "-O")), ["-include", "-Wx.h", "-I", "./x"])

    def test_gcc_gets_no_flags_of_clang(self) -> None:
        clang = ("--target=x86_64-linux-gnu", "-fintegrated-as", "-mretpoline-external-thunk", "-Wall", "-O2")
        unit = Unit("u", UNIT.path, UNIT.directory, (*clang, "-m64", "-fno-strict-aliasing"))
        command = GccAnalyzer().command(unit, Path("/w"))
        self.assertFalse(set(clang) & set(command))
        self.assertIn("-m64", command)
        self.assertIn("-fanalyzer", command)
        self.assertNotIn("-w", command)

    def test_mutant_finds_the_headers_of_its_original(self) -> None:
        pair = ["-iquote", str(FOLDER)]
        for tool in (ClangAnalyzer(), GccAnalyzer()):
            command = tool.command(MUTANT, Path("/w"))
            place = command.index("-iquote")
            self.assertEqual(command[place : place + 2], pair)
            self.assertNotIn("-iquote", tool.command(UNIT, Path("/w")))
        command = Sparse().command(MUTANT, Path("/w"))
        self.assertEqual(command[-3:], ["-I", str(FOLDER), str(MUTANT.path)])
        self.assertIn(f"-I{FOLDER}", Cppcheck().command(MUTANT, Path("/w")))

    def test_so2check_gets_a_database_of_one_unit(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            command = So2check("so2check").command(MUTANT, Path(folder))
            (entry,) = json.loads((Path(folder) / "compile_commands.json").read_text())
        self.assertEqual(command[-1], str(MUTANT.path))
        self.assertEqual(entry["arguments"][1:4], list(MUTANT.arguments))
        self.assertEqual(entry["arguments"][4:6], ["-iquote", str(FOLDER)])
        self.assertEqual(entry["file"], str(MUTANT.path))


class Readers(unittest.TestCase):
    def test_so2check(self) -> None:
        finding = {
            "rule": "lin-x", "severity": "error", "file": str(UNIT.path), "line": 9, "function": "f",
            "message": "m", "fingerprint": "ab",
            "steps": [{"file": str(UNIT.path), "line": 7}, {"file": "/k/b.h", "line": 3}],
        }  # fmt: skip
        other = {**finding, "file": "/k/include/a.c"}
        text = json.dumps({"findings": [finding, other], "notAnalysed": []})
        reports, failed = So2check().read(UNIT, ended(stdout=text, status=1))
        self.assertIsNone(failed)
        self.assertEqual(reports, [base.Report("so2check", 9, "lin-x", "error", "m", (7,), "f", "ab")])

    def test_so2check_not_analysed(self) -> None:
        text = json.dumps({"findings": [], "notAnalysed": [{"file": "a.c", "reason": "no header"}]})
        self.assertIn("no header", So2check().read(UNIT, ended(stdout=text, status=3))[1] or "")
        self.assertIn("status 2", So2check().read(UNIT, ended("usage", status=2))[1] or "")

    def test_sparse(self) -> None:
        text = (
            "/k/drivers/x/a.c:5:3: warning: incorrect type in assignment (different base types)\n"
            "/k/drivers/x/a.c:5:3:    expected int\n"
            "/k/drivers/x/a.c:5:3:    got restricted __be32\n"
            "drivers/x/a.c:8:12: warning: context imbalance in 'f' - wrong count at exit\n"
            "/k/include/h.h:8:12: warning: context imbalance in 'g' - unexpected unlock\n"
            "/k/drivers/x/a.c:9:1: error: incompatible types in comparison expression (different address spaces):\n"
        )
        reports, failed = Sparse().read(UNIT, ended(text))
        self.assertIsNone(failed)
        self.assertEqual([report.line for report in reports], [5, 8, 9])
        self.assertIn("expected int; got restricted __be32", reports[0].message)
        self.assertEqual(reports[0].kind, "incorrect-type-in-assignment")
        self.assertEqual((reports[1].kind, reports[1].function), ("context-imbalance-wrong-count-at-exit", "f"))
        self.assertEqual(sparse.kind("cast to restricted __be32"), "cast-to-restricted")

    def test_sparse_cannot_read(self) -> None:
        text = "/k/drivers/x/a.c:1:10: error: unable to open 'x.h'\n"
        self.assertIn("unable to open", Sparse().read(UNIT, ended(text, status=1))[1] or "")

    def test_clang(self) -> None:
        text = (
            "/k/drivers/x/a.c:20:2: warning: Attempt to free released memory [unix.Malloc]\n"
            "/k/drivers/x/a.c:11:6: note: Assuming 'p' is non-null\n"
            "/k/include/h.h:4:6: note: Returning\n"
            "/k/drivers/x/a.c:20:2: note: Attempt to free released memory\n"
            "/k/include/h.h:9:1: warning: Dereference of null pointer [core.NullDereference]\n"
            "/k/drivers/x/a.c:30:1: note: Calling 'h'\n"
            "2 warnings generated.\n"
        )
        reports, failed = ClangAnalyzer().read(UNIT, ended(text))
        self.assertIsNone(failed)
        message = "Attempt to free released memory"
        want = base.Report("clang-analyzer", 20, "unix.Malloc", "warning", message, (11, 20))
        self.assertEqual(base.unique(reports), [want])

    def test_clang_cannot_parse(self) -> None:
        text = "/k/drivers/x/a.c:1:10: fatal error: 'x.h' file not found\n1 error generated.\n"
        self.assertIn("file not found", ClangAnalyzer().read(UNIT, ended(text, status=1))[1] or "")

    def test_gcc(self) -> None:
        def place(file: str, line: int) -> dict[str, object]:
            return {"caret": {"file": file, "line": line}}

        own = str(UNIT.path)
        path = [
            {"location": {"file": own, "line": 3}, "function": "g"},
            {"description": "no place", "function": "g"},
            {"location": {"file": own, "line": 6}, "function": "f"},
        ]
        option = "-Wanalyzer-double-free"
        items = [
            {"kind": "warning", "option": option, "message": "m", "locations": [place(own, 6)], "path": path},
            {"kind": "warning", "option": "-Wpragmas", "message": "no", "locations": [place(own, 1)]},
            {"kind": "warning", "option": option, "message": "no", "locations": [place("/k/h.h", 1)]},
        ]
        reports, failed = GccAnalyzer().read(UNIT, ended(json.dumps(items) + "\n"))
        self.assertIsNone(failed)
        self.assertEqual(reports, [base.Report("gcc-analyzer", 6, option, "warning", "m", (3, 6), "f")])
        broken = [{"kind": "error", "message": "unknown type", "locations": [place(own, 2)]}]
        self.assertEqual(
            GccAnalyzer().read(UNIT, ended(json.dumps(broken), status=1))[1], "parse error: a.c:2: unknown type"
        )

    def test_cppcheck(self) -> None:
        own = str(UNIT.path)
        text = (
            f"{own}\t9\terror\tuninitvar\tUninitialized variable: x\t[{own}:5] -> [{own}:9]\n"
            f"/k/x.h\t9\twarning\tnullPointer\tm\t[/k/x.h:9]\n"
            "some other line\n"
        )
        reports, failed = Cppcheck().read(UNIT, ended(text))
        self.assertIsNone(failed)
        message = "Uninitialized variable: x"
        self.assertEqual(reports, [base.Report("cppcheck", 9, "uninitvar", "error", message, (5, 9))])
        text = f"{own}\t3\terror\tsyntaxError\tsyntax error\t[{own}:3]\n"
        self.assertEqual(Cppcheck().read(UNIT, ended(text))[1], "syntaxError: a.c:3: syntax error")

    def test_coccinelle(self) -> None:
        text = (
            "/m/1/a.c:6:2-8: ERROR: reference preceded by free on line 4\n"
            "/m/2/a.c:6:2-8: preceding lock on line 3\n"
            "warning: line 134: should x be a metavariable?\n"
        )
        found = coccinelle.parse(text, "kfree")
        self.assertEqual([path for path, _ in found], ["/m/1/a.c", "/m/2/a.c"])
        self.assertEqual([report.severity for _, report in found], ["error", "warning"])
        self.assertEqual([report.trail for _, report in found], [(4,), (3,)])
        self.assertEqual(found[0][1].kind, "kfree")

    def test_coccinelle_scripts(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {
                "a": "// Options: --no-includes --no-loops\nvirtual org\nvirtual report\n",
                "b": "// Options: --all-includes\nvirtual report\n",
                "c": "virtual patch\n",
            }.items():
                (Path(folder) / f"{name}.cocci").write_text(text)
            tool = Coccinelle(folder)
            self.assertEqual([(path.stem, options) for path, options in tool.scripts()], [("a", ["--no-loops"])])
            self.assertEqual(len(tool.notes), 2)


class Processes(unittest.TestCase):
    def test_result_and_limit(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            result = process.run(["sh", "-c", "echo out; echo err >&2; exit 3"], folder, folder, 5)
            self.assertEqual((result.status, result.stdout, result.stderr), (3, "out\n", "err\n"))
            self.assertFalse(result.timed_out)
            loop = process.run(["sh", "-c", "while :; do :; done"], folder, folder, 1)
            self.assertTrue(loop.timed_out)
            self.assertNotEqual(process.run(["/no/such/program"], folder, folder, 5).status, 0)

    def test_repeated_reports_are_one(self) -> None:
        first = base.Report("t", 1, "k", "warning", "m", (3,))
        again = base.Report("t", 1, "k", "warning", "m", (2,))
        self.assertEqual(base.unique([first, again, first]), [base.Report("t", 1, "k", "warning", "m", (2, 3))])


if __name__ == "__main__":
    unittest.main()
