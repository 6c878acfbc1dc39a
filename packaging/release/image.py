"""The container image: the program that needs no other file, on an empty root, for a user without
rights.

`packaging/container/Dockerfile` says the same for those who build with a container engine; a test
holds the two together.
"""

import hashlib
import json
import tarfile
from datetime import UTC, datetime

from . import files, notices, project, targets
from .files import Member

# The user `nobody` of images without a list of users: there is no name to look up.
USER = "65532:65532"
# Where payloads are mounted.
WORKING_FOLDER = "/work"
LICENCES = ["LICENSE-APACHE", "LICENSE-MIT"]


def contents(target, binary):
    """What lies in the image's root."""
    root = project.ROOT
    licences = [Member(f"licenses/{name}", (root / name).read_bytes()) for name in LICENCES]
    third_party = Member(f"licenses/{notices.NAME}", notices.member().content)
    return [Member(target.program, binary, is_program=True), *licences, third_party]


def labels():
    about = project.current()
    found = {
        "org.opencontainers.image.title": about.name,
        "org.opencontainers.image.description": about.description,
        "org.opencontainers.image.licenses": about.license,
        "org.opencontainers.image.version": about.version,
    }
    if about.home:
        found["org.opencontainers.image.source"] = about.home
    return found


def settings():
    """How a container is started."""
    return {
        "User": USER,
        "Entrypoint": [f"/{project.current().name}"],
        "WorkingDir": WORKING_FOLDER,
        "Labels": labels(),
    }


class Layout:
    """The blobs of an image in the OCI's layout, each known by its digest."""

    def __init__(self):
        self.blobs = {}

    def add(self, media_type, content):
        digest = hashlib.sha256(content).hexdigest()
        self.blobs[digest] = content
        return {"mediaType": media_type, "digest": f"sha256:{digest}", "size": len(content)}

    def add_json(self, kind, value):
        content = json.dumps(value, separators=(",", ":"), sort_keys=True).encode()
        return self.add(f"application/vnd.oci.image.{kind}.v1+json", content)

    def archive(self, index):
        """An archive that container engines load, of an index of images."""
        members = [
            Member("index.json", json.dumps(index).encode()),
            Member("oci-layout", b'{"imageLayoutVersion":"1.0.0"}'),
            *(
                Member(f"blobs/sha256/{digest}", self.blobs[digest])
                for digest in sorted(self.blobs)
            ),
        ]
        return files.tar(members, folders=["blobs", "blobs/sha256"])


def _add(layout, target, binary):
    folders = ["licenses", WORKING_FOLDER.removeprefix("/")]
    layer = files.tar(contents(target, binary), folders)
    created = datetime.fromtimestamp(project.time(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    system = {"architecture": target.image_architecture, "os": "linux"}
    config = {
        **system,
        "created": created,
        "config": settings(),
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{hashlib.sha256(layer).hexdigest()}"]},
        "history": [{"created": created, "created_by": project.current().name}],
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": layout.add_json("config", config),
        "layers": [layout.add("application/vnd.oci.image.layer.v1.tar+gzip", files.gzipped(layer))],
    }
    return {**layout.add_json("manifest", manifest), "platform": system}


def pack():
    """One image for all processors whose archives are there."""
    layout = Layout()
    images = []
    for target in targets.targets().values():
        archive = project.RELEASE_FILES / target.archive
        if target.image_architecture and archive.exists():
            with tarfile.open(archive) as packed:
                binary = packed.extractfile(f"{target.folder}/{target.program}").read()
            images.append(_add(layout, target, binary))
    if not images:
        return
    index = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": images,
    }
    # A tag stands on one entry: the list of all processors.
    tagged = layout.add_json("index", index)
    tagged["annotations"] = {"org.opencontainers.image.ref.name": project.current().version}
    files.write(targets.image(), layout.archive({**index, "manifests": [tagged]}))
