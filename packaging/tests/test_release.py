"""Holds what a release is made of: one version, one home, one list of targets, and no platform
forgotten in any package or manifest.

Needs nothing but Python: python3 -B -m unittest discover -s packaging/tests
"""

import json
import re
import subprocess
import sys
import tarfile
import unittest
import zipfile
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import tomllib

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "packaging"))

from release import command, debian, files, image, manifests, mirror, notices  # noqa: E402
from release import npm, project, sbom, targets  # noqa: E402

HOME = "https://github.com/octo/autopilot-lint"


def at_home():
    """The project, once it is published."""
    published = replace(project.current(), home=HOME, publisher="Octo <octo@example.com>")
    return mock.patch("release.project.current", lambda: published)


def cargo():
    return tomllib.loads((ROOT / "Cargo.toml").read_text("utf-8"))


class Targets(unittest.TestCase):
    def test_every_system_is_there_for_every_processor(self):
        found = {(each.system, each.arch, each.libc) for each in targets.targets().values()}
        wanted = {
            (system, arch, libc)
            for system, libc in [
                ("linux", "gnu"),
                ("linux", "musl"),
                ("macos", None),
                ("windows", None),
            ]
            for arch in ("x64", "arm64")
        }
        self.assertEqual(found, wanted)

    def test_no_two_files_have_one_name(self):
        with at_home():
            names = targets.files()
        self.assertEqual(len(names), len(set(names)))
        # Three packages a target, a fourth for Linux with the GNU library, and what is for all.
        self.assertEqual(len(names), 8 * 3 + 2 + len(targets.of_all()) + 5)

    def test_before_there_is_a_home_nothing_names_an_address(self):
        nobody = replace(project.current(), home=None, publisher=None)
        with mock.patch("release.project.current", lambda: nobody):
            self.assertEqual(targets.manifests(), [])
            self.assertNotIn("homepage", npm.launcher_manifest())
            self.assertNotIn("org.opencontainers.image.source", image.labels())
            said = debian.copyright_file().split("Files:")[0] + mirror.readme() + mirror.pyproject()
            self.assertEqual(re.findall("https?://(?!www.debian.org)", said), [])


class Version(unittest.TestCase):
    def test_it_stands_in_one_place(self):
        """Whatever a package is made from takes the version from Cargo.toml. Pins in templates and
        documents are held by the tests of the program."""
        version = project.current().version
        made_from = [
            path
            for folder in ("packaging", "scripts")
            for path in (ROOT / folder).rglob("*")
            if path.is_file()
            and path.suffix != ".yml"
            and not {"__pycache__", "tests"} & set(path.parts)
        ]
        made_from.append(ROOT / "pyproject.toml")
        for path in made_from:
            text = path.read_bytes().decode("utf-8", "replace")
            self.assertIsNone(re.search(rf"\b{re.escape(version)}\b(?!\.)", text), path)
        self.assertIn(
            "version", tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dynamic"]
        )

    def test_every_package_has_it(self):
        version = project.current().version
        with at_home():
            self.assertEqual(npm.launcher_manifest()["version"], version)
            self.assertEqual(
                set(npm.launcher_manifest()["optionalDependencies"].values()), {version}
            )
            self.assertIn(f'"autopilot-lint=={version}"', mirror.pyproject())
            self.assertIn(f"rev: v{version}\n", mirror.readme())
            self.assertTrue(debian.changelog().startswith(f"autopilot-lint ({version}-1) "))
            self.assertEqual(image.labels()["org.opencontainers.image.version"], version)

    def test_the_lock_file_has_it(self):
        lock = tomllib.loads((ROOT / "Cargo.lock").read_text("utf-8"))
        (own,) = [each for each in lock["package"] if each["name"] == project.current().name]
        self.assertEqual(own["version"], project.current().version)

    def test_notes_are_the_section_of_the_version(self):
        text = "# Changelog\n\n## [Unreleased]\n\n- new\n\n## [1.2.3] - 2026-01-01\n\n- old\n"
        text += "\n[1.2.3]: https://x\n"
        self.assertEqual(project.changes(text, "1.2.3"), "- old\n")
        self.assertEqual(project.changes(text, "2.0.0"), "- new\n")
        with self.assertRaises(SystemExit):
            project.changes("# Changelog\n", "1.2.3")
        changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
        self.assertGreater(len(project.changes(changelog, project.current().version)), 100)


