/* SPDX-License-Identifier: MIT */
/* What every cmocka test includes. Brings status.h in before cmocka takes the
 * name fail for a macro of its own; write (fail)(...) to call ours in a test. */
#ifndef DISCERN_TESTS_UNIT_H
#define DISCERN_TESTS_UNIT_H

#include "base/status.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#endif
