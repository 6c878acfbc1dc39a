"""Runs commands and tells what they cost, for the scripts that compare and guard.

Owns the clocks, the workloads and the tables in documents. Knows nothing of what is compared.
CPU time is user and system time of the process and its threads.
"""

import os
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A copy, as an installed program is one: the page cache holds what a linker has written in small
# pieces, and to map them costs a tenth of a start.
BINARY = ROOT / "target/measured/autopilot-lint"
GENERATOR = ROOT / "target/release/examples/workload"


@dataclass(frozen=True)
class Cost:
    """What one run of a command took: seconds, and its exit status."""

    cpu: float
    wall: float
    status: int


def build():
    """The release binary and the generator, as a user builds them."""
    command = ["cargo", "build", "--release", "--locked", "--bin", "autopilot-lint"]
    subprocess.run([*command, "--example", "workload"], cwd=ROOT, check=True)
    BINARY.parent.mkdir(exist_ok=True)
    BINARY.unlink(missing_ok=True)
    shutil.copy(ROOT / "target/release" / BINARY.name, BINARY)


def workload(path, form, count, **shape):
    """Makes the file or folder `path` of events, unless it is there from before."""
    if not path.exists():
        options = [word for name, value in shape.items() for word in (f"--{name}", str(value))]
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run([GENERATOR, form, str(count), path, *options], check=True)
    return path


def spawn(command, cwd):
    null = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_RDWR, 0) for fd in (0, 1, 2)]
    words = [str(word) for word in command]
    before = os.getcwd()
    os.chdir(cwd)
    try:
        return os.posix_spawnp(words[0], words, os.environ, file_actions=null)
    finally:
        os.chdir(before)


def run(command, cwd="/"):
    started = time.perf_counter()
    _, status, used = os.wait4(spawn(command, cwd), 0)
    wall = time.perf_counter() - started
    return Cost(used.ru_utime + used.ru_stime, wall, os.waitstatus_to_exitcode(status))


def peak(command, cwd="/"):
    """The most memory that a run held, in MiB, and its exit status.

    GNU time starts the command: the kernel's figure for a child is never less than what its parent
    held, and Python holds more than a small run.
    """
    with tempfile.NamedTemporaryFile("r") as figure:
        status = run(["time", "-q", "-f", "%M", "-o", figure.name, *command], cwd).status
        return int(figure.read()) / 1024, status


def interleaved(commands, rounds):
    """Runs each of `(command, cwd)` once a round; gives the costs of each.

    In another order each time: what follows a great program finds the caches full of that.
    """
    costs = [[] for _ in commands]
    for number in range(rounds):
        for at in random.Random(number).sample(range(len(commands)), len(commands)):
            costs[at].append(run(*commands[at]))
    return costs


def ratio(costs, base, of):
    """The median of the ratios within the rounds: neighbours slow both alike."""
    pairs = zip(costs, base)
    return statistics.median(of(cost) / max(of(one), 1e-6) for cost, one in pairs)


def median(costs, of):
    return statistics.median(of(cost) for cost in costs)


def put(document, name, text):
    """Puts `text` between the markers of this name in a document."""
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
    before, rest = document.read_text().split(begin)
    document.write_text(before + begin + text + end + rest.split(end, 1)[1])


def compiler():
    shown = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=True)
    return " ".join(shown.stdout.split()[:2])


def machine():
    """One line on where this ran."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":")[1].strip()
    load = os.getloadavg()[0]
    system = f"Linux {os.uname().release}"
    return f"{model}, {os.cpu_count()} cores, {system}, {compiler()}, load {load:.1f}"
