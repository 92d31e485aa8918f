# Reads layers.txt, then C files; prints one line per #include or identifier that the table does not allow.
# Variable root: the folder that holds the tree. Paths of the C files are relative to it.

function fail(text) {
	print FILENAME ":" FNR ": " text
	bad++
}

function exists(path,    line, got) {
	if (path in known)
		return known[path]
	got = (getline line < (root "/" path)) >= 0
	close(root "/" path)
	return known[path] = got
}

# a/b/../c -> a/c
function clean(path) {
	while (match(path, /[^\/]+\/\.\.\//))
		path = substr(path, 1, RSTART - 1) substr(path, RSTART + RLENGTH)
	return path
}

# The folder whose row rules this file: the longest one.
function folder_of(path) {
	sub(/\/[^\/]*$/, "", path)
	while (!(path in allow) && sub(/\/[^\/]*$/, "", path))
		;
	return path
}

function resolve(name,    path, i) {
	path = clean(here "/" name)
	if (exists(path))
		return path
	for (i = 1; i <= search_count; i++)
		if (exists(search[i] name))
			return search[i] name
	return name
}

function allowed(target,    tokens, token, count, i) {
	count = split(allow[rule] " " allow[FILENAME], tokens, " ")
	for (i = 1; i <= count; i++) {
		token = tokens[i]
		if (token == target || (token ~ /\/$/ && index(target, token) == 1))
			return 1
	}
	return 0
}

function check_include(target,    path) {
	if (target ~ /^</) {
		if (!allowed(target))
			fail(rule " may not include " target)
		return
	}
	path = resolve(target)
	if (folder_of(path) == rule && exists(path))
		return
	if (!allowed(path))
		fail(rule " may not include " path)
}

function check_identifiers(line,    prefix, i, count, places, good) {
	for (prefix in only) {
		if (!match(line, "(^|[^A-Za-z0-9_])" prefix))
			continue
		count = split(only[prefix], places, " ")
		good = 0
		for (i = 1; i <= count; i++)
			good = good || index(FILENAME, places[i]) == 1
		if (!good)
			fail("identifiers that begin with " prefix " belong to " only[prefix])
	}
}

# Blanks comments and string literals, so that prose may name what code may not.
function strip(line,    at) {
	if (in_comment) {
		at = index(line, "*/")
		if (!at)
			return ""
		line = substr(line, at + 2)
		in_comment = 0
	}
	gsub(/"([^"\\]|\\.)*"/, "\"\"", line)
	sub(/\/\/.*/, "", line)
	while (at = index(line, "/*")) {
		if (match(substr(line, at), /\*\//))
			line = substr(line, 1, at - 1) " " substr(line, at + RSTART + 1)
		else {
			line = substr(line, 1, at - 1)
			in_comment = 1
		}
	}
	return line
}

BEGIN {
	search_count = split("|include/|daemon/|clients/", search, "|")
}

# ---- the table ----

FNR == 1 {
	files++
}
files == 1 && /^(group|allow|only) / {
	split($0, side, " *= *")
	key = $2
	if ($1 == "group")
		group["@" key] = side[2]
	else if ($1 == "only")
		only[key] = side[2]
	else {
		count = split(side[2], tokens, " ")
		for (i = 1; i <= count; i++)
			if (tokens[i] ~ /^@/ && !(tokens[i] in group))
				fail("unknown group " tokens[i])
			else
				allow[key] = allow[key] " " (tokens[i] ~ /^@/ ? group[tokens[i]] : tokens[i])
	}
	rows++
	next
}
files == 1 {
	if ($0 !~ /^(#|$)/)
		fail("not a row: " $0)
	next
}

# ---- the sources ----

FNR == 1 {
	here = FILENAME
	sub(/\/[^\/]*$/, "", here)
	rule = folder_of(FILENAME)
	in_comment = 0
	checked++
	if (!(rule in allow))
		fail("no row for this folder")
}
/^[ \t]*#[ \t]*include/ {
	match($0, /[<"][^>"]*[>"]/)
	target = substr($0, RSTART, RLENGTH)
	gsub(/"/, "", target)
	check_include(target)
	next
}
{
	check_identifiers(strip($0))
}

END {
	if (!rows || !checked) {
		print "layers: nothing was checked: " rows + 0 " rows, " checked + 0 " files"
		exit 2
	}
	if (!bad)
		print "layers: " checked " files keep to " rows " rows"
	exit bad ? 1 : 0
}
