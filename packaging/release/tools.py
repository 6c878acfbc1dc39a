"""The programs that a release needs beside Rust and Python: where they are, and how they are had.

Their versions are pinned in `packaging/requirements.txt` (Python) and `packaging/cargo-tools.txt`.
"""

import os
import shutil
import subprocess
import sys

from .project import ROOT, TARGET

FOLDER = TARGET / "release-tools"
_BIN = "Scripts" if os.name == "nt" else "bin"
_REQUIREMENTS = ROOT / "packaging/requirements.txt"
_CARGO_TOOLS = ROOT / "packaging/cargo-tools.txt"


def search_path():
    """PATH with the installed tools first."""
    return os.pathsep.join([str(FOLDER / _BIN), os.environ.get("PATH", "")])


def find(name):
    """Where a tool is; without it, nothing can be done."""
    found = shutil.which(name, path=search_path())
    if found is None:
        raise SystemExit(f"{name} is missing; scripts/release --tools installs it")
    return found


def run(name, *words, **options):
    """Runs a tool in the project's folder, and ends everything if it fails."""
    command = [find(name), *map(str, words)]
    environment = os.environ | options.pop("env", {}) | {"PATH": search_path()}
    done = subprocess.run(command, cwd=options.pop("cwd", ROOT), env=environment, **options)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: status {done.returncode}")
    return done


def pinned():
    """The tools that cargo builds: for each, what `cargo install` is told."""
    lines = _CARGO_TOOLS.read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {row[0].split("@")[0]: row for row in rows}


def install(of_cargo):
    """Installs the tools of Python, and those of cargo that are named; what is there stays."""
    subprocess.run([sys.executable, "-m", "venv", FOLDER], check=True)
    pip = [FOLDER / _BIN / "python", "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "--requirement", _REQUIREMENTS], check=True)
    for name in of_cargo:
        command = ["cargo", "install", "--locked", "--root", FOLDER, *pinned()[name]]
        subprocess.run(command, check=True)
