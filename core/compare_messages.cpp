#include "core/compare_messages.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/compare_align.h"
#include "core/counts.h"
#include "core/date.h"
#include "core/elements.h"
#include "core/explain.h"
#include "core/json.h"

namespace iz {
namespace {

constexpr int kSamePatient = 300, kSameOrder = 350, kSameRepetition = 250;

/// How alike two segments of one name must be: OBX have at least the identifier in common, relatives a part of the name.
int same_segment(uint32_t name) { return name == segment_code("OBX") ? 570 : name == segment_code("NK1") ? 300 : 0; }

/// One of the two messages.
struct Side {
  const Message& message;
  const Report& report;
};

class Comparer {
 public:
  Comparer(const Catalogue& catalogue, Side a, Side b, MessageComparison& out)
      : catalogue_(catalogue), a_(a), b_(b), out_(out) {}

  void run() {
    const std::vector<Block> x = patients_of(a_.message), y = patients_of(b_.message);
    block(x[0], y[0]);
    const auto alike = [&](size_t i, size_t j) {
      return x.size() == 2 && y.size() == 2 ? 1000 : patients_alike(a_.message, x[i + 1], b_.message, y[j + 1]);
    };
    for (const Pair& p : align(x.size() - 1, y.size() - 1, alike, kSamePatient)) {
      if (p.a >= 0 && p.b >= 0)
        block(x[size_t(p.a) + 1], y[size_t(p.b) + 1]);
      else if (p.a >= 0)
        for (const Block& o : orders_of(a_.message, x[size_t(p.a) + 1])) lone(o, true);
      else
        for (const Block& o : orders_of(b_.message, y[size_t(p.b) + 1])) lone(o, false);
    }
    lines();
  }

 private:
  void block(Block x, Block y) {
    const std::vector<Block> p = orders_of(a_.message, x), q = orders_of(b_.message, y);
    segments(p[0], q[0]);
    const auto alike = [&](size_t i, size_t j) { return orders_alike(a_.message, p[i + 1], b_.message, q[j + 1]); };
    for (const Pair& pair : align(p.size() - 1, q.size() - 1, alike, kSameOrder)) {
      if (pair.a >= 0 && pair.b >= 0) {
        const Block i = p[size_t(pair.a) + 1], j = q[size_t(pair.b) + 1];
        if (pair.moved) add_block(Change::moved, i, j, true, true);
        segments(i, j);
      } else if (pair.a >= 0) {
        lone(p[size_t(pair.a) + 1], true);
      } else {
        lone(q[size_t(pair.b) + 1], false);
      }
    }
  }

  /// A block that only one message has: a dose as a whole, other segments one by one.
  void lone(Block x, bool in_a) {
    if (x.first == x.last) return;
    const Message& m = in_a ? a_.message : b_.message;
    const uint32_t name = m.segments()[x.first].name;
    const Change change = in_a ? Change::removed : Change::added;
    if (name == segment_code("ORC") || name == segment_code("RXA")) return add_block(change, x, x, in_a, !in_a);
    for (uint32_t s = x.first; s < x.last; ++s) add_segment(change, s, s, in_a, !in_a);
  }

  void segments(Block x, Block y) {
    const auto alike = [&](size_t i, size_t j) {
      const uint32_t s = x.first + static_cast<uint32_t>(i), t = y.first + static_cast<uint32_t>(j);
      if (a_.message.segments()[s].name != b_.message.segments()[t].name) return -1;
      const int score = segments_alike(a_.message, s, b_.message, t);
      return score < same_segment(a_.message.segments()[s].name) ? -1 : score;
    };
    for (const Pair& p : align(x.last - x.first, y.last - y.first, alike, 0)) {
      const uint32_t s = x.first + static_cast<uint32_t>(std::max(p.a, 0));
      const uint32_t t = y.first + static_cast<uint32_t>(std::max(p.b, 0));
      if (p.a < 0 || p.b < 0) {
        add_segment(p.b < 0 ? Change::removed : Change::added, s, t, p.a >= 0, p.b >= 0);
        continue;
      }
      if (p.moved) add_segment(Change::moved, s, t, true, true);
      fields(s, t);
    }
  }

