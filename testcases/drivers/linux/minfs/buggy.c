// SPDX-License-Identifier: GPL-2.0
/*
 * minfs: a small file system for archive volumes. File contents and directory
 * entries are laid out by the image builder and do not change; the volume
 * label and the inode flags can be changed on a mounted volume.
 */
#include <linux/buffer_head.h>
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mount.h>
#include <linux/mpage.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/sched/signal.h>
#include <linux/semaphore.h>
#include <linux/slab.h>
#include <linux/statfs.h>
#include <linux/uaccess.h>
#include <linux/writeback.h>

#include "minfs.h"

#define MINFS_CACHE_MAX		512
#define EFSCORRUPTED		EUCLEAN

struct minfs_sb_info {
	struct buffer_head	*sbh;
	u32			nr_blocks;
	u32			nr_inodes;
	u32			itable;

	struct rw_semaphore	label_sem;
	struct semaphore	scan_sem;	/* one scan at a time */

	rwlock_t		cache_lock;
	struct list_head	cache;		/* oldest entry first */
	unsigned int		nr_cached;
	atomic64_t		hits;
	atomic64_t		misses;
};

struct minfs_inode_info {
	struct mutex		lock;		/* flags, tag */
	u32			flags;
	u32			tag_block;
	char			*tag;
	u32			blocks[MINFS_NR_DIRECT];
	struct inode		vfs_inode;
};

/* Names found lately, so that a lookup need not scan the directory again. */
struct minfs_name {
	struct list_head	node;
	u32			parent;
	u32			ino;
	unsigned int		len;
	char			name[MINFS_NAME_LEN];
};

static struct kmem_cache *minfs_inode_cache;
static struct kmem_cache *minfs_name_cache;

static const struct inode_operations minfs_dir_iops;
static const struct file_operations minfs_dir_fops;
static const struct file_operations minfs_file_fops;
static const struct address_space_operations minfs_aops;

static inline struct minfs_sb_info *MINFS_SB(struct super_block *sb)
{
	return sb->s_fs_info;
}

static inline struct minfs_inode_info *MINFS_I(struct inode *inode)
{
	return container_of(inode, struct minfs_inode_info, vfs_inode);
}

/* name cache */

static bool minfs_name_match(const struct minfs_name *e, u32 parent,
			     const struct qstr *name)
{
	return e->parent == parent && e->len == name->len &&
	       !memcmp(e->name, name->name, name->len);
}

static u32 minfs_cache_find(struct minfs_sb_info *sbi, u32 parent,
			    const struct qstr *name)
{
	struct minfs_name *e;
	u32 ino;

	read_lock(&sbi->cache_lock); /* note: lin-lock-variant-mismatch "sbi->cache_lock" */
	list_for_each_entry(e, &sbi->cache, node) {
		if (minfs_name_match(e, parent, name)) {
			ino = e->ino;
			read_unlock(&sbi->cache_lock);
			atomic64_inc(&sbi->hits);
			return ino;
		}
	}
	write_unlock(&sbi->cache_lock); /* expect: lin-lock-variant-mismatch "sbi->cache_lock" */

	atomic64_inc(&sbi->misses);
	return 0;
}

static void minfs_cache_add(struct minfs_sb_info *sbi, u32 parent, u32 ino,
			    const struct qstr *name)
{
	struct minfs_name *e, *pos, *old = NULL;

	e = kmem_cache_alloc(minfs_name_cache, GFP_KERNEL); /* note: lin-null-unchecked "e" */
	e->parent = parent; /* expect: lin-null-unchecked "e" */
	e->ino = ino;
	e->len = name->len;
	memcpy(e->name, name->name, name->len);

	write_lock(&sbi->cache_lock); /* note: lin-lock-double "sbi->cache_lock" */
	list_for_each_entry(pos, &sbi->cache, node) {
		if (minfs_name_match(pos, parent, name)) {
			write_unlock(&sbi->cache_lock);
			kmem_cache_free(minfs_name_cache, e);
			return;
		}
	}
	if (sbi->nr_cached >= MINFS_CACHE_MAX) {
		write_lock(&sbi->cache_lock); /* expect: lin-lock-double "sbi->cache_lock" */
		old = list_first_entry(&sbi->cache, struct minfs_name, node);
		list_del(&old->node);
		sbi->nr_cached--;
	}
	list_add_tail(&e->node, &sbi->cache);
	sbi->nr_cached++;
	write_unlock(&sbi->cache_lock);

	if (old)
		kmem_cache_free(minfs_name_cache, old);
}

