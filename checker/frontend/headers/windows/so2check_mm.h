/* Memory manager: MDLs, mapped and contiguous memory. */
#ifndef SO2CHECK_MM_H
#define SO2CHECK_MM_H

/* --- macros that become functions --- */
#ifdef MmGetSystemAddressForMdl
#undef MmGetSystemAddressForMdl
PVOID MmGetSystemAddressForMdl(PMDL Mdl);
#endif
#ifdef MmGetSystemAddressForMdlSafe
#undef MmGetSystemAddressForMdlSafe
PVOID MmGetSystemAddressForMdlSafe(PMDL Mdl, ULONG Priority);
#endif
#ifdef MmGetMdlByteCount
#undef MmGetMdlByteCount
ULONG MmGetMdlByteCount(const MDL *Mdl);
#endif
#ifdef MmGetMdlByteOffset
#undef MmGetMdlByteOffset
ULONG MmGetMdlByteOffset(const MDL *Mdl);
#endif
#ifdef MmGetMdlVirtualAddress
#undef MmGetMdlVirtualAddress
PVOID MmGetMdlVirtualAddress(const MDL *Mdl);
#endif
#ifdef MmGetMdlBaseVa
#undef MmGetMdlBaseVa
PVOID MmGetMdlBaseVa(const MDL *Mdl);
#endif
#ifdef MmGetMdlPfnArray
#undef MmGetMdlPfnArray
PPFN_NUMBER MmGetMdlPfnArray(const MDL *Mdl);
#endif
#ifdef MmPrepareMdlForReuse
#undef MmPrepareMdlForReuse
VOID MmPrepareMdlForReuse(PMDL Mdl);
#endif
#ifdef MmInitializeMdl
#undef MmInitializeMdl
VOID MmInitializeMdl(PMDL Mdl, PVOID BaseVa, SIZE_T Length);
#endif
#ifdef MmLockPagableCodeSection
#undef MmLockPagableCodeSection
PVOID MmLockPagableCodeSection(PVOID AddressWithinSection);
#endif

/* --- missing from mingw-w64 --- */
#ifndef MdlMappingNoWrite
#define MdlMappingNoWrite 0x80000000
#endif
#ifndef MdlMappingNoExecute
#define MdlMappingNoExecute 0x40000000
#endif
#ifndef MdlMappingWithGuardPtes
#define MdlMappingWithGuardPtes 0x20000000
#endif
#ifndef MM_COPY_MEMORY_PHYSICAL
typedef struct _MM_COPY_ADDRESS {
	union {
		PVOID VirtualAddress;
		PHYSICAL_ADDRESS PhysicalAddress;
	};
} MM_COPY_ADDRESS, *PMMCOPY_ADDRESS;
#define MM_COPY_MEMORY_PHYSICAL 1
#define MM_COPY_MEMORY_VIRTUAL 2
#endif
union _FILE_SEGMENT_ELEMENT;

typedef enum _MM_MDL_PAGE_CONTENTS_STATE {
	MmMdlPageContentsDynamic,
	MmMdlPageContentsInvariant,
	MmMdlPageContentsQuery
} MM_MDL_PAGE_CONTENTS_STATE;
PVOID MmMapIoSpaceEx(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes, ULONG Protect);
PVOID MmAllocateContiguousNodeMemory(SIZE_T NumberOfBytes, PHYSICAL_ADDRESS LowestAcceptableAddress,
				     PHYSICAL_ADDRESS HighestAcceptableAddress,
				     PHYSICAL_ADDRESS BoundaryAddressMultiple, ULONG Protect,
				     NODE_REQUIREMENT PreferredNode);
NTSTATUS MmAllocateContiguousMemoryEx(PSIZE_T NumberOfBytes, PHYSICAL_ADDRESS LowestAcceptableAddress,
				      PHYSICAL_ADDRESS HighestAcceptableAddress,
				      PHYSICAL_ADDRESS BoundaryAddressMultiple, NODE_REQUIREMENT PreferredNode,
				      ULONG Protect, PVOID PartitionObject, ULONG Tag, ULONG Flags, PVOID *BaseAddress);
PMDL MmAllocateNodePagesForMdlEx(PHYSICAL_ADDRESS LowAddress, PHYSICAL_ADDRESS HighAddress, PHYSICAL_ADDRESS SkipBytes,
				 SIZE_T TotalBytes, MEMORY_CACHING_TYPE CacheType, ULONG IdealNode, ULONG Flags);
VOID MmProbeAndLockSelectedPages(PMDL MemoryDescriptorList, union _FILE_SEGMENT_ELEMENT *SegmentArray,
				 KPROCESSOR_MODE AccessMode, LOCK_OPERATION Operation);
NTSTATUS MmCopyMemory(PVOID TargetAddress, MM_COPY_ADDRESS SourceAddress, SIZE_T NumberOfBytes, ULONG Flags,
		      PSIZE_T NumberOfBytesTransferred);
MM_MDL_PAGE_CONTENTS_STATE MmMdlPageContentsState(PMDL MemoryDescriptorList, MM_MDL_PAGE_CONTENTS_STATE State);
HANDLE MmSecureVirtualMemoryEx(PVOID Address, SIZE_T Size, ULONG ProbeMode, ULONG Flags);

#endif
