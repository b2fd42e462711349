#include "app/ui/interaction.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/platform/accessible.h"
#include "app/ui/box.h"
#include "app/ui/narration.h"

namespace meanwhile {
namespace {

constexpr float kFadeSeconds = 0.12F;
constexpr float kLongestFrame = 1.0F / 30;
constexpr float kSettled = 0.004F;

Box clip_box() {
  const ImVec2 min = ImGui::GetWindowDrawList()->GetClipRectMin();
  const ImVec2 max = ImGui::GetWindowDrawList()->GetClipRectMax();
  return {min.x, min.y, max.x, max.y};
}

}  // namespace

void Interactions::begin_frame(const Keys& keys, const AccessibleWish* wish) {
  last_parts_.swap(parts_);
  parts_.clear();
  shortened_.clear();
  layer_ = 0;
  is_fading_ = false;
  focus_moved_ = false;
  // What was held may not be drawn any more.
  if (!ImGui::IsMouseDown(0) && !ImGui::IsMouseReleased(0)) held_.clear();
  if (!ImGui::IsMouseDown(1) && !ImGui::IsMouseReleased(1)) held_right_.clear();
  scrolled_.clear();
  find_hovered();
  if (ImGui::IsMouseClicked(1)) held_right_ = hovered_;
  if (ImGui::IsMouseClicked(0)) {
    held_ = hovered_;
    clear_focus();
  }
  if (keys.tab != 0) move_focus(keys.tab);
  take_wish(wish);
  activate_ = keys.activate && focus_visible_;
  asks_menu_ = keys.menu && focus_visible_;
}

int Interactions::top_layer() const {
  int top = 0;
  for (const Part& part : last_parts_) top = std::max(top, part.layer);
  return top;
}

// The keyboard's focus goes along, as it does with Tab.
void Interactions::take_wish(const AccessibleWish* wish) {
  wish_.reset();
  if (!wish) return;
  const auto part = std::ranges::find(last_parts_, wish->key, &Part::name);
  if (part == last_parts_.end() || part->layer != top_layer()) return;
  wish_ = *wish;
  if (part->takes_focus && wish->kind != AccessibleWish::Kind::Text) set_focus(wish->key, Ring::Shown);
}

const AccessibleWish* Interactions::wish_for(std::string_view name, AccessibleWish::Kind kind) const {
  return wish_ && wish_->kind == kind && wish_->key == name ? &*wish_ : nullptr;
}

void Interactions::find_hovered() {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const int top = top_layer();
  const auto found = std::find_if(last_parts_.rbegin(), last_parts_.rend(), [&](const Part& part) {
    return part.layer == top && part.box.contains(mouse);
  });
  const std::string now = found == last_parts_.rend() ? std::string() : found->name;
  rested_seconds_ = now == hovered_ && !now.empty() ? rested_seconds_ + ImGui::GetIO().DeltaTime : 0;
  hovered_ = now;
}

void Interactions::move_focus(int steps) {
  std::vector<const Part*> ring;
  const int top = top_layer();
  for (const Part& part : last_parts_)
    if (part.takes_focus && part.layer == top) ring.push_back(&part);
  if (ring.empty()) return;
  const auto count = int(ring.size());
  const auto at = std::ranges::find_if(ring, [&](const Part* part) { return part->name == focus_; });
  const int from = at == ring.end() ? (steps > 0 ? -1 : count) : int(at - ring.begin());
  set_focus(ring[std::size_t((from + steps + count) % count)]->name, Ring::Shown);
}

Response Interactions::part(std::string_view name, const Box& box, Focus focus) {
  // A test finds those that are reached and nobody says what they are.
  return focus == Focus::Takes ? part(name, box, Spoken{}, focus) : untold_part(name, box, focus);
}

Response Interactions::part(std::string_view name, const Box& box, const Spoken& spoken, Focus focus) {
  const Response response = untold_part(name, box, focus);
  narration_.add_part({name, box, focus == Focus::Takes, response.is_focused}, spoken);
  return response;
}

Response Interactions::untold_part(std::string_view name, const Box& box, Focus focus) {
  const Box seen = box.clipped_to(clip_box());
  const bool is_out_of_sight = !scrolled_.empty() && seen.is_empty() && !box.is_empty();
  if (!seen.is_empty() || (is_out_of_sight && focus == Focus::Takes))
    parts_.push_back({std::string(name), seen, layer_, focus == Focus::Takes});
  if (!scrolled_.empty() && focus_moved_ && focus_ == name) scrolled_.back() = box;
  Response response;
  response.is_hovered = hovered_ == name && (held_.empty() || held_ == name);
  response.is_held = held_ == name && ImGui::IsMouseDown(0);
  response.is_focused = focus_visible_ && focus_ == name;
  const bool is_let_go = held_ == name && ImGui::IsMouseReleased(0);
  response.is_clicked = (is_let_go && hovered_ == name) || (response.is_focused && activate_) ||
                        wish_for(name, AccessibleWish::Kind::Press) != nullptr;
  if (is_let_go) held_.clear();
  const bool is_right_let_go = held_right_ == name && ImGui::IsMouseReleased(1);
  response.wants_menu = (is_right_let_go && hovered_ == name) || (response.is_focused && asks_menu_) ||
                        wish_for(name, AccessibleWish::Kind::Menu) != nullptr;
  response.glow = fade(name, response.is_hovered || response.is_held);
  return response;
}

float Interactions::fade(std::string_view name, bool towards) {
  if (!has_motion_) return towards ? 1 : 0;
  auto found = glows_.find(name);
  if (found == glows_.end()) {
    if (!towards) return 0;
    found = glows_.emplace(std::string(name), 0.0F).first;
  }
  // After a long sleep the first frame must not be the whole fade.
  const float step = std::min(ImGui::GetIO().DeltaTime, kLongestFrame) / kFadeSeconds;
  float& glow = found->second;
  glow = std::clamp(glow + (towards ? step : -step), 0.0F, 1.0F);
  if (!towards && glow < kSettled) {
    glows_.erase(found);
    return 0;
  }
  if (glow > kSettled && glow < 1) is_fading_ = true;
  return glow;
}

void Interactions::begin_layer() {
  ++layer_;
}
void Interactions::end_layer() {
  --layer_;
}

std::chrono::milliseconds Interactions::rested(std::string_view name) const {
  if (hovered_ != name || !held_.empty()) return {};
  return std::chrono::milliseconds(int(rested_seconds_ * 1000) + 1);
}

void Interactions::begin_scrolled() {
  scrolled_.emplace_back();
}

std::optional<Box> Interactions::end_scrolled() {
  std::optional<Box> reached = scrolled_.back();
  scrolled_.pop_back();
  // What lies around it has to show it, too.
  if (reached && !scrolled_.empty()) scrolled_.back() = reached;
  return reached;
}

void Interactions::set_focus(std::string_view name, Ring ring) {
  focus_ = name;
  focus_visible_ = ring == Ring::Shown;
  focus_moved_ = focus_visible_;
}

void Interactions::clear_focus() {
  focus_.clear();
  focus_visible_ = false;
}

std::vector<std::pair<std::string, Box>> Interactions::controls() const {
  int top_layer = 0;
  for (const Part& part : parts_) top_layer = std::max(top_layer, part.layer);
  std::vector<std::pair<std::string, Box>> all;
  for (const Part& part : parts_) {
    if (part.takes_focus && part.layer == top_layer && !part.box.is_empty())
      all.emplace_back(part.name, part.box);
  }
  return all;
}

std::optional<Box> Interactions::find(std::string_view name) const {
  for (const auto* parts : {&parts_, &last_parts_})
    for (const Part& part : *parts)
      if (part.name == name && !part.box.is_empty()) return part.box;
  return std::nullopt;
}

}  // namespace meanwhile
