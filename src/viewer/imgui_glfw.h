#pragma once
/// Private to the viewer: the one header that brings in Dear ImGui, and its vectors made of
/// doubles.

#include <imgui.h>

#include "carto/colour.h"

namespace quartier::viewer {

/// Dear ImGui counts in floats.
inline float px(double value) { return static_cast<float>(value); }
inline ImVec2 vec(double x, double y) { return {px(x), px(y)}; }

inline ImU32 ink(carto::Colour colour) { return IM_COL32(colour.r, colour.g, colour.b, colour.a); }
inline ImVec4 tint(carto::Colour colour) { return ImGui::ColorConvertU32ToFloat4(ink(colour)); }

}  // namespace quartier::viewer
