/* Buffers, files and sockets that are given back, kept, or never came. */
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
	struct super_block *sb;
	struct file *journal;
	struct socket *listener, *peers[4];
};

/* kept in the structure of the mounted file system; trap: lin-handle-leak kept */
int larder_fill(struct super_block *sb, struct larder *larder)
{
	struct buffer_head *bh;
	int status = -EINVAL;

	/* trap: lin-handle-leak none-to-give */
	bh = sb_bread(sb, 0);
	if (!bh)
		return -EIO;
	if (le32_to_cpu(((struct larder_super *)bh->b_data)->magic) != LARDER_MAGIC)
		goto release;
	larder->super = bh;
	sb->s_fs_info = larder;
	return 0;

release:
	brelse(bh);
	return status;
}

/* trap: lin-handle-leak given-back-by-helper */
static void larder_drop(struct buffer_head *bh, bool is_changed)
{
	if (is_changed)
		mark_buffer_dirty(bh);
	brelse(bh);
}

static struct buffer_head *larder_block(struct larder *larder, sector_t number)
{
	return sb_bread(larder->sb, number + 1);
}

int larder_clear(struct larder *larder, sector_t number)
{
	struct buffer_head *bh = larder_block(larder, number);

	if (!bh)
		return -EIO;
	memset(bh->b_data, 0, larder->sb->s_blocksize);
	larder_drop(bh, true);
	return 0;
}

/* one at a time, the last one given back behind the loop */
int larder_walk(struct larder *larder, sector_t count, char wanted)
{
	struct buffer_head *bh = NULL;
	int status = -ENOENT;
	sector_t i;

	for (i = 0; i < count; i++) {
		brelse(bh);
		bh = larder_block(larder, i);
		if (!bh)
			return -EIO;
		if (bh->b_data[0] == wanted) {
			status = 0;
			break;
		}
	}
	brelse(bh);
	return status;
}

/* through the caller's pointer */
int larder_get(struct larder *larder, sector_t number, struct buffer_head **result)
{
	struct buffer_head *bh = larder_block(larder, number);

	if (!bh)
		return -EIO;
	*result = bh;
	return 0;
}

int larder_open(struct larder *larder, const char *path)
{
	struct file *file = filp_open(path, O_RDWR | O_CREAT, 0600);

	if (IS_ERR(file))
		return PTR_ERR(file);
	if (!S_ISREG(file_inode(file)->i_mode)) {
		fput(file);
		return -EINVAL;
	}
	larder->journal = file;
	return 0;
}

ssize_t larder_log(const char *path, const char *text, size_t size)
{
	struct file *file = filp_open(path, O_WRONLY | O_APPEND, 0);
	loff_t end = 0;
	ssize_t done;

	if (IS_ERR_OR_NULL(file))
		return -ENOENT;
	done = kernel_write(file, text, size, &end);
	filp_close(file, NULL);
	return done;
}

int larder_serve(struct larder *larder, int slot)
{
	struct socket *peer;
	int status = kernel_accept(larder->listener, &peer, O_NONBLOCK);

	if (status)
		return status;
	if (larder->peers[slot]) {
		sock_release(peer);
		return -EBUSY;
	}
	larder->peers[slot] = peer;
	return 0;
}

int larder_listen(struct larder *larder, struct sockaddr_in *address)
{
	int status = sock_create_kern(&init_net, PF_INET, SOCK_STREAM, IPPROTO_TCP, &larder->listener);

	if (status < 0)
		return status;
	status = kernel_bind(larder->listener, (struct sockaddr *)address, sizeof(*address));
	if (status < 0) {
		sock_release(larder->listener);
		larder->listener = NULL;
	}
	return status;
}

/* into the buffer that goes through the caller's pointer, or an error pointer */
static struct larder_super *larder_super_of(struct larder *larder, sector_t number, struct buffer_head **bhp)
{
	if (!number)
		return ERR_PTR(-EINVAL);
	*bhp = larder_block(larder, number);
	if (!*bhp)
		return ERR_PTR(-EIO);
	return (struct larder_super *)(*bhp)->b_data;
}

static struct larder_super *larder_entry(struct larder *larder, unsigned int number, struct buffer_head **bhp)
{
	if (!number)
		return ERR_PTR(-EINVAL);
	*bhp = larder_block(larder, number / 64);
	if (!*bhp)
		return ERR_PTR(-EIO);
	return (struct larder_super *)(*bhp)->b_data + number % 64;
}

int larder_stock(struct larder *larder, unsigned int number)
{
	struct buffer_head *bh, *entry_bh;
	struct larder_super *super = larder_super_of(larder, number, &bh), *entry;
	int shelves;

	if (IS_ERR(super))
		return PTR_ERR(super);
	shelves = le32_to_cpu(super->shelves);
	brelse(bh);
	entry = larder_entry(larder, number, &entry_bh);
	if (IS_ERR(entry))
		return PTR_ERR(entry);
	shelves += le32_to_cpu(entry->shelves);
	brelse(entry_bh);
	return shelves;
}

static int larder_check_super(struct super_block *sb)
{
	struct buffer_head *bh = sb_bread(sb, 0);
	int status = 0;

	if (!bh)
		return -EIO;
	if (((struct larder_super *)bh->b_data)->magic != LARDER_MAGIC)
		status = -EINVAL;
	brelse(bh);
	return status;
}
