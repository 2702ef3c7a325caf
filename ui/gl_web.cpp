#include "ui/gl_web.h"

#include <cstring>
#include <vector>

// The backend as it is, with two things of its surroundings replaced. It saves and restores the state of the context
// around each frame; this canvas is ours alone, so what it would ask is answered here. And it may write to a terminal.
#define IMGUI_IMPL_OPENGL_ES3
#define IMGUI_IMPL_OPENGL_MAY_HAVE_VTX_OFFSET
#include <GLES3/gl3.h>
#include <stdio.h>
#undef GL_UNPACK_ROW_LENGTH  // new parts of a texture come row after row

namespace {

void answer_integer(GLenum name, GLint* out) {
  switch (name) {
    case GL_MAJOR_VERSION:
    case GL_MINOR_VERSION:
      *out = name == GL_MAJOR_VERSION ? 3 : 2;  // 3.2: a draw may begin at any vertex, see below
      break;
    case GL_MAX_TEXTURE_SIZE:
      *out = 4096;
      break;
    case GL_ACTIVE_TEXTURE:
      *out = GL_TEXTURE0;
      break;
    case GL_BLEND_EQUATION_RGB:
    case GL_BLEND_EQUATION_ALPHA:
      *out = GL_FUNC_ADD;
      break;
    case GL_VIEWPORT:
    case GL_SCISSOR_BOX:
      std::memset(out, 0, 4 * sizeof *out);
      break;
    default:
      *out = 0;
  }
}

/// The atlas holds coverage only: it becomes white with that alpha.
const void* white(GLsizei width, GLsizei height, const void* coverage) {
  static std::vector<ImU32> texels;
  const auto* from = static_cast<const unsigned char*>(coverage);
  texels.resize(static_cast<size_t>(width) * static_cast<size_t>(height));
  for (ImU32& texel : texels) texel = IM_COL32(255, 255, 255, *from++);
  return texels.data();
}

/// WebGL has no first vertex of a draw: the attributes are read from further on.
void draw_from(GLsizei count, GLenum type, const void* indices, GLint first) {
  const auto at = [first](size_t member) {
    return reinterpret_cast<const void*>(static_cast<size_t>(first) * sizeof(ImDrawVert) + member);
  };
  glVertexAttribPointer(0, 2, GL_FLOAT, GL_FALSE, sizeof(ImDrawVert), at(offsetof(ImDrawVert, pos)));
  glVertexAttribPointer(1, 2, GL_FLOAT, GL_FALSE, sizeof(ImDrawVert), at(offsetof(ImDrawVert, uv)));
  glVertexAttribPointer(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, sizeof(ImDrawVert), at(offsetof(ImDrawVert, col)));
  glDrawElements(GL_TRIANGLES, count, type, indices);
}

}  // namespace

#define glGetIntegerv(name, out) answer_integer(name, out)
#define glGetString(name) nullptr
#define glIsEnabled(name) GL_TRUE
#define glIsProgram(name) GL_FALSE
#define glGetShaderiv(shader, what, out) (*(out) = (what) == GL_COMPILE_STATUS)  // linking tells it, too
#define glGetShaderInfoLog(...) static_cast<void>(0)
#define glGetProgramInfoLog(...) static_cast<void>(0)
#define glBufferSubData(...) static_cast<void>(0)  // of a way that the backend no longer takes
#define glTexImage2D(target, level, inner, w, h, border, format, type, texels) \
  glTexImage2D(target, level, inner, w, h, border, format, type, white(w, h, texels))
#define glTexSubImage2D(target, level, x, y, w, h, format, type, texels) \
  glTexSubImage2D(target, level, x, y, w, h, format, type, white(w, h, texels))
#define glDrawElementsBaseVertex(mode, count, type, indices, first) draw_from(count, type, indices, first)
#define sscanf(text, format, out, ...) (*(out) = 300)
#define fprintf(...) static_cast<void>(0)

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#include "backends/imgui_impl_opengl3.cpp"
#pragma clang diagnostic pop

namespace iz {
namespace {

/// Whoever draws next makes the textures anew.
void textures_wanted() {
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    if (texture->Status == ImTextureStatus_WantDestroy || texture->Status == ImTextureStatus_Destroyed) continue;
    texture->SetTexID(ImTextureID_Invalid);
    texture->SetStatus(ImTextureStatus_WantCreate);
  }
}

}  // namespace

bool gl_start() {
  textures_wanted();
  if (ImGui_ImplOpenGL3_Init("#version 300 es") && ImGui_ImplOpenGL3_CreateDeviceObjects()) return true;
  gl_stop();
  return false;
}

void gl_stop() {
  if (ImGui::GetIO().BackendRendererUserData == nullptr) return;
  ImGui_ImplOpenGL3_Shutdown();
  ImGui::GetIO().BackendFlags |= ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_RendererHasVtxOffset;
  textures_wanted();
}

void gl_draw(ImDrawData& data, ImU32 ground) {
  const auto part = [ground](int shift) { return static_cast<float>((ground >> shift) & 0xff) / 255; };
  glClearColor(part(IM_COL32_R_SHIFT), part(IM_COL32_G_SHIFT), part(IM_COL32_B_SHIFT), 1);
  glDisable(GL_SCISSOR_TEST);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(&data);
}

}  // namespace iz
