#include "metrics/kernel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "base/error.h"
#include "metrics/kernel_lanes.h"

namespace quartier::metrics {
namespace {

constexpr std::array<std::string_view, 6> shape_ids{"uniform",  "triangular", "epanechnikov",
                                                    "biweight", "gaussian",   "exponential"};

std::string shortest(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.10g", value);
  return text.data();
}

}  // namespace

Kernel decay_per_km(double power, double longest_km) {
  return {KernelShape::exponential, 1000.0 / power, 1000.0 * longest_km};
}

double kernel_reach(const Kernel& kernel, std::size_t district_count) {
  double reach = std::numeric_limits<double>::infinity();
  if (kernel.shape == KernelShape::gaussian || kernel.shape == KernelShape::exponential) {
    if (district_count > exact_kernel_districts && kernel.least_weight > 0.0) {
      const double exponent = -std::log(kernel.least_weight);
      reach = kernel.bandwidth_m *
              (kernel.shape == KernelShape::gaussian ? std::sqrt(2.0 * exponent) : exponent);
    }
  } else {
    reach = kernel.bandwidth_m;
  }
  return std::min(reach, kernel.longest_m);
}

double kernel_weight(const Kernel& kernel, double metres) {
  const double square = metres * metres;
  double weight = 0.0;
  weigh(lane_of(kernel, kernel_reach(kernel, 0)), &square, 1, &weight);
  return weight;
}

void check_kernel(const Kernel& kernel) {
  if (!std::isfinite(kernel.bandwidth_m) || kernel.bandwidth_m <= 0.0) {
    throw InputError("environment", "a bandwidth of " + shortest(kernel.bandwidth_m) + " m",
                     "give a bandwidth in metres above 0; for no surroundings at all choose the "
                     "environment \"own\"");
  }
  if (std::isnan(kernel.longest_m) || kernel.longest_m < 0.0) {
    throw InputError("environment", "a longest distance of " + shortest(kernel.longest_m) + " m",
                     "give a distance in metres, or none");
  }
  if (!(kernel.least_weight >= 0.0 && kernel.least_weight < 1.0)) {
    throw InputError("environment", "a least weight of " + shortest(kernel.least_weight),
                     "give a number from 0 (nobody is left out) to less than 1");
  }
}

std::string_view id_of(KernelShape shape) { return shape_ids[static_cast<std::size_t>(shape)]; }

std::optional<KernelShape> kernel_shape_of(std::string_view id) {
  for (std::size_t s = 0; s < shape_ids.size(); ++s) {
    if (shape_ids[s] == id) return static_cast<KernelShape>(s);
  }
  return std::nullopt;
}

std::string text_of(const Kernel& kernel) {
  std::string text = "kernel=" + std::string(id_of(kernel.shape)) +
                     "; bandwidth_m=" + shortest(kernel.bandwidth_m);
  if (std::isfinite(kernel.longest_m)) text += "; longest_m=" + shortest(kernel.longest_m);
  return text;
}

}  // namespace quartier::metrics
