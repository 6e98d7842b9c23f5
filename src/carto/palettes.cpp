#include "carto/palettes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "base/error.h"
#include "base/text.h"

namespace quartier::carto {
namespace {

constexpr std::string_view brewer = "Brewer 2003 (ColorBrewer.org), Apache-2.0";

constexpr std::array viridis{rgb(0x440154), rgb(0x482878), rgb(0x3E4989), rgb(0x31688E),
                             rgb(0x26828E), rgb(0x1F9E89), rgb(0x35B779), rgb(0x6ECE58),
                             rgb(0xB5DE2B), rgb(0xFDE725)};
constexpr std::array cividis{rgb(0x00224E), rgb(0x123570), rgb(0x3B496C), rgb(0x575D6D),
                             rgb(0x707173), rgb(0x8A8678), rgb(0xA59C74), rgb(0xC3B369),
                             rgb(0xE1CC55), rgb(0xFEE838)};
// The lightest tint of the published schemes is left out: on paper it looks like no colour.
constexpr std::array blues{rgb(0xDEEBF7), rgb(0xC6DBEF), rgb(0x9ECAE1), rgb(0x6BAED6),
                           rgb(0x4292C6), rgb(0x2171B5), rgb(0x08519C), rgb(0x08306B)};
constexpr std::array purples{rgb(0xEFEDF5), rgb(0xDADAEB), rgb(0xBCBDDC), rgb(0x9E9AC8),
                             rgb(0x807DBA), rgb(0x6A51A3), rgb(0x54278F), rgb(0x3F007D)};
constexpr std::array blue_purple{rgb(0xE0ECF4), rgb(0xBFD3E6), rgb(0x9EBCDA), rgb(0x8C96C6),
                                 rgb(0x8C6BB1), rgb(0x88419D), rgb(0x810F7C), rgb(0x4D004B)};
constexpr std::array green_blue{rgb(0xE0F3DB), rgb(0xCCEBC5), rgb(0xA8DDB5), rgb(0x7BCCC4),
                                rgb(0x4EB3D3), rgb(0x2B8CBE), rgb(0x0868AC), rgb(0x084081)};
constexpr std::array yellow_blue{rgb(0xFFFFD9), rgb(0xEDF8B1), rgb(0xC7E9B4),
                                 rgb(0x7FCDBB), rgb(0x41B6C4), rgb(0x1D91C0),
                                 rgb(0x225EA8), rgb(0x253494), rgb(0x081D58)};
constexpr std::array yellow_brown{rgb(0xFFF7BC), rgb(0xFEE391), rgb(0xFEC44F), rgb(0xFE9929),
                                  rgb(0xEC7014), rgb(0xCC4C02), rgb(0x993404), rgb(0x662506)};
constexpr std::array blue_orange{rgb(0x0B3C6F), rgb(0x2E74B5), rgb(0x8CBBE0), rgb(0xF3F1EC),
                                 rgb(0xF0B978), rgb(0xC9741C), rgb(0x6E3A06)};
constexpr std::array purple_orange{rgb(0x2D004B), rgb(0x542788), rgb(0x8073AC), rgb(0xB2ABD2),
                                   rgb(0xD8DAEB), rgb(0xF7F7F7), rgb(0xFEE0B6), rgb(0xFDB863),
                                   rgb(0xE08214), rgb(0xB35806), rgb(0x7F3B08)};
constexpr std::array brown_teal{rgb(0x543005), rgb(0x8C510A), rgb(0xBF812D), rgb(0xDFC27D),
                                rgb(0xF6E8C3), rgb(0xF5F5F5), rgb(0xC7EAE5), rgb(0x80CDC1),
                                rgb(0x35978F), rgb(0x01665E), rgb(0x003C30)};
constexpr std::array okabe_ito{rgb(0x0072B2), rgb(0xE69F00), rgb(0x009E73), rgb(0xCC79A7),
                               rgb(0x56B4E9), rgb(0xD55E00), rgb(0xF0E442), rgb(0x000000)};
constexpr std::array lisa{rgb(0xF2F0EB), rgb(0x8C4A05), rgb(0x3B1F77), rgb(0xA99FD0),
                          rgb(0xF2B15A)};
constexpr std::array<std::string_view, lisa_category_count> lisa_labels{
    "Not significant", "High among high", "Low among low", "Low among high", "High among low"};

constexpr auto palette_table = std::to_array<Palette>({
    {"viridis", "Viridis (dark violet to yellow)", PaletteKind::sequential,
     "Smith & van der Walt 2015 (Matplotlib), CC0", viridis},
    {"cividis", "Cividis (dark blue to yellow)", PaletteKind::sequential,
     "Nuñez, Anderton & Renslow 2018 (Matplotlib), CC0", cividis},
    {"blues", "Blues", PaletteKind::sequential, brewer, blues},
    {"purples", "Purples", PaletteKind::sequential, brewer, purples},
    {"blue-purple", "Light blue to purple", PaletteKind::sequential, brewer, blue_purple},
    {"green-blue", "Light green to blue", PaletteKind::sequential, brewer, green_blue},
    {"yellow-blue", "Yellow to dark blue", PaletteKind::sequential, brewer, yellow_blue},
    {"yellow-brown", "Yellow to brown", PaletteKind::sequential, brewer, yellow_brown},
    {"blue-orange", "Blue to orange", PaletteKind::diverging, "Quartier", blue_orange},
    {"purple-orange", "Purple to orange", PaletteKind::diverging, brewer, purple_orange},
    {"brown-teal", "Brown to teal", PaletteKind::diverging, brewer, brown_teal},
    {"okabe-ito", "Okabe and Ito (eight kinds)", PaletteKind::categorical, "Okabe & Ito 2008",
     okabe_ito},
    {"lisa", "Local association (five kinds)", PaletteKind::categorical, "Quartier", lisa},
});

double distance(const Oklab& one, const Oklab& other) {
  return std::hypot(one.lightness - other.lightness, one.a - other.a, one.b - other.b);
}

/// The colour `t` of the way along the line through `anchors`, measured in OKLab.
Colour along(std::span<const Colour> anchors, double t) {
  std::vector<double> reached{0.0};
  for (std::size_t i = 1; i < anchors.size(); ++i) {
    reached.push_back(reached.back() + distance(oklab_of(anchors[i - 1]), oklab_of(anchors[i])));
  }
  const double place = t * reached.back();
  std::size_t i = 1;
  while (i + 1 < anchors.size() && place > reached[i]) ++i;
  return mixed(anchors[i - 1], anchors[i],
               (place - reached[i - 1]) / (reached[i] - reached[i - 1]));
}

Colour sample(const Palette& palette, double t) {
  if (palette.kind == PaletteKind::sequential) return along(palette.anchors, t);
  const std::size_t middle = palette.anchors.size() / 2;
  if (t <= 0.5) return along(palette.anchors.first(middle + 1), 2.0 * t);
  return along(palette.anchors.last(middle + 1), 2.0 * t - 1.0);
}

}  // namespace

std::string_view id_of(PaletteKind kind) {
  switch (kind) {
    case PaletteKind::sequential:
      return "sequential";
    case PaletteKind::diverging:
      return "diverging";
    case PaletteKind::categorical:
      return "categorical";
  }
  return "sequential";
}

std::span<const Palette> palettes() { return palette_table; }

const Palette& palette(std::string_view id) {
  std::vector<std::string> ids;
  for (const Palette& entry : palette_table) {
    if (entry.id == id) return entry;
    ids.emplace_back(entry.id);
  }
  const std::string near = nearest_word(id, ids);
  throw InputError(
      "no palette called \"" + display_safe(id) + "\"",
      near.empty() ? "quartier list palettes shows them all" : "did you mean " + near + "?");
}

std::vector<Colour> sampled(const Palette& palette, std::size_t count, bool reversed) {
  std::vector<Colour> colours;
  if (palette.kind == PaletteKind::categorical) {
    if (count > palette.anchors.size()) {
      throw InputError("palette " + std::string(palette.id) + " has " +
                           std::to_string(palette.anchors.size()) + " colours, " +
                           std::to_string(count) + " are asked for",
                       "join kinds, or use a sequential palette");
    }
    colours.assign(palette.anchors.begin(),
                   palette.anchors.begin() + static_cast<std::ptrdiff_t>(count));
  } else {
    for (std::size_t i = 0; i < count; ++i) {
      const double t = count == 1 ? 0.5 : static_cast<double>(i) / static_cast<double>(count - 1);
      colours.push_back(sample(palette, t));
    }
  }
  if (reversed) std::reverse(colours.begin(), colours.end());
  return colours;
}

std::string_view lisa_label(std::size_t category) {
  expects(category < lisa_category_count, "lisa_label: one of five kinds");
  return lisa_labels[category];
}

}  // namespace quartier::carto
