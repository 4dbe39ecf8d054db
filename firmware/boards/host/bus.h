// SPDX-License-Identifier: Apache-2.0
//
// The bus of the host's board.

#ifndef TINYWRIGHT_HOST_BUS_H
#define TINYWRIGHT_HOST_BUS_H

#include "../../sensors/i2c.h"

tw_i2c *host_bus(void);

// Whoever is on the bus answers no more while there is a file at `path`.
void host_bus_unplugged_by(const char *path);

#endif
