#!/bin/bash
# The journeys drive Chromium: CHROMIUM names it, or it is /usr/bin/chromium. As root on Debian it is installed when missing.
set -u
browser="${CHROMIUM:-/usr/bin/chromium}"
[ -x "$browser" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing chromium for the journeys …"
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends chromium; } >/dev/null 2>&1
fi
[ -x "$browser" ] && exit 0
if [ -n "${CI:-}" ]; then
    echo "No browser at $browser: the journeys cannot run." >&2
    exit 1
fi
echo "No browser at $browser: the journeys are skipped (install chromium, or set CHROMIUM)."