class Manifests(unittest.TestCase):
    """Each against the one list of files: what it fetches is released, and nothing is forgotten."""

    def setUp(self):
        patch = at_home()
        patch.start()
        self.addCleanup(patch.stop)
        self.archives = {each.archive: each for each in targets.targets().values()}
        sums = {name: f"{number:064x}" for number, name in enumerate(self.archives)}
        self.release = manifests.Release(sums)
        self.sums = sums

    def fetched(self, text, systems):
        """The archives that a manifest names; each has to be there with its checksum."""
        named = re.findall(rf"{re.escape(HOME)}/releases/download/v[0-9.]+/([^\s\"']+)", text)
        for name in named:
            self.assertIn(name, targets.files())
            self.assertIn(self.sums[name].lower(), text.lower())
        wanted = {
            name
            for name, each in self.archives.items()
            if each.system in systems and each.libc != "musl"
        }
        self.assertEqual(set(named), wanted)
        self.assertEqual(len(named), len(wanted))

    def test_scoop(self):
        text = manifests.scoop(self.release)
        manifest = json.loads(text)
        # The addresses of updates have a place for the version.
        self.fetched(json.dumps(manifest | {"autoupdate": {}}), {"windows"})
        self.assertEqual(set(manifest["architecture"]), {"64bit", "arm64"})
        version = project.current().version
        for key, update in manifest["autoupdate"]["architecture"].items():
            address = manifest["architecture"][key]["url"]
            self.assertEqual(update["url"].replace("$version", version), address)
        for part in manifest["architecture"].values():
            self.assertEqual(set(part), {"url", "hash", "extract_dir"})
            self.assertRegex(part["hash"], "^[0-9a-f]{64}$")

    def test_homebrew(self):
        text = manifests.homebrew(self.release)
        self.fetched(text, {"macos", "linux"})
        self.assertEqual(text.count("\n  on_"), 2)
        openings = len(re.findall(r"(?m)^ *(?:class|def|test|on_\w+)\b", text))
        self.assertEqual(openings, len(re.findall(r"(?m)^ *end$", text)))
        self.assertLessEqual(len(project.current().description), 80)

    def test_winget(self):
        parts = manifests.winget(self.release)
        self.assertEqual(set(parts), {"", ".installer", ".locale.en-US"})
        self.fetched(parts[".installer"], {"windows"})
        required = {
            "": ["DefaultLocale"],
            ".installer": ["Installers", "InstallerType", "NestedInstallerType"],
            ".locale.en-US": [
                "PackageLocale",
                "Publisher",
                "PackageName",
                "License",
                "ShortDescription",
            ],
        }
        for part, text in parts.items():
            keys = re.findall(r"(?m)^(\w+):", text)
            always = ["PackageIdentifier", "PackageVersion", "ManifestType", "ManifestVersion"]
            self.assertLessEqual(set(always + required[part]), set(keys), part)
            self.assertEqual(len(keys), len(set(keys)))
        identifier = re.search(r"PackageIdentifier: (.+)", parts[""])[1]
        self.assertRegex(identifier, r"^[^.\s\\/:*?\"<>|]{1,32}(\.[^.\s\\/:*?\"<>|]{1,32}){1,7}$")
        self.assertEqual(
            re.findall(r"InstallerSha256: [0-9A-F]{64}\n", parts[".installer"]).__len__(), 2
        )
        names = re.findall(r"RelativeFilePath: (.+)", parts[".installer"])
        windows = [each for each in self.archives.values() if each.system == "windows"]
        self.assertEqual(names, [f"{each.folder}\\{each.program}" for each in windows])

    def test_a_platform_that_was_not_built_is_no_release(self):
        forgotten = next(name for name, each in self.archives.items() if each.system == "windows")
        del self.sums[forgotten]
        for write in (manifests.scoop, manifests.winget):
            with self.assertRaises(SystemExit):
                write(self.release)

    def test_binstall(self):
        metadata = cargo()["package"]["metadata"]["binstall"]
        for target in targets.targets().values():
            own = metadata | metadata["overrides"].get(target.name, {})
            values = {
                "repo": HOME,
                "version": project.current().version,
                "name": project.current().name,
                "bin": project.current().name,
                "target": target.name,
                "binary-ext": ".exe" if target.system == "windows" else "",
            }
            address, inside = own["pkg-url"], own["bin-dir"]
            for name, value in values.items():
                address = address.replace(f"{{ {name} }}", value)
                inside = inside.replace(f"{{ {name} }}", value)
            self.assertEqual(address, project.current().download(target.archive))
            self.assertEqual(inside, f"{target.folder}/{target.program}")
            self.assertEqual(own["pkg-fmt"], "zip" if target.archive.endswith(".zip") else "tgz")
        unknown = set(metadata["overrides"]) - set(targets.targets())
        self.assertEqual(unknown, set())

    def test_file_names_are_those_of_the_list(self):
        self.assertEqual(list(manifests.all_of(self.release)), targets.manifests())


