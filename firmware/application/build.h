// SPDX-License-Identifier: Apache-2.0
//
// Which firmware this is. The build gives both; a source revision makes no image differ.

#ifndef TINYWRIGHT_BUILD_H
#define TINYWRIGHT_BUILD_H

#ifndef TW_FIRMWARE_VERSION
#define TW_FIRMWARE_VERSION "1.0.0"
#endif

#ifndef TW_FIRMWARE_BUILD
#define TW_FIRMWARE_BUILD ""
#endif

#endif
