#!/bin/sh
# Visual Studio projects: what they say is used, and what of them is not understood is told.
. "$(dirname "$0")/lib.sh"

mkdir -p lamp/inc lamp/src props
echo '#define LAMP_TAG 4' > lamp/inc/Lamp.h
cat > lamp/src/lamp.c <<'C'
#include <ntddk.h>
#include "lamp.h"

NTSTATUS LampSet(PKSPIN_LOCK gate, LONG level)
{
	KIRQL old;

	KeAcquireSpinLock(gate, &old);
	if (level < LAMP_LEAST + LAMP_TAG)
		return STATUS_INVALID_PARAMETER;
	KeReleaseSpinLock(gate, old);
	return STATUS_SUCCESS;
}
C
cat > props/common.props <<'X'
<Project><ItemDefinitionGroup><ClCompile>
<AdditionalIncludeDirectories>$(MSBuildThisFileDirectory)..\Lamp\Inc</AdditionalIncludeDirectories>
</ClCompile></ItemDefinitionGroup></Project>
X
cat > lamp/lamp.vcxproj <<'X'
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE Project [<!ENTITY other SYSTEM "src/lamp.c">]>
<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
<ItemGroup><ProjectConfiguration Include="Debug|x64"/><ProjectConfiguration Include="Release|x64"/></ItemGroup>
<Import Project="$(VCTargetsPath)\Microsoft.Cpp.Default.props"/>
<Import Project="..\Props\Common.props"/>
<PropertyGroup><ConfigurationType>Driver</ConfigurationType></PropertyGroup>
<ItemDefinitionGroup Condition="'$(Configuration)|$(Platform)'=='Debug|x64'"><ClCompile>
<PreprocessorDefinitions>LAMP_LEAST=1;%(PreprocessorDefinitions)</PreprocessorDefinitions>
</ClCompile></ItemDefinitionGroup>
<ItemDefinitionGroup Condition="'$(Configuration)|$(Platform)'=='Release|x64'"><ClCompile>
<PreprocessorDefinitions>LAMP_LEAST=nonsense here</PreprocessorDefinitions>
</ClCompile></ItemDefinitionGroup>
<ItemGroup><ClCompile Include="Src\Lamp.c"/></ItemGroup>
</Project>
X
run 1 --no-cache --target windows lamp/lamp.vcxproj
if grep -q "no Windows driver headers\|mingw-w64" err out; then
	echo "SKIPPED: no headers for Windows drivers (mingw-w64-common)"
	exit 77
fi
has out "lamp/src/lamp.c:10:3: error: gate is still held"
hasnt out "note:"
sed -i 's|<ItemGroup><ClCompile|<ItemGroup><ClCompile Include="$(Made)\\more.c"/><ClCompile|' lamp/lamp.vcxproj
run 1 --no-cache lamp/lamp.vcxproj
has out "lamp/lamp.vcxproj:14:1: note: \`\$(Made)\\more.c\` is left out: the property Made is not known"
has out "lamp/src/lamp.c:10:3: error: gate is still held"

finish
