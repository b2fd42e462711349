// A sheet over the page: what is drawn while it lives lies in front, and nothing behind it answers.
#pragma once

#include <string_view>

#include "app/ui/box.h"
#include "app/ui/pen.h"

namespace meanwhile {

enum class LayerKind { Modal, Passive };  // Passive: the page below still answers

class Layer {
 public:
  Layer(Pen& pen, std::string_view name, const Box& box, LayerKind kind = LayerKind::Modal);
  ~Layer();
  Layer(const Layer&) = delete;
  Layer& operator=(const Layer&) = delete;

 private:
  Pen& pen_;
  const LayerKind kind_;
};

}  // namespace meanwhile
