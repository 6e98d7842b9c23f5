#include "metrics/environment.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "base/error.h"
#include "base/number.h"
#include "base/parallel.h"
#include "metrics/environment_sweep.h"
#include "metrics/sums.h"

namespace quartier::metrics {
namespace {

constexpr std::array<std::string_view, 5> kind_ids{"own", "kernel", "nearest_people",
                                                   "nearest_districts", "street"};

std::string shortest(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.10g", value);
  return text.data();
}

bool needs_places(EnvironmentKind kind) {
  return kind != EnvironmentKind::own && kind != EnvironmentKind::street;
}

/// A limit (k) that is usable.
void check_limit(double limit, std::string_view what, std::string_view way_out) {
  if (std::isfinite(limit) && limit > 0.0) return;
  throw InputError("environment", std::string(what) + " of " + shortest(limit),
                   std::string(way_out));
}

}  // namespace

EnvironmentSpec own_environment() { return {}; }

EnvironmentSpec kernel_environment(const Kernel& kernel) {
  EnvironmentSpec spec;
  spec.kind = EnvironmentKind::kernel;
  spec.kernel = kernel;
  return spec;
}

EnvironmentSpec nearest_people(double persons, TieRule ties) {
  EnvironmentSpec spec;
  spec.kind = EnvironmentKind::nearest_people;
  spec.persons = persons;
  spec.ties = ties;
  return spec;
}

EnvironmentSpec nearest_districts(double districts, TieRule ties) {
  EnvironmentSpec spec;
  spec.kind = EnvironmentKind::nearest_districts;
  spec.districts = districts;
  spec.ties = ties;
  return spec;
}

EnvironmentSpec street_environment(const StreetReach& reach, const Kernel& kernel) {
  EnvironmentSpec spec;
  spec.kind = EnvironmentKind::street;
  spec.kernel = kernel;
  spec.reach = &reach;
  return spec;
}

EnvironmentSpec at_scale(EnvironmentSpec spec, double scale) {
  switch (spec.kind) {
    case EnvironmentKind::own:
      break;
    case EnvironmentKind::kernel:
    case EnvironmentKind::street:
      spec.kernel.bandwidth_m = scale;
      break;
    case EnvironmentKind::nearest_people:
      spec.persons = scale;
      break;
    case EnvironmentKind::nearest_districts:
      spec.districts = scale;
      break;
  }
  return spec;
}

double environment_size(const EnvironmentSpec& spec) {
  switch (spec.kind) {
    case EnvironmentKind::own:
      break;
    case EnvironmentKind::kernel:
    case EnvironmentKind::street:
      return spec.kernel.bandwidth_m;
    case EnvironmentKind::nearest_people:
      return spec.persons;
    case EnvironmentKind::nearest_districts:
      return spec.districts;
  }
  return 0.0;
}

std::vector<std::vector<double>> environment_counts(GroupColumns groups,
                                                    std::span<const Point> places,
                                                    const EnvironmentSpec& spec) {
  const std::size_t n = district_count(groups);
  check_environment(spec, places.size());
  expects(!needs_places(spec.kind) || places.size() == n,
          "environment_counts: a place for each district");
  std::vector<std::vector<double>> columns(groups.size(), std::vector<double>(n, undefined));
  const CellOrder order = environment_order(groups, places, spec);
  sweep_environments(order, spec, std::array{environment_size(spec)}, [&](const SweepBlock& block) {
    for (std::size_t p = block.begin; p < block.end; ++p) {
      const double* counts = block.of(0, p);
      for (std::size_t k = 0; k < columns.size(); ++k) {
        columns[k][order.district[p]] = counts[k];
      }
    }
  });
  return columns;
}

std::vector<std::vector<double>> compositions_of(std::vector<std::vector<double>> counts) {
  const std::size_t n = counts.empty() ? 0 : counts.front().size();
  for_chunks(n, sum_grain, [&](std::size_t, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      double sum = 0.0;
      for (const auto& column : counts) sum += column[i];
      for (auto& column : counts) column[i] = sum > 0.0 ? column[i] / sum : undefined;
    }
  });
  return counts;
}

