// Posters of clips and takes: fetched in the background, kept for the window.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "app/fetching/clip_store.h"
#include "app/library/index.h"
#include "app/window/desk.h"
#include "media/base/picture.h"
#include "media/record/take.h"

namespace meanwhile {

class Posters {
 public:
  // on_arrival: a poster that was asked for is there now.
  Posters(Desk& desk, std::function<void()> on_arrival) : desk_(desk), on_arrival_(std::move(on_arrival)) {}

  // nullptr: not there yet, or there is none; it is then fetched.
  PicturePtr of_clip(const std::shared_ptr<const ClipStore>& store, const Clip& clip);
  PicturePtr of_take(const Take& take);

  // What could not be fetched is tried again.
  void forget_failures();

 private:
  struct Entry {
    bool is_wanted = false;  // asked for; not answered yet
    PicturePtr picture;
  };
  template <typename Ask>
  PicturePtr get(const std::string& clip, Ask ask);

  Desk& desk_;
  const std::function<void()> on_arrival_;
  std::map<std::string, Entry> entries_;
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
