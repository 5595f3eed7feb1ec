#!/usr/bin/env bash
# Runs the generators of gf-cli in every app of this folder's tree: controllers from api,
# services from logic, and what is packed.
set -euo pipefail

for app in . example/monorepo/app/order; do
	for generator in "ctrl" "service -l"; do
		# gf exits with 0 after a panic of its own, so what it says last counts too.
		# shellcheck disable=SC2086
		if ! log=$(cd "$app" && gf gen $generator 2>&1 </dev/null) || ! grep -q '^done!' <<<"$log"; then
			printf '%s\n' "$log" >&2
			echo "gf gen $generator failed in $app" >&2
			exit 1
		fi
	done
done
hack/pack.sh
