#include <new>

extern "C" void sandbox_on_no_memory (void (*act) (void));

extern "C" void
sandbox_on_no_memory (void (*act) (void))
{
  std::set_new_handler (act);
}
