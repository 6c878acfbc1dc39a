"""What winget, Scoop and Homebrew read: addresses and checksums of the archives.

All of it is derived, from Cargo.toml, the list of targets and the checksums of a release.
"""

import json

from . import files, project, targets

WINGET_SCHEMA = "1.10.0"
_RUBY_LICENCE = 'any_of: ["MIT", "Apache-2.0"]'


class Release:
    """The addresses and checksums of the archives of a release; `sums` is by file."""

    def __init__(self, sums):
        self.sums = sums

    def of(self, system):
        """For each processor of a system: the target, its address and checksum."""
        for target in targets.targets().values():
            # Homebrew's Linux has the GNU library of its own.
            if target.system == system and target.libc != "musl":
                if target.archive not in self.sums:
                    raise SystemExit(f"no checksum of {target.archive}")
                address = project.current().download(target.archive)
                yield target, address, self.sums[target.archive]


def scoop(release):
    about = project.current()
    architectures = {}
    updates = {}
    for target, address, checksum in release.of("windows"):
        key = {"x64": "64bit", "arm64": "arm64"}[target.arch]
        architectures[key] = {"url": address, "hash": checksum, "extract_dir": target.folder}
        updates[key] = {"url": address.replace(about.version, "$version")}
    manifest = {
        "version": about.version,
        "description": about.description,
        "homepage": about.home,
        "license": about.license.replace(" OR ", "|"),
        "architecture": architectures,
        "bin": f"{about.name}.exe",
    }
    # Elsewhere, Scoop does not know how to look for versions.
    if about.home.startswith("https://github.com/"):
        manifest["checkver"] = "github"
        checksums = {"url": f"$baseurl/{targets.CHECKSUMS}"}
        manifest["autoupdate"] = {"architecture": updates, "hash": checksums}
    return json.dumps(manifest, indent=4) + "\n"


def homebrew(release):
    about = project.current()
    parts = []
    for system in ("macos", "linux"):
        inner = []
        for target, address, checksum in release.of(system):
            on = {"x64": "on_intel", "arm64": "on_arm"}[target.arch]
            inner.append(
                f'    {on} do\n      url "{address}"\n      sha256 "{checksum}"\n    end\n'
            )
        parts.append(f"  on_{system} do\n{''.join(inner)}  end\n")
    name = "".join(part.capitalize() for part in about.name.split("-"))
    return f"""\
class {name} < Formula
  desc "{about.description}"
  homepage "{about.home}"
  version "{about.version}"
  license {_RUBY_LICENCE}

{chr(10).join(parts)}
  def install
    bin.install "{about.name}"
    man1.install "man/{about.name}.1"
    bash_completion.install "completions/{about.name}.bash" => "{about.name}"
    zsh_completion.install "completions/_{about.name}"
    fish_completion.install "completions/{about.name}.fish"
  end

  test do
    (testpath/"event.json").write '{{"deploymentState": "succes"}}'
    output = shell_output("#{{bin}}/{about.name} check --no-config event.json", 1)
    assert_match "unknown-enum-member", output
  end
end
"""


def _yaml(kind, values):
    """A manifest of winget; values are texts without special characters, or lists of them."""
    about = project.current()
    address = f"https://aka.ms/winget-manifest.{kind}.{WINGET_SCHEMA}.schema.json"
    head = {
        "PackageIdentifier": f"{about.owner}.{about.name}",
        "PackageVersion": about.version,
    }
    tail = {"ManifestType": kind, "ManifestVersion": WINGET_SCHEMA}
    lines = [f"# yaml-language-server: $schema={address}", ""]
    _write(lines, {**head, **values, **tail}, "")
    return "\n".join(lines) + "\n"


def _write(lines, values, indent):
    for key, value in values.items():
        if isinstance(value, list):
            lines.append(f"{indent}{key}:")
            for item in value:
                if isinstance(item, dict):
                    inner = []
                    _write(inner, item, f"{indent}  ")
                    lines.append(f"{indent}- {inner[0].strip()}")
                    lines.extend(inner[1:])
                else:
                    lines.append(f"{indent}- {item}")
        else:
            lines.append(f"{indent}{key}: {value}")


def winget(release):
    """By the last part of the file's name: version, installers, words."""
    about = project.current()
    installers = [
        {
            "Architecture": target.arch,
            "NestedInstallerFiles": [
                {
                    "RelativeFilePath": f"{target.folder}\\{target.program}",
                    "PortableCommandAlias": about.name,
                }
            ],
            "InstallerUrl": address,
            "InstallerSha256": checksum.upper(),
        }
        for target, address, checksum in release.of("windows")
    ]
    language = "en-US"
    return {
        "": _yaml("version", {"DefaultLocale": language}),
        ".installer": _yaml(
            "installer",
            {
                "InstallerType": "zip",
                "NestedInstallerType": "portable",
                "Commands": [about.name],
                "Installers": installers,
            },
        ),
        f".locale.{language}": _yaml(
            "defaultLocale",
            {
                "PackageLocale": language,
                "Publisher": about.owner,
                "PublisherUrl": about.home.rsplit("/", 1)[0],
                "PackageName": about.name,
                "PackageUrl": about.home,
                "License": about.license,
                "LicenseUrl": f"{about.home}/blob/{about.tag}/LICENSE-MIT",
                "ShortDescription": about.description,
                "Moniker": about.name,
                "Tags": ["autopilot", "intune", "json", "lint"],
                "ReleaseNotesUrl": f"{about.home}/releases/tag/{about.tag}",
            },
        ),
    }


def all_of(release):
    """Every manifest by its file's name."""
    about = project.current()
    identifier = f"{about.owner}.{about.name}"
    return {
        f"{about.name}.json": scoop(release),
        f"{about.name}.rb": homebrew(release),
        **{f"{identifier}{part}.yaml": text for part, text in winget(release).items()},
    }


def pack(sums):
    for name, text in all_of(Release(sums)).items():
        files.write(name, text)
