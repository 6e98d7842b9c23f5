#pragma once
/// One-to-many searches up to a limit from each of many sources, handed over ball by ball and never
/// stored, and sums over such balls.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "network/search_graph.h"

namespace quartier::network {

/// The nodes within the limit of a source, each once, in no particular order, and their costs in
/// whole units.
struct Ball {
  std::size_t source = 0;  ///< position among the sources
  std::span<const std::uint32_t> node;
  std::span<const std::uint32_t> cost;
};

/// Calls visit(ball) for every source once, at the same time from several threads and in no
/// particular order; a ball is gone when the call returns. In the direction `from_sources` costs
/// are those of the ways from the source to each node, in `to_sources` those to the source. The
/// order of nodes in a ball depends on the graph, the sources and the limit, never on the threads.
///
/// Sources that lie close together are searched side by side, 32 at once, over the union of their
/// balls; others one by one (Dijkstra 1959, Dial 1969). The costs are the same.
///
/// @param sources  nodes of the street graph; repeated ones are searched again
/// @param limit    whole units, inclusive; `greatest_cost`: all nodes that can be reached
void visit_balls(const SearchGraph& graph, std::span<const std::uint32_t> sources,
                 std::uint32_t limit, const std::function<void(const Ball&)>& visit);

/// What each source finds within the limit:
///
///   sum_k = Σ_v value_v · w(t_kv),  t_kv <= limit
///
/// the people who live within reach of a site, or the supply within reach of every node.
///
/// @param values   value_v [node count]
/// @param weights  w of each whole cost [limit + 1], such as `metrics::decay_table`; empty: 1
/// @returns [source count] the same bits for any number of threads
std::vector<double> sums_at_sources(const SearchGraph& graph,
                                    std::span<const std::uint32_t> sources, std::uint32_t limit,
                                    std::span<const double> values,
                                    std::span<const double> weights = {});

/// What each node receives from the sources that it is within the limit of:
///
///   sum_v = Σ_k value_k · w(t_kv),  t_kv <= limit
///
/// the supply of the sites within reach of every node: takes time by the balls of the sites and not
/// by the number of nodes, and memory for a few million pairs at a time. The terms of a node are
/// added in the order of the sources, as a plain loop over them would.
///
/// @param values   value_k [source count]
/// @param weights  w of each whole cost [limit + 1]; empty: 1
/// @returns [node count]
std::vector<double> sums_at_nodes(const SearchGraph& graph, std::span<const std::uint32_t> sources,
                                  std::uint32_t limit, std::span<const double> values,
                                  std::span<const double> weights = {});

}  // namespace quartier::network
