# Finds libclang, the C interface of Clang: the newest one installed, or the one
# chosen by SO2_LIBCLANG_ROOT (a prefix) or SO2_LLVM_VERSION (a major version).
#
# Looked for: /usr/lib/llvm-N (Debian, Ubuntu), /usr/lib64/llvmN (SUSE, Fedora),
# /opt/homebrew and /usr as they are.
#
# Sets Libclang_FOUND, Libclang_VERSION (major), Libclang_RESOURCE_DIR (Clang's
# own headers, which a parse needs and libclang alone does not know how to find),
# Libclang_INCLUDE_DIR and Libclang_FILE (the library to load when the program runs:
# by the name that programs linked with it ask for, which needs no -dev package).

set(_libclang_roots "")
if(SO2_LIBCLANG_ROOT)
  set(_libclang_roots ${SO2_LIBCLANG_ROOT})
elseif(SO2_LLVM_VERSION)
  set(_libclang_roots /usr/lib/llvm-${SO2_LLVM_VERSION} /usr/lib64/llvm${SO2_LLVM_VERSION})
else()
  file(GLOB _libclang_roots LIST_DIRECTORIES true /usr/lib/llvm-* /usr/lib64/llvm*)
  list(SORT _libclang_roots COMPARE NATURAL ORDER DESCENDING)
  list(APPEND _libclang_roots /usr)
endif()

set(Libclang_VERSION "")
foreach(_root IN LISTS _libclang_roots)
  # Clang's resource folder carries the version: 19, or 15.0.7 before release 16.
  file(GLOB _resource_dirs LIST_DIRECTORIES true ${_root}/lib/clang/[0-9]* ${_root}/lib64/clang/[0-9]*)
  list(SORT _resource_dirs COMPARE NATURAL ORDER DESCENDING)
  set(_resource "")
  foreach(_dir IN LISTS _resource_dirs)
    if(NOT _resource AND EXISTS ${_dir}/include/stddef.h)
      set(_resource ${_dir})
    endif()
  endforeach()
  if(NOT _resource)
    continue()
  endif()
  get_filename_component(_name ${_resource} NAME)
  string(REGEX MATCH "^[0-9]+" _major ${_name})
  if(Libclang_FIND_VERSION AND _major VERSION_LESS Libclang_FIND_VERSION)
    continue()
  endif()
  # Not cached: another SO2_LLVM_VERSION must take effect in the same build folder.
  find_library(_library NAMES clang clang-${_major} PATHS ${_root}/lib ${_root}/lib64 NO_DEFAULT_PATH NO_CACHE)
  find_path(_include clang-c/Index.h PATHS ${_root}/include NO_DEFAULT_PATH NO_CACHE)
  if(_library AND _include)
    set(Libclang_VERSION ${_major})
    set(Libclang_RESOURCE_DIR ${_resource})
    set(Libclang_LIBRARY ${_library})
    set(Libclang_INCLUDE_DIR ${_include})
    file(REAL_PATH ${_library} _real)
    execute_process(COMMAND ${CMAKE_OBJDUMP} -p ${_real} OUTPUT_VARIABLE _header ERROR_QUIET)
    set(Libclang_FILE ${_real})
    if(_header MATCHES "SONAME +([^ \n]+)")
      get_filename_component(_folder ${_library} DIRECTORY)
      if(EXISTS ${_folder}/${CMAKE_MATCH_1})
        set(Libclang_FILE ${_folder}/${CMAKE_MATCH_1})
      endif()
    endif()
    break()
  endif()
  unset(_library)
  unset(_include)
endforeach()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Libclang
  REQUIRED_VARS Libclang_LIBRARY Libclang_INCLUDE_DIR Libclang_RESOURCE_DIR
  VERSION_VAR Libclang_VERSION
  REASON_FAILURE_MESSAGE "install libclang-19-dev or newer, or set SO2_LIBCLANG_ROOT")
