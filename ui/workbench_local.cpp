// Local profiles in the workbench: what is open and in use, what is edited, what the message has from it.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "core/json.h"
#include "core/local_edit.h"
#include "core/local_rows.h"
#include "core/local_template.h"
#include "core/path.h"
#include "core/words.h"
#include "ui/workbench.h"

namespace iz {
namespace {

constexpr size_t most_undo = 200, most_open = 20;
/// The examples of rules are written around it.
constexpr Date example_day{2026, 2, 18};
constexpr size_t most_bytes = size_t{4} << 20;

/// The words of a refusal, as a sentence.
std::string refusal(std::string_view why) { return fmt::format("Not taken, and what was so stays: {}.", why); }

/// A reason without the line of a text that nobody has seen.
std::string without_line(std::string_view why) {
  if (why.starts_with("line ")) why.remove_prefix(std::min(why.size(), why.find(": ") + 2));
  return std::string(why);
}

/// "AE, 1 of 2 stored"
std::string answer_words(const Prediction& p) {
  if (!p.applies || p.ack.empty()) return {};
  Message ack;
  ack.parse(p.ack);
  std::string out(ack.get("MSA", 1));
  const auto& doses = p.outcome.doses;
  if (doses.empty()) return out;
  const auto stored = std::count_if(doses.begin(), doses.end(), [](const auto& d) { return d.stored == Stored::yes; });
  return fmt::format("{}, {} of {} stored", out, stored, doses.size());
}

/// A file name from the id of a profile.
std::string file_of(const LocalProfile& local) { return local.id + ".json"; }

}  // namespace

const LocalTab* Workbench::local_tab() const { return local_ < 0 ? nullptr : &locals_[static_cast<size_t>(local_)]; }

std::vector<LoadedTable> Workbench::tables() const {
  std::vector<LoadedTable> out;
  out.reserve(brought_.size());
  for (const BroughtTable& b : brought_) out.push_back({b.set, b.in_use});
  return out;
}

std::shared_ptr<const Catalogue> Workbench::load_catalogue(const std::shared_ptr<const LocalProfile>& local) const {
  const std::shared_ptr<const LocalProfile> all[] = {local};
  return Catalogue::load(embedded_files(), tables(), std::span(all, local ? 1 : 0), as_of_);
}

std::string Workbench::layers() const {
  std::string out = "R1.5 + Addendum";
  if (const LocalTab* tab = local_tab()) out += " + " + tab->profile->title;
  return out;
}

/// The catalogue with a profile on top; what waits for its day is read, too, so that no day brings a refusal.
std::shared_ptr<const Catalogue> Workbench::load_local(const std::shared_ptr<const LocalProfile>& local) const {
  const std::shared_ptr<const LocalProfile> all[] = {local};
  if (as_of_ && local->text().find("\"since\"") != std::string::npos) Catalogue::load(embedded_files(), tables(), all);
  return load_catalogue(local);
}

void Workbench::open_local() {
  if (view.workspace == Workspace::compare) close_compare();
  view.workspace = Workspace::local;
  view.narrow = NarrowTab::local;
  view.focus = Pane::codes;
  view.close_field();
}

/// Another profile is in use, or the one in use says something else.
void Workbench::use_catalogue() {
  close_codes();
  ++catalogue_change_;
  const LocalTab* tab = local_tab();
  catalogue_ = tab ? tab->catalogue.get() : &national();
  if (!view.field.starts_with("local.p.")) fill_members();
  code_search_.reset();
  check_all();
  view.local.closing = -1;
}

bool Workbench::open_local_text(std::string text, std::string file) {
  view.notice.clear();
  commit_local();
  try {
    if (text.size() > most_bytes) throw LocalError("line 1: the file is too large for a local profile");
    if (is_local_template(text)) text = local_from_csv(text);
    LocalTab tab;
    tab.profile = LocalProfile::read(std::move(text));
    tab.catalogue = load_local(tab.profile);
    tab.file = file.ends_with(".json") ? std::move(file) : file_of(*tab.profile);
    tab.saved = tab.profile->text();
    tab.examples = run_examples(*tab.catalogue, *tab.profile, example_day);
    const auto same = std::find_if(locals_.begin(), locals_.end(),
                                   [&](const LocalTab& t) { return t.profile->id == tab.profile->id; });
    if (same != locals_.end()) {
      // The same registry once more: another text of it, which can be taken back.
      if (same->profile->text() != tab.profile->text()) {
        same->undo.push_back(same->profile->text());
        same->redo.clear();
        same->profile = tab.profile;
        same->catalogue = tab.catalogue;
        same->examples = std::move(tab.examples);
      }
      local_ = static_cast<int>(same - locals_.begin());
    } else {
      if (locals_.size() >= most_open) throw LocalError(fmt::format("{} profiles are open: close one", most_open));
      locals_.push_back(std::move(tab));
      local_ = static_cast<int>(locals_.size() - 1);
    }
  } catch (const LocalError& e) {
    open_local();
    view.local.refused = refusal(e.what());
    return false;
  }
  open_local();
  view.local = {.all = view.local.all, .part = view.local.part};
  view.fields.erase(local_filter);
  use_catalogue();
  return true;
}

std::string local_row_key(const LocalChange& about) {
  return fmt::format("{} {} {}", subject(about), about[LocalKey::profiles], about[LocalKey::since]);
}

bool is_local_template(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const std::string_view head = text.substr(0, 1000);
  return !head.starts_with('{') && head.find("relaxes") != std::string_view::npos &&
         head.find("definition") != std::string_view::npos && head.find("err3") != std::string_view::npos;
}

bool is_local_file(std::string_view text) {
  const size_t first = text.find_first_not_of("\xef\xbb\xbf \t\r\n");
  if (first == std::string_view::npos) return false;
  return (text[first] == '{' && text.substr(0, 4096).find("\"local_profile\"") != std::string_view::npos) ||
         is_local_template(text);
}

void Workbench::new_local() {
  std::string id = "new";
  const auto taken = [&] {
    return std::any_of(locals_.begin(), locals_.end(), [&](const LocalTab& t) { return t.profile->id == id; });
  };
  for (int n = 2; taken(); ++n) id = fmt::format("new-{}", n);
  open_local_text(new_local_profile(id, as_of_ ? to_iso(as_of_) : "1"), "");
  view.local.all = true;
}

void Workbench::choose_local(int index) {
  if (index < -1 || index >= static_cast<int>(locals_.size())) return;
  commit_local();
  local_ = index;
  view.local = {.all = view.local.all, .part = view.local.part};
  use_catalogue();
}

void Workbench::close_local(int index) {
  if (index < 0 || index >= static_cast<int>(locals_.size())) return;
  commit_local();
  const LocalTab& tab = locals_[static_cast<size_t>(index)];
  if (tab.edited() && view.local.closing != index) {
    // Nothing that was typed is thrown away by one press.
    view.local.closing = index;
    view.local.refused = "It has changes that are not saved. Save the file, or close it once more to throw them away.";
    return;
  }
  locals_.erase(locals_.begin() + index);
  local_ = std::min(local_ > index ? local_ - 1 : local_, static_cast<int>(locals_.size()) - 1);
  view.local = {.all = view.local.all};
  use_catalogue();
}

bool Workbench::set_local_text(std::string text, bool undoable) {
  LocalTab& tab = locals_[static_cast<size_t>(local_)];
  if (text == tab.profile->text()) return true;
  try {
    auto profile = LocalProfile::read(std::move(text));
    auto catalogue = load_local(profile);
    if (undoable) {
      tab.undo.push_back(tab.profile->text());
      if (tab.undo.size() > most_undo) tab.undo.erase(tab.undo.begin());
      tab.redo.clear();
    }
    tab.profile = std::move(profile);
    const auto last = std::exchange(tab.catalogue, std::move(catalogue));
    tab.examples = run_examples(*tab.catalogue, *tab.profile, example_day);
    view.local.refused.clear();
    use_catalogue();
  } catch (const LocalError& e) {
    view.local.refused = refusal(without_line(e.what()));
    return false;
  }
  return true;
}

void Workbench::step_local(int direction) {
  if (local_ < 0) return;
  commit_local();
  LocalTab& tab = locals_[static_cast<size_t>(local_)];
  auto &from = direction < 0 ? tab.undo : tab.redo, &to = direction < 0 ? tab.redo : tab.undo;
  if (from.empty()) return;
  std::string now = tab.profile->text(), text = std::move(from.back());
  from.pop_back();
  if (set_local_text(std::move(text), false)) to.push_back(std::move(now));
  fill_members();
  ++view.field_change;
  if (view.local.chosen) choose_row(view.local.about);
}

// ---- the row that is edited

void Workbench::choose_row(const LocalChange& about) {
  LocalView& v = view.local;
  v.adding = false;
  v.refused.clear();
  v.chosen = true;
  ++v.reveal;
  v.about = {};
  for (const LocalKey key : {LocalKey::rule, LocalKey::at, LocalKey::profiles, LocalKey::since})
    v.about[key] = about[key];
  v.draft = v.about;
  if (const LocalTab* tab = local_tab()) {
    if (const auto typed = tab->refused.find(local_row_key(v.about)); typed != tab->refused.end()) {
      v.draft = typed->second;
      v.refused = "What was typed here is not taken yet.";
    } else if (const LocalChange* change = change_like(*tab->profile, v.about)) {
      v.draft = *change;
    } else if (const auto rule = own_rule(*tab->profile, v.about[LocalKey::rule])) {
      // What a rule of one's own says is all its own.
      for (const LocalKeyDef& key : local_keys())
        if (const auto value = rule->find(key.name); value && value->is_text())
          v.draft[*local_key(key.name)] = value->get<std::string>();
    }
  }
  fill_fields();
}

/// The fields of the form say what the draft does.
void Workbench::fill_fields() {
  for (const LocalField& f : local_fields) {
    LineText& line = view.fields[f.name];
    if (line.text != view.local.draft[f.key]) line.set(view.local.draft[f.key]);
  }
  ++view.field_change;
}

bool Workbench::local_due() const {
  const LocalView& v = view.local;
  if (local_ < 0 || v.adding) return false;
  if (!v.chosen) {
    const JsonValue file = local_tab()->profile->file().root();
    return v.refused.empty() &&
           std::any_of(std::begin(local_member_fields), std::end(local_member_fields),
                       [&](const LocalMember& m) { return view.typed(m.name) != file.value(m.member, ""); });
  }
  return std::any_of(std::begin(local_fields), std::end(local_fields),
                     [&](const LocalField& f) { return view.typed(f.name) != v.draft[f.key]; });
}

void Workbench::commit_local() {
  if (!view.local.chosen) view.local.refused.clear();
  if (!local_due()) return;
  if (!view.local.chosen) {
    take_members();
    return;
  }
  for (const LocalField& f : local_fields) view.local.draft[f.key] = view.typed(f.name);
  apply_draft();
}

/// What the file says of itself; a member that cannot be taken keeps none of the others away.
bool Workbench::take_members() {
  std::shared_ptr<const LocalProfile> local = local_tab()->profile;
  std::string why;
  for (const LocalMember& m : local_member_fields) {
    const std::string& typed = view.typed(m.name);
    if (typed == local->file().root().value(m.member, "")) continue;
    try {
      local = LocalProfile::read(with_member(*local, m.member, typed));
    } catch (const LocalError& e) {
      why = without_line(e.what());
    }
  }
  const bool taken = set_local_text(local->text(), true);
  if (!why.empty()) view.local.refused = refusal(why);
  return taken && why.empty();
}

void Workbench::set_local(LocalKey key, std::string value) {
  if (local_ < 0) return;
  for (const LocalField& f : local_fields) view.local.draft[f.key] = view.typed(f.name);
  view.local.draft[key] = std::move(value);
  apply_draft();
}

void Workbench::apply_draft() {
  LocalTab& tab = locals_[static_cast<size_t>(local_)];
  const std::shared_ptr<const LocalProfile> local = tab.profile;
  LocalChange draft = view.local.draft;
  for (std::string& value : draft.values) value = trim_blanks(value);
  const auto attempt = [&](const LocalChange& change) {
    return set_local_text(with_change(*local, view.local.about, change), true);
  };
  bool taken = attempt(draft);
  if (!taken && draft.has(LocalKey::relaxes)) {
    // A reason that is no longer needed.
    const std::string why = view.local.refused;
    draft[LocalKey::relaxes].clear();
    taken = attempt(draft);
    if (!taken) view.local.refused = why;
  }
  const std::string key = local_row_key(view.local.about);
  if (!taken) {
    locals_[static_cast<size_t>(local_)].refused[key] = view.local.draft;
    return;
  }
  locals_[static_cast<size_t>(local_)].refused.erase(key);
  view.local.about[LocalKey::since] = draft[LocalKey::since];
}

void Workbench::reset_row() {
  if (local_ < 0 || !view.local.chosen) return;
  LocalTab& tab = locals_[static_cast<size_t>(local_)];
  const std::shared_ptr<const LocalProfile> local = tab.profile;
  const LocalChange about = view.local.about;
  const bool own = own_rule(*local, about[LocalKey::rule]) && !change_like(*local, about);
  LocalChange bare = about;
  bare[LocalKey::since].clear();
  tab.refused.erase(local_row_key(about));
  if (!set_local_text(own ? without_rule(*local, about[LocalKey::rule]) : with_change(*local, about, bare), true))
    return;
  if (own) {
    view.local.chosen = false;
  } else {
    choose_row(bare);
  }
}

void Workbench::start_rule() {
  if (local_ < 0) return;
  commit_local();
  LocalView& v = view.local;
  v.adding = true;
  v.chosen = false;
  v.refused.clear();
  v.part = LocalPart::rule;
  view.focus = Pane::code_page;
  view.open_field(new_place);
}

void Workbench::add_rule() {
  if (local_ < 0) return;
  LocalView& v = view.local;
  const std::string place(trim_blanks(view.typed(new_place))), values(trim_blanks(view.typed(new_values))),
      words(trim_blanks(view.typed(new_message))), id(trim_blanks(view.typed(new_code)));
  const auto path = parse_path(place);
  const auto refuse = [&](std::string_view field, std::string why) {
    v.refused = std::move(why);
    view.open_field(field);
  };
  if (!path || path->field == 0 || place.find('[') != std::string::npos)
    return refuse(new_place, "Name the place as segment and field, for example RXA-15 or PID-11.5.");
  if (id.empty() || id.find(' ') != std::string::npos)
    return refuse(new_code, "Give the rule a code without blanks; it is the registry's own and names the rule.");
  if (v.test != NewTest::present && values.empty())
    return refuse(new_values, v.test == NewTest::one_of
                                  ? "Write the values that may stand there, with blanks between."
                                  : "Write the forms that it may have, for example [A-Z0-9]{5,10}.");
  if (words.empty()) return refuse(new_message, "Write what the sender reads.");
  const std::string segment = segment_name(path->segment), at = place.substr(segment.size() + 1);
  const bool dose = segment == "RXA" && v.doses_only;
  std::string rule;
  {
    JsonObject o(rule);
    o.text("id", id);
    o.text("title", words);
    o.text("message", words);
    o.text("why", fmt::format("{} asks for it.", locals_[static_cast<size_t>(local_)].profile->title));
    o.text("fix", fmt::format("Send {} as the registry asks.", place));
    o.text("who", "interface");
    o.text("severity", to_string(v.severity));
    o.text("source", locals_[static_cast<size_t>(local_)].profile->title);
    o.text("code", id);
    std::string& out = o.key("statements");
    out += R"([{"profiles":["Z22"],"on":{"segment":)";
    json_quote(out, segment);
    out += "},";
    if (dose) out += R"("if":{"case":"dose-given"},)";
    out += R"("then":{)";
    json_quote(out, v.test == NewTest::present ? "present" : "at");
    out += ':';
    json_quote(out, at);
    if (v.test != NewTest::present) {
      out += v.test == NewTest::one_of ? R"(,"one_of":[)" : R"(,"like":[)";
      for (size_t from = 0; from < values.size();) {
        const size_t end = std::min(values.find(' ', from), values.size());
        if (end > from) {
          if (out.back() != '[') out += ',';
          json_quote(out, std::string_view(values).substr(from, end - from));
        }
        from = end + 1;
      }
      out += ']';
    }
    out += "}}]";
  }
  if (!set_local_text(with_rule(*locals_[static_cast<size_t>(local_)].profile, std::move(rule)), true)) return;
  v.adding = false;
  for (const char* name : {new_place, new_values, new_message, new_code}) view.fields.erase(name);
  view.close_field();
  LocalChange about;
  about[LocalKey::rule] = id;
  choose_row(about);
}

void Workbench::leave_row() {
  commit_local();
  view.local.chosen = view.local.adding = false;
  view.local.refused.clear();
  view.close_field();
}

/// What the file says of itself, in the fields of its form.
void Workbench::fill_members() {
  const LocalTab* tab = local_tab();
  if (!tab) return;
  for (const LocalMember& m : local_member_fields) {
    const std::string value = tab->profile->file().root().value(m.member, "");
    LineText& line = view.fields[m.name];
    if (line.text != value) line.set(value);
  }
}

std::string Workbench::saved_local() {
  commit_local();
  LocalTab& tab = locals_[static_cast<size_t>(local_)];
  tab.saved = tab.profile->text();
  return tab.saved;
}

void Workbench::compare_local(int with) {
  commit_local();
  view.local.against = with;
  view.local.all = false;
}

// ---- what the message has from it

const LocalImpact& Workbench::local_impact() const {
  if (impact_change_ == change_ && impact_.plain_words == view.plain_words) return impact_;
  impact_change_ = change_;
  impact_ = {};
  impact_.plain_words = view.plain_words;
  const Catalogue& base = national();
  Report before;
  Checker checker(base);
  checker.check(message_, options(documents_[current_]), before);
  const Folded was = fold(before);
  impact_.was = {was.errors, was.warnings, was.infos};
  impact_.is = {folded_.errors, folded_.warnings, folded_.infos};
  const auto about = [&](const Finding& f) {
    if (f.local < 0) return std::string();
    return subject(catalogue_->local[static_cast<size_t>(f.local)].change);
  };
  // A finding is paired with the national one of the same rule at the same place, else with one at the same place.
  std::vector<bool> used(was.shown.size());
  std::map<uint32_t, std::vector<size_t>> by_line;
  for (size_t i = 0; i < was.shown.size(); ++i) by_line[before.findings[was.shown[i].finding].line].push_back(i);
  const auto partner = [&](const Finding& f, bool same_rule) {
    for (const size_t i : by_line[f.line]) {
      const Finding& g = before.findings[was.shown[i].finding];
      if (used[i] || g.path != f.path) continue;
      if (same_rule ? base.rules[g.rule].id != catalogue_->rules[f.rule].id : f.local < 0) continue;
      used[i] = true;
      return static_cast<int>(was.shown[i].finding);
    }
    return -1;
  };
  std::vector<std::pair<uint32_t, int>> pairs;
  pairs.reserve(folded_.shown.size());
  for (const Shown& s : folded_.shown) pairs.emplace_back(s.finding, partner(report_.findings[s.finding], true));
  for (auto& [index, other] : pairs) {
    const Finding& f = report_.findings[index];
    if (other < 0) other = partner(f, false);
    LocalImpact::Row row{.is = static_cast<int>(index)};
    if (other >= 0) row.national = before.findings[static_cast<size_t>(other)].severity;
    row.here = f.severity;
    if (row.national == row.here && f.local < 0) continue;
    row.title = headline(f);
    row.place = place(*catalogue_, report_, f);
    row.about = about(f);
    impact_.rows.push_back(std::move(row));
  }
  for (size_t i = 0; i < was.shown.size(); ++i) {
    if (used[i]) continue;
    const Finding& g = before.findings[was.shown[i].finding];
    LocalImpact::Row row;
    row.title = view.plain_words ? plain(base, message_, before, g) : title(base, message_, before, g);
    row.place = place(base, before, g);
    row.national = g.severity;
    impact_.rows.push_back(std::move(row));
  }
  if (!has_sent()) return impact_;
  impact_.answer_was = answer_words(predict(base, message_, before, {.control_id = "PREDICTED", .time = {}}));
  impact_.answer_is = answer_words(prediction());
  impact_.ack = prediction().applies ? prediction().ack : std::string();
  return impact_;
}

}  // namespace iz
