/* Visual Studio projects: sources, values of one configuration, encodings, errors. */
#include "tree.h"

#include "base/text.h"

#include <string.h>
#include <unistd.h>

#define PROJECT(inner) "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Project xmlns=\"x\">\n" inner "</Project>\n"
#define CONFIGURATIONS                                    \
	"<ItemGroup Label=\"ProjectConfigurations\">"     \
	"<ProjectConfiguration Include=\"Debug|Win32\"/>" \
	"<ProjectConfiguration Include=\"Debug|x64\"/>"   \
	"<ProjectConfiguration Include=\"Release|x64\"/></ItemGroup>"

struct reading {
	struct vcx_project project;
	const char *problem;
	unsigned line;
};

static struct reading read_bytes(struct tree *tree, const void *bytes, size_t length)
{
	const char *path = tree_write_bytes(tree, "drv/my driver.vcxproj", bytes, length);
	struct reading reading;

	reading.problem = vcxproj_read(tree->arena, tree->pool, include_cache_create(tree->arena, tree->pool), path,
				       &reading.project, &reading.line);
	return reading;
}

static struct vcx_project read_project(struct tree *tree, const char *text)
{
	struct reading reading = read_bytes(tree, text, strlen(text));

	if (reading.problem)
		fail_msg("%s", reading.problem);
	return reading.project;
}

static void assert_source(struct tree *tree, const struct vcx_project *project, int index, const char *name)
{
	assert_true(index < project->source_count);
	assert_string_equal(project->sources[index].path, tree_path(tree, name));
}

static void test_sources(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "drv/src/b.c", "");
	tree_write(tree, "drv/src/A.C", "");
	tree_write(tree, "drv/src/skip.h", "");
	tree_write(tree, "drv/src/deep/er/d.c", "");
	tree_write(tree, "drv/Main.c", "");
	tree_write(tree, "common/c.c", "");
	struct vcx_project project = read_project(
		tree, PROJECT("<ItemGroup>"
			      "<ClCompile Include=\"main.c; gone.c;x.cpp\"/>"
			      "<ClCompile Include=\"$(ProjectDir)..\\Common\\*.c\"/>"
			      "<ClCompile Include=\"Src\\deep\\**\\*.c\"/>"
			      "<ClCompile Include=\"Src\\b.c\"><ExcludedFromBuild>true</ExcludedFromBuild></ClCompile>"
			      "<ClInclude Include=\"no.c\"/>"
			      "</ItemGroup>"));

	assert_string_equal(project.name, "my driver");
	assert_int_equal(project.source_count, 4);
	assert_source(tree, &project, 0, "drv/Main.c");
	assert_source(tree, &project, 1, "drv/gone.c"); /* listed: whoever adds it says that it is missing */
	assert_source(tree, &project, 2, "common/c.c");
	assert_source(tree, &project, 3, "drv/src/deep/er/d.c");
	assert_non_null(vcxproj_find(&project, tree_path(tree, "drv/Main.c")));
	assert_null(vcxproj_find(&project, tree_path(tree, "drv/src/b.c")));
}

static void test_values_of_one_configuration(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "drv/inc/x.h", "");
	tree_write(tree, "shared/force.h", "");
	struct vcx_project project = read_project(
		tree,
		PROJECT(CONFIGURATIONS
			"<PropertyGroup><Shared>..\\Shared</Shared>"
			"<ConfigurationType>Driver</ConfigurationType></PropertyGroup>"
			"<ItemDefinitionGroup Condition=\"'$(Configuration)|$(Platform)'=='Debug|x64'\"><ClCompile>"
			"<PreprocessorDefinitions>%(PreprocessorDefinitions);A=1; B=\\\"text\\\";EVENT_TRACING;"
			"C=$(Unknown)</PreprocessorDefinitions>"
			"<AdditionalIncludeDirectories>\"Inc\";$(Shared);$(DDK_INC_PATH);C:\\none;"
			"%(AdditionalIncludeDirectories)</AdditionalIncludeDirectories>"
			"<ForcedIncludeFiles>$(Shared)\\Force.h</ForcedIncludeFiles>"
			"<WppTraceFunction>MyTrace(LEVEL,MSG,...)</WppTraceFunction>"
			"</ClCompile></ItemDefinitionGroup>"
			"<ItemDefinitionGroup Condition=\"'$(Configuration)|$(Platform)'=='Release|x64'\"><ClCompile>"
			"<PreprocessorDefinitions>RELEASE</PreprocessorDefinitions></ClCompile></ItemDefinitionGroup>"
			"<ItemDefinitionGroup Condition=\"'$(Platform)' != 'x64'\"><ClCompile>"
			"<PreprocessorDefinitions>OTHER</PreprocessorDefinitions></ClCompile></ItemDefinitionGroup>"
			"<ItemGroup><ClCompile Include=\"a.c\"><PreprocessorDefinitions>OWN</PreprocessorDefinitions>"
			"</ClCompile></ItemGroup>"));

	assert_true(project.is_driver);
	assert_true(words_have(&project.flags, "-DA=1", "-DB=\"text\""));
	assert_true(words_have(&project.flags, "-I", tree_path(tree, "drv/inc")));
	assert_true(words_have(&project.flags, "-I", tree_path(tree, "shared")));
	assert_true(words_have(&project.flags, "-include", tree_path(tree, "shared/force.h")));
	assert_int_equal(project.flags.count, 8); /* nothing else */
	assert_int_equal(project.trace_functions.count, 1);
	assert_string_equal(project.trace_functions.items[0], "MyTrace");
	assert_true(words_have(&project.sources[0].flags, "-DOWN", NULL));
}

