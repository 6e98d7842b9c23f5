#pragma once
/// What a folder of reference values of access may hold: each function compares one part of it, and
/// returns whether the part was there.

#include "oracle/access/folder.h"
#include "oracle/tally.h"

namespace quartier::oracle {

/// A table of travel times with values (hex.csv, ttm_u16.bin, values_*.csv, inequality.csv).
bool check_travel_times(const AccessFolder& folder, Tally& tally);
/// Streets with values (osm.pbf, hexgrid.csv, hex_snapped.csv, walk_*).
bool check_walking(const AccessFolder& folder, Tally& tally);
/// Timetables with values (*.zip, hexgrid.csv, points_of_interest.csv, transit_*).
bool check_transit(const AccessFolder& folder, Tally& tally);
/// Small cases with exact answers (tiny.json).
bool check_tiny(const AccessFolder& folder, Tally& tally);
/// Networks by formula (synthetic_values.json).
bool check_synthetic(const AccessFolder& folder, Tally& tally);

}  // namespace quartier::oracle
