struct dev { spinlock_t lock; struct mutex m; int x; char *p; struct list_head list; struct work_struct work; };
static struct dev *the;
static void done(void **p) { kfree(*p); }
static void work(struct work_struct *w)
{
	struct dev *d = container_of(w, struct dev, work);
	mutex_lock(&d->m);
	if (d->x > 3)
		return;
	mutex_unlock(&d->m);
}
static irqreturn_t handler(int irq, void *arg)
{
	struct dev *d = arg, *pos;
	unsigned long flags;
	int x = 0;
	spin_lock_irqsave(&d->lock, flags);
	list_for_each_entry(pos, &d->list, list)
		x += pos->x;
	msleep(x);
	spin_unlock_irqrestore(&d->lock, flags);
	return schedule_work(&d->work);
}
static int open(struct inode *i, struct file *f)
{
	struct dev *d = kzalloc(sizeof(*d), GFP_KERNEL);
	char *p;
	if (!d)
		return -ENOMEM;
	p = kmalloc(16, GFP_ATOMIC);
	if (request_irq(i->i_rdev, handler, 0, "x", d))
		goto out;
	d->p = p;
	f->private_data = the = d;
	return 0;
out:
	kfree(d);
	return p[0] ? -EINVAL : -ENOMEM;
}
static long ioctl(struct file *f, unsigned c, unsigned long a)
{
	struct dev *d = f->private_data;
	int buf[4], x;
	switch (c) {
	case 1 ... 3:
		if (copy_from_user(&x, (void __user *)a, sizeof(x)))
			return -EINVAL;
		return buf[x];
	case 4: {
		void *q __cleanup(done) = kmalloc(a, GFP_KERNEL);
		memset(q, 0, a);
	}
	default:
		do { spin_lock(&d->lock); } while (c-- && d->x);
	}
	return x;
}
struct file_operations fops = { .open = open, .unlocked_ioctl = ioctl };
