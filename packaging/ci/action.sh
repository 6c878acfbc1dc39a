#!/bin/sh
# Runs run.sh as the GitHub Action does: for the release that this folder is a checkout of.
#
# Version and home come from Cargo.toml. The sums of a release cannot be part of the commit that it
# was built from; the release workflow adds them in a commit of its own, which the tags of the Action
# point to.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..

# Prints a value of the package: the first of its name.
value() {
  sed -n "s/^$1 = \"\\(.*\\)\"\$/\\1/p" "$root/Cargo.toml" | head -n 1
}

LINT_VERSION=$(value version)
LINT_SUMS=
if [ -e "$here/SHA256SUMS" ]; then
  LINT_SUMS=$(cat "$here/SHA256SUMS")
fi
if [ -z "${LINT_RELEASES:-}" ]; then
  home=$(value repository)
  home=${home%/}
  home=${home%.git}
  LINT_RELEASES=${home:+$home/releases/download/v$LINT_VERSION}
fi
export LINT_VERSION LINT_SUMS LINT_RELEASES
exec "$here/run.sh"
