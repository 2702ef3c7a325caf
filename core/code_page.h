// Everything that is known of a code, as data for a page: what it means, since when, what it leads to, where a message
// has it.
//
//     const CodeSet& cvx = *catalogue.code_set("CVX");
//     CodePage p = code_page(catalogue, cvx, "208");
//     p.heading          // "COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose"
//     p.status           // "Inactive"
//     p.facts[0]         // In use: from 2020-12-11 (by the National Drug Code 59267-1000-01) ...
//     p.links[0]         // Vaccine groups: VG 213
//     add_uses(p, catalogue, message, report);   // RXA[1]-5[1].1: Administered Code
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/check.h"

namespace iz {

struct CodePage {
  struct Fact {
    std::string label, text;
  };
  /// A row of a table that the code leads to; `code` asks for its page.
  struct Link {
    std::string table, code;
    std::string text;  ///< its name, and dates or maker where that tells it from others
    std::string status;
  };
  struct Links {
    std::string title;
    std::vector<Link> rows;
  };
  struct Use {
    Path path;
    Span span;
    std::string text;  ///< what stands there: "Administered Code"
  };

  const CodeSet* set = nullptr;
  bool found = false;   ///< false: the table in use does not have it; `editions` says which one does
  std::string code;     ///< as the table has it
  std::string heading;  ///< short name
  std::string status;   ///< as published; empty for a table without
  std::string full;     ///< full name, where it says more than the heading
  std::string note;     ///< what CDC adds, in CDC's words
  std::vector<Fact> facts;
  std::vector<Fact> editions;  ///< other editions that are loaded, and what they say of the code
  std::vector<Links> links;    ///< only those that have rows
  std::vector<Use> uses;       ///< in reading order
};

/// The page of a code. A National Drug Code may be written in any form, a trade name in any case; of a vaccine group
/// (table VG) the code is the CVX of the group.
CodePage code_page(const Catalogue& catalogue, const CodeSet& set, std::string_view code);

/// Adds where a message has the code: with the table's coding system beside it, or in an element that takes its codes
/// from this table.
void add_uses(CodePage& page, const Catalogue& catalogue, const Message& message, const Report& report);

}  // namespace iz
