# Runs when it is installed, because only then the prefix is known. In the tree the units fit a package in /usr.
foreach(unit rccd.service rcc-feed@.service)
	file(READ "${RCC_UNITS}/${unit}" text)
	string(REPLACE "=/usr/" "=${CMAKE_INSTALL_PREFIX}/" text "${text}")
	string(REPLACE ":/usr/" ":${CMAKE_INSTALL_PREFIX}/" text "${text}")
	file(WRITE "${RCC_UNITS_MADE}/${unit}" "${text}")
	file(INSTALL "${RCC_UNITS_MADE}/${unit}" DESTINATION "${CMAKE_INSTALL_PREFIX}/lib/systemd/system")
endforeach()
# An operator's settings are never overwritten. file(INSTALL) puts $DESTDIR in front by itself.
if(NOT EXISTS "$ENV{DESTDIR}/etc/rccd/rccd.conf")
	file(INSTALL "${RCC_UNITS}/rccd.conf" DESTINATION "/etc/rccd")
endif()
