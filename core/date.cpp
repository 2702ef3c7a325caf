#include "core/date.h"

#include <fmt/format.h>

#include <algorithm>

namespace iz {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr bool all_digits(std::string_view s) {
  for (const char c : s)
    if (!is_digit(c)) return false;
  return true;
}

constexpr bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

/// Reads digits from the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view s) : s_(s) {}

  bool at_end() const { return s_.empty(); }
  char peek() const { return s_.empty() ? '\0' : s_.front(); }
  void skip() { s_.remove_prefix(1); }
  std::string_view rest() const { return s_; }

  /// Takes exactly `n` digits; -1 and nothing taken when there are fewer.
  int digits(size_t n) {
    if (s_.size() < n) return -1;
    int value = 0;
    for (size_t i = 0; i < n; ++i) {
      if (!is_digit(s_[i])) return -1;
      value = value * 10 + (s_[i] - '0');
    }
    s_.remove_prefix(n);
    return value;
  }

  /// Takes two digits of a range; false when they are not there or out of range.
  bool two(int low, int high, int& value) {
    value = digits(2);
    return value >= low && value <= high;
  }

 private:
  std::string_view s_;
};

/// [.S[S[S[S]]]]: true when there is no point, or a point with one to four digits after it.
bool read_fraction(Reader& in, bool& stated) {
  stated = false;
  if (in.peek() != '.') return true;
  in.skip();
  size_t n = 0;
  for (; is_digit(in.peek()); ++n) in.skip();
  stated = true;
  return n >= 1 && n <= 4;
}

/// [+/-ZZZZ], which must be the end of the text.
bool read_zone(Reader& in, bool& stated, int& minutes) {
  stated = false;
  if (in.at_end()) return true;
  const char sign = in.peek();
  if (sign != '+' && sign != '-') return false;
  in.skip();
  int hour = 0, minute = 0;
  if (!in.two(0, 23, hour) || !in.two(0, 59, minute) || !in.at_end()) return false;
  stated = true;
  minutes = (hour * 60 + minute) * (sign == '-' ? -1 : 1);
  return true;
}

std::string_view month_name(int month) {
  static constexpr std::string_view names[] = {"January", "February", "March",     "April",   "May",      "June",
                                               "July",    "August",   "September", "October", "November", "December"};
  return month >= 1 && month <= 12 ? names[month - 1] : std::string_view{};
}

std::string zone_text(const Time& t) {
  const int m = std::abs(t.zone_minutes);
  return fmt::format("{}{:02}:{:02}", t.zone_minutes < 0 ? '-' : '+', m / 60, m % 60);
}

/// "08", "08:47", "08:47:27" as far as stated.
std::string clock_text(const Time& t) {
  if (t.precision < Precision::minute) return fmt::format("{:02}", t.hour);
  if (t.precision < Precision::second) return fmt::format("{:02}:{:02}", t.hour, t.minute);
  return fmt::format("{:02}:{:02}:{:02}", t.hour, t.minute, t.second);
}

/// YYYYMMDD[HH[MM[SS[.dddd]]]], or YYYYMM where `month_alone`. Days are 01 to 31 in every month:
/// whether the month has that day is the data type's question, not this format's.
bool is_plain_time(std::string_view s, bool month_alone) {
  if (is_day(s)) return true;  // mostly
  Reader in(s);
  int value = 0;
  if (in.digits(4) < 0 || !in.two(1, 12, value)) return false;
  if (in.at_end()) return month_alone;
  if (!in.two(1, 31, value)) return false;
  if (in.at_end()) return true;
  if (!in.two(0, 23, value)) return false;
  if (in.at_end()) return true;
  if (!in.two(0, 59, value)) return false;
  if (in.at_end()) return true;
  if (!in.two(0, 59, value)) return false;
  if (in.at_end()) return true;
  return in.peek() == '.' && in.rest().size() == 5 && all_digits(in.rest().substr(1));
}

/// YYYYMMDDHHMMSS, then anything, then a sign and four digits.
bool is_zoned_time(std::string_view s) {
  if (s.size() < 19) return false;
  const std::string_view zone = s.substr(s.size() - 5);
  return is_plain_time(s.substr(0, 14), false) && (zone[0] == '+' || zone[0] == '-') && all_digits(zone.substr(1));
}

