#!/usr/bin/env bash
# Finds the peers of the end-to-end tests and installs those that are missing where it can:
# as root, or with sudo that asks nothing, by apt-get. Elsewhere it says what is missing and how
# to get it, and fails. Prints where they are as shell assignments.
#
# usage: hack/peers.sh [node]       node: Node and npm alone
set -euo pipefail

node_minimum=20

say() { printf '%s\n' "$*" >&2; }

# Each find_ prints where the peer is, or fails.
find_node() {
	command -v npm >/dev/null || return 1
	[ "$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)" -ge "$node_minimum" ] || return 1
	command -v node
}

find_chromium() {
	local candidate
	for candidate in "${GFWS_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" /Applications/Chromium.app/Contents/MacOS/Chromium; do
		# A shim that only points to a shop is in PATH but does not run.
		if [ -n "$candidate" ] && "$candidate" --version >/dev/null 2>&1 </dev/null; then
			command -v "$candidate"
			return
		fi
	done
	return 1
}

find_python() {
	local candidate
	for candidate in "${GFWS_PYTHON:-}" python3 /usr/bin/python3; do
		if [ -n "$candidate" ] && "$candidate" -c 'import websockets' >/dev/null 2>&1; then
			command -v "$candidate"
			return
		fi
	done
	return 1
}

find_compiler() { command -v "$(go env CC 2>/dev/null || echo gcc)"; }

packages_of() {
	case $1 in
	node) echo "nodejs npm" ;;
	chromium) echo "chromium fonts-dejavu-core fonts-noto-cjk" ;;
	python) echo "python3 python3-websockets" ;;
	compiler) echo "gcc libc6-dev" ;;
	esac
}

how_to_get() {
	case $1 in
	node) echo "Node $node_minimum or newer with npm: https://nodejs.org, or brew install node" ;;
	chromium) echo "Chromium or Chrome in PATH or named by GFWS_CHROMIUM: apt-get install chromium on Debian, brew install --cask google-chrome; on Ubuntu a .deb of Google Chrome" ;;
	python) echo "a Python 3 with websockets, in PATH or named by GFWS_PYTHON: apt-get install python3-websockets, or python3 -m pip install websockets" ;;
	compiler) echo "a C compiler for the race detector: apt-get install gcc libc6-dev, or xcode-select --install" ;;
	esac
}

missing_of() {
	local peer
	for peer in "$@"; do
		"find_$peer" >/dev/null || echo "$peer"
	done
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_install() {
	command -v apt-get >/dev/null || return 1
	[ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }
}

apt() {
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 "$@" </dev/null
}

# install tries; whether it worked is seen by looking again.
install() {
	local peer log
	local packages=()
	for peer in "$@"; do
		# shellcheck disable=SC2207
		packages+=($(packages_of "$peer"))
	done
	say "installing ${packages[*]}"
	log=$(mktemp)
	{ apt update && apt install -y --no-install-recommends "${packages[@]}"; } >"$log" 2>&1 || tail -n 30 "$log" >&2
	rm -f "$log"
}

main() {
	local peers=(node chromium python compiler)
	if [ $# -gt 0 ]; then peers=("$@"); fi
	local missing
	missing=$(missing_of "${peers[@]}")
	if [ -n "$missing" ] && can_install; then
		# shellcheck disable=SC2086
		install $missing
		hash -r
		missing=$(missing_of "${peers[@]}")
	fi
	if [ -n "$missing" ]; then
		say "make test needs what is not here:"
		local peer
		for peer in $missing; do say "  - $(how_to_get "$peer")"; done
		exit 1
	fi
	[ $# -eq 0 ] || return 0
	printf 'GFWS_CHROMIUM=%q\n' "$(find_chromium)"
	printf 'GFWS_PYTHON=%q\n' "$(find_python)"
}

main "$@"
