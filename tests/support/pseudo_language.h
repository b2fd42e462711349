// Languages that nobody speaks, made of the English sentences while they are asked for: what a translation
// does to a window is seen before there is one.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "media/base/translation.h"

namespace meanwhile {

enum class Pseudo {
  Long,         // "Récórd óné ~~": accents, and two fifths more of it
  RightToLeft,  // in Arabic letters
};

std::unique_ptr<const Catalog> make_pseudo_language(Pseudo kind);

// What it makes of a sentence; placeholders ({}, {0}, {:.1f}) stay.
std::string pseudo_sentence(Pseudo kind, std::string_view english);

// A sentence of Pseudo::Long carries it at its end.
bool is_long_pseudo(std::string_view text);

// For as long as it lives.
class InPseudoLanguage {
 public:
  explicit InPseudoLanguage(Pseudo kind) { set_catalog(make_pseudo_language(kind)); }
  ~InPseudoLanguage() { set_catalog(nullptr); }
  InPseudoLanguage(const InPseudoLanguage&) = delete;
  InPseudoLanguage& operator=(const InPseudoLanguage&) = delete;
};

}  // namespace meanwhile
