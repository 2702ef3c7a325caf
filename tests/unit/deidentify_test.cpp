// Copies without the person: nothing of them is left, everything else is, and the check says the same.
#include "core/deidentify.h"

#include <algorithm>
#include <catch_amalgamated.hpp>
#include <set>

#include "core/catalogue.h"
#include "core/days.h"
#include "core/edit.h"
#include "core/path.h"
#include "core/surrogate.h"
#include "core/templates.h"
#include "tests/catalogue/sample.h"

namespace iz {
namespace {

const Date day = *parse_date("2026-02-18");

std::string changed(std::string text, std::initializer_list<std::pair<const char*, const char*>> changes) {
  for (const auto& [place, value] : changes) {
    Message m;
    m.parse(text);
    text = *set_value(m, *parse_path(place), value);
  }
  return text;
}

Deidentified copy_of(const std::string& text, std::string_view seed = "a seed of the tests") {
  Deidentifier d(Catalogue::built_in(), seed);
  return d.run(text, {.as_of = day});
}

std::string value(const std::string& text, const char* place) {
  Message m;
  m.parse(text);
  const Location at = locate(m, *parse_path(place));
  return at.found ? std::string(m.value(at.span)) : std::string("(absent)");
}

bool in_word(char c) { return isalnum(static_cast<unsigned char>(c)) || (c & 0x80); }

/// The words of names, addresses, numbers and ids of the persons in a text.
std::set<std::string> words_of_persons(const std::string& text) {
  std::set<std::string> out;
  Message m;
  m.parse(text);
  const auto take = [&](std::string_view v) {
    for (size_t i = 0; i < v.size();) {
      size_t end = i;
      while (end < v.size() && in_word(v[end])) ++end;
      const std::string word(v.substr(i, end - i));
      const bool digits =
          !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) { return isdigit(c); });
      if (word.size() >= (digits ? 5u : 4u)) out.insert(word);
      i = std::max(end, i + 1);
    }
  };
  for (uint32_t s = 0; s < m.segments().size(); ++s) {
    const std::string name = segment_name(m.segments()[s].name);
    const auto all = [&](uint32_t field, std::initializer_list<uint32_t> components) {
      const uint32_t n = m.count(m.field(s, field), Level::repetition);
      for (uint32_t r = 1; r <= n; ++r)
        for (const uint32_t k : components) take(m.value(m.component(m.repetition(s, field, r), k)));
    };
    if (name == "PID") {
      for (const uint32_t f : {3u, 4u, 18u, 19u}) all(f, {1});
      for (const uint32_t f : {5u, 6u, 9u}) all(f, {1, 2, 3});
      all(11, {1, 3, 5});
      all(13, {4, 7, 12});
      all(7, {1});
    } else if (name == "NK1") {
      all(2, {1, 2, 3});
      all(4, {1, 3});
      all(5, {7});
    } else if (name == "QPD") {
      all(3, {1});
      all(4, {1, 2, 3});
      all(8, {1, 3});
    }
  }
  for (const char* word : {"Street", "Court", "Road", "Lane", "Apt", "Unit", "Avenue", "Drive", "Baby", "Babygirl",
                           "BABY", "GIRL", "Girl", "Test", "TEST"})
    out.erase(word);
  return out;
}

bool holds_word(const std::string& text, const std::string& word) {
  for (size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !in_word(text[at - 1]);
    const size_t end = at + word.size();
    if (begins && (end == text.size() || !in_word(text[end]))) return true;
  }
  return false;
}

std::vector<std::pair<std::string, std::string>> all_messages() {
  std::vector<std::pair<std::string, std::string>> out;
  for (const char* name : {"vxu-two-doses", "vxu-newborn", "vxu-refusal", "ack-accepted", "ack-errors", "qbp-z34",
                           "qbp-z44", "rsp-z31", "rsp-z32", "rsp-z33", "rsp-z42"})
    out.emplace_back(name, iz::test::sent_sample(name));
  for (const GalleryExample& e : gallery(day)) out.emplace_back(e.title, e.text);
  return out;
}

TEST_CASE("a copy has nothing of the persons left, the same segments and the same findings", "[deidentify]") {
  for (const auto& [name, text] : all_messages()) {
    INFO(name);
    const Deidentified copy = copy_of(text);
    for (const std::string& word : words_of_persons(text)) {
      INFO(word);
      CHECK_FALSE(holds_word(copy.text, word));
    }
    Message before, after;
    before.parse(text);
    after.parse(copy.text);
    REQUIRE(before.segments().size() == after.segments().size());
    for (size_t s = 0; s < before.segments().size(); ++s) {
      CHECK(before.segments()[s].name == after.segments()[s].name);
      CHECK(before.segments()[s].field_count == after.segments()[s].field_count);
    }
    CHECK(copy.otherwise.empty());
    CHECK(copy.remains.size() >= 2);
    if (text.find("PID|") != std::string::npos) CHECK(copy.values > 10);
  }
}

