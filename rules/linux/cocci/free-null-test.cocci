// if (p) kfree(p);
virtual report

@found@
expression p;
position at;
identifier release =~ "^(kfree|kvfree|vfree|kfree_sensitive|kmem_cache_destroy|debugfs_remove|debugfs_remove_recursive|usb_free_urb|dma_pool_destroy|mempool_destroy)$";
@@
(
  if@at (p) release(p);
|
  if@at (p != NULL) release(p);
|
  if@at (p) { release(p); }
|
  if@at (p != NULL) { release(p); }
)

@script:python depends on report@
at << found.at;
release << found.release;
@@
coccilib.report.print_report(at[0], "%s does nothing with NULL: the test is not needed" % release)
