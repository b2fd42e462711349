#include "app/cli/key_places.h"

#include <string_view>

namespace meanwhile {
namespace {

// The letters of the Russian (with Ukrainian), Greek, Hebrew, Arabic, Persian, Georgian, Armenian, Thai and
// Hindi layouts on the keys that mean something. Where two layouts have a letter in different places, the
// first counts. Source: xkeyboard-config's symbols.
struct Place {
  char key;
  std::u32string_view small;
  std::u32string_view capital;
};
constexpr Place kPlaces[] = {
    {'b', U"\u0438\u03B2\u05E0\u0630\u10D1\u0566\u0E34\u0935", U"\u0418\u0392\u0536"},
    {'m', U"\u044C\u03BC\u05E6\u0629\u067E\u10DB\u0584\u0E17\u0938", U"\u042C\u039C\u0554"},
    {'p', U"\u0437\u03C0\u05E4\u062D\u10DE\u0569\u0E22\u091C", U"\u0417\u03A0\u0539"},
    {'q', U"\u0439\u05E7\u0636\u10E5\u0573\u0E46\u094C", U"\u0419\u0543"},
    {'r', U"\u043A\u03C1\u05E8\u0642\u10E0\u057D\u0E1E\u0940", U"\u041A\u03A1\u054D"},
    {'s', U"\u044B\u0456\u03C3\u05D3\u0633\u10E1\u057E\u0E2B\u0947", U"\u042B\u0406\u03A3\u054E"},
    {'x', U"\u0447\u03C7\u05E1\u0621\u0637\u10EE\u0564\u0E1B\u0902", U"\u0427\u03A7\u0534"}};
constexpr char32_t kLastAscii = 0x7F;

}  // namespace

char key_at_place(char32_t letter) {
  if (letter <= kLastAscii) return static_cast<char>(letter);
  for (const Place& place : kPlaces) {
    if (place.small.find(letter) != std::u32string_view::npos) return place.key;
    if (place.capital.find(letter) != std::u32string_view::npos)
      return static_cast<char>(place.key - 'a' + 'A');
  }
  return 0;
}

}  // namespace meanwhile
