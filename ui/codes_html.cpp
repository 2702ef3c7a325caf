#include "ui/codes_html.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "core/code_page.h"
#include "core/html.h"
#include "core/words.h"
#include "ui/pane_codes.h"

namespace iz {
namespace {

constexpr size_t hits_shown = 50;

std::string button_to(std::string_view table, std::string_view code) {
  return fmt::format(R"(<button type="button" data-table="{}" data-code="{}">{}</button>)", html(table), html(code),
                     html(code));
}

}  // namespace

std::string edition_sentence(const Workbench& w) {
  const CodeSet* cvx = w.catalogue().code_set("CVX");
  if (cvx == nullptr) return {};
  std::string words = fmt::format("Codes as of {}", edition_words(*cvx));
  append(words, edition_age(*cvx, w.as_of()));
  return words;
}

std::string code_hits_html(const Workbench& w, std::string_view typed) {
  typed = trim_blanks(typed);
  if (typed.empty()) return {};
  const std::vector<CodeHit> found = find_codes(w.catalogue(), w.code_search(), typed, CodeFilter::all);
  if (found.empty()) return "<p>No code matches this text.</p>";
  std::string out = fmt::format(
      "<table><caption>{}{}</caption><thead><tr><th scope=\"col\">Code</th><th scope=\"col\">"
      "Table</th><th scope=\"col\">Name</th><th scope=\"col\">Status</th></tr></thead><tbody>",
      counted(found.size(), "code", "codes"),
      found.size() > hits_shown ? fmt::format(", the first {} shown", hits_shown) : "");
  for (const CodeHit& hit : std::span(found).first(std::min(found.size(), hits_shown))) {
    const HitWords words = hit_words(w.catalogue(), hit, {});
    out += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>", button_to(hit.set->id, words.code),
                       html(short_name(*hit.set)), html(words.name), html(words.status));
  }
  return out + "</tbody></table>";
}

std::string code_page_html(const Workbench& w, std::string_view table, std::string_view code) {
  const CodeSet* set = w.catalogue().code_set(table);
  if (set == nullptr) return {};
  CodePage page = code_page(w.catalogue(), *set, code);
  if (w.has_sent()) add_uses(page, w.catalogue(), w.message(), w.report());
  std::string out = fmt::format("<h3 tabindex=\"-1\">{} {}: {}</h3><dl>", html(short_name(*set)), html(page.code),
                                page.found ? html(page.heading) : std::string("not in the edition in use"));
  const auto fact = [&](std::string_view label, std::string_view text) {
    if (!text.empty()) out += fmt::format("<dt>{}</dt><dd>{}</dd>", html(label), html(text));
  };
  fact("Status", page.status);
  fact("Full name", page.full);
  fact("CDC note", page.note);
  for (const CodePage::Fact& f : page.facts) fact(f.label, f.text);
  for (const CodePage::Fact& f : page.editions) fact(f.label, f.text);
  fact("Table", fmt::format("{}, edition {}", set->name, edition_words(*set)));
  out += "</dl>";
  for (const CodePage::Links& group : page.links) {
    out += fmt::format("<h4>{}</h4><ul>", html(group.title));
    for (const CodePage::Link& r : group.rows) {
      std::string words = r.text;
      append(words, r.status);
      out += fmt::format("<li>{} {}</li>", button_to(r.table, r.code), html(words));
    }
    out += "</ul>";
  }
  if (w.has_sent()) {
    out += fmt::format("<h4>In the open message: {}</h4><ul>", counted(page.uses.size(), "use", "uses"));
    for (const CodePage::Use& u : page.uses) {
      out += fmt::format("<li>{} {}</li>", html(to_string(u.path)), html(u.text));
    }
    out += "</ul>";
  }
  return out;
}

}  // namespace iz
