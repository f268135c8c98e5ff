#pragma once

/// \file
/// With what a step is drawn, for each kind of operation.

#include "model/step.hpp"

namespace licet::model {

void draw_seats(world::Dice& dice, Step& step);
void draw_group(world::Dice& dice, Step& step);
void draw_lines(world::Dice& dice, Step& step);
void draw_change(world::Dice& dice, Step& step);
void draw_end(world::Dice& dice, Step& step);
void draw_time(world::Dice& dice, Step& step);

}  // namespace licet::model
