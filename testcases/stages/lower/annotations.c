/* What the sources promise of a function. */
#define __acquires(x) __attribute__((annotate("acquires:" #x)))
#define __releases(x) __attribute__((annotate("releases:" #x)))
#define __must_hold(x) __attribute__((annotate("must_hold:" #x)))
#define __must_check __attribute__((warn_unused_result))
struct device {
	int lock;
};
int __must_check first(struct device *dev);
void take(struct device *dev) __acquires(dev->lock);
static void drop(struct device *dev) __releases(dev->lock) __must_hold(dev);
extern int exported(void) __attribute__((annotate("paged")));
static inline int small(void)
{
	return 1;
}

void take(struct device *dev)
{
	dev->lock = first(dev) + small();
}

static void drop(struct device *dev)
{
	dev->lock = exported();
}

void (*later)(struct device *) = drop;
