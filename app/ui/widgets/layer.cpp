#include "app/ui/widgets/layer.h"

#include <string>
#include <string_view>

#include "app/platform/mirror.h"
#include "app/ui/box.h"
#include "app/ui/pen.h"

namespace meanwhile {

Layer::Layer(Pen& pen, std::string_view name, const Box& box, LayerKind kind) : pen_(pen), kind_(kind) {
  ImGui::SetNextWindowPos(box.min());
  ImGui::SetNextWindowSize(ImVec2(box.width(), box.height()));
  const ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                 ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoSavedSettings |
                                 ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoFocusOnAppearing;
  ImGui::Begin(std::string(name).c_str(), nullptr, flags);
  if (kind_ == LayerKind::Passive) return;
  pen_.input.begin_layer();
  if (Mirror* mirror = pen_.painter.mirror()) mirror->cover({box.left, box.top, box.right, box.bottom});
}

Layer::~Layer() {
  if (kind_ == LayerKind::Modal) pen_.input.end_layer();
  ImGui::End();
}

}  // namespace meanwhile
