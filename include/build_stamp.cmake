# Writes the header that names this build: the version, the commit, and what was changed since. cmake -DSOURCE=DIR -DVERSION=V
# -DOUTPUT=FILE -P build_stamp.cmake. The file is touched only when the name is another one, so that nothing is built anew for nothing.
set(name "${VERSION}")
execute_process(COMMAND git -C ${SOURCE} rev-parse --short=12 HEAD OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(commit)
	set(name "${VERSION}+${commit}")
	execute_process(COMMAND git -C ${SOURCE} diff HEAD -- CMakeLists.txt daemon proto clients include OUTPUT_VARIABLE changes ERROR_QUIET)
	if(changes)
		string(SHA256 digest "${changes}")
		string(SUBSTRING "${digest}" 0 8 digest)
		set(name "${name}.${digest}")
	endif()
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT [[/* Made by include/build_stamp.cmake. */
#ifndef RCC_BUILD_STAMP_H
#define RCC_BUILD_STAMP_H
#define RCC_BUILD "@name@"
#endif
]] @ONLY)
