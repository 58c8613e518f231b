/* classify/field_customers.h - what a letter says of its writer, checked against the company's customer list. */
#pragma once
#include "classify/field_find.h"

/* Where number, e-mail address, telephone number or account among work->findings, and what else the letter says, fit
 * one customer of work->context->customers: the findings that agree are surer then, and misread ones are put right. */
void field_check_customers (FieldWork *work);
