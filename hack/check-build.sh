#!/usr/bin/env bash
# Looks at what make build made: a binary without cgo for every platform, of which the one
# for this machine is run alone in an empty folder.
#
# usage: hack/check-build.sh FOLDER
set -euo pipefail

folder=$1
for system in linux darwin windows; do
	for arch in amd64 arm64; do
		binary=$folder/${system}_$arch/gf-websocket
		if [ "$system" = windows ]; then binary=$binary.exe; fi
		settings=$(go version -m "$binary")
		for setting in GOOS=$system GOARCH=$arch CGO_ENABLED=0; do
			grep -q "build.$setting\$" <<<"$settings" || { echo "check-build: $binary was not built with $setting" >&2; exit 1; }
		done
		printf '%s, %s MB\n' "$binary" "$(($(wc -c <"$binary") / 1000000))"
	done
done

native=$PWD/$folder/$(go env GOOS)_$(go env GOARCH)/gf-websocket
cd e2e
GFWS_BINARY=$native go test -count=1 -run '^TestAlone' ./peers
