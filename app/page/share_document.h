// The document inside a page, from which its script makes what a viewer sees. The format: FORMAT.md in this
// folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/page/share_content.h"
#include "media/base/identifier.h"
#include "media/base/json.h"
#include "upload/capabilities.h"

namespace meanwhile {

// By which way answers come back. Slots: links that each store one object.
enum class AnswerWay { None, Copy, Post, Put, Slots };

struct PageAnswers {
  AnswerWay way = AnswerWay::None;
  std::string seal_to = {};             // base64 of an X25519 key; "": they aren't sealed
  PostForm form = {};                   // Post
  std::string put_base = {};            // Put, Slots
  std::vector<std::string> slots = {};  // names below put_base
  SignedLinks slot_links = {};          // of each
  std::optional<WallTime> until = {};
};

// Where the bytes of a clip are.
struct PageMedia {
  Json media = {};
  Json seal = {};  // null: nothing is sealed
};

struct PageTerms {
  WallTime made{};
  std::optional<WallTime> until = {};  // nullopt: nobody has set an end
  Json media = {};                     // where the tracks are
  bool is_rendition = false;           // smaller than what was published: nobody has signed it
  Json seal = {};                      // null: nothing is sealed
  std::vector<PageMedia> joined = {};  // of each that is joined
  std::string inline_key = {};         // base64; "": what is inside the page isn't encrypted
  PageAnswers answers = {};
};

Json share_document(const ShareContent& content, const PageTerms& terms);

}  // namespace meanwhile
