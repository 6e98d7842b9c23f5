#pragma once
/// PROJ with handles that close themselves. The only header of the project that includes PROJ.

#include <proj.h>

#include <memory>
#include <string>

#include "domain/districts.h"

namespace quartier::geo {

struct CloseProjContext {
  void operator()(PJ_CONTEXT* context) const noexcept { proj_context_destroy(context); }
};
struct CloseProj {
  void operator()(PJ* object) const noexcept { proj_destroy(object); }
};
struct CloseProjList {
  void operator()(PJ_OBJ_LIST* list) const noexcept { proj_list_destroy(list); }
};
using ProjContext = std::unique_ptr<PJ_CONTEXT, CloseProjContext>;
using ProjObject = std::unique_ptr<PJ, CloseProj>;
using ProjList = std::unique_ptr<PJ_OBJ_LIST, CloseProjList>;

/// A context of one thread: no network, no messages on the terminal.
inline ProjContext proj_context() {
  ProjContext context(proj_context_create());
  proj_context_set_enable_network(context.get(), 0);
  proj_log_level(context.get(), PJ_LOG_NONE);
  return context;
}

/// PROJ's own words for what went wrong last, or `otherwise`.
inline std::string proj_message(PJ_CONTEXT* context, const std::string& otherwise) {
  const int code = proj_context_errno(context);
  const char* words = code == 0 ? nullptr : proj_context_errno_string(context, code);
  return words == nullptr ? otherwise : std::string(words);
}

/// The PROJ object of a reference system that `crs_of_text` made.
/// @throws CrsError where there is no definition
ProjObject proj_crs(PJ_CONTEXT* context, const Crs& crs);

}  // namespace quartier::geo