  void fields(uint32_t s, uint32_t t) {
    const Segment &x = a_.message.segments()[s], &y = b_.message.segments()[t];
    if (!x.name) {
      if (a_.message.value(Span{x.begin, x.end}) != b_.message.value(Span{y.begin, y.end}))
        add_segment(Change::changed, s, t, true, true);
      return;
    }
    const bool header = is_header(x.name);
    for (uint32_t f = 1; f <= std::max(x.field_count, y.field_count); ++f) {
      const Element i = a_.message.field(s, f), j = b_.message.field(t, f);
      if (same(i, j)) continue;
      Path p{x.name, x.occurrence, f, 1}, q{y.name, y.occurrence, f, 1};
      if (header && f <= 2) {
        leaf(p, q, i, j);
      } else if (!a_.message.present(i) && a_.message.empty(i)) {
        leaf(p, q, {}, j);
      } else if (b_.message.empty(j)) {
        leaf(p, q, i, {});
      } else {
        repetitions(p, q, i, j);
      }
    }
  }

  void repetitions(Path p, Path q, Element i, Element j) {
    const Message &a = a_.message, &b = b_.message;
    const uint32_t n = a.count(i, Level::repetition), k = b.count(j, Level::repetition);
    const auto part_a = [&](size_t r) { return a.part(i, Level::repetition, static_cast<uint32_t>(r) + 1); };
    const auto part_b = [&](size_t r) { return b.part(j, Level::repetition, static_cast<uint32_t>(r) + 1); };
    const auto alike = [&](size_t r, size_t u) {
      return n == 1 && k == 1 ? 1000 : repetitions_alike(a, part_a(r), b, part_b(u));
    };
    for (const Pair& pair : align(n, k, alike, kSameRepetition)) {
      p.repetition = static_cast<uint32_t>(std::max(pair.a, 0)) + 1;
      q.repetition = static_cast<uint32_t>(std::max(pair.b, 0)) + 1;
      if (pair.a < 0) {
        leaf(p, q, {}, part_b(size_t(pair.b)));
      } else if (pair.b < 0) {
        leaf(p, q, part_a(size_t(pair.a)), {});
      } else {
        if (pair.moved) add(Change::moved, p, q, part_a(size_t(pair.a)), part_b(size_t(pair.b)));
        parts(p, q, part_a(size_t(pair.a)), part_b(size_t(pair.b)), Level::component);
      }
    }
  }

  void parts(Path p, Path q, Element i, Element j, Level level) {
    if (same(i, j)) return;
    const Message &a = a_.message, &b = b_.message;
    const uint32_t n = std::max(a.count(i, level), b.count(j, level));
    if (n < 2 || !i || !j) return leaf(p, q, i, j);
    for (uint32_t c = 1; c <= n; ++c) {
      (level == Level::component ? p.component : p.subcomponent) = c;
      (level == Level::component ? q.component : q.subcomponent) = c;
      const Element x = a.part(i, level, c), y = b.part(j, level, c);
      if (level == Level::component)
        parts(p, q, x, y, Level::subcomponent);
      else if (!same(x, y))
        leaf(p, q, x, y);
    }
  }

  /// Whether two elements say the same, whatever the separators of their messages are.
  bool same(Element i, Element j) const {
    const Message &a = a_.message, &b = b_.message;
    if (a.delimiters() == b.delimiters()) return a.value(i) == b.value(j);
    if (i.last - i.first != j.last - j.first) return a.empty(i) && b.empty(j);
    for (uint32_t n = 0; n < i.last - i.first; ++n) {
      const Node &x = a.nodes()[i.first + n], &y = b.nodes()[j.first + n];
      if ((n && x.starts != y.starts) || unescape(a.value(Span{x.begin, x.end}), a.delimiters()) !=
                                             unescape(b.value(Span{y.begin, y.end}), b.delimiters()))
        return false;
    }
    return true;
  }

