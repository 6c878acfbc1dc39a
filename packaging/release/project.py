"""What the project says of itself, in Cargo.toml, git and the changelog: nobody else reads them."""

import functools
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import tomllib

ROOT = Path(__file__).resolve().parent.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").resolve()
# What stays out of git and is made anew: the files of a release, the programs they hold, the tools.
RELEASE_FILES = TARGET / "release-files"
PROGRAMS = TARGET / "programs"


@dataclass(frozen=True)
class Project:
    name: str
    version: str
    description: str
    license: str
    # Where the project is at home, without a slash at its end; None before it is published.
    home: str | None
    # Who publishes it, as `Name <address>`; None before that is known.
    publisher: str | None

    @property
    def tag(self):
        return f"v{self.version}"

    @property
    def owner(self):
        """The account that the home belongs to."""
        return self.home.rsplit("/", 2)[-2] if self.home else None

    def download(self, file):
        """The address of a file of this release."""
        return f"{self.home}/releases/download/{self.tag}/{file}"


@functools.cache
def current():
    package = tomllib.loads((ROOT / "Cargo.toml").read_text("utf-8"))["package"]
    home = package.get("repository", "").removesuffix("/").removesuffix(".git")
    return Project(
        name=package["name"],
        version=package["version"],
        description=package["description"],
        license=package["license"],
        home=home or None,
        publisher=next(iter(package.get("authors", [])), None),
    )


@functools.cache
def time():
    """Seconds since 1970 of the commit: what every file in a package is dated by."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    command = ["git", "-C", ROOT, "log", "-1", "--format=%ct"]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def changes(changelog, version):
    """The changelog's section of a version or, where it has none yet, what is not released."""
    sections = re.split(r"^## \[(.+?)\].*\n", changelog, flags=re.MULTILINE)
    by_name = dict(zip(sections[1::2], sections[2::2]))
    section = by_name.get(version, by_name.get("Unreleased"))
    if section is None:
        raise SystemExit(f"CHANGELOG.md has no section [{version}]")
    # Below the last section stand the addresses of versions.
    return re.sub(r"^\[[^\]]+\]: .*\n", "", section, flags=re.MULTILINE).strip() + "\n"