TEST_CASE("the same value has the same surrogate, another seed another one", "[deidentify]") {
  const std::string text = iz::test::sent_sample("vxu-two-doses");
  Deidentifier d(Catalogue::built_in(), "one seed for both texts");
  const std::string a = d.run(text, {.as_of = day}).text,
                    b = d.run(iz::test::sent_sample("rsp-z32"), {.as_of = day}).text;
  // The child of the update is the child of the answer; mother and child have one family name and one address.
  CHECK(value(a, "PID-5.1") == value(b, "PID-5.1"));
  CHECK(value(a, "PID-7") == value(b, "PID-7"));
  CHECK(value(a, "PID-5.1") == value(a, "NK1-2.1"));
  CHECK(value(a, "PID-11.1") == value(a, "NK1-4.1"));
  CHECK(d.run(text, {.as_of = day}).text == a);
  CHECK(copy_of(text, "one seed for both texts").text == a);
  const std::string other = copy_of(text, "another seed of the tests").text;
  CHECK(value(other, "PID-5.1") != value(a, "PID-5.1"));
  CHECK(value(other, "PID-3.1") != value(a, "PID-3.1"));
}

TEST_CASE("dates move together: ages and intervals stay, an edition of a statement too", "[deidentify]") {
  const std::string text = changed(iz::test::sent_sample("vxu-newborn"),
                                   {{"PID-29", "202602171200-0500"}, {"PD1-13", "202602"}, {"ORC-9", "2026"}});
  const Deidentified copy = copy_of(text);
  REQUIRE(copy.days >= 1);
  REQUIRE(copy.days <= 41);
  const auto moved = [&](const char* place) {
    return day_range(value(text, place)).first - day_range(value(copy.text, place)).first;
  };
  for (const char* place : {"PID-7", "RXA-3", "RXA-16", "MSH-7", "PID-29", "OBX[1]-14", "OBX[5]-5"}) {
    INFO(place);
    CHECK(moved(place) == copy.days);
  }
  CHECK(value(copy.text, "OBX[4]-5") == value(text, "OBX[4]-5"));  // 29768-9
  CHECK(value(copy.text, "PID-29").substr(8) == "1200-0500");
  CHECK(value(copy.text, "ORC-9") == "2026");
  CHECK(value(copy.text, "PD1-13").size() == 6);
}

