#include "app/languages/mo_catalog.h"

#include <unicode/locid.h>

#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <cstdint>
#include <exception>
#include <locale>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/translation.h"

namespace meanwhile {
namespace {

using Messages = boost::locale::message_format<char>;

class MoCatalog final : public Catalog {
 public:
  MoCatalog(const std::string& language, Messages* messages)
      : owner_(std::locale::classic(), messages),
        messages_(messages),
        is_right_to_left_(icu::Locale(language.c_str()).isRightToLeft() != 0) {}

  const char* find(const char* context, const char* message) const override {
    return messages_->get(0, context, message);
  }
  // No language has another plural for more than that many than for some number below.
  const char* find_count(const char* one, const char* /*many*/, std::uint64_t n) const override {
    constexpr std::uint64_t kRounds = 1'000'000;
    return messages_->get(0, nullptr, one, int(n < kRounds ? n : kRounds + n % kRounds));
  }
  bool is_right_to_left() const override { return is_right_to_left_; }

 private:
  const std::locale owner_;  // of messages_
  const Messages* const messages_;
  const bool is_right_to_left_;
};

}  // namespace

namespace {

// Boost.Locale takes a file that is none for an empty catalog.
bool is_mo(std::string_view bytes) {
  return bytes.starts_with("\xDE\x12\x04\x95") || bytes.starts_with("\x95\x04\x12\xDE");
}

}  // namespace

std::unique_ptr<const Catalog> make_catalog(const std::string& language, std::string_view mo) {
  if (!is_mo(mo)) return nullptr;
  namespace gettext = boost::locale::gnu_gettext;
  gettext::messages_info info;
  info.language = language;
  info.encoding = "UTF-8";
  info.domains.emplace_back("meanwhile");
  info.paths.emplace_back("");
  info.callback = [mo](const std::string&, const std::string&) {
    return std::vector<char>(mo.begin(), mo.end());
  };
  try {
    return std::make_unique<MoCatalog>(language, gettext::create_messages_facet<char>(info));
  } catch (const std::exception&) {
    return nullptr;
  }
}

}  // namespace meanwhile
