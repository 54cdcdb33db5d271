#include "CHardware.h"

#include <errno.h>
#include <sys/timex.h>

int hw_clock_is_synchronised(void) {
  struct timex state = {.modes = 0};
  int answer = adjtimex(&state);
  if (answer < 0) return -errno;
  return answer != TIME_ERROR && !(state.status & STA_UNSYNC);
}
