#pragma once
/// The map page as vectors: SVG and PDF with the same layout as the PNG.

#include <cstdint>
#include <span>
#include <string>

#include "carto/colour.h"
#include "domain/districts.h"
#include "report/map_page.h"

namespace quartier::report {

/// Districts as shapes. Vertices are brought to a grid of a quarter of a pixel, or half a pixel
/// where districts are small (an error of 0.36 pixels at most), and those in line are dropped, so
/// that a file stays small; districts that share a boundary share it still.
struct VectorMap {
  const Districts* districts = nullptr;
  std::span<const carto::Colour> fills;   ///< [district count]
  std::span<const std::uint8_t> hatched;  ///< [district count] or empty
  MapView view;                           ///< of the size of map_frame(text, size) at scale 1
  std::size_t parent_level = 0;  ///< boundaries of this level are drawn stronger, where it exists
};

/// The page as SVG; texts are outlines, so that it looks alike everywhere. `page.size.scale` is not
/// used: a vector has no pixels.
/// @throws std::logic_error where sizes differ; RenderError as map_frame
std::string map_page_svg(const MapPage& page, const VectorMap& map);

/// The page as PDF, fonts inside; its date is `page.text.date`, never the clock.
/// @throws as map_page_svg
std::string map_page_pdf(const MapPage& page, const VectorMap& map);

}  // namespace quartier::report
