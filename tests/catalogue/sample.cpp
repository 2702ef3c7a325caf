#include "tests/catalogue/sample.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace iz::test {

std::string sample(std::string_view name) {
  std::ifstream in(std::string(IZ_SOURCE_DIR "/tests/samples/") + std::string(name) + ".hl7", std::ios::binary);
  if (!in) throw std::runtime_error("no sample " + std::string(name));
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string sent_sample(std::string_view name) {
  std::string text = sample(name);
  std::replace(text.begin(), text.end(), '\n', '\r');
  return text;
}

}  // namespace iz::test
