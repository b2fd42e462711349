// What a new library is to be.
#pragma once

namespace meanwhile {

enum class LibraryKind {
  Open,    // whoever can write to its place belongs to it, and whoever can read there reads it
  Sealed,  // its members alone do
};

}  // namespace meanwhile
