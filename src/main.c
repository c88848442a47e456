/* SPDX-License-Identifier: MIT */
/* The program: secrets made safe first, then the command line. */
#include <stdio.h>

#include "base/secret.h"
#include "command/command.h"
#include "ui/run.h"

int main(int argc, char **argv)
{
    secret_init();
    return command_main(argc, argv, stdout, stderr, run);
}