class Npm(unittest.TestCase):
    def test_the_launcher_brings_every_platform(self):
        wanted = {each.npm_package for each in targets.targets().values()}
        self.assertEqual(set(npm.launcher_manifest()["optionalDependencies"]), wanted)

    def test_each_platform_is_one_machine_s(self):
        keys = set()
        for target in targets.targets().values():
            manifest = npm.platform_manifest(target)
            keys.add((*manifest["os"], *manifest["cpu"], *manifest.get("libc", [])))
            self.assertEqual("libc" in manifest, target.system == "linux")
        self.assertEqual(len(keys), len(targets.targets()))

    def test_nothing_runs_at_installation(self):
        for manifest in map(npm.platform_manifest, targets.targets().values()):
            self.assertNotIn("scripts", manifest)
        self.assertNotIn("scripts", npm.launcher_manifest())


class Mirror(unittest.TestCase):
    def test_all_hooks_are_there_in_the_other_language(self):
        source = mirror.SOURCE.read_text("utf-8")
        made = mirror.hooks(source)
        body = lambda text: re.sub(r"\A(#.*\n)+", "", text)  # noqa: E731
        self.assertEqual(body(made), body(source).replace("language: rust", "language: python"))
        ids = re.findall(r"(?m)^- id: (.+)$", made)
        self.assertGreaterEqual(len(ids), 2)
        self.assertEqual(made.count("language: python"), len(ids))

    def test_a_hook_that_is_not_in_rust_is_not_passed_over(self):
        with self.assertRaises(SystemExit):
            mirror.hooks("- id: a\n  language: rust\n- id: b\n  language: system\n")


class Image(unittest.TestCase):
    def test_the_dockerfile_says_the_same(self):
        text = (ROOT / "packaging/container/Dockerfile").read_text("utf-8")
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        said = dict(line.split(" ", 1) for line in lines if not line.startswith("COPY"))
        settings = image.settings()
        self.assertEqual(said["FROM"], "scratch")
        self.assertEqual(said["USER"], settings["User"])
        self.assertEqual(said["WORKDIR"], settings["WorkingDir"])
        self.assertEqual(json.loads(said["ENTRYPOINT"]), settings["Entrypoint"])
        copied = set()
        for line in lines:
            if line.startswith("COPY"):
                *names, place = line.split()[2:]
                copied |= {place + name if place.endswith("/") else place for name in names}
        notice = files.Member(notices.NAME, b"")
        with mock.patch("release.notices.member", lambda: notice):
            contents = image.contents(targets.targets()["x86_64-unknown-linux-musl"], b"")
        self.assertEqual(copied, {f"/{member.name}" for member in contents})

    def test_every_processor_of_linux_is_in_it(self):
        architectures = [
            each.image_architecture for each in targets.targets().values() if each.libc
        ]
        self.assertEqual(sorted(filter(None, architectures)), ["amd64", "arm64"])


class Notices(unittest.TestCase):
    def crate(self, name, licence, *names, repository="https://example.com/a"):
        folder = Path(self.folder, name)
        folder.mkdir()
        for file in names:
            (folder / file).write_text(f"{file} of {name}\n")
        manifest = str(folder / "Cargo.toml")
        return {
            "name": name,
            "version": "1.0.0",
            "license": licence,
            "authors": ["Somebody"],
            "repository": repository,
            "manifest_path": manifest,
        }

    def setUp(self):
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_every_crate_has_its_texts(self):
        own = self.crate("own", "MIT OR Apache-2.0", "LICENSE-APACHE", "LICENSE-MIT", "NOTICE")
        all_ = self.crate("all", "Apache-2.0 AND BSD-2-Clause", "LICENSE", "LICENSE-BSD", "x.rs")
        lent = self.crate("lent", "MIT")
        bare = self.crate("bare", "MIT", repository="https://example.com/b")
        found = [own, all_, lent, bare]
        self.assertEqual(notices.texts(own, found), ["LICENSE-MIT of own", "NOTICE of own"])
        self.assertEqual(notices.texts(all_, found), ["LICENSE of all", "LICENSE-BSD of all"])
        # What another crate of the repository holds, as there is no choice between files here.
        lender = ["LICENSE-APACHE of own", "LICENSE-MIT of own", "NOTICE of own"]
        self.assertEqual(notices.texts(lent, [own, lent]), lender)
        self.assertIn("Copyright (c) Somebody\n", notices.texts(bare, found)[0])
        self.assertIn("Permission is hereby granted", notices.texts(bare, found)[0])
        unknown = self.crate("unknown", "Zlib", repository="https://example.com/c")
        with self.assertRaises(SystemExit):
            notices.texts(unknown, found)
        text = notices.notices([own, own, bare])
        self.assertEqual(text.count("LICENSE-MIT of own"), 1)
        self.assertIn("bare 1.0.0: MIT\n", text)


