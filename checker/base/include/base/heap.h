/* malloc's heap, set up for a run of some tens of milliseconds.
 *
 * A third of such a run went to page faults: libclang parses in a thread of its own, for which malloc makes a second
 * heap that grows by single pages. heap_prepare() keeps all threads in one heap, grows it in large steps and asks
 * for huge pages in its first part. All are wishes: where the system does not grant them nothing but time is lost.
 * To be called once, first thing in main(). */
#ifndef SO2_BASE_HEAP_H
#define SO2_BASE_HEAP_H

void heap_prepare(void);

#endif
