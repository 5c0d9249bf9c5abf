"""Scores: what counts as found, and the ledger."""

import tempfile
import unittest
from pathlib import Path

from proving import ledger
from proving.generate import Mutant, Place, draw
from proving.operators import Edit, Mutation, load_all
from proving.score import FunctionLines, score
from proving.source import Source
from proving.tools import Outcome, Report
from proving.units import Unit

BEFORE = "void f(void)\n{\n\ta();\n}\n\nvoid g(void)\n{\n\tb();\n}\n"
AFTER = "\n" + BEFORE
OPERATOR = load_all()["lock-unlock-dropped-at-end"]


def report(line: int, kind: str = "lin-lock-held-on-exit", message: str = "m", trail: tuple = (), tool: str = "so2check") -> Report:
    return Report(tool, line, kind, "error", message, trail)


class Scores(unittest.TestCase):
    def score(self, before, after, tool="so2check", function="f"):
        unit = Unit("u", Path("x.c"), Path("."), ())
        mutant = Mutant("m", OPERATOR.id, unit, unit, function, 3, "")
        lines = [FunctionLines(Source(Path("x.c"), text)) for text in (BEFORE, AFTER)]
        return score(mutant, OPERATOR, tool, Outcome(before), Outcome(after), *lines)

    def test_new_report_in_the_function(self):
        result = self.score([], [report(4)])
        self.assertTrue(result.strict and result.loose)

    def test_same_report_on_a_shifted_line_is_not_new(self):
        result = self.score([report(3, message="held at line 3")], [report(4, message="held at line 4")])
        self.assertFalse(result.loose)

    def test_second_report_of_the_same_kind_is_new(self):
        self.assertTrue(self.score([report(3)], [report(4), report(4)]).strict)

    def test_elsewhere_counts_only_with_a_step_in_the_function(self):
        self.assertFalse(self.score([], [report(9)]).loose)
        self.assertTrue(self.score([], [report(9, trail=(4,))]).strict)

    def test_other_rule_is_loose(self):
        result = self.score([], [report(4, kind="lin-mem-leak")])
        self.assertTrue(result.loose and not result.strict)

    def test_peers_are_strict_by_pattern(self):
        found = report(4, kind="context", message="context imbalance in 'f'", tool="sparse")
        self.assertTrue(self.score([], [found], tool="sparse").strict)
        self.assertFalse(self.score([], [report(4, kind="x", message="unused", tool="sparse")], tool="sparse").strict)


class Draw(unittest.TestCase):
    def test_hangs_on_the_seed_alone_and_spreads_over_files(self):
        mutation = Mutation("f", (Edit(0, 0, ""),), 0, "")
        places = [Place("o", f"file{n % 3}", n, mutation) for n in range(12)]
        first = draw(places, 1)
        self.assertEqual(first, draw(list(reversed(places)), 1))
        self.assertNotEqual(first, draw(places, 2))
        self.assertEqual(3, len({place.unit for place in first[:3]}))
        self.assertEqual(6, len(first))


class Ledger(unittest.TestCase):
    def write(self, *lines: str) -> Path:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name) / "linux-6.1.tsv"
        path.write_text("\n".join(("\t".join(ledger.HEADER), *lines)) + "\n")
        return path

    def test_precision(self):
        path = self.write("f1\ta.c\tr\terror\tf\ttrue\twhy", "f2\ta.c\tr\terror\tf\tmended\twhy")
        reports = [Report("so2check", n, "r", "error", "m", (), "f", f"f{n}") for n in (1, 2, 3)]
        seen = ledger.match({"linux/a.c": Outcome(reports)}, ledger.read_all(path.parent))
        self.assertEqual({"true": 1, "false": 1, "untriaged": 1}, dict(ledger.precision(seen, "error")))

    def test_broken_lines_name_file_line_and_field(self):
        for line, field in (("f1\ta.c", "fields"), ("f1\ta.c\tr\terror\tf\tmaybe\twhy", "verdict"), ("f1\ta.c\tr\terror\tf\ttrue\t ", "reason")):
            with self.assertRaisesRegex(ledger.LedgerError, f"linux-6.1.tsv:2: .*{field}"):
                ledger.read(self.write(line))

    def test_checked_in_ledgers_are_well_formed(self):
        self.assertTrue(ledger.read_all(Path(__file__).parent.parent / "ledger"))


if __name__ == "__main__":
    unittest.main()
