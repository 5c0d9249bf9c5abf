/* flags: -target x86_64-pc-windows-msvc -fms-extensions -fms-compatibility -w */
/* Code sections, from pragmas and attributes. */
#define PAGEDCODE code_seg("PAGE")
#define IN_PAGE __declspec(code_seg("PAGE"))
int init(void);
int paged(void);
int also_paged(void);
#ifdef ALLOC_PRAGMA
#pragma alloc_text(INIT, init)
#pragma alloc_text(PAGE, \
		   paged, /* and */ also_paged)
#endif
/*
#pragma code_seg("COMMENT")
*/
// #pragma code_seg("COMMENT")
static const char text[] = "\
#pragma code_seg(\"STRING\")";

int init(void) { return text[0]; }
int paged(void) { return 0; }
int also_paged(void) { return 0; }
int resident(void) { return 0; }
#pragma code_seg("PAGE")
int after_pragma(void) { return 0; }
#pragma code_seg(push, outer, "PAGEOUTER")
int pushed(void) { return 0; }
#pragma code_seg(push)
#pragma code_seg("PAGEINNER")
int pushed_twice(void) { return 0; }
#pragma code_seg(pop, outer)
int popped(void) { return 0; }
#pragma code_seg()
int after_reset(void) { return 0; }
# pragma PAGEDCODE
int by_macro(void) { return 0; }
#pragma code_seg()
__declspec(code_seg("PAGE")) int by_attribute(void) { return 0; }
IN_PAGE int by_attribute_macro(void);
int by_attribute_macro(void) { return 0; }
__pragma(code_seg("PAGEOP"))
int by_operator(void) { return 0; }
int init_again(void);
