#include "app/library/person_name.h"

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>
#include <unicode/utypes.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace meanwhile {
namespace {

constexpr std::size_t kShortId = 4;
constexpr std::string_view kGuest = "guest";
constexpr std::string_view kKnownGuest = "guest, known";
// Stands before a mark; the skeleton has it for every dot that looks like it.
constexpr char16_t kMarkDot = u'·';

// Signs whose picture is empty, whatever Unicode calls them: a braille pattern without dots, a note without a
// head.
bool is_empty_sign(UChar32 c) {
  return c == 0x2800 || c == 0x1D159;
}

bool is_ignorable(UChar32 c) {
  return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

bool is_seen(UChar32 c) {
  const auto unseen = U_GC_C_MASK | U_GC_Z_MASK | U_GC_M_MASK;
  return (U_GET_GC_MASK(c) & unseen) == 0 && !is_ignorable(c) && !is_empty_sign(c);
}

icu::UnicodeString utf16(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

icu::UnicodeString without_ignorable(const icu::UnicodeString& name) {
  icu::UnicodeString kept;
  for (int32_t i = 0; i < name.length(); i = name.moveIndex32(i, 1))
    if (!is_ignorable(name.char32At(i))) kept.append(name.char32At(i));
  return kept;
}

// Full-width letters aren't confusable by ICU's table, but look the same in a list.
icu::UnicodeString composed(const icu::UnicodeString& name) {
  UErrorCode error = U_ZERO_ERROR;
  const auto* form = icu::Normalizer2::getNFKCInstance(error);
  icu::UnicodeString result = form != nullptr ? form->normalize(name, error) : name;
  return U_SUCCESS(error) ? result : name;
}

struct CloseChecker {
  void operator()(USpoofChecker* checker) const { uspoof_close(checker); }
};

// nullptr: ICU has none here. Asked by several threads at once, as ICU allows where nothing is set.
const USpoofChecker* checker() {
  static const std::unique_ptr<USpoofChecker, CloseChecker> opened = [] {
    UErrorCode error = U_ZERO_ERROR;
    return std::unique_ptr<USpoofChecker, CloseChecker>(uspoof_open(&error));
  }();
  return opened.get();
}

// name itself, where ICU fails: then only equal names are taken for one another.
icu::UnicodeString look_of(const icu::UnicodeString& name) {
  if (checker() == nullptr) return name;
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString look;
  uspoof_getSkeletonUnicodeString(checker(), 0, name, look, &error);
  return U_SUCCESS(error) ? look : name;
}

// A mark that somebody gives themselves is none of their name.
void cut_mark(icu::UnicodeString& look) {
  const int32_t dot = look.indexOf(icu::UnicodeString(u" ").append(kMarkDot));
  if (dot > 0) look.truncate(dot);
}

// Only a guest has it: a member who puts it behind their name is taken for the guest of that name.
void cut_guest_mark(icu::UnicodeString& look) {
  const int32_t mark = look.indexOf(icu::UnicodeString(u" (guest"));
  if (mark > 0) look.truncate(mark);
}

std::string ordinal(int number) {
  const bool is_teen = number / 10 % 10 == 1;
  const int last = is_teen ? 0 : number % 10;
  return fmt::format("{}{}", number, last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th");
}

}  // namespace

bool is_visible_name(std::string_view name) {
  const icu::UnicodeString text = utf16(name);
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1))
    if (is_seen(text.char32At(i))) return true;
  return false;
}

bool is_persons_name(std::string_view name) {
  constexpr std::array<std::string_view, 14> kAccounts{
      "root",  "user",    "ubuntu", "debian", "debian live user", "live session user", "live user",
      "guest", "default", "admin",  "pi",     "administrator",    "vagrant",           "test user"};
  std::string small;
  utf16(name).trim().foldCase().toUTF8String(small);
  if (!is_visible_name(name) || std::ranges::find(kAccounts, small) != kAccounts.end()) return false;
  // A login is one word of small letters and digits.
  const bool is_login = std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("._-").find(c) != std::string_view::npos;
  });
  return !is_login;
}

std::string name_skeleton(std::string_view name) {
  std::string skeleton;
  if (!is_visible_name(name)) return skeleton;
  icu::UnicodeString look = look_of(composed(without_ignorable(utf16(name))));
  cut_mark(look);
  // Only now: "I" looks like "l", and "i" doesn't.
  look.foldCase();
  cut_guest_mark(look);
  look.trim().toUTF8String(skeleton);
  return skeleton;
}

std::string shown_name(std::string_view name, std::string_view person, int place) {
  const std::string_view id = person.substr(0, kShortId);
  if (!is_visible_name(name)) return fmt::format("Unnamed ({})", id);
  if (place <= 1) return std::string(name);
  return fmt::format("{} · {} ({})", name, ordinal(place), id);
}

std::string guest_name(std::string_view shown, bool is_known) {
  return fmt::format("{} ({})", shown, is_known ? kKnownGuest : kGuest);
}

std::string_view without_guest_mark(std::string_view name) {
  for (const std::string_view mark : {kGuest, kKnownGuest}) {
    const std::string end = fmt::format(" ({})", mark);
    if (name.ends_with(end)) return name.substr(0, name.size() - end.size());
  }
  return name;
}

}  // namespace meanwhile
