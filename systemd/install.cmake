# Runs when RCC_UNIT is installed, because only then the prefix is known. In the tree the units fit a package in /usr.
file(READ "${RCC_UNITS}/${RCC_UNIT}" text)
string(REPLACE "=/usr/" "=${CMAKE_INSTALL_PREFIX}/" text "${text}")
string(REPLACE ":/usr/" ":${CMAKE_INSTALL_PREFIX}/" text "${text}")
file(WRITE "${RCC_UNITS_MADE}/${RCC_UNIT}" "${text}")
file(INSTALL "${RCC_UNITS_MADE}/${RCC_UNIT}" DESTINATION "${CMAKE_INSTALL_PREFIX}/lib/systemd/system")
# An operator's settings are never overwritten. file(INSTALL) puts $DESTDIR in front by itself.
if(RCC_UNIT STREQUAL "rccd.service" AND NOT EXISTS "$ENV{DESTDIR}/etc/rccd/rccd.conf")
	file(INSTALL "${RCC_UNITS}/rccd.conf" DESTINATION "/etc/rccd")
endif()
