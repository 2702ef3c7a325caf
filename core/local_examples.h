// The examples of a local profile's own rules, run: they are its tests, as those of the national rules are.
#pragma once
#include <string>
#include <vector>

#include "core/catalogue.h"

namespace iz {

struct LocalExamples {
  size_t run = 0;
  std::vector<std::string> failed;  ///< "line 40, WB-515, “Seven characters”: it finds nothing, not RXA[1]-15[1]"
};
/// Runs them on the messages of core/examples/templates.json ("administered"), with dates around `as_of`. `catalogue`
/// holds the profile.
LocalExamples run_examples(const Catalogue& catalogue, const LocalProfile& local, Date as_of);

}  // namespace iz
