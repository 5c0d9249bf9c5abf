struct task_struct;

extern struct task_struct *tower_thread;
int tower_main(void *data);
void tower_close(void);