static void minfs_cache_destroy(struct minfs_sb_info *sbi)
{
	struct minfs_name *e;

	list_for_each_entry(e, &sbi->cache, node) { /* expect: lin-list-del-in-foreach "e" */
		list_del(&e->node); /* note: lin-list-del-in-foreach "e" */
		kmem_cache_free(minfs_name_cache, e);
	}
	sbi->nr_cached = 0;
}

/* inodes */

/* The caller releases *bhp if an inode is returned. */
static struct minfs_dinode *minfs_raw_inode(struct super_block *sb,
					    unsigned long ino,
					    struct buffer_head **bhp)
{
	struct minfs_sb_info *sbi = MINFS_SB(sb);
	struct minfs_dinode *raw;

	if (!ino || ino > sbi->nr_inodes)
		return ERR_PTR(-EFSCORRUPTED);
	ino--;

	*bhp = sb_bread(sb, sbi->itable + ino / MINFS_INODES_PER_BLOCK);
	if (!*bhp)
		return ERR_PTR(-EIO);
	raw = (struct minfs_dinode *)(*bhp)->b_data;
	return raw + ino % MINFS_INODES_PER_BLOCK;
}

static bool minfs_block_ok(struct minfs_sb_info *sbi, u32 block)
{
	return block < sbi->nr_blocks;
}

static struct inode *minfs_iget(struct super_block *sb, unsigned long ino)
{
	struct minfs_sb_info *sbi = MINFS_SB(sb);
	struct minfs_inode_info *mi;
	struct minfs_dinode *raw;
	struct buffer_head *bh;
	struct inode *inode;
	unsigned int i;
	int err = -EFSCORRUPTED;

	inode = iget_locked(sb, ino);
	if (!inode)
		return ERR_PTR(-ENOMEM);
	if (!(inode->i_state & I_NEW))
		return inode;

	raw = minfs_raw_inode(sb, ino, &bh);
	if (IS_ERR(raw)) {
		err = PTR_ERR(raw);
		goto fail;
	}

	mi = MINFS_I(inode);
	mi->flags = le32_to_cpu(raw->flags) & MINFS_FL_ALL;
	mi->tag_block = le32_to_cpu(raw->tag_block);
	if (!minfs_block_ok(sbi, mi->tag_block))
		goto fail_bh;
	for (i = 0; i < MINFS_NR_DIRECT; i++) {
		mi->blocks[i] = le32_to_cpu(raw->blocks[i]);
		if (!minfs_block_ok(sbi, mi->blocks[i]))
			goto fail_bh;
	}

	inode->i_mode = le16_to_cpu(raw->mode);
	i_uid_write(inode, le32_to_cpu(raw->uid));
	i_gid_write(inode, le32_to_cpu(raw->gid));
	set_nlink(inode, le16_to_cpu(raw->nlink));
	inode->i_size = le32_to_cpu(raw->size);
	if (inode->i_size > MINFS_NR_DIRECT * MINFS_BLOCK_SIZE)
		goto fail_bh;
	inode->i_blocks = DIV_ROUND_UP(inode->i_size, 512);
	inode->i_mtime.tv_sec = le64_to_cpu(raw->mtime);
	inode->i_mtime.tv_nsec = 0;
	inode->i_atime = inode->i_ctime = inode->i_mtime;
	inode->i_flags |= S_IMMUTABLE | S_NOATIME;

	if (S_ISDIR(inode->i_mode)) {
		inode->i_op = &minfs_dir_iops;
		inode->i_fop = &minfs_dir_fops;
	} else if (S_ISREG(inode->i_mode)) {
		inode->i_fop = &minfs_file_fops;
		inode->i_mapping->a_ops = &minfs_aops;
	} else {
		goto fail_bh;
	}

	brelse(bh);
	unlock_new_inode(inode);
	return inode;

fail_bh:
	brelse(bh);
fail:
	iget_failed(inode);
	return ERR_PTR(err);
}

