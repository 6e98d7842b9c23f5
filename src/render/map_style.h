#pragma once
/// How a map looks apart from the colours of its districts: lines, hatch, symbols, other layers.

#include <cstdint>
#include <string>

#include "carto/colour.h"
#include "carto/colour_vision.h"
#include "carto/palettes.h"
#include "domain/mesh.h"
#include "domain/polygons.h"

namespace quartier::render {

/// A line; its colour's opacity counts. Width 0: not drawn. At most 6 px with its casing.
struct Line {
  carto::Colour colour;
  double width_px = 0.0;
  double casing_px = 0.0;  ///< a light border on either side, so that it shows on dark colours too
  bool operator==(const Line&) const = default;
};

/// Diagonal lines over hatched districts, at fixed places of the picture.
struct Hatch {
  carto::Colour colour = carto::hatch_colour;
  int spacing_px = 6;     ///< from line to line, measured along a row of pixels; 2 to 64
  double width_px = 1.6;  ///< along a row of pixels
  bool operator==(const Hatch&) const = default;
};

struct MapStyle {
  carto::Colour paper = carto::rgb(0xFFFFFF);      ///< where there is no district
  Line district{carto::rgb(0x8A949E), 0.6};        ///< between any two; seen on light and dark
  Line parent{carto::rgb(0x4A4A4A), 1.4, 0.6};     ///< between districts of different parents
  Line selection{carto::rgb(0x111111), 2.0, 1.0};  ///< round the selection as a whole
  Line hover{carto::rgb(0x111111), 1.5, 1.0};      ///< round the district under the cursor
  carto::Colour casing{255, 255, 255, 210};        ///< of the lines that have one
  Hatch hatch;
  /// District lines fade where districts shrink below this size (square root of the mean area),
  /// and are gone at a quarter of it, so that they do not wash out the colours. 0: never fade.
  double fade_below_px = 12.0;
  carto::ColourVision vision = carto::ColourVision::full;
  bool operator==(const MapStyle&) const = default;
};

/// Filled shapes other than districts: a river, a park, land around the city. One colour each.
struct BackgroundLayer {
  Mesh mesh;  ///< its districts are not told apart
  carto::Colour colour;
  bool over_districts = false;  ///< drawn above them, like a river; it cannot be picked
};

/// A round sign at a place, of the same size at every scale.
struct Symbol {
  Point place;
  double radius_px = 4.0;  ///< outer radius, with its outline
  carto::Colour fill;
  carto::Colour outline = carto::rgb(0xFFFFFF);
  double outline_px = 1.0;
};

}  // namespace quartier::render
