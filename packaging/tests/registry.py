#!/usr/bin/env python3
"""A registry of npm packages on the loopback interface, which serves the packages of a release.

usage: registry.py FOLDER

Prints its address, then one line for each tarball that was fetched: name and size. Ends with its
standard input.
"""

import base64
import hashlib
import json
import sys
import tarfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote


def packages(folder):
    """By name: the manifest and the file of each package."""
    found = {}
    for path in sorted(Path(folder).glob("*.tgz")):
        with tarfile.open(path) as archive:
            manifest = json.load(archive.extractfile("package/package.json"))
        found[manifest["name"]] = (manifest, path)
    return found


class Handler(BaseHTTPRequestHandler):
    packages = {}

    def do_GET(self):
        name = unquote(self.path.removeprefix("/"))
        if name in self.packages:
            self.answer("application/json", json.dumps(self.document(name)).encode())
        elif name.startswith("tarballs/"):
            path = next(
                path for _, path in self.packages.values() if path.name == name.split("/")[1]
            )
            print(path.name, path.stat().st_size, flush=True)
            self.answer("application/octet-stream", path.read_bytes())
        else:
            self.send_error(404)

    def document(self, name):
        manifest, path = self.packages[name]
        digest = base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
        address = f"http://{self.headers['Host']}/tarballs/{path.name}"
        version = manifest["version"]
        dist = {"tarball": address, "integrity": f"sha512-{digest}"}
        return {
            "name": name,
            "dist-tags": {"latest": version},
            "versions": {version: {**manifest, "dist": dist}},
        }

    def answer(self, kind, content):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


def main():
    Handler.packages = packages(sys.argv[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