/// 0, 1 or 2, then arcs that have no leading zero: 2.16.840.1.113883.
/// Ten digits of which the last makes the sum right that Luhn's rule gives for 80840 and them (CMS, NPI check digit).
bool is_npi(std::string_view s) {
  if (s.size() != 10 || (s[0] != '1' && s[0] != '2')) return false;
  int sum = 24;  // of 80840
  for (size_t i = 0; i < s.size(); ++i) {
    if (!is_digit(s[i])) return false;
    const int n = (s[i] - '0') * (i % 2 == 0 ? 2 : 1);
    sum += n > 9 ? n - 9 : n;
  }
  return sum % 10 == 0;
}

bool is_oid(std::string_view s) {
  if (s.empty() || s[0] < '0' || s[0] > '2') return false;
  size_t i = 1;
  while (i < s.size()) {
    if (s[i] != '.') return false;
    const size_t begin = ++i;
    while (i < s.size() && is_digit(s[i])) ++i;
    if (i == begin || (s[begin] == '0' && i - begin > 1)) return false;
  }
  return true;
}

std::string counted(int n, std::string_view unit) { return fmt::format("{} {}{}", n, unit, n == 1 ? "" : "s"); }

}  // namespace

int days_in_month(int year, int month) {
  static constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

int64_t day_number(Date d) {
  // Years begin in March, so that the leap day is the last one; 400 years have 146097 days.
  constexpr int eras = 1000;  // added, so that all numbers are positive
  const auto year = static_cast<uint32_t>(d.year + 400 * eras - (d.month <= 2));
  const auto month = static_cast<uint32_t>(d.month + (d.month > 2 ? -3 : 9));
  const uint32_t days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5;
  return int64_t{days} + d.day - 1 - 719468 - 146097 * eras;
}

std::optional<Date> parse_date(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const Date d{Reader(iso.substr(0, 4)).digits(4), Reader(iso.substr(5, 2)).digits(2),
               Reader(iso.substr(8, 2)).digits(2)};
  if (d.year < 1 || d.day < 1 || d.day > days_in_month(d.year, d.month)) return std::nullopt;
  return d;
}

std::optional<Time> parse_time(std::string_view hl7) {
  Reader in(hl7);
  Time t;
  t.date = {in.digits(4), 1, 1};
  if (t.date.year < 1) return std::nullopt;

  // Each part is read only when a digit follows; the first part that is not there ends the
  // precision.
  const auto more = [&] { return is_digit(in.peek()); };
  if (more()) {
    if (!in.two(1, 12, t.date.month)) return std::nullopt;
    t.precision = Precision::month;
    if (more()) {
      if (!in.two(1, days_in_month(t.date.year, t.date.month), t.date.day)) return std::nullopt;
      t.precision = Precision::day;
      if (more()) {
        if (!in.two(0, 23, t.hour)) return std::nullopt;
        t.precision = Precision::hour;
        if (more()) {
          if (!in.two(0, 59, t.minute)) return std::nullopt;
          t.precision = Precision::minute;
          if (more()) {
            if (!in.two(0, 59, t.second)) return std::nullopt;
            t.precision = Precision::second;
            bool fraction = false;
            if (!read_fraction(in, fraction)) return std::nullopt;
            if (fraction) t.precision = Precision::fraction;
          }
        }
      }
    }
  }
  if (!read_zone(in, t.has_zone, t.zone_minutes)) return std::nullopt;
  return t;
}

bool is_time(std::string_view s) { return parse_time(s).has_value(); }

bool is_date(std::string_view s) {
  return (s.size() == 4 || s.size() == 6 || s.size() == 8) && parse_time(s).has_value();
}

bool is_day(std::string_view s) {
  const int32_t n = s.size() == 8 ? eight_digits(s) : -1;
  return n >= 10000 && n % 100 >= 1 && n % 100 <= days_in_month(n / 10000, n / 100 % 100);
}

bool is_clock(std::string_view s) {
  Reader in(s);
  int value = 0;
  if (!in.two(0, 23, value)) return false;
  if (is_digit(in.peek())) {
    if (!in.two(0, 59, value)) return false;
    if (is_digit(in.peek())) {
      bool fraction = false;
      if (!in.two(0, 59, value) || !read_fraction(in, fraction)) return false;
    }
  }
  bool zone = false;
  return read_zone(in, zone, value);
}

bool is_number(std::string_view s) {
  if (!s.empty() && (s[0] == '+' || s[0] == '-')) s.remove_prefix(1);
  bool point = false, digit = false;
  for (const char c : s) {
    if (is_digit(c)) {
      digit = true;
    } else if (c == '.' && !point) {
      point = true;
    } else {
      return false;
    }
  }
  return digit;
}

double number_value(std::string_view s) {
  const bool minus = !s.empty() && s[0] == '-';
  double n = 0, scale = 1;  // whole numbers of 15 digits and powers of ten up to 22 are exact
  bool fraction = false;
  for (const char c : s) {
    if (c == '.') fraction = true;
    if (c < '0' || c > '9') continue;
    n = n * 10 + (c - '0');
    if (fraction) scale *= 10;
  }
  return (minus ? -n : n) / scale;
}

bool is_set_id(std::string_view s) { return !s.empty() && all_digits(s); }

bool is_format(std::string_view s, NamedFormat format) {
  switch (format) {
    case NamedFormat::date_to_day:
      return is_plain_time(s, false);
    case NamedFormat::date_to_month:
      return is_plain_time(s, true);
    case NamedFormat::time_with_zone:
      return is_zoned_time(s);
    case NamedFormat::oid:
      return is_oid(s);
    case NamedFormat::npi:
      return is_npi(s);
  }
  return false;
}

std::string to_iso(Date d) { return fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day); }

