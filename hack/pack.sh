#!/usr/bin/env bash
# Packs the page and the client for other pages, each into a file for go:embed, by gf pack.
#
# gf pack writes the time of packing into its output. To leave a file as it is while
# the content is, a new pack is compared with the old one and kept only if it differs.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# pack SRC DST PREFIX     SRC/a/b.js is PREFIX/a/b.js inside
pack() {
	local src=$1 dst=$2 prefix=$3

	# A copy without hidden files and with the same modes and times everywhere.
	rm -rf "$work/src" "$work/new.data"
	mkdir "$work/src"
	cp -R "$src/." "$work/src"
	find "$work/src" -name '.?*' -prune -exec rm -rf {} +
	find "$work/src" -type d -exec chmod 755 {} +
	find "$work/src" -type f -exec chmod 644 {} +
	find "$work/src" -exec touch -t 200001010000.00 {} +

	gf pack "$work/src" "$work/new.data" -p "$prefix" -y >"$work/log" </dev/null || { cat "$work/log" >&2; exit 1; }
	test -s "$work/new.data" || { cat "$work/log" >&2; echo "pack: gf pack made nothing of $src" >&2; exit 1; }

	if [ -f "$dst" ] && "$work/samepack" "$dst" "$work/new.data"; then
		echo "$dst is up to date"
		return
	fi
	mkdir -p "$(dirname "$dst")"
	cp "$work/new.data" "$dst"
	echo "packed $src into $dst"
}

go build -o "$work/samepack" ./hack/samepack
pack resource/public internal/packed/public.data gfws
pack resource/client internal/packed/client.data gfws/js/client
