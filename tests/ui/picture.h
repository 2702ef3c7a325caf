// Golden images: what the rasteriser draws, compared pixel for pixel with what was accepted.
//
//     check_picture("find-light", desk.frames());
//
// The picture is written to build/pictures for people to look at. tests/golden/pictures.list has a line for each: name,
// size, a hash of all pixels, and a short one for each of 24 bands from top to bottom, which tell where it differs. After a
// wanted change look at the pictures, then run tests/accept.
#pragma once
#include <string>

#include "ui/raster.h"

namespace iz::test {

void check_picture(const std::string& name, const Image& image);

}  // namespace iz::test
