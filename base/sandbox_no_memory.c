#include "base/sandbox.h"

/* std::set_new_handler by the name it has in the C++ ABI of both GCC and Clang: libraries in C++ (recognition, PDF)
 * throw where no memory is left, what a program in C can neither catch nor tell from a crash. Weak, since a program
 * without such libraries has no libstdc++, and no need of this. */
typedef void (*NewHandler) (void);
extern NewHandler set_new_handler (NewHandler handler) __asm__("_ZSt15set_new_handlerPFvvE") __attribute__ ((weak));

void
sandbox_on_no_memory (void (*act) (void))
{
  if (set_new_handler != NULL)
    set_new_handler (act);
}
