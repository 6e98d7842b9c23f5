# cmake -DFOLDER=shaders -DOUT=shaders.cpp -DFILES=fill.vert,fill.frag -P embed_shaders.cmake
# writes a source file that holds each shader as text, in the order given.
string(REPLACE "," ";" FILES "${FILES}")
set(TEXT "#include \"render/shaders.h\"\n\nnamespace quartier::render {\n\n")
string(APPEND TEXT "std::span<const Shader> shaders() {\n  static constexpr Shader table[] = {\n")
foreach(FILE ${FILES})
  file(READ ${FOLDER}/${FILE} CODE)
  string(APPEND TEXT "      {\"${FILE}\", R\"glsl(${CODE})glsl\"},\n")
endforeach()
string(APPEND TEXT "  };\n  return table;\n}\n\n}  // namespace quartier::render\n")
file(WRITE ${OUT} "${TEXT}")
