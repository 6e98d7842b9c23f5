#include "study/sample/names.h"

#include <array>
#include <string_view>

#include "study/sample/noise.h"

namespace quartier::study::sample {
namespace {

constexpr auto beginnings = std::to_array<std::string_view>(
    {"Al",  "Bra", "Bel",  "Car", "Dor", "El",   "Fal", "Gren", "Hal", "Ist",
     "Jor", "Kal", "Lin",  "Mar", "Nor", "Os",   "Pel", "Quen", "Ros", "Sel",
     "Tor", "Ul",  "Ven",  "Wes", "Yar", "Zel",  "Vé",  "Łan",  "Şir", "Öst",
     "Bré", "Kro", "Stan", "Fen", "Mil", "Thor", "Ash", "Lun",  "Oak", "Win"});
constexpr auto middles = std::to_array<std::string_view>(
    {"",     "",   "",   "",   "a",  "e",   "i",  "o",   "den", "ler",
     "ming", "ra", "ne", "ğa", "li", "ven", "ro", "ter", "san", "ły"});
constexpr auto endings = std::to_array<std::string_view>(
    {"by",   "dale",  "feld", "gate", "ham",   "holm", "hurst",  "kirk", "lee",  "mont",
     "mere", "mark",  "now",  "port", "ridge", "stad", "thorpe", "vale", "wick", "worth",
     "ford", "brook", "sel",  "ton",  "court", "wood", "öy",     "más"});
constexpr auto directions = std::to_array<std::string_view>(
    {"North ", "South ", "East ", "West ", "Upper ", "Lower ", "Old ", "New ", "Inner "});
constexpr auto places = std::to_array<std::string_view>(
    {" Hill", " Green", " Market", " Heath", " Cross", " Bridge", " Gardens", " Square"});

template <typename Table>
std::string_view pick(RandomStream& stream, const Table& table) {
  return table[stream.below(static_cast<std::uint32_t>(table.size()))];
}

std::string with_use(std::string root, LandUse use, RandomStream& stream) {
  switch (use) {
    case LandUse::park:
      return root + (stream.below(2) == 0 ? " Park" : " Woods");
    case LandUse::industry:
      return root + (stream.below(2) == 0 ? " Works" : " Trading Estate");
    case LandUse::harbour:
      return root + " Harbour";
    case LandUse::airport:
      return root + " Airport";
    case LandUse::residential:
      break;
  }
  const double shape = stream.uniform();
  if (shape < 0.14) return std::string(pick(stream, directions)) + root;
  if (shape < 0.30) return root + std::string(pick(stream, places));
  return root;
}

}  // namespace

std::string Namer::next(LandUse use) {
  RandomStream stream = stream_of(seed_, Purpose::names, drawn_++);
  std::string root(pick(stream, beginnings));
  root += pick(stream, middles);
  root += pick(stream, endings);
  std::string name = with_use(std::move(root), use, stream);
  const std::uint32_t number = ++taken_[name];
  return number == 1 ? name : name + " " + std::to_string(number);
}

}  // namespace quartier::study::sample
