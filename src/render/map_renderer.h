#pragma once
/// The map renderer: draws district numbers once for each view, then colours them as often as
/// wished.
///
/// Two passes. The first draws an image of district numbers; it runs only when the camera or the
/// geometry changes. The second looks up each number's colour, and draws lines where neighbouring
/// numbers differ; another metric, a selection or a hover costs only this pass, whatever the number
/// of districts. On a graphics card the second pass is a shader, on a software driver it is a loop
/// over rows in all threads; both give the same picture within 1/255 a channel.

#include <cstdint>
#include <memory>
#include <span>

#include "base/units.h"
#include "carto/colour.h"
#include "domain/mesh.h"
#include "render/camera.h"
#include "render/context.h"
#include "render/image.h"
#include "render/map_style.h"

namespace quartier::render {

/// Samples along each side of a pixel. Edges are smooth when still; while moving, speed counts.
enum class Quality : std::uint8_t { moving = 1, still = 2, print = 4 };

/// Who does the second pass.
enum class ResolvePath : std::uint8_t {
  automatic,  ///< processor on software drivers, else graphics
  processor,
  graphics,
};

/// Draws one map. Set what changed, then ask for the picture; nothing is drawn in between.
/// All calls on the thread where `context` is current, which must outlive the renderer.
/// @throws RenderError from any drawing call where the driver fails
class MapRenderer {
 public:
  explicit MapRenderer(const Context& context, ResolvePath path = ResolvePath::automatic);
  MapRenderer(MapRenderer&&) noexcept;
  MapRenderer& operator=(MapRenderer&&) noexcept;
  ~MapRenderer();

  /// The districts, as one or more levels of detail of the same districts, uploaded and forgotten.
  /// For a view the coarsest level is drawn whose grid is not wider than a sample of the picture,
  /// else the finest there is. Forgets parents, selection and hover; colours become the no-data
  /// colour.
  /// @throws std::logic_error where there is no level or levels differ in their districts
  void set_districts(std::span<const Mesh> levels);

  /// Other layers, drawn in this order below or above the districts.
  void set_background(std::span<const BackgroundLayer> layers);

  /// Larger areas: lines are drawn between districts whose numbers differ.
  /// @param of_district  [district count] any number, as in ParentLevel; empty: no such lines
  void set_parents(std::span<const std::uint32_t> of_district);

  /// Colours of the districts. Opaque: their opacity does not count.
  /// @param colours  [district count]
  /// @param hatched  [district count] not zero: hatched; or empty
  void set_colours(std::span<const carto::Colour> colours,
                   std::span<const std::uint8_t> hatched = {});

  void set_symbols(std::span<const Symbol> symbols);
  void set_style(const MapStyle& style);
  void set_selection(std::span<const DistrictIndex> districts);
  /// The district under the cursor; no_index: none.
  void set_hover(DistrictIndex district);

  /// @throws RenderError where the picture is larger than the driver can draw, with the limit
  void set_camera(const Camera& camera, Quality quality = Quality::still);
  [[nodiscard]] const Camera& camera() const;

  /// Draws what is out of date, and hands out the pixels. Valid until the next call.
  const Image& picture();

  /// Draws what is out of date into a texture of the context, for a window: its OpenGL name. RGBA8,
  /// camera width x height, its first row is the top of the picture.
  std::uint32_t texture();

  /// The district at a place of the picture, exact to the sample: what is seen there is what is
  /// told. no_index outside the picture, beside all districts, or on a layer above them.
  DistrictIndex pick(ScreenPoint at);

  /// The box round all districts, metres; empty before `set_districts`.
  [[nodiscard]] Box extent() const;
  [[nodiscard]] std::size_t district_count() const;
  /// Who does the second pass: processor or graphics.
  [[nodiscard]] ResolvePath path() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace quartier::render
