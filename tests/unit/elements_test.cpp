#include "core/elements.h"

#include <catch_amalgamated.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace iz;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

Place place(std::string_view path, const Profile* checked, std::string_view text = "MSH|^~\\&|\r") {
  Message message;
  message.parse(text);
  INFO(path);
  REQUIRE(parse_path(path));
  return find_place(Catalogue::built_in(), message, checked, *parse_path(path));
}

const Profile* profile(std::string_view id) { return Catalogue::built_in().profile(id); }

}  // namespace

TEST_CASE("elements: names from the segment inward") {
  const Place p = place("PID-3.4.1", profile("Z22"));
  CHECK(p.defined);
  CHECK(p.title == "Patient Identification");
  CHECK(p.names[0] == "Patient Identifier List");
  CHECK(p.names[1] == "Assigning Authority");
  CHECK(p.names[2] == "Namespace ID");
  CHECK(p.name() == "Namespace ID");
  CHECK(p.type_id == "IS");
  CHECK(place("PID", profile("Z22")).name() == "Patient Identification");
}

TEST_CASE("elements: a code set reaches the component that carries the code") {
  const Place whole = place("RXA-5", profile("Z22"));
  REQUIRE_FALSE(whole.codes.empty());
  CHECK(whole.codes[0]->id == "CVX");
  CHECK(whole.binding_component == 1);
  CHECK(place("RXA-5.1", profile("Z22")).codes == whole.codes);
  CHECK(place("RXA-5.2", profile("Z22")).codes.empty());
  REQUIRE(place("PID-8", profile("Z22")).codes.size() == 1);
  CHECK(place("PID-8.1", profile("Z22")).codes == place("PID-8", profile("Z22")).codes);
}

TEST_CASE("elements: the type of OBX-5 is that of OBX-2") {
  const std::string_view text = "MSH|^~\\&|\rOBX|1|CE|||a^b^c\rOBX|2|TS|||2026\rOBX|3|XX|||1\r";
  CHECK(place("OBX-5.1", profile("Z22"), text).name() == "Identifier");
  CHECK(place("OBX[2]-5.1", profile("Z22"), text).name() == "Time");
  CHECK_FALSE(place("OBX[3]-5", profile("Z22"), text).type);
  CHECK_FALSE(place("OBX[9]-5.1", profile("Z22"), text).defined);
}

TEST_CASE("elements: what the checked profile lacks") {
  // Named all the same, but not defined.
  CHECK(place("MSA-1", profile("Z22")).name() == "Acknowledgment Code");
  CHECK_FALSE(place("MSA-1", profile("Z22")).defined);
  CHECK(place("MSA-1", profile("Z23")).defined);
  CHECK_FALSE(place("PID-5", profile("Z23")).defined);
  CHECK(place("MSA-1", nullptr).defined);
  CHECK(place("QPD-3.1", nullptr).defined);
  for (const std::string_view path :
       {"PID-40", "PID-8.2", "PID-3.99", "PID-3.1.2", "ZZZ", "ZZZ-1", "QPD-99", "QAK-1.2"}) {
    INFO(path);
    CHECK_FALSE(place(path, nullptr).defined);
  }
  CHECK_FALSE(find_place(Catalogue::built_in(), Message{}, profile("Z22"), Path{}).defined);
  CHECK(has_segment(*profile("Z22"), segment_code("RXA")));
  CHECK_FALSE(has_segment(*profile("Z23"), segment_code("RXA")));
}

TEST_CASE("elements: every name of the guide's eight profiles") {
  const char* set = std::getenv("IZ_SHARED");
  const fs::path file =
      (set ? fs::path(set) : fs::path(IZ_SOURCE_DIR) / ".." / "shared") / "data" / "guide" / "guide-facts.json";
  if (!fs::exists(file)) SKIP("SKIPPED: " << file << " is not there");
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  const Json facts = Json::parse(text.str())["profiles"];
  size_t names = 0;
  std::string differs;
  const Message none;
  const auto compare = [&](const Path& path, const std::string& name) {
    ++names;
    const Place p = find_place(Catalogue::built_in(), none, nullptr, path);
    if (p.name() != name || !p.defined) differs += to_string(path) + " ";
  };
  for (const auto& [id, profile_facts] : facts.items()) {
    const Json& types = profile_facts["datatypes"];
    const auto parts = [&](const Json& element) {
      const auto it = types.find(element.value("datatype", ""));
      return it == types.end() || !it->contains("components") ? Json::array() : (*it)["components"];
    };
    for (const auto& [segment_id, segment] : profile_facts["segments"].items()) {
      for (const Json& field : segment["fields"]) {
        Path path{segment_code(segment["name"].get<std::string>()), 1, field["seq"].get<uint32_t>(), 1, 0, 0};
        compare(path, field["name"]);
        for (const Json& component : parts(field)) {
          path.component = component["seq"];
          path.subcomponent = 0;
          compare(path, component["name"]);
          for (const Json& subcomponent : parts(component)) {
            path.subcomponent = subcomponent["seq"];
            compare(path, subcomponent["name"]);
          }
        }
      }
    }
  }
  CHECK(names > 10000);
  INFO(differs.substr(0, 500));
  CHECK(differs.empty());
}
