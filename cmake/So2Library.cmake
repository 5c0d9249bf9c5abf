# so2_library(<folder> [USES <folder>...] [LIBS <target>...])
#
# Makes the static library so2_<folder> of all *.c files of checker/<folder>
# (new files are picked up without touching CMake). It exports the folder's own
# include/ only and may include what USES names: an include of a later stage
# does not compile. LIBS are outside libraries, never visible to users.
#
# A folder that has no sources yet becomes a header-only library, so that the
# stages that depend on it configure.
function(so2_library folder)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "USES;LIBS")
  set(target so2_${folder})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.c)
  # main.c belongs to the executable, so that tests can link the rest.
  list(FILTER sources EXCLUDE REGEX "/main\\.c$")
  list(TRANSFORM ARG_USES PREPEND so2_ OUTPUT_VARIABLE uses)

  if(NOT sources)
    message(STATUS "checker/${folder}: no sources yet, skipped")
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${CMAKE_CURRENT_SOURCE_DIR}/include)
    target_link_libraries(${target} INTERFACE ${uses})
    return()
  endif()

  add_library(${target} STATIC ${sources})
  target_include_directories(${target} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR}/include)
  target_link_libraries(${target} PUBLIC ${uses} PRIVATE so2_options ${ARG_LIBS})
endfunction()