static int minfs_write_inode(struct inode *inode, struct writeback_control *wbc)
{
	struct minfs_inode_info *mi = MINFS_I(inode);
	struct minfs_dinode *raw;
	struct buffer_head *bh;
	int err = 0;

	raw = minfs_raw_inode(inode->i_sb, inode->i_ino, &bh);
	if (IS_ERR(raw))
		return PTR_ERR(raw);

	mutex_lock(&mi->lock);
	raw->flags = cpu_to_le32(mi->flags);
	mutex_unlock(&mi->lock);

	mark_buffer_dirty(bh);
	if (wbc->sync_mode == WB_SYNC_ALL) {
		sync_dirty_buffer(bh);
		if (buffer_req(bh) && !buffer_uptodate(bh))
			err = -EIO;
	}
	brelse(bh);
	return err;
}

/* Read the text attached to an inode. It stays with the inode once read. */
static int minfs_load_tag(struct inode *inode, bool locked)
{
	struct minfs_inode_info *mi = MINFS_I(inode);
	struct buffer_head *bh;
	int err = 0;

	if (!locked)
		mutex_lock(&mi->lock);
	if (mi->tag)
		goto out;
	if (!mi->tag_block) {
		err = -ENODATA;
		goto out;
	}

	bh = sb_bread(inode->i_sb, mi->tag_block);
	if (!bh) {
		err = -EIO;
		goto out;
	}
	mi->tag = kmemdup(bh->b_data, MINFS_TAG_LEN, GFP_NOFS);
	if (!mi->tag)
		err = -ENOMEM;
	brelse(bh);
out:
	if (!locked)
		mutex_unlock(&mi->lock);
	return err;
}

static struct inode *minfs_alloc_inode(struct super_block *sb)
{
	struct minfs_inode_info *mi;

	mi = alloc_inode_sb(sb, minfs_inode_cache, GFP_KERNEL);
	if (!mi)
		return NULL;
	mi->flags = 0;
	mi->tag_block = 0;
	mi->tag = NULL;
	return &mi->vfs_inode;
}

static void minfs_free_inode(struct inode *inode)
{
	kmem_cache_free(minfs_inode_cache, MINFS_I(inode));
}

static void minfs_evict_inode(struct inode *inode)
{
	truncate_inode_pages_final(&inode->i_data);
	clear_inode(inode);
	kfree(MINFS_I(inode)->tag);
	MINFS_I(inode)->tag = NULL;
}

static void minfs_inode_init_once(void *obj)
{
	struct minfs_inode_info *mi = obj;

	mutex_init(&mi->lock);
	inode_init_once(&mi->vfs_inode);
}

/* directories and data */

static struct buffer_head *minfs_dir_block(struct inode *dir, unsigned int n)
{
	u32 block = n < MINFS_NR_DIRECT ? MINFS_I(dir)->blocks[n] : 0;
	struct buffer_head *bh;

	if (!block)
		return ERR_PTR(-EFSCORRUPTED);
	bh = sb_bread(dir->i_sb, block);
	return bh ? bh : ERR_PTR(-EIO);
}

static int minfs_find(struct inode *dir, const struct qstr *name, u32 *ino)
{
	unsigned int idx, nr = i_size_read(dir) / sizeof(struct minfs_dirent);
	struct buffer_head *bh = NULL;
	struct minfs_dirent *de;

	*ino = 0;
	for (idx = 0; idx < nr; idx++) {
		if (!(idx % MINFS_DIRENTS_PER_BLOCK)) {
			brelse(bh);
			bh = minfs_dir_block(dir, idx / MINFS_DIRENTS_PER_BLOCK);
			if (IS_ERR(bh))
				return PTR_ERR(bh);
		}
		de = (struct minfs_dirent *)bh->b_data +
		     idx % MINFS_DIRENTS_PER_BLOCK;
		if (de->ino && de->len == name->len &&
		    !memcmp(de->name, name->name, name->len)) {
			*ino = le32_to_cpu(de->ino);
			break;
		}
	}
	brelse(bh);
	return 0;
}

