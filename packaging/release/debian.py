"""The Debian package: program, manual page, completions and licences, by cargo-deb.

cargo-deb reads `[package.metadata.deb]` of Cargo.toml, whose assets lie in the folder that is
filled here.
"""

import re
import shutil
from datetime import UTC, datetime

from . import files, notices, program, project, tools

# Cargo.toml names it, wherever else things are built.
STAGE = project.ROOT / "target/debian-package"
# Debian wants a name and an address; nobody is reached at this one.
UNKNOWN = "autopilot-lint contributors <nobody@example.com>"
SHELLS = ["bash", "zsh", "fish"]
# It is published beside Debian, not in it, and nobody has filed a bug that asks for it.
OVERRIDES = b"initial-upload-closes-no-bugs\n"


def maintainer():
    return project.current().publisher or UNKNOWN


def changelog():
    """One entry, of this version, in Debian's form."""
    about = project.current()
    time = datetime.fromtimestamp(project.time(), UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    lines = [f"{about.name} ({about.version}-1) stable; urgency=medium", ""]
    lines += ["  * See CHANGELOG.md of this version.", ""]
    lines += [f" -- {maintainer()}  {time}", ""]
    return "\n".join(lines)


def copyright_file():
    """In Debian's machine-readable form: our licences, and the notices of what is compiled in."""
    about = project.current()
    root = project.ROOT
    source = f"Source: {about.home}\n" if about.home else ""
    holder = re.search(r"Copyright (?:\(c\) )?(.+)", (root / "LICENSE-MIT").read_text("utf-8"))[1]
    mit = (root / "LICENSE-MIT").read_text("utf-8").split("\n\n", 2)[2]
    apache = "On Debian systems, the text is in /usr/share/common-licenses/Apache-2.0."
    third_party = f"The licences of what is compiled in are in {notices.NAME}.gz in this folder."
    return f"""\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: {about.name}
{source}Comment: {third_party}

Files: *
Copyright: {holder}
License: Expat or Apache-2.0

License: Expat
{_folded(mit)}

License: Apache-2.0
 {apache}
"""


def _folded(text):
    return "\n".join(f" {line}" if line.strip() else " ." for line in text.strip().splitlines())


def _stage(target):
    shutil.rmtree(STAGE, ignore_errors=True)
    STAGE.mkdir(parents=True)
    about = project.current()
    shutil.copy(program.path(target), STAGE / about.name)
    contents = {
        "copyright": copyright_file().encode(),
        "changelog.Debian.gz": files.gzipped(changelog().encode()),
        "changelog.gz": files.gzipped((project.ROOT / "CHANGELOG.md").read_bytes()),
        f"{notices.NAME}.gz": files.gzipped(notices.member().content),
        "lintian-overrides": OVERRIDES,
        f"{about.name}.1.gz": files.gzipped(program.manual().content),
        **{shell: program.completions()[shell].content for shell in SHELLS},
    }
    for name, content in contents.items():
        (STAGE / name).write_bytes(content)


def pack(target):
    _stage(target)
    words = ["deb", "--no-build", "--no-strip", "--profile", "dist", "--target", target.name]
    words += ["--maintainer", maintainer(), "--output", project.RELEASE_FILES / target.debian]
    environment = {"SOURCE_DATE_EPOCH": str(project.time())}
    tools.run("cargo", *words, env=environment, stdout=-3)
    files.say(target.debian)