std::string to_iso(const Time& t) {
  std::string out;
  if (t.precision == Precision::year) {
    out = fmt::format("{:04}", t.date.year);
  } else if (t.precision == Precision::month) {
    out = fmt::format("{:04}-{:02}", t.date.year, t.date.month);
  } else {
    out = to_iso(t.date);
  }
  if (t.precision >= Precision::hour) out += ' ' + clock_text(t);
  if (t.has_zone) out += ' ' + zone_text(t);
  return out;
}

std::string to_words(const Time& t) {
  if (t.precision == Precision::year) return fmt::format("{}", t.date.year);
  if (t.precision == Precision::month) {
    return fmt::format("{} {}", month_name(t.date.month), t.date.year);
  }
  std::string out = fmt::format("{} {}, {}", month_name(t.date.month), t.date.day, t.date.year);
  if (t.precision == Precision::hour) {
    out += fmt::format(", {:02} h", t.hour);
  } else if (t.precision > Precision::hour) {
    out += ", " + clock_text(t);
  }
  if (t.has_zone && t.precision >= Precision::hour) out += " UTC" + zone_text(t);
  return out;
}

std::string age_in_words(Date birth, Date on) {
  if (!birth || !on || on < birth) return {};
  // A day that the month lacks (February 29 or 30, the 31st) is reached on the first of the next
  // month.
  int months = (on.year - birth.year) * 12 + on.month - birth.month;
  if (on.day < birth.day) --months;
  const int whole = birth.year * 12 + birth.month - 1 + months;
  Date reached{whole / 12, whole % 12 + 1, birth.day};
  int64_t since = day_number(reached);
  if (const int last = days_in_month(reached.year, reached.month); birth.day > last) {
    reached.day = last;
    since = day_number(reached) + 1;
  }
  const int days = int(std::max<int64_t>(0, day_number(on) - since));
  const int years = months / 12;
  if (years >= 18) return counted(years, "year");

  // The two largest parts that are not zero: "4 years 3 months", "1 year 6 days", "3 months 2
  // days".
  std::string out;
  int parts = 0;
  const auto add = [&](int n, std::string_view unit) {
    if (n == 0 || parts == 2) return;
    if (parts++ > 0) out += ' ';
    out += counted(n, unit);
  };
  add(years, "year");
  add(months % 12, "month");
  add(days, "day");
  return parts == 0 ? "born that day" : out;
}

int age_in_years(Date birth, Date on) {
  if (!birth || !on || on < birth) return -1;
  const bool before = on.month < birth.month || (on.month == birth.month && on.day < birth.day);
  return on.year - birth.year - (before ? 1 : 0);
}

}  // namespace iz
