/* Address spaces and __force. */
#define __user __attribute__((btf_type_tag("user")))
#define __iomem __attribute__((btf_type_tag("iomem")))
#define __rcu __attribute__((btf_type_tag("rcu")))
#define __percpu __attribute__((btf_type_tag("percpu")))
#define __force __attribute__((btf_type_tag("force")))
typedef char __user *user_text;
typedef unsigned int u32;
struct device {
	void __iomem *base;
	struct item __rcu *item;
	int __percpu *counter;
	char __user *buffers[2];
};
unsigned long copy(void __user *to, const void *from, unsigned long n);
user_text text(const char __user *from, char __user *const *list);

long spaces(struct device *dev, char __user *buffer, user_text other, unsigned long arg)
{
	void __user *argp = (void __user *)arg;
	void *forced = (void __force *)buffer;
	void *plain = (void *)buffer;
	char c = *buffer;
	u32 value = (__force u32)arg;
	int (__user *function)(void);
	typeof(buffer) same = buffer;

	c = buffer[2] + *other;
	c = *dev->buffers[1];
	copy(argp, dev->base, 4);
	function = argp;
	return copy(text(buffer, &buffer), dev->item, value);
}
