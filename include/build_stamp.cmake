# Writes the header that names this build: the version, the commit, and what was changed since; without a history, what it is made of.
# cmake -DSOURCE=DIR -DVERSION=V -DOUTPUT=FILE -P build_stamp.cmake. The file is touched only when the name is another one, so that
# nothing is built anew for nothing.
set(parts CMakeLists.txt daemon proto clients include)
set(git git -C ${SOURCE} -c color.ui=false -c core.quotePath=false)
execute_process(COMMAND ${git} rev-parse --show-prefix OUTPUT_VARIABLE prefix RESULT_VARIABLE failed OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT failed AND "${prefix}" STREQUAL "")
	execute_process(COMMAND ${git} rev-parse --short=12 HEAD OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
if(commit)
	set(name "${VERSION}+${commit}")
	execute_process(COMMAND ${git} diff --no-ext-diff --no-color --unified=3 HEAD -- ${parts} OUTPUT_VARIABLE changes ERROR_QUIET)
	execute_process(COMMAND ${git} ls-files --others --exclude-standard -- ${parts} OUTPUT_VARIABLE files OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
	string(REPLACE "\n" ";" files "${files}")
else()
	set(name "${VERSION}+source")
	list(TRANSFORM parts PREPEND ${SOURCE}/)
	list(TRANSFORM parts APPEND /*)
	file(GLOB_RECURSE files RELATIVE ${SOURCE} ${parts})
	list(APPEND files CMakeLists.txt)
	list(SORT files)
endif()
foreach(file IN LISTS files)
	file(SHA256 ${SOURCE}/${file} digest)
	string(APPEND changes "${file} ${digest}\n")
endforeach()
if(NOT "${changes}" STREQUAL "")
	string(SHA256 digest "${changes}")
	string(SUBSTRING "${digest}" 0 8 digest)
	set(name "${name}.${digest}")
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT [[/* Made by include/build_stamp.cmake. */
#ifndef RCC_BUILD_STAMP_H
#define RCC_BUILD_STAMP_H
#define RCC_BUILD "@name@"
#endif
]] @ONLY)
