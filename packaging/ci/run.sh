#!/bin/sh
# Checks payloads in a CI system: gets the program, runs it, and hands over what the system shows.
#
# The GitHub Action runs this file. The GitLab component and the Azure template hold a copy, since
# neither brings files along; a test compares them.
#
# All input comes from the environment, so that none of it is ever part of a script:
#
#   LINT_PATHS     files and folders, one per line; without any, the current folder is searched
#   LINT_ARGS      more options of `autopilot-lint check`, separated by blanks or lines
#   LINT_PROGRAM   the program, if it is there already
#   LINT_VERSION   the version to install
#   LINT_RELEASES  the address of the folder with the files of that release
#   LINT_SUMS      their SHA-256 and names, as in SHA256SUMS
#   LINT_REPORTS   the folder for reports; without one, they stay in a temporary folder
#   LINT_SUMMARY   `false` = do not add the Markdown report to the summary of the run
#   LINT_SARIF     `false` = do not attach the SARIF report to the run (Azure Pipelines)
#
# The program comes from LINT_RELEASES, if LINT_SUMS has a sum for it; else it is a wheel from PyPI,
# held to the sums too where they have its name. The status is that of the program, or 2.
set -eu

name=autopilot-lint
# What is named from here on must not be looked for in the tree that is checked.
tree=$PWD
folder=$(mktemp -d "${RUNNER_TEMP:-${AGENT_TEMPDIRECTORY:-${TMPDIR:-/tmp}}}/$name.XXXXXX")
reports=${LINT_REPORTS:-$folder}
if [ "$reports" != "$folder" ]; then
  trap 'rm -rf "$folder"' EXIT
fi

say() {
  printf '%s: %s\n' "$name" "$1" >&2
}

# Hands over the status, and ends with it.
finish() {
  if [ -n "${GITHUB_OUTPUT:-}" ]; then
    printf 'status=%s\n' "$1" >> "$GITHUB_OUTPUT"
  fi
  if [ -n "${TF_BUILD:-}" ]; then
    printf '##vso[task.setvariable variable=status;isoutput=true]%s\n' "$1"
  fi
  exit "$1"
}

fail() {
  say "$1"
  finish 2
}

# Sets `target` to what this machine runs, or to nothing.
find_target() {
  target=
  case $(uname -s) in
    Linux)
      # What the program for the GNU C library is loaded by.
      if [ -e /lib64/ld-linux-x86-64.so.2 ] || [ -e /lib/ld-linux-aarch64.so.1 ]; then
        system=unknown-linux-gnu
      else
        system=unknown-linux-musl
      fi
      ;;
    Darwin) system=apple-darwin ;;
    MINGW* | MSYS* | CYGWIN*) system=pc-windows-msvc ;;
    *) return 0 ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) target=x86_64-$system ;;
    aarch64 | arm64) target=aarch64-$system ;;
  esac
}

# Prints the sum that a file must have.
sum_of() {
  printf '%s\n' "${LINT_SUMS:-}" | awk -v name="$1" '$2 == name || $2 == "*" name { print $1 }'
}

# Prints the sum that a file has.
sum() {
  if command -v sha256sum > /dev/null; then
    sha256sum < "$1"
  else
    shasum -a 256 < "$1"
  fi | cut -d ' ' -f 1
}

fetch() {
  if command -v curl > /dev/null; then
    curl --fail --silent --show-error --location --proto-redir =https --retry 3 --output "$2" -- "$1"
  else
    wget -q -O "$2" -- "$1"
  fi
}

# Sets `program` to the one of a release, or fails where there is none for this machine.
take_program() {
  find_target
  [ -n "$target" ] && [ -n "${LINT_RELEASES:-}" ] || return 1
  case $target in
    *windows*) archive=$name-$target.zip program=$name.exe ;;
    *) archive=$name-$target.tar.gz program=$name ;;
  esac
  wanted=$(sum_of "$archive")
  [ -n "$wanted" ] || return 1
  fetch "${LINT_RELEASES%/}/$archive" "$folder/$archive" || return 1
  [ "$(sum "$folder/$archive")" = "$wanted" ] || fail "$archive is not the file of the release: its SHA-256 differs"
  case $archive in
    *.zip) unzip -q "$folder/$archive" -d "$folder" ;;
    *) tar -xzf "$folder/$archive" -C "$folder" ;;
  esac || fail "$archive cannot be unpacked"
  program=$folder/$name-$target/$program
}

# Sets `program` to the one in the wheel.
take_wheel() {
  [ -n "${LINT_VERSION:-}" ] || fail 'neither a program nor a version is given'
  python=$(command -v python3 || command -v python) ||
    fail 'no program for this machine, and no Python that could install the wheel'
  printf '%s==%s' "$name" "$LINT_VERSION" > "$folder/requirements.txt"
  printf '%s\n' "${LINT_SUMS:-}" | awk '$2 ~ /\.whl$/ { printf " --hash=sha256:%s", $1 }' \
    >> "$folder/requirements.txt"
  # Isolated (-I), so that no module of the tree is taken for one of Python's.
  "$python" -I -m pip install --quiet --disable-pip-version-check --no-input --no-deps \
    --only-binary :all: --target "$folder/wheel" --requirement "$folder/requirements.txt" >&2 ||
    fail "$name $LINT_VERSION cannot be installed from PyPI"
  for program in "$folder/wheel/bin/$name" "$folder/wheel/bin/$name.exe" "$folder/wheel/Scripts/$name.exe"; do
    [ ! -e "$program" ] || return 0
  done
  fail 'the wheel holds no program'
}

if [ -n "${LINT_PROGRAM:-}" ]; then
  program=$LINT_PROGRAM
else
  cd "$folder"
  take_program || take_wheel
  cd "$tree"
fi

# Words are split at blanks, then paths at line ends; neither is looked up as a pattern.
set -f
# shellcheck disable=SC2086
set -- check --ci "--output-format=markdown=$reports/$name.md" \
  "--output-format=sarif=$reports/$name.sarif" ${LINT_ARGS:-} --
IFS='
'
# shellcheck disable=SC2086
set -- "$@" ${LINT_PATHS:-}
unset IFS

status=0
# Both streams as one, so that no log mixes their lines: a command counts at the start of a line only.
"$program" "$@" 2>&1 || status=$?

if [ -n "${GITHUB_OUTPUT:-}" ]; then
  printf '%s\n' "markdown-file=$reports/$name.md" "sarif-file=$reports/$name.sarif" >> "$GITHUB_OUTPUT"
fi
if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ "${LINT_SUMMARY:-}" != false ] && [ -e "$reports/$name.md" ]; then
  cat "$reports/$name.md" >> "$GITHUB_STEP_SUMMARY"
fi
if [ -n "${TF_BUILD:-}" ]; then
  if [ "${LINT_SUMMARY:-}" != false ] && [ -e "$reports/$name.md" ]; then
    printf '##vso[task.uploadsummary]%s\n' "$reports/$name.md"
  fi
  # Where the extension that shows SARIF looks for it.
  if [ "${LINT_SARIF:-}" != false ] && [ -e "$reports/$name.sarif" ]; then
    printf '##vso[artifact.upload artifactname=CodeAnalysisLogs]%s\n' "$reports/$name.sarif"
  fi
fi
finish "$status"
