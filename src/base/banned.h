/* SPDX-License-Identifier: Apache-2.0 */
/* Functions that lose errors, overrun buffers or start a shell do not compile. Include last. */
#ifndef KBENCH_BASE_BANNED_H
#define KBENCH_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok atoi atol atoll atof gets system popen
#pragma GCC poison localtime gmtime ctime asctime

#endif
