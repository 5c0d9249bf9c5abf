# Run by checker/report: writes OUTPUT, C with the text and the SHA-256 of each of PARTS (`name=file` in FOLDER).
set(text "/* Made by embed_html.cmake; not to be edited. */\n#include \"html_int.h\"\n")
foreach(part IN LISTS PARTS)
  string(REGEX MATCH "^(.*)=(.*)$" matched ${part})
  set(name ${CMAKE_MATCH_1})
  set(path ${FOLDER}/${CMAKE_MATCH_2})
  file(READ ${path} bytes HEX)
  file(SHA256 ${path} hash)
  string(REGEX REPLACE "(................................................................)" "\\1\n" bytes "${bytes}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(APPEND text "\nstatic const char ${name}[] = {\n${bytes}0\n};\n"
    "const struct html_asset html_${name} = { ${name}, \"${hash}\" };\n")
endforeach()
file(WRITE ${OUTPUT} "${text}")
