# Read by cpack before it packs. Without dpkg-shlibdeps a package would name none of the libraries that its programs need.
find_program(SHLIBDEPS dpkg-shlibdeps)
if(CPACK_GENERATOR STREQUAL "DEB" AND NOT SHLIBDEPS)
	message(FATAL_ERROR "dpkg-shlibdeps is missing: apt-get install dpkg-dev")
endif()
