#include "ui/form_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/meanings.h"
#include "ui/tree_rows.h"

namespace iz {
namespace {

bool within(const Path& outer, const Path& inner) {
  const auto same = [](uint32_t o, uint32_t i) { return o == 0 || o == i; };
  return outer.segment == inner.segment && outer.occurrence == inner.occurrence && outer.field == inner.field &&
         same(outer.repetition, std::max(1u, inner.repetition)) && same(outer.component, inner.component) &&
         same(outer.subcomponent, inner.subcomponent);
}

class Builder {
 public:
  Builder(const Workbench& w, uint32_t segment) : w_(w), message_(w.message()), segment_(segment) {}

  std::vector<FormRow> run() {
    const Segment& s = message_.segments()[segment_];
    Path path = {.segment = s.name, .occurrence = s.occurrence};
    const Place place = find_place(w_.catalogue(), message_, w_.report().profile, path, static_cast<int>(segment_));
    const SegmentDef* def = place.segment;
    const auto defined = static_cast<uint32_t>(def != nullptr ? def->fields.size() : 0);
    for (uint32_t n = 1; n <= std::max(s.field_count, defined); ++n) {
      const ElementDef* element = n <= defined ? &def->fields[n - 1] : nullptr;
      field(path, n, element, place.profile);
    }
    return std::move(rows_);
  }

 private:
  void field(Path path, uint32_t n, const ElementDef* element, const Profile* profile) {
    const Element value = message_.field(segment_, n);
    const bool present = message_.present(value);
    const bool wanted = element != nullptr && !element->unknown &&
                        (element->usage == Usage::R || element->usage == Usage::RE || element->usage == Usage::C);
    path.field = n;
    path.repetition = 1;
    const bool current = w_.selection().path.segment == path.segment &&
                         w_.selection().path.occurrence == path.occurrence && w_.selection().path.field == n;
    if (!present && !wanted && !current && !(w_.view.all_fields && element != nullptr && !element->unknown)) return;
    const bool header = is_header(path.segment) && n <= 2;
    const uint32_t count = header ? 1 : std::max(1u, message_.count(value, Level::repetition));
    const DataTypeDef* type = element != nullptr && element->type >= 0 && profile != nullptr
                                  ? &profile->types[static_cast<size_t>(element->type)]
                                  : nullptr;
    // OBX-5 has the type that OBX-2 names.
    if (type != nullptr && type->format == Format::varies) {
      type = find_place(w_.catalogue(), message_, w_.report().profile, path, static_cast<int>(segment_)).type;
    }
    for (uint32_t r = 1; r <= count; ++r) {
      path.repetition = r;
      row(path, header ? value : message_.repetition(segment_, n, r), type, profile, 0, header);
    }
    if (!header && present && element != nullptr && element->max > count) {
      FormRow more;
      more.kind = FormRow::Kind::more;
      more.path = path;
      more.path.repetition = count + 1;
      more.key = place_key(more.path);
      rows_.push_back(std::move(more));
    }
  }

  void row(const Path& path, Element element, const DataTypeDef* type, const Profile* profile, uint8_t depth,
           bool delimiters) {
    FormRow out;
    out.path = path;
    out.depth = depth;
    out.present = message_.present(element);
    out.key = "form " + place_key(path);
    const Level inner = path.component == 0      ? Level::component
                        : path.subcomponent == 0 ? Level::subcomponent
                                                 : Level::segment;
    const auto sent = inner == Level::segment ? 0 : message_.count(element, inner);
    const bool complex = type != nullptr && !type->primitive();
    const bool coded = complex && type->coded;
    out.parts = !delimiters && inner != Level::segment && (complex || sent > 1);
    // A whole of several parts is written part by part; of a coded element its code can be chosen.
    out.writable = !delimiters && (!out.parts || coded || (type != nullptr && type->base == "TS"));
    out.date = type != nullptr && (type->base == "TS" || type->format == Format::dt || type->format == Format::dtm);
    out.open = out.parts && w_.view.open.contains(out.key);
    int worst = 3;
    for (uint32_t i : w_.shown_of_segment(segment_)) {
      const uint32_t index = w_.folded().shown[i].finding;
      const Finding& f = w_.report().findings[index];
      if (f.path.field == 0 || !within(path, f.path) || static_cast<int>(f.severity) >= worst) continue;
      worst = static_cast<int>(f.severity);
      out.finding = static_cast<int>(index);
    }
    const bool open = out.open;
    rows_.push_back(std::move(out));
    if (!open) return;
    const auto defined = static_cast<uint32_t>(complex ? type->components.size() : 0);
    for (uint32_t k = 1; k <= std::max(defined, sent); ++k) {
      const ElementDef* part = k <= defined ? &type->components[k - 1] : nullptr;
      const Element value = message_.part(element, inner, k);
      const bool there = message_.present(value);
      if (part != nullptr && !there && (part->unknown || (part->usage == Usage::X && !w_.view.all_fields))) continue;
      Path p = path;
      (path.component == 0 ? p.component : p.subcomponent) = k;
      const DataTypeDef* part_type = part != nullptr && part->type >= 0 && profile != nullptr
                                         ? &profile->types[static_cast<size_t>(part->type)]
                                         : nullptr;
      row(p, value, part_type, profile, static_cast<uint8_t>(depth + 1), false);
    }
  }

  const Workbench& w_;
  const Message& message_;
  uint32_t segment_;
  std::vector<FormRow> rows_;
};

}  // namespace

int form_segment(const Workbench& w) {
  const Path& path = w.selection().path;
  if (path.segment == 0) return -1;
  return locate(w.message(), Path{.segment = path.segment, .occurrence = path.occurrence}).segment;
}

std::vector<FormRow> form_rows(const Workbench& w) {
  const int segment = form_segment(w);
  if (segment < 0) return {};
  return Builder(w, static_cast<uint32_t>(segment)).run();
}

int row_of_place(const std::vector<FormRow>& rows, const Path& path) {
  int best = -1;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].kind == FormRow::Kind::element ? within(rows[i].path, path) : rows[i].path == path)
      best = static_cast<int>(i);
  }
  return best;
}

std::string form_value(const Workbench& w, const FormRow& row) {
  if (row.kind == FormRow::Kind::more) return {};
  Path path = row.path;
  const std::optional<CodedPlace> coded = coded_place(w, path);
  if (coded) path = coded->code;
  if (!coded && row.parts) path.component == 0 ? path.component = 1 : path.subcomponent = 1;
  const Location at = locate(w.message(), path);
  if (!at.found) return {};
  const std::string_view value = w.message().value(at.span);
  return row.writable ? unescape(value, w.message().delimiters()) : std::string(value);
}

std::string insert_words(const Profile& profile, const std::string& name) {
  const std::vector<std::string> lines = group_lines(profile, name);
  if (lines.empty()) {
    const Meaning* meaning = find_meaning(segment_code(name), 0);
    const SegmentDef* def = profile.segment(std::string_view(name));
    return fmt::format("{}: {}", name, meaning ? meaning->label : def ? std::string_view(def->title) : "");
  }
  std::string words;
  for (const std::string& line : lines) words += (words.empty() ? "" : ", ") + line.substr(0, 3);
  std::string title = name.substr(name.find('.') + 1);  // all in capitals
  if (title == "ORDER" && words.find("RXA") != std::string::npos) title = "DOSE";
  for (size_t i = 1; i < title.size(); ++i) title[i] = title[i] == '_' ? ' ' : static_cast<char>(title[i] | 0x20);
  return fmt::format("{}: {}", title, words);
}

}  // namespace iz
