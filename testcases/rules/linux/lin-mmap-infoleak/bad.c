/* Buffers that processes map, with whatever is in them. */
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>

struct album {
	char *page;
	char *small;
};

static struct album album;
static char *sheet;

/* trap: lin-mmap-infoleak filled-before */
/* trap: lin-mmap-infoleak device-memory */
static int album_mmap(struct file *file, struct vm_area_struct *vma)
{
	unsigned long pfn = virt_to_phys(album.page) >> PAGE_SHIFT;

	return remap_pfn_range(vma, vma->vm_start, pfn, PAGE_SIZE, vma->vm_page_prot); /* expect: lin-mmap-infoleak "never written" */
}

static int album_mmap_small(struct file *file, struct vm_area_struct *vma)
{
	unsigned long pfn = virt_to_phys(album.small) >> PAGE_SHIFT;

	return remap_pfn_range(vma, vma->vm_start, pfn, PAGE_SIZE, vma->vm_page_prot); /* expect: lin-mmap-infoleak "whole number of pages" */
}

/* trap: lin-mmap-infoleak zeroed-by-flag */
static int album_mmap_fresh(struct file *file, struct vm_area_struct *vma)
{
	sheet = kmalloc(PAGE_SIZE, GFP_KERNEL); /* note: lin-mmap-infoleak "kmalloc" */
	if (!sheet)
		return -ENOMEM;
	return remap_pfn_range(vma, vma->vm_start, __pa(sheet) >> PAGE_SHIFT, PAGE_SIZE, /* expect: lin-mmap-infoleak "sheet" */
			       vma->vm_page_prot);
}

static int album_open(struct inode *inode, struct file *file)
{
	album.page = kmalloc(2 * PAGE_SIZE, GFP_KERNEL);
	if (!album.page)
		return -ENOMEM;
	album.small = kzalloc(100, GFP_KERNEL);
	return album.small ? 0 : -ENOMEM;
}

static int album_release(struct inode *inode, struct file *file)
{
	kfree(album.page);
	kfree(album.small);
	return 0;
}

const struct file_operations album_fops[] = {
	{ .owner = THIS_MODULE, .open = album_open, .release = album_release, .mmap = album_mmap },
	{ .owner = THIS_MODULE, .mmap = album_mmap_small },
	{ .owner = THIS_MODULE, .mmap = album_mmap_fresh },
};
