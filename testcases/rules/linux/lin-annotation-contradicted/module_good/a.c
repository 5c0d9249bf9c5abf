#include "crypt.h"

void crypt_open(struct crypt *c)
{
	spin_lock(&c->lock);
	c->open = 1;
	crypt_count(c); /* ok: lin-annotation-contradicted */
	spin_unlock(&c->lock);
}
