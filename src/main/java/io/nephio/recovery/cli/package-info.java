/** The commands. */
@NullMarked
package io.nephio.recovery.cli;

import org.jspecify.annotations.NullMarked;
