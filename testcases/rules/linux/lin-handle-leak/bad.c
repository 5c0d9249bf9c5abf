/* Buffers, files and sockets that a function takes for itself and does not give back on every way out. */
#include <linux/buffer_head.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/in.h>
#include <linux/net.h>
#include <linux/slab.h>
#include <net/net_namespace.h>

#define LARDER_MAGIC 0x1a4d

struct larder_super {
	__le32 magic;
	__le32 shelves;
};

struct larder {
	struct buffer_head *super;
	struct socket *listener;
	u32 shelves;
};

/* trap: lin-handle-leak none-to-give */
int larder_read_super(struct super_block *sb, struct larder *larder)
{
	struct buffer_head *bh = sb_bread(sb, 0);
	struct larder_super *super;

	if (!bh)
		return -EIO;
	super = (struct larder_super *)bh->b_data;
	if (le32_to_cpu(super->magic) != LARDER_MAGIC)
		return -EINVAL; /* expect: lin-handle-leak "bh, the buffer that sb_bread gave at line 26" */
	larder->shelves = le32_to_cpu(super->shelves);
	brelse(bh);
	return 0;
}

int larder_copy(struct super_block *sb, sector_t from, sector_t to)
{
	struct buffer_head *source = sb_bread(sb, from), *target;

	if (!source)
		return -EIO;
	target = sb_getblk(sb, to);
	if (!target)
		return -EIO; /* expect: lin-handle-leak "source" */
	memcpy(target->b_data, source->b_data, sb->s_blocksize);
	mark_buffer_dirty(target);
	brelse(source);
	return 0; /* expect: lin-handle-leak "target" */
}

int larder_count(struct super_block *sb, sector_t blocks)
{
	int count = 0;
	sector_t i;

	for (i = 0; i < blocks; i++) {
		struct buffer_head *bh = sb_bread(sb, i);

		if (!bh)
			continue;
		if (bh->b_data[0] == 0)
			return count; /* expect: lin-handle-leak "bh" */
		count++;
		brelse(bh);
	}
	return count;
}

/* a note that nobody closes */
ssize_t larder_note(const char *path, char *text, size_t size)
{
	struct file *file = filp_open(path, O_RDONLY, 0);
	loff_t start = 0;

	if (IS_ERR(file))
		return PTR_ERR(file);
	return kernel_read(file, text, size, &start); /* expect: lin-handle-leak "file, the file that filp_open gave" */
}

/* trap: lin-handle-leak kept */
int larder_listen(struct larder *larder, u16 port)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port) };
	struct socket *sock;
	int status;

	status = sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &sock);
	if (status < 0)
		return status;
	status = kernel_bind(sock, (struct sockaddr *)&address, sizeof(address));
	if (status < 0)
		return status; /* expect: lin-handle-leak "sock, the socket that sock_create_kern gave" */
	status = kernel_listen(sock, 5);
	if (status < 0)
		goto release;
	larder->listener = sock;
	return 0;

release:
	sock_release(sock);
	return status;
}

/* trap: lin-handle-leak given-back-by-helper */
static void larder_part(struct socket *peer)
{
	kernel_sock_shutdown(peer, SHUT_RDWR);
}

int larder_greet(struct larder *larder)
{
	struct socket *peer;
	int status = kernel_accept(larder->listener, &peer, 0);

	if (status < 0)
		return status;
	larder_part(peer);
	return 0; /* expect: lin-handle-leak "peer" */
}

static int larder_check_super(struct super_block *sb)
{
	struct buffer_head *bh = sb_bread(sb, 0);

	if (!bh)
		return -EIO;
	if (((struct larder_super *)bh->b_data)->magic != LARDER_MAGIC)
		return -EINVAL; /* expect: lin-handle-leak "bh" */
	brelse(bh);
	return 0;
}
