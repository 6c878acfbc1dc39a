"""The licences of what is compiled in: a file beside ours, so that everything that takes
`LICENSE-*` along takes it too.

The texts are those in the crates, as cargo has fetched them. Which licences are allowed is not
decided here: `deny.toml` says so, and tests hold it.
"""

import json
import re
from pathlib import Path

from . import project, targets, tools
from .files import Member

NAME = targets.NOTICES
PATH = project.ROOT / NAME

_FILE = re.compile(r"(licen[cs]e|copying|copyright|notice|unlicense)", re.IGNORECASE)
_RULE = "-" * 80
_HEAD = """\
Third-party licences

autopilot-lint contains the standard library of Rust (the Rust Project Developers, MIT or
Apache-2.0), in the programs for musl also musl (Copyright 2005-2020 Rich Felker, et al., MIT), and
the libraries below. Of licences that a library offers for choice, one is shown.
"""


def crates():
    """What cargo says of each crate that is compiled into the program, for any target."""
    words = ["metadata", "--locked", "--format-version", "1"]
    for target in targets.targets():
        words += ["--filter-platform", target]
    metadata = json.loads(tools.run("cargo", *words, capture_output=True, text=True).stdout)
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    root = metadata["resolve"]["root"]
    found, open_ = set(), [root]
    while open_:
        crate = open_.pop()
        if crate not in found:
            found.add(crate)
            open_ += [
                dependency["pkg"]
                for dependency in nodes[crate]["deps"]
                if any(kind["kind"] is None for kind in dependency["dep_kinds"])
            ]
    packages = [each for each in metadata["packages"] if each["id"] in found - {root}]
    return sorted(packages, key=lambda each: (each["name"], each["version"]))


def texts(crate, others):
    """The texts that go with a crate: its own, or those of another crate of the same repository."""
    files = _files(crate)
    if not files:
        same = [each for each in others if each["repository"] == crate["repository"]]
        files = next((files for each in same if (files := _files(each))), [])
    if not files:
        return [_standard(crate)]
    choice = [path for path in files if path.name.upper().startswith("LICENSE-MIT")]
    is_for_choice = re.search(r" OR |/", crate["license"] or "")
    if choice and is_for_choice:
        files = choice + [path for path in files if "notice" in path.name.lower()]
    return [path.read_text("utf-8", "replace").strip() for path in files]


def _files(crate):
    folder = Path(crate["manifest_path"]).parent
    return sorted(path for path in folder.iterdir() if path.is_file() and _FILE.match(path.name))


def _standard(crate):
    """For a crate without any file: the text that its licence stands for."""
    offered = re.split(r" OR |/", crate["license"] or "")
    if "MIT" not in offered:
        raise SystemExit(f"{crate['name']}: no text for {crate['license']}")
    text = (project.ROOT / "LICENSE-MIT").read_text("utf-8")
    holder = ", ".join(crate["authors"]) or f"the authors of {crate['name']}"
    return re.sub(r"Copyright .*", f"Copyright (c) {holder}", text, count=1).strip()


def notices(found):
    """One text after the other, each with the crates that it goes with."""
    by_text = {}
    for crate in found:
        name = f"{crate['name']} {crate['version']}: {crate['license']}"
        for text in texts(crate, found):
            by_text.setdefault(text, []).append(name)
    parts = ["\n".join([_RULE, *names, _RULE, text, ""]) for text, names in by_text.items()]
    return "\n".join([_HEAD, *parts])


def make():
    PATH.write_text(notices(crates()), "utf-8", newline="\n")


def make_if_missing():
    """In a release, they are made once for all machines."""
    if not PATH.exists():
        make()


def member():
    return Member(NAME, PATH.read_bytes())