static struct dentry *minfs_lookup(struct inode *dir, struct dentry *dentry,
				   unsigned int flags)
{
	struct minfs_sb_info *sbi = MINFS_SB(dir->i_sb);
	struct inode *inode = NULL;
	u32 ino;
	int err;

	if (dentry->d_name.len > MINFS_NAME_LEN)
		return ERR_PTR(-ENAMETOOLONG);

	ino = minfs_cache_find(sbi, dir->i_ino, &dentry->d_name);
	if (!ino) {
		err = minfs_find(dir, &dentry->d_name, &ino);
		if (err)
			return ERR_PTR(err);
		if (ino)
			minfs_cache_add(sbi, dir->i_ino, ino, &dentry->d_name);
	}
	if (ino) {
		inode = minfs_iget(dir->i_sb, ino);
		if (IS_ERR(inode))
			return ERR_CAST(inode);
	}
	return d_splice_alias(inode, dentry);
}

static int minfs_iterate(struct file *file, struct dir_context *ctx)
{
	struct inode *dir = file_inode(file);
	unsigned int idx, nr = i_size_read(dir) / sizeof(struct minfs_dirent);
	struct buffer_head *bh = NULL;
	struct minfs_dirent *de;

	if (!dir_emit_dots(file, ctx))
		return 0;

	while (ctx->pos - 2 < nr) {
		idx = ctx->pos - 2;
		if (!bh || !(idx % MINFS_DIRENTS_PER_BLOCK)) {
			brelse(bh);
			bh = minfs_dir_block(dir, idx / MINFS_DIRENTS_PER_BLOCK);
			if (IS_ERR(bh))
				return PTR_ERR(bh);
		}
		de = (struct minfs_dirent *)bh->b_data +
		     idx % MINFS_DIRENTS_PER_BLOCK;
		if (de->ino && de->len && de->len <= MINFS_NAME_LEN &&
		    !dir_emit(ctx, de->name, de->len, le32_to_cpu(de->ino),
			      fs_ftype_to_dtype(de->type)))
			break;
		ctx->pos++;
	}
	brelse(bh);
	return 0;
}

static int minfs_get_block(struct inode *inode, sector_t iblock,
			   struct buffer_head *bh, int create)
{
	if (create)
		return -EROFS;
	if (iblock < MINFS_NR_DIRECT && MINFS_I(inode)->blocks[iblock])
		map_bh(bh, inode->i_sb, MINFS_I(inode)->blocks[iblock]);
	return 0;
}

static int minfs_read_folio(struct file *file, struct folio *folio)
{
	return mpage_read_folio(folio, minfs_get_block);
}

/* ioctl */

static int minfs_ioc_info(struct minfs_sb_info *sbi, struct inode *inode,
			  struct minfs_info __user *arg)
{
	struct minfs_info info;

	info.block_size = MINFS_BLOCK_SIZE;
	info.nr_blocks = sbi->nr_blocks;
	info.nr_inodes = sbi->nr_inodes;
	info.flags = READ_ONCE(MINFS_I(inode)->flags);
	info.hits = atomic64_read(&sbi->hits);
	info.misses = atomic64_read(&sbi->misses);
	read_lock(&sbi->cache_lock);
	info.nr_cached = sbi->nr_cached;
	read_unlock(&sbi->cache_lock);

	return copy_to_user(arg, &info, sizeof(info)) ? -EFAULT : 0; /* expect: lin-user-infoleak "info" */
}

static int minfs_ioc_getlabel(struct minfs_sb_info *sbi, char __user *arg)
{
	struct minfs_super *raw = (struct minfs_super *)sbi->sbh->b_data;
	int err = 0;

	down_read(&sbi->label_sem); /* note: lin-lock-held-on-exit "sbi->label_sem" */
	if (!raw->label[0])
		return -ENODATA; /* expect: lin-lock-held-on-exit "sbi->label_sem" */
	if (copy_to_user(arg, raw->label, MINFS_LABEL_LEN))
		err = -EFAULT;
	up_read(&sbi->label_sem);
	return err;
}