static void test_property_sheets(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "props/common.props",
		   "<Project><PropertyGroup><Here>$(MSBuildThisFileDirectory)</Here></PropertyGroup>"
		   "<ItemDefinitionGroup><ClCompile><AdditionalIncludeDirectories>$(Here)inc"
		   "</AdditionalIncludeDirectories></ClCompile></ItemDefinitionGroup>"
		   "<Import Project=\"common.props\"/><Import Project=\"..\\drv\\my driver.vcxproj\"/></Project>");
	tree_write(tree, "props/inc/x.h", "");
	struct vcx_project project =
		read_project(tree,
			     PROJECT("<ImportGroup><Import Project=\"..\\Props\\Common.props\"/>"
				     "<Import Project=\"$(VCTargetsPath)\\Microsoft.Cpp.props\"/></ImportGroup>"));

	assert_true(words_have(&project.flags, "-I", tree_path(tree, "props/inc")));
	assert_false(project.is_driver);
}

static void assert_note(const struct vcx_project *project, int index, unsigned line, const char *text)
{
	assert_true(index < project->note_count);
	assert_int_equal(project->notes[index].line, line);
	if (!strstr(project->notes[index].text, text))
		fail_msg("note %d is: %s", index, project->notes[index].text);
}

static void test_what_is_left_out_is_said(void **state)
{
	struct tree *tree = *state;

	tree_write(tree, "props/bad.props", "<Project><open></Project>");
	tree_write(tree, "props/more.props",
		   "<Project>\n<PropertyGroup Condition=\"'a'=='a' and 'b'=='b'\"/></Project>");
	struct vcx_project project = read_project(
		tree,
		PROJECT("<ItemGroup><ClCompile Include=\"$(Made)\\a.c;b.c\"/></ItemGroup>\n"
			"<ItemDefinitionGroup><ClCompile>\n"
			"<AdditionalIncludeDirectories>$(DDK_INC_PATH);$(Ours)\\inc</AdditionalIncludeDirectories>\n"
			"<PreprocessorDefinitions>A=$(Ours);B;%(PreprocessorDefinitions)</PreprocessorDefinitions>\n"
			"</ClCompile></ItemDefinitionGroup>\n"
			"<Import Project=\"$(VCTargetsPath)\\Microsoft.Cpp.props\"/>\n"
			"<Import Project=\"gone.props\" Condition=\"exists('gone.props')\"/>\n"
			"<Import Project=\"gone2.props\"/>\n"
			"<Import Project=\"..\\props\\bad.props\"/>\n"
			"<Import Project=\"..\\props\\more.props\"/>\n"));

	assert_int_equal(project.source_count, 1);
	assert_true(words_have(&project.flags, "-DB", NULL));
	assert_note(&project, 0, 3, "`$(Made)\\a.c` is left out: the property Made is not known");
	assert_note(&project, 1, 5, "`$(Ours)\\inc` is left out: the property Ours");
	assert_note(&project, 2, 6, "`A=$(Ours)`");
	assert_note(&project, 3, 10, "the sheet `gone2.props` is not there");
	assert_note(&project, 4, 11, "the sheet `..\\props\\bad.props`: the project is no well-formed XML");
	assert_note(&project, 5, 2, "the condition \"'a'=='a' and 'b'=='b'\" is taken to hold");
	assert_string_equal(project.notes[5].file, tree_path(tree, "props/more.props"));
	assert_int_equal(project.note_count, 6);
}

static size_t to_utf16(const char *text, char *out, bool is_big)
{
	size_t length = 0;

	out[length++] = is_big ? '\xfe' : '\xff';
	out[length++] = is_big ? '\xff' : '\xfe';
	for (; *text; text++) {
		out[length++] = is_big ? '\0' : *text;
		out[length++] = is_big ? *text : '\0';
	}
	return length;
}

