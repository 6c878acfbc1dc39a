"""npm packages: the launcher, and one with the program for each target.

npm installs of the optional packages those that fit the machine; nothing runs during installation.
"""

import json
import tempfile
from pathlib import Path

from . import files, notices, program, project, targets, tools
from .files import Member

LAUNCHER = project.ROOT / "packaging/npm/launcher.js"
# What the launcher is written for.
NODE = ">=18"


def _common():
    about = project.current()
    manifest = {
        "version": about.version,
        "description": about.description,
        "license": about.license,
    }
    if about.home:
        manifest["homepage"] = about.home
        manifest["repository"] = {"type": "git", "url": f"git+{about.home}.git"}
    return manifest


def platform_manifest(target):
    system, arch = target.npm_platform.split("-")[:2]
    manifest = {"name": target.npm_package, **_common(), "os": [system], "cpu": [arch]}
    if target.libc:
        manifest["libc"] = ["glibc" if target.libc == "gnu" else "musl"]
    # Yarn would keep the package zipped, from where nothing can be run.
    manifest["preferUnplugged"] = True
    return manifest


def launcher_manifest():
    about = project.current()
    packages = sorted(target.npm_package for target in targets.targets().values())
    return {
        "name": about.name,
        **_common(),
        "keywords": ["autopilot", "intune", "graph", "json", "lint"],
        "bin": {about.name: "launcher.js"},
        "engines": {"node": NODE},
        # The launcher and the program are of one release.
        "optionalDependencies": {package: about.version for package in packages},
    }


def pack(target):
    binary = Member(target.program, program.path(target).read_bytes(), is_program=True)
    _pack(platform_manifest(target), [binary], _platform_readme(target))


def pack_launcher():
    launcher = Member(LAUNCHER.name, LAUNCHER.read_bytes(), is_program=True)
    _pack(launcher_manifest(), [launcher], (project.ROOT / "README.md").read_bytes())


def _platform_readme(target):
    about = project.current()
    return (
        f"# {target.npm_package}\n\nThe program of [{about.name}](https://www.npmjs.com/package/"
        f"{about.name}) for {target.name}. Install `{about.name}`, which brings it.\n"
    ).encode()


def _pack(manifest, members, readme):
    root = project.ROOT
    licences = [
        Member(name, (root / name).read_bytes()) for name in ("LICENSE-APACHE", "LICENSE-MIT")
    ]
    manifest["files"] = [member.name for member in [*members, *licences]] + [notices.NAME]
    text = json.dumps(manifest, indent=2) + "\n"
    members = [
        *members,
        *licences,
        notices.member(),
        Member("README.md", readme),
        Member("package.json", text.encode()),
    ]
    with tempfile.TemporaryDirectory() as folder:
        for member in members:
            path = Path(folder, member.name)
            path.write_bytes(member.content)
            path.chmod(member.mode)
        project.RELEASE_FILES.mkdir(parents=True, exist_ok=True)
        words = [
            "pack",
            "--silent",
            "--ignore-scripts",
            "--pack-destination",
            project.RELEASE_FILES,
        ]
        packed = tools.run("npm", *words, cwd=folder, capture_output=True, text=True)
    files.say(packed.stdout.strip().splitlines()[-1])
