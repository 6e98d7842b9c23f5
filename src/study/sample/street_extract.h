#pragma once
/// The streets of a sample city as an OpenStreetMap extract.

#include <filesystem>

#include "study/sample/sample_city.h"

namespace quartier::study::sample {

/// Writes junctions as nodes in WGS 84 and every segment as a residential way of two nodes. Lengths
/// read from it are those of straight segments on the globe, not those of the table.
/// @throws InputError where the file cannot be written
void write_street_extract(const SampleCity& city, const std::filesystem::path& file);

}  // namespace quartier::study::sample
