/* classify/questions.h - what is learnt from letters: the kinds, and the subjects of which there are enough. */
#pragma once
#include "classify/lesson.h"

ClassifyQuestion classify_question_of_kinds (void);
/* Of the top concepts with enough letters among @shipped and @corrected (or NULL): *@classes, NULL-terminated, and in
 * *@places where each top concept stands among them, or behind them. It lends both, which are owned by the caller. */
ClassifyQuestion classify_question_of_subjects (const ClassifySamples *shipped, const ClassifySamples *corrected,
                                                char ***classes, guint **places);
