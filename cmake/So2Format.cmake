# Targets `format` (rewrites) and `format-check` (fails on a difference), over
# the checker and its unit tests. Test drivers are inputs and keep their layout.
find_program(CLANG_FORMAT NAMES clang-format-14 clang-format)
mark_as_advanced(CLANG_FORMAT)

foreach(_mode IN ITEMS format format-check)
  add_custom_target(${_mode}
    COMMAND ${CMAKE_COMMAND} -DCLANG_FORMAT=${CLANG_FORMAT} -DMODE=${_mode} -DROOT=${CMAKE_SOURCE_DIR}
            -P ${CMAKE_SOURCE_DIR}/cmake/run_format.cmake
    VERBATIM)
endforeach()
