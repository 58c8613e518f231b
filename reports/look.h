/* reports/look.h - how the pages look: one style sheet, no script, nothing from outside. */
#pragma once
extern const char report_look[];
