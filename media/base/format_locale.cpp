#include "media/base/format_locale.h"

#include <fmt/format.h>
#include <unicode/dtptngen.h>
#include <unicode/locid.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>
#include <unicode/utypes.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "media/base/guarded.h"
#include "media/base/identifier.h"

namespace meanwhile {
namespace {

// Counts the changes, so that a thread need not ask for the name each time.
std::atomic<std::uint64_t> locale_changes = 1;

Guarded<std::string>& locale_in_use() {
  static Guarded<std::string> locale;
  return locale;
}

// Making one takes ICU a tenth of a millisecond, and a list has hundreds of times in it. A thread's own.
struct Formats {
  std::uint64_t made_at = 0;  // locale_changes
  std::string locale;
  std::map<std::string, std::unique_ptr<icu::SimpleDateFormat>, std::less<>> times;  // by skeleton
};

Formats& formats() {
  thread_local Formats own;
  if (const auto now = locale_changes.load(std::memory_order_acquire); own.made_at != now)
    own = {now, format_locale(), {}};
  return own;
}

std::unique_ptr<icu::SimpleDateFormat> make_time_format(const std::string& locale, const char* skeleton) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Locale in(locale.c_str());
  const std::unique_ptr<icu::DateTimePatternGenerator> patterns(
      icu::DateTimePatternGenerator::createInstance(in, error));
  if (U_FAILURE(error)) return nullptr;
  const icu::UnicodeString pattern = patterns->getBestPattern(icu::UnicodeString(skeleton), error);
  auto format = std::make_unique<icu::SimpleDateFormat>(pattern, in, error);
  if (U_FAILURE(error)) return nullptr;
  format->adoptTimeZone(icu::TimeZone::getGMT()->clone());
  return format;
}

// A narrow space that doesn't break isn't in every type face; before "PM" it is in half of English.
std::string with_common_spaces(const icu::UnicodeString& text) {
  icu::UnicodeString common = text;
  common.findAndReplace(icu::UnicodeString(char16_t(0x202F)), icu::UnicodeString(char16_t(0x00A0)));
  std::string utf8;
  return common.toUTF8String(utf8);
}

std::string number_words(double value, const icu::number::Precision& precision, std::string_view english) {
  const std::string& locale = formats().locale;
  if (locale.empty()) return std::string(english);
  UErrorCode error = U_ZERO_ERROR;
  const auto number = icu::number::NumberFormatter::withLocale(icu::Locale(locale.c_str()))
                          .precision(precision)
                          .grouping(UNUM_GROUPING_OFF)
                          .formatDouble(value, error);
  const icu::UnicodeString text = number.toString(error);
  return U_FAILURE(error) ? std::string(english) : with_common_spaces(text);
}

}  // namespace

void set_format_locale(std::string locale) {
  *locale_in_use().lock() = std::move(locale);
  ++locale_changes;
}

std::string format_locale() {
  return *locale_in_use().lock();
}

std::string decimal_words(double value, int digits) {
  return number_words(value, icu::number::Precision::fixedFraction(digits),
                      fmt::format("{:.{}f}", value, digits));
}

std::string short_decimal_words(double value, int most_digits) {
  std::string english = fmt::format("{:.{}f}", value, most_digits);
  if (english.contains('.')) english.erase(english.find_last_not_of('0') + 1);
  if (english.ends_with('.')) english.pop_back();
  return number_words(value, icu::number::Precision::maxFraction(most_digits), english);
}

std::optional<std::string> time_fields(WallTime wall, const char* skeleton) {
  Formats& own = formats();
  if (own.locale.empty()) return std::nullopt;
  auto found = own.times.find(std::string_view(skeleton));
  if (found == own.times.end())
    found = own.times.emplace(skeleton, make_time_format(own.locale, skeleton)).first;
  if (!found->second) return std::nullopt;
  icu::UnicodeString text;
  found->second->format(double(wall.time_since_epoch().count()), text);
  return with_common_spaces(text);
}

}  // namespace meanwhile
