/* Changes C by its tokens and statements: bytes changed at random are hardly ever C again. */
#include "fuzz.h"

#include "base/c_text.h"

#include <ctype.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

enum { MOST = 4096, LONGEST = 1024 };

static const char *const pieces[] = {
	"if (x)",
	"if (!p)",
	"else",
	"while (x--)",
	"for (;;)",
	"do {} while (x);",
	"switch (x) { case 1: break; default: ; }",
	"return;",
	"return -EINVAL;",
	"return 0;",
	"goto out;",
	"out:",
	"break;",
	"continue;",
	"{",
	"}",
	"{ int x = 1; }",
	"p = kmalloc(sizeof(*p), GFP_KERNEL);",
	"kfree(p);",
	"spin_lock(&d->lock);",
	"spin_unlock(&d->lock);",
	"unsigned long flags;",
	"spin_lock_irqsave(&d->lock, flags);",
	"mutex_lock(&d->m);",
	"mutex_unlock(&d->m);",
	"msleep(1);",
	"d->x = 0;",
	"p = d->p;",
	"d->p = p;",
	"p = NULL;",
	"x = ({ int y = x; y + 1; });",
	"x = p ? 1 : x;",
	"x = a[x];",
	"(void)x;",
	"asm goto(\"\" : : : : out);",
	"__try {",
	"} __except (1) {",
	"} __finally {",
	"__leave;",
	"void *q __cleanup(done) = NULL;",
	"int a[x];",
	"static int s;",
	"goto *p;",
	"p = &&out;",
	"x = (int)(long)p;",
};

static const char *const values[] = { "0",	  "1",	   "-1",	"4",	"0x7fffffff", "0xffffffffffffffffull",
				      "1u << 31", "NULL",  "sizeof(x)", "x",	"p",	      "d",
				      "\"\"",	  "'a'",   "1.0",	"d->x", "*p",	      "&x",
				      "!x",	  "x && p" };

struct change {
	size_t begin, end;    /* of the text, taken out */
	const char *inserted; /* in its place */
	size_t length;
};

struct tokens {
	struct text_range items[MOST];
	int count;
	unsigned random;
};

static unsigned below(struct tokens *tokens, unsigned most)
{
	tokens->random = tokens->random * 1103515245u + 12345u;
	return (tokens->random >> 8) % most;
}

static unsigned token_end(const char *text, unsigned size, unsigned at)
{
	unsigned end = text_skip_opaque(text, size, at);

	if (end > at)
		return end;
	while (end < size && (isalnum((unsigned char)text[end]) || text[end] == '_'))
		end++;
	if (end > at)
		return end;
	bool is_pair = at + 1 < size && strchr("=&|+-<>", text[at + 1]) && strchr("=!<>+-*&|", text[at]);
	return at + (is_pair && text[at] && text[at + 1] ? 2 : 1);
}

static void scan(struct tokens *tokens, const char *text, unsigned size)
{
	for (unsigned at = text_skip_space(text, size, 0); at < size && tokens->count < MOST;) {
		unsigned end = token_end(text, size, at);
		tokens->items[tokens->count++] = (struct text_range){ at, end };
		at = text_skip_space(text, size, end);
	}
}

/* Around a token chosen at random: behind the `;`, `{` or `}` before it, to the next `;`. */
static struct text_range pick_statement(struct tokens *tokens, const char *text)
{
	int first = (int)below(tokens, (unsigned)tokens->count), last = first;

	while (first > 0 && !strchr(";{}", text[tokens->items[first - 1].begin]))
		first--;
	while (last + 1 < tokens->count && text[tokens->items[last].begin] != ';')
		last++;
	return (struct text_range){ tokens->items[first].begin, tokens->items[last].end };
}

static struct change replace(struct text_range range, const char *text, size_t length)
{
	return (struct change){ range.begin, range.end, text, length < LONGEST ? length : LONGEST };
}

static struct change choose(struct tokens *tokens, const char *text)
{
	struct text_range token = tokens->items[below(tokens, (unsigned)tokens->count)];
	struct text_range other = tokens->items[below(tokens, (unsigned)tokens->count)];
	struct text_range statement = pick_statement(tokens, text), target = pick_statement(tokens, text);
	const char *piece = pieces[below(tokens, sizeof(pieces) / sizeof(pieces[0]))];
	const char *value = values[below(tokens, sizeof(values) / sizeof(values[0]))];

	switch (below(tokens, 8)) {
	case 0:
		return replace(token, "", 0);
	case 1:
		return replace(token, text + other.begin, other.end - other.begin);
	case 2:
		return replace(token, value, strlen(value));
	case 3:
		return replace(statement, "", 0);
	case 4:
		return replace(statement, text + target.begin, target.end - target.begin);
	case 5:
		return replace((struct text_range){ target.begin, target.begin }, text + statement.begin,
			       statement.end - statement.begin);
	case 6:
		return replace(statement, piece, strlen(piece));
	default:
		return replace((struct text_range){ statement.begin, statement.begin }, piece, strlen(piece));
	}
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
	static struct tokens tokens;
	char piece[LONGEST + 2];

	tokens.count = 0;
	tokens.random = seed;
	scan(&tokens, (const char *)data, (unsigned)size);
	if (tokens.count == 0 || below(&tokens, 16) == 0)
		return LLVMFuzzerMutate(data, size, max_size);
	struct change change = choose(&tokens, (const char *)data);
	memcpy(piece, change.inserted, change.length);
	piece[change.length++] = ' ';
	size_t changed = size - (change.end - change.begin) + change.length;
	if (changed > max_size)
		return LLVMFuzzerMutate(data, size, max_size);
	memmove(data + change.begin + change.length, data + change.end, size - change.end);
	memcpy(data + change.begin, piece, change.length);
	return changed;
}
