#include "core/local_examples.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/check.h"
#include "core/example.h"
#include "core/path.h"
#include "core/templates.h"

namespace iz {
namespace {

std::string listed(const std::vector<std::string>& places) {
  return places.empty() ? "nothing" : fmt::format("{}", fmt::join(places, ", "));
}

}  // namespace

LocalExamples run_examples(const Catalogue& catalogue, const LocalProfile& local, Date as_of) {
  LocalExamples out;
  const auto rules = local.file().root().find("rules");
  if (!rules) return out;
  const std::vector<Template> bases = templates();
  Checker checker(catalogue);
  Message message;
  Report report;
  for (const JsonValue json : *rules) {
    const auto id = json.at("id").get<std::string>();
    const Rule* rule = catalogue.rule(id);
    const auto examples = json.find("examples");
    if (!rule || !examples) continue;
    if (!examples->is_list()) {
      out.failed.push_back(fmt::format("line {}, {}: \"examples\" is no list", local.file().line(*examples), id));
      continue;
    }
    for (const JsonValue one : *examples) {
      ++out.run;
      const auto named = one.find("says");
      const std::string says = named && named->is_text() ? named->get<std::string>() : "no name";
      const auto fail = [&](const std::string& why) {
        out.failed.push_back(fmt::format("line {}, {}, “{}”: {}", local.file().line(one), id, says, why));
      };
      try {
        const Example example = read_example(one);
        // Nobody means to write a million separators.
        for (const auto& [place, value] : example.set)
          if (const auto path = parse_path(place);
              path && std::max({path->field, path->repetition, path->component, path->subcomponent}) > 200)
            throw CatalogueError("the base has no field " + place);
        const auto base =
            std::find_if(bases.begin(), bases.end(), [&](const Template& t) { return t.id == example.base; });
        if (base == bases.end()) {
          fail("no message to begin with is called " + example.base);
          continue;
        }
        message.parse(build_example(example, fill_dates(base->text, as_of)));
        const Sender sender = example.sender == "pharmacy" ? Sender::pharmacy : Sender::any;
        checker.check(message, {.profile = {}, .as_of = as_of, .sent_line_ends = false, .sender = sender}, report);
        std::vector<std::string> found;
        for (const Finding& f : report.findings)
          if (&catalogue.rules[f.rule] == rule) found.push_back(place(catalogue, report, f));
        std::vector<std::string> wanted = example.finds;
        std::sort(found.begin(), found.end());
        std::sort(wanted.begin(), wanted.end());
        if (found != wanted) fail(fmt::format("it finds {}, not {}", listed(found), listed(wanted)));
      } catch (const std::exception& e) {
        fail(e.what());
      }
    }
  }
  return out;
}

}  // namespace iz
