#pragma once
/// People of origins on their way to sites, kept on a forest: what the equilibrium of congestion is
/// found with (private to the room).

#include <cstdint>
#include <span>
#include <vector>

#include "base/number.h"
#include "domain/travel_costs.h"

namespace quartier::metrics {

/// Flows x_ij >= 0 from origins to sites whose arcs form a forest over origins and sites. With a
/// convex cost of load at the sites and a linear cost of travel some optimal flow has this form:
/// pushing people round a cycle of arcs changes no load, and its cost only in one direction.
class FlowForest {
 public:
  /// @param people    P_i [n]
  /// @param capacity  K_j > 0 of the sites [m]: the price of a site is load / K_j
  /// @param scale     price of one whole unit of travel
  FlowForest(std::span<const double> people, std::span<const double> capacity, double scale);

  /// Adds an arc with the people `flow` on it. Where it closes a cycle, people are pushed round it,
  /// in the direction that lowers the cost of travel, until an arc is empty, which is left out.
  /// Costs round a cycle are compared in whole units, so exactly.
  void add(std::uint32_t origin, std::uint32_t site, std::uint32_t whole, double flow);

  /// The least total cost Σ_j load_j² / (2 K_j) + Σ_ij x_ij t_ij of all flows on the arcs of this
  /// forest: exact, in one walk from the leaves to the roots and one back. Empty arcs are left out
  /// afterwards; the prices of a tree differ by whole units of travel.
  void solve();

  /// u_j, the price of a site after `solve` [m].
  [[nodiscard]] std::span<const double> site_price() const { return site_price_; }
  /// What an origin pays after `solve` [n]; 0 for one without arcs.
  [[nodiscard]] std::span<const double> origin_price() const { return origin_price_; }

  /// Calls visit_arc(origin, site, whole cost, flow) for each arc.
  template <typename Visit>
  void visit(const Visit& visit_arc) const {
    for (std::uint32_t v = 0; v < parent_.size(); ++v) {
      const std::uint32_t up = parent_[v];
      if (up == no_index) continue;
      if (v < origin_count_) {
        visit_arc(v, up - origin_count_, whole_[v], flow_[v]);
      } else {
        visit_arc(up, v - origin_count_, whole_[v], flow_[v]);
      }
    }
  }

 private:
  struct Bend {
    double at;     ///< price, less the shift of its list
    double slope;  ///< change of slope there
  };
  /// The bends of a growing piecewise linear function of a price, from left to right.
  struct Bends {
    std::vector<Bend> bends;
    std::size_t first = 0;
    double shift = 0.0;

    [[nodiscard]] bool empty() const { return first == bends.size(); }
    void clear();
    void push_front(Bend bend);
    void take(Bends& other);  ///< merges another list into this one and empties it
  };

  [[nodiscard]] bool is_origin(std::uint32_t v) const { return v < origin_count_; }
  void hang(std::uint32_t v);  ///< makes v the root of its tree
  void order_nodes();
  void close_site(std::uint32_t v);
  void close_origin(std::uint32_t v);
  void cut_empty_arcs();
  void set_prices();
  void set_flows();

  std::uint32_t origin_count_;
  double scale_;
  std::vector<double> people_;
  std::vector<double> capacity_;

  // [n + m] origins, then sites; the arc to the parent is kept at the child
  std::vector<std::uint32_t> parent_;
  std::vector<std::uint32_t> whole_;
  std::vector<double> flow_;
  std::vector<std::uint32_t> mark_;
  std::uint32_t stamp_ = 0;

  // of `solve`
  std::vector<std::uint32_t> order_;  ///< parents before children
  std::vector<std::uint32_t> child_start_;
  std::vector<std::uint32_t> child_;
  std::vector<Bends> bends_;
  std::vector<double> still_;   ///< price at which the arc to the parent is empty, then the price
  std::vector<double> slope_;   ///< beyond the last bend
  std::vector<double> height_;  ///< intercept of the line beyond the last bend
  std::vector<double> below_;   ///< people of the origins right below a site
  std::vector<std::int64_t> offset_;
  std::vector<std::uint32_t> root_;
  std::vector<CompensatedSum> sum_;
  std::vector<double> tree_capacity_;
  std::vector<double> site_price_;
  std::vector<double> origin_price_;
};

}  // namespace quartier::metrics
