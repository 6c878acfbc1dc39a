"""What `scripts/release` is made of.

Rooms, lowest first; each knows only those before it: `project` (what Cargo.toml, git and the
changelog say), `targets` (what is built, and the names of the files), `tools` (programs that are
run), `files` (archives that are the same each time), `program`, `notices`, then one for each kind
of file (`archive`, `wheel`, `npm`, `debian`, `image`, `sbom`, `mirror`, `manifests`), and
`command`.
"""
