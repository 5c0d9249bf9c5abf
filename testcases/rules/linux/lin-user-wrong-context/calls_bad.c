/* The copy is two calls below a work function. */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/mmu_context.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>

struct sonar {
	struct delayed_work poll;
	char __user *buf;
	int depth;
};

static int sonar_put(struct sonar *s, char __user *to)
{
	return copy_to_user(to, &s->depth, sizeof(s->depth)) ? -EFAULT : 0; /* expect: lin-user-wrong-context "copy_to_user" */
}

static int sonar_publish(struct sonar *s, bool to_user)
{
	s->depth++;
	return sonar_put(s, s->buf); /* note: lin-user-wrong-context "sonar_put" */
}

static void sonar_poll(struct work_struct *work) /* note: lin-user-wrong-context "sonar_poll" */
{
	struct sonar *s = container_of(to_delayed_work(work), struct sonar, poll);

	sonar_publish(s, true); /* note: lin-user-wrong-context "sonar_publish" */
}

void sonar_init(struct sonar *s)
{
	INIT_DELAYED_WORK(&s->poll, sonar_poll); /* note: lin-user-wrong-context "sonar_poll" */
}
