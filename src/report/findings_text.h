#pragma once
/// Findings, ledgers and the record of a run, for the terminal and as JSON.

#include <span>
#include <string>
#include <vector>

#include "base/finding.h"
#include "study/publication.h"

namespace quartier::report {

/// Findings as an aligned table, what was rejected first, otherwise in the order given, and one
/// line of totals; "No findings." where there are none.
std::string findings_table(std::span<const Finding> findings);

/// The accounts of all files as an aligned table: read = used + excluded + rejected, with a mark
/// where that does not hold.
std::string ledger_table(std::span<const Ledger> ledgers);

/// `{"findings": [...], "ledgers": [...], "rejected": bool}`: what `quartier check` found, for
/// scripts. Keys in fixed order, two blanks of indent, LF at the end; bytes that are not UTF-8
/// become U+FFFD.
std::string check_json(std::span<const Finding> findings, std::span<const Ledger> ledgers);

/// What a run was made of.
struct RunRecord {
  std::string title;
  bool synthetic = false;
  std::vector<study::Parameter> versions;    ///< program and libraries
  std::vector<study::Parameter> parameters;  ///< settings that decided results
  std::vector<study::InputFile> inputs;
};

/// `run.json`: title, versions, parameters, and every input with layer, size and SHA-256, in the
/// order given. Says nothing of time, machine or folders, so the same run gives the same text.
std::string run_json(const RunRecord& record);

}  // namespace quartier::report
