# Run when the program is installed: the changelog that Debian wants, with the date of the sources. TEMPLATE, FOLDER (where
# it goes), WORK (for files on the way), GZIP and what the template names are set by cmake/So2Package.cmake.
include(${CMAKE_CURRENT_LIST_DIR}/source_date.cmake)
string(RANDOM LENGTH 12 so2_name) # two may be installed at once
set(so2_work ${WORK}/install-${so2_name})
string(TIMESTAMP so2_date "%a, %d %b %Y %H:%M:%S +0000" UTC)
configure_file(${TEMPLATE} ${so2_work}/changelog.Debian @ONLY)
execute_process(COMMAND ${GZIP} -9n ${so2_work}/changelog.Debian RESULT_VARIABLE so2_failed)
if(so2_failed)
  message(FATAL_ERROR "${so2_work}/changelog.Debian: gzip failed")
endif()
file(INSTALL ${so2_work}/changelog.Debian.gz DESTINATION ${FOLDER})
file(REMOVE_RECURSE ${so2_work})
