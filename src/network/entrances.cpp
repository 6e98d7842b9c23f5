#include "network/entrances.h"

#include <algorithm>

#include "network/node_order.h"

namespace quartier::network {

Entrances Entrances::of(std::span<const SnappedPlaces* const> sets) {
  Entrances entrances;
  std::vector<std::uint64_t> words;
  for (const SnappedPlaces* places : sets) {
    for (std::size_t p = 0; p < places->size(); ++p) {
      const std::uint64_t member = entrances.leg.size();
      entrances.leg.push_back(places->leg[p]);
      if (places->node[p] == no_index) continue;
      words.push_back(std::uint64_t{places->node[p]} << 32U | member);
      if (words.size() == 1) entrances.least_leg = places->leg[p];
      entrances.least_leg = std::min(entrances.least_leg, places->leg[p]);
    }
  }
  sort_by_key(words);
  for (const std::uint64_t word : words) {
    const auto node = static_cast<std::uint32_t>(word >> 32U);
    if (entrances.node.empty() || entrances.node.back() != node) {
      entrances.node.push_back(node);
      entrances.start.push_back(static_cast<std::uint32_t>(entrances.member.size()));
    }
    entrances.member.push_back(static_cast<std::uint32_t>(word));
  }
  entrances.start.push_back(static_cast<std::uint32_t>(entrances.member.size()));
  return entrances;
}

}  // namespace quartier::network
