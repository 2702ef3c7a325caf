// Messages to begin with: templates by use, and a gallery of examples, correct and faulty. All invented.
//
//     for (const Template& t : templates()) offer(t.title, t.says);
//     workbench.paste(fill_dates(templates()[0].text, as_of));       // "Doses given here", its dates around that day
//     gallery(as_of)[0].text                                    // the message of an example
//
// Read from core/examples/*.json: whole messages, and examples that change one of them as the examples of the rules do
// (core/example.h). Texts have {d} for the as-of date, {d-372} and {d+30} for days before and after it, as YYYYMMDD.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/date.h"

namespace iz {

/// A message by its use, clean as it stands.
struct Template {
  std::string id;     ///< "administered"
  std::string title;  ///< "Doses given here"
  std::string says;   ///< one line about it, lower case
  std::string text;   ///< with {d}; lines end with CR
};
std::vector<Template> templates();

struct GalleryExample {
  std::string title;               ///< "VXU with 2 errors"
  std::string says;                ///< one line about it, lower case
  std::string text;                ///< dates filled in; lines end with CR
  std::vector<std::string> finds;  ///< the errors and warnings in it: "IZ-29 RXA[1]-2[1]"
};
/// The gallery, its dates around a day. Throws CatalogueError when an example is broken: ours, and tested.
std::vector<GalleryExample> gallery(Date as_of);
/// The first of them, for somebody who wants to see one.
GalleryExample first_example(Date as_of);

/// A text with the days of its placeholders filled in; a date that is none becomes 1970-01-01.
std::string fill_dates(std::string_view text, Date as_of);

}  // namespace iz
