// The pictures that the player has from its decoder.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "media/base/picture.h"
#include "media/play/apart/arena.h"
#include "media/play/apart/lap.h"
#include "media/play/apart/messages.h"

namespace meanwhile {

// Thread: one.
class LentPictures {
 public:
  LentPictures(Arena& arena, const Lap& lap);

  // Keeps the picture until the player gives it back; one that lies elsewhere is copied into the arena. width
  // 0: there is no room.
  SentPicture lend(PicturePtr picture);
  // Lets go of those that came back.
  void take_back();

 private:
  struct Loan {
    std::uint32_t ticket = 0;
    PicturePtr picture;
  };

  Arena& arena_;
  const Lap& lap_;
  std::array<std::uint32_t, kTickets> lent_{};  // how often each ticket was
  std::vector<std::uint32_t> free_;
  std::vector<Loan> loans_;
};

}  // namespace meanwhile
