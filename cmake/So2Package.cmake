# Packages: `cpack -G DEB` or `cpack -G TGZ` in the build folder.
set(SO2_PACKAGE_MAINTAINER "so2check packagers <so2check@example.org>" CACHE STRING
  "Name and address in the Debian package; whoever builds packages for others gives theirs")

set(CPACK_PACKAGE_NAME so2check)
set(CPACK_PACKAGE_VENDOR "so2check")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_GENERATOR TGZ)

# so2_package_of(<variable> <file>): appends the Debian package that the file belongs to.
find_program(DPKG_QUERY dpkg-query)
mark_as_advanced(DPKG_QUERY)
function(so2_package_of list path)
  file(REAL_PATH ${path} real)
  foreach(name IN ITEMS ${real} ${path})
    execute_process(COMMAND ${DPKG_QUERY} -S ${name} OUTPUT_VARIABLE owner ERROR_QUIET RESULT_VARIABLE failed)
    if(NOT failed AND owner MATCHES "^([^:, ]+)")
      set(${list} ${${list}} ${CMAKE_MATCH_1} PARENT_SCOPE)
      return()
    endif()
  endforeach()
endfunction()

if(DPKG_QUERY)
  # libclang is loaded by its path, so dpkg-shlibdeps does not see it; Clang's own headers come in another package.
  set(packages "")
  so2_package_of(packages ${Libclang_FILE})
  so2_package_of(packages ${Libclang_RESOURCE_DIR}/include/stddef.h)
  list(REMOVE_DUPLICATES packages)
  list(JOIN packages ", " CPACK_DEBIAN_PACKAGE_DEPENDS)
endif()
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER ${SO2_PACKAGE_MAINTAINER})
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "linux-headers-amd64 | linux-headers-generic, mingw-w64-common")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "git, sparse, coccinelle, bear, parallel")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"so2check reads C sources of Linux and Windows drivers and reports where
they misuse the kernel API: memory leaked on an error path, a lock held
at a return, a sleeping call under a spin lock, a user pointer
dereferenced. Every finding shows the path that leads to it and says
where its rule is written.")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "checks kernel driver sources for misuse of the kernel API")

# What Debian wants in /usr/share/doc.
install(FILES integration/debian/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(CODE "
  set(TEMPLATE [[${PROJECT_SOURCE_DIR}/integration/debian/changelog.in]])
  set(WORK [[${PROJECT_BINARY_DIR}]])
  set(GZIP [[${GZIP}]])
  set(PROJECT_VERSION [[${PROJECT_VERSION}]])
  set(CPACK_DEBIAN_PACKAGE_RELEASE [[${CPACK_DEBIAN_PACKAGE_RELEASE}]])
  set(SO2_PACKAGE_MAINTAINER [[${SO2_PACKAGE_MAINTAINER}]])
  set(FOLDER \"\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_DOCDIR}\")
  include([[${PROJECT_SOURCE_DIR}/cmake/install_changelog.cmake]])")
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/package_folders.cmake)
set(CPACK_POST_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/package_parts.cmake)
set(CPACK_SO2_AR ${CMAKE_AR}) # only names that begin so reach the scripts
# Times in the archives.
set(CPACK_PROJECT_CONFIG_FILE ${PROJECT_SOURCE_DIR}/cmake/source_date.cmake)

include(CPack)
