#!/usr/bin/env python3
"""Fault drills: whatever happens to a run or to its cache, its report is that of an undisturbed run, or says what it lacks.

usage: faults.py --so2check BIN [--kills 50] [--damages 200] [--races 10] [--quick] [--seed N] [--only DRILLS]
                 [--files LIST] [-p DATABASE] [PATH...]

Checks the drivers of testcases/drivers (or PATHs, or the files that LIST names one a line), at first undisturbed and
without a cache: that report is the measure. Then, all at moments and places drawn from the seed:

  workers     a process of a run is killed, KILLS times over as many runs as it takes
  program     the program itself is killed, a fifth as often: its workers must end, too
  damage      a file of the cache is cut, flipped, overwritten, emptied, exchanged, removed or made unreadable, and
              then read, DAMAGES times (with `during`, every second time, while a run is reading it)
  disk        the cache's folder is full, takes no large file, or cannot be written to
  race        two or three runs at once fill one cache, RACES times, which is now and then emptied meanwhile

A report is identical (bytes and exit status), or it names the units that it lacks: exit status 3, nothing else
missing, nothing new; that is allowed where a process was killed and where a file was damaged while it was read. After
each round an undisturbed run over the same cache must give the measure again. Prints a table; exit status 1 when
anything was wrong, of which each case is told with its seed.

`disk` mounts small file systems in a namespace of its own; where that is not allowed, those parts are left out, with a notice.
"""
import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "bench"))
from memory import children  # noqa: E402, beside the path just set
DRILLS = ("workers", "program", "damage", "during", "disk", "race")
PATIENCE = 300  # seconds that no run of these drivers takes


class Result:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err
        try:
            self.report = json.loads(out)
        except ValueError:
            self.report = None


class Checker:
    """The program over the same drivers, always in the same folder."""

    def __init__(self, options):
        self.binary = os.path.abspath(options.so2check)
        self.folder = os.path.dirname(os.path.dirname(HERE))
        self.tail = ["-p", os.path.abspath(options.database)] if options.database else []
        if options.files:
            with open(options.files, encoding="utf-8") as handle:
                self.tail += handle.read().split()
        self.tail += [os.path.abspath(path) for path in options.paths]
        if not options.files and not options.paths:
            self.tail.append("testcases/drivers")

    def command(self, jobs=2, *more):
        return [self.binary, "check", "--format", "json", "-j", str(jobs), *more, *self.tail]

    def start(self, cache, jobs=2, more=(), before=None, prefix=(), command=None):
        environment = {**os.environ, "XDG_CACHE_HOME": cache}
        process = subprocess.Popen([*prefix, *(command or self.command(jobs, *more))], cwd=self.folder,
                                   env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, preexec_fn=before)
        # A report does not fit a pipe: it is read while the drill does its harm.
        process.texts = []
        process.reader = threading.Thread(target=lambda: process.texts.extend(process.communicate()), daemon=True)
        process.reader.start()
        return process

    def run(self, cache, **more):
        return finish(self.start(cache, **more))


def finish(process):
    process.reader.join(PATIENCE)
    if process.reader.is_alive():
        process.kill()
        process.reader.join()
        return Result("it hung", *process.texts)
    return Result(process.returncode, *process.texts)


def is_alive(process):
    try:
        with open(f"/proc/{process}/stat", encoding="ascii", errors="replace") as handle:
            return handle.read().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def without_count(finding):
    """Equal findings are numbered in their fingerprints: one fewer changes those of the others."""
    return json.dumps({key: value for key, value in finding.items() if key != "fingerprint"}, sort_keys=True)


class Measure:
    """The undisturbed report, and what may be said of others."""

    def __init__(self, result):
        self.result = result
        self.findings = {without_count(finding): finding for finding in result.report["findings"]}
        self.missing = {json.dumps(entry) for entry in result.report["notAnalysed"]}

    def is_same(self, result):
        return result.status == self.result.status and result.out == self.result.out

    def judge(self, result):
        """`identical`, `named`, or what is wrong with it."""
        if self.is_same(result):
            return "identical"
        if result.report is None:
            return f"no report, exit status {result.status}: {result.err.decode(errors='replace')[:300]}"
        named = [entry for entry in result.report["notAnalysed"] if json.dumps(entry) not in self.missing]
        if result.status != 3 or not named:
            return f"exit status {result.status}, {len(named)} units named: {result.err.decode(errors='replace')[:300]}"
        return self.compare(result, named) or "named"

    def compare(self, result, named):
        """What else differs than the units that are named; None: nothing."""
        files = {entry["file"] for entry in named}
        # A driver of several files that were then analysed on their own knows less of each.
        folders = {os.path.dirname(entry["file"]) for entry in named if entry.get("partial")}
        found = {without_count(finding) for finding in result.report["findings"]}
        for key in found - set(self.findings):
            if os.path.dirname(json.loads(key)["file"]) not in folders:
                return f"a new finding: {key[:300]}"
        for key in set(self.findings) - found:
            name = self.findings[key]["file"]
            is_header = not name.endswith(".c") and os.path.dirname(name) in {os.path.dirname(file) for file in files}
            if name not in files and not is_header and os.path.dirname(name) not in folders:
                return f"a finding is missing: {key[:300]}"
        return None


