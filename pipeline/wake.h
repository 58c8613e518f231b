/* pipeline/wake.h - a hint to the holder of the pipeline lock that there is work. It may be lost: truth is polled. */
#pragma once
#include "store/store.h"

/* A socket that becomes readable at a hint; -1 when it cannot be had (the poll suffices). Owned by the caller. */
int pipeline_wake_listen (Store *store);
void pipeline_wake_drain (int fd);
void pipeline_wake (Store *store);
