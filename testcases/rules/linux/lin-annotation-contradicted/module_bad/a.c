#include "crypt.h"

void crypt_open(struct crypt *c)
{
	spin_lock(&c->lock);
	c->open = 1;
	spin_unlock(&c->lock);
	crypt_count(c); /* expect: lin-annotation-contradicted "crypt_count" */
}
