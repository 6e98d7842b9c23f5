#include "base/finding.h"

#include <iterator>
#include <utility>

namespace quartier {

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::rejected:
      return "rejected";
  }
  return "warning";
}

const std::vector<FindingKind>& finding_kinds() {
  static const std::vector<FindingKind> kinds{
      // files and paths

      {"unusable_file", "Unusable file", "a file of which nothing could be used"},
      {"unusable_layer", "Unusable layer", "a layer of which nothing could be used"},
      {"empty_layer", "Empty layer", "a layer that holds no features"},
      {"feature_count_differs", "Feature count differs",
       "a file that announces another number of features than it holds"},
      {"unsaved_edits", "Unsaved edits", "a file that another program has not finished writing"},
      {"deleted_record", "Deleted record", "a record that the file marks as deleted"},
      {"crs_given", "Reference system given",
       "a layer that names no reference system; the study or the user named it"},
      {"crs_conflict", "Reference systems differ",
       "a layer that names another reference system than the study or the user"},
      {"duplicate_id", "Duplicate id",
       "features with the same id, none of which can be told apart"},
      {"near_duplicate_id", "Nearly the same id",
       "ids that differ only in blanks or in capital and small letters"},
      {"unsafe_id", "Unsafe id",
       "an id with a NUL character, behind which some programs see nothing"},
      {"id_from_number", "Id from a number", "an id read from a field of inexact numbers"},
      {"id_field_chosen", "Id field chosen", "a layer without a field called id"},
      {"encoding_assumed", "Encoding assumed", "a file that does not say how its text is encoded"},
      {"text_replaced", "Text replaced", "bytes that mean nothing in the encoding of the file"},
      {"nested_value", "Nested value", "an attribute that is a list or an object; left out"},
      {"repeated_property", "Repeated property", "an attribute that occurs twice in one feature"},
      {"number_out_of_range", "Number out of range", "a number that is not finite or beyond 2^53"},
      {"layers_do_not_meet", "Layers do not meet",
       "two layers that lie nowhere near each other: swapped axes, or a wrong reference system"},

      // tables
      {"encoding_found", "Encoding found", "the text encoding was told by the file's own bytes"},
      {"exported_twice", "Exported twice",
       "a table that went through a second, wrong export; put together again"},
      {"bom_in_cell", "Byte order mark in a cell", "a byte order mark inside the text; taken off"},
      {"no_rows", "No rows", "a table with a header and nothing below it"},
      {"ragged_row", "Row that does not fit", "a row with more or fewer cells than the header"},
      {"unterminated_quote", "Open quote", "a quote that is opened and never closed"},
      {"row_excluded", "Row left out", "a row that the layer definition leaves out"},
      {"rows_missing", "Rows missing", "a table with another number of rows than its edition has"},
      {"repeated_row", "Repeated row", "a row that says again what another row has said"},
      {"empty_id", "No id", "a row without the id of its district"},
      {"id_padded", "Id filled up", "an id that lost its leading zeros; they are put back"},
      {"scientific_id", "Id as a number", "an id that a spreadsheet has rounded (1.1E+06)"},
      {"bad_date", "No date", "a row without a readable date"},
      {"not_a_number", "Not a number", "a cell that should hold a number and does not"},
      {"ambiguous_number", "Ambiguous number",
       "a mark that may part thousands or decimals, and was not declared"},
      {"undeclared_mark", "Undeclared mark", "a cell that may be suppressed, missing or nothing"},
      {"negative_count", "Negative count", "fewer than no persons"},
      {"fractional_count", "Fractional count", "a count that is not whole, and not an estimate"},
      {"count_overflow", "Count too large", "a count above 2^53, which cannot be added exactly"},

      // geometry
      {"no_shape", "No shape",
       "a district without geometry: left out of maps and spatial measures"},
      {"unreadable_geometry", "Unreadable geometry", "a geometry that cannot be decoded"},
      {"wrong_geometry_type", "Wrong kind of geometry",
       "a point where a polygon belongs, and so on"},
      {"several_points", "Several points", "a site of more than one point; the first one is used"},
      {"non_finite_coordinate", "Coordinate not finite", "a coordinate that is no number"},
      {"outside_crs_bounds", "Outside the reference system",
       "coordinates that the layer's reference system cannot have"},
      {"outside_crs_area", "Away from the reference system's area",
       "a layer outside the area its reference system is made for"},
      {"antimeridian", "Across the antimeridian",
       "a ring that spans more than 180 degrees of longitude"},
      {"projected_for_measures", "Projected to be measured",
       "a layer in degrees, or in a projection not true to scale, measured in UTM"},
      {"unknown_datum_shift", "Unknown datum shift",
       "a reprojection without the shift between two datums"},
      {"unclosed_ring", "Unclosed ring", "a ring whose last vertex is not its first; closed"},
      {"repeated_vertex", "Repeated vertex", "a vertex that stands twice in a row; dropped"},
      {"degenerate_ring", "Ring without area",
       "a ring with fewer than three corners, or on a line"},
      {"repaired_shape", "Repaired shape", "an invalid shape, mended"},
      {"irreparable_shape", "Irreparable shape", "an invalid shape that cannot be mended"},
      {"district_overlap", "Overlapping districts", "districts that cover the same ground"},
      {"coverage_gap", "Gap between districts", "ground enclosed by districts but part of none"},
      {"island", "Island", "a district that touches no other"},

      // settings
      {"setting_without_effect", "Setting without effect",
       "a key of the study that changes nothing as people travel here"},
      {"cutoff_by_default", "Cutoff by default",
       "services whose cutoff is in metres where ways are counted in minutes, or the reverse"},

      // services and streets
      {"services_outside", "Services outside every district",
       "sites that lie in no district of the study; left out"},
      {"origins_missing", "Districts without origins",
       "districts in which no grid cell or point with people lies; their ways begin at the "
       "centroid"},
      {"terms_not_published", "Terms not published",
       "sites that do not say when they are open, in which languages, for whom or for what fee, "
       "where the study asks for it; they do not count as serving"},
      {"no_site_serves", "No site serves", "a service none of whose sites serves anybody"},
      {"far_from_streets", "Far from the streets",
       "places where people set out, or sites, that lie more than 500 m from where they enter the "
       "streets"},
      {"no_street_open", "No street open",
       "streets none of which is open to those who travel as the study says"},
      {"wheelchair_unknown", "Wheelchair use unknown",
       "streets, stops or trips that do not say whether a wheelchair can use them"},
      {"no_streets", "No streets", "distances are straight lines times a stated detour factor"},
      {"stranded_streets", "Stranded streets",
       "junctions that cannot be reached from most of the street graph"},
      {"service_without_place", "Service without place", "a facility without coordinates"},
      {"service_without_category", "Service without category",
       "a facility whose category is empty, so that it belongs to no kind"},
      {"service_without_name", "Service without name", "a facility without a name"},
      {"service_outside", "Service outside", "a facility outside the city, as the file says"},
      {"service_repeated", "Service repeated", "further rows of a facility already read"},
      {"capacity_missing", "Capacity missing", "a facility without its number of places"},
      {"street_dangling", "Street without end", "a street segment that names an unknown node"},
      {"street_too_short", "Street too short",
       "a street segment shorter than the straight line between its ends"},
      {"street_loop", "Street loop", "a street segment that ends where it begins"},
      {"repeated_node", "Repeated node", "a street node that is there twice"},
      {"bad_coordinate", "Unreadable coordinate", "a coordinate that is no number"},
      {"osm_coordinate", "Node off the globe", "an OpenStreetMap node without usable coordinates"},
      {"osm_dangling_reference", "Way beyond the extract",
       "an OpenStreetMap way that names nodes which are not in the file"},
      {"osm_short_way", "Way cut off",
       "an OpenStreetMap way with fewer than two nodes in the file"},
      {"osm_speed_unread", "Speed not read",
       "an OpenStreetMap speed limit that tells no number; the default of its class is taken"},
      {"street_too_long", "Street too long", "a street segment longer than 1,000 km"},
      {"elevation_read", "Elevation read", "what an elevation raster holds"},
      {"height_unknown", "Height unknown",
       "a place that the elevation raster says nothing about; taken as flat"},
      {"edit_without_effect", "Edit without effect", "a change of a scenario that changes nothing"},
      {"unknown_id", "Unknown id", "a row of a table of costs whose id no origin or site has"},
      {"negative_cost", "Negative cost", "a cost of travel below 0"},
      {"other_direction", "Other direction",
       "a row of a table of costs that leads from a site to an origin"},
      {"pairs_without_way", "Pairs without a way",
       "pairs of an origin and a site that a table of costs does not list"},
      {"nobody_counted", "Nobody counted",
       "a table of origins, or a study, without people: no mean over people exists"},
      {"costs_refused", "Saved ways refused",
       "a file of saved ways that is damaged or answers another search; searched anew"},
      {"street_not_joined", "Street not joined",
       "a new street with an end that has no street near it"},

      // timetables
      {"timetable_read", "Timetable read", "what a feed holds and which days it covers"},
      {"timetable_bad_value", "Unreadable value",
       "a cell of a timetable that holds none of the values it may"},
      {"timetable_bad_time", "Unreadable time",
       "a time of a timetable that is negative or not of the form HH:MM:SS"},
      {"timetable_calendar", "Calendar that cannot be read",
       "a service or an exception of a timetable without readable days"},
      {"timetable_duplicate", "Key that is there twice",
       "a row of a timetable whose id or key another row has"},
      {"timetable_unknown_reference", "Reference to nothing",
       "a row of a timetable that names a stop, route, trip or service which is not there"},
      {"timetable_stop_without_place", "Stop without place", "a stop without usable coordinates"},
      {"timetable_without_times", "Trip without times",
       "a trip without a time at its first or last stop"},
      {"timetable_out_of_order", "Times out of order",
       "a trip that leaves before it arrives, or arrives before it left the stop before"},
      {"timetable_single_stop", "Trip with one stop", "a trip with fewer than two usable stops"},
      {"timetable_headway", "Trips by headway", "a headway that was written out, or cannot be"},
      {"timetable_times_filled", "Times filled in",
       "calls without a time, interpolated between those that have one"},
      {"timetable_too_fast", "Too fast",
       "a trip that would have to go faster than any vehicle between two of its stops"},
      {"timetable_other_day", "Trips of another service day",
       "trips of the service day before or after that run on the day of the timetable"},
      {"timetable_empty_day", "No trips that day",
       "a feed that covers the day and has no trip on it"},

      // groups, counts and dates
      {"rows_without_district", "Rows without district",
       "rows of a table whose district is not on the map; left out, with their persons"},
      {"districts_without_rows", "Districts without rows",
       "districts of the map that a table says nothing about; shown as no data"},
      {"rows_by_link", "Rows by link", "rows that reached their district through a link table"},
      {"suppressed_cell", "Suppressed cell", "a count withheld by the publisher; not zero"},
      {"missing_cell", "Missing cell", "a value that was not published; not zero"},
      {"absent_row", "Absent row", "a group without a row in a district"},
      {"unknown_code", "Unknown code", "a code that no group of the layer has"},
      {"groups_exceed_total", "Groups exceed total", "groups that add up to more than everyone"},
      {"groups_do_not_add_up", "Groups do not add up", "groups that do not add up to their parent"},
      {"rounded_counts", "Rounded counts", "counts the publisher rounded for confidentiality"},
      {"series_break", "Break in series", "dates that cannot be compared without care"},
      {"columns_mislabelled", "Columns mislabelled",
       "columns whose header names another content; read as what they hold"},
      {"overlapping_groups", "Overlapping groups",
       "published groups that share persons; only a disjoint part is the partition"},
      {"reference_contained", "Reference inside a group",
       "the native population is part of a larger published group"},
      {"not_a_stock", "Flows, not residents", "moves during a year rather than people at a date"},
      {"partial_layer", "Partial layer", "a layer that is known to hold only part of its subject"},
      {"link_ambiguous", "Ambiguous link", "an id that is linked more than once; not used"},
      {"link_corrected", "Corrected link", "an ambiguous link settled by the layer definition"},

      // analysis and disclosure

  };
  return kinds;
}

void append(std::vector<Finding>& findings, std::vector<Finding> extra) {
  findings.insert(findings.end(), std::make_move_iterator(extra.begin()),
                  std::make_move_iterator(extra.end()));
}

bool any_rejected(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::rejected) return true;
  }
  return false;
}

}  // namespace quartier
