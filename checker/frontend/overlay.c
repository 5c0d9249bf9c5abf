/* clang reads the description of an overlay, and the files it names, through the
 * real file system, where unsaved files are unknown; so they lie in anonymous
 * files, which leave nothing behind however the process ends. */
#include "overlay.h"

#include "base/file.h"
#include "libclang.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void memory_open(struct arena *arena, struct memory_file *file, const char *text, size_t length)
{
	int descriptor = memfd_create("so2check", MFD_CLOEXEC);

	if (descriptor < 0)
		return;
	if (!file_write_whole(descriptor, text, length)) {
		close(descriptor);
		return;
	}
	file->descriptor = descriptor;
	file->path = arena_printf(arena, "/proc/self/fd/%d", descriptor);
}

static void memory_close(struct memory_file *file)
{
	if (file->path)
		close(file->descriptor);
	file->path = NULL;
}

static bool describe(const struct compile_cmd *cmd, const char *trace_path, char **text, unsigned *length)
{
	CXVirtualFileOverlay description = clang.VirtualFileOverlay_create(0);

	for (int i = 0; i < cmd->alias_count; i++) {
		const char *file = cmd->aliases[i].file ? cmd->aliases[i].file : trace_path;
		if (file)
			clang.VirtualFileOverlay_addFileMapping(description, cmd->aliases[i].name, file);
	}
	enum CXErrorCode code = clang.VirtualFileOverlay_writeToBuffer(description, 0, text, length);
	clang.VirtualFileOverlay_dispose(description);
	return code == CXError_Success;
}

void overlay_open(struct arena *arena, struct overlay *overlay, const struct compile_cmd *cmd)
{
	char *text = NULL;
	unsigned length = 0;

	*overlay = (struct overlay){ 0 };
	if (cmd->alias_count == 0 || libclang_load())
		return;
	if (cmd->trace_text)
		memory_open(arena, &overlay->trace, cmd->trace_text, strlen(cmd->trace_text));
	if (describe(cmd, overlay->trace.path, &text, &length))
		memory_open(arena, &overlay->description, text, length);
	clang.free(text);
}

void overlay_arguments(struct arena *arena, const struct overlay *overlay, struct word_list *args)
{
	if (!overlay->description.path)
		return;
	words_push(arena, args, "-ivfsoverlay");
	words_push(arena, args, overlay->description.path);
}

void overlay_close(struct overlay *overlay)
{
	memory_close(&overlay->trace);
	memory_close(&overlay->description);
}