TEST_CASE("forms stay: identifiers, provider numbers, telephone, ZIP, email, case and punctuation", "[deidentify]") {
  const std::string text = changed(iz::test::sent_sample("vxu-two-doses"),
                                   {{"PID-3", "AB-0417^^^ALDERPED^MR~123456789^^^SSA^SS"},
                                    {"RXA[1]-10", "1234567893^O'SHAUGHNESSY-Vail^tamsin^Q^^^^^NPI^L^^^NPI"},
                                    {"PID-13", "^PRN^PH^^^541^5550109~^NET^Internet^some.one@alder.test"},
                                    {"PID-11", "PO Box 17 N Elm Street Apt 3^^Fernhollow^OR^97999-1234^USA^P^^41047"}});
  const std::string copy = copy_of(text).text;
  const auto form = [](std::string v) {
    for (char& c : v)
      c = isdigit(static_cast<unsigned char>(c))   ? '9'
          : isupper(static_cast<unsigned char>(c)) ? 'A'
          : islower(static_cast<unsigned char>(c)) ? 'a'
                                                   : c;
    return v;
  };
  CHECK(form(value(copy, "PID-3[1].1")) == "AA-9999");
  CHECK(form(value(copy, "PID-3[2].1")) == "999999999");
  CHECK(value(copy, "PID-3[2].1") != "123456789");
  CHECK(value(copy, "PID-3[1].4") == "ALDERPED");
  const std::string npi = value(copy, "RXA[1]-10.1");
  CHECK(npi != "1234567893");
  CHECK(Surrogates("any").provider(npi).size() == 10);
  int sum = 24;
  for (size_t i = 0; i < 10; ++i) {
    const int digit = (npi[i] - '0') * (i % 2 == 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  CHECK(sum % 10 == 0);
  const std::string family = value(copy, "RXA[1]-10.2");
  CHECK(family.find('\'') == 1);
  CHECK(family.find('-') != std::string::npos);
  CHECK(std::islower(static_cast<unsigned char>(value(copy, "RXA[1]-10.3")[0])));
  CHECK(value(copy, "RXA[1]-10.9") == "NPI");
  CHECK(form(value(copy, "PID-13[1].7")) == "9999999");
  CHECK(value(copy, "PID-13[2].4").ends_with("@example.org"));
  CHECK(value(copy, "PID-13[2].4").find("some.one") == std::string::npos);
  CHECK(value(copy, "PID-11.1").starts_with("PO Box "));
  CHECK(value(copy, "PID-11.1").find(" N ") != std::string::npos);
  CHECK(value(copy, "PID-11.1").find(" Street Apt ") != std::string::npos);
  CHECK(value(copy, "PID-11.1").find("Elm") == std::string::npos);
  CHECK(value(copy, "PID-11.4") == "OR");
  CHECK(value(copy, "PID-11.5").substr(0, 3) == "979");
  CHECK(form(value(copy, "PID-11.5")) == "99999-9999");
  CHECK(value(copy, "PID-11.5") != "97999-1234");
  CHECK(value(copy, "PID-11.9").empty());
}

TEST_CASE("free text goes, sentences of a registry lose the person, what is unreadable is garbled", "[deidentify]") {
  std::string text = changed(iz::test::sent_sample("vxu-two-doses"), {{"PID-19", "123-45-6789"}});
  text += "NTE|1||Marlo was seen with mother Sunniva\rZPX|1|Thistlewood kept here\rMarlo Thistlewood of 97999\r";
  const Deidentified copy = copy_of(text);
  CHECK(copy.text.find("NTE|1||Text left out") != std::string::npos);
  CHECK(copy.text.find("Thistlewood") == std::string::npos);
  CHECK(copy.text.find("Marlo") == std::string::npos);
  CHECK(copy.text.find("123-45-6789") == std::string::npos);
  const auto says = [&](std::string_view words) {
    return std::any_of(copy.remains.begin(), copy.remains.end(),
                       [&](const auto& s) { return s.find(words) != std::string::npos; });
  };
  CHECK(says("1 value of free text was left out whole."));
  CHECK(says("begin with Z"));

  // What no profile describes, in whatever form, and what stands where it should not.
  std::string odd = changed(iz::test::sent_sample("vxu-two-doses"), {{"PID-5.4", "Alonzo"},
                                                                     {"PID-5.5", "Dr."},
                                                                     {"PID-11.4", "Springfield"},
                                                                     {"PID-12", "41047"},
                                                                     {"OBX[2]-2", "ED"},
                                                                     {"OBX[2]-5", "Thistlewood^Marlo^scan"}});
  odd +=
      "OBR|1|77|88|x|||20260217|||^Quillby^Ada\rROL|7|AD|PP|^Quillby^Ada\rPID#1##123##Quillby^Ada\rpid|1||5||Quillby^"
      "Ada\r";
  const std::string rid = copy_of(odd).text;
  for (const char* word : {"Alonzo", "Springfield", "41047", "Quillby", "Marlo", "scan"}) {
    INFO(word);
    CHECK(rid.find(word) == std::string::npos);
  }
  CHECK(value(rid, "PID-5.5") == "Dr.");
  const std::string town = copy_of(changed(iz::test::sent_sample("vxu-two-doses"),
                                           {{"RXA[1]-11", "^^^ALDERPED^^^^^5 Elm Street^^Fernhollow^OR^97999"}}))
                               .text;
  CHECK(town.find("Fernhollow") == std::string::npos);
  CHECK(value(town, "RXA[1]-11.4") == "ALDERPED");
  // The number of a message loses the number of the person.
  CHECK(value(copy_of(changed(iz::test::sent_sample("vxu-two-doses"), {{"MSH-10", "X-30417-7"}})).text, "MSH-10")
            .find("30417") == std::string::npos);
  CHECK(value(copy_of(iz::test::sent_sample("vxu-two-doses")).text, "MSH-10") ==
        value(iz::test::sent_sample("vxu-two-doses"), "MSH-10"));
  // Dates and telephone numbers in a sentence, a name of two letters.
  const std::string said =
      value(copy_of(changed(iz::test::sent_sample("rsp-z32"),
                            {{"PID[1]-5.2", "Li"}, {"MSA-3", "Li, born 01/14/2025 or 2025-01-14, tel 555-0133"}}))
                .text,
            "MSA-3");
  for (const char* part : {"Li,", "01/14/2025", "2025-01-14", "555-0133"}) {
    INFO(part);
    CHECK(said.find(part) == std::string::npos);
  }

  std::string answer = changed(iz::test::sent_sample("rsp-z32"), {{"MSA-3", "Found Thistlewood"}});
  answer = changed(answer, {});
  Message m;
  m.parse(answer);
  const std::string family = std::string(m.get("PID", 5, 1)), record = std::string(m.get("PID", 3, 1));
  answer = changed(answer, {{"MSA-3", ("Record " + record + " of " + family + ", born 20250114, code 101").c_str()}});
  const std::string told = value(copy_of(answer).text, "MSA-3");
  CHECK(told.find(family) == std::string::npos);
  CHECK(told.find("20250114") == std::string::npos);
  CHECK(told.ends_with(", code 101"));
}

TEST_CASE("names that are nobody's stay, so that the check says the same", "[deidentify]") {
  CHECK(value(copy_of(iz::test::sent_sample("vxu-newborn")).text, "PID-5.2") == "Babygirl");
  CHECK(value(copy_of(changed(iz::test::sent_sample("vxu-two-doses"), {{"PID-5", "Unknown^Unknown"}})).text,
              "PID-5.1") == "Unknown");
  CHECK(value(copy_of(iz::test::sent_sample("vxu-refusal")).text, "ORC-3.1") == "9999");
  // A placeholder with the mother's name in it loses that.
  const std::string mother = changed(iz::test::sent_sample("vxu-newborn"), {{"PID-5.2", "GirlSunniva"}});
  CHECK(copy_of(mother).text.find("Sunniva") == std::string::npos);
  // An emptied field stays emptied, another delimiter is kept, an escape sequence too.
  CHECK(value(copy_of(changed(iz::test::sent_sample("vxu-two-doses"), {{"PID-6", "\"\""}})).text, "PID-6") == "\"\"");
}

TEST_CASE("somebody over 89, a word that is left, and texts that are no messages", "[deidentify]") {
  const auto remains = [](const std::string& text, std::string_view words) {
    const Deidentified copy = copy_of(text);
    return std::any_of(copy.remains.begin(), copy.remains.end(),
                       [&](const auto& s) { return s.find(words) != std::string::npos; });
  };
  CHECK(remains(changed(iz::test::sent_sample("vxu-two-doses"), {{"PID-7", "19300101"}}), "over 89"));
  CHECK_FALSE(remains(iz::test::sent_sample("vxu-two-doses"), "over 89"));
  CHECK(remains(changed(iz::test::sent_sample("vxu-two-doses"), {{"MSH-22", "Fernhollow Clinic"}}),
                "was not changed: MSH-22"));
  for (const std::string& text :
       {std::string(), std::string("no message at all"), std::string("MSH"), std::string("PID|1||77\r"),
        std::string("\xff\xfe\x00x", 4), std::string("MSH|^~\\&|\rPID|1||\"\"~^^^|||")}) {
    const Deidentified copy = copy_of(text);
    CHECK(copy.text.size() >= text.size() / 2);
  }
}

TEST_CASE("a National Provider Identifier stays one", "[deidentify]") {
  const auto is_npi = [](const std::string& id) {
    int sum = 24;
    for (size_t i = 0; i < 10; ++i) {
      const int digit = (id[i] - '0') * (i % 2 == 0 ? 2 : 1);
      sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10 == 0;
  };
  const Surrogates s("a seed of the tests");
  for (int n = 0; n < 20; ++n) {
    std::string id = "1" + std::to_string(10000000 + n * 3141593) + "0";  // nobody's: made here
    while (!is_npi(id)) ++id[9];
    INFO(id);
    CHECK(is_npi(s.provider(id)));
    CHECK(s.provider(id) != id);
  }
}

TEST_CASE("SipHash-2-4 as published", "[deidentify]") {
  // Key 00..0f, messages of 0, 1 and 15 bytes: 00, 01, .. (reference vectors of the paper and its code).
  const std::array<uint64_t, 2> key{0x0706050403020100ull, 0x0f0e0d0c0b0a0908ull};
  std::string text;
  CHECK(sip_hash(key, text) == 0x726fdb47dd0e0e31ull);
  text += '\0';
  CHECK(sip_hash(key, text) == 0x74f839c593dc67fdull);
  for (char c = 1; c < 15; ++c) text += c;
  CHECK(sip_hash(key, text) == 0xa129ca6149be45e5ull);
}

}  // namespace
}  // namespace iz
