#include "study/output.h"

#include <algorithm>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "io/atomic_file.h"
#include "io/layer_writer.h"

namespace quartier::study {
namespace {

std::string state_text(ValueState state) {
  switch (state) {
    case ValueState::shown:
      return {};
    case ValueState::undefined:
      return "undefined";
    case ValueState::no_data:
      return "no data";
    case ValueState::suppressed:
      return "suppressed";
  }
  return {};
}

/// The one shape of an isochrone as the next of a layer.
void append_shape(const Polygons& shape, Polygons& shapes) {
  for (std::size_t p = 0; p < shape.part_count(); ++p) {
    for (std::size_t r = shape.part_start[p]; r < shape.part_start[p + 1]; ++r) {
      const std::span<const Point> ring = shape.ring(r);
      shapes.vertices.insert(shapes.vertices.end(), ring.begin(), ring.end());
      shapes.close_ring();
    }
    shapes.close_part();
  }
  shapes.close_district();
}

io::OutputColumn output_column(const ExportColumn& item) {
  io::OutputColumn column{item.field, {}, {}};
  const Column& source = item.column;
  if (source.spec.categorical) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < source.values.size(); ++i) {
      texts.push_back(source.states[i] == ValueState::shown
                          ? source.spec.categories[static_cast<std::size_t>(source.values[i])]
                          : state_text(source.states[i]));
    }
    column.values = std::move(texts);
    return column;
  }
  std::vector<double> numbers = source.values;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const bool finite = std::isfinite(numbers[i]);
    column.states.push_back(finite                                  ? ""
                            : source.states[i] == ValueState::shown ? "unreachable"
                                                                    : state_text(source.states[i]));
    if (!finite) numbers[i] = undefined;
  }
  column.values = std::move(numbers);
  return column;
}

}  // namespace

void write_file(const std::filesystem::path& file, std::string_view bytes) {
  io::write_text_atomically(file, bytes);
}

struct Output::Folder {
  io::OutputFolder files;
};

Output::Output(const std::filesystem::path& folder)
    : folder_(new Folder{io::OutputFolder(folder)}) {}
Output::~Output() = default;

void Output::write(const std::filesystem::path& name, std::string_view bytes) {
  io::write_text_atomically(draft(name), bytes);
}

std::filesystem::path Output::draft(const std::filesystem::path& name) const {
  return folder_->files.draft(name);
}

void Output::commit() { folder_->files.commit(); }

std::string state_field_of(std::string_view field) { return std::string(field) + "_state"; }

void write_layers(const Publication& publication, const std::vector<ExportLayer>& layers,
                  const std::filesystem::path& file) {
  io::LayerWriter writer(file);
  for (const ExportLayer& layer : layers) {
    const Districts& districts = publication.edition(layer.edition).districts;
    io::OutputLayer out;
    out.name = layer.name;
    out.description = publication.source_line();
    if (publication.synthetic()) out.description = "SYNTHETIC DATA. " + out.description;
    out.columns.push_back({"id", districts.ids, {}});
    out.columns.push_back({"name", districts.names, {}});
    out.columns.push_back({"area_m2", districts.area_m2, {}});
    for (const ExportColumn& column : layer.columns) out.columns.push_back(output_column(column));
    for (const LayerStyleText& style : layer.styles) {
      out.styles.push_back({style.name, style.description, style.qml, style.sld});
    }
    writer.add_polygons(out, districts.shapes, districts.crs);
  }
  for (const ServicePoints& service : publication.services()) {
    io::OutputLayer out;
    out.name = "service_" + service.id;
    out.description = service.label;
    out.columns.push_back({"name", service.names, {}});
    if (service.supply_published) out.columns.push_back({"capacity", service.supply, {}});
    writer.add_points(out, service.places, publication.edition(service.edition).districts.crs);
  }
  writer.close();
}

void write_isochrones(const Publication& publication, std::uint32_t edition,
                      const std::vector<Isochrone>& isochrones, const LayerStyleText& style,
                      const std::filesystem::path& file) {
  std::vector<const Isochrone*> order;
  for (const Isochrone& one : isochrones) order.push_back(&one);
  // Programs draw in the order of the file: the smaller come on top of the larger.
  std::stable_sort(order.begin(), order.end(),
                   [](const Isochrone* a, const Isochrone* b) { return a->part > b->part; });
  Polygons shapes;
  for (const Isochrone* one : order) append_shape(one->area, shapes);
  const auto texts = [&](std::string Isochrone::*field) {
    std::vector<std::string> column;
    for (const Isochrone* one : order) column.push_back(one->*field);
    return column;
  };
  const auto numbers = [&](double Isochrone::*field) {
    std::vector<double> column;
    for (const Isochrone* one : order) column.push_back(one->*field);
    return column;
  };
  io::OutputLayer out;
  out.name = "isochrones";
  out.description = publication.source_line();
  if (publication.synthetic()) out.description = "SYNTHETIC DATA. " + out.description;
  std::vector<std::string> ids;
  for (const Isochrone* one : order) {
    ids.push_back(one->service + "_" + exact_text(one->cutoff) + "_" + one->unit);
  }
  out.columns = {{"id", ids, {}},
                 {"service", texts(&Isochrone::service), {}},
                 {"label", texts(&Isochrone::label), {}},
                 {"cutoff", numbers(&Isochrone::cutoff), {}},
                 {"unit", texts(&Isochrone::unit), {}},
                 {"part", numbers(&Isochrone::part), {}},
                 {"ways", texts(&Isochrone::ways), {}},
                 {"area_km2", numbers(&Isochrone::area_km2), {}},
                 {"streets_km", numbers(&Isochrone::streets_km), {}},
                 {"share_of_residents", numbers(&Isochrone::share_of_residents), {}}};
  out.styles.push_back({style.name, style.description, style.qml, style.sld});
  io::LayerWriter writer(file);
  writer.add_polygons(out, shapes, publication.edition(edition).districts.crs);
  writer.close();
}

}  // namespace quartier::study
