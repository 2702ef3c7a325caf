#include "core/markup.h"

#include <catch_amalgamated.hpp>

using namespace iz;

namespace {

std::string text_of(const Markup& m, std::string_view local) {
  const uint32_t at = m.find(local);
  return at == Markup::none ? "none" : m.text(m.elements()[at]);
}

}  // namespace

TEST_CASE("elements, their text and namespaces", "[markup]") {
  const std::string xml =
      "<?xml version='1.0'?><!-- <x> --><a:E xmlns:a='urn:one' xmlns=\"urn:two\"><B "
      "k='>'>t&amp;&#65;<![CDATA[<c>&]]></B>"
      "<a:D/><F xmlns='urn:three'/></a:E>";
  const Markup m(xml);
  REQUIRE(m.elements().size() == 4);
  CHECK(m.elements()[0].local == "E");
  CHECK(m.elements()[0].closed);
  CHECK(m.elements()[1].parent == 0);
  CHECK(m.name_space(0) == "urn:one");
  CHECK(m.name_space(1) == "urn:two");
  CHECK(m.name_space(2) == "urn:one");
  CHECK(m.name_space(3) == "urn:three");
  CHECK(text_of(m, "b") == "t&A<c>&");
  CHECK(m.child(0) == 1);
  CHECK(m.child(0, 2) == 2);
  CHECK(m.child(1) == Markup::none);
  CHECK(m.find("D", 1) == Markup::none);
  CHECK(attribute(m.elements()[1].attributes, "k") == ">");
  CHECK(attribute(m.elements()[1].attributes, "kk").empty());
}

TEST_CASE("tags that are not closed end with what they stand in", "[markup]") {
  const Markup m("<a><b>x<c>y</a>z");
  REQUIRE(m.elements().size() == 3);
  CHECK(m.elements()[0].closed);
  CHECK_FALSE(m.elements()[1].closed);
  CHECK(text_of(m, "b") == "x y");
  CHECK(m.elements()[2].outer.end == m.elements()[1].outer.end);
  // Cut off.
  const Markup cut("<a><b>x");
  CHECK_FALSE(cut.elements()[0].closed);
  CHECK(text_of(cut, "b") == "x");
  // A tag without an end, and a stray end tag.
  const Markup broken("<a><b c='1</b><d></x></d></a");
  REQUIRE(broken.elements().size() == 3);
  CHECK(broken.elements()[1].cut);
  CHECK(broken.elements()[1].open_quote);
  CHECK(broken.elements()[2].closed);
}

TEST_CASE("an end tag of another case closes", "[markup]") {
  const Markup m("<Return>x</return>");
  CHECK(m.elements()[0].closed);
  CHECK(m.elements()[0].end_name == "return");
}

TEST_CASE("scripts, styles and comments are no text", "[markup]") {
  const Markup m("<body>a<script>if (b<c) '</b>'</script><style>p>q</style><!-- d -->e<br>f &copy; &nbsp;g</body>");
  CHECK(text_of(m, "body") == "a e f &copy; \xC2\xA0g");
}

TEST_CASE("a DOCTYPE is passed over unread", "[markup]") {
  const Markup m(
      "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;\"> <!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
      "<a>&lol2;&x;</a>");
  CHECK(m.has_doctype());
  CHECK(text_of(m, "a") == "&lol2;&x;");
  CHECK(m.elements().size() == 1);
  CHECK(Markup("<!DOCTYPE [ ]").elements().empty());
  CHECK(Markup("<!DOCTYPE html><p>").elements().size() == 1);
}

TEST_CASE("text with a less-than sign is text", "[markup]") {
  const Markup m("<a>1 < 2 <3 <= </a>");
  CHECK(m.elements().size() == 1);
  CHECK(text_of(m, "a") == "1 < 2 <3 <= ");
}

TEST_CASE("what lies behind the limit is not read", "[markup]") {
  std::string xml;
  for (size_t i = 0; i < Markup::limit + 1000; ++i) xml += "<a>";
  CHECK(Markup(xml).elements().size() == Markup::limit);
}