  void leaf(const Path& p, const Path& q, Element i, Element j) {
    const bool in_a = !a_.message.empty(i), in_b = !b_.message.empty(j);
    if (!in_a && !in_b) return;
    add(in_a && in_b ? Change::changed : in_a ? Change::removed : Change::added, p, q, i, j);
  }

  void add(Change change, const Path& p, const Path& q, Element i, Element j) {
    Difference d;
    d.change = change;
    const bool in_a = change != Change::added, in_b = change != Change::removed;
    if (in_a) {
      d.path_a = p;
      d.span_a = a_.message.span(i);
      d.before = unescape(a_.message.value(i), a_.message.delimiters());
      d.before_words = decode(catalogue_, a_.message, a_.report, p);
    }
    if (in_b) {
      d.path_b = q;
      d.span_b = b_.message.span(j);
      d.after = unescape(b_.message.value(j), b_.message.delimiters());
      d.after_words = decode(catalogue_, b_.message, b_.report, q);
    }
    const Side& side = in_a ? a_ : b_;
    const Place place = find_place(catalogue_, side.message, side.report.profile, in_a ? p : q);
    d.name = place.names[0];
    for (const std::string_view inner : {place.names[1], place.names[2]})
      if (!inner.empty()) d.name += (d.name.empty() ? "" : ", ") + std::string(inner);
    out_.differences.push_back(std::move(d));
  }

  void add_segment(Change change, uint32_t s, uint32_t t, bool in_a, bool in_b) {
    add_block(change, {s, s + 1}, {t, t + 1}, in_a, in_b);
    out_.differences.back().dose = false;
    const Side& side = in_a ? a_ : b_;
    const Segment& segment = side.message.segments()[in_a ? s : t];
    const Path path{segment.name, segment.occurrence};
    out_.differences.back().name =
        segment.name ? std::string(find_place(catalogue_, side.message, side.report.profile, path).title)
                     : std::string();
    if (segment.name == segment_code("OBX")) {
      const std::string what = decode(catalogue_, side.message, side.report, {segment.name, segment.occurrence, 3, 1});
      if (!what.empty()) out_.differences.back().name = what;
    }
  }

  void add_block(Change change, Block x, Block y, bool in_a, bool in_b) {
    Difference d;
    d.change = change;
    d.dose = true;
    const auto take = [](const Message& m, Block block, Path& path, Span& span, std::string& text) {
      const Segment& first = m.segments()[block.first];
      path = {first.name, first.name ? first.occurrence : 0};
      span = {first.begin, m.segments()[block.last - 1].end};
      text = m.value(Span{first.begin, first.end});
    };
    if (in_a) take(a_.message, x, d.path_a, d.span_a, d.before);
    if (in_b) take(b_.message, y, d.path_b, d.span_b, d.after);
    d.name = dose_words(in_a ? a_ : b_, in_a ? x : y);
    out_.differences.push_back(std::move(d));
  }

  /// "MMR, 2026-02-17".
  std::string dose_words(const Side& side, Block block) const {
    for (uint32_t s = block.first; s < block.last; ++s) {
      const Segment& segment = side.message.segments()[s];
      if (segment.name != segment_code("RXA")) continue;
      const Path rxa{segment.name, segment.occurrence};
      Path vaccine = rxa, date = rxa;
      vaccine.field = 5;
      date.field = 3;
      vaccine.repetition = date.repetition = 1;
      std::string out = decode(catalogue_, side.message, side.report, vaccine);
      if (out.empty()) out = side.message.value(side.message.field(s, 5));
      const auto time = parse_time(side.message.value(side.message.component(side.message.repetition(s, 3, 1), 1)));
      if (time) out += (out.empty() ? "" : ", ") + to_iso(*time);
      return out;
    }
    return {};
  }

  // ---- as text

  std::string_view line(const Message& m, size_t s) const {
    return m.value(Span{m.segments()[s].begin, m.segments()[s].end});
  }

