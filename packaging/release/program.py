"""Compiles the program for a target, and asks it for its manual page and completions.

maturin compiles, since the wheel has to hold the very program that the other packages hold.
"""

import functools
import os
import platform
import re
import shutil
import subprocess
import zipfile

from . import project, targets, tools
from .files import Member

COMPLETIONS = {
    "bash": "{}.bash",
    "zsh": "_{}",
    "fish": "{}.fish",
    "powershell": "{}.ps1",
}


def path(target):
    return project.PROGRAMS / target.name / target.program


def build(target):
    """Leaves the program at `path`, and the wheel beside it."""
    folder = path(target).parent
    shutil.rmtree(folder, ignore_errors=True)
    words = ["build", "--locked", "--target", target.name, "--out", folder]
    words += ["--compression-level", 9]
    if target.system == "linux":
        # Against an old C library, from any Linux, for any processor.
        policy = re.search(r"(many|musl)linux_\d+_\d+", target.wheel_platform)[0]
        words += ["--zig", "--compatibility", policy]
    environment = {
        "RUSTFLAGS": " ".join(_flags(target)),
        "SOURCE_DATE_EPOCH": str(project.time()),
    }
    tools.run("maturin", *words, env=environment)
    with zipfile.ZipFile(folder / target.wheel) as wheel:
        inside = next(name for name in wheel.namelist() if name.endswith(f"/{target.program}"))
        path(target).write_bytes(wheel.read(inside))
    path(target).chmod(0o755)


def _flags(target):
    # No path of the machine that compiles gets into the program.
    home = os.environ.get("CARGO_HOME") or os.path.expanduser("~/.cargo")
    flags = [f"--remap-path-prefix={home}=/cargo", f"--remap-path-prefix={project.ROOT}=/source"]
    if target.name.endswith("-msvc"):
        # No redistributable of Visual C++ has to be there.
        flags.append("-Ctarget-feature=+crt-static")
    return flags


def runs_here(target):
    """Whether this machine runs programs of the target."""
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}
    system = {"Linux": "linux", "Darwin": "macos", "Windows": "windows"}
    here = (system.get(platform.system()), machine.get(platform.machine().lower()))
    return here == (target.system, target.arch)


def try_out(target):
    """Runs the program as users will: a clean event, a faulty one, and its version."""
    program = path(target)
    if not runs_here(target):
        print(f"not run: {target.name} is another machine's")
        return
    fixtures = project.ROOT / "fixtures"
    runs = [
        (0, ["--version"]),
        (0, ["check", "--no-config", fixtures / "valid/event.json"]),
        (1, ["check", "--no-config", fixtures / "invalid/order/ends-before-start.json"]),
    ]
    for status, words in runs:
        done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
        if done.returncode != status:
            raise SystemExit(f"{program} {words}: {done.returncode}\n{done.stdout}{done.stderr}")
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    if version.stdout.split()[:2] != [project.current().name, project.current().version]:
        raise SystemExit(f"another version: {version.stdout}")
    print(version.stdout.strip(), f"({target.name})")


@functools.cache
def _printer():
    """A program that runs here: pages are the same whatever it was compiled for."""
    for target in targets.targets().values():
        if runs_here(target) and path(target).exists():
            return [path(target)]
    return ["cargo", "run", "--quiet", "--locked", "--"]


def _printed(*words):
    # Nothing of the environment, such as a language or a width, gets into the pages.
    done = subprocess.run([*_printer(), *words], cwd=project.ROOT, capture_output=True, check=True)
    return done.stdout


@functools.cache
def manual():
    return Member(f"man/{project.current().name}.1", _printed("man"))


@functools.cache
def completions():
    """For each shell, in the file that it looks for."""
    name = project.current().name
    return {
        shell: Member("completions/" + file.format(name), _printed("completions", shell))
        for shell, file in COMPLETIONS.items()
    }
