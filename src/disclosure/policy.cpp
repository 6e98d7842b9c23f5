#include "disclosure/policy.h"

#include <cmath>
#include <string>

#include "base/error.h"
#include "base/text.h"

namespace quartier::disclosure {

void check(const Policy& policy) {
  constexpr std::uint32_t highest_threshold = 1000000;
  if (policy.threshold > highest_threshold) {
    throw InputError(
        "disclosure threshold " + std::to_string(policy.threshold) + " would hide every district",
        "3, 5 and 10 are usual");
  }
  if (!(policy.required_width >= 0.0) || !std::isfinite(policy.required_width)) {
    throw InputError(
        "disclosure width " + exact_text(policy.required_width) + " is not a number of persons",
        "give 0 for the usual width, the threshold less 1");
  }
}

}  // namespace quartier::disclosure
