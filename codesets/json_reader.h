// Reads JSON: the data files of the engine, and those that a user gives.
//
//     const JsonDocument file(text);                       // throws JsonError: "line 3: a string has no end"
//     for (const JsonValue& row : file.root().at("rows"))
//       use(row.at(0).get<std::string_view>(), row.at(1).get<uint32_t>());
//     file.root().at("rows").get<bool>();                  // throws JsonError: "no true or false"
//
// The values are one array in the order of the text, and strings without escapes stay where they stand in it, so that
// reading costs little: the page reads all its files when it starts. Strict after RFC 8259, members in the order of the
// file; of members with the same name the first counts.
#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace iz {

/// What is wrong with a text that should be JSON, or with the shape of what it holds.
class JsonError : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

class JsonDocument;

/// A value in a document, which must outlive it. Cheap to copy.
class JsonValue {
 public:
  enum class Kind : uint8_t { null, boolean, number, text, list, object };

  Kind kind() const { return node_->kind; }
  bool is_object() const { return kind() == Kind::object; }
  bool is_list() const { return kind() == Kind::list; }
  bool is_text() const { return kind() == Kind::text; }
  bool is_null() const { return kind() == Kind::null; }
  /// The number of members or elements; 0 for anything else.
  size_t size() const { return is_object() || is_list() ? node_->size : 0; }

  bool contains(std::string_view key) const { return member(key) != nullptr; }
  /// A member, or nothing.
  std::optional<JsonValue> find(std::string_view key) const {
    const Node* found = member(key);
    return found ? std::optional(JsonValue(found)) : std::nullopt;
  }
  /// A member. Throws when this is no object or has no such member.
  JsonValue at(std::string_view key) const;
  /// An element of a list. Throws when there is none.
  JsonValue at(size_t index) const;

  /// A number as it is written. Throws when this is none.
  std::string_view number() const;

  /// The value as std::string, std::string_view (valid as long as document and text), bool, a number, or a
  /// std::vector of these. Throws when it is something else.
  template <class T>
  T get() const {
    if constexpr (std::is_same_v<T, bool>)
      return boolean();
    else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>)
      return T(text());
    else if constexpr (std::is_same_v<T, double>)
      return real();
    else if constexpr (std::is_unsigned_v<T>)
      return static_cast<T>(natural(static_cast<T>(-1)));
    else
      return list<typename T::value_type>();
  }
  template <class T>
  void get_to(T& out) const {
    out = get<T>();
  }
  /// The member `key`, or `otherwise` when there is none.
  template <class T>
  T value(std::string_view key, T otherwise) const {
    const Node* found = member(key);
    return found ? JsonValue(found).get<T>() : std::move(otherwise);
  }
  std::string value(std::string_view key, const char* otherwise) const {
    return value<std::string>(key, std::string(otherwise));
  }

  /// Goes over the elements of a list.
  class Iterator;
  Iterator begin() const;
  Iterator end() const;

  /// Goes over the members of an object, as pairs of name and value.
  class Members;
  Members items() const;

 private:
  friend class JsonDocument;
  struct Node {
    const char* text;  // of a string or number; true is "true"; where a list or object begins
    uint32_t size;     // of the text, or the number of members or elements
    uint32_t span;     // this node and all in it; the next value stands behind them
    Kind kind;
  };
  explicit JsonValue(const Node* node) : node_(node) {}

  const Node* member(std::string_view key) const;
  std::string_view text() const;
  bool boolean() const;
  uint64_t natural(uint64_t most) const;
  double real() const;
  template <class T>
  std::vector<T> list() const;

  const Node* node_;
};

class JsonValue::Iterator {
 public:
  JsonValue operator*() const { return JsonValue(node_); }
  Iterator& operator++() {
    node_ += node_->span;
    return *this;
  }
  bool operator==(const Iterator&) const = default;

 private:
  friend class JsonValue;
  explicit Iterator(const Node* node) : node_(node) {}
  const Node* node_;
};

class JsonValue::Members {
 public:
  class Iterator {
   public:
    std::pair<std::string_view, JsonValue> operator*() const {
      return {{node_->text, node_->size}, JsonValue(node_ + 1)};
    }
    Iterator& operator++() {
      node_ += 1 + node_[1].span;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    friend class Members;
    explicit Iterator(const Node* node) : node_(node) {}
    const Node* node_;
  };
  Iterator begin() const { return Iterator(object_ + 1); }
  Iterator end() const { return Iterator(object_ + object_->span); }

 private:
  friend class JsonValue;
  explicit Members(const Node* object) : object_(object) {}
  const Node* object_;
};

template <class T>
std::vector<T> JsonValue::list() const {
  std::vector<T> out;
  out.reserve(size());
  for (const JsonValue value : *this) out.push_back(value.get<T>());
  return out;
}

/// The values of one text.
class JsonDocument {
 public:
  /// Reads `text`, which must outlive the document. Throws JsonError with line and reason.
  explicit JsonDocument(std::string_view text);
  /// `base` with what `patch` says: a JSON merge patch (RFC 7386). Both must outlive the result, whose members are in the
  /// order of their names where both have them.
  JsonDocument(JsonValue base, JsonValue patch);

  JsonDocument(JsonDocument&&) noexcept = default;
  JsonDocument& operator=(JsonDocument&&) noexcept = default;

  JsonValue root() const { return JsonValue(nodes_.data()); }
  /// The line of the text on which a value of this document stands, from 1; 1 in a merged document.
  uint32_t line(JsonValue value) const;

 private:
  using Node = JsonValue::Node;
  using Kind = JsonValue::Kind;
  struct Reader;

  void copy(const Node* node);
  void merge(const Node* base, const Node* patch);

  std::string_view text_;
  std::vector<Node> nodes_;
  std::deque<std::string> unescaped_;
};

}  // namespace iz
