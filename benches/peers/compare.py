#!/usr/bin/env python3
"""Runs autopilot-lint and its peers on the same files and prints what each costs.

Everything is run once a round, in turn, so that a busy machine slows all alike; the ratios are
medians of the ratios within a round. The README beside this file tells what is compared.
"""

import argparse
import json
import platform
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import measure  # noqa: E402

CPU, WALL = (lambda cost: cost.cpu), (lambda cost: cost.wall)


@dataclass
class Tools:
    """Where the peers are, and which of them."""

    cache: Path
    versions: dict = field(default_factory=dict)

    def install(self):
        python, npm, cargo = self.cache / "py", self.cache / "npm", self.cache / "cargo"
        if not python.exists():
            shell("python3", "-m", "venv", python)
            shell(python / "bin/pip", "install", "--quiet", "check-jsonschema", "msgspec")
        if not npm.exists():
            npm.mkdir(parents=True)
            (npm / "package.json").write_text("{}")
            names = ["@sourcemeta/jsonschema", "ajv-cli", "ajv-formats"]
            shell("npm", "install", "--silent", *names, cwd=npm)
        if not (cargo / "bin/jsonschema-cli").exists():
            shell("cargo", "install", "--quiet", "jsonschema-cli", "--root", cargo)
        for name in ("noop", "read_files"):
            shell("rustc", "--edition=2024", "-O", HERE / f"{name}.rs", "-o", self.cache / name)
        self.python, self.node = python / "bin", npm / "node_modules/.bin"
        self.rust = cargo / "bin/jsonschema-cli"
        # The program itself: what npm starts is a script of node that starts it.
        machine = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
        released = npm / "node_modules/@sourcemeta/jsonschema/build/github-releases"
        self.sourcemeta = released / f"jsonschema-linux-{machine}"
        self.name_versions(npm)

    def name_versions(self, npm):
        for name in ("@sourcemeta/jsonschema", "ajv-cli"):
            package = json.loads((npm / f"node_modules/{name}/package.json").read_text())
            self.versions[name] = package["version"]
        for name in ("check-jsonschema", "msgspec"):
            shown = shell(self.python / "pip", "show", name)
            self.versions[name] = shown.split("Version: ")[1].split()[0]
        self.versions["jsonschema-cli"] = shell(self.rust, "--version").split()[-1]


