/** Real servers for the integration tests, each in its own directory and on loopback only. */
@NullMarked
package io.nephio.recovery.servers;

import org.jspecify.annotations.NullMarked;
