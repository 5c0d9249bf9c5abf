/* As bad, but the process keeps the tasklet out. */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/netdevice.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

struct maze {
	spinlock_t lock;
	struct tasklet_struct tasklet;
	int steps;
};

static void maze_left(struct maze *m, int n);

static void maze_right(struct maze *m, int n)
{
	if (n) {
		maze_left(m, n - 1);
		return;
	}
	spin_lock(&m->lock);
	m->steps++;
	spin_unlock(&m->lock);
}

static void maze_left(struct maze *m, int n)
{
	if (n)
		maze_right(m, n - 1);
}

static void maze_tasklet(struct tasklet_struct *t)
{
	struct maze *m = from_tasklet(m, t, tasklet);

	maze_left(m, 5);
}

static int maze_open(struct inode *inode, struct file *file)
{
	struct maze *m = file->private_data;

	spin_lock_bh(&m->lock); /* ok: lin-lock-bh-unsafe */
	m->steps = 0;
	spin_unlock_bh(&m->lock);
	return 0;
}

const struct file_operations maze_fops = { .open = maze_open };

void maze_init(struct maze *m)
{
	tasklet_setup(&m->tasklet, maze_tasklet);
}
