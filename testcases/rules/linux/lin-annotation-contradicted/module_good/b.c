#include "crypt.h"

void crypt_count(struct crypt *c)
{
	c->visits++;
}
