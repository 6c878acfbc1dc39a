"""The list of what is compiled in (CycloneDX), for all packages.

maturin puts one into each wheel, of the dependencies for all targets. What stands beside a release
is the same, without the folder that it was built in.
"""

import json
import zipfile

from . import files, project, targets


def cleaned(text):
    """Our own package by its name and version, wherever it was built."""
    about = project.current()
    folder = f"path+{project.ROOT.as_uri()}#"
    text = text.replace(folder, "").replace("?download_url=file://.", "")
    document = json.loads(text)
    component = document["metadata"]["component"]
    if component["name"] != about.name or component["version"] != about.version:
        raise SystemExit(f"a list of another package: {component['name']} {component['version']}")
    if "file://" in text:
        raise SystemExit("a list that names a folder of the machine that built it")
    return text


def pack():
    """Whether there was a wheel to take it from."""
    for target in targets.targets().values():
        path = project.RELEASE_FILES / target.wheel
        if path.exists():
            with zipfile.ZipFile(path) as wheel:
                name = next(name for name in wheel.namelist() if name.endswith(".cyclonedx.json"))
                text = wheel.read(name).decode()
            files.write(targets.sbom(), cleaned(text))
            return True
    return False
