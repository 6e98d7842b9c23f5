#pragma once
/// Private to io: the parts of a layer definition that belong to one kind of layer.

#include <limits>
#include <string>
#include <string_view>

#include "io/layer_definition.h"
#include "io/toml_section.h"

namespace quartier::io {

inline constexpr double any_size = std::numeric_limits<double>::max();

/// An ISO date, or an empty text where the key is absent.
std::string date_or_open(TomlSection& section, std::string_view key);

/// [counts] and the tree of [[group]].
void read_counts_layout(TomlSection& top, LayerDefinition& layer);
/// [indicators] and [[indicator]].
void read_indicators_layout(TomlSection& top, LayerDefinition& layer);
/// [places] and [[service]].
void read_services_layout(TomlSection& top, LayerDefinition& layer);
/// [streets].
void read_streets_layout(TomlSection& top, StreetsLayout& streets);
/// [timetable].
void read_timetable_layout(TomlSection& top, TimetableLayout& timetable);
/// [links] and [[correction]].
void read_links_layout(TomlSection& top, LinksLayout& links);
/// [codes].
void read_codes_layout(TomlSection& top, CodesLayout& codes);
/// [vector] and [[parent]].
void read_vector_layout(TomlSection& top, LayerDefinition& layer);

}  // namespace quartier::io
