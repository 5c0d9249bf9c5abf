# so2check_add_check(<target> [NAME <name>] [ALL] [WARN] [OPTIONS <option>...] [CLANG_ARGS <argument>...])
#
# Adds the target <name> (default: <target>-check), which checks the C sources of <target> together, with its include
# folders and definitions. A finding makes it fail. It runs again only when a source of the target, a header beside one,
# its folders and definitions, or so2check itself has changed.
#
#   ALL         a part of the default build
#   WARN        findings are shown and do not fail the build
#   OPTIONS     of so2check: --only, --kernel, --baseline, ...
#   CLANG_ARGS  further arguments for the parser
#
# The target need not be built: one that is EXCLUDE_FROM_ALL, or an INTERFACE library with sources, serves to describe
# a driver whose build is Kbuild's.
function(so2check_add_check target)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "ALL;WARN" "NAME" "OPTIONS;CLANG_ARGS")
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "so2check_add_check(${target}): unknown argument ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT TARGET ${target})
    message(FATAL_ERROR "so2check_add_check(${target}): there is no target ${target}")
  endif()
  if(NOT ARG_NAME)
    set(ARG_NAME ${target}-check)
  endif()

  get_target_property(folder ${target} SOURCE_DIR)
  get_target_property(files ${target} SOURCES)
  set(sources "")
  set(headers "")
  foreach(file IN LISTS files)
    if(file MATCHES "\\.c$" AND NOT file MATCHES "\\$<")
      get_filename_component(path ${file} ABSOLUTE BASE_DIR ${folder})
      list(APPEND sources ${path})
      get_filename_component(beside ${path} DIRECTORY)
      file(GLOB found CONFIGURE_DEPENDS ${beside}/*.h)
      list(APPEND headers ${found})
    elseif(file MATCHES "\\.h$" AND NOT file MATCHES "\\$<")
      get_filename_component(path ${file} ABSOLUTE BASE_DIR ${folder})
      list(APPEND headers ${path})
    endif()
  endforeach()
  if(NOT sources)
    message(FATAL_ERROR "so2check_add_check(${target}): the target has no C source")
  endif()
  list(REMOVE_DUPLICATES headers)

  # An INTERFACE library has only what it gives to others.
  get_target_property(type ${target} TYPE)
  set(kind "")
  if(type STREQUAL "INTERFACE_LIBRARY")
    set(kind INTERFACE_)
  endif()
  set(definitions "$<TARGET_PROPERTY:${target},${kind}COMPILE_DEFINITIONS>")
  set(folders "$<TARGET_PROPERTY:${target},${kind}INCLUDE_DIRECTORIES>")
  set(arguments "$<$<BOOL:${folders}>:-I$<JOIN:${folders},$<SEMICOLON>-I>>"
    "$<$<BOOL:${definitions}>:-D$<JOIN:${definitions},$<SEMICOLON>-D>>" ${ARG_CLANG_ARGS})
  # A change of the arguments is one of this file.
  set(stamp ${CMAKE_CURRENT_BINARY_DIR}/${ARG_NAME})
  file(GENERATE OUTPUT ${stamp}.args CONTENT "${ARG_OPTIONS}\n${sources}\n${arguments}\n")

  set(ignore_findings "")
  if(ARG_WARN)
    set(ignore_findings || ${CMAKE_COMMAND} -E true)
  endif()
  set(all "")
  if(ARG_ALL)
    set(all ALL)
  endif()
  add_custom_command(OUTPUT ${stamp}.stamp
    COMMAND so2check::so2check ${ARG_OPTIONS} ${sources} -- ${arguments} ${ignore_findings}
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}.stamp
    DEPENDS ${sources} ${headers} ${stamp}.args so2check::so2check
    WORKING_DIRECTORY ${folder}
    COMMENT "Checking ${target}"
    COMMAND_EXPAND_LISTS VERBATIM)
  add_custom_target(${ARG_NAME} ${all} DEPENDS ${stamp}.stamp)
endfunction()
