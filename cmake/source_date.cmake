# Included by what writes a date, which has to be the same for everybody who builds the same sources: the environment's
# SOURCE_DATE_EPOCH becomes, unless the builder has set it, the time of the git commit; without git, that of the changelog.
if("$ENV{SOURCE_DATE_EPOCH}" STREQUAL "")
  get_filename_component(so2_sources ${CMAKE_CURRENT_LIST_DIR} DIRECTORY)
  set(so2_time "")
  if(EXISTS ${so2_sources}/.git)
    # whoever builds need not be who cloned
    execute_process(COMMAND git -c safe.directory=* -C ${so2_sources} log -1 --format=%ct
      OUTPUT_VARIABLE so2_time OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE so2_failed)
  endif()
  if(NOT so2_time MATCHES "^[0-9]+$")
    file(TIMESTAMP ${so2_sources}/CHANGELOG.md so2_time "%s" UTC)
  endif()
  set(ENV{SOURCE_DATE_EPOCH} ${so2_time})
endif()
