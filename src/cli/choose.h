#pragma once
/// Choosing a column of a publication by what the user named.

#include <CLI/CLI.hpp>
#include <string>

#include "study/publication.h"

namespace quartier::cli {

/// --show, --group, --reference, --date, --service, --districts.
struct ColumnChoice {
  std::string column{};
  std::string group{};
  std::string date{};
  std::string service{};
  std::string districts{};
};

/// The column meant: where a part is not named, the study's first group and service and the latest
/// date. @throws InputError naming what does not exist, and what there is
const study::ColumnSpec& chosen_column(const study::Publication& publication,
                                       const ColumnChoice& choice);

/// The id of a group named by id or label; empty stays empty. @throws InputError
std::string group_id(const study::Publication& publication, const std::string& name);

}  // namespace quartier::cli
