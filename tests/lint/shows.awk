# The lines `shows NUMBER "TEXT"` of one story, against what was reviewed beside it: TEXT, which is all between the first and the
# last quote of its line, stands so in a line of it. In a trace that is a line of what became of it: what somebody only said (<)
# shows nothing. Prints the numbers that are shown; what is wrong goes to the file BAD.
# Usage: awk -v covers=" R01 OB29 " -v bad=BAD -f shows.awk STORY.scn [STORY.trace] [STORY.record] [STORY_*.pack]

# Any shorter text stands in many lines for other reasons.
BEGIN { shortest = 12 }

function wrong(text) { print "coverage: " ARGV[1] " " text >>bad }

FILENAME == ARGV[1] && /^shows( |$)/ {
	if ($0 !~ /^shows [A-Z]+[0-9]+ ".*"$/) {
		wrong("line " FNR " is not: shows NUMBER \"TEXT\"")
		next
	}
	text = substr($0, index($0, "\"") + 1)
	text = substr(text, 1, length(text) - 1)
	if (index(covers, " " $2 " ") == 0)
		wrong("shows " $2 ", which it does not cover")
	else if (length(text) < shortest)
		wrong("shows " $2 " by less than " shortest " characters: " text)
	else {
		number[++count] = $2
		claim[count] = text
	}
	next
}

FILENAME == ARGV[1] { next }

{
	is_said = FILENAME ~ /\.trace$/ && $2 == "<"
	for (i = 1; i <= count; i++) {
		if (index($0, claim[i]) == 0)
			continue
		if (is_said)
			said[i] = 1
		else
			seen[i] = 1
	}
}

END {
	for (i = 1; i <= count; i++) {
		if (i in seen)
			print number[i]
		else if (i in said)
			wrong("shows " number[i] " by what was only said: " claim[i])
		else
			wrong("shows " number[i] " by what was not reviewed with it: " claim[i])
	}
}