def shell(*words, cwd=None):
    done = subprocess.run(words, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def schemas(folder):
    """Ours, as others write it: formats for dates and GUIDs, patterns for what has no format."""
    schema = json.loads(shell(measure.BINARY, "schema"))
    for name in ("$id", "patternProperties"):
        schema.pop(name, None)
    # Of annotations the events have this one; not all peers know `patternProperties` to be fast.
    schema["properties"]["@odata.type"] = {"type": "string"}
    for member in schema["properties"].values():
        if member.get("x-edm-type") == "Edm.DateTimeOffset":
            member.pop("pattern")
            member["format"] = "date-time"
        if member.get("x-role") == "guid" and member.get("type") == "string":
            member["format"] = "uuid"
    definitions = schema.pop("$defs")
    dialect = schema.pop("$schema")
    folder.mkdir(parents=True, exist_ok=True)
    one, many = folder / "event.schema.json", folder / "events.schema.json"
    one.write_text(json.dumps({"$schema": dialect, "$defs": definitions, **schema}))
    array = {"$schema": dialect, "$defs": definitions, "type": "array", "items": schema}
    many.write_text(json.dumps(array))
    return one, many


def ours(name, *words):
    return name, [measure.BINARY, "check", "--quiet", *words]


def files(tools, size, folder):
    events = measure.workload(folder / f"files-{size}", "files", size)
    names = sorted(path.name for path in events.iterdir())
    one, _ = schemas(folder)
    given = [word for name in names for word in ("-i", name)]
    node, python, native = tools.node, tools.python, tools.sourcemeta
    return f"{size} files of one event", events, [
        ours("**autopilot-lint**", "."),
        ours("autopilot-lint, one thread", "--jobs", "1", "."),
        ("open, read and close", [tools.cache / "read_files", "."]),
        ("jsonschema-cli", [tools.rust, "validate", one, *given, "--assert-format"]),
        ("msgspec and the same rules", [python / "python", HERE / "model.py", "."]),
        ("sourcemeta `--fast`", [native, "validate", one, ".", "-F", "--fast"]),
        ("sourcemeta", [native, "validate", one, ".", "-F"]),
        ("ajv-cli", ajv(node, one, "*.json")),
        ("check-jsonschema", [python / "check-jsonschema", "--schemafile", one, *names]),
    ]


def ajv(node, schema, data):
    options = ["--spec=draft2020", "-c", "ajv-formats", "--strict=false"]
    return [node / "ajv", "validate", "-s", schema, "-d", data, *options]


def lines(tools, size, folder):
    events = measure.workload(folder / f"lines-{size}.jsonl", "lines", size)
    faulty = measure.workload(folder / f"lines-{size}-1.jsonl", "lines", size, faulty=10)
    wrong = measure.workload(folder / f"lines-{size}-100.jsonl", "lines", size, faulty=1000)
    drift = measure.workload(folder / f"lines-{size}-unknown.jsonl", "lines", size, unknown=1)
    one, _ = schemas(folder)
    python, native = tools.python, tools.sourcemeta
    return f"{size} events as JSON Lines, {megabytes(events)}", folder, [
        ours("**autopilot-lint**", events),
        ours("autopilot-lint, one thread", "--jobs", "1", events),
        ours("autopilot-lint, 1 % faulty", faulty),
        ours("autopilot-lint, one fault in all: an unknown member", drift),
        ours("autopilot-lint, all faulty", wrong),
        ("`cat`", ["cat", events]),
        ("`wc -l`", ["wc", "-l", events]),
        ("msgspec and the same rules", [python / "python", HERE / "model.py", events]),
        ("sourcemeta `--fast`", [native, "validate", one, events, "-F", "--fast"]),
        ("sourcemeta", [native, "validate", one, events, "-F"]),
    ]


def array(tools, size, folder):
    events = measure.workload(folder / f"array-{size}.json", "array", size)
    _, many = schemas(folder)
    node, python, native = tools.node, tools.python, tools.sourcemeta
    return f"{size} events as one array, {megabytes(events)}", folder, [
        ours("**autopilot-lint**", events),
        ours("autopilot-lint, one thread", "--jobs", "1", events),
        ("jsonschema-cli", [tools.rust, "validate", many, "-i", events, "--assert-format"]),
        ("sourcemeta `--fast`", [native, "validate", many, events, "-F", "--fast"]),
        ("ajv-cli", ajv(node, many, events)),
        ("check-jsonschema", [python / "check-jsonschema", "--schemafile", many, events]),
    ]


def single(tools, _, folder):
    clean = measure.workload(folder / "files-1", "files", 1)
    faulty = measure.workload(folder / "files-1-100", "files", 1, faulty=1000)
    one, _ = schemas(folder)
    node, python, native = tools.node, tools.python, tools.sourcemeta
    name = "event-000000.json"
    return "one file of one event", clean, [
        ours("**autopilot-lint**", name),
        ours("autopilot-lint, a fault in it", faulty / name),
        ("a Rust program that does nothing", [tools.cache / "noop"]),
        ("jsonschema-cli", [tools.rust, "validate", one, "-i", name, "--assert-format"]),
        ("sourcemeta `--fast`", [native, "validate", one, name, "-F", "--fast"]),
        ("ajv-cli", ajv(node, one, name)),
        ("check-jsonschema", [python / "check-jsonschema", "--schemafile", one, name]),
    ]


def megabytes(path):
    return f"{path.stat().st_size / 1e6:.0f} MB"


def table(title, cwd, contenders, rounds):
    peaks = []
    for name, command in contenders:
        # What refuses clean events has not checked them; a finding is what a fault is for.
        expected = {1} if "fault" in name else {0}
        held, found = measure.peak(command, cwd)
        peaks.append(held)
        if found not in expected:
            sys.exit(f"{name}: exit status {found} on {title}: {list(map(str, command))[:8]}")
    costs = measure.interleaved([(command, cwd) for _, command in contenders], rounds)
    text = f"### {title[0].upper()}{title[1:]}\n\n| | CPU ms | x | wall ms | x | peak MiB |\n"
    text += "| --- | ---: | ---: | ---: | ---: | ---: |\n"
    for (name, _), taken, held in zip(contenders, costs, peaks):
        cells = [
            f"{measure.median(taken, CPU) * 1e3:.1f}",
            f"{measure.ratio(taken, costs[0], CPU):.2f}",
            f"{measure.median(taken, WALL) * 1e3:.1f}",
            f"{measure.ratio(taken, costs[0], WALL):.2f}",
            f"{held:.0f}",
        ]
        text += f"| {name} | {' | '.join(cells)} |\n"
    return text + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cache", type=Path, default=ROOT / "target/peers")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--events", type=int, default=40_000)
    parser.add_argument("--write", type=Path, help="the document whose table is to be replaced")
    options = parser.parse_args()
    measure.build()
    tools = Tools(options.cache.resolve())
    tools.install()
    folder = tools.cache / "workloads"
    workloads = [
        (single, 1, options.rounds * 20),
        (files, options.files, options.rounds),
        (lines, options.events, options.rounds),
        (array, options.events, options.rounds),
    ]
    versions = ", ".join(f"{name} {version}" for name, version in tools.versions.items())
    text = f"{measure.machine()}. {options.rounds} rounds. {versions}.\n\n"
    print(text)
    for make, size, rounds in workloads:
        part = table(*make(tools, size, folder), rounds)
        print(part, flush=True)
        text += part
    if options.write:
        measure.put(options.write, "peers", text)


main()