void check_environment(const EnvironmentSpec& spec, std::size_t place_count) {
  if (needs_places(spec.kind) && place_count == 0) {
    throw InputError("environment", "the districts have no positions",
                     "give a layer of districts, or choose the environment \"own\"");
  }
  switch (spec.kind) {
    case EnvironmentKind::own:
      break;
    case EnvironmentKind::kernel:
      check_kernel(spec.kernel);
      break;
    case EnvironmentKind::nearest_people:
      check_limit(spec.persons, "the nearest people with k", "give a number of persons above 0");
      break;
    case EnvironmentKind::nearest_districts:
      check_limit(spec.districts, "the nearest districts with k",
                  "give a whole number of districts above 0; 1 is the district itself");
      if (spec.districts != std::floor(spec.districts)) {
        throw InputError("environment",
                         "the nearest districts with k of " + shortest(spec.districts),
                         "give a whole number of districts");
      }
      break;
    case EnvironmentKind::street:
      check_kernel(spec.kernel);
      if (spec.reach == nullptr) {
        throw InputError("environment", "there are no distances along the streets",
                         "give a layer of streets, or choose the environment \"kernel\"");
      }
      if (kernel_reach(spec.kernel, 0) > spec.reach->limit_m + same_distance_m &&
          kernel_reach(spec.kernel, 0) < unreachable) {
        throw InputError("environment",
                         "a bandwidth of " + shortest(spec.kernel.bandwidth_m) +
                             " m, while streets were searched to " + shortest(spec.reach->limit_m) +
                             " m",
                         "search the streets as far as the bandwidth");
      }
      break;
  }
}

std::string environment_caution(GroupColumns groups, std::span<const Point> places,
                                const EnvironmentSpec& spec) {
  std::string caution;
  const auto say = [&](const std::string& text) {
    caution += (caution.empty() ? "" : "; ") + text;
  };
  if (spec.kind == EnvironmentKind::kernel) {
    const Box box = extent_of(places);
    const double extent = std::hypot(box.max_x - box.min_x, box.max_y - box.min_y);
    if (spec.kernel.bandwidth_m > extent) {
      say("the bandwidth is larger than the city (" + shortest(std::ceil(extent)) +
          " m across): surroundings differ little from district to district");
    }
  } else if (spec.kind == EnvironmentKind::nearest_people) {
    double everybody = 0.0;
    for (const double persons : group_totals(groups)) everybody += persons;
    if (spec.persons > everybody) {
      say("k is larger than the population (" + shortest(everybody) +
          " persons): every environment is the whole city");
    }
  } else if (spec.kind == EnvironmentKind::nearest_districts) {
    const std::size_t n = district_count(groups);
    if (spec.districts > static_cast<double>(n)) {
      say("k is larger than the number of districts (" + std::to_string(n) +
          "): every environment is the whole city");
    }
  }
  if (needs_places(spec.kind)) {
    std::size_t without = 0;
    for (const Point& place : places) without += has_position(place) ? 0U : 1U;
    if (without > 0) say(std::to_string(without) + " districts without a position left out");
  }
  return caution;
}

std::string text_of(const EnvironmentSpec& spec) {
  std::string text = "environment=" + std::string(id_of(spec.kind));
  switch (spec.kind) {
    case EnvironmentKind::own:
      break;
    case EnvironmentKind::kernel:
      text += "; " + text_of(spec.kernel);
      if (std::isfinite(kernel_reach(spec.kernel, exact_kernel_districts + 1)) &&
          !std::isfinite(kernel_reach(spec.kernel, 0))) {
        text += "; least_weight=" + shortest(spec.kernel.least_weight) + " above " +
                std::to_string(exact_kernel_districts) + " districts";
      }
      break;
    case EnvironmentKind::nearest_people:
      text += "; persons=" + shortest(spec.persons) + "; ties=" + std::string(id_of(spec.ties));
      break;
    case EnvironmentKind::nearest_districts:
      text += "; districts=" + shortest(spec.districts) + "; ties=" + std::string(id_of(spec.ties));
      break;
    case EnvironmentKind::street:
      text += "; " + text_of(spec.kernel);
      if (spec.reach != nullptr) text += "; street_limit_m=" + shortest(spec.reach->limit_m);
      break;
  }
  return text;
}

std::string_view id_of(EnvironmentKind kind) { return kind_ids[static_cast<std::size_t>(kind)]; }

std::optional<EnvironmentKind> environment_kind_of(std::string_view id) {
  for (std::size_t k = 0; k < kind_ids.size(); ++k) {
    if (kind_ids[k] == id) return static_cast<EnvironmentKind>(k);
  }
  return std::nullopt;
}

std::string_view id_of(TieRule rule) {
  return rule == TieRule::ring_atomic ? "ring_atomic" : "row_order";
}

}  // namespace quartier::metrics
