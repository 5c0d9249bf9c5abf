// Memory of the size of a pointer, where what it points to is meant.
virtual report

@found@
type T;
T *p;
position at;
identifier allocate =~ "^(k[mz]alloc|kv[mz]alloc|vmalloc|vzalloc)$";
@@
  p = allocate@at(sizeof(p), ...)

@script:python depends on report@
at << found.at;
allocate << found.allocate;
@@
coccilib.report.print_report(at[0], "%s gets the size of the pointer, not that of what it points to" % allocate)
