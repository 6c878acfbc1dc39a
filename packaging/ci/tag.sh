#!/bin/sh
# Makes the tags of the GitHub Action for a release: a commit on top of the release's own adds the
# sums of its files, which no commit can hold that they are built from.
#
#   action-v1.2.3  stays where it is
#   v1             moves from release to release
#
# usage: packaging/ci/tag.sh v1.2.3 SHA256SUMS, in a checkout of that tag
set -eu

tag=$1
major=${tag%%.*}

cp "$2" packaging/ci/SHA256SUMS
git add packaging/ci/SHA256SUMS
git -c user.name='github-actions[bot]' \
  -c user.email='41898282+github-actions[bot]@users.noreply.github.com' \
  commit --quiet --message "Add the checksums of $tag for the Action"
git tag "action-$tag"
git tag --force "$major"
git push --quiet origin "refs/tags/action-$tag"
git push --quiet --force origin "refs/tags/$major"
