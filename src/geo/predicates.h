#pragma once
/// The exact answers of domain/predicates.h under the names of this room.

#include "domain/predicates.h"

namespace quartier::geo {

using quartier::boxes_meet;
using quartier::place_in_ring;
using quartier::segments_cross;
using quartier::segments_meet;
using quartier::side_of;

}  // namespace quartier::geo
