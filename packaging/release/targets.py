"""What a release is built for, and how its files are called: the one place that says so."""

from dataclasses import dataclass
from pathlib import Path

import tomllib

from . import project

LIST = Path(__file__).resolve().parent.parent / "targets.toml"
CHECKSUMS = "SHA256SUMS"


@dataclass(frozen=True)
class Target:
    name: str
    runner: str
    system: str
    arch: str
    wheel_platform: str
    libc: str | None = None

    @property
    def program(self):
        return project.current().name + (".exe" if self.system == "windows" else "")

    @property
    def folder(self):
        """What its archive unpacks to."""
        return f"{project.current().name}-{self.name}"

    @property
    def archive(self):
        # Without the version, so that the address of the newest one stays the same.
        return self.folder + (".zip" if self.system == "windows" else ".tar.gz")

    @property
    def wheel(self):
        name = project.current().name.replace("-", "_")
        return f"{name}-{project.current().version}-py3-none-{self.wheel_platform}.whl"

    @property
    def npm_platform(self):
        """As Node.js calls it, with the C library where npm can tell it."""
        system = {"linux": "linux", "macos": "darwin", "windows": "win32"}[self.system]
        return "-".join([system, self.arch] + (["musl"] if self.libc == "musl" else []))

    @property
    def npm_package(self):
        return f"@{project.current().name}/{self.npm_platform}"

    @property
    def npm(self):
        """What `npm pack` calls it."""
        return f"{project.current().name}-{self.npm_platform}-{project.current().version}.tgz"

    @property
    def image_architecture(self):
        """Of the container image, if it goes into it: the program that needs no other file."""
        if self.libc != "musl":
            return None
        return {"x64": "amd64", "arm64": "arm64"}[self.arch]

    @property
    def debian_architecture(self):
        if self.libc != "gnu":
            return None
        return {"x64": "amd64", "arm64": "arm64"}[self.arch]

    @property
    def debian(self):
        architecture = self.debian_architecture
        return (
            architecture
            and f"{project.current().name}_{project.current().version}-1_{architecture}.deb"
        )

    def files(self):
        """What `pack` makes for it."""
        return [name for name in (self.archive, self.wheel, self.npm, self.debian) if name]


def targets():
    """All of them, by name."""
    rows = tomllib.loads(LIST.read_text("utf-8"))
    return {
        name: Target(
            name=name,
            runner=row["runner"],
            system=row["system"],
            arch=row["arch"],
            wheel_platform=row["wheel"],
            libc=row.get("libc"),
        )
        for name, row in rows.items()
    }


def sdist():
    return f"{project.current().name.replace('-', '_')}-{project.current().version}.tar.gz"


def launcher():
    return f"{project.current().name}-{project.current().version}.tgz"


def image():
    return f"{project.current().name}-image.tar"


def sbom():
    return f"{project.current().name}.cdx.json"


def mirror():
    return f"{project.current().name}-pre-commit.tar.gz"


def notes():
    return "notes.md"


NOTICES = "LICENSE-THIRD-PARTY"


def manifests():
    """For package managers that fetch from the project's home; there are none before it has one."""
    if not project.current().home:
        return []
    name, owner = project.current().name, project.current().owner
    winget = [f"{owner}.{name}{part}.yaml" for part in ("", ".installer", ".locale.en-US")]
    return [f"{name}.json", f"{name}.rb", *winget]


def of_all():
    """What `finish` makes, checksums last."""
    return [
        sdist(),
        launcher(),
        image(),
        mirror(),
        sbom(),
        NOTICES,
        *manifests(),
        notes(),
        CHECKSUMS,
    ]


def files():
    """Every file of a complete release."""
    return [name for target in targets().values() for name in target.files()] + of_all()
