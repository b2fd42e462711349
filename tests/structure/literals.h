// String literals of C++ sources, with the calls that they stand in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace meanwhile::test {

struct Literal {
  std::string text;  // between the quotation marks, as it is written; joined ones are one
  int line = 0;
  std::vector<std::string> calls;  // names of the calls around it, the innermost last
};

// Comments, includes and raw literals are passed over.
std::vector<Literal> literals_of(std::string_view source);

}  // namespace meanwhile::test
