#pragma once
/// Access: what the residents of each district can reach, and at what cost.
///
/// All measures read domain `TravelCosts`: costs t_ij in whole units of the way from origins to the
/// sites of one service, found by one search. Cutoffs, parameters of decays and results are in the
/// unit shown to people, metres or minutes. Cutoffs are inclusive: a site exactly at the cutoff
/// counts. A pair that is not listed weighs 0. A cutoff beyond the limit of the search is an
/// `InputError`; where an answer without a cutoff may lie beyond that limit it is `undefined`.
///
/// Supplies S_j and demands P_i are 0 or more; a site without supply is closed. Sums of an origin
/// run in the order of sites, sums of a site in fixed lanes over origins: the same bits for both
/// forms of the costs and any number of threads.

#include "metrics/access_buffer.h"         // IWYU pragma: export
#include "metrics/access_catchment.h"      // IWYU pragma: export
#include "metrics/access_composite.h"      // IWYU pragma: export
#include "metrics/access_constrained.h"    // IWYU pragma: export
#include "metrics/access_multicost.h"      // IWYU pragma: export
#include "metrics/access_opportunities.h"  // IWYU pragma: export
#include "metrics/access_placement.h"      // IWYU pragma: export
