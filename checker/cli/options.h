/* What the command line says. One table row per option (options.c) drives
 * parsing, the check which command it belongs to, and --help. */
#ifndef SO2_CLI_OPTIONS_H
#define SO2_CLI_OPTIONS_H

#include "base/arena.h"
#include "base/log.h"
#include "frontend/frontend.h"
#include "report/finding.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum command {
	COMMAND_CHECK,
	COMMAND_GATE,
	COMMAND_GRADE,
	COMMAND_MERGE,
	COMMAND_RULES,
	COMMAND_EXPLAIN,
	COMMAND_TEST,
	COMMAND_CACHE,
	COMMAND_HOOK,
	COMMAND_COMPLETE,
	COMMAND_FIX,
	COMMAND_LSP,
	COMMAND_HELP,
	COMMAND_VERSION
};
enum dump_kind {
	DUMP_NONE,
	DUMP_IR,
	DUMP_CFG,
	DUMP_STATE,
	DUMP_SUMMARY,
	DUMP_CONTEXT,
	DUMP_COST,
	DUMP_PATH,
	DUMP_EXPLAIN
};

struct text_list {
	const char **items;
	int count, capacity;
};

/* --shard I/N; count 0: not given. */
struct shard_choice {
	int number; /* from 1 */
	int count;
};

/* --report FORMAT=FILE */
struct report_copy {
	enum report_format format;
	const char *file;
};

/* --sandbox */
enum sandbox_mode {
	SANDBOX_AUTO,	 /* where the kernel can */
	SANDBOX_REQUIRE, /* or nothing is checked */
	SANDBOX_OFF,
};

struct policy;

struct options {
	struct arena *arena; /* all texts below live in it or in argv */
	enum command command;
	const char *database, *kernel, *ddk;
	enum frontend_target target;
	struct text_list rule_dirs;	/* --rules, in order */
	struct text_list only, disable; /* rule ids, split at commas */
	enum report_format format;
	bool has_format;
	struct shard_choice shard;
	const char *output; /* -o, or NULL */
	bool has_stats;
	bool no_cache, clear;	      /* --no-cache, --clear */
	bool no_allow;		      /* --no-allow */
	const char *baseline, *since; /* --baseline, --since; NULL: none */
	const char *policy_file;      /* --policy; NULL: the one beside the sources */
	bool no_policy;		      /* --no-policy */
	const char *reference;	      /* --reference; NULL: what the policy says */
	struct policy *policy;	      /* set once it is read (policy.h); NULL: the command has none */
	struct report_copy *copies;   /* --report */
	int copy_count, copy_capacity;
	unsigned with;			   /* --with: bits of enum finding_engine */
	bool apply, dry_run;		   /* --apply, --dry-run */
	int jobs;			   /* --jobs: processes that analyse; 0: none but this one */
	double time_limit;		   /* --time-limit: seconds a unit may take */
	uint64_t memory_limit;		   /* --memory-limit: bytes a process may take */
	enum sandbox_mode sandbox;	   /* --sandbox, --no-sandbox */
	struct text_list trusted;	   /* --trust: folders */
	bool lint, coverage, only_missing; /* --lint, --coverage, --missing */
	enum dump_kind dump;		   /* EXPLAIN: --explain-context */
	const char *explained;		   /* the function it names */
	struct text_list operands;	   /* PATH..., ID or DIR */
	const char *topic;		   /* of help: a command, or `man`; NULL: so2check itself */
	struct text_list clang_args;	   /* after `--` */
	bool is_kbuild, kbuild_fails;	   /* --kbuild, --kbuild=error */
	struct text_list compiler_args;	   /* with --kbuild: the build's compiler, its arguments, the source */
};

void text_list_add(struct arena *arena, struct text_list *list, const char *text);
/* 0, or -1 with the reason logged. Help and version are commands here. */
int options_parse(struct options *options, struct arena *arena, struct log *log, int argc, char **argv);

#endif
