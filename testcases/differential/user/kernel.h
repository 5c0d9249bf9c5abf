/* The kernel API in user space: each call counts, and says what it finds wrong. What a function could not know
 * (does an allocation fail?) is asked of the run, which tries all answers. */
#ifndef SO2_DIFFERENTIAL_KERNEL_H
#define SO2_DIFFERENTIAL_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define __user
#define GFP_KERNEL 1
#define GFP_ATOMIC 2
#define IRQF_SHARED 0x80
/* <errno.h> reads a header whose name is one of those that drivers include */
#define EINTR 4
#define EIO 5
#define ENOMEM 12
#define EFAULT 14
#define EBUSY 16
#define EINVAL 22
#define ERESTARTSYS 512
#define unlikely(condition) (condition)
#define likely(condition) (condition)

enum sim_lock_kind { SIM_SPIN, SIM_SLEEPING };

/* All lock types. The state on entry is not known until the run's first operation. */
struct sim_lock {
	const char *name;
	int held; /* acquisitions less releases of this run */
	bool is_seen;
	bool was_held;	 /* the first operation was a release: the caller held it */
	bool is_spun;	 /* as a spin lock, by this run */
	bool is_misused; /* taken while held, or released while not, whatever the caller did */
};

typedef struct sim_lock spinlock_t;
typedef struct sim_lock rwlock_t;
struct mutex {
	struct sim_lock sim;
};
struct semaphore {
	struct sim_lock sim;
};
struct clk {
	int enabled;
};
typedef int irqreturn_t;
typedef irqreturn_t (*irq_handler_t)(int, void *);
#define IRQ_HANDLED 1

void sim_take(struct sim_lock *lock, enum sim_lock_kind kind, const char *name);
void sim_drop(struct sim_lock *lock, const char *name);
/* May it fail? The run decides. */
bool sim_fails(void);
void sim_may_sleep(void);
void *sim_alloc(size_t size, int flags, int line);
void sim_free(const void *address);
int sim_request_irq(int irq);
void sim_free_irq(int irq);
int sim_clk_enable(struct clk *clk);
void sim_clk_disable(struct clk *clk);
unsigned long sim_copy_from_user(void *to, unsigned long size);
unsigned long sim_copy_to_user(void);
int sim_interruptible(struct sim_lock *lock, const char *name);
int sim_try(struct sim_lock *lock, enum sim_lock_kind kind, const char *name);

#define spin_lock(lock) sim_take(lock, SIM_SPIN, #lock)
#define spin_unlock(lock) sim_drop(lock, #lock)
#define spin_lock_irqsave(lock, flags) ((flags) = 1, sim_take(lock, SIM_SPIN, #lock))
#define spin_unlock_irqrestore(lock, flags) ((void)(flags), sim_drop(lock, #lock))
#define spin_trylock(lock) sim_try(lock, SIM_SPIN, #lock)
#define write_lock(lock) sim_take(lock, SIM_SPIN, #lock)
#define write_unlock(lock) sim_drop(lock, #lock)
#define mutex_lock(lock) sim_take(&(lock)->sim, SIM_SLEEPING, #lock)
#define mutex_unlock(lock) sim_drop(&(lock)->sim, #lock)
#define mutex_trylock(lock) sim_try(&(lock)->sim, SIM_SLEEPING, #lock)
#define mutex_lock_interruptible(lock) sim_interruptible(&(lock)->sim, #lock)
#define down(lock) sim_take(&(lock)->sim, SIM_SLEEPING, #lock)
#define up(lock) sim_drop(&(lock)->sim, #lock)
#define down_interruptible(lock) sim_interruptible(&(lock)->sim, #lock)
#define msleep(ms) sim_may_sleep()
#define kmalloc(size, flags) sim_alloc(size, flags, __LINE__)
#define kzalloc(size, flags) sim_alloc(size, flags, __LINE__)
#define kfree(memory) sim_free(memory)
#define request_irq(irq, handler, flags, name, cookie) ((void)(handler), (void)(cookie), sim_request_irq(irq))
#define free_irq(irq, cookie) ((void)(cookie), sim_free_irq(irq))
#define clk_prepare_enable(clk) sim_clk_enable(clk)
#define clk_disable_unprepare(clk) sim_clk_disable(clk)
#define copy_from_user(to, from, size) ((void)(from), sim_copy_from_user(to, size))
#define copy_to_user(to, from, size) ((void)(to), (void)(from), sim_copy_to_user())

/* ---- what a generated file tells the runner ---- */

struct sim_input {
	int x, y, mode;
	bool has_slot; /* the device has a buffer on entry */
};

/* From the lowest to the highest. */
struct sim_range {
	int low, high;
};

enum sim_result { SIM_FAILED, SIM_SUCCEEDED, SIM_NOTHING };

struct sim_function {
	const char *name;
	/* Sets up a device for the input and calls the function. */
	enum sim_result (*call)(const struct sim_input *input);
	struct sim_range x, y, mode;
	bool uses_slot;
	struct sim_range user; /* what copy_from_user() brings */
};

extern const struct sim_function sim_functions[];
extern const int sim_function_count;

bool sim_either(bool condition);
bool sim_either_always(int line, bool condition);
int sim_anywhere(int value);
void sim_watch(void *const *field); /* where the device keeps memory */
void *sim_slot(const struct sim_input *input, size_t size);
/* Memory that the device or the result still names is no leak. */
bool sim_keep(const void *address); /* is it there? */

#endif
