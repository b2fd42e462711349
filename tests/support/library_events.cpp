#include "tests/support/library_events.h"

#include <stdexcept>

namespace meanwhile {

std::string id_from(std::string_view word) {
  std::string id(26, '0');
  for (std::size_t i = 0; i < word.size() && i < 24; ++i) {
    const char c = word[i];
    const bool is_fine =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z' && c != 'i' && c != 'l' && c != 'o' && c != 'u');
    id[i + 2] = is_fine ? c : 'x';
  }
  return id;
}

Writer::Writer(const std::string& writer_name, int device_number)
    : name(writer_name),
      person(id_from("p" + writer_name)),
      device(id_from("d" + std::to_string(device_number) + writer_name)) {}

Json Writer::write(const EventBody& body, std::int64_t hlc) {
  auto json = to_json(body);
  if (!json) throw std::runtime_error(json.error().message);
  return raw(std::move(*json), hlc);
}

Json Writer::raw(Json event, std::int64_t hlc) {
  Json whole = {{"n", ++n_}, {"hlc", hlc}, {"at", format_rfc3339(WallTime(std::chrono::milliseconds(hlc)))}};
  for (const auto& [member, value] : event.items()) whole[member] = value;
  return whole;
}

PublishedEvent published(std::string_view clip, std::string title, MediaTime duration) {
  return {std::string(clip),
          std::move(title),
          "",
          duration,
          "2026-11-22T11:50:00.000Z",
          std::string(64, 'a'),
          {{"screen", 1280, 720}, {"voice", 0, 0}}};
}

}  // namespace meanwhile
