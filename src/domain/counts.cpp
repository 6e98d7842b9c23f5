#include "domain/counts.h"

#include <algorithm>

namespace quartier {

bool CountColumn::all_known() const { return unknown_count() == 0; }

std::size_t CountColumn::unknown_count() const {
  return hidden.size() -
         static_cast<std::size_t>(std::count(hidden.begin(), hidden.end(), std::uint16_t{0}));
}

}  // namespace quartier