static int minfs_ioc_setlabel(struct file *file, const char __user *arg)
{
	struct minfs_sb_info *sbi = MINFS_SB(file_inode(file)->i_sb);
	struct minfs_super *raw = (struct minfs_super *)sbi->sbh->b_data;
	size_t len;
	char *label;
	int err;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	err = mnt_want_write_file(file);
	if (err)
		return err;

	label = memdup_user(arg, MINFS_LABEL_LEN); /* note: lin-errptr-check "label" */
	if (!label) { /* expect: lin-errptr-check "label" */
		err = -ENOMEM;
		goto out_drop;
	}
	len = strnlen(label, MINFS_LABEL_LEN);
	if (len == MINFS_LABEL_LEN) {
		err = -EINVAL;
		goto out_free;
	}
	memset(label + len, 0, MINFS_LABEL_LEN - len);

	down_write(&sbi->label_sem);
	lock_buffer(sbi->sbh);
	memcpy(raw->label, label, MINFS_LABEL_LEN);
	unlock_buffer(sbi->sbh);
	mark_buffer_dirty(sbi->sbh);
	err = sync_dirty_buffer(sbi->sbh);
	up_write(&sbi->label_sem);

out_free:
	kfree(label);
out_drop:
	mnt_drop_write_file(file);
	return err;
}

static int minfs_ioc_setflags(struct file *file, unsigned long arg)
{
	struct inode *inode = file_inode(file);
	struct minfs_inode_info *mi = MINFS_I(inode);
	u32 flags;
	int err;

	if (!inode_owner_or_capable(file_mnt_user_ns(file), inode))
		return -EACCES;
	flags = *(u32 *)arg; /* expect: lin-user-deref "arg" */
	if (flags & ~MINFS_FL_ALL)
		return -EINVAL;
	err = mnt_want_write_file(file);
	if (err)
		return err;

	err = mutex_lock_interruptible(&mi->lock);
	if (err)
		goto out_drop;
	if (flags & MINFS_FL_TAGGED) {
		err = minfs_load_tag(inode, true);
		if (err)
			goto out_unlock;
	}
	mi->flags = flags;
out_unlock:
	mutex_unlock(&mi->lock);
	if (!err)
		mark_inode_dirty(inode);
out_drop:
	mnt_drop_write_file(file);
	return err;
}

static int minfs_ioc_gettag(struct inode *inode, char __user *arg)
{
	struct minfs_inode_info *mi = MINFS_I(inode);
	int err;

	err = minfs_load_tag(inode, false);
	if (err)
		return err;

	if (mutex_lock_interruptible(&mi->lock))
		return -ERESTARTSYS;
	if (copy_to_user(arg, mi->tag, MINFS_TAG_LEN)) {
		mutex_unlock(&mi->lock); /* note: lin-unlock-not-held "mi->lock" */
		err = -EFAULT;
	}
	mutex_unlock(&mi->lock); /* expect: lin-unlock-not-held "mi->lock" */
	return err;
}

static int minfs_ioc_dump(struct minfs_sb_info *sbi,
			  struct minfs_dump __user *arg)
{
	struct minfs_dump_ent ent, __user *to;
	struct minfs_dump dump;
	struct minfs_name *e;
	int err = 0;

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	copy_from_user(&dump, arg, sizeof(dump)); /* expect: lin-copy-user-unchecked "copy_from_user" */
	if (!dump.max)
		return -EINVAL;

	to = u64_to_user_ptr(dump.buf);
	dump.count = 0;
	read_lock(&sbi->cache_lock); /* note: lin-user-atomic "sbi->cache_lock" */
	list_for_each_entry(e, &sbi->cache, node) {
		if (dump.count == dump.max)
			break;
		memset(&ent, 0, sizeof(ent));
		ent.parent = e->parent;
		ent.ino = e->ino;
		memcpy(ent.name, e->name, e->len);
		if (copy_to_user(to + dump.count, &ent, sizeof(ent))) { /* expect: lin-user-atomic "copy_to_user" */
			err = -EFAULT;
			break;
		}
		dump.count++;
	}
	read_unlock(&sbi->cache_lock);

	if (!err && put_user(dump.count, &arg->count))
		err = -EFAULT;
	return err;
}

/* Read all blocks of an inode and count those that cannot be read. */
static int minfs_ioc_scan(struct minfs_sb_info *sbi, struct inode *inode,
			  u32 __user *arg)
{
	struct minfs_inode_info *mi = MINFS_I(inode);
	struct buffer_head *bh;
	unsigned int i;
	u32 bad = 0;
	int err;

	if (down_interruptible(&sbi->scan_sem)) /* note: lin-sem-imbalance "sbi->scan_sem" */
		return -ERESTARTSYS;

	for (i = 0; i < MINFS_NR_DIRECT; i++) {
		if (!mi->blocks[i])
			continue;
		if (fatal_signal_pending(current))
			return -EINTR; /* expect: lin-sem-imbalance "sbi->scan_sem" */
		bh = sb_bread(inode->i_sb, mi->blocks[i]);
		if (!bh)
			bad++;
		brelse(bh);
	}
	err = put_user(bad, arg);
	up(&sbi->scan_sem);
	return err;
}

