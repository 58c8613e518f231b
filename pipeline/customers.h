/* pipeline/customers.h - the customer list that docket.yaml names, beside it in the store. */
#pragma once
#include "base/config.h"
#include "base/customers.h"
#include "store/store.h"

/* Whether it is there and can be used, if one is named; of a long one, with @soon, only whether it is there. Fails as
 * customers_new. */
bool pipeline_customers_check (Store *store, const Settings *settings, bool soon, GError **error);
/* For a worker about to start: NULL also where the list cannot be read, which is logged; mail does not wait for it. */
GBytes *pipeline_customers_for_worker (Store *store, const Config *config);