class Sbom(unittest.TestCase):
    def document(self, folder, version):
        reference = f"path+{folder}#autopilot-lint@{version}"
        component = {"name": "autopilot-lint", "version": version, "bom-ref": reference}
        return json.dumps({"metadata": {"component": component}})

    def test_it_names_no_folder(self):
        version = project.current().version
        text = sbom.cleaned(self.document(ROOT.as_uri(), version))
        self.assertIn(f'"autopilot-lint@{version}"', text)
        for document in (
            self.document("file:///elsewhere", version),
            self.document(ROOT.as_uri(), "9.9.9"),
        ):
            with self.assertRaises(SystemExit):
                sbom.cleaned(document)


class Archives(unittest.TestCase):
    MEMBERS = [files.Member("a/b", b"x", is_program=True), files.Member("a/c", b"y")]

    def test_the_same_content_is_the_same_archive(self):
        with mock.patch("release.project.time", lambda: 1_700_000_000):
            packed = files.gzipped(files.tar(self.MEMBERS))
            self.assertEqual(packed, files.gzipped(files.tar(self.MEMBERS)))
            self.assertEqual(files.zipped(self.MEMBERS), files.zipped(self.MEMBERS))
        with tarfile.open(fileobj=BytesIO(packed)) as archive:
            found = [(each.name, each.mode, each.mtime, each.uid) for each in archive]
        self.assertEqual(
            found, [("a/b", 0o755, 1_700_000_000, 0), ("a/c", 0o644, 1_700_000_000, 0)]
        )

    def test_zip_files_are_packed_as_small_as_can_be(self):
        content = (ROOT / "Cargo.lock").read_bytes()
        with zipfile.ZipFile(BytesIO(files.zipped([files.Member("a", content)]))) as archive:
            (entry,) = archive.infolist()
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        self.assertEqual(entry.compress_size, len(packer.compress(content) + packer.flush()))

    def test_assets_of_the_debian_package_are_staged(self):
        metadata = cargo()["package"]["metadata"]["deb"]
        assets = [source for source, _, _ in metadata["assets"]] + [metadata["license-file"][0]]
        staged = {"autopilot-lint", "copyright", "changelog.Debian.gz", "changelog.gz"}
        staged |= {"lintian-overrides"}
        staged |= {f"{notices.NAME}.gz", "autopilot-lint.1.gz", *debian.SHELLS}
        self.assertEqual({Path(source).name for source in assets}, staged)
        self.assertEqual({Path(source).parent.name for source in assets}, {debian.STAGE.name})


class Command(unittest.TestCase):
    SCRIPT = ROOT / "scripts/release"

    def run_script(self, *words):
        return subprocess.run(
            [sys.executable, self.SCRIPT, *words], capture_output=True, text=True, check=False
        )

    def test_a_workflow_learns_the_targets(self):
        done = self.run_script("list", "--json")
        names = [each["target"] for each in json.loads(done.stdout)]
        self.assertEqual(names, list(targets.targets()))

    def test_what_is_unknown_is_refused(self):
        for words in (
            [],
            ["nowhere"],
            ["build"],
            ["pack", "nowhere"],
            ["finish", "now"],
            ["list", "x"],
        ):
            done = self.run_script(*words)
            self.assertEqual((done.returncode, done.stdout != ""), (2, not words), words)

    def test_help_names_every_command(self):
        usage = self.run_script("--help").stdout
        for name in ("build", "pack", "finish", "notices", "list", "files"):
            self.assertRegex(usage, rf"(?m)^{name}\b|scripts/release {name}")
        self.assertTrue(callable(command.main))


if __name__ == "__main__":
    unittest.main()
