/* Arguments of remap_pfn_range() that are not what it takes. */
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pfn.h>
#include <linux/vmalloc.h>

#define TABLE_SIZE (4 * PAGE_SIZE)

struct easel {
	void *table;
	struct page *page;
};

static struct easel easel;

/* trap: lin-mmap-pfn-args shifted-before */
static int easel_mmap(struct file *file, struct vm_area_struct *vma)
{
	return remap_pfn_range(vma, vma->vm_start, virt_to_phys(easel.table), TABLE_SIZE, /* expect: lin-mmap-pfn-args "number of a page" */ /* note: lin-mmap-pfn-args "remap_pfn_range takes the number of a page," */
			       vma->vm_page_prot);
}

/* trap: lin-mmap-pfn-args shift-in-macro */
static int easel_mmap_pa(struct file *file, struct vm_area_struct *vma)
{
	unsigned long where = __pa(easel.table);

	if (vma->vm_end - vma->vm_start > TABLE_SIZE)
		return -EINVAL;
	return remap_pfn_range(vma, vma->vm_start, where, vma->vm_end - vma->vm_start, vma->vm_page_prot); /* expect: lin-mmap-pfn-args "number of a page" */
}

static int easel_mmap_end(struct file *file, struct vm_area_struct *vma)
{
	unsigned long pfn = page_to_pfn(easel.page);

	if (vma->vm_end - vma->vm_start > TABLE_SIZE || vma->vm_pgoff)
		return -EINVAL;
	return remap_pfn_range(vma, vma->vm_start, pfn, vma->vm_end, vma->vm_page_prot); /* expect: lin-mmap-pfn-args "not its end" */
}

const struct file_operations easel_fops[] = {
	{ .owner = THIS_MODULE, .mmap = easel_mmap },
	{ .owner = THIS_MODULE, .mmap = easel_mmap_pa },
	{ .owner = THIS_MODULE, .mmap = easel_mmap_end },
};
