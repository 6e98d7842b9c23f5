#pragma once
/// Compares everything that a folder expects with the engine's results.

#include <filesystem>

#include "oracle/report.h"

namespace quartier::oracle {

/// Rows of values_reference.csv and columns of local_reference*.csv.
/// @throws InputError naming the file that cannot be used
void check_folder(const std::filesystem::path& folder, Report& report);

/// Keys of fixtures.json. @throws InputError likewise
void check_fixtures(const std::filesystem::path& folder, Report& report);

}  // namespace quartier::oracle
