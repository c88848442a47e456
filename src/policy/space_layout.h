/* SPDX-License-Identifier: MIT */
/* The layout of variables: what space.c builds its functions over. */
#ifndef DISCERN_POLICY_SPACE_LAYOUT_H
#define DISCERN_POLICY_SPACE_LAYOUT_H

#include "policy/space.h"

/* One or two packs whose variables are laid out together. */
struct space_layout {
    struct space *space[2];
    size_t count;
};

/* Fills place, place_count, day_count, first and end of each space. */
void space_lay_out(const struct space_layout *layout);

#endif
