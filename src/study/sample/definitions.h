#pragma once
/// The texts that go with a sample city's tables: layer definitions, the study and the README.

#include <string>
#include <vector>

#include "study/sample/sample_city.h"

namespace quartier::study::sample {

/// Names of the files of a sample city; every one says that it is synthetic.
namespace files {
inline constexpr const char* districts = "synthetic_districts.gpkg";
inline constexpr const char* population = "synthetic_population.csv";
inline constexpr const char* services = "synthetic_services.csv";
inline constexpr const char* street_nodes = "synthetic_streets_nodes.csv";
inline constexpr const char* street_edges = "synthetic_streets_edges.csv";
inline constexpr const char* street_extract = "synthetic_streets.osm.pbf";
inline constexpr const char* indicators = "synthetic_indicators.csv";
inline constexpr const char* indicators_by_group = "synthetic_indicators_by_group.csv";
}  // namespace files

/// Layers inside the GeoPackage.
inline constexpr const char* neighbourhood_layer = "neighbourhoods";
inline constexpr const char* river_layer = "river";

/// What stands in a table of indicators where a value is not told.
inline constexpr const char* missing_mark = "..";

/// A text file of the sample, by its place in the folder.
struct TextFile {
  std::string name;
  std::string text;
};

/// "Synthetic data made by quartier sample, seed 7: no real city, no real people".
std::string attribution(const SampleCity& city);

/// One definition per layer: "layers/sample-population.toml" and its like.
std::vector<TextFile> layer_definitions(const SampleCity& city);

/// `study.toml`.
TextFile study_text(const SampleCity& city);

/// The part of `study.toml` with the plan that is tried out: two more language courses, each where
/// most people are farthest from one. Empty for cities of more than 2,000 districts.
std::string plan_text(const SampleCity& city);

/// `README.md`: what the files are, how they were made, and the oddities in them.
TextFile readme(const SampleCity& city);

/// Column of an indicator in its table; that of its base has "_base" behind it.
std::string indicator_column(const Indicator& indicator);

/// True where the city has indicators of groups, and their table with it.
bool has_group_indicators(const SampleCity& city);

}  // namespace quartier::study::sample
