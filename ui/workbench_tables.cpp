// The workspace Codes in the workbench: which code is open, which editions are compared, what was brought.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/code_links.h"
#include "core/code_tables.h"
#include "core/date.h"
#include "core/elements.h"
#include "core/sort.h"
#include "ui/code_hits.h"
#include "ui/pane_codes.h"
#include "ui/workbench.h"

namespace iz {
namespace {

constexpr size_t most_visits = 100, most_offered = 12;

std::string date_of(const CodeSet& set) {
  return set.edition.date.empty() ? std::string(set.newest_row()) : set.edition.date;
}

}  // namespace

// ---- pages

void Workbench::open_codes() {
  view.workspace = Workspace::codes;
  view.narrow = NarrowTab::codes;
  focus_codes();
}

void Workbench::focus_codes() {
  view.focus = Pane::codes;
  view.codes.tab = CodesTab::search;
  view.codes.link = -1;
  view.open_field(code_field);
}

void Workbench::filter_codes(CodeFilter filter) {
  view.codes.filter = filter;
  focus_codes();
}

void Workbench::open_code(std::string_view table, std::string_view code) {
  show_code(table, code);
  view.workspace = Workspace::codes;
  view.narrow = NarrowTab::codes;
  view.codes.tab = CodesTab::page;
  if (view.focus != Pane::codes && view.focus != Pane::code_page && view.focus != Pane::beside) {
    view.focus = Pane::code_page;
  }
}

void Workbench::show_code(std::string_view table, std::string_view code) {
  CodesView& v = view.codes;
  CodePlace place = {std::string(table), std::string(code)};
  if (place == v.page) return;
  if (!v.visited.empty()) v.visited.resize(v.visit + 1);
  v.visited.push_back(place);
  if (v.visited.size() > most_visits) v.visited.erase(v.visited.begin());
  v.visit = v.visited.size() - 1;
  v.page = std::move(place);
  v.link = -1;
}

void Workbench::step_page(int direction) {
  CodesView& v = view.codes;
  const auto to = static_cast<int>(v.visit) + direction;
  if (to < 0 || to >= static_cast<int>(v.visited.size())) return;
  v.visit = static_cast<size_t>(to);
  v.page = v.visited[v.visit];
  v.link = -1;
}

void Workbench::show_beside(Beside which) {
  view.codes.beside = which;
  view.codes.tab = CodesTab::beside;
  view.focus = Pane::beside;
  view.close_field();
}

std::optional<CodePlace> Workbench::code_at(const Path& path) const {
  if (path.field == 0) return {};
  const int segment = locate(message_, path).segment;
  if (segment < 0) return {};
  const auto s = static_cast<uint32_t>(segment);
  const Element whole = message_.repetition(s, path.field, std::max(1u, path.repetition));
  const bool parts = message_.count(whole, Level::component) > 1;
  const uint32_t component = path.component == 0 && parts ? 1 : path.component;
  if (component != 0 && component != 1 && component != 4) return {};
  const std::string_view value = message_.value(component == 0 ? whole : message_.component(whole, component));
  if (value.empty()) return {};
  const std::string_view system = parts ? message_.value(message_.component(whole, component + 2)) : std::string_view();
  Path field = path;
  field.component = field.subcomponent = 0;
  const Place place = find_place(catalogue(), message_, report_.profile, field, segment);
  std::vector<const CodeSet*> tables;
  for (const CodeSet* set : tables_of_system(catalogue(), place.element, system)) tables.push_back(set);
  tables.insert(tables.end(), place.codes.begin(), place.codes.end());
  tables.push_back(catalogue().code_set("PHVS_VISBarcodes_IIS"));
  for (const CodeSet* set : tables) {
    if (set != nullptr && set->find(value) != nullptr) return CodePlace{set->id, std::string(value)};
  }
  const NdcRows drugs = catalogue().links().find_ndc(value);
  if (!drugs.use.empty()) return CodePlace{"NDC_Use", std::string(drugs.use[0]->code)};
  if (!drugs.sale.empty()) return CodePlace{"NDC_Sale", std::string(drugs.sale[0]->code)};
  return {};
}

std::string Workbench::code_line() const {
  const CodePlace& place = view.codes.page;
  const CodeSet* set = catalogue().code_set(place.table);
  const Code* row = set ? set->find(place.code) : nullptr;
  if (row == nullptr) return place.code;
  return row->code == row->display ? std::string(row->code) : fmt::format("{}\t{}", row->code, row->display);
}

// ---- editions

std::vector<const CodeSet*> Workbench::editions_of(std::string_view table) const {
  std::vector<const CodeSet*> out;
  if (const CodeSet* used = catalogue().code_set(table)) out.push_back(used);
  for (const auto& set : catalogue().other_editions(table)) out.push_back(set.get());
  sort_values(out, [](const CodeSet* a, const CodeSet* b) { return date_of(*a) < date_of(*b); });
  return out;
}

std::vector<std::string> Workbench::comparable_tables() const {
  std::vector<std::string> out = {"CVX"};
  for (const auto& [id, set] : catalogue().code_sets) {
    if (id != "CVX" && !catalogue().other_editions(id).empty()) out.push_back(id);
  }
  return out;
}

std::pair<int, int> Workbench::compared_places() const {
  const auto count = static_cast<int>(editions_of(view.codes.table).size());
  int before = view.codes.before, after = view.codes.after;
  if (before < 0 || before >= count) before = count - 2;
  if (after < 0 || after >= count) after = count - 1;
  return {before, after};
}

std::pair<const CodeSet*, const CodeSet*> Workbench::compared_editions() const {
  const std::vector<const CodeSet*> editions = editions_of(view.codes.table);
  if (editions.size() < 2) return {nullptr, nullptr};
  const auto [before, after] = compared_places();
  return {editions[static_cast<size_t>(before)], editions[static_cast<size_t>(after)]};
}

void Workbench::compare_table(std::string_view table) {
  view.codes.table = table;
  compare_editions(-1, -1);
}

void Workbench::compare_editions(int before, int after) {
  view.codes.before = before;
  view.codes.after = after;
  view.codes.change = -1;
}

void Workbench::set_partner(std::string_view list) {
  view.codes.partner = list;
  ++view.codes.partner_change;
  partner_table({});
  show_beside(Beside::partner);
}

void Workbench::partner_table(std::string_view table) {
  view.codes.partner_table = table;
  view.codes.partner_filter = PartnerFilter::all;
  view.codes.partner_row = -1;
}

bool Workbench::paste_codes(std::string_view pasted) {
  if (pasted.find("MSH|") != std::string_view::npos) {
    close_answer();
    return false;
  }
  if (view.focus == Pane::beside && view.codes.beside == Beside::partner) {
    set_partner(pasted);
  } else {
    focus_codes();
    view.write_field(pasted.substr(0, 200));
  }
  return true;
}

// ---- what was brought

Import Workbench::read_tables(const std::vector<NamedFile>& files) const {
  std::vector<ImportFile> views;
  views.reserve(files.size());
  for (const NamedFile& f : files) views.push_back({f.name, *f.bytes});
  return import_tables(views, [this](std::string_view id) { return catalogue().code_set(id); });
}

void Workbench::offer_files(std::vector<NamedFile> files) {
  drop_offer();
  offer_.found = read_tables(files);
  offer_.files = std::move(files);
  // Files that are no tables go with the others without a word.
  if (!offer_.found.tables.empty()) {
    std::erase_if(offer_.found.refused, [](const ImportRefusal& r) { return r.foreign; });
  }
  view.workspace = Workspace::codes;
  view.narrow = NarrowTab::codes;
  view.focus = Pane::codes;
  view.close_field();
}

void Workbench::drop_offer() {
  for (size_t i = 0; i < most_offered; ++i) view.fields.erase(edition_field(i));
  offer_ = {};
  ++offer_change_;
  if (view.workspace == Workspace::codes) focus_codes();
}

void Workbench::use_offer(bool in_use) {
  // A date that was typed is given as part of the name, which is where the import looks for it.
  Offer offer = std::move(offer_);
  bool dated = false;
  for (size_t i = 0; i < offer.found.tables.size(); ++i) {
    const ImportedTable& t = offer.found.tables[i];
    const std::string& typed = view.typed(edition_field(i));
    if (!t.set->edition.date.empty() || typed.size() != 10 || !parse_date(typed)) continue;
    for (NamedFile& f : offer.files) {
      if (!t.file.starts_with(f.name)) continue;
      f.name = typed + "/" + f.name;
      dated = true;
      break;
    }
  }
  if (dated) offer.found = read_tables(offer.files);
  drop_offer();
  const size_t tables = offer.found.tables.size();
  if (tables == 0) return;
  bring(offer.found, offer.files, in_use);
  rebuild();
  const auto cvx = std::find_if(offer.found.tables.begin(), offer.found.tables.end(),
                                [](const ImportedTable& t) { return t.set->id == "CVX"; });
  const CodeSet& first = cvx == offer.found.tables.end() ? *offer.found.tables.front().set : *cvx->set;
  compare_table(first.id);
  view.codes.beside = Beside::compare;
  view.notice = fmt::format("Edition {} is {}, {}.", edition_words(first), in_use ? "in use" : "loaded to compare with",
                            tables == 1 ? "1 table" : fmt::format("{} tables", tables));
}

void Workbench::bring(const Import& found, const std::vector<NamedFile>& files, bool in_use) {
  for (const ImportedTable& t : found.tables) {
    std::erase_if(brought_, [&](const BroughtTable& b) {
      return b.set->id == t.set->id && b.set->edition.date == t.set->edition.date;
    });
    const auto file =
        std::find_if(files.begin(), files.end(), [&](const NamedFile& f) { return t.file.starts_with(f.name); });
    const NamedFile& from = file == files.end() ? files.front() : *file;
    brought_.push_back({t.set, from.name, from.bytes, in_use});
  }
  ++kept_change_;
}

void Workbench::restore_files(const std::vector<KeptFile>& files) {
  for (const KeptFile& f : files) {
    const ImportFile one[] = {{f.name, *f.bytes}};
    bring(import_tables(one), {{f.name, f.bytes}}, f.in_use);
  }
  // The program may have become newer than what was kept.
  for (BroughtTable& b : brought_) {
    const CodeSet* built_in = Catalogue::built_in().code_set(b.set->id);
    if (built_in != nullptr && date_of(*b.set) < date_of(*built_in)) b.in_use = false;
  }
  view.codes.keep = true;
  rebuild();
}

void Workbench::open_files(std::vector<NamedFile> files) {
  if (files.empty()) return;
  Import found = read_tables(files);
  const bool tables = !found.tables.empty() || std::any_of(found.refused.begin(), found.refused.end(),
                                                           [](const ImportRefusal& r) { return !r.foreign; });
  const bool message = std::any_of(files.begin(), files.end(), [](const NamedFile& f) {
    return f.bytes->find("MSH|") != std::string::npos || f.bytes->find("MSH^") != std::string::npos;
  });
  for (size_t i = 0; i < files.size(); ++i) {
    if (!is_local_file(*files[i].bytes)) continue;
    open_local_text(*files[i].bytes, files[i].name);
    files.erase(files.begin() + static_cast<std::ptrdiff_t>(i--));
  }
  if (files.empty()) return;
  const bool here = view.workspace == Workspace::codes;
  if (tables || (here && !message && view.codes.beside != Beside::partner)) return offer_files(std::move(files));
  if (here && !message) return set_partner(*files.front().bytes);
  std::string all;
  for (const NamedFile& f : files) {
    if (!all.empty()) all += "\r\n";
    all += *f.bytes;
  }
  if (here || view.workspace == Workspace::local) close_answer();
  paste(all, InputKind::bytes);
}

void Workbench::forget_table(size_t index) {
  if (index >= brought_.size()) return;
  const std::vector<BroughtTable> before = brought_;
  brought_.erase(brought_.begin() + static_cast<std::ptrdiff_t>(index));
  if (!rebuild()) brought_ = before;
  ++kept_change_;
  compare_editions(-1, -1);
}

void Workbench::switch_table(size_t index) {
  if (index >= brought_.size()) return;
  brought_[index].in_use = !brought_[index].in_use;
  if (!rebuild()) brought_[index].in_use = !brought_[index].in_use;
  ++kept_change_;
  compare_editions(-1, -1);
}

void Workbench::keep_tables(bool keep) {
  view.codes.keep = keep;
  ++kept_change_;
}

std::vector<KeptFile> Workbench::kept_files() const {
  std::vector<KeptFile> out;
  if (!view.codes.keep) return out;
  for (const BroughtTable& b : brought_) {
    const bool there = std::any_of(out.begin(), out.end(),
                                   [&](const KeptFile& k) { return k.bytes == b.bytes && k.in_use == b.in_use; });
    if (!there) out.push_back({b.file, b.bytes, b.in_use});
  }
  return out;
}

/// A catalogue with the tables that are there now; everything that is open is checked anew.
bool Workbench::rebuild() {
  std::shared_ptr<const Catalogue> next;
  std::vector<std::shared_ptr<const Catalogue>> on_top;
  try {
    next = load_catalogue(nullptr);
    for (const LocalTab& tab : locals_) on_top.push_back(load_catalogue(tab.profile));
  } catch (const std::runtime_error& e) {  // CatalogueError, LocalError
    view.notice = fmt::format("The tables do not fit together: {}. What was in use stays.", e.what());
    recheck();
    return false;
  }
  const std::shared_ptr<const Catalogue> last = std::exchange(own_, std::move(next));
  for (size_t i = 0; i < locals_.size(); ++i) std::swap(locals_[i].catalogue, on_top[i]);
  use_catalogue();
  return true;
}

/// With the catalogue that is in use now.
void Workbench::check_all() {
  checker_ = std::make_unique<Checker>(*catalogue_);
  problem_change_ = {};
  Message message;
  Report report;
  for (Document& d : documents_) {
    message.parse(d.text);
    checker_->check(message, options(d), report);
    describe(d, message, report);
  }
  recheck();
}

}  // namespace iz
