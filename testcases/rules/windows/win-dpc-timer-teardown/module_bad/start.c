#include "metronome.h"

METRONOME Metronome;

KDEFERRED_ROUTINE MetronomeDpc;

VOID MetronomeDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
	PMETRONOME metronome = Context;

	UNREFERENCED_PARAMETER(Dpc);
	UNREFERENCED_PARAMETER(Argument1);
	UNREFERENCED_PARAMETER(Argument2);
	metronome->Beats++;
}

VOID MetronomeStart(PMETRONOME Metro)
{
	LARGE_INTEGER due;

	due.QuadPart = -10000000;
	KeInitializeTimer(&Metro->Timer);
	KeInitializeDpc(&Metro->Dpc, MetronomeDpc, Metro);
	KeSetTimerEx(&Metro->Timer, due, 1000, &Metro->Dpc); /* expect: win-dpc-timer-teardown "queues a DPC" */
}
