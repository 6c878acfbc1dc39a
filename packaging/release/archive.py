"""The archive of a target: what people unpack, and what installers and the Action fetch."""

from . import files, notices, program, project
from .files import Member

DOCUMENTS = ["README.md", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"]


def pack(target):
    root = project.ROOT
    members = [
        Member(target.program, program.path(target).read_bytes(), is_program=True),
        *(Member(name, (root / name).read_bytes()) for name in DOCUMENTS),
        notices.member(),
        program.manual(),
        *program.completions().values(),
    ]
    within = [
        Member(f"{target.folder}/{member.name}", member.content, member.is_program)
        for member in sorted(members, key=lambda member: member.name)
    ]
    if target.archive.endswith(".zip"):
        files.write(target.archive, files.zipped(within))
    else:
        files.write(target.archive, files.gzipped(files.tar(within)))