class Drill:
    """The rounds of one kind of fault, and their outcomes."""

    def __init__(self, setting, name):
        self.setting, self.name = setting, name
        self.random = random.Random(f"{setting.options.seed} {name}")
        self.rounds = self.identical = self.named = 0
        self.wrong = []
        self.note = ""

    def take(self, result, what, may_lack):
        outcome = self.setting.measure.judge(result)
        self.rounds += 1
        if outcome == "identical":
            self.identical += 1
        elif outcome == "named" and may_lack:
            self.named += 1
        else:
            self.fail(what, outcome)

    def fail(self, what, outcome):
        self.wrong.append(f"{self.name}: {what}: {outcome}")
        print(f"WRONG {self.wrong[-1]}", flush=True)

    def follow(self, cache, what):
        """An undisturbed run over what the fault has left."""
        result = self.setting.checker.run(cache)
        if not self.setting.measure.is_same(result):
            self.fail(f"{what}, the run after it", self.setting.measure.judge(result))


class Setting:
    """What all drills share: the program, the measure, and caches to begin with."""

    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.checker = Checker(options)
        started = time.monotonic()
        self.measure = Measure(self.must_end(self.checker.run(self.path("none"), more=["--no-cache"])))
        self.plain = time.monotonic() - started
        self.full, self.live = self.path("full"), self.path("live")
        self.must_be_same(self.checker.run(self.full), "an empty cache")
        started = time.monotonic()
        self.must_be_same(self.checker.run(self.without_results("warm")), "headers known")
        self.warm = time.monotonic() - started
        self.must_be_same(self.checker.run(self.full), "results known")
        self.make_live()

    def path(self, name):
        return os.path.join(self.folder, name)

    @staticmethod
    def must_end(result):
        if result.report is None or result.status not in (0, 1, 3):
            sys.exit(f"the undisturbed run failed, status {result.status}: {result.err.decode(errors='replace')}")
        return result

    def must_be_same(self, result, what):
        if not self.measure.is_same(result):
            sys.exit(f"already an undisturbed run gives another report: {what}: {self.measure.judge(result)}")

    def copy(self, source, name):
        """A cache to be spoiled."""
        target = self.path(name)
        shutil.rmtree(target, ignore_errors=True)
        os.makedirs(target)
        os.mkdir(os.path.join(target, "so2check"), 0o700)
        for entry in os.scandir(os.path.join(source, "so2check")):
            try:
                shutil.copy2(entry.path, os.path.join(target, "so2check", entry.name))
            except FileNotFoundError:
                pass  # of a running program
        return target

    def without_results(self, name):
        target = self.copy(self.full, name)
        for entry in os.scandir(os.path.join(target, "so2check")):
            if entry.name.startswith("results"):
                os.unlink(entry.path)
        return target

    def make_live(self):
        """A copy taken while a run writes: with the journal of the database, and perhaps torn."""
        cache = self.without_results("writing")
        process = self.checker.start(cache)
        deadline = time.monotonic() + self.warm * 0.6
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        self.copy(cache, "live")
        finish(process)

    def cache_files(self, cache):
        folder = os.path.join(cache, "so2check")
        return sorted(entry.path for entry in os.scandir(folder)) if os.path.isdir(folder) else []


# ---- processes that are killed ----


def pause(drill, seconds):
    time.sleep(drill.random.uniform(0.02, max(0.1, seconds)))


def kill_a_worker(drill, process):
    victims = children(process.pid)
    if not victims or process.poll() is not None:
        return None
    victim = drill.random.choice(victims)
    try:
        os.kill(victim, signal.SIGKILL)
    except ProcessLookupError:
        return None
    return victim


def kill_workers(drill):
    setting, killed, runs = drill.setting, 0, 0
    while killed < setting.options.kills and runs < 20 * setting.options.kills + 20:
        cache = setting.path("killed")
        shutil.rmtree(cache, ignore_errors=True)
        is_empty = runs % 5 == 0
        if not is_empty:
            setting.without_results("killed")
        runs += 1
        process = setting.checker.start(cache)
        goal, before = drill.random.randint(1, 6), killed
        while process.poll() is None and killed - before < goal and killed < setting.options.kills:
            pause(drill, (setting.plain if is_empty else setting.warm) / 3)
            killed += kill_a_worker(drill, process) is not None
        what = f"run {runs}, {killed - before} workers killed, {'empty cache' if is_empty else 'headers known'}"
        drill.take(finish(process), what, killed > before)
        drill.follow(cache, what)
    drill.note = f"{killed} workers killed"


