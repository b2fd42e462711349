#include "app/page/page_keys.h"

#include <cstddef>
#include <string>
#include <string_view>

#include "app/library/share.h"

namespace meanwhile {
namespace {

constexpr std::string_view kSlotBegin = "slot-";
constexpr std::string_view kSlotEnd = ".json";
constexpr std::size_t kSlotId = 26;

}  // namespace

std::string share_prefix(const std::string& share) {
  return "shares/" + share + "/";
}

std::string answers_prefix(const std::string& share) {
  return share_prefix(share) + "answers/";
}

std::string rest_key(const std::string& share) {
  return share_prefix(share) + std::string(kRestName);
}

std::string new_answer_slot() {
  return std::string(kSlotBegin) + new_share_id() + std::string(kSlotEnd);
}

bool is_answer_slot(std::string_view name) {
  return name.starts_with(kSlotBegin) && name.ends_with(kSlotEnd) &&
         name.size() == kSlotBegin.size() + kSlotId + kSlotEnd.size();
}

}  // namespace meanwhile
