// Draws with the GPU: Dear ImGui's OpenGL3 backend on the page's WebGL2 context (ui/gl.js has its functions).
//
//     if (gl_start()) gl_draw(*ImGui::GetDrawData(), width, height, ground);
//     gl_stop();                       // then the rasteriser draws again
//
// The same picture as ui/raster.h: textures are sampled at the nearest texel, edges are covered by the same rule; colours
// may differ by rounding. Nothing is asked of the context while drawing, as each question would wait for the GPU.
#pragma once
#include "imgui.h"

namespace iz {

/// Takes the context that the page has put into `Module.gl`; false when the backend cannot use it.
bool gl_start();
/// Gives up everything, of a lost context too; the textures are ready for the rasteriser.
void gl_stop();
void gl_draw(ImDrawData& data, ImU32 ground);

}  // namespace iz
