# Function and file lengths, nesting and file-scope variables of C sources in the project's format: a function's name
# stands at the start of a line, its braces in column 0.

function fail(where, text) {
	print where ": " text
	bad++
}

function close_file() {
	if (!file)
		return
	lines[++files] = last
	if (last > 500)
		fail(file, last " lines, at most 500: split by concern")
}

# Values sorted in place (insertion sort is enough for a few thousand).
function sort_values(array, count,    i, j, v) {
	for (i = 2; i <= count; i++) {
		v = array[i]
		for (j = i - 1; j > 0 && array[j] > v; j--)
			array[j + 1] = array[j]
		array[j + 1] = v
	}
}

function at(array, count, share,    i) {
	i = int(count * share + 0.999999)
	return count ? array[i < 1 ? 1 : i] : 0
}

FNR == 1 {
	close_file()
	file = FILENAME
	name = ""
	inside = 0
}
{
	last = FNR
}
!inside && /^[a-z_][a-z0-9_]*\(/ {
	name = $0
	sub(/\(.*/, "", name)
	start = FNR
}
!inside && /^{/ && name {
	inside = 1
	deep = 0
}
inside {
	match($0, /^\t*/)
	# Initialisers and continued lines are aligned, not nested: after the tabs come blanks, a dot or a brace.
	if (RLENGTH > deep && $0 !~ /^\t*[ .{"]/ && previous ~ /([;{}:)]|else|\*\/|do)$/)
		deep = RLENGTH
}
inside && /^}/ {
	functions++
	length_of[functions] = FNR - start + 1
	if (FNR - start + 1 > 70)
		fail(FILENAME ":" start, name " has " FNR - start + 1 " lines, at most 70")
	if (deep > 4)
		fail(FILENAME ":" start, name " nests " deep - 1 " deep, at most 3")
	inside = 0
	name = ""
}
# A mutable variable at file scope: a static definition that is neither const nor a function.
!inside && /^static / && !/const/ && /[;={]$/ && !/\(/ {
	mutable++
	if (FILENAME ~ /^daemon\/core\//)
		fail(FILENAME ":" FNR, "mutable file-scope variable in the core")
	where_mutable = where_mutable "\n\t" FILENAME ":" FNR ": " $0
}
{
	previous = $0
}

END {
	close_file()
	if (!functions) {
		print "size: no function was found"
		exit 2
	}
	sort_values(length_of, functions)
	sort_values(lines, files)
	printf "size: %d functions, lines: median %d, 95th percentile %d, longest %d\n", functions,
		at(length_of, functions, 0.5), at(length_of, functions, 0.95), length_of[functions]
	printf "size: %d files, lines: median %d, longest %d\n", files, at(lines, files, 0.5), lines[files]
	printf "size: %d mutable variables at file scope%s\n", mutable, where_mutable
	exit bad ? 1 : 0
}
