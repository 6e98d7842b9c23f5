#include "study/reach.h"

#include <algorithm>

namespace quartier::study {
namespace {

std::vector<std::uint8_t> secrets_of(const Study& study, const Gate& gate, std::uint32_t edition,
                                     const std::vector<std::size_t>& dates,
                                     const std::vector<GroupIndex>& groups) {
  const StudyEdition& area = study.editions[edition];
  std::vector<std::uint8_t> secret(area.area.districts.size(), 0);
  for (const std::size_t date : dates) {
    for (const GroupIndex group : groups) {
      for (std::size_t i = 0; i < secret.size(); ++i) {
        if (is_secret(gate.table(edition, date), area.counts[date], group, i)) secret[i] = 1;
      }
    }
  }
  return secret;
}

}  // namespace

Reach reach_of(const metrics::MetricEntry& entry) {
  const metrics::Needs& needs = entry.needs;
  if (needs.environment || needs.districts || needs.parents || needs.earlier || needs.whole_city) {
    return Reach::city;
  }
  return needs.weights || needs.contiguity ? Reach::neighbours : Reach::district;
}

std::vector<std::uint8_t> made_from_hidden(const Study& study, const Gate& gate,
                                           std::uint32_t edition,
                                           const std::vector<std::size_t>& dates,
                                           const std::vector<GroupIndex>& groups, Reach reach) {
  if (reach == Reach::district) return {};
  const std::vector<std::uint8_t> secret = secrets_of(study, gate, edition, dates, groups);
  if (std::find(secret.begin(), secret.end(), 1) == secret.end()) return {};
  if (reach == Reach::city) return std::vector<std::uint8_t>(secret.size(), 1);
  std::vector<std::uint8_t> touched = secret;
  const Contiguity& near = study.editions[edition].contiguity;
  for (std::size_t i = 0; i < touched.size(); ++i) {
    for (std::uint32_t k = near.start[i]; k < near.start[i + 1]; ++k) {
      touched[i] = std::max(touched[i], secret[near.neighbour[k]]);
    }
  }
  return touched;
}

}  // namespace quartier::study
