#!/usr/bin/env bash
# Runs every fuzz target of the module one after the other.
#
# usage: FUZZTIME=30s hack/fuzz.sh [pattern of the targets' names]
set -euo pipefail

pattern=${1:-.}
found=0
for package in $(go list ./...); do
	targets=$(go test -run '^$' -list '^Fuzz' "$package" | grep '^Fuzz' | grep -E "$pattern" || true)
	for target in $targets; do
		found=1
		printf -- '-- %s %s for %s\n' "$package" "$target" "${FUZZTIME:-30s}"
		go test -run '^$' -fuzz "^$target\$" -fuzztime "${FUZZTIME:-30s}" "$package"
	done
done
if [ "$found" -eq 0 ]; then
	echo "fuzz: no target matches $pattern" >&2
	exit 1
fi
