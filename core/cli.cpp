// The command line. For now it only says that the engine was built.

#include <cstdio>

#include "core/embedded.h"

int main() {
  std::printf("iz: %zu data files\n", iz::embedded_files().size());
  return 0;
}
