#pragma once
/// Probabilities of the count of a group in a district that chance fills (private to the room).

#include <span>
#include <vector>

#include "metrics/null_model.h"

namespace quartier::metrics {

/// A district of `size` residents drawn for a city of `total`, of whom `group` are of the group:
/// x ~ Hypergeometric(total, group, size) under `permutation`, Binomial(size, group / total) under
/// `evenness`. All are whole numbers, 0 < group < total, size <= total.
struct ChanceCount {
  double total = 0.0;
  double group = 0.0;
  double size = 0.0;
  NullModel model = NullModel::permutation;

  [[nodiscard]] double mean() const { return size * (group / total); }
};

/// Binomial probability C(n, x) p^x (1 − p)^(n − x) by Loader's expansion around the saddle point
/// (Loader 2000): relative error near 1e-15 for counts of any size, where log-gamma functions lose
/// all digits.
double binomial_probability(double x, double n, double p);

/// Poisson probability e^−mean mean^x / x!, in the same way.
double poisson_probability(double x, double mean);

/// Probability that the district has x members of the group.
double probability(const ChanceCount& count, double x);

/// E|x − mean|, in closed form. With v = floor(mean) + 1 the sum telescopes:
///
///   2 v (1 − P) P(x = v) under evenness (De Moivre; Diaconis & Zabell 1991),
///   2 v (T − X − t + v) / T · P(x = v) under permutation,
///
/// because (j − t X / T) h(j) = c(j) − c(j + 1) with c(j) = j (T − X − t + j) h(j) / T.
double mean_deviation(const ChanceCount& count);

/// The probabilities that matter: mass[j] belongs to x = first + j.
struct MassTable {
  double first = 0.0;
  std::vector<double> mass;
};

/// Probabilities from the mode outwards by their exact ratios, divided by their sum. Those below
/// 2^-100 of the greatest are left out; as their logarithms are concave, all of them together
/// hold less than 2^-99. `table` is reused.
void fill_mass(const ChanceCount& count, MassTable& table);

/// x ln(x / mean) − x + mean >= 0, without cancellation; mean at x = 0 (Loader 2000).
double deviance(double x, double mean);

/// Districts of one size.
struct SizeClass {
  double size = 0.0;
  double districts = 0.0;
};

/// Distinct sizes with their number of districts, ascending, empty districts left out.
std::vector<SizeClass> size_classes(std::span<const double> totals);

}  // namespace quartier::metrics