static long minfs_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct inode *inode = file_inode(file);
	struct minfs_sb_info *sbi = MINFS_SB(inode->i_sb);
	void __user *argp = (void __user *)arg;

	switch (cmd) {
	case MINFS_IOC_VERSION:
		put_user(MINFS_VERSION, (u32 __user *)argp); /* expect: lin-getput-user-unchecked "put_user" */
		return 0;
	case MINFS_IOC_INFO:
		return minfs_ioc_info(sbi, inode, argp);
	case MINFS_IOC_GETLABEL:
		return minfs_ioc_getlabel(sbi, argp);
	case MINFS_IOC_SETLABEL:
		return minfs_ioc_setlabel(file, argp);
	case MINFS_IOC_SETFLAGS:
		return minfs_ioc_setflags(file, arg);
	case MINFS_IOC_GETTAG:
		return minfs_ioc_gettag(inode, argp);
	case MINFS_IOC_DUMP:
		return minfs_ioc_dump(sbi, argp);
	case MINFS_IOC_SCAN:
		return minfs_ioc_scan(sbi, inode, argp);
	}
	return -ENOTTY;
}

static const struct inode_operations minfs_dir_iops = {
	.lookup		= minfs_lookup,
};

static const struct file_operations minfs_dir_fops = {
	.owner		= THIS_MODULE,
	.llseek		= generic_file_llseek,
	.read		= generic_read_dir,
	.iterate_shared	= minfs_iterate,
	.unlocked_ioctl	= minfs_ioctl,
	.compat_ioctl	= compat_ptr_ioctl,
};

static const struct file_operations minfs_file_fops = {
	.owner		= THIS_MODULE,
	.llseek		= generic_file_llseek,
	.read_iter	= generic_file_read_iter,
	.mmap		= generic_file_readonly_mmap,
	.splice_read	= generic_file_splice_read,
	.unlocked_ioctl	= minfs_ioctl,
	.compat_ioctl	= compat_ptr_ioctl,
};

static const struct address_space_operations minfs_aops = {
	.read_folio		= minfs_read_folio,
	.dirty_folio		= block_dirty_folio,
	.invalidate_folio	= block_invalidate_folio,
};

/* super block */

static void minfs_put_super(struct super_block *sb)
{
	struct minfs_sb_info *sbi = MINFS_SB(sb);

	minfs_cache_destroy(sbi);
	sb->s_fs_info = NULL;
	kfree(sbi); /* note: lin-use-after-free "sbi" */
	brelse(sbi->sbh); /* expect: lin-use-after-free "sbi" */
}

static int minfs_statfs(struct dentry *dentry, struct kstatfs *buf)
{
	struct super_block *sb = dentry->d_sb;

	buf->f_type = MINFS_MAGIC;
	buf->f_bsize = MINFS_BLOCK_SIZE;
	buf->f_blocks = MINFS_SB(sb)->nr_blocks;
	buf->f_files = MINFS_SB(sb)->nr_inodes;
	buf->f_namelen = MINFS_NAME_LEN;
	buf->f_fsid = u64_to_fsid(huge_encode_dev(sb->s_bdev->bd_dev));
	return 0;
}

static const struct super_operations minfs_sops = {
	.alloc_inode	= minfs_alloc_inode,
	.free_inode	= minfs_free_inode,
	.write_inode	= minfs_write_inode,
	.evict_inode	= minfs_evict_inode,
	.put_super	= minfs_put_super,
	.statfs		= minfs_statfs,
};

