"""The wheel of a target: the one that maturin made, around the program as it is now."""

import shutil
import tempfile
import zipfile
from pathlib import Path

from . import files, program, project, tools


def pack(target):
    made = program.path(target).parent / target.wheel
    current = program.path(target).read_bytes()
    with zipfile.ZipFile(made) as wheel:
        inside = next(name for name in wheel.namelist() if name.endswith(f"/{target.program}"))
        is_same = wheel.read(inside) == current
    project.RELEASE_FILES.mkdir(parents=True, exist_ok=True)
    if is_same:
        shutil.copyfile(made, project.RELEASE_FILES / target.wheel)
    else:
        _with_program(made, inside, current)
    files.say(target.wheel)


def _with_program(made, inside, content):
    """The wheel with a program that was signed after it was made."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        tools.run("wheel", "unpack", "--dest", folder, made)
        (unpacked,) = folder.iterdir()
        (unpacked / inside).write_bytes(content)
        environment = {"SOURCE_DATE_EPOCH": str(project.time())}
        tools.run("wheel", "pack", "--dest-dir", project.RELEASE_FILES, unpacked, env=environment)


def source():
    """The source distribution, from which any machine with Rust builds a wheel."""
    environment = {"SOURCE_DATE_EPOCH": str(project.time())}
    tools.run("maturin", "sdist", "--out", project.RELEASE_FILES, env=environment)
