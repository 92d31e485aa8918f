#!/bin/sh
# Compares every #include with daemon/layers.txt. Usage: layers.sh TREE
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:?usage: layers.sh TREE}"
find include proto daemon clients -name '*.[ch]' -type f | LC_ALL=C sort |
	xargs awk -v root=. -f "$here/layers.awk" daemon/layers.txt
