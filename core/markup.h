// XML and HTML as people paste it: tags that are not closed, of the wrong case, cut off, with text around them.
//
//     Markup m(input);
//     const uint32_t body = m.find("Body");           // by local name, any case
//     std::string text = m.text(m.elements()[body]);  // decoded
//
// One pass, not recursive, linear in the input whatever it is. No DTD: `<!DOCTYPE ... [ ... ]>` is passed over, and the
// only references that are undone are the five of XML, &nbsp; and numeric ones; so nothing can expand or be fetched.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/message.h"

namespace iz {

struct Element {
  std::string_view name;        ///< as written, with prefix: "soap:Body"
  std::string_view local;       ///< "Body"
  std::string_view attributes;  ///< between name and `>`
  Span outer;                   ///< start tag to end tag; where it is not closed, to the end of what it may hold
  Span inner;
  uint32_t parent = 0;  ///< index; `none` at the top
  bool closed = false;
  bool other_case = false;  ///< closed by a tag that differs in case
};

class Markup {
 public:
  static constexpr uint32_t none = 0xffffffff;
  /// What lies behind the first 100,000 elements is not read.
  static constexpr size_t limit = 100000;

  /// `input` must outlive this.
  explicit Markup(std::string_view input);

  std::string_view input() const { return input_; }
  const std::vector<Element>& elements() const { return elements_; }
  /// The first element of that local name, case ignored, at or behind index `from` and inside element `within`.
  uint32_t find(std::string_view local, uint32_t from = 0, uint32_t within = none) const;
  /// Its text with the tags in it left out, references undone and CDATA opened; at most `size` bytes.
  std::string text(const Element& element, size_t size = 65536) const;
  /// The value of an attribute, references not undone; empty when there is none.
  static std::string_view attribute(const Element& element, std::string_view name);
  /// The namespace of its prefix, in force there; empty when none is declared.
  std::string_view name_space(uint32_t element) const;

  /// Index of elements that end tags without a start tag, or with one of another name, were met at.
  const std::vector<Span>& stray_end_tags() const { return stray_; }

 private:
  std::string_view input_;
  std::vector<Element> elements_;
  std::vector<Span> stray_;
};

}  // namespace iz
