/* HAS_SANITIZER: built with AddressSanitizer, which has a heap of its own, reserves terabytes of addresses, and starts
 * threads and programs that nobody here knows of. */
#ifndef SO2_BASE_SANITIZER_H
#define SO2_BASE_SANITIZER_H

#if defined(__SANITIZE_ADDRESS__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif

#endif
