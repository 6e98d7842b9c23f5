#pragma once
/// The sample city: a synthetic study area that looks like a city, of any size, the same from the
/// same seed on any number of threads. Nothing in it describes a real place or real people.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/progress.h"
#include "domain/counts.h"
#include "domain/districts.h"
#include "domain/groups.h"
#include "domain/indicators.h"
#include "domain/services.h"
#include "domain/street_graph.h"

namespace quartier::study {

inline constexpr std::size_t least_sample_districts = 12;
inline constexpr std::size_t most_sample_districts = 1'000'000;

struct SampleOptions {
  std::size_t district_count = 240;  ///< least_sample_districts to most_sample_districts
  std::uint64_t seed = 1;
  bool street_extract = false;  ///< the streets also as an OpenStreetMap extract
};

/// A synthetic city in memory. Districts are its neighbourhoods, in the order of their ids.
struct SampleCity {
  SampleOptions options;
  Districts districts;                ///< levels: quarters, then boroughs; EPSG:25831, sea
  std::vector<std::string> land_use;  ///< [district count] "residential", "park", "industry", ...
  std::vector<Point> river;           ///< outline of the water, counter-clockwise
  Groups groups;                      ///< everyone, and eight groups that add up to it
  std::vector<CountTable> counts;     ///< six dates; above 100,000 districts the first and the last
  std::vector<Services> services;     ///< ten kinds
  std::vector<Point> street_nodes;
  std::vector<StreetEdge> street_edges;
  std::vector<Indicator> indicators;  ///< every date of the counts; above 20,000 districts only
                                      ///< the last, for everyone
};

/// Makes the city. Time grows as n log n; a million districts take 25 s on two cores and 1.1 GB.
///
///   const SampleCity city = make_sample_city({.district_count = 500, .seed = 7}, progress);
///
/// - Neighbourhoods share their boundaries vertex for vertex, lie on one bank of the river, are
///   small in the dense core and wide outside; quarters and boroughs are in one piece.
/// - Some units have no residents: parks, industry, a harbour and an airport.
/// - Two sites of services occur twice and one lies outside the city, some indicator values are
///   missing, and a lane of the street graph leads nowhere: a reader must tell.
///
/// @throws UsageError for a number of districts out of range; Cancelled
SampleCity make_sample_city(const SampleOptions& options, Progress& progress);

/// Writes the city as a study: `study.toml`, its layers and layer definitions, and a README, every
/// one marked as synthetic. The folder is made where it is missing; files of an earlier sample are
/// replaced one by one, each whole.
///
/// @throws InputError where the folder cannot be written; Cancelled
void write_sample_city(const SampleCity& city, const std::filesystem::path& folder,
                       Progress& progress);

}  // namespace quartier::study
