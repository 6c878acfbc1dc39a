"""The repository that pre-commit clones instead of this one: it installs the wheel, so that nobody
has to compile.

Its hooks are those of `.pre-commit-hooks.yaml`, in another language.
"""

import re

from . import files, project, targets
from .files import Member

SOURCE = project.ROOT / ".pre-commit-hooks.yaml"


def hooks(source):
    """The hooks, installed as a Python package."""
    text, count = re.subn(r"^(  language:) rust$", r"\1 python", source, flags=re.MULTILINE)
    ids = re.findall(r"^- id: ", source, flags=re.MULTILINE)
    if count != len(ids) or not ids:
        raise SystemExit(f"{SOURCE.name}: {len(ids)} hooks, {count} in Rust")
    # What the source says of itself at its head is about compiling.
    return re.sub(r"\A(#[^\n]*\n)+", "# Each hook installs the wheel of the same version.\n", text)


def pyproject():
    about = project.current()
    return f"""\
[build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"

[project]
name = "{about.name}-pre-commit"
version = "{about.version}"
description = "{about.description}"
license = {{ text = "{about.license}" }}
requires-python = ">=3.8"
dependencies = ["{about.name}=={about.version}"]

[tool.setuptools]
packages = []
"""


def readme():
    about = project.current()
    home = f"[{about.name}]({about.home})" if about.home else about.name
    address = f"{about.home}-pre-commit" if about.home else "ADDRESS-OF-THIS-REPOSITORY"
    return f"""\
# {about.name} for pre-commit

The hooks of {home}, ready in seconds: they install its wheel. Released with it, under the same
tags; changes belong there.

```yaml
repos:
  - repo: {address}
    rev: {about.tag}
    hooks:
      - id: {about.name}
        files: (?i)^payloads/.*\\.(json|jsonl|ndjson)(\\.(gz|zst))?$
        args: [--]
```
"""


def members():
    """All files of the repository."""
    root = project.ROOT
    return [
        Member(".pre-commit-hooks.yaml", hooks(SOURCE.read_text("utf-8")).encode()),
        Member("LICENSE-APACHE", (root / "LICENSE-APACHE").read_bytes()),
        Member("LICENSE-MIT", (root / "LICENSE-MIT").read_bytes()),
        Member("README.md", readme().encode()),
        Member("pyproject.toml", pyproject().encode()),
    ]


def pack():
    files.write(targets.mirror(), files.gzipped(files.tar(members())))
