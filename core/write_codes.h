// Tables of codes, what a search found and the page of a code as text and JSON.
//
//     code_page_text(code_page(catalogue, cvx, "208"))
//     code_tables_json(catalogue, as_of)
#pragma once
#include <string>

#include "core/code_page.h"
#include "core/code_search.h"
#include "core/date.h"
#include "core/json.h"

namespace iz {

std::string code_page_text(const CodePage&);
/// `{"table","name","edition":{"source","date","document"},"found","code","heading","status","full","note","facts":[{"label",
/// "text"}],"editions":[{"label","text"}],"links":[{"title","rows":[{"table","code","text","status"}]}],"uses":[{"path",
/// "begin","end","text"}]}`. Offsets count in the text of `message`, which is needed where the page has uses.
std::string code_page_json(const CodePage&, const Message* message = nullptr, Offsets = Offsets::bytes);

/// A line for each hit: table, code, name, status; then how many there are.
std::string code_hits_text(const CodeHits&);
/// `{"total","hits":[{"table","code","display","status"}]}`, best first.
std::string code_hits_json(const CodeHits&);

/// `[{"id","name","system","rows","edition":{"source","date","document"},"newest_row","age"}]` by id; `newest_row` is the day
/// of CDC's last change of a row, or null; `age` the days from the edition's date to `as_of`, null where one is not known to
/// the day.
std::string code_tables_json(const Catalogue&, const Date& as_of);

}  // namespace iz
