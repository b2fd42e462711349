// The decoder's end of the socket.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "media/base/piece_source.h"
#include "media/base/result.h"
#include "media/play/apart/lap.h"
#include "media/play/apart/messages.h"
#include "media/play/newer_mark.h"

namespace meanwhile {

// Thread: one. Where the player's process is gone, so is the reason to be: the process ends.
class OrderDesk {
 public:
  OrderDesk(int socket, const Lap& lap) : socket_(socket), lap_(lap) {}

  Order next();
  void report(const Report& report);

  // The orders' bytes are read from the player's process. The lap's places are of `count`, or none.
  void set_places(std::uint64_t count);
  [[nodiscard]] std::span<const BytePlace> places() const { return places_; }
  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into);
  Result<std::uint64_t> size();
  [[nodiscard]] bool is_newer_wanted() const { return is_past(lap_.let_go_from); }

 private:
  Result<std::uint64_t> ask(const Report& question);
  Result<std::size_t> read_some(std::uint64_t offset, std::span<std::byte> into);

  const int socket_;
  const Lap& lap_;
  std::vector<BytePlace> places_;
};

// The track or picture that the orders are about.
class AskedSource final : public PieceSource {
 public:
  explicit AskedSource(OrderDesk& desk) : desk_(desk) {}
  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) override {
    return desk_.read_at(offset, into);
  }
  Result<std::uint64_t> size() override { return desk_.size(); }
  [[nodiscard]] std::span<const BytePlace> places() const override { return desk_.places(); }

 private:
  OrderDesk& desk_;
};

}  // namespace meanwhile
