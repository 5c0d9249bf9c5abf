/* A place in a source file. Lines and columns count from 1; 0 means unknown.
 * end_* is the last character of the range; equal to the start when unknown. */
#ifndef SO2_BASE_SPAN_H
#define SO2_BASE_SPAN_H

struct span {
	const char *file; /* interned path as the user gave it, or NULL */
	unsigned line, column;
	unsigned end_line, end_column;
};

#endif
