#pragma once
/// Private to the viewer: the steps that actions are made of.

#include "viewer/choosing.h"
#include "viewer/view_model.h"

namespace quartier::viewer {

/// What undo would bring back now.
Scene scene_of(const ViewModel& model);

/// Shows a column with all that depends on it. An empty `spec.column` stands for a study without
/// columns: its districts, of which nothing is known.
void show(ViewModel& model, const study::ColumnSpec& spec);

/// Shows the column nearest to `wanted`; nothing where there is none, or it is shown already.
void wish(ViewModel& model, const Choice& wanted, Wish first = Wish::edition);

/// Colours the column anew.
void recolour(ViewModel& model);
/// Words of the tooltip and of the card.
void refresh_words(ViewModel& model);
/// Rows of the ranking; the first ranking there is where the chosen one does not exist.
void refresh_ranking(ViewModel& model);

/// The whole city in the picture, as soon as its size is known.
void fit(ViewModel& model);
/// True where the camera is as `fit` left it.
bool shows_whole(const ViewModel& model);
/// The widest view that makes sense, metres to a pixel.
double widest_view(const ViewModel& model);

/// Goes back to an earlier scene.
void restore(ViewModel& model, const Scene& scene);

/// Takes over a loaded study and shows its shares of its first group, else its first column.
void take_over(ViewModel& model, study::Publication publication);

}  // namespace quartier::viewer
