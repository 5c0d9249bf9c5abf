/* flags: -target x86_64-w64-mingw32 -fms-extensions */
/* What prototypes promise, of functions and of their parameters, and in which names. */
#define SAL(text) __attribute__((annotate(text)))
#define _Requires_lock_held_(lock) SAL("requires_lock_held:" #lock)
#define _Releases_lock_(lock) SAL("releases_lock:" #lock)
#define _IRQL_saves_ SAL("irql_saves")
#define _IRQL_restores_ SAL("irql_restores")
#define _IRQL_raises_(level) SAL("irql_raises:" #level)
struct device {
	int lock;
};

_IRQL_raises_(DISPATCH_LEVEL) void take(struct device *dev, _IRQL_saves_ int *old);
void give(_Requires_lock_held_(_Curr_->lock) struct device *dev, _IRQL_restores_ int old);
/* declared here, defined below under other names */
_Releases_lock_(device->lock) void defined(struct device *device, _IRQL_restores_ int level);
int __attribute__((warn_unused_result)) counted(struct device *);

void defined(struct device *dev, int old)
{
	int level;

	take(dev, &level);
	give(dev, old + counted(dev));
}
