# Run by cpack on what it has packed: the three parts of a Debian package lose the mode that the umask of whoever packs has
# given them. The order of the parts is fixed by deb(5).
foreach(package IN LISTS CPACK_PACKAGE_FILES)
  if(NOT package MATCHES "\\.deb$")
    continue()
  endif()
  set(work ${package}.parts)
  file(REMOVE_RECURSE ${work})
  file(MAKE_DIRECTORY ${work})
  execute_process(COMMAND ${CPACK_SO2_AR} x ${package} WORKING_DIRECTORY ${work} COMMAND_ERROR_IS_FATAL ANY)
  file(GLOB parts RELATIVE ${work} ${work}/control.tar* ${work}/data.tar*) # sorted
  execute_process(COMMAND ${CPACK_SO2_AR} rcD made.deb debian-binary ${parts} WORKING_DIRECTORY ${work} COMMAND_ERROR_IS_FATAL ANY)
  file(RENAME ${work}/made.deb ${package})
  file(REMOVE_RECURSE ${work})
endforeach()
