/* libclang, loaded when something is parsed: its libraries take longer to load than a run takes in which nothing has
 * changed. The one place that includes its headers; `clang.parseTranslationUnit2(...)` is
 * clang_parseTranslationUnit2() of <clang-c/Index.h>. */
#ifndef SO2_FRONTEND_LIBCLANG_H
#define SO2_FRONTEND_LIBCLANG_H

#include "base/arena.h"

#include <clang-c/BuildSystem.h>
#include <clang-c/Index.h>
#include <stdbool.h>

/* clang-format off */
#define LIBCLANG_FUNCTIONS(X) \
	X(Cursor_Evaluate) X(Cursor_getArgument) X(Cursor_getNumArguments) X(Cursor_getOffsetOfField) \
	X(Cursor_getStorageClass) X(Cursor_getVarDeclInitializer) X(Cursor_isBitField) X(Cursor_isFunctionInlined) \
	X(Cursor_isVariadic) X(EvalResult_dispose) X(EvalResult_getAsLongLong) X(EvalResult_getAsUnsigned) \
	X(EvalResult_getKind) X(EvalResult_isUnsignedInt) X(Location_isInSystemHeader) X(PrintingPolicy_dispose) \
	X(PrintingPolicy_setProperty) X(Type_getModifiedType) X(Type_getNamedType) X(Type_getSizeOf) \
	X(Type_visitFields) X(VirtualFileOverlay_addFileMapping) X(VirtualFileOverlay_create) \
	X(VirtualFileOverlay_dispose) X(VirtualFileOverlay_writeToBuffer) X(createIndex) X(defaultSaveOptions) \
	X(disposeCXTUResourceUsage) X(disposeDiagnostic) X(disposeIndex) X(disposeString) \
	X(disposeTranslationUnit) X(equalCursors) X(equalLocations) X(equalTypes) X(free) X(getArgType) \
	X(getArrayElementType) X(getArraySize) X(getCString) X(getCXTUResourceUsage) X(getCanonicalCursor) \
	X(getCanonicalType) X(getChildDiagnostics) X(getClangVersion) X(getCursorBinaryOperatorKind) \
	X(getCursorExtent) X(getCursorLinkage) X(getCursorLocation) X(getCursorPrettyPrinted) \
	X(getCursorPrintingPolicy) X(getCursorReferenced) X(getCursorSemanticParent) X(getCursorSpelling) \
	X(getCursorTLSKind) X(getCursorType) X(getCursorUnaryOperatorKind) X(getDiagnostic) X(getDiagnosticInSet) \
	X(getDiagnosticLocation) X(getDiagnosticSeverity) X(getDiagnosticSpelling) X(getEnumConstantDeclValue) \
	X(getEnumDeclIntegerType) X(getExpansionLocation) X(getFile) X(getFileContents) X(getFileLocation) \
	X(getFileName) X(getInclusions) X(getLocationForOffset) X(getNullCursor) X(getNullLocation) \
	X(getNumArgTypes) X(getNumDiagnostics) X(getNumDiagnosticsInSet) X(getPointeeType) X(getRangeEnd) \
	X(getRangeStart) X(getResultType) X(getSpellingLocation) X(getTranslationUnitCursor) \
	X(getTranslationUnitSpelling) X(getTypeDeclaration) X(getTypeSpelling) X(getTypedefDeclUnderlyingType) \
	X(getUnqualifiedType) X(isConstQualifiedType) X(isCursorDefinition) X(isExpression) \
	X(isFunctionTypeVariadic) X(isInvalid) X(parseTranslationUnit2) X(saveTranslationUnit) X(visitChildren)
/* clang-format on */

struct libclang {
#define LIBCLANG_MEMBER(name) __typeof__(clang_##name) *name;
	LIBCLANG_FUNCTIONS(LIBCLANG_MEMBER)
#undef LIBCLANG_MEMBER
};

/* NULL pointers until libclang_load(). */
extern struct libclang clang;

/* Loads it, unless it is. NULL, or why that fails, for the user. */
const char *libclang_load(void);
/* The same in a thread, while other work is done; libclang_load() waits for it. No process may fork meanwhile. */
void libclang_load_ahead(void);

/* Which one it is, by name and state of its file, without loading it. NULL: there is none. */
const char *libclang_identity(struct arena *arena);

#endif
