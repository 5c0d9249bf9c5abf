/* Known gaps. */
#include <ntddk.h>

/* The page numbers behind the header, without MmGetMdlPfnArray(). */
PFN_NUMBER CanvasFirstPage(PMDL mdl)
{
	PPFN_NUMBER pages = (PPFN_NUMBER)(mdl + 1); /* todo-expect: win-mdl-field-access "mdl" */

	return pages[0];
}
