# so2_options: compile and link options that every target of the project uses.
add_library(so2_options INTERFACE)

# The language is plain C17; the system interface is POSIX with the few GNU
# functions that only exist on Linux (the checker runs on Linux hosts).
target_compile_definitions(so2_options INTERFACE _POSIX_C_SOURCE=200809L _GNU_SOURCE)

target_compile_options(so2_options INTERFACE
  -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes
  -Wpointer-arith -Wwrite-strings -Wundef -Wvla -Wformat=2
  $<$<BOOL:${SO2_WERROR}>:-Werror>)

# What is released is the same wherever it was built. Elsewhere names of files are to be found by debuggers.
foreach(from_to IN ITEMS "${PROJECT_SOURCE_DIR}=." "${PROJECT_BINARY_DIR}=build")
  target_compile_options(so2_options INTERFACE
    $<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:-ffile-prefix-map=${from_to}>)
endforeach()

if(SO2_VERIFY)
  target_compile_definitions(so2_options INTERFACE SO2_VERIFY=1)
endif()

if((SO2_FUZZ OR SO2_COVERAGE) AND NOT CMAKE_C_COMPILER_ID STREQUAL "Clang")
  message(FATAL_ERROR "SO2_FUZZ and SO2_COVERAGE need clang: -DCMAKE_C_COMPILER=clang-19")
endif()
if(SO2_FUZZ)
  target_compile_options(so2_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(SO2_COVERAGE)
  target_compile_options(so2_options INTERFACE -fprofile-instr-generate -fcoverage-mapping)
  target_link_options(so2_options INTERFACE -fprofile-instr-generate)
endif()

if(SO2_SANITIZE)
  set(so2_sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all)
  target_compile_definitions(so2_options INTERFACE SO2_SANITIZE=1)
  target_compile_options(so2_options INTERFACE ${so2_sanitizers} -fno-omit-frame-pointer)
  target_link_options(so2_options INTERFACE ${so2_sanitizers})
else()
  # Sources under analysis are hostile input. What they cost: docs/performance.md.
  include(CheckCCompilerFlag)
  include(CheckCSourceCompiles)
  foreach(flag IN ITEMS -fstack-protector-strong -fstack-clash-protection -fcf-protection=full -ftrivial-auto-var-init=zero)
    string(MAKE_C_IDENTIFIER "so2_has${flag}" has)
    set(CMAKE_REQUIRED_FLAGS -Werror) # clang warns of what it does not know on this machine
    check_c_compiler_flag(${flag} ${has})
    unset(CMAKE_REQUIRED_FLAGS)
    if(${has})
      target_compile_options(so2_options INTERFACE ${flag})
    endif()
  endforeach()
  # _FORTIFY_SOURCE needs optimisation, 3 a C library and a compiler that know it (or the library warns); distributions may
  # have set it already.
  check_c_source_compiles("
    #include <features.h>
    #if !__GLIBC_PREREQ(2, 34) || !__has_builtin(__builtin_dynamic_object_size)
    #error
    #endif
    int main(void) { return 0; }" so2_has_fortify_3)
  set(fortify $<IF:$<BOOL:${so2_has_fortify_3}>,3,2>)
  target_compile_options(so2_options INTERFACE
    $<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:-U_FORTIFY_SOURCE>
    $<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:-D_FORTIFY_SOURCE=${fortify}>)
endif()
