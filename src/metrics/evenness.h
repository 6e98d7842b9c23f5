#pragma once
/// Evenness: how differently groups are spread over the districts of a study area.
///
/// Every index is 0 where all districts have the composition of the city and 1 where no two groups
/// share a district; none of them depends on the size of the groups. Empty districts change
/// nothing. An index of a group that nobody belongs to is `undefined`, never 0 or 1.

#include <span>
#include <vector>

#include "metrics/columns.h"
#include "metrics/conventions.h"

namespace quartier::metrics {

/// Dissimilarity index D (Duncan & Duncan 1955).
///
///   D = 1/2 · Σ_i | x_i / X − y_i / Y |
///
/// The share of either group that would have to move to another district for both to be
/// spread alike. 0 = spread alike, 1 = no district in common.
///
/// @param group      x_i, persons of the group per district            [n]
/// @param reference  y_i, persons of the comparison group per district [n], same order
/// @returns D in [0, 1]; `undefined` where X or Y is zero
double dissimilarity_index(std::span<const double> group, std::span<const double> reference);

/// What each district adds to D, 1/2 · | x_i / X − y_i / Y | [n]; their sum is D.
/// @returns `undefined` everywhere where X or Y is zero
std::vector<double> dissimilarity_contributions(std::span<const double> group,
                                                std::span<const double> reference);

/// D that chance alone would bring: the mean of D if everyone of both groups lived anywhere with
/// the same probability, P = X / (X + Y) fixed and t_i = x_i + y_i as counted.
///
///   D* = Σ_i E|B_i − t_i P| / (2 T P (1 − P)),  B_i ~ Binomial(t_i, P)
///
/// in closed form after De Moivre (Diaconis & Zabell 1991): E|B − tP| = 2 v C(t,v) P^v
/// (1−P)^(t−v+1) with v = ⌊tP⌋ + 1. Small groups have a large D*; a D near it says nothing about
/// segregation (Winship 1977; Carrington & Troske 1997).
/// @returns D* >= 0; `undefined` where X or Y is zero or a count is not a whole number
double expected_dissimilarity(std::span<const double> group, std::span<const double> reference);

/// Gini index G (Duncan & Duncan 1955; James & Taeuber 1985).
///
///   G = Σ_i Σ_j t_i t_j |p_i − p_j| / (2 T² P (1 − P)),  t = x + y, p_i = x_i / t_i, P = X / T
///
/// Twice the area between the segregation curve and the diagonal; D <= G. Computed by sorting the
/// districts by p; with whole counts exactly, as `exact_gini_index` of gini.h.
/// @returns G in [0, 1]; `undefined` where X or Y is zero
double gini_index(std::span<const double> group, std::span<const double> reference);

/// Theil's entropy index H of two groups (Theil & Finizza 1971).
///
///   H = Σ_i t_i (E − E_i) / (T E),  E = −P ln P − (1 − P) ln(1 − P)
///
/// How much less mixed the districts are, on average over residents, than the city.
/// @returns H in [0, 1]; `undefined` where X or Y is zero
double theil_entropy_index(std::span<const double> group, std::span<const double> reference);

/// Atkinson index A(b) (Atkinson 1970; James & Taeuber 1985; Massey & Denton 1988).
///
///   A(b) = 1 − P / (1 − P) · (Σ_i (1 − p_i)^(1−b) p_i^b t_i / (P T))^(1/(1−b))
///        = 1 − (Σ_i x_i^b y_i^(1−b))^(1/(1−b)) / (X^(b/(1−b)) Y)
///
/// @param b  in (0, 1), which part of the segregation curve weighs: above 1/2 districts where the
///           group prevails, below those where it is rare; at 1/2 the group and the reference may
///           change places
/// @returns A in [0, 1]; `undefined` where X or Y is zero
/// @throws std::logic_error where b is not inside (0, 1)
double atkinson_index(std::span<const double> group, std::span<const double> reference,
                      double b = 0.5);

/// Gorard's segregation index GS (Gorard 2000).
///
///   GS = 1/2 · Σ_i | x_i / X − t_i / T | = D (1 − P)
///
/// The share of the group that would have to move if nobody else did and districts could grow.
/// @returns GS in [0, 1 − P]; `undefined` where X or Y is zero
double gorard_index(std::span<const double> group, std::span<const double> reference);

/// Min-Max index MM (O'Sullivan & Wong 2007).
///
///   MM = 1 − Σ_i min(x_i / X, y_i / Y) / Σ_i max(x_i / X, y_i / Y) = 2 D / (1 + D)
///
/// The share of the two spreads, laid over each other, that does not overlap.
/// @returns MM in [0, 1]; `undefined` where X or Y is zero
double min_max_index(std::span<const double> group, std::span<const double> reference);

/// Dissimilarity of all groups at once (Morgan 1975; Sakoda 1981; Reardon & Firebaugh 2002).
///
///   D = Σ_k Σ_i t_i |p_ik − P_k| / (2 T I),  I = Σ_k P_k (1 − P_k)
///
/// @param groups  K columns [K][n]
/// @returns D in [0, 1]; `undefined` where fewer than two groups have members
double multigroup_dissimilarity(GroupColumns groups);

/// Gini index of all groups at once (Reardon & Firebaugh 2002): the Gini indices of each group
/// against the rest, weighted by P_k (1 − P_k).
///
///   G = Σ_k P_k (1 − P_k) G_k / I
///
/// @returns G in [0, 1]; `undefined` where fewer than two groups have members
double multigroup_gini(GroupColumns groups);

/// Theil's entropy index H of all groups at once (Theil 1972; Reardon & Firebaugh 2002), M / E.
/// @returns H in [0, 1]; `undefined` where fewer than two groups have members
double multigroup_theil_entropy(GroupColumns groups);

/// Relative diversity R of all groups at once (Carlson 1992; Reardon & Firebaugh 2002).
///
///   R = Σ_k Σ_i t_i (p_ik − P_k)² / (T I)
///
/// How much less likely two residents of one district are to differ in group than two of the city.
/// With two groups it is the correlation ratio V.
/// @returns R in [0, 1]; `undefined` where fewer than two groups have members
double multigroup_relative_diversity(GroupColumns groups);

/// Squared coefficient of variation C of all groups at once (Reardon & Firebaugh 2002).
///
///   C = Σ_k Σ_i t_i (p_ik − P_k)² / (P_k T (K − 1))
///
/// Rare groups weigh as much as large ones. Groups that nobody belongs to are left out of the sum,
/// while K stays the number declared.
/// @returns C in [0, 1]; `undefined` where fewer than two groups have members
double multigroup_squared_variation(GroupColumns groups);

/// Mutual information M of district and group (Theil 1971; Mora & Ruiz-Castillo 2011).
///
///   M = Σ_i Σ_k (x_ik / T) ln(p_ik / P_k)
///
/// The mean over residents of the local divergence of their district (the divergence index of
/// Roberto 2016 is the same number). Adds up over levels of districts and of groups; its greatest
/// value depends on the composition of the city.
/// @returns nats in [0, E]; `undefined` where nobody lives
double mutual_information(GroupColumns groups);

/// Information in the unit asked for: bits are nats / ln 2.
double in_unit(double nats, InformationUnit unit);

}  // namespace quartier::metrics
