#!/bin/sh
# Prints how long functions and files are and fails over 70 and 500 lines, or over three levels. Usage: size.sh TREE
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:?usage: size.sh TREE}"
find include proto daemon clients tests -name '*.[ch]' -type f | LC_ALL=C sort | xargs awk -f "$here/size.awk"
