/* Page numbers and lengths. */
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pfn.h>
#include <linux/vmalloc.h>

#define TABLE_SIZE (4 * PAGE_SIZE)
#define TO_PAGE(address) (virt_to_phys(address) >> PAGE_SHIFT)

struct frame {
	void *table, *area;
	struct page *page;
	phys_addr_t base;
};

static struct frame frame;

static int frame_mmap(struct file *file, struct vm_area_struct *vma)
{
	return remap_pfn_range(vma, vma->vm_start, virt_to_phys(frame.table) >> PAGE_SHIFT, TABLE_SIZE,
			       vma->vm_page_prot);
}

/* trap: lin-mmap-pfn-args shifted-before */
static int frame_mmap_before(struct file *file, struct vm_area_struct *vma)
{
	unsigned long size = vma->vm_end - vma->vm_start;
	phys_addr_t where = virt_to_phys(frame.table);
	unsigned long pfn = where >> PAGE_SHIFT;

	if (size > TABLE_SIZE)
		return -EINVAL;
	return remap_pfn_range(vma, vma->vm_start, pfn, size, vma->vm_page_prot);
}

/* trap: lin-mmap-pfn-args shift-in-macro */
static int frame_mmap_macro(struct file *file, struct vm_area_struct *vma)
{
	int err = remap_pfn_range(vma, vma->vm_start, PFN_DOWN(frame.base), PAGE_SIZE, vma->vm_page_prot);

	if (!err)
		err = remap_pfn_range(vma, vma->vm_start + PAGE_SIZE, TO_PAGE(frame.table), PAGE_SIZE,
				      vma->vm_page_prot);
	if (!err)
		err = remap_pfn_range(vma, vma->vm_start + 2 * PAGE_SIZE, vmalloc_to_pfn(frame.area), PAGE_SIZE,
				      vma->vm_page_prot);
	if (!err)
		err = remap_pfn_range(vma, vma->vm_start + 3 * PAGE_SIZE, page_to_pfn(frame.page), PAGE_SIZE,
				      vma->vm_page_prot);
	return err;
}

const struct file_operations frame_fops[] = {
	{ .owner = THIS_MODULE, .mmap = frame_mmap },
	{ .owner = THIS_MODULE, .mmap = frame_mmap_before },
	{ .owner = THIS_MODULE, .mmap = frame_mmap_macro },
};
