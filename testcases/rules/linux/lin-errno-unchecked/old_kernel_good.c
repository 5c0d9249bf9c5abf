/* Declared as kernels before 5.15 did. */
struct gendisk;

void add_disk(struct gendisk *disk);

/* trap: lin-errno-unchecked void-declaration */
void drum_publish(struct gendisk *disk)
{
	add_disk(disk); /* ok: lin-errno-unchecked */
}
