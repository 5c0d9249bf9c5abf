/* One order is made in a cycle of calls. */
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

static DEFINE_MUTEX(folder_list);
static DEFINE_MUTEX(folder_stat);
static int folder_count, folder_depth;

static void folder_down(int n);

static void folder_up(int n)
{
	mutex_lock(&folder_stat);
	folder_depth = n;
	mutex_unlock(&folder_stat);
	if (n)
		folder_down(n - 1);
}

static void folder_down(int n)
{
	if (n)
		folder_up(n - 1);
}

void folder_scan(void)
{
	mutex_lock(&folder_list);
	folder_down(8);
	mutex_unlock(&folder_list);
}

void folder_report(void)
{
	mutex_lock(&folder_stat);
	mutex_lock(&folder_list); /* expect: lin-lock-order "folder_list" */
	folder_count = folder_depth;
	mutex_unlock(&folder_list);
	mutex_unlock(&folder_stat);
}
