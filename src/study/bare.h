#pragma once
/// Private to study: files without a study, read as districts and tables of counts.

#include <filesystem>
#include <string>
#include <vector>

#include "io/counts_reader.h"
#include "io/vector_reader.h"
#include "study/check.h"

namespace quartier::study {

/// One polygon layer of a vector file, past the door.
struct BareArea {
  std::string file;
  StudyEdition edition;
  Ledger ledger;
  std::vector<Finding> findings;  ///< of geometry only
};

/// A table read as counts.
struct BareTable {
  std::string file;
  io::RawCounts counts;
  std::vector<Finding> findings;
};

/// How bare tables are read by these answers.
io::BareCountsOptions bare_options(const CheckOptions& options);

io::VectorRequest vector_request(const CheckOptions& options);

/// Every layer of the file that can be read as districts; a layer that cannot is left out, its
/// reason is a finding of io::check_vector_file.
std::vector<BareArea> bare_areas(const std::filesystem::path& file, const CheckOptions& options);

BareTable bare_table(const std::filesystem::path& file, const CheckOptions& options);

}  // namespace quartier::study
