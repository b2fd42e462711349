#include "media/base/plural_samples.h"

#include <unicode/locid.h>
#include <unicode/plurrule.h>
#include <unicode/strenum.h>
#include <unicode/unistr.h>
#include <unicode/utypes.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace meanwhile {
namespace {

// nullopt: it is said of fractions only.
std::optional<std::uint64_t> whole_sample(icu::PluralRules& rules, const icu::UnicodeString& keyword) {
  std::array<double, 64> samples{};
  UErrorCode error = U_ZERO_ERROR;
  const int count = rules.getSamples(keyword, samples.data(), int(samples.size()), error);
  if (U_FAILURE(error)) return std::nullopt;
  const auto all = std::span(samples).first(std::size_t(std::clamp(count, 0, int(samples.size()))));
  const auto whole = std::ranges::find_if(all, [](double sample) { return sample == std::floor(sample); });
  return whole == all.end() ? std::nullopt : std::optional(std::uint64_t(*whole));
}

}  // namespace

std::map<std::string, std::uint64_t> plural_samples(const std::string& language) {
  std::map<std::string, std::uint64_t> samples;
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::PluralRules> rules(
      icu::PluralRules::forLocale(icu::Locale(language.c_str()), error));
  if (U_FAILURE(error)) return samples;
  const std::unique_ptr<icu::StringEnumeration> keywords(rules->getKeywords(error));
  if (U_FAILURE(error)) return samples;
  while (const char* const keyword = keywords->next(nullptr, error)) {
    if (const auto sample = whole_sample(*rules, icu::UnicodeString(keyword))) samples[keyword] = *sample;
  }
  return samples;
}

}  // namespace meanwhile
