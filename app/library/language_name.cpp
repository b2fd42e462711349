#include "app/library/language_name.h"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <string>
#include <string_view>

#include "media/base/format_locale.h"
#include "media/base/translation.h"

namespace meanwhile {

std::string language_name(std::string_view tag) {
  if (tag.empty()) return tr_in("captions without a language", "Captions");
  UErrorCode error = U_ZERO_ERROR;
  const auto locale = icu::Locale::forLanguageTag({tag.data(), static_cast<int>(tag.size())}, error);
  if (U_FAILURE(error) || locale.isBogus()) return std::string(tag);
  icu::UnicodeString name;
  std::string utf8;
  const std::string readers = format_locale();
  const icu::Locale in = readers.empty() ? icu::Locale::getEnglish() : icu::Locale(readers.c_str());
  return locale.getDisplayName(in, name).toUTF8String(utf8);
}

}  // namespace meanwhile
