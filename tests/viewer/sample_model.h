#pragma once
/// A small synthetic city, loaded once for all tests of the viewer.

#include "viewer/actions.h"

namespace quartier::test {

/// The study file of a sample city of 24 districts.
const std::filesystem::path& sample_study();

/// A model with that city on a map of 800 x 600 pixels.
viewer::ViewModel sample_model();

}  // namespace quartier::test
