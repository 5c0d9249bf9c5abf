/* Stands for every .tmh file. A driver without tracing may have defined these
 * as something else just before: as with a real .tmh file, the last one counts. */
#undef SO2CHECK_WPP_H
#undef WPP_INIT_TRACING
#undef WPP_CLEANUP
#undef WPP_SYSTEMCONTROL
#undef WPP_SYSTEMCONTROL2
#undef WPP_TRACE_CONTROL
#undef DoTraceMessage
#undef DoTraceLevelMessage
#undef DoDebugTrace
#include "so2check_wpp.h"
