#pragma once
/// Private to the viewer: from a wish to the column that is nearest to it, and to what else can be
/// chosen beside it.

#include <string_view>

#include "viewer/view_model.h"

namespace quartier::viewer {

/// Which part of a wish counts most where not all of them can be met.
enum class Wish : std::uint8_t { edition, date };

/// The column of the catalogue called `wanted.column` that shares most with the wish; where the
/// group is not among its groups the study's first one is preferred, where the date is not, the
/// latest one before it, else the earliest after it. nullptr where there is no such column.
const study::ColumnSpec* nearest_column(const study::Publication& publication, const Choice& wanted,
                                        Wish first = Wish::edition);

Choice choice_of(const study::ColumnSpec& spec);

/// Menus for the column `spec`.
Menus menus_for(const study::Publication& publication, const study::ColumnSpec& spec);

/// The date of counts to take residents and shares from: `date` where the edition has counts of it,
/// else the latest before it, else its last; empty where the edition has no counts.
std::string counts_date(const study::Edition& edition, std::string_view date);

/// `colouring` less what does not suit the column (a palette for kinds on a column of numbers).
report::ColumnMapOptions suitable(const Colouring& colouring, const study::ColumnSpec& spec);

}  // namespace quartier::viewer
