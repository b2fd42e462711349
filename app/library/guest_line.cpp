#include "app/library/guest_line.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/guest_document.h"
#include "media/base/byte_stream.h"
#include "upload/seal/guest_seal.h"
#include "upload/signing.h"

namespace meanwhile {
namespace {

using IsWhole = std::function<bool(std::span<const std::byte>)>;

// How base64url begins of `{"` and of what guest_seal.h makes.
constexpr std::string_view kPlainBeginning = "eyJ";
constexpr std::string_view kSealedBeginning = "TVdHVUVTVD";
// Of one document, in base64url.
constexpr std::size_t kLongestDocument = (kLargestGuestDocumentBytes + kGuestSealBytes) / 3 * 4 + 8;
// A mail program breaks lines at 60 characters or more.
constexpr std::size_t kMostPieces = kLongestDocument / 40;
// How often something is tried that may be a document: who makes up a text isn't to keep the window busy.
constexpr int kMostTries = 5000;

bool is_base64url(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
}

// What stands between the pieces of a document: line ends, and what programs quote with.
bool is_gap(char c) {
  return std::isspace(static_cast<unsigned char>(c)) != 0 || c == '>' || c == '|';
}

bool begins_document(std::string_view piece) {
  return piece.starts_with(kPlainBeginning) || piece.starts_with(kSealedBeginning);
}

// From behind the scheme to what can't belong to it, piece by piece.
std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> pieces;
  text = text.substr(0, text.find(kAnswersScheme));
  while (!text.empty()) {
    const auto length = static_cast<std::size_t>(std::ranges::find_if_not(text, is_base64url) - text.begin());
    if (length > 0) pieces.push_back(text.substr(0, length));
    text.remove_prefix(length);
    const auto gap = static_cast<std::size_t>(std::ranges::find_if_not(text, is_gap) - text.begin());
    if (gap == 0) break;
    text.remove_prefix(gap);
  }
  return pieces;
}

class AnswersReader {
 public:
  explicit AnswersReader(const IsWhole& is_whole) : is_whole_(is_whole) {}

  // What stands behind one scheme.
  void add(std::span<const std::string_view> pieces) {
    if (pieces.empty()) ++read_.damaged;
    while (!pieces.empty() && read_.documents.size() < kMostPastedDocuments) {
      const auto next = std::ranges::find_if(pieces.begin() + 1, pieces.end(), begins_document);
      const auto count = static_cast<std::size_t>(next - pieces.begin());
      if (auto document = whole_document(pieces.first(count))) {
        read_.documents.push_back(std::move(*document));
      } else {
        ++read_.damaged;
      }
      pieces = pieces.subspan(count);
    }
  }

  PastedAnswers take() { return std::move(read_); }

 private:
  // The longest that is whole: what follows may be the next line of a mail, or the next word of a sentence.
  std::optional<Bytes> whole_document(std::span<const std::string_view> pieces) {
    for (std::size_t count = std::min(pieces.size(), kMostPieces); count > 0; --count) {
      std::string joined;
      for (const std::string_view piece : pieces.first(count)) joined += piece;
      if (joined.size() > kLongestDocument) continue;
      if (--tries_left_ < 0) return std::nullopt;
      const auto decoded = from_base64url(joined);
      if (!decoded) continue;
      const auto bytes = std::as_bytes(std::span(*decoded));
      if (is_whole_(bytes)) return Bytes(bytes.begin(), bytes.end());
    }
    return std::nullopt;
  }

  const IsWhole& is_whole_;
  int tries_left_ = kMostTries;
  PastedAnswers read_;
};

}  // namespace

bool has_answers(std::string_view text) {
  return text.contains(kAnswersScheme);
}

PastedAnswers read_answers_text(std::string_view text, const IsWhole& is_whole) {
  AnswersReader reader(is_whole);
  text = text.substr(0, kLongestAnswersText);
  for (auto at = text.find(kAnswersScheme); at != std::string_view::npos; at = text.find(kAnswersScheme)) {
    text.remove_prefix(at + kAnswersScheme.size());
    const std::vector<std::string_view> pieces = pieces_of(text);
    reader.add(pieces);
  }
  return reader.take();
}

}  // namespace meanwhile
