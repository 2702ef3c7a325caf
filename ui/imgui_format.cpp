// How Dear ImGui makes the names of its windows ("problems/rows_3F2A10C4"). Everything that a reader sees is drawn by us, so
// that of printf only strings, whole numbers and hexadecimal ones are needed; the whole of it would cost the page 10 kB.
#include <cstdarg>
#include <cstring>
#include <string_view>

#include "imgui.h"
#include "imgui_internal.h"

namespace {

/// Writes as far as there is room, counts all.
struct Out {
  char* at;
  size_t room, size = 0;
  void put(char c) {
    if (size + 1 < room) at[size] = c;
    ++size;
  }
  void put(std::string_view text) {
    for (const char c : text) put(c);
  }
};

void put_number(Out& out, unsigned long long n, unsigned base, bool capital, bool minus, int width, bool zeros) {
  char digits[24];
  int count = 0;
  do {
    const auto digit = static_cast<unsigned>(n % base);
    digits[count++] = static_cast<char>(digit < 10 ? '0' + digit : (capital ? 'A' : 'a') + digit - 10);
    n /= base;
  } while (n != 0);
  int pad = width - count - (minus ? 1 : 0);
  if (minus && zeros) out.put('-');
  for (; pad > 0; --pad) out.put(zeros ? '0' : ' ');
  if (minus && !zeros) out.put('-');
  while (count > 0) out.put(digits[--count]);
}

}  // namespace

int ImFormatStringV(char* buf, size_t buf_size, const char* format, va_list args) {
  Out out{buf, buf != nullptr ? buf_size : 0};
  for (const char* at = format; *at != 0; ++at) {
    if (*at != '%') {
      out.put(*at);
      continue;
    }
    bool zeros = false, wide = false;
    int width = 0, precision = -1;
    ++at;
    for (; *at == '0' || *at == '-' || *at == '+' || *at == '#'; ++at) zeros = zeros || *at == '0';
    for (; *at >= '0' && *at <= '9'; ++at) width = width * 10 + (*at - '0');
    if (*at == '.') {
      precision = 0;
      if (*++at == '*') {
        precision = va_arg(args, int);
        ++at;
      }
      for (; *at >= '0' && *at <= '9'; ++at) precision = precision * 10 + (*at - '0');
    }
    for (; *at == 'l' || *at == 'z' || *at == 'h'; ++at) wide = wide || *at != 'h';
    switch (*at) {
      case 's': {
        const char* text = va_arg(args, const char*);
        if (text == nullptr) text = "";
        size_t size = 0;
        while (text[size] != 0 && (precision < 0 || size < static_cast<size_t>(precision))) ++size;
        out.put(std::string_view(text, size));
        break;
      }
      case 'c':
        out.put(static_cast<char>(va_arg(args, int)));
        break;
      case 'd':
      case 'i': {
        const long long n = wide ? va_arg(args, long) : va_arg(args, int);
        put_number(out, n < 0 ? 0ull - static_cast<unsigned long long>(n) : static_cast<unsigned long long>(n), 10,
                   false, n < 0, width, zeros);
        break;
      }
      case 'u':
      case 'x':
      case 'X': {
        const unsigned long long n = wide ? va_arg(args, unsigned long) : va_arg(args, unsigned);
        put_number(out, n, *at == 'u' ? 10 : 16, *at == 'X', false, width, zeros);
        break;
      }
      case 'p':
        put_number(out, reinterpret_cast<uintptr_t>(va_arg(args, void*)), 16, false, false, width, zeros);
        break;
      case '%':
        out.put('%');
        break;
      default:  // no fraction stands in the name of a window
        if (*at == 0) --at;
        static_cast<void>(va_arg(args, double));
        out.put('?');
    }
  }
  if (buf != nullptr && buf_size > 0) buf[out.size < buf_size ? out.size : buf_size - 1] = 0;
  return buf != nullptr && out.size >= buf_size && buf_size > 0 ? static_cast<int>(buf_size - 1)
                                                                : static_cast<int>(out.size);
}

int ImFormatString(char* buf, size_t buf_size, const char* format, ...) {
  va_list args;
  va_start(args, format);
  const int size = ImFormatStringV(buf, buf_size, format, args);
  va_end(args);
  return size;
}

#ifdef __EMSCRIPTEN__
// Dear ImGui reads its settings file with it, and numbers that are typed into its own fields; neither is there.
extern "C" int sscanf(const char*, const char*, ...) { return 0; }
#endif
