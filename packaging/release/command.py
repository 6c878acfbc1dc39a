"""The commands of `scripts/release`."""

import json
import sys

from . import (
    archive,
    debian,
    files,
    image,
    manifests,
    mirror,
    notices,
    npm,
    program,
    project,
    sbom,
    targets,
    tools,
    wheel,
)


def main(words, usage):
    if not words or words[0] in ("-h", "--help"):
        print(usage.strip())
        return 0 if words else 2
    install = "--tools" in words
    words = [word for word in words if word != "--tools"]
    commands = {
        "build": lambda rest: _each(rest, [_build], install),
        "pack": lambda rest: _each(rest, [_pack], install),
        "finish": lambda rest: _finish(rest, install),
        "notices": _notices,
        "list": _list,
        "files": _files,
    }
    if words and words[0] in commands:
        return commands[words[0]](words[1:])
    return _each(words, [_build, _pack], install)


def _usage(message):
    print(f"scripts/release: {message}; see scripts/release --help", file=sys.stderr)
    return 2


def _each(names, steps, install):
    known = targets.targets()
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        return _usage(f"no target: {unknown[0]}" if unknown else "no target is named")
    chosen = [known[name] for name in names]
    if install:
        tools.install(["cargo-deb"] if any(target.debian for target in chosen) else [])
    for target in chosen:
        for step in steps:
            step(target)
    return 0


def _build(target):
    notices.make_if_missing()
    program.build(target)


def _pack(target):
    program.try_out(target)
    archive.pack(target)
    wheel.pack(target)
    npm.pack(target)
    if target.debian:
        debian.pack(target)


def _notices(rest):
    if rest:
        return _usage(f"unexpected: {rest[0]}")
    notices.make()
    return 0


def _finish(rest, install):
    if rest not in ([], ["--complete"]):
        return _usage(f"unexpected: {rest[0]}")
    if install:
        tools.install([])
    there = project.RELEASE_FILES
    missing = [
        name
        for target in targets.targets().values()
        for name in target.files()
        if not (there / name).exists()
    ]
    if missing and rest:
        print(f"missing: {', '.join(missing)}", file=sys.stderr)
        return 1
    notices.make_if_missing()
    files.write(notices.NAME, notices.member().content)
    wheel.source()
    files.say(targets.sdist())
    npm.pack_launcher()
    image.pack()
    mirror.pack()
    left_out = list(missing)
    if not sbom.pack():
        left_out.append(targets.sbom())
    if targets.manifests():
        left_out += _manifests()
    else:
        left_out.append("manifests for winget, Scoop and Homebrew: Cargo.toml has no repository")
    changelog = (project.ROOT / "CHANGELOG.md").read_text("utf-8")
    files.write(targets.notes(), project.changes(changelog, project.current().version))
    _checksums()
    for name in left_out:
        print(f"left out: {name}", file=sys.stderr)
    return 0


def _manifests():
    """Manifests name every archive, so none is made while one is missing."""
    archives = [target.archive for target in targets.targets().values()]
    there = [name for name in archives if (project.RELEASE_FILES / name).exists()]
    if there != archives:
        return targets.manifests()
    manifests.pack({name: files.sha256(project.RELEASE_FILES / name) for name in archives})
    return []


def _checksums():
    """As `sha256sum --check` reads them, of all that people fetch."""
    others = (targets.CHECKSUMS, targets.notes())
    names = [name for name in sorted(targets.files()) if name not in others]
    paths = [path for name in names if (path := project.RELEASE_FILES / name).exists()]
    lines = [f"{files.sha256(path)}  {path.name}\n" for path in paths]
    files.write(targets.CHECKSUMS, "".join(lines))


def _list(rest):
    known = targets.targets().values()
    if rest == ["--json"]:
        print(json.dumps([{"target": target.name, "runner": target.runner} for target in known]))
    elif rest:
        return _usage(f"unexpected: {rest[0]}")
    else:
        print("\n".join(target.name for target in known))
    return 0


def _files(rest):
    if rest:
        return _usage(f"unexpected: {rest[0]}")
    print("\n".join(targets.files()))
    return 0
