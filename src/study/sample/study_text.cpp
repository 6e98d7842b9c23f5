#include <string>

#include "base/text.h"
#include "study/sample/definitions.h"
#include "study/sample/indicators.h"
#include "study/sample/services.h"

namespace quartier::study::sample {
namespace {

constexpr std::size_t many_districts = 20'000;

std::string heading(const SampleCity& city) {
  return "# " + attribution(city) + R"toml(.
format = 1
id = "sample"
title = "Sample City (synthetic)"
synthetic = true
crs = ")toml" +
         city.districts.crs.name + R"toml("
layers = "layers"
note = """Sample City does not exist. Its neighbourhoods, people, services and indicators were drawn at random to show
and to try the program; its settlement patterns are invented and say nothing about real people."""

[[districts]]
id = "neighbourhoods"
label = "Neighbourhoods"
layer = "sample-neighbourhoods"
background = "sample-river"

[[population]]
layer = "sample-population"

[groups]
first = "southern_asia"
reference = "residence_country"

[streets]
layer = "sample-streets"
)toml";
}

std::string service_entries() {
  std::string text;
  for (const ServiceSort& sort : service_sorts()) {
    text += "\n[[services]]\nid = \"" + std::string(sort.id) + "\"\nlabel = \"" +
            std::string(sort.label) + "\"\nlayer = \"sample-services\"\nkind = \"" +
            std::string(sort.id) + "\"\ncutoff_m = " + exact_text(sort.cutoff_m) + "\n";
  }
  return text;
}

std::string profile_item(std::string_view column, std::string_view service, Domain domain,
                         Direction direction, Lever lever, double weight) {
  std::string text = "\n[[priorities.item]]\ncolumn = \"" + std::string(column) + "\"\n";
  if (!service.empty()) text += "service = \"" + std::string(service) + "\"\n";
  return text + "domain = \"" + std::string(id_of(domain)) + "\"\ndirection = \"" +
         std::string(id_of(direction)) + "\"\nlever = \"" + std::string(id_of(lever)) +
         "\"\nweight = " + exact_text(weight) + "\n";
}

/// Need on one side, what institutions offer on the other; composition is no part of it.
std::string profile() {
  std::string text = R"(
[[priorities]]
id = "where_to_act_first"
label = "Where to act first"
normalisation = "min-max"
)";
  for (const IndicatorSort& sort : indicator_sorts()) {
    if (sort.weight == 0.0) continue;
    text += profile_item(sort.id, "", sort.domain, sort.direction, sort.lever, sort.weight);
  }
  text += profile_item("nearest_service", "language_courses", Domain::education,
                       Direction::high_is_urgent, Lever::city, 1.0);
  text += profile_item("nearest_service", "clinics", Domain::health, Direction::high_is_urgent,
                       Lever::city, 0.5);
  return text;
}

}  // namespace

TextFile study_text(const SampleCity& city) {
  std::string text = heading(city) + service_entries();
  text += "\n[[indicators]]\nlayer = \"sample-indicators\"\n";
  if (has_group_indicators(city)) {
    text += "\n[[indicators]]\nlayer = \"sample-indicators-by-group\"\n";
  }
  text += profile();
  const bool many = city.districts.size() > many_districts;
  text +=
      std::string("\n[analysis]\nunknown_cells = \"left_out_of_sums\"\ncontiguity = \"queen\"\n") +
      "permutations = " + (many ? "99" : "999") + "\nseed = 1\n\n[disclosure]\nthreshold = 5\n" +
      plan_text(city);
  return {"study.toml", text};
}

TextFile readme(const SampleCity& city) {
  const std::string command = "quartier sample DIR --districts " +
                              std::to_string(city.districts.size()) + " --seed " +
                              std::to_string(city.options.seed);
  std::string text =
      "# Sample City (synthetic)\n\n" + attribution(city) + R"(.

Nothing in this folder describes a real place. The city lies in the open North Sea, its names are invented, and
where its groups live was made up to show and to try the program: it says nothing about real people. Made by

    )" +
      command + R"(

which gives the same city again on any machine. Do what you like with it (CC0 1.0).

| file | what |
|---|---|
| `study.toml` | the study: `quartier view study.toml`, `quartier run study.toml --out DIR` |
| `layers/` | how each table is laid out |
| `)" +
      std::string(files::districts) +
      "` | layers `neighbourhoods` (with quarter and borough) and `river`, " +
      city.districts.crs.name + " |\n| `" + files::population +
      "` | residents by date, neighbourhood and region of origin |\n| `" + files::services +
      "` | ten kinds of services with places, opening hours and languages (ISO 639) |\n| `" +
      files::street_nodes + "`, `" + files::street_edges +
      "` | the street graph, lengths in metres |\n| `" + files::indicators +
      "` | indicators with the persons each is a rate of |\n";
  if (city.options.street_extract) {
    text +=
        std::string("| `") + files::street_extract + "` | the streets as OpenStreetMap data |\n";
  }
  if (has_group_indicators(city)) {
    text +=
        std::string("| `") + files::indicators_by_group + "` | the same for regions of origin |\n";
  }
  text += R"(
## Oddities put in on purpose

A reader of real data meets all of these; `quartier check study.toml` tells them.

- Three services are not what they seem: one library and one primary school stand in the table twice, and one youth
  club lies two kilometres outside the city.
- Parks, works, the harbour and the airport are neighbourhoods without residents: shares and rates do not exist there.
- A few neighbourhoods have very few residents, so that small counts must be protected; a few were built during the
  ten years and were nearly empty at first.
- In three indicators about one value in fifty is missing (`..`), and so is every value that would be a rate of nobody.
- Seven junctions of the street graph hang together but lead nowhere else.
- One neighbourhood has a very long name, many have letters outside ASCII, and most ids begin with a zero.
)";
  return {"README.md", text};
}

}  // namespace quartier::study::sample