  /// Lines that both have in this order, then between them neighbours of the same segment name.
  void lines() {
    const Message &a = a_.message, &b = b_.message;
    size_t n = a.segments().size(), k = b.segments().size(), begin = 0;
    while (begin < n && begin < k && line(a, begin) == line(b, begin)) ++begin;
    while (n > begin && k > begin && line(a, n - 1) == line(b, k - 1)) --n, --k;
    const size_t height = n - begin, width = k - begin;
    for (size_t i = 0; i < begin; ++i) push_line(static_cast<int>(i), static_cast<int>(i));
    constexpr size_t most = 4000000;
    size_t i = begin, j = begin;
    if (height * width <= most) {
      std::vector<uint32_t> common((height + 1) * (width + 1));
      const auto at = [&](size_t x, size_t y) -> uint32_t& { return common[(x - begin) * (width + 1) + (y - begin)]; };
      for (size_t x = n; x-- > begin;)
        for (size_t y = k; y-- > begin;)
          at(x, y) = line(a, x) == line(b, y) ? at(x + 1, y + 1) + 1 : std::max(at(x + 1, y), at(x, y + 1));
      size_t from_i = i, from_j = j;
      while (i < n && j < k) {
        if (line(a, i) == line(b, j)) {
          gap(from_i, i, from_j, j);
          push_line(static_cast<int>(i++), static_cast<int>(j++));
          from_i = i;
          from_j = j;
        } else if (at(i + 1, j) >= at(i, j + 1)) {
          ++i;
        } else {
          ++j;
        }
      }
      i = from_i;
      j = from_j;
    }
    gap(i, n, j, k);
    for (size_t x = n, y = k; x < a.segments().size(); ++x, ++y) push_line(static_cast<int>(x), static_cast<int>(y));
  }

  void gap(size_t i, size_t n, size_t j, size_t k) {
    while (i < n || j < k) {
      const bool both = i < n && j < k;
      if (both && a_.message.segments()[i].name == b_.message.segments()[j].name) {
        push_line(static_cast<int>(i++), static_cast<int>(j++));
      } else if (i < n && (!both || n - i >= k - j)) {
        push_line(static_cast<int>(i++), -1);
      } else {
        push_line(-1, static_cast<int>(j++));
      }
    }
  }

  void push_line(int i, int j) {
    ComparedLine out{i, j, {}, {}};
    if (i >= 0 && j >= 0) {
      const auto s = static_cast<uint32_t>(i), t = static_cast<uint32_t>(j);
      const Segment &x = a_.message.segments()[s], &y = b_.message.segments()[t];
      if (line(a_.message, s) != line(b_.message, t)) {
        for (uint32_t f = 0; f <= std::max(x.field_count, y.field_count); ++f) {
          const Element p = a_.message.field(s, f), q = b_.message.field(t, f);
          if (a_.message.value(p) == b_.message.value(q) && static_cast<bool>(p) == static_cast<bool>(q)) continue;
          if (p) out.parts_a.push_back(a_.message.span(p));
          if (q) out.parts_b.push_back(b_.message.span(q));
        }
        if (out.parts_a.empty() && out.parts_b.empty()) {  // only the separators differ
          out.parts_a.push_back({x.begin, x.end});
          out.parts_b.push_back({y.begin, y.end});
        }
      }
    }
    out_.lines.push_back(std::move(out));
  }

