// `!x & FLAG`: the negation binds tighter than the mask.
virtual report

@found@
expression value;
constant mask;
position at;
@@
  !value@at & mask

@script:python depends on report@
at << found.at;
@@
coccilib.report.print_report(at[0], "the value is negated before it is masked, so at most bit 0 is tested")
