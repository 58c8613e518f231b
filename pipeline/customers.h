/* pipeline/customers.h - the customer list that docket.yaml names, beside it in the store. */
#pragma once
#include "base/config.h"
#include "base/customers.h"
#include "store/store.h"

/* Its bytes in *@customers, NULL where docket.yaml names none. Fails when the file cannot be read or is too large. */
bool pipeline_customers_read (Store *store, const Settings *settings, GBytes **customers, GError **error);
/* Whether it is there and can be used, if one is named; of a long one, with @soon, only whether it is there. Fails as
 * customers_new. */
bool pipeline_customers_check (Store *store, const Settings *settings, bool soon, GError **error);
/* For a worker about to start: NULL also where the list cannot be read, which is logged; mail does not wait for it. */
GBytes *pipeline_customers_for_worker (Store *store, const Config *config);
