# Run by cpack on what it is going to pack: folders are open to all. cpack makes them by CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
# less the umask of whoever packs.
file(CHMOD_RECURSE ${CPACK_TEMPORARY_DIRECTORY}
  DIRECTORY_PERMISSIONS ${CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS})
