#!/usr/bin/env bash
# Fails if a generated file differs from what the generators make of its sources now.
# They run in a copy, so the working tree stays as it is.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/is" "$work/should"

# What git knows or would add; a file that was deleted but not yet committed is left out.
git ls-files -co --exclude-standard -z | while IFS= read -r -d '' file; do
	if [ -e "$file" ]; then printf '%s\0' "$file"; fi
done >"$work/files"
tar -cf "$work/tree.tar" --null -T "$work/files"
tar -xf "$work/tree.tar" -C "$work/is"
tar -xf "$work/tree.tar" -C "$work/should"

cd "$work/should"
hack/gen.sh

cd "$work"
if ! diff -ru is should >"$work/drift"; then
	head -n 200 "$work/drift"
	echo "check-generated: generated files are out of date; run make gen and commit what it changes" >&2
	exit 1
fi
echo "generated files are up to date"
