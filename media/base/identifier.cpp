#include "media/base/identifier.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <random>
#include <string>
#include <string_view>

#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr int kIdLength = 26;

bool is_base32(std::string_view text) {
  return text.size() == kIdLength && text.find_first_not_of(kAlphabet) == std::string_view::npos;
}

// count digits at the front of text, taken off it; -1 if they aren't digits.
int take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return -1;
  int value = 0;
  for (char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take_char(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

// Milliseconds after the dot, if there is one; the digits after the third are passed over. -1: a dot without
// digits.
int take_fraction(std::string_view& text) {
  if (!take_char(text, ".")) return 0;
  int digits = 0;
  int value = 0;
  for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1)) {
    if (digits < 3) value = value * 10 + (text.front() - '0');
    ++digits;
  }
  for (int i = digits; i < 3; ++i) value *= 10;
  return digits == 0 ? -1 : value;
}

// Minutes east of UTC at the end of text, which must be all of it.
bool take_offset(std::string_view text, int& minutes) {
  minutes = 0;
  if (text == "Z" || text == "z") return true;
  const int sign = text.starts_with('-') ? -1 : 1;
  if (!take_char(text, "+-")) return false;
  const int hours = take_digits(text, 2);
  if (!take_char(text, ":")) return false;
  const int rest = take_digits(text, 2);
  minutes = sign * (hours * 60 + rest);
  return text.empty() && hours >= 0 && hours < 24 && rest >= 0 && rest < 60;
}

}  // namespace

WallTime wall_now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string format_rfc3339(WallTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
                static_cast<int>(clock.subseconds().count()));
  return buffer.data();
}

Result<WallTime> parse_rfc3339(std::string_view text) {
  const auto bad = [&] {
    return fail(ErrorCode::InvalidArgument, tr_format("'{}' is not an RFC 3339 time", text.substr(0, 40)));
  };
  std::string_view rest = text;
  const int year = take_digits(rest, 4);
  if (!take_char(rest, "-")) return bad();
  const int month = take_digits(rest, 2);
  if (!take_char(rest, "-")) return bad();
  const int day = take_digits(rest, 2);
  if (!take_char(rest, "Tt ")) return bad();
  const int hour = take_digits(rest, 2);
  if (!take_char(rest, ":")) return bad();
  const int minute = take_digits(rest, 2);
  if (!take_char(rest, ":")) return bad();
  const int second = take_digits(rest, 2);
  const int milliseconds = take_fraction(rest);
  int offset = 0;
  if (year < 0 || month < 0 || day < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
      second > 60 || milliseconds < 0 || !take_offset(rest, offset)) {
    return bad();
  }
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return bad();
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute - offset) +
         std::chrono::seconds(second) + std::chrono::milliseconds(milliseconds);
}

std::string new_clip_id(WallTime time) {
  std::string id(kIdLength, '0');
  auto milliseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(0, time.time_since_epoch().count()));
  for (int i = 9; i >= 0; --i, milliseconds >>= 5)
    id[static_cast<std::size_t>(i)] = kAlphabet[milliseconds & 31];
  // random_device reads the kernel's generator here: the id is also a secret that a link carries.
  std::random_device random;
  for (std::size_t i = 10; i < kIdLength; ++i) id[i] = kAlphabet[random() & 31];
  return id;
}

// A ULID's first character holds three bits only.
bool is_clip_id(std::string_view text) {
  return is_base32(text) && text.front() <= '7';
}

std::string month_of_clip(std::string_view id) {
  std::int64_t milliseconds = 0;
  for (char c : id.substr(0, 10)) {
    milliseconds = milliseconds * 32 + static_cast<std::int64_t>(std::max<std::size_t>(0, kAlphabet.find(c)));
  }
  // The largest ULID time is the year 10889: clamped, so that the month keeps its form.
  constexpr std::int64_t kYear9999 = 253'402'300'799'999;
  const WallTime time{std::chrono::milliseconds(std::min(milliseconds, kYear9999))};
  return format_rfc3339(time).substr(0, 7);
}

bool is_key_id(std::string_view text) {
  return is_base32(text);
}

std::string base32_130(const unsigned char* bytes) {
  std::string id;
  for (int i = 0; i < kIdLength; ++i) {
    const int bit = i * 5;
    const unsigned pair = static_cast<unsigned>(bytes[bit / 8]) << 8 | bytes[bit / 8 + 1];
    id += kAlphabet[pair >> (11 - bit % 8) & 31];
  }
  return id;
}

}  // namespace meanwhile
