// SPDX-License-Identifier: GPL-2.0
/* Annotations of functions that are known by their declarations only, and the
 * forms in which authors name a lock. */
#include <linux/errno.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>

struct shelf {
	spinlock_t lock;
	struct mutex *gate;
	int books;
};

struct room {
	struct shelf *shelf;
	struct shelf spare;
};

static DEFINE_SPINLOCK(list_lock);

/* in another file */
void shelf_take(struct shelf *s) __acquires(&s->lock);
void shelf_give(struct shelf *shelf) __releases(shelf->lock);
void shelf_sort(struct shelf *s) __must_hold(&s->lock);
void shelf_pause(struct shelf *s) __releases(&s->lock) __acquires(&s->lock);
void room_tidy(struct room *r) __must_hold(&r->shelf->lock);
void spare_tidy(struct room *r) __must_hold(&(r->spare).lock);
void gate_pass(struct shelf *s) __must_hold(s->gate);
void list_walk(void) __must_hold(&list_lock);
void raw_walk(spinlock_t *lock) __must_hold(lock);
void odd_walk(struct shelf *s) __must_hold(shelf_lock_of(s)) __must_hold(nowhere);
int shelf_try(struct shelf *s) __acquires(&s->lock);
int __must_check shelf_count(struct shelf *s);

void taken_outside(struct shelf *s)
{
	shelf_take(s);
	s->books++;
	shelf_sort(s); /* ok: lin-annotation-contradicted */
	shelf_give(s); /* ok: lin-unlock-not-held */
}

void taken_outside_twice(struct shelf *s)
{
	shelf_take(s);
	shelf_take(s); /* expect: lin-annotation-contradicted "s->lock" */
	shelf_give(s);
}

void given_outside_twice(struct shelf *s)
{
	spin_lock(&s->lock);
	shelf_give(s);
	shelf_give(s); /* expect: lin-annotation-contradicted "s->lock" */
}

int left_by_both(struct shelf *s)
{
	shelf_take(s);
	if (s->books < 0)
		return -EINVAL; /* expect: lin-lock-held-on-exit "s->lock" */
	shelf_sort(s);
	spin_unlock(&s->lock);
	return 0;
}

void paused(struct shelf *s)
{
	spin_lock(&s->lock);
	shelf_pause(s); /* ok: lin-annotation-contradicted */
	spin_unlock(&s->lock); /* ok: lin-unlock-not-held */
}

void needs_by_path(struct room *r)
{
	spin_lock(&r->shelf->lock);
	spin_unlock(&r->shelf->lock);
	room_tidy(r); /* expect: lin-annotation-contradicted "r->shelf->lock" */
}

void needs_inner(struct room *r)
{
	spin_lock(&r->spare.lock);
	spin_unlock(&r->spare.lock);
	spare_tidy(r); /* expect: lin-annotation-contradicted "r->spare.lock" */
}

void needs_pointer(struct shelf *s)
{
	mutex_lock(s->gate);
	mutex_unlock(s->gate);
	gate_pass(s); /* expect: lin-annotation-contradicted "s->gate" */
}

void needs_global(void)
{
	spin_lock(&list_lock);
	spin_unlock(&list_lock);
	list_walk(); /* expect: lin-annotation-contradicted "list_lock" */
}

void needs_argument(struct shelf *s)
{
	spin_lock(&s->lock);
	spin_unlock(&s->lock);
	raw_walk(&s->lock); /* expect: lin-annotation-contradicted "s->lock" */
}

/* What stands in the annotation is not understood: nothing is said. */
void needs_oddly(struct shelf *s)
{
	spin_lock(&s->lock);
	spin_unlock(&s->lock);
	odd_walk(s); /* ok: lin-annotation-contradicted */
}

/* The caller may hold it. */
void needs_unknown(struct shelf *s)
{
	shelf_sort(s); /* ok: lin-annotation-contradicted */
}

/* It may have failed. */
int tried(struct shelf *s)
{
	if (shelf_try(s))
		return -EBUSY; /* ok: lin-lock-held-on-exit */
	spin_unlock(&s->lock);
	return 0;
}

int counted(struct shelf *s)
{
	shelf_count(s); /* expect: lin-annotation-contradicted "shelf_count" */
	(void)shelf_count(s); /* ok: lin-annotation-contradicted */
	if (shelf_count(s) > 0) /* ok: lin-annotation-contradicted */
		s->books = 0;
	return shelf_count(s); /* ok: lin-annotation-contradicted */
}

/* ---- bodies ---- */

void body_keeps(struct shelf *s) __must_hold(&s->lock)
{
	spin_unlock(&s->lock);
	cpu_relax();
	spin_lock(&s->lock);
} /* ok: lin-annotation-contradicted */

void body_drops(struct shelf *s) __must_hold(&s->lock)
{
	spin_unlock(&s->lock);
	s->books = 0;
} /* expect: lin-annotation-contradicted "s->lock" */

void body_takes(struct shelf *s) __must_hold(&s->lock)
{
	spin_lock(&s->lock); /* expect: lin-annotation-contradicted "s->lock" */
	s->books = 0;
	spin_unlock(&s->lock);
}

void body_drops_as_said(struct shelf *s) __must_hold(&s->lock) __releases(&s->lock)
{
	spin_unlock(&s->lock);
} /* ok: lin-annotation-contradicted */

/* An error may mean that it was not done. */
int body_fails(struct shelf *s) __acquires(&s->lock)
{
	if (s->books < 0)
		return -EINVAL; /* ok: lin-annotation-contradicted */
	spin_lock(&s->lock);
	return 0; /* ok: lin-annotation-contradicted */
}

int body_forgets(struct shelf *s) __acquires(&s->lock)
{
	if (s->books < 0)
		return 0; /* expect: lin-annotation-contradicted "s->lock" */
	spin_lock(&s->lock);
	return 0;
}

/* A truth value tells which way it was done. */
bool body_tells(struct shelf *s) __acquires(&s->lock)
{
	spin_lock(&s->lock);
	if (!s->books)
		return false;
	spin_unlock(&s->lock);
	return true; /* ok: lin-annotation-contradicted */
}

void body_hands_over(struct shelf *s) __acquires(&s->lock)
{
	s->books = 0;
	shelf_take(s);
} /* ok: lin-annotation-contradicted */

void body_empty(struct shelf *s) __acquires(&s->lock)
{
} /* ok: lin-annotation-contradicted */

/* The prototype names the parameter otherwise. */
void body_keeps_held(struct shelf *other) __releases(&other->lock);

void body_keeps_held(struct shelf *s)
{
	if (s->books)
		return; /* expect: lin-annotation-contradicted "s->lock" */
	spin_unlock(&s->lock);
}

/* The parameter was changed meanwhile. */
void body_moves_on(struct room *r, struct shelf *s) __releases(&s->lock)
{
	spin_unlock(&s->lock);
	s = r->shelf;
	s->books++;
} /* ok: lin-annotation-contradicted */
