// Reads CDC's reports in XML.
#include <fmt/format.h>

#include <algorithm>

#include "codesets/import_aira.h"
#include "codesets/import_rows.h"
#include "codesets/import_text.h"
#include "core/markup.h"

namespace iz {

namespace {

/// `VIS_encoded_string`, `VIS encoded string` and `VISEncodedString` are one name.
std::string plain_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c + 32);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

std::string element_text(const Markup& m, const MarkupElement& e) {
  std::string text = clean_cell(m.text(e));
  if (text.empty() && !e.attributes.empty()) text = clean_cell(attribute(e.attributes, "xlink:href"));
  return text;
}

/// Why a text is no complete XML document with one element around all; empty if it is one.
std::string incomplete(const Markup& m, std::string_view text, uint32_t& line) {
  const auto& elements = m.elements();
  const auto open = std::find_if(elements.rbegin(), elements.rend(), [](const MarkupElement& e) { return !e.closed; });
  if (open != elements.rend()) {
    line = line_of(text, open->outer.begin);
    return fmt::format("the XML is not complete: <{}> is not closed", open->name.substr(0, 40));
  }
  for (const MarkupElement& e : elements) {
    if (text[e.outer.end - 1] == '>') continue;
    line = line_of(text, e.outer.end);
    return fmt::format("the XML is not complete: the end tag of <{}> is cut", e.name.substr(0, 40));
  }
  const size_t end = elements[0].outer.end;
  if (text.substr(end).find('<') != std::string_view::npos &&
      std::any_of(elements.begin() + 1, elements.end(),
                  [](const MarkupElement& e) { return e.parent == Markup::none; })) {
    line = line_of(text, end);
    return "more than one XML document stands in the file";
  }
  return {};
}

/// One record as pairs of a plain name and a value.
using Pairs = std::vector<std::pair<std::string, std::string>>;

/// The elements from `first` on that stand directly in record `record`, in either of CDC's ways.
Pairs record_pairs(const Markup& m, uint32_t record) {
  Pairs pairs;
  const auto& elements = m.elements();
  std::string name;
  bool named = false;
  for (uint32_t i = record + 1; i < elements.size() && elements[i].outer.begin < elements[record].outer.end; ++i) {
    if (elements[i].parent != record) continue;
    if (elements[i].local == "Name") {
      name = plain_name(element_text(m, elements[i]));
      named = true;
    } else if (elements[i].local == "Value" && named) {
      pairs.emplace_back(name, element_text(m, elements[i]));
      named = false;
    } else {
      pairs.emplace_back(plain_name(elements[i].local), element_text(m, elements[i]));
    }
  }
  return pairs;
}

/// Index of the column of CDC's that has this name, or `none`.
size_t xml_column(const CdcTable& table, std::string_view name) {
  for (size_t i = 0; i < table.columns.size(); ++i) {
    std::string_view names = table.columns[i].xml;
    while (!names.empty())
      if (next_word(names) == name) return i;
  }
  return CdcTable::none;
}

/// The table that has the most of these columns, and all that it requires; nullptr if there is none.
const CdcTable* recognise(const Pairs& record) {
  const CdcTable* best = nullptr;
  size_t most = 0;
  for (const CdcTable& table : cdc_tables()) {
    std::vector<bool> present(table.columns.size());
    for (const auto& [name, value] : record)
      if (const size_t column = xml_column(table, name); column != CdcTable::none) present[column] = true;
    const auto count = static_cast<size_t>(std::count(present.begin(), present.end(), true));
    bool all = true;
    for (size_t i = 0; i < present.size(); ++i) all = all && (present[i] || !table.columns[i].required);
    if (all && count > most) {
      most = count;
      best = &table;
    }
  }
  return best;
}

void read_report(const Markup& m, std::string_view text, TableRows& out) {
  const auto& elements = m.elements();
  const auto fail = [&](const MarkupElement& at, std::string why) {
    out.error = std::move(why);
    out.error_line = line_of(text, at.outer.begin);
  };
  // Lines are counted on the way: records come in the order of the text.
  size_t counted = 0;
  uint32_t line = 1;
  for (uint32_t i = 1; i < elements.size(); ++i) {
    if (elements[i].parent != 0) continue;
    const Pairs pairs = record_pairs(m, i);
    if (!out.table) {
      out.table = recognise(pairs);
      if (!out.table) {
        return fail(elements[i],
                    fmt::format("<{}> is none of CDC's reports: its columns are those of none of the tables",
                                elements[0].name.substr(0, 40)));
      }
      out.present.assign(out.table->columns.size(), false);
    }
    line += line_of(text.substr(counted), elements[i].outer.begin - counted) - 1;
    counted = elements[i].outer.begin;
    TableRow row{line, std::vector<std::string>(out.table->columns.size())};
    for (const auto& [name, value] : pairs) {
      const size_t column = xml_column(*out.table, name);
      if (column == CdcTable::none) continue;
      out.present[column] = true;
      row.cells[column] = value;
    }
    out.rows.push_back(std::move(row));
  }
  if (out.rows.empty()) out.error = "the report has no records";
}

/// A web page in place of a table, by its title.
std::string web_page(const Markup& m) {
  const uint32_t title = m.find("title");
  const std::string words = title == Markup::none ? std::string() : clean_cell(m.text(m.elements()[title], 80));
  if (words.empty()) return "it is a web page, not a table";
  return fmt::format("it is a web page (\"{}\"), not a table", words);
}

}  // namespace

bool is_markup(std::string_view text) {
  const size_t at = text.find_first_not_of(" \t\r\n");
  return at != std::string_view::npos && text[at] == '<';
}

TableRows read_xml(std::string_view text) {
  TableRows out;
  const Markup m(text);
  const auto fail = [&](std::string why) -> TableRows& {
    out.error = std::move(why);
    return out;
  };
  if (m.elements().empty()) return fail("it begins as XML does, but holds no element");
  for (const std::string_view tag : {"html", "head", "body"})
    if (same_tag(m.elements()[0].local, tag)) return fail(web_page(m));
  if (m.elements().size() >= Markup::limit)
    return fail(fmt::format("it has more than {} XML elements, more than any of these tables", Markup::limit));
  if (const std::string why = incomplete(m, text, out.error_line); !why.empty()) return fail(why);
  if (m.has_doctype()) return fail("it declares a document type, as none of CDC's reports does");
  if (m.elements()[0].local == "codebase") {
    read_code_base(m, out);
  } else {
    read_report(m, text, out);
  }
  return out;
}

}  // namespace iz
