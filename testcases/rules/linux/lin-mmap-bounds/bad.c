/* A frame grabber that maps its memory as far as the process asks. */
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/module.h>

#define GRABBER_PAGES 16

struct grabber {
	phys_addr_t base;
	unsigned long length;
};

static struct grabber grabber;

static int grabber_mmap(struct file *file, struct vm_area_struct *vma)
{
	unsigned long pfn = grabber.base >> PAGE_SHIFT;

	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	return remap_pfn_range(vma, vma->vm_start, pfn, vma->vm_end - vma->vm_start, /* expect: lin-mmap-bounds "vm_end" */
			       vma->vm_page_prot);
}

/* The size is checked, where it begins is not. */
/* trap: lin-mmap-bounds constant-size */
static int grabber_mmap_offset(struct file *file, struct vm_area_struct *vma)
{
	unsigned long size = vma->vm_end - vma->vm_start;
	unsigned long pfn = (grabber.base >> PAGE_SHIFT) + vma->vm_pgoff;

	if (size > grabber.length) /* note: lin-mmap-bounds "size > grabber.length" */
		return -EINVAL;
	return remap_pfn_range(vma, vma->vm_start, pfn, size, vma->vm_page_prot); /* expect: lin-mmap-bounds "pfn" */
}

/* trap: lin-mmap-bounds function-that-checks */
static int grabber_mmap_io(struct file *file, struct vm_area_struct *vma)
{
	unsigned long size = vma->vm_end - vma->vm_start;

	if (size < PAGE_SIZE)
		return -EINVAL;
	return io_remap_pfn_range(vma, vma->vm_start, grabber.base >> PAGE_SHIFT, size, /* expect: lin-mmap-bounds "size" */
				  vma->vm_page_prot);
}

/* trap: lin-mmap-bounds checked-by-helper */
static int grabber_map(struct vm_area_struct *vma, unsigned long pfn, unsigned long size)
{
	return remap_pfn_range(vma, vma->vm_start, pfn, size, vma->vm_page_prot);
}

static int grabber_mmap_helper(struct file *file, struct vm_area_struct *vma)
{
	unsigned long size = vma->vm_end - vma->vm_start;

	if (vma->vm_pgoff >= GRABBER_PAGES)
		return -EINVAL;
	return grabber_map(vma, grabber.base >> PAGE_SHIFT, size); /* expect: lin-mmap-bounds "size" */
}

const struct file_operations grabber_fops[] = {
	{ .owner = THIS_MODULE, .mmap = grabber_mmap },
	{ .owner = THIS_MODULE, .mmap = grabber_mmap_offset },
	{ .owner = THIS_MODULE, .mmap = grabber_mmap_io },
	{ .owner = THIS_MODULE, .mmap = grabber_mmap_helper },
};
