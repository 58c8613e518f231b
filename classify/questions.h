/* classify/questions.h - what is learnt from letters: the kinds, what is no letter, and the subjects of which
 * there are enough. */
#pragma once
#include "classify/lesson.h"

ClassifyQuestion classify_question_of_kinds (void);
/* Of one class, that of pages that are no message to anybody. What is none of the four kinds, "other", is no lesson in
 * what a message is. */
ClassifyQuestion classify_question_of_pages (void);
/* Of the top concepts with enough letters among @shipped and @corrected (or NULL): *@classes, NULL-terminated, and in
 * *@places where each top concept stands among them, or behind them. It lends both, which are owned by the caller. */
ClassifyQuestion classify_question_of_subjects (const ClassifySamples *shipped, const ClassifySamples *corrected,
                                                char ***classes, guint **places);
