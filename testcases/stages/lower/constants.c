/* Values of named constants, from the trailer that is appended to the main file. */
#define GFP_DIRECT 0x400u
#define EINVAL 22

int user(int x)
{
	return x ? -EINVAL : GFP_DIRECT;
}

#ifdef GFP_DIRECT
enum { so2check_constant_GFP_DIRECT = (int)(GFP_DIRECT) };
#endif
#ifdef EINVAL
enum { so2check_constant_EINVAL = (int)(EINVAL) };
#endif
#ifdef ABSENT
enum { so2check_constant_ABSENT = (int)(ABSENT) };
#endif
