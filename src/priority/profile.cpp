#include "priority/profile.h"

#include <cmath>
#include <unordered_set>

#include "base/error.h"
#include "base/text.h"

namespace quartier::priority {
namespace {

std::string named(const PriorityProfile& profile, const PriorityItem& item) {
  return "priority profile '" + profile.id + "', indicator '" + item.indicator + "': ";
}

bool has_reason(const PriorityItem& item) { return !trimmed(item.reason).empty(); }

[[noreturn]] void refuse_composition(const PriorityProfile& profile, const PriorityItem& item) {
  throw InputError(
      named(profile, item) +
          "says who lives in a district, not how they fare, and enters only with a written reason",
      "leave it out, as Berlin's monitor does, or give the item a `reason`; it is printed first "
      "(rules by origin alone can discriminate: EU Court of Justice, C-417/23)");
}

}  // namespace

std::string_view id_of(Normalisation normalisation) {
  for (const NormalisationEntry& entry : normalisation_table) {
    if (entry.normalisation == normalisation) return entry.id;
  }
  return {};
}

Normalisation normalisation_from(std::string_view id) {
  std::vector<std::string> known;
  for (const NormalisationEntry& entry : normalisation_table) {
    if (entry.id == id) return entry.normalisation;
    known.emplace_back(entry.id);
  }
  const std::string nearest = nearest_word(id, known);
  throw InputError(
      "unknown normalisation '" + display_safe(id) + "'",
      nearest.empty() ? "known are " + joined(known, ", ") : "did you mean '" + nearest + "'?");
}

void check(const PriorityProfile& profile) {
  const std::string place = "priority profile '" + profile.id + "': ";
  if (profile.items.empty()) {
    throw InputError(place + "has no indicators", "list at least one, with direction and weight");
  }
  if (!(profile.minimum_coverage >= 0.0 && profile.minimum_coverage <= 1.0)) {
    throw InputError(
        place + "minimum coverage " + exact_text(profile.minimum_coverage) + " is not a share",
        "give 0 to 1; 0.5 ranks districts with data for half of the weight");
  }
  std::unordered_set<std::string> seen;
  double ranked_weight = 0.0;
  for (const PriorityItem& item : profile.items) {
    if (item.indicator.empty()) {
      throw InputError(place + "an item names no indicator", "give the id of an indicator");
    }
    if (!seen.insert(item.indicator).second) {
      throw InputError(named(profile, item) + "is listed twice", "keep one, with the whole weight");
    }
    if (!std::isfinite(item.weight) || item.weight < 0.0) {
      throw InputError(
          named(profile, item) + "weight " + exact_text(item.weight) + " is not 0 or more",
          "turn an indicator round by its direction, not by a negative weight");
    }
    if (item.composition && !has_reason(item)) refuse_composition(profile, item);
    if (profile.levers.includes(item.lever)) ranked_weight += item.weight;
  }
  if (!(ranked_weight > 0.0) || !std::isfinite(ranked_weight)) {
    throw InputError(place + "the weights of the ranked indicators do not sum to more than 0",
                     "give a weight to an indicator whose lever is with the city or the region");
  }
}

void check_composition(const PriorityProfile& profile,
                       std::span<const Indicator* const> indicators) {
  expects(indicators.size() == profile.items.size(), "check_composition: one indicator per item");
  for (std::size_t k = 0; k < indicators.size(); ++k) {
    if (indicators[k] == nullptr || !indicators[k]->composition) continue;
    const PriorityItem& item = profile.items[k];
    if (!item.composition || !has_reason(item)) refuse_composition(profile, item);
  }
}

std::vector<std::size_t> composition_items(const PriorityProfile& profile) {
  std::vector<std::size_t> items;
  for (std::size_t k = 0; k < profile.items.size(); ++k) {
    if (profile.items[k].composition) items.push_back(k);
  }
  return items;
}

std::vector<std::size_t> asked_items(const PriorityProfile& profile) {
  std::vector<std::size_t> items;
  for (std::size_t k = 0; k < profile.items.size(); ++k) {
    if (!profile.levers.includes(profile.items[k].lever)) items.push_back(k);
  }
  return items;
}

}  // namespace quartier::priority
