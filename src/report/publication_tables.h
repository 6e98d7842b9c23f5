#pragma once
/// The tables of a publication, by the names of their files. Everything here has passed the gate.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "study/publication.h"

namespace quartier::report {

std::string segregation_csv(const study::Publication& publication);
std::string access_csv(const study::Publication& publication);
std::string priorities_csv(const study::Publication& publication);
/// `unreached.csv`: every district without full access to a service, and why,
/// `districts,district,name,service,reason,origins,of,nearest,unit`.
/// @param services  ids; all where empty
std::string unreached_csv(const study::Publication& publication,
                          const std::vector<std::string>& services = {});
std::string findings_csv(const study::Publication& publication);
std::string ledger_csv(const study::Publication& publication);

/// `levels.csv`: persons of every group in every larger area at the latest date of each edition,
/// `date,level,area,name,group,persons,status`.
std::string levels_csv(const study::Publication& publication);

/// `districts.csv` in pieces, column by column of the catalogue: `write` is called with each, the
/// header first. Only one column is held at a time.
/// @param wanted  which columns; all where empty
void districts_csv(const study::Publication& publication,
                   const std::function<void(std::string_view)>& write,
                   const std::function<bool(const study::ColumnSpec&)>& wanted = {});

/// `run.json`; `versions` are those of the program and its libraries.
std::string run_json(const study::Publication& publication,
                     const std::vector<study::Parameter>& versions);

}  // namespace quartier::report
