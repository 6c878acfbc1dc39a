"""Archives and checksums that depend on nothing but what is in them and the commit's time."""

import gzip
import hashlib
import io
import tarfile
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime

from . import project


@dataclass(frozen=True)
class Member:
    """A file in an archive."""

    name: str
    content: bytes
    is_program: bool = False

    @property
    def mode(self):
        return 0o755 if self.is_program else 0o644


def tar(members, folders=()):
    """An uncompressed archive; everything in it belongs to root."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name in folders:
            entry = _entry(name, 0o755)
            entry.type = tarfile.DIRTYPE
            archive.addfile(entry)
        for member in members:
            entry = _entry(member.name, member.mode)
            entry.size = len(member.content)
            archive.addfile(entry, io.BytesIO(member.content))
    return out.getvalue()


def _entry(name, mode):
    entry = tarfile.TarInfo(name)
    entry.mode = mode
    entry.mtime = project.time()
    return entry


def gzipped(content):
    out = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=out, mode="wb", compresslevel=9, mtime=0) as packed:
        packed.write(content)
    return out.getvalue()


def zipped(members):
    out = io.BytesIO()
    # Local times have no zone in a zip file, and begin in 1980.
    time = datetime.fromtimestamp(max(project.time(), 315_532_800), UTC).timetuple()[:6]
    with zipfile.ZipFile(out, "w") as archive:
        for member in members:
            entry = zipfile.ZipInfo(member.name, time)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (0o100000 | member.mode) << 16
            archive.writestr(entry, member.content, compresslevel=9)
    return out.getvalue()


def write(name, content):
    """Writes a file of the release; says so, with its size."""
    project.RELEASE_FILES.mkdir(parents=True, exist_ok=True)
    path = project.RELEASE_FILES / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    say(name)


def say(name):
    size = (project.RELEASE_FILES / name).stat().st_size
    print(f"{size:>10,}  {name}", flush=True)


def sha256(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
