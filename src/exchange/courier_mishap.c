/* SPDX-License-Identifier: MIT */
/* What went wrong, kept until it is told. */
#include <stdarg.h>
#include <stdio.h>

#include "exchange/courier.h"

bool mishap_set(struct mishap *mishap, enum trouble trouble, const char *format, ...)
{
    va_list list;

    mishap->trouble = trouble;
    va_start(list, format);
    vsnprintf(mishap->detail, sizeof(mishap->detail), format, list);
    va_end(list);
    return false;
}
