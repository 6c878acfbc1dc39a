"""Schemas, pages and configurations whose parts refer to one another, in three sizes each.

What the authors of a checked tree, or of a schema or page, can make large. Knows nothing of how
long a run may take.
"""

import json

EVENT = '{"deploymentState": "success"}\n'
TABLE = "|P|T|D|\n|:--|:--|:--|\n"


def rows(folder):
    """By what grows: its three sizes with the words of a run, each size twice the one before."""
    made = Maker(folder)
    return {
        "types of one title in a schema": made.sizes(made.titles, 8_000),
        "types in a chain of references": made.sizes(made.types, 5_000),
        "references in a chain, each a member's": made.sizes(made.references, 10_000),
        "members of one enumeration of numbers": made.sizes(made.numbers, 10_000),
        "revisions, and members of the last": made.sizes(made.revisions, 10_000),
        "names of a flags enumeration": made.sizes(made.flags, 20_000),
        "wrong values, each of another member": made.sizes(made.wrong_values, 10_000),
        "wrong values of enumerations": made.sizes(made.wrong_members, 10_000),
        "names in another case": made.sizes(made.cases, 10_000),
        "objects with a near name": made.sizes(made.near, 500),
        "pages in a chain": made.sizes(made.pages, 1_000),
        "base types in a chain": made.sizes(made.bases, 1_000),
        "rows of a page": made.sizes(made.table, 25_000),
        "rows of a page, each with an enumeration": made.sizes(made.enumerations, 10_000),
        "members in a comparison": made.sizes(made.comparison, 25_000),
        "unreadable files in SARIF": made.sizes(made.unreadable, 5_000),
        "ignored findings, of ten times as many": made.sizes(made.ignored, 1_000),
    }


class Maker:
    """Writes the inputs; each method gives the words of a run over `count` of something."""

    def __init__(self, folder):
        self.folder = folder
        self.event = self.write("event.json", EVENT)

    def sizes(self, one, smallest):
        return {count: one(count) for count in (smallest, 2 * smallest, 4 * smallest)}

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text if isinstance(text, str) else json.dumps(text))
        return path

    def schema(self, name, payload=None, **keywords):
        path = self.write(f"{name}.schema.json", {"title": "t", "type": "object", **keywords})
        payload = self.event if payload is None else self.write(f"{name}.json", payload)
        return ["check", "--quiet", "--no-config", "--jobs", "1", "--schema", path, payload]

    def titles(self, count):
        same = {"type": "object", "title": "same", "properties": {}}
        return self.schema(f"titles{count}", properties={f"m{n}": same for n in range(count)})

    def chain(self, count, link):
        links = {str(n): link({"$ref": f"#/x/{n + 1}"}) for n in range(count)}
        return {**links, str(count): {"type": "string"}}

    def types(self, count):
        types = self.chain(count, lambda to: {"type": "object", "properties": {"m": to}})
        first = {"m": {"$ref": "#/x/0"}}
        # An event, and not a valid one: the schema engine is asked.
        return self.schema(f"types{count}", {"m": {"m": 1}}, properties=first, x=types)

    def references(self, count):
        members = {f"m{n}": {"$ref": f"#/x/{n}"} for n in range(count)}
        links = self.chain(count, lambda to: to)
        return self.schema(f"references{count}", properties=members, x=links)

    def numbers(self, count):
        of_one = {"$ref": "#/$defs/e", "x-edm-type": "Edm.Int64"}
        definitions = {"e": {"type": "integer", "enum": list(range(count))}}
        members = {f"m{n}": of_one for n in range(count)}
        return self.schema(f"numbers{count}", properties=members, **{"$defs": definitions})

    def revisions(self, count):
        names = [f"r{n}" for n in range(count)]
        members = {f"m{n}": {"x-since": names[-1]} for n in range(count)}
        return self.schema(f"revisions{count}", properties=members, **{"x-revisions": names})

    def flags(self, count):
        names = {f"n{n}": {} for n in range(count)}
        flags = {"type": "string", "x-flags": True, "x-enum-values": names}
        members = {"m": {"$ref": "#/$defs/f"}}
        return self.schema(
            f"flags{count}", {"m": ",".join(names)}, properties=members, **{"$defs": {"f": flags}}
        )

    def wrong_values(self, count):
        members = {f"m{n}": {"type": "string"} for n in range(count)}
        return self.schema(f"wrong{count}", {name: 1 for name in members}, properties=members)

    def wrong_members(self, count):
        members = {f"m{n}": {"type": "string", "enum": [f"v{n}", "x"]} for n in range(count)}
        return self.schema(f"enums{count}", {name: "y" for name in members}, properties=members)

    def cases(self, count):
        members = {f"member{n}": {"type": "string"} for n in range(count)}
        payload = {name.upper(): "x" for name in members}
        return self.schema(f"cases{count}", payload, properties=members)

    def near(self, count):
        members = {f"member{n}": {"type": "string"} for n in range(1_000)}
        payload = [{"member0": "x", f"membre{n}": "x"} for n in range(count)]
        return self.schema(f"near{count}", payload, properties=members)

    def page(self, name, rows, intro=""):
        title = name.rsplit("-")[-1]
        text = f"# {title} resource type\n\n{intro}\n\n## Properties\n{TABLE}{rows}"
        return self.write(f"{name}.md", text)

    def pages(self, count):
        first = [
            self.page(f"pages{count}/x-t{n}", f"|m|[t{n + 1}](x-t{n + 1}.md)||\n")
            for n in range(count)
        ][0]
        return ["derive", first]

    def bases(self, count):
        # Nothing of their own: members that are repeated in each type are the output's size.
        first = [
            self.page(f"bases{count}/x-t{n}", "", f"Inherits from [t{n + 1}](x-t{n + 1}.md)")
            for n in range(count)
        ][0]
        return ["derive", first]

    def table(self, count):
        rows = "".join(f"|m{n}|String||\n" for n in range(count))
        return ["derive", self.page(f"table{count}/x-t", rows)]

    def enumerations(self, count):
        rows = "".join(f"|m{n}|s|Possible values are: `a{n}`.|\n" for n in range(count))
        return ["derive", self.page(f"enumerations{count}/x-t", rows)]

    def comparison(self, count):
        def wide(first):
            rows = "".join(f"|m{n}|String||\n" for n in range(first, first + count))
            return self.page(f"comparison{count}-{first}/x-t", rows)

        return ["derive", "--diff", wide(0), wide(count)]

    def unreadable(self, count):
        for n in range(count):
            self.write(f"unreadable{count}/{n}.json", EVENT)
        options = ["--max-file-size", "1", "--format", "sarif"]
        return ["check", "--quiet", "--no-config", "--jobs", "1", *options,
                self.folder / f"unreadable{count}"]

    def ignored(self, count):
        entry = '{{rule="unknown-member",file="event.json",pointer="/x{}",reason="r"}}'
        entries = ",\n".join(entry.format(n) for n in range(count))
        folder = f"ignored{count}"
        config = self.write(f"{folder}/autopilot-lint.toml", f"ignore = [{entries}]")
        members = {"osVersion": "10.0.26200.8893", "deploymentState": "success"}
        members |= {f"x{n}": 0 for n in range(10 * count)}
        event = self.write(f"{folder}/event.json", members)
        return ["check", "--quiet", "--jobs", "1", "--config", config, event]
