#pragma once
/// How people travel, and how far counts as within reach, in words.

#include <string>
#include <string_view>
#include <vector>

namespace quartier::report {

/// The parameters of a measure of access as a sentence without its point:
/// "Along the streets on foot, from the junctions of each district; within 800 m". Empty where they
/// do not say how people travel. What is not known here is told as it stands.
std::string travel_in_words(std::string_view parameters);

/// The same of several measures: what they share is told once.
std::string travel_in_words(const std::vector<std::string>& parameters);

}  // namespace quartier::report
