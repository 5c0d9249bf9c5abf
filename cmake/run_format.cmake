# Run by the targets format and format-check: see So2Format.cmake.
if(NOT CLANG_FORMAT)
  message(FATAL_ERROR "clang-format was not found (package clang-format-14)")
endif()

# checker/frontend/headers is included: those headers are ours too.
file(GLOB_RECURSE files
  ${ROOT}/checker/*.c ${ROOT}/checker/*.h
  ${ROOT}/testcases/unit/*.c ${ROOT}/testcases/unit/*.h
  ${ROOT}/testcases/support/*.c ${ROOT}/testcases/support/*.h
  ${ROOT}/testcases/fuzz/*.c ${ROOT}/testcases/fuzz/*.h)
list(FILTER files EXCLUDE REGEX "/testcases/fuzz/[^/]*/(corpus|found)/")

if(MODE STREQUAL "format")
  set(arguments -i)
else()
  set(arguments --dry-run -Werror)
endif()
execute_process(COMMAND ${CLANG_FORMAT} ${arguments} ${files} RESULT_VARIABLE status)
if(status)
  message(FATAL_ERROR "clang-format: run the target `format`")
endif()
