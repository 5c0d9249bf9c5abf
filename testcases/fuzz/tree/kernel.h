/* Just enough of Linux for the target `sources`; the names are what the rules know. */
#define NULL ((void *)0)
#define GFP_KERNEL 0xcc0u
#define GFP_ATOMIC 0x820u
#define EINVAL 22
#define ENOMEM 12
#define __user __attribute__((noderef, address_space(1)))
#define __cleanup(f) __attribute__((cleanup(f)))
#define container_of(p, type, member) ((type *)((char *)(p) - __builtin_offsetof(type, member)))
#define spin_lock_irqsave(lock, flags)  \
	do {                            \
		flags = raw_lock(lock); \
	} while (0)
#define list_for_each_entry(pos, head, member)                                                   \
	for (pos = container_of((head)->next, __typeof__(*pos), member); &pos->member != (head); \
	     pos = container_of(pos->member.next, __typeof__(*pos), member))
typedef unsigned long size_t;
typedef unsigned gfp_t;
typedef int irqreturn_t;
typedef struct {
	int raw;
} spinlock_t;
struct mutex {
	int raw;
};
struct list_head {
	struct list_head *next, *prev;
};
struct work_struct {
	void (*func)(struct work_struct *w);
};
struct file {
	void *private_data;
};
struct inode {
	int i_rdev;
};
struct file_operations {
	int (*open)(struct inode *i, struct file *f);
	long (*read)(struct file *f, char __user *b, size_t n, long long *o);
	long (*unlocked_ioctl)(struct file *f, unsigned c, unsigned long a);
};
unsigned long raw_lock(spinlock_t *lock);
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags);
void mutex_lock(struct mutex *lock);
int mutex_lock_interruptible(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
void *kmalloc(size_t size, gfp_t flags);
void *kzalloc(size_t size, gfp_t flags);
void kfree(const void *p);
unsigned long copy_from_user(void *to, const void __user *from, unsigned long n);
unsigned long copy_to_user(void __user *to, const void *from, unsigned long n);
int request_irq(unsigned irq, irqreturn_t (*handler)(int irq, void *dev), unsigned long flags, const char *name,
		void *dev);
void free_irq(unsigned irq, void *dev);
void msleep(unsigned ms);
int schedule_work(struct work_struct *w);
int cancel_work_sync(struct work_struct *w);
int printk(const char *format, ...);
void *memcpy(void *to, const void *from, size_t n);
void *memset(void *to, int c, size_t n);