static void test_encodings(void **state)
{
	static const char text[] = "<Project><ItemGroup><ClCompile Include=\"a.c\"/></ItemGroup></Project>";
	static const char with_bom[] = "\xef\xbb\xbf" PROJECT("<ItemGroup><ClCompile Include=\"a.c\"/></ItemGroup>");
	struct tree *tree = *state;
	char wide[2 * sizeof(text) + 2];

	assert_int_equal(read_project(tree, with_bom).source_count, 1);
	for (int is_big = 0; is_big < 2; is_big++) {
		struct reading reading = read_bytes(tree, wide, to_utf16(text, wide, is_big));
		assert_null(reading.problem);
		assert_int_equal(reading.project.source_count, 1);
		assert_source(tree, &reading.project, 0, "drv/a.c");
	}
}

static void test_broken_projects(void **state)
{
	static const struct {
		const char *text, *reason;
		unsigned line;
	} rows[] = {
		{ "", "XML", 0 },
		{ "<Project>\n<ItemGroup>\n</Project>\n", "XML", 3 },
		{ "{ \"json\": 1 }", "XML", 1 },
		{ "<html></html>", "<Project>", 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct reading reading = read_bytes(*state, rows[i].text, strlen(rows[i].text));
		assert_non_null(reading.problem);
		assert_non_null(strstr(reading.problem, rows[i].reason));
		assert_null(strchr(reading.problem, '\n'));
		if (rows[i].line)
			assert_int_equal(reading.line, rows[i].line);
	}
}

/* An entity that would read a file stays unread. */
static void test_outside_entities_are_left_alone(void **state)
{
	struct tree *tree = *state;
	const char *secret = tree_write(tree, "secret.txt", "secret.c");
	const char *text =
		arena_printf(tree->arena,
			     "<!DOCTYPE p [<!ENTITY x SYSTEM \"%s\">]><Project><ItemGroup>"
			     "<ClCompile Include=\"a.c\"><PreprocessorDefinitions>A&x;</PreprocessorDefinitions>"
			     "</ClCompile></ItemGroup></Project>",
			     secret);
	struct reading reading = read_bytes(tree, text, strlen(text));

	for (int i = 0; i < reading.project.source_count; i++)
		for (int j = 0; j < reading.project.sources[i].flags.count; j++)
			assert_null(strstr(reading.project.sources[i].flags.items[j], "secret"));
}

static void test_hostile_projects(void **state)
{
	struct tree *tree = *state;
	const char *text = "<Project><PropertyGroup><A>x</A>";

	/* A property that doubles itself. */
	for (int i = 0; i < 200; i++)
		text = arena_printf(tree->arena, "%s<A>$(A)$(A)$(A)$(A)</A>", text);
	text = arena_printf(tree->arena,
			    "%s</PropertyGroup><ItemGroup><ClCompile Include=\"**\\**\\**\\**\\x*.c\"/>"
			    "</ItemGroup></Project>",
			    text);
	/* Folders without end. */
	tree_write(tree, "drv/a/xa.c", "");
	for (int i = 0; i < 4; i++)
		assert_int_equal(symlink("..", tree_path(tree, arena_printf(tree->arena, "drv/a/loop%d", i))), 0);
	struct vcx_project project = read_project(tree, text);
	assert_true(project.source_count > 0);
	for (int i = 0; i < project.source_count; i++)
		assert_string_equal(path_base(project.sources[i].path), "xa.c");
}

/* The same files again and again: each is listed once, and what is not looked at any more is said. */
static void test_many_wildcards(void **state)
{
	struct tree *tree = *state;
	struct text text = text_create(tree->arena);

	for (int i = 0; i < 300; i++)
		tree_write(tree, arena_printf(tree->arena, "drv/file%d.c", i), "");
	text_add(&text, "<Project><ItemGroup><ClCompile Include=\"");
	for (int i = 0; i < 350; i++)
		text_add(&text, "*.c;");
	text_add(&text, "\"/></ItemGroup></Project>");
	struct vcx_project project = read_project(tree, text_get(&text));
	assert_int_equal(project.source_count, 300);
	assert_int_equal(project.note_count, 1);
	assert_non_null(strstr(project.notes[0].text, "more files than so2check looks at"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, tree_set_up, tree_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_sources),	    TEST(test_values_of_one_configuration),	TEST(test_property_sheets),
		TEST(test_encodings),	    TEST(test_what_is_left_out_is_said),	TEST(test_encodings),
		TEST(test_broken_projects), TEST(test_outside_entities_are_left_alone), TEST(test_hostile_projects),
		TEST(test_many_wildcards),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
