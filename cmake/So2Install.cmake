# What `cmake --install` and the packages bring. All is found relative to the program (checker/base/include/base/paths.h),
# so an installed tree can be moved.
include(CMakePackageConfigHelpers)

# What the program reads. Docs of the rules (*.md) lie beside the rules and go with them.
install(DIRECTORY rules DESTINATION ${CMAKE_INSTALL_DATADIR}/so2check)
install(DIRECTORY checker/frontend/headers/ DESTINATION ${CMAKE_INSTALL_DATADIR}/so2check/include)
install(PROGRAMS integration/pre-commit DESTINATION ${CMAKE_INSTALL_DATADIR}/so2check)

# For people, and jobs to copy.
install(FILES README.md SECURITY.md docs/editors.md docs/fixes.md docs/grading.md docs/policy.md docs/rule-packs.md
  docs/windows-headers.md docs/writing-rules.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES integration/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples)
install(DIRECTORY integration/ci integration/ci-matrix integration/parallel integration/slurm
  DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples
  # not those of the sources, which the umask of whoever cloned them made
  PATTERN "*.sh" PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

# For shells.
install(FILES integration/completion/so2check.bash RENAME so2check
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
# zsh's own place, and the one it has for Debian's packages
install(FILES integration/completion/_so2check DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES integration/completion/_so2check DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES integration/completion/so2check.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

# find_package(so2check): so2check-functions.cmake.
set(so2_package_dir ${CMAKE_INSTALL_DATADIR}/cmake/so2check)
configure_package_config_file(cmake/so2check-config.cmake.in so2check-config.cmake
  INSTALL_DESTINATION ${so2_package_dir} PATH_VARS CMAKE_INSTALL_BINDIR)
write_basic_package_version_file(so2check-config-version.cmake COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_BINARY_DIR}/so2check-config.cmake ${PROJECT_BINARY_DIR}/so2check-config-version.cmake
  cmake/so2check-functions.cmake DESTINATION ${so2_package_dir})

# so2_compressed(<output> <from> <command>...): gzip's of a file of the sources, or of what a command prints.
find_program(GZIP gzip REQUIRED)
mark_as_advanced(GZIP)
function(so2_compressed output)
  add_custom_command(OUTPUT ${output} COMMAND ${ARGN} | ${GZIP} -9n > ${output} DEPENDS so2check ${PROJECT_SOURCE_DIR}/CHANGELOG.md)
  set_property(DIRECTORY APPEND PROPERTY so2_compressed_files ${PROJECT_BINARY_DIR}/${output})
endfunction()
so2_compressed(so2check.1.gz $<TARGET_FILE:so2check> help man)
so2_compressed(changelog.gz cat ${PROJECT_SOURCE_DIR}/CHANGELOG.md)
install(FILES ${PROJECT_BINARY_DIR}/so2check.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${PROJECT_BINARY_DIR}/changelog.gz DESTINATION ${CMAKE_INSTALL_DOCDIR})

include(So2Package)
get_directory_property(files so2_compressed_files)
add_custom_target(so2_installed_texts ALL DEPENDS ${files})
