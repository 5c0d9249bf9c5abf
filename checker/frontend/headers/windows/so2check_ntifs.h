/* What ntifs.h adds: read after it. */
#ifndef SO2CHECK_NTIFS_H
#define SO2CHECK_NTIFS_H

/* --- macros that become functions --- */
#ifdef FsRtlEnterFileSystem
#undef FsRtlEnterFileSystem
VOID FsRtlEnterFileSystem(VOID);
#endif
#ifdef FsRtlExitFileSystem
#undef FsRtlExitFileSystem
VOID FsRtlExitFileSystem(VOID);
#endif

/* --- missing from mingw-w64 --- */
typedef struct _FILE_ID_128 {
	UCHAR Identifier[16];
} FILE_ID_128, *PFILE_ID_128;

#endif
