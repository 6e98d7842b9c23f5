#include "domain/indicators.h"

namespace quartier {

std::string_view id_of(Dimension dimension) {
  switch (dimension) {
    case Dimension::legal_political:
      return "legal-political";
    case Dimension::socio_economic:
      return "socio-economic";
    case Dimension::cultural_religious:
      return "cultural-religious";
  }
  return {};
}

std::string_view id_of(Domain domain) {
  switch (domain) {
    case Domain::labour:
      return "labour";
    case Domain::education:
      return "education";
    case Domain::housing:
      return "housing";
    case Domain::health:
      return "health";
    case Domain::legal_political:
      return "legal-political";
    case Domain::cultural_religious:
      return "cultural-religious";
  }
  return {};
}

std::string_view id_of(Direction direction) {
  return direction == Direction::high_is_urgent ? "high-is-urgent" : "low-is-urgent";
}

std::string_view id_of(Lever lever) {
  switch (lever) {
    case Lever::city:
      return "city";
    case Lever::region:
      return "region";
    case Lever::nation:
      return "nation";
  }
  return {};
}

std::string_view label_of(Dimension dimension) {
  switch (dimension) {
    case Dimension::legal_political:
      return "Legal-political";
    case Dimension::socio_economic:
      return "Socio-economic";
    case Dimension::cultural_religious:
      return "Cultural-religious";
  }
  return {};
}

std::string_view label_of(Domain domain) {
  switch (domain) {
    case Domain::labour:
      return "Labour";
    case Domain::education:
      return "Education";
    case Domain::housing:
      return "Housing";
    case Domain::health:
      return "Health";
    case Domain::legal_political:
      return "Legal-political";
    case Domain::cultural_religious:
      return "Cultural-religious";
  }
  return {};
}

std::string_view label_of(Direction direction) {
  return direction == Direction::high_is_urgent ? "high values are urgent"
                                                : "low values are urgent";
}

std::string_view label_of(Lever lever) {
  switch (lever) {
    case Lever::city:
      return "City";
    case Lever::region:
      return "Region";
    case Lever::nation:
      return "Nation";
  }
  return {};
}

Dimension dimension_of(Domain domain) {
  switch (domain) {
    case Domain::legal_political:
      return Dimension::legal_political;
    case Domain::cultural_religious:
      return Dimension::cultural_religious;
    case Domain::labour:
    case Domain::education:
    case Domain::housing:
    case Domain::health:
      break;
  }
  return Dimension::socio_economic;
}

}  // namespace quartier
