"""The licences of what is compiled in, by cargo-about: a file beside ours, so that everything that
takes `LICENSE-*` along takes it too.

Which licences are accepted says `deny.toml`, for which targets the list of targets.
"""

import json
import tempfile
from pathlib import Path

import tomllib

from . import project, targets, tools
from .files import Member

NAME = targets.NOTICES
PATH = project.ROOT / NAME
TEMPLATE = project.ROOT / "packaging/notices.hbs"


def configuration():
    """What cargo-about is told."""
    policy = tomllib.loads((project.ROOT / "deny.toml").read_text("utf-8"))
    lines = {
        "accepted": policy["licenses"]["allow"],
        "targets": list(targets.targets()),
        "ignore-build-dependencies": True,
        "ignore-dev-dependencies": True,
        # Nothing is asked of a service.
        "no-clearly-defined": True,
    }
    # JSON's lists of texts and booleans are TOML's.
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in lines.items())


def make():
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder, "about.toml")
        settings.write_text(configuration(), "utf-8")
        words = ["about", "generate", "--locked", "--fail", "--config", settings]
        tools.run("cargo", *words, "--output-file", PATH, TEMPLATE)


def make_if_missing():
    """In a release, they are made once for all machines."""
    if not PATH.exists():
        make()


def member():
    return Member(NAME, PATH.read_bytes())
