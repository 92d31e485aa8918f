#!/bin/sh
# Is every C file as clang-format 14 writes it? Usage: format.sh TREE. Exit 77 (skipped) without that program.
set -eu
cd "${1:?usage: format.sh TREE}"
format=$(command -v clang-format-14 || command -v clang-format || true)
case $([ -z "$format" ] || "$format" --version) in
*'version 14.'*) ;;
*)
	echo "format: clang-format 14 is not installed"
	exit 77
	;;
esac
find include proto daemon clients tests -name '*.[ch]' -type f | LC_ALL=C sort | xargs "$format" --dry-run -Werror
echo "format: as it should be"
