#include "disclosure/derived.h"

#include "base/number.h"

namespace quartier::disclosure {

bool may_show_share(const Protection& protection, const Policy& policy, GroupIndex group,
                    GroupIndex base, std::size_t district, double base_count) {
  return may_show(protection.at(group, district)) && may_show(protection.at(base, district)) &&
         may_show_rate(policy, base_count);
}

bool may_show_location_quotient(const Protection& protection, const Policy& policy,
                                GroupIndex group, GroupIndex base, std::size_t district,
                                double base_count) {
  return may_show_share(protection, policy, group, base, district, base_count) &&
         may_show(protection.city(group)) && may_show(protection.city(base));
}

bool may_show_composition(const Protection& protection, std::span<const GroupIndex> groups,
                          std::size_t district) {
  for (const GroupIndex group : groups) {
    if (!may_show(protection.at(group, district))) return false;
  }
  return true;
}

bool may_show_rate(const Policy& policy, double base_count) {
  if (!is_defined(base_count)) return true;
  return base_count <= 0.0 || base_count >= static_cast<double>(policy.base());
}

}  // namespace quartier::disclosure
