/* Buffers in whole pages, cleared or filled before processes map them. */
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

struct binder {
	char *page;
	char *flagged;
	char *filled;
	phys_addr_t base;
	void __iomem *regs;
};

static struct binder binder;

static int binder_map(struct vm_area_struct *vma, void *from)
{
	return remap_pfn_range(vma, vma->vm_start, virt_to_phys(from) >> PAGE_SHIFT, PAGE_SIZE, vma->vm_page_prot);
}

/* trap: lin-mmap-infoleak device-memory */
static int binder_mmap_device(struct file *file, struct vm_area_struct *vma)
{
	return remap_pfn_range(vma, vma->vm_start, binder.base >> PAGE_SHIFT, PAGE_SIZE, vma->vm_page_prot);
}

/* trap: lin-mmap-infoleak filled-before */
static int binder_mmap_filled(struct file *file, struct vm_area_struct *vma)
{
	return remap_pfn_range(vma, vma->vm_start, virt_to_phys(binder.filled) >> PAGE_SHIFT, PAGE_SIZE,
			       vma->vm_page_prot);
}

/* trap: lin-mmap-infoleak zeroed-by-flag */
static int binder_mmap_zeroed(struct file *file, struct vm_area_struct *vma)
{
	int err = remap_pfn_range(vma, vma->vm_start, virt_to_phys(binder.page) >> PAGE_SHIFT, PAGE_SIZE,
				  vma->vm_page_prot);

	if (err)
		return err;
	err = remap_pfn_range(vma, vma->vm_start + PAGE_SIZE, virt_to_phys(binder.flagged) >> PAGE_SHIFT, PAGE_SIZE,
			      vma->vm_page_prot);
	return err ? err : binder_map(vma, binder.page);
}

static int binder_open(struct inode *inode, struct file *file)
{
	binder.page = kzalloc(2 * PAGE_SIZE, GFP_KERNEL);
	if (!binder.page)
		return -ENOMEM;
	binder.flagged = kmalloc(PAGE_SIZE, GFP_KERNEL | __GFP_ZERO);
	if (!binder.flagged)
		goto free_page;
	binder.filled = kmalloc(PAGE_SIZE, GFP_KERNEL);
	if (!binder.filled)
		goto free_flagged;
	memset(binder.filled, 0xff, PAGE_SIZE);
	return 0;
free_flagged:
	kfree(binder.flagged);
free_page:
	kfree(binder.page);
	return -ENOMEM;
}

static int binder_release(struct inode *inode, struct file *file)
{
	kfree(binder.page);
	kfree(binder.flagged);
	kfree(binder.filled);
	return 0;
}

const struct file_operations binder_fops[] = {
	{ .owner = THIS_MODULE, .open = binder_open, .release = binder_release, .mmap = binder_mmap_device },
	{ .owner = THIS_MODULE, .mmap = binder_mmap_filled },
	{ .owner = THIS_MODULE, .mmap = binder_mmap_zeroed },
};
