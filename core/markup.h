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

struct MarkupElement {
  std::string_view name;        ///< as written, with prefix: "soap:Body"
  std::string_view local;       ///< "Body"
  std::string_view attributes;  ///< between name and `>`
  Span outer;                   ///< start tag to end tag; where it is not closed, to where its parent ends
  Span inner;
  uint32_t parent = 0;             ///< index; `Markup::none` at the top
  bool closed = false;             ///< by an end tag or by `/>`
  bool cut = false;                ///< the start tag has no `>`
  bool open_quote = false;         ///< an attribute's quote is not closed
  std::string_view end_name = {};  ///< as written in the end tag; differs from `name` in case at most
};

class Markup {
 public:
  static constexpr uint32_t none = 0xffffffff;
  /// What lies behind so many elements is not read.
  static constexpr size_t limit = 100000;

  /// `input` must outlive this.
  explicit Markup(std::string_view input);

  std::string_view input() const { return input_; }
  const std::vector<MarkupElement>& elements() const { return elements_; }
  /// The first element of that local name, case ignored, inside element `within` (none: anywhere); else `none`.
  uint32_t find(std::string_view local, uint32_t within = none) const;
  /// The first element whose parent is `parent`, from index `from` on.
  uint32_t child(uint32_t parent, uint32_t from = 0) const;
  /// Its text with tags, comments, scripts and styles left out, references undone and CDATA opened; cut behind `size`
  /// bytes.
  std::string text(const MarkupElement& element, size_t size = 65536) const;
  /// The namespace that the element's prefix stands for there; empty when none is declared.
  std::string_view name_space(uint32_t element) const;
  bool has_doctype() const { return doctype_; }

 private:
  std::string_view input_;
  std::vector<MarkupElement> elements_;
  bool doctype_ = false;
};

/// The value of an attribute in a start tag's text, as written; empty when there is none.
std::string_view attribute(std::string_view attributes, std::string_view name);

/// Whether two texts are the same but for the case of ASCII letters.
bool same_tag(std::string_view a, std::string_view b);

}  // namespace iz
