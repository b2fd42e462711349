#include "app/library/language_name.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <string>
#include <string_view>

namespace meanwhile {

std::string language_name(std::string_view tag) {
  if (tag.empty()) return "Captions";
  UErrorCode error = U_ZERO_ERROR;
  const auto locale = icu::Locale::forLanguageTag({tag.data(), static_cast<int>(tag.size())}, error);
  if (U_FAILURE(error) || locale.isBogus()) return std::string(tag);
  icu::UnicodeString name;
  std::string utf8;
  return locale.getDisplayName(icu::Locale::getEnglish(), name).toUTF8String(utf8);
}

}  // namespace meanwhile
