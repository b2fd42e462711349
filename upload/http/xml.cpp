#include "upload/http/xml.h"

#include <expat.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "media/base/result.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::size_t kDeepest = 32;
constexpr std::size_t kLongestText = 64 << 10;
// Stands between namespace and name in what expat gives; no URL and no name has it.
constexpr char kSeparator = '\n';

struct FreeParser {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using ParserPtr = std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeParser>;

std::string_view local_name(const char* name) {
  const std::string_view whole(name);
  return whole.substr(whole.rfind(kSeparator) + 1);
}

class Reader {
 public:
  explicit Reader(const XmlEvents& events)
      : events_(events), parser_(XML_ParserCreateNS("UTF-8", kSeparator)) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), on_open, on_close);
    XML_SetCharacterDataHandler(parser_.get(), on_text);
    XML_SetStartDoctypeDeclHandler(parser_.get(), on_doctype);
  }

  Result<void> read(std::span<const std::byte> bytes) {
    const auto parsed = XML_Parse(parser_.get(), reinterpret_cast<const char*>(bytes.data()),
                                  static_cast<int>(bytes.size()), XML_TRUE);
    if (parsed == XML_STATUS_OK) return {};
    const char* why = refusal_ ? refusal_ : XML_ErrorString(XML_GetErrorCode(parser_.get()));
    return fail(ErrorCode::Corrupt, tr_format("the server's XML can't be read: {}", why));
  }

 private:
  static Reader& self(void* data) { return *static_cast<Reader*>(data); }

  static void on_open(void* data, const char* name, const char** /*attributes*/) {
    Reader& reader = self(data);
    if (reader.texts_.size() >= kDeepest) return reader.refuse(tr("it is nested too deeply"));
    reader.texts_.emplace_back();
    if (reader.events_.open) reader.events_.open(local_name(name));
  }
  // A refused document's last elements may still be closed.
  static void on_close(void* data, const char* name) {
    Reader& reader = self(data);
    if (reader.refusal_ || reader.texts_.empty()) return;
    const std::string text = std::move(reader.texts_.back());
    reader.texts_.pop_back();
    if (reader.events_.close) reader.events_.close(local_name(name), trimmed(text));
  }
  static void on_text(void* data, const char* text, int length) {
    Reader& reader = self(data);
    if (reader.texts_.empty()) return;
    std::string& whole = reader.texts_.back();
    if (whole.size() + static_cast<std::size_t>(length) > kLongestText)
      return reader.refuse(tr("a text is too long"));
    whole.append(text, static_cast<std::size_t>(length));
  }
  static void on_doctype(void* data, const char*, const char*, const char*, int) {
    self(data).refuse(tr("it has a document type declaration"));
  }
  void refuse(const char* why) {
    refusal_ = why;
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  const XmlEvents& events_;
  const ParserPtr parser_;
  std::vector<std::string> texts_;  // of the elements that are open
  const char* refusal_ = nullptr;
};

}  // namespace

Result<void> read_xml(std::span<const std::byte> bytes, const XmlEvents& events) {
  return Reader(events).read(bytes);
}

}  // namespace meanwhile