  const Catalogue& catalogue_;
  Side a_, b_;
  MessageComparison& out_;
};

}  // namespace

std::string_view to_string(Change change) {
  constexpr std::string_view names[] = {"changed", "added", "removed", "moved"};
  return names[static_cast<size_t>(change)];
}

uint32_t MessageComparison::count(Change change) const {
  return static_cast<uint32_t>(
      std::count_if(differences.begin(), differences.end(), [&](const Difference& d) { return d.change == change; }));
}

MessageComparison compare_messages(const Catalogue& catalogue, const Message& a, const Report& report_a,
                                   const Message& b, const Report& report_b) {
  MessageComparison out;
  Comparer(catalogue, {a, report_a}, {b, report_b}, out).run();
  out.newborn = newborn_follow_up(catalogue, a, b);
  return out;
}

std::string counts_text(const MessageComparison& c) {
  std::string out;
  for (const Change change : {Change::changed, Change::added, Change::removed, Change::moved})
    if (const uint32_t n = c.count(change))
      out += fmt::format("{}{} {}", out.empty() ? "" : ", ", grouped(n), to_string(change));
  return out.empty() ? "No differences" : out;
}

std::string comparison_text(const MessageComparison& c) {
  std::string out = counts_text(c) + '\n';
  if (c.newborn) out += fmt::format("Newborn: {}\n  {}\n", c.newborn->summary, items_text(*c.newborn));
  const auto value = [](const std::string& text, const std::string& words) {
    return words.empty() || words == text ? text : fmt::format("{} ({})", text, words);
  };
  for (const Difference& d : c.differences) {
    const std::string a = to_string(d.path_a), b = to_string(d.path_b);
    std::string place = a.empty() ? b : a;
    if (!a.empty() && !b.empty() && a != b) place += " / " + b;
    out += fmt::format("{:<8} {}  {}", to_string(d.change), place.empty() ? "line" : place,
                       d.dose ? "Dose: " + d.name : d.name);
    if (d.change == Change::changed)
      out += fmt::format(": {} -> {}", value(d.before, d.before_words), value(d.after, d.after_words));
    else if (!d.dose && d.change != Change::moved)
      out += ": " + (d.change == Change::added ? value(d.after, d.after_words) : value(d.before, d.before_words));
    out += '\n';
  }
  return out;
}

std::string comparison_json(const MessageComparison& c, const Message& a, const Message& b, Offsets offsets) {
  const OffsetCounter count_a(a.text(), offsets), count_b(b.text(), offsets);
  const auto span = [](std::string& out, const OffsetCounter& count, Span s) {
    JsonObject o(out);
    json_span(o, count, s);
  };
  std::string out;
  {
    JsonObject whole(out);
    {
      JsonObject o(whole.key("counts"));
      for (const Change change : {Change::changed, Change::added, Change::removed, Change::moved})
        o.number(to_string(change), c.count(change));
    }
    json_list(whole.key("differences"), c.differences, [&](const Difference& d) {
      JsonObject o(out);
      o.text("change", to_string(d.change));
      o.boolean("dose", d.dose);
      o.text_or_null("path_a", to_string(d.path_a));
      o.text_or_null("path_b", to_string(d.path_b));
      o.text("name", d.name);
      o.text("before", d.before);
      o.text("after", d.after);
      o.text("before_words", d.before_words);
      o.text("after_words", d.after_words);
      span(o.key("a"), count_a, d.span_a);
      span(o.key("b"), count_b, d.span_b);
    });
    json_list(whole.key("lines"), c.lines, [&](const ComparedLine& l) {
      JsonObject o(out);
      o.number("a", l.line_a);
      o.number("b", l.line_b);
      o.boolean("same", l.same());
      json_list(o.key("parts_a"), l.parts_a, [&](Span s) { span(out, count_a, s); });
      json_list(o.key("parts_b"), l.parts_b, [&](Span s) { span(out, count_b, s); });
    });
    if (c.newborn) {
      JsonObject o(whole.key("newborn"));
      o.text("kind", to_string(c.newborn->kind));
      o.text("summary", c.newborn->summary);
      json_list(o.key("items"), c.newborn->items, [&](const NewbornFollowUp::Item& item) {
        using Same = NewbornFollowUp::Same;
        JsonObject one(out);
        one.text("what", item.what);
        one.text("before", item.before);
        one.text("after", item.after);
        one.text("same", item.same == Same::yes ? "yes" : item.same == Same::no ? "no" : "missing");
      });
    }
  }
  return out;
}

}  // namespace iz