def kill_program(drill):
    setting = drill.setting
    count = max(1, setting.options.kills // 5)
    for number in range(count):
        is_empty = number % 3 == 0
        cache = setting.path("killed")
        shutil.rmtree(cache, ignore_errors=True)
        if not is_empty:
            setting.without_results("killed")
        process = setting.checker.start(cache)
        pause(drill, 0.8 * (setting.plain / 2 if is_empty else setting.warm))
        workers = children(process.pid)
        process.kill()
        finish(process)
        deadline = time.monotonic() + 5
        while any(map(is_alive, workers)) and time.monotonic() < deadline:
            time.sleep(0.02)
        left = list(filter(is_alive, workers))
        if left:
            drill.fail(f"round {number}", f"workers {left} go on without the program")
        drill.take(setting.checker.run(cache), f"round {number}, {len(workers)} workers", False)
    drill.note = "the report of the next run"


# ---- files that are damaged ----


def cut(rng, path, _others):
    os.truncate(path, rng.randrange(os.path.getsize(path) + 1))


def overwrite(rng, path, make):
    size = os.path.getsize(path)
    if size == 0:
        return
    start = rng.randrange(size)
    length = min(size - start, 1 << rng.randrange(17))
    with open(path, "r+b") as handle:
        handle.seek(start)
        old = handle.read(length)
        handle.seek(start)
        handle.write(make(old))


def flip(rng, path, _others):
    for _ in range(1 << rng.randrange(9)):
        overwrite(rng, path, lambda old: bytes([old[0] ^ 1 << rng.randrange(8)]))


def zero(rng, path, _others):
    overwrite(rng, path, lambda old: bytes(len(old)))


def noise(rng, path, _others):
    overwrite(rng, path, lambda old: rng.randbytes(len(old)))


def empty(_rng, path, _others):
    os.truncate(path, 0)


def exchange(rng, path, others):
    with open(rng.choice(others), "rb") as source:
        data = source.read()
    with open(path, "r+b") as handle:
        handle.truncate(0)
        handle.write(data)


def remove(_rng, path, _others):
    os.unlink(path)


def forbid(_rng, path, _others):
    os.chmod(path, 0)


DAMAGES = [cut, flip, zero, noise, empty, exchange, remove]
KINDS = [".pch", ".list", ".rules", "results.sqlite", "results.sqlite", "-wal", "-shm"]


def choose_damage(drill):
    return drill.random.choice(DAMAGES + ([] if os.geteuid() == 0 else [forbid]))


def choose_file(drill, cache, kind):
    files = drill.setting.cache_files(cache)
    fitting = [path for path in files if path.endswith(kind)]
    return (drill.random.choice(fitting), files) if fitting else (None, files)


def cache_to_spoil(drill, kind):
    setting = drill.setting
    if kind in ("-wal", "-shm"):
        return setting.copy(setting.live, "spoilt")
    if kind in (".pch", ".list"):
        return setting.without_results("spoilt")
    return setting.copy(setting.full, "spoilt")


def spoil(drill, cache, kind):
    """What was done to which file; None: there is none of the kind."""
    path, files = choose_file(drill, cache, kind)
    damage = choose_damage(drill)
    if not path:
        return None
    try:
        damage(drill.random, path, files)
    except FileNotFoundError:
        return None  # a running program has removed it
    return f"{damage.__name__} {os.path.basename(path)}"


def damage_before(drill):
    for number in range(drill.setting.options.damages - drill.setting.options.damages // 2):
        kind = KINDS[number % len(KINDS)]
        cache = cache_to_spoil(drill, kind)
        what = f"round {number}, {spoil(drill, cache, kind)}"
        drill.take(drill.setting.checker.run(cache), what, False)
        drill.follow(cache, what)


def damage_during(drill):
    setting, done = drill.setting, 0
    for number in range(setting.options.damages // 2):
        kind = KINDS[number % len(KINDS)]
        cache = setting.without_results("spoilt")
        process = setting.checker.start(cache)
        pause(drill, 0.7 * setting.warm)
        what = spoil(drill, cache, kind) or spoil(drill, cache, ".pch")
        done += what is not None
        what = f"round {number}, {what}"
        drill.take(finish(process), what, True)
        drill.follow(cache, what)
    drill.note = f"{done} files damaged while a run went on"


# ---- no room ----


def mounting(script):
    """A command that first runs the script, with file systems of its own, as `root` of a namespace if need be."""
    unshare = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    return [*unshare, "sh", "-c", script + ' && exec "$@"', "sh"]


def can_mount(folder):
    try:
        return subprocess.run([*mounting(f'mount -t tmpfs -o size=64k,mode=700 none "{folder}"'), "true"], check=False,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def limit_files(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def disk_full(drill):
    setting, folder = drill.setting, drill.setting.path("small")
    os.makedirs(folder, exist_ok=True)
    is_quick = setting.options.quick
    if can_mount(folder):
        sizes = (300, 9000) if is_quick else (16, 300, 2200, 9000, 30000, 100000)
        for size in sizes:
            prefix = mounting(f'mount -t tmpfs -o size={size}k,mode=700 none "{folder}"')
            drill.take(setting.checker.run(folder, prefix=prefix), f"{size} KB for the cache", False)
        known = setting.without_results("known")
        for what, then in (("no room beside what is known", 'dd if=/dev/zero of="{0}/rest" bs=64k 2> /dev/null; true'),
                           ("what is known cannot be changed", 'mount -o remount,ro none "{0}"')):
            prefix = mounting(f'mount -t tmpfs -o size=300m,mode=700 none "{folder}" && '
                              f'cp -a "{known}/so2check" "{folder}" && {{ {then.format(folder)}; }}')
            drill.take(setting.checker.run(folder, prefix=prefix), what, False)
    else:
        drill.note = "nothing could be mounted: no full disk"
        print("notice: file systems cannot be mounted here; the disk is never full", flush=True)
    for size in (100000,) if is_quick else (0, 4096, 100000, 3000000, 8000000):
        cache = setting.path("limited")
        shutil.rmtree(cache, ignore_errors=True)
        drill.take(setting.checker.run(cache, before=limit_files(size)), f"no file beyond {size} bytes", False)
        drill.follow(cache, f"no file beyond {size} bytes")
    cache = setting.without_results("readonly")
    drill.take(setting.checker.run(cache, before=limit_files(4096)), "headers known, no file beyond 4096 bytes", False)
    os.chmod(os.path.join(cache, "so2check"), 0o500)
    drill.take(setting.checker.run(cache), "a folder without the right to write", False)
    os.chmod(os.path.join(cache, "so2check"), 0o700)


# ---- several runs ----


def race(drill):
    setting = drill.setting
    cleared = 0
    for number in range(setting.options.races):
        cache = setting.path("race")
        shutil.rmtree(cache, ignore_errors=True)
        runners = []
        for _ in range(3 if number % 4 == 3 else 2):
            runners.append(setting.checker.start(cache, jobs=1))
            if drill.random.random() < 0.5:
                pause(drill, 0.5)
        while number % 2 == 1 and any(process.poll() is None for process in runners):
            pause(drill, setting.plain / 4)
            finish(setting.checker.start(cache, command=[setting.checker.binary, "cache", "--clear"]))
            cleared += 1
        for process in runners:
            drill.take(finish(process), f"round {number} of {len(runners)} runs", False)
        drill.follow(cache, f"round {number}")
    drill.note = f"the cache was emptied {cleared} times"


FUNCTIONS = dict(zip(DRILLS, (kill_workers, kill_program, damage_before, damage_during, disk_full, race)))


def read_options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--so2check", required=True)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--damages", type=int, default=200)
    parser.add_argument("--races", type=int, default=10)
    parser.add_argument("--quick", action="store_true", help="fewer sizes of disks")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default=",".join(DRILLS), help="by commas: " + ", ".join(DRILLS))
    parser.add_argument("--files")
    parser.add_argument("-p", "--database")
    parser.add_argument("paths", nargs="*")
    options = parser.parse_args()
    unknown = set(options.only.split(",")) - set(DRILLS)
    if unknown:
        parser.error(f"no such drill: {', '.join(sorted(unknown))}")
    return options


def main():
    options = read_options()
    drills = []
    with tempfile.TemporaryDirectory(prefix="so2check-drill.") as folder:
        setting = Setting(options, folder)
        print(f"seed {options.seed}: {setting.measure.result.report['summary']['units']} units, "
              f"{len(setting.measure.result.report['findings'])} findings; undisturbed {setting.plain:.1f} s, "
              f"headers known {setting.warm:.1f} s", flush=True)
        for name in options.only.split(","):
            drill = Drill(setting, name)
            started = time.monotonic()
            FUNCTIONS[name](drill)
            drills.append(drill)
            print(f"{name} done in {time.monotonic() - started:.0f} s", flush=True)
    print(f"\n{'drill':10}{'rounds':>8}{'identical':>11}{'named':>7}{'wrong':>7}  ")
    for drill in drills:
        print(f"{drill.name:10}{drill.rounds:8}{drill.identical:11}{drill.named:7}{len(drill.wrong):7}  {drill.note}")
    return 1 if any(drill.wrong for drill in drills) else 0


if __name__ == "__main__":
    sys.exit(main())
