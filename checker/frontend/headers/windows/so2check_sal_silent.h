/* Annotations about buffers and pointers, which say nothing of the kernel's
 * rules: nothing. Read by so2check_sal.h only. A name that a header already
 * defined is empty there too, or has a meaning for its compiler that stays. */
#ifndef SO2CHECK_SAL_SILENT_H
#define SO2CHECK_SAL_SILENT_H

#ifndef _Null_
#define _Null_
#endif
#ifndef _Notnull_
#define _Notnull_
#endif
#ifndef _Maybenull_
#define _Maybenull_
#endif
#ifndef _Valid_
#define _Valid_
#endif
#ifndef _Notvalid_
#define _Notvalid_
#endif
#ifndef _Maybevalid_
#define _Maybevalid_
#endif
#ifndef _Pre_
#define _Pre_
#endif
#ifndef _Post_
#define _Post_
#endif
#ifndef _Pre_null_
#define _Pre_null_
#endif
#ifndef _Pre_notnull_
#define _Pre_notnull_
#endif
#ifndef _Pre_maybenull_
#define _Pre_maybenull_
#endif
#ifndef _Pre_valid_
#define _Pre_valid_
#endif
#ifndef _Pre_invalid_
#define _Pre_invalid_
#endif
#ifndef _Pre_unknown_
#define _Pre_unknown_
#endif
#ifndef _Pre_opt_valid_
#define _Pre_opt_valid_
#endif
#ifndef _Pre_z_
#define _Pre_z_
#endif
#ifndef _Pre_opt_z_
#define _Pre_opt_z_
#endif
#ifndef _Post_null_
#define _Post_null_
#endif
#ifndef _Post_notnull_
#define _Post_notnull_
#endif
#ifndef _Post_maybenull_
#define _Post_maybenull_
#endif
#ifndef _Post_invalid_
#define _Post_invalid_
#endif
#ifndef _Post_valid_
#define _Post_valid_
#endif
#ifndef _Post_z_
#define _Post_z_
#endif
#ifndef _Post_ptr_invalid_
#define _Post_ptr_invalid_
#endif
#ifndef _Post_defensive_
#define _Post_defensive_
#endif
#ifndef _Pre_defensive_
#define _Pre_defensive_
#endif
#ifndef _Prepost_z_
#define _Prepost_z_
#endif
#ifndef _Literal_
#define _Literal_
#endif
#ifndef _Notliteral_
#define _Notliteral_
#endif
#ifndef _Reserved_
#define _Reserved_
#endif
#ifndef _Const_
#define _Const_
#endif
#ifndef _Points_to_data_
#define _Points_to_data_
#endif
#ifndef _Unreferenced_parameter_
#define _Unreferenced_parameter_
#endif
#ifndef _Analysis_noreturn_
#define _Analysis_noreturn_
#endif
#ifndef _Enum_is_bitflag_
#define _Enum_is_bitflag_
#endif
#ifndef _Strict_type_match_
#define _Strict_type_match_
#endif
#ifndef _Callback_
#define _Callback_
#endif
#ifndef _Frees_ptr_
#define _Frees_ptr_
#endif
#ifndef _Frees_ptr_opt_
#define _Frees_ptr_opt_
#endif
#ifndef _Kernel_entry_
#define _Kernel_entry_
#endif
#ifndef _Kernel_entry_always_
#define _Kernel_entry_always_
#endif
#ifndef _Kernel_IoGetDmaAdapter_
#define _Kernel_IoGetDmaAdapter_
#endif
#ifndef _Flt_ConnectionCookie_Outptr_
#define _Flt_ConnectionCookie_Outptr_
#endif
#ifndef _Flt_CompletionContext_Outptr_
#define _Flt_CompletionContext_Outptr_
#endif
#ifndef _Null_terminated_
#define _Null_terminated_
#endif
#ifndef _NullNull_terminated_
#define _NullNull_terminated_
#endif
#ifndef _Deref_pre_valid_
#define _Deref_pre_valid_
#endif
#ifndef _Deref_post_z_
#define _Deref_post_z_
#endif
#ifndef _Deref_post_opt_valid_
#define _Deref_post_opt_valid_
#endif
#ifndef _Deref_prepost_z_
#define _Deref_prepost_z_
#endif
#ifndef _Raises_SEH_exception_
#define _Raises_SEH_exception_
#endif
#ifndef _Maybe_raises_SEH_exception_
#define _Maybe_raises_SEH_exception_
#endif
#ifndef _No_competing_thread_
#define _No_competing_thread_
#endif
#ifndef _No_competing_thread_begin_
#define _No_competing_thread_begin_
#endif
#ifndef _No_competing_thread_end_
#define _No_competing_thread_end_
#endif
#ifndef _Benign_race_begin_
#define _Benign_race_begin_
#endif
#ifndef _Benign_race_end_
#define _Benign_race_end_
#endif
#ifndef _Ret_
#define _Ret_
#endif
#ifndef _Ret_opt_
#define _Ret_opt_
#endif
#ifndef _Ret_opt_z_
#define _Ret_opt_z_
#endif
#ifndef _Printf_format_string_
#define _Printf_format_string_
#endif
#ifndef _Scanf_format_string_
#define _Scanf_format_string_
#endif
#ifndef __in
#define __in
#endif
#ifndef __in_opt
#define __in_opt
#endif
#ifndef __in_z
#define __in_z
#endif
#ifndef __in_z_opt
#define __in_z_opt
#endif
#ifndef __out
#define __out
#endif
#ifndef __out_opt
#define __out_opt
#endif
#ifndef __out_z
#define __out_z
#endif
#ifndef __inout
#define __inout
#endif
#ifndef __inout_opt
#define __inout_opt
#endif
#ifndef __inout_z
#define __inout_z
#endif
#ifndef __deref_in
#define __deref_in
#endif
#ifndef __deref_in_opt
#define __deref_in_opt
#endif
#ifndef __deref_inout
#define __deref_inout
#endif
#ifndef __deref_inout_opt
#define __deref_inout_opt
#endif
#ifndef __deref_out
#define __deref_out
#endif
#ifndef __deref_out_opt
#define __deref_out_opt
#endif
#ifndef __deref_out_z
#define __deref_out_z
#endif
#ifndef __deref_opt_out
#define __deref_opt_out
#endif
#ifndef __deref_opt_out_opt
#define __deref_opt_out_opt
#endif
#ifndef __deref_opt_inout
#define __deref_opt_inout
#endif
#ifndef __deref_opt_inout_opt
#define __deref_opt_inout_opt
#endif
#ifndef __deref_volatile
#define __deref_volatile
#endif
#ifndef __field_nullterminated
#define __field_nullterminated
#endif
#ifndef __callback
#define __callback
#endif
#ifndef __nullterminated
#define __nullterminated
#endif
#ifndef __nullnullterminated
#define __nullnullterminated
#endif
#ifndef __reserved
#define __reserved
#endif
#ifndef __format_string
#define __format_string
#endif
#ifndef __override
#define __override
#endif
#ifndef __fallthrough
#define __fallthrough
#endif
#ifndef __analysis_noreturn
#define __analysis_noreturn
#endif
#ifndef __notnull
#define __notnull
#endif
#ifndef __maybenull
#define __maybenull
#endif
#ifndef __post
#define __post
#endif
#ifndef __pre
#define __pre
#endif
#ifndef __valid
#define __valid
#endif
#ifndef __notvalid
#define __notvalid
#endif
#ifndef __exceptthat
#define __exceptthat
#endif
#ifndef __refparam
#define __refparam
#endif
#ifndef __possibly_notnullterminated
#define __possibly_notnullterminated
#endif
#ifndef __inner_callback
#define __inner_callback
#endif
#ifndef __kernel_entry
#define __kernel_entry
#endif
#ifndef __rpc_entry
#define __rpc_entry
#endif
#ifndef __nonvolatile
#define __nonvolatile
#endif
#ifndef __file_parser
#define __file_parser
#endif
#ifndef __crtnoreturn
#define __crtnoreturn
#endif
#ifndef __drv_functionPointer
#define __drv_functionPointer
#endif
#ifndef __drv_freesMem_opt
#define __drv_freesMem_opt
#endif
#ifndef __drv_inTry
#define __drv_inTry
#endif
#ifndef __drv_notInTry
#define __drv_notInTry
#endif
#ifndef __drv_notPointer
#define __drv_notPointer
#endif
#ifndef __drv_isObjectPointer
#define __drv_isObjectPointer
#endif
#ifndef __drv_constant
#define __drv_constant
#endif
#ifndef __drv_nonConstant
#define __drv_nonConstant
#endif
#undef _Inexpressible_
#define _Inexpressible_(...)
#undef _Creates_lock_level_
#define _Creates_lock_level_(...)
#undef _Global_lock_
#define _Global_lock_(...)
#undef _Releases_spin_lock_
#define _Releases_spin_lock_(...)
#undef _Analysis_assume_smart_lock_acquired_
#define _Analysis_assume_smart_lock_acquired_(...)
#undef _Analysis_assume_smart_lock_released_
#define _Analysis_assume_smart_lock_released_(...)
#undef _Pre_cap_
#define _Pre_cap_(...)
#undef _Pre_bytecap_
#define _Pre_bytecap_(...)
#undef _Pre_count_
#define _Pre_count_(...)
#undef _Pre_bytecount_
#define _Pre_bytecount_(...)
#undef _Post_count_
#define _Post_count_(...)
#undef _Post_bytecount_
#define _Post_bytecount_(...)
#undef _Ret_cap_
#define _Ret_cap_(...)
#undef _Ret_bytecap_
#define _Ret_bytecap_(...)
#undef _Ret_count_
#define _Ret_count_(...)
#undef _Ret_bytecount_
#define _Ret_bytecount_(...)
#undef _Ret_opt_cap_
#define _Ret_opt_cap_(...)
#undef _Ret_opt_bytecap_
#define _Ret_opt_bytecap_(...)
#undef _Ret_range_
#define _Ret_range_(...)
#undef _Inout_range_
#define _Inout_range_(...)
#undef _In_range_
#define _In_range_(...)
#undef _Out_range_
#define _Out_range_(...)
#undef _Satisfies_
#define _Satisfies_(...)
#undef _Analysis_code_type_
#define _Analysis_code_type_(...)
#undef _Group_
#define _Group_(...)
#undef _Always_
#define _Always_(...)
#undef _At_buffer_
#define _At_buffer_(...)
#undef _On_failure_
#define _On_failure_(...)
#undef _Has_lock_kind_
#define _Has_lock_kind_(...)
#undef _Has_lock_level_
#define _Has_lock_level_(...)
#undef _Lock_level_order_
#define _Lock_level_order_(...)
#undef _Csalcat1_
#define _Csalcat1_(...)
#undef _Csalcat2_
#define _Csalcat2_(...)
#undef __control_entrypoint
#define __control_entrypoint(...)
#undef __data_entrypoint
#define __data_entrypoint(...)
#undef __success
#define __success(...)
#undef __typefix
#define __typefix(...)
#undef __allowed
#define __allowed(...)
#undef __blocksOn
#define __blocksOn(...)
#undef __readableTo
#define __readableTo(...)
#undef __writableTo
#define __writableTo(...)
#undef __byte_readableTo
#define __byte_readableTo(...)
#undef __byte_writableTo
#define __byte_writableTo(...)
#undef __elem_readableTo
#define __elem_readableTo(...)
#undef __elem_writableTo
#define __elem_writableTo(...)
#undef __field_bcount
#define __field_bcount(...)
#undef __field_bcount_opt
#define __field_bcount_opt(...)
#undef __field_bcount_part
#define __field_bcount_part(...)
#undef __field_bcount_part_opt
#define __field_bcount_part_opt(...)
#undef __field_bcount_full
#define __field_bcount_full(...)
#undef __field_bcount_full_opt
#define __field_bcount_full_opt(...)
#undef __field_ecount
#define __field_ecount(...)
#undef __field_ecount_opt
#define __field_ecount_opt(...)
#undef __field_ecount_part
#define __field_ecount_part(...)
#undef __field_ecount_part_opt
#define __field_ecount_part_opt(...)
#undef __field_ecount_full
#define __field_ecount_full(...)
#undef __field_ecount_full_opt
#define __field_ecount_full_opt(...)
#undef __field_xcount
#define __field_xcount(...)
#undef __field_range
#define __field_range(...)
#undef __field_data_source
#define __field_data_source(...)
#undef __struct_bcount
#define __struct_bcount(...)
#undef __struct_xcount
#define __struct_xcount(...)
#undef __in_bcount
#define __in_bcount(...)
#undef __in_bcount_opt
#define __in_bcount_opt(...)
#undef __in_ecount
#define __in_ecount(...)
#undef __in_ecount_opt
#define __in_ecount_opt(...)
#undef __in_ecount_z
#define __in_ecount_z(...)
#undef __in_bcount_z
#define __in_bcount_z(...)
#undef __in_xcount
#define __in_xcount(...)
#undef __in_xcount_opt
#define __in_xcount_opt(...)
#undef __in_range
#define __in_range(...)
#undef __in_data_source
#define __in_data_source(...)
#undef __out_bcount
#define __out_bcount(...)
#undef __out_bcount_opt
#define __out_bcount_opt(...)
#undef __out_ecount
#define __out_ecount(...)
#undef __out_ecount_opt
#define __out_ecount_opt(...)
#undef __out_bcount_part
#define __out_bcount_part(...)
#undef __out_bcount_part_opt
#define __out_bcount_part_opt(...)
#undef __out_ecount_part
#define __out_ecount_part(...)
#undef __out_ecount_part_opt
#define __out_ecount_part_opt(...)
#undef __out_bcount_full
#define __out_bcount_full(...)
#undef __out_bcount_full_opt
#define __out_bcount_full_opt(...)
#undef __out_ecount_full
#define __out_ecount_full(...)
#undef __out_ecount_full_opt
#define __out_ecount_full_opt(...)
#undef __out_ecount_z
#define __out_ecount_z(...)
#undef __out_ecount_z_opt
#define __out_ecount_z_opt(...)
#undef __out_bcount_z
#define __out_bcount_z(...)
#undef __out_xcount
#define __out_xcount(...)
#undef __out_xcount_opt
#define __out_xcount_opt(...)
#undef __out_range
#define __out_range(...)
#undef __out_data_source
#define __out_data_source(...)
#undef __inout_bcount
#define __inout_bcount(...)
#undef __inout_bcount_opt
#define __inout_bcount_opt(...)
#undef __inout_ecount
#define __inout_ecount(...)
#undef __inout_ecount_opt
#define __inout_ecount_opt(...)
#undef __inout_bcount_part
#define __inout_bcount_part(...)
#undef __inout_bcount_part_opt
#define __inout_bcount_part_opt(...)
#undef __inout_ecount_part
#define __inout_ecount_part(...)
#undef __inout_ecount_part_opt
#define __inout_ecount_part_opt(...)
#undef __inout_bcount_full
#define __inout_bcount_full(...)
#undef __inout_bcount_full_opt
#define __inout_bcount_full_opt(...)
#undef __inout_ecount_full
#define __inout_ecount_full(...)
#undef __inout_ecount_full_opt
#define __inout_ecount_full_opt(...)
#undef __inout_ecount_z
#define __inout_ecount_z(...)
#undef __inout_xcount
#define __inout_xcount(...)
#undef __deref_in_range
#define __deref_in_range(...)
#undef __deref_inout_bcount
#define __deref_inout_bcount(...)
#undef __deref_inout_bcount_opt
#define __deref_inout_bcount_opt(...)
#undef __deref_out_bcount
#define __deref_out_bcount(...)
#undef __deref_out_bcount_opt
#define __deref_out_bcount_opt(...)
#undef __deref_out_ecount
#define __deref_out_ecount(...)
#undef __deref_out_ecount_opt
#define __deref_out_ecount_opt(...)
#undef __deref_out_bcount_part
#define __deref_out_bcount_part(...)
#undef __deref_out_bcount_full
#define __deref_out_bcount_full(...)
#undef __deref_out_xcount
#define __deref_out_xcount(...)
#undef __deref_out_xcount_opt
#define __deref_out_xcount_opt(...)
#undef __deref_out_range
#define __deref_out_range(...)
#undef __deref_opt_out_bcount
#define __deref_opt_out_bcount(...)
#undef __deref_opt_out_bcount_full
#define __deref_opt_out_bcount_full(...)
#undef __ret_range
#define __ret_range(...)
#undef __drv_in
#define __drv_in(...)
#undef __drv_out
#define __drv_out(...)
#undef __drv_inout
#define __drv_inout(...)
#undef __drv_in_deref
#define __drv_in_deref(...)
#undef __drv_out_deref
#define __drv_out_deref(...)
#undef __drv_deref
#define __drv_deref(...)
#undef __drv_reportError
#define __drv_reportError(...)
#undef __drv_preferredFunction
#define __drv_preferredFunction(...)
#undef __drv_strictType
#define __drv_strictType(...)
#undef __drv_strictTypeMatch
#define __drv_strictTypeMatch(...)
#undef __drv_formatString
#define __drv_formatString(...)
#undef __drv_valueIs
#define __drv_valueIs(...)
#undef __drv_completionType
#define __drv_completionType(...)
#undef _In_defensive_
#define _In_defensive_(annotations) annotations
#undef _Inout_defensive_
#define _Inout_defensive_(annotations) annotations
#undef _Out_defensive_
#define _Out_defensive_(annotations) annotations
#endif
