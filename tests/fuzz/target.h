/* SPDX-License-Identifier: MIT */
/* The one function of a fuzz target, as libFuzzer calls it. */
#ifndef DISCERN_TESTS_FUZZ_TARGET_H
#define DISCERN_TESTS_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>

/* Tries these bytes; aborts if what must hold does not. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#endif
