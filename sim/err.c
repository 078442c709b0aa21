#include "sim/err.h"

#include <stdarg.h>

static _Thread_local char text[1024] = "no error";

int
err_set(int code, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    return code;
}

const char *
err_text(void)
{
    return text;
}
