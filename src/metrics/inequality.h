#pragma once
/// Inequality: how unequally access is spread over people, whatever their group.
///
/// People are counted where they live, and everybody of a district has its access: inequality
/// within districts is not seen. Districts without people, and those with undefined access, take no
/// part. Access is 0 or more; where some people have infinite access (a cost without a way) there
/// is no mean, and only measures of poverty are defined.

#include <cstdint>
#include <span>

#include "base/number.h"

namespace quartier::metrics {

/// Gini index of access (Lerman & Yitzhaki 1984).
///
///   G = 1 − Σ_k w_k (L_k + L_(k−1)) = 2/μ · Σ_k w_k (r_k − 1/2)(a_k − μ)
///
/// Districts by rising access; w_k = share of people, L_k = cumulative share of people times
/// access, r_k = share of people before + w_k / 2, μ the mean over people. Computed in the second
/// form, which keeps its digits where access is nearly equal.
///
/// @param people  P_i, 0 or more [n]
/// @param access  a_i            [n]
/// @returns 0: the same for all; `undefined` where nobody is counted or μ is 0 or infinite
double access_gini(std::span<const double> people, std::span<const double> access);

/// How people with the same rank are ordered.
enum class RankTies : std::uint8_t {
  mean_rank,  ///< all at the middle of the people they are, so that the order of rows is no matter
  row_order,  ///< one district after the other
};

/// Concentration of access along a ranking of people, by income for example.
struct Concentration {
  double standard = undefined;   ///< C (Kakwani 1977; Wagstaff et al. 1991)
  double corrected = undefined;  ///< 4 μ C / (max − min) (Erreygers 2009)
};

/// Concentration index (Kakwani 1977; van Doorslaer & Koolman 2004).
///
///   C = 2/μ · Σ_i w_i (r_i − 1/2)(a_i − μ)
///
/// r_i as for Gini, in the order of the ranking. > 0: those who rank high have more. `corrected`
/// makes indices of bounded measures of different means comparable; max and min run over the
/// districts that take part.
///
/// @param ranking  what people are ordered by, least first [n]; `undefined`: takes no part
/// @returns both `undefined` where μ is; `corrected` also where all have the same access
Concentration access_concentration(std::span<const double> people, std::span<const double> access,
                                   std::span<const double> ranking,
                                   RankTies ties = RankTies::mean_rank);

/// Quantile of values that stand for many people, as in Hmisc's default type (Harrell 2023).
///
/// The value at position 1 + (N − 1) p of the values each repeated P_i times, N = Σ P_i, linear
/// between neighbours. Parts of persons are allowed: a value fills its part of the line.
///
/// @param p  0 to 1
/// @returns `undefined` where nobody is counted
double people_quantile(std::span<const double> people, std::span<const double> values, double p);

/// Palma ratio (Palma 2011): mean access of the highest tenth over that of the lowest four tenths.
///
///   (mean of a where ranking > q_0.9) / (mean of a where ranking <= q_0.4)
///
/// q are `people_quantile`s of the ranking. Districts are not cut: with few of them the two sides
/// hold more or less than a tenth and four tenths of people.
///
/// @param ranking  as above; hand it the access itself to compare the best served with the worst
/// @returns `undefined` where either side is empty or has no mean, or the lower mean is 0
double access_palma(std::span<const double> people, std::span<const double> access,
                    std::span<const double> ranking);

/// Theil's T and its two parts.
struct TheilParts {
  double total = undefined;
  double between = undefined;  ///< as if everybody had the mean of their category
  double within = undefined;   ///< Σ_g s_g T_g, s_g the category's share of people times access
};

/// Theil index of access (Theil 1967).
///
///   T = Σ_i w_i (a_i / μ) ln(a_i / μ) = between + within,   0 ln 0 = 0
///
/// @param category  of each district, 0 or more [n]; empty: one category, all is within
/// @returns nats; 0: the same for all; all `undefined` where μ is 0 or infinite
TheilParts access_theil(std::span<const double> people, std::span<const double> access,
                        std::span<const std::uint32_t> category);

/// On which side of the line people are poor.
enum class PoorSide : std::uint8_t {
  below,  ///< too little: places, services
  above,  ///< too much: costs
};

/// Foster-Greer-Thorbecke measures, each a mean over people in [0, 1].
struct AccessPoverty {
  double share = undefined;     ///< FGT 0, the share of people who are poor
  double gap = undefined;       ///< FGT 1, their mean shortfall, 0 for those who are not poor
  double severity = undefined;  ///< FGT 2, the same squared: the worst off weigh most
};

/// Access poverty (Foster, Greer & Thorbecke 1984).
///
///   FGT_k = Σ_i P_i s_i^k / Σ_i P_i over the poor, strictly beyond the line z
///   s_i = (z − a_i) / z where a_i < z (`below`);   s_i = (a_i − z) / a_i where a_i > z (`above`)
///
/// The shortfall of a cost is that of 1 / a_i under the line 1 / z (the bounded measure of Peichl,
/// Schaefer & Scheicher 2010): twice the line is half way to having no access, and people without
/// any way, +inf, have a shortfall of 1.
///
/// @param line  z > 0, in the unit of access
/// @returns all `undefined` where nobody is counted or the line is not a positive number
AccessPoverty access_poverty(std::span<const double> people, std::span<const double> access,
                             double line, PoorSide side);

}  // namespace quartier::metrics
