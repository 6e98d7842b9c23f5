#include "metrics/conventions.h"

namespace quartier::metrics {

std::string_view text_of(EmptyDistricts choice) {
  return choice == EmptyDistricts::dropped ? "dropped" : "kept";
}

std::string_view text_of(SelfDistance choice) {
  switch (choice) {
    case SelfDistance::root_of_area:
      return "0.6*sqrt(area)";
    case SelfDistance::root_of_part:
      return "sqrt(0.6*area)";
    case SelfDistance::zero:
      break;
  }
  return "0";
}

std::string_view text_of(Perimeter choice) {
  return choice == Perimeter::full ? "full" : "interior";
}

std::string_view text_of(LargeEnd choice) {
  return choice == LargeEnd::group ? "group" : "reference";
}

std::string_view text_of(ContiguityRule choice) {
  return choice == ContiguityRule::rook ? "rook" : "queen";
}

std::string_view text_of(Ties choice) {
  return choice == Ties::row_order ? "row order" : "together";
}

std::string_view text_of(Islands choice) { return choice == Islands::kept ? "kept" : "dropped"; }

std::string_view text_of(Weighing choice) {
  return choice == Weighing::own_residents ? "own residents" : "smoothed population";
}

std::string_view text_of(Correction choice) {
  switch (choice) {
    case Correction::none:
      return "none";
    case Correction::false_discovery:
      return "false_discovery";
    case Correction::bonferroni:
      break;
  }
  return "bonferroni";
}

}  // namespace quartier::metrics
