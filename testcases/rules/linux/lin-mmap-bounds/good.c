/* A frame grabber that maps no more than it has. */
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/module.h>

#define SCANNER_SIZE (16 * PAGE_SIZE)

struct scanner {
	struct device *dev;
	phys_addr_t base;
	unsigned long length;
	void *table;
	dma_addr_t table_dma;
};

static struct scanner scanner;

static int scanner_mmap(struct file *file, struct vm_area_struct *vma)
{
	unsigned long size = vma->vm_end - vma->vm_start;
	unsigned long offset = vma->vm_pgoff << PAGE_SHIFT;

	if (offset > scanner.length || size > scanner.length - offset)
		return -EINVAL;
	return remap_pfn_range(vma, vma->vm_start, (scanner.base + offset) >> PAGE_SHIFT, size, vma->vm_page_prot);
}

/* trap: lin-mmap-bounds constant-size */
static int scanner_mmap_fixed(struct file *file, struct vm_area_struct *vma)
{
	return remap_pfn_range(vma, vma->vm_start, scanner.base >> PAGE_SHIFT, PAGE_SIZE, vma->vm_page_prot);
}

static int scanner_mmap_exact(struct file *file, struct vm_area_struct *vma)
{
	if (vma->vm_end - vma->vm_start != SCANNER_SIZE || vma->vm_pgoff)
		return -EINVAL;
	return io_remap_pfn_range(vma, vma->vm_start, (scanner.base >> PAGE_SHIFT) + vma->vm_pgoff,
				  vma->vm_end - vma->vm_start, vma->vm_page_prot);
}

/* trap: lin-mmap-bounds checked-by-helper */
static int scanner_check(const struct vm_area_struct *vma)
{
	if (vma->vm_end - vma->vm_start + (vma->vm_pgoff << PAGE_SHIFT) > scanner.length)
		return -EINVAL;
	return 0;
}

static int scanner_mmap_checked(struct file *file, struct vm_area_struct *vma)
{
	int err = scanner_check(vma);

	if (err)
		return err;
	return remap_pfn_range(vma, vma->vm_start, (scanner.base >> PAGE_SHIFT) + vma->vm_pgoff,
			       vma->vm_end - vma->vm_start, vma->vm_page_prot);
}

static int scanner_mmap_pages(struct file *file, struct vm_area_struct *vma)
{
	if (vma_pages(vma) + vma->vm_pgoff > SCANNER_SIZE >> PAGE_SHIFT)
		return -EINVAL;
	return remap_pfn_range(vma, vma->vm_start, (scanner.base >> PAGE_SHIFT) + vma->vm_pgoff,
			       vma->vm_end - vma->vm_start, vma->vm_page_prot);
}

/* trap: lin-mmap-bounds function-that-checks */
static int scanner_mmap_io(struct file *file, struct vm_area_struct *vma)
{
	return vm_iomap_memory(vma, scanner.base, scanner.length);
}

static int scanner_mmap_table(struct file *file, struct vm_area_struct *vma)
{
	return dma_mmap_coherent(scanner.dev, vma, scanner.table, scanner.table_dma, vma->vm_end - vma->vm_start);
}

const struct file_operations scanner_fops[] = {
	{ .owner = THIS_MODULE, .mmap = scanner_mmap },	       { .owner = THIS_MODULE, .mmap = scanner_mmap_fixed },
	{ .owner = THIS_MODULE, .mmap = scanner_mmap_exact },  { .owner = THIS_MODULE, .mmap = scanner_mmap_checked },
	{ .owner = THIS_MODULE, .mmap = scanner_mmap_pages }, { .owner = THIS_MODULE, .mmap = scanner_mmap_io },
	{ .owner = THIS_MODULE, .mmap = scanner_mmap_table },
};