static int minfs_fill_super(struct super_block *sb, void *data, int silent)
{
	struct minfs_sb_info *sbi;
	struct minfs_super *raw;
	struct buffer_head *bh;
	struct inode *root;
	u64 itable_end;
	int err = -EINVAL;

	sbi = kzalloc(sizeof(*sbi), GFP_KERNEL); /* note: lin-mem-leak "sbi" */
	if (!sbi)
		return -ENOMEM;
	init_rwsem(&sbi->label_sem);
	sema_init(&sbi->scan_sem, 1);
	rwlock_init(&sbi->cache_lock);
	INIT_LIST_HEAD(&sbi->cache);

	if (!sb_set_blocksize(sb, MINFS_BLOCK_SIZE))
		goto err_free;
	bh = sb_bread(sb, 0);
	if (!bh)
		return -EIO; /* expect: lin-mem-leak "sbi" */

	raw = (struct minfs_super *)bh->b_data;
	if (le32_to_cpu(raw->magic) != MINFS_MAGIC ||
	    le32_to_cpu(raw->version) != MINFS_VERSION) {
		if (!silent)
			pr_err("minfs: no volume on %pg\n", sb->s_bdev);
		goto err_brelse;
	}
	sbi->sbh = bh;
	sbi->nr_blocks = le32_to_cpu(raw->nr_blocks);
	sbi->nr_inodes = le32_to_cpu(raw->nr_inodes);
	sbi->itable = le32_to_cpu(raw->itable);
	itable_end = sbi->itable + DIV_ROUND_UP_ULL(sbi->nr_inodes,
						    MINFS_INODES_PER_BLOCK);
	if (!sbi->itable || itable_end > sbi->nr_blocks) {
		err = -EFSCORRUPTED;
		goto err_brelse;
	}

	sb->s_magic = MINFS_MAGIC;
	sb->s_op = &minfs_sops;
	sb->s_maxbytes = MINFS_NR_DIRECT * MINFS_BLOCK_SIZE;
	sb->s_fs_info = sbi;

	root = minfs_iget(sb, le32_to_cpu(raw->root_ino));
	if (IS_ERR(root)) {
		err = PTR_ERR(root);
		goto err_info;
	}
	if (!S_ISDIR(root->i_mode)) {
		iput(root);
		err = -EFSCORRUPTED;
		goto err_info;
	}
	sb->s_root = d_make_root(root);
	if (!sb->s_root) {
		err = -ENOMEM;
		goto err_info;
	}
	return 0;

err_info:
	sb->s_fs_info = NULL;
err_brelse:
	brelse(bh);
err_free:
	kfree(sbi);
	return err;
}

static struct dentry *minfs_mount(struct file_system_type *type, int flags,
				  const char *dev_name, void *data)
{
	return mount_bdev(type, flags, dev_name, data, minfs_fill_super);
}

static struct file_system_type minfs_type = {
	.owner		= THIS_MODULE,
	.name		= "minfs",
	.mount		= minfs_mount,
	.kill_sb	= kill_block_super,
	.fs_flags	= FS_REQUIRES_DEV,
};
MODULE_ALIAS_FS("minfs");

static int __init minfs_init(void)
{
	int err = -ENOMEM;

	BUILD_BUG_ON(sizeof(struct minfs_dinode) != 64);
	BUILD_BUG_ON(sizeof(struct minfs_dirent) != 64);

	minfs_inode_cache = kmem_cache_create("minfs_inode",
					      sizeof(struct minfs_inode_info), 0,
					      SLAB_RECLAIM_ACCOUNT | SLAB_ACCOUNT,
					      minfs_inode_init_once);
	if (!minfs_inode_cache)
		return -ENOMEM;
	minfs_name_cache = KMEM_CACHE(minfs_name, 0); /* note: lin-init-unwind "minfs_name_cache" */
	if (!minfs_name_cache)
		goto err_inode_cache;

	err = register_filesystem(&minfs_type);
	if (err)
		goto err_inode_cache;
	return 0;

err_inode_cache:
	kmem_cache_destroy(minfs_inode_cache);
	return err; /* expect: lin-init-unwind "minfs_name_cache" */
}

static void __exit minfs_exit(void)
{
	unregister_filesystem(&minfs_type);
	/* Inodes are freed after a grace period. */
	rcu_barrier();
	kmem_cache_destroy(minfs_name_cache);
	kmem_cache_destroy(minfs_inode_cache);
}

module_init(minfs_init);
module_exit(minfs_exit);

MODULE_DESCRIPTION("File system for archive volumes");
MODULE_LICENSE("GPL");
